"""The providers that send mail, each in its own folder and independent of the others.

A folder holds everything specific to its provider: sending, settings, webhook, suppression lists
and sentences. Its `provider.py` describes it as a `Provider`; `registry.PROVIDERS` lists them all.
"""
