"""The sending protocol: claim a chunk, mark each delivery, send, settle each outcome."""
