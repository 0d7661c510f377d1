"""What comes back: bounces, complaints, automatic replies, opt-outs, provider events.

`reader.read_report` turns the bytes of one mail into a `Reading`; `sendgrid` turns webhook
events into delivery events; `policy` says what follows for the address.
"""
