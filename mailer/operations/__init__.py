<<<<<<< HEAD
"""The verbs of the press office: prepare, launch, start, deliver, record, report, rehearse."""
=======
"""The verbs of the press office."""
>>>>>>> delivery
