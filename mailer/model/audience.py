"""The audience of a step: who receives it, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple

from mailer.model.contact import AnyContact

if TYPE_CHECKING:
    from mailer.model.campaign import VariantKey


class ExclusionReason(StrEnum):
    """Why a contact on the step's lists does not receive it."""

    SUPPRESSED = "suppressed"
    ACCREDITED = "accredited"
    DECLINED = "declined"
    NOT_ACCREDITED = "not-accredited"
    SAME_PERSON = "same-person"
    NO_VARIANT = "no-variant"
    PERHAPS_ANSWERED = "perhaps-answered"
    """Somebody like them answered from an address that nobody has; a person must decide."""


class Recipient(NamedTuple, Generic[AnyContact]):
    """One person of an audience, with the variant that person receives.

    A named tuple, like `Exclusion`, because a draft may have 400,000: frozen dataclasses take
    twice as long to make.
    """

    contact: AnyContact
    variant: VariantKey


class Exclusion(NamedTuple, Generic[AnyContact]):
    """One person who does not receive the step. `detail` refines the reason (opt-out, dead …)."""

    contact: AnyContact
    reason: ExclusionReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Audience(Generic[AnyContact]):
    """The resolved audience. Nobody occurs twice, within one tuple or across both."""

    recipients: tuple[Recipient[AnyContact], ...]
    exclusions: tuple[Exclusion[AnyContact], ...]
