"""The provider that sends nothing: it writes each message as an `.eml` file."""
