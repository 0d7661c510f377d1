"""The rules of an accreditation register: places, the waiting list, and which answers may follow.

Everything here is pure: a register and a wish in, the changes of the register out. The ledger runs
a decision under one lock for each campaign, so that what was counted is still true when it is
written.
"""

from mailer.accreditations.decisions import (
    RefusalReason,
    RegisterDecision,
    RegisterRefusal,
    decide,
    find,
    lapse,
    request_place,
    substitute,
    undo,
)
from mailer.accreditations.freshness import (
    answers_known_at,
    are_answers_stale,
    depends_on_answers,
)
from mailer.accreditations.incoming import (
    IncomingRequest,
    RequestChoice,
    RequestResult,
    RequestsDecided,
    take_in,
)
from mailer.accreditations.places import Excess, excess, outlet_key, seats_taken
from mailer.accreditations.terms import NO_TERMS, Terms, terms_of
from mailer.accreditations.transitions import FOLLOWS, may_follow
from mailer.accreditations.waiting_list import PassedOver, Promotions, promotions

__all__ = [
    "FOLLOWS",
    "NO_TERMS",
    "Excess",
    "IncomingRequest",
    "PassedOver",
    "Promotions",
    "RefusalReason",
    "RegisterDecision",
    "RegisterRefusal",
    "RequestChoice",
    "RequestResult",
    "RequestsDecided",
    "Terms",
    "answers_known_at",
    "are_answers_stale",
    "decide",
    "depends_on_answers",
    "excess",
    "find",
    "lapse",
    "may_follow",
    "outlet_key",
    "promotions",
    "request_place",
    "seats_taken",
    "substitute",
    "take_in",
    "terms_of",
    "undo",
]
