"""Sends through SendGrid's Web API v3 `mail/send`, on the `sendgrid` package.

`connection` holds the backend. Nothing is imported here, because loading the package takes a
tenth of a second, and a command that sends nothing should not wait for it.

`docs/howto/send-with-sendgrid.md` names what we know only from the documentation (read 2026-11)
and have never tried on the live service.
"""
