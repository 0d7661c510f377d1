"""Selects who receives a step. The directory is indexed once and used for all rules."""

from mailer.selection.audience import select
from mailer.selection.likely import Stranger, candidates, is_likely, strangers
from mailer.selection.people import People, index_people
from mailer.selection.readers import FIRST_VERSION, reader_suffix
from mailer.selection.rules import ONLY, UNLESS, exclusion_reason, is_waived
from mailer.selection.targeting import NO_TARGETING, Targeting, Traits, matches, parts_of, traits_of

__all__ = [
    "FIRST_VERSION",
    "NO_TARGETING",
    "ONLY",
    "UNLESS",
    "People",
    "Stranger",
    "Targeting",
    "Traits",
    "candidates",
    "exclusion_reason",
    "index_people",
    "is_likely",
    "is_waived",
    "matches",
    "parts_of",
    "reader_suffix",
    "select",
    "strangers",
    "traits_of",
]
