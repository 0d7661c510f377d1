"""The sending protocol: claim a chunk, mark its deliveries, send them, settle the outcomes."""
