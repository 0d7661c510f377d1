"""Sends through an SMTP relay (RFC 5321), one transaction with one recipient per message.

The phases are driven here, not by `smtplib`, which raises the same error when the connection
breaks before the final dot (sending again is safe) and after it (we never resend by ourselves).
"""
