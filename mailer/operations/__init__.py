"""The use cases of the press office: prepare, launch, start, deliver, record, report, rehearse.

They depend on the ports and never on an implementation.
"""
