"""A provider that does not exist, in one folder: proof that a new one touches nothing else.

It sends over HTTP to a `Loft` on loopback, reports to a webhook and keeps a suppression list.
`python -m tests.pigeon_provider` is `mailer` with this provider in the tuple.
"""
