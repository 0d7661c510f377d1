"""Who runs the chunks. Each engine is a module of its own."""
