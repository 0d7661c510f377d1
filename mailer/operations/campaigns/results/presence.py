"""Who said that they would come, and who came, by kind of media."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.reports.report import MediaPresence

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.ports import Ledger


def presence(register: Collection[Accreditation], *, ledger: Ledger) -> tuple[MediaPresence, ...]:
    """Return one line for each kind of media, those of which most came first.

    The directory says the kind of a person; somebody who is not there has that of whom they
    replace, and otherwise none. A kind is the same however its capitals are typed.
    """
    kinds = _kinds(register, ledger)
    counted: defaultdict[str, Counter[AccreditationState]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for entry in register:
        kind = kinds.get(entry.address.key) or kinds.get(entry.in_place_of.casefold(), "")
        names.setdefault(kind.casefold(), kind)
        counted[kind.casefold()][entry.state] += 1
    lines = (_line(names[folded], states) for folded, states in counted.items())
    return tuple(
        sorted(lines, key=lambda line: (-line.came, -line.expected, not line.media, line.media))
    )


def _kinds(register: Collection[Accreditation], ledger: Ledger) -> dict[str, str]:
    """Return the kind of media by the address keys of these people, and of those they replace."""
    keys = {entry.address.key for entry in register}
    keys |= {entry.in_place_of.casefold() for entry in register if entry.in_place_of}
    known = ledger.contacts.by_address(keys)
    return {key: " ".join(contact.media.split()) for key, contact in known.items()}


def _line(media: str, states: Counter[AccreditationState]) -> MediaPresence:
    came = states[AccreditationState.ATTENDED]
    return MediaPresence(
        media=media,
        answers=states.total(),
        expected=states[AccreditationState.ACCEPTED] + came,
        came=came,
        declined=states[AccreditationState.DECLINED],
    )
