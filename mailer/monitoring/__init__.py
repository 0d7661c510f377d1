"""Tell whoever runs the program that it is well: health, metrics, logs, traces."""
