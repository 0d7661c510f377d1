"""`mailer`: from a campaign folder to recorded deliveries."""

__version__ = "0.1.0"
