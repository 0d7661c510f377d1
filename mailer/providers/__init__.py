"""The ways to send, each in a folder of its own that knows none of the others.

A folder holds all that knows its provider: sending, settings, webhook, suppression lists and
sentences. Its `provider.py` gathers them in a `Provider`, and `registry.PROVIDERS` names them.
"""
