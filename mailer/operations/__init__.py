"""The verbs of the press office: prepare, launch, start, deliver, record, report, rehearse.

They know the ports and never what stands behind them.
"""
