"""Selects who receives a step. The directory is indexed once and used for all rules."""

from mailer.selection.audience import select
from mailer.selection.likely import Stranger, candidates, is_likely, strangers
from mailer.selection.people import People, index_people
from mailer.selection.rules import ONLY, UNLESS, exclusion_reason, is_waived

__all__ = [
    "ONLY",
    "UNLESS",
    "People",
    "Stranger",
    "candidates",
    "exclusion_reason",
    "index_people",
    "is_likely",
    "is_waived",
    "select",
    "strangers",
]
