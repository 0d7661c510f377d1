"""Campaign folders: reading them, and writing a new one."""
