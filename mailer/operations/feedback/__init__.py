"""Collect what comes back, record it, and keep suppressions in step with the provider."""
