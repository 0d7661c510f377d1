"""The page behind the link of an invitation: what is known, and the buttons to change it.

It needs no script and holds no link to elsewhere, so that its address is told to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.pages.office_look import link_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.campaigns.theme import OfficeLook
    from mailer.wording import Text


class AnswerNotice(Enum):
    """What the page says of the act before it."""

    NONE = auto()
    OTHER_NOTED = auto()
    """The request of another person is noted; the page does not say what became of it."""
    UNDONE = auto()


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the page shows."""

    campaign: Campaign
    name: str
    organisation: str
    entry: Accreditation | None
    is_over: bool
    is_closed: bool
    has_room: bool
    can_undo: bool
    notice: AnswerNotice = AnswerNotice.NONE
    problems: Sequence[Text] = ()
    typed: Mapping[str, str] | None = None


def answer_page(
    view: AnswerView,
    *,
    look: OfficeLook,
    office: str,
    contact: str,
    say: Callable[[Text], str],
    language: str,
) -> str:
    """Return the page for one reader."""
    zone = ZoneInfo(view.campaign.time_zone)

    def local(instant: datetime) -> datetime:
        return instant.astimezone(zone)

    return link_page(
        "answer.html.j2",
        sheet="answer.css",
        look=look,
        say=say,
        language=language,
        forms="'self'",
        view=view,
        event=view.campaign.event,
        deadline=view.campaign.accreditation.deadline,
        entry=view.entry,
        notice=view.notice.name.lower(),
        typed=view.typed or {},
        local=local,
        office=office,
        contact=contact,
    )


def answer_link_page(
    *, look: OfficeLook, office: str, contact: str, say: Callable[[Text], str], language: str
) -> str:
    """Return the page of a link that names no message of ours. It says nothing else."""
    return link_page(
        "answer_unknown.html.j2",
        sheet="answer.css",
        look=look,
        say=say,
        language=language,
        office=office,
        contact=contact,
    )
