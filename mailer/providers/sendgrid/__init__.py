"""Sends through SendGrid's Web API v3 `mail/send`, on the `sendgrid` package.

`connection` holds the backend. Nothing is imported here: loading that package takes a tenth of
a second, which a command that sends nothing need not wait for.

What follows from the documentation (read 2026-11) alone, and was never tried on the live
service, is named in `docs/howto/send-with-sendgrid.md`.
"""
