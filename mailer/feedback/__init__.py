"""Processing of feedback: bounces, complaints, automatic replies, opt-outs, provider events.

`reader.read_report` turns the bytes of one mail into a `Reading`; `events.events_of` turns a
reading into delivery events; `policy.decide` says what to do about the address. A provider's
webhook is read in that provider's folder.
"""
