"""Whom a mail can be shown for: the next reader, any one, and those for whom it is hardest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.operations.campaigns.previews.samples import SAMPLE_READER, sample_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mailer.model.campaigns.audience import Recipient
    from mailer.model.contacts.contact import Contact
    from mailer.model.drafts.draft import Draft
    from mailer.operations.sending.compose import Composer


class WorstCase(StrEnum):
    """Whose mail is likely to show what was not thought of."""

    LONGEST_NAME = "longest-name"
    NO_FIRST_NAME = "no-first-name"
    ROLE_ADDRESS = "role-address"
    OTHER_LANGUAGE = "other-language"


@dataclass(frozen=True, slots=True)
class ReaderPlace:
    """Where a reader stands among those of a step, from 1, and the addresses of others."""

    number: int
    count: int
    previous: str
    next: str
    some: str


@dataclass(frozen=True, slots=True)
class ReaderTally:
    """How many mails of a step can be filled in, and for whom one is worth a look.

    `missing` were erased from the directory since the draft was made.
    """

    complete: int
    missing: int
    without_first_name: int
    worst: Mapping[WorstCase, Contact]
    by_case: Mapping[WorstCase, int]


def place_of(draft: Draft, step: str, address: str, *, chance: int) -> ReaderPlace | None:
    """Return where the reader with this address stands; None when the step does not reach them.

    `chance`, any number, chooses `some`.
    """
    readers = draft.audiences[step].recipients
    count = len(readers)
    at = next((at for at, each in enumerate(readers) if each.contact.key == address), None)
    if at is None:
        return None
    return ReaderPlace(
        number=at + 1,
        count=count,
        previous=readers[at - 1].contact.key,
        next=readers[(at + 1) % count].contact.key,
        some=readers[chance % count].contact.key,
    )


def tally(draft: Draft, step: str, *, composer: Composer) -> ReaderTally:
    """Fill the mail of every reader of a step in, and count. The step must have compiled."""
    everybody = draft.audiences[step].recipients
    readers = composer.with_full_contacts(everybody)
    # Nothing is shown of these mails, so that one id does for all of them.
    an_id = sample_id(draft, step, SAMPLE_READER.address)
    filled = composer.for_recipients(draft, step, readers, id_of=lambda _address: an_id)
    complete = sum(bool(message.values) for message in filled)
    cases = list(_cases(readers))
    return ReaderTally(
        complete=complete,
        missing=len(everybody) - complete,
        without_first_name=sum(not each.contact.first_name for each in readers),
        worst=_first_of_each(cases, readers),
        by_case=Counter(case for case, _contact in cases),
    )


def _cases(readers: Iterable[Recipient[Contact]]) -> Iterator[tuple[WorstCase, Contact]]:
    for contact, variant in readers:
        if contact.is_generic:
            yield WorstCase.ROLE_ADDRESS, contact
        elif not contact.first_name:
            yield WorstCase.NO_FIRST_NAME, contact
        if contact.language and contact.language != variant.language:
            yield WorstCase.OTHER_LANGUAGE, contact


def _first_of_each(
    cases: Sequence[tuple[WorstCase, Contact]], readers: Sequence[Recipient[Contact]]
) -> dict[WorstCase, Contact]:
    found: dict[WorstCase, Contact] = {}
    if readers:
        longest = max(readers, key=lambda each: len(each.contact.name))
        found[WorstCase.LONGEST_NAME] = longest.contact
    for case, contact in cases:
        found.setdefault(case, contact)
    return found
