"""What comes back: bounces, complaints, automatic replies, opt-outs, provider events.

`reader.read_report` turns the bytes of one mail into a `Reading`; `policy` says what follows
for the address. The webhook of a provider is read in that provider's folder.
"""
