"""What the mail programs of its readers make of each message of a campaign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.compatibility.clients import CLIENTS, shares
from mailer.compatibility.gaps import gaps
from mailer.compatibility.support import support_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.compatibility.gaps import Gap
    from mailer.model.drafts.draft import Draft


@dataclass(frozen=True, slots=True)
class Compatibility:
    """The gaps of all messages of a campaign, each once, and the part of the readers by program.

    `date` is the day of the table (ISO). Without recipients every part is 0.
    """

    gaps: tuple[Gap, ...]
    shares: Mapping[str, float]
    date: str


def compatibility_of(draft: Draft) -> Compatibility:
    """Return what the programs lack of the features that the messages of a draft use."""
    found: dict[str, Gap] = {}
    for message in draft.messages.values():
        html = "".join(piece for piece in message.html if isinstance(piece, str))
        for gap in gaps(html):
            found.setdefault(gap.feature.slug, gap)
    people = {
        recipient.contact.key
        for audience in draft.audiences.values()
        for recipient in audience.recipients
    }
    people_at = Counter(key.rpartition("@")[2] for key in people)
    table = support_table()
    return Compatibility(tuple(found.values()), shares(people_at), table.date)


def compatibility_of_page(html: str) -> Compatibility:
    """Return the same for any page of HTML, without readers."""
    return Compatibility(gaps(html), dict.fromkeys(CLIENTS, 0.0), support_table().date)
