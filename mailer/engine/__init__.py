"""Engines: what runs the delivery of chunks. Each engine is one module."""
