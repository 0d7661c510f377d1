"""Show an operator that the program is well: health, metrics, logs, traces."""
