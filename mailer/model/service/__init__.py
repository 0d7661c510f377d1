"""The program at work: its processes, jobs, ledger and clock."""
