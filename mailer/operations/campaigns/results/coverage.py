"""Note what the press has published about a campaign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.reports.coverage import Coverage
from mailer.model.team.permission import Act, require
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

_LINK = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NotedCoverage:
    """What somebody types about an article or broadcast; `day` as 2017-12-09."""

    title: str
    outlet: str
    day: str
    link: str = ""


def note_coverage(
    campaign: str, noted: NotedCoverage, *, actor: Actor, ledger: Ledger, now: datetime
) -> Coverage:
    """Record an article or broadcast about a campaign. Journalled.

    Raises RuleError when the actor may not do this, or with everything that is missing or wrong.
    """
    require(actor, Act.NOTE_COVERAGE)
    title, outlet, link = (
        " ".join(text.split()) for text in (noted.title, noted.outlet, noted.link)
    )
    day = _day(noted.day)
    known = {each.link for each in ledger.coverage.of_campaign(campaign) if each.link}
    problems = list(_problems(title, outlet, day, link, known))
    if problems or day is None:
        raise RuleError(*problems)
    found = Coverage(campaign, title, outlet, day, link, at=now, person=actor.person, by=actor.name)
    ledger.coverage.add(found, actor=actor)
    return found


def remove_coverage(
    campaign: str, number: int, *, actor: Actor, ledger: Ledger, now: datetime
) -> None:
    """Remove what was noted by mistake. Journalled. Raises RuleError when it is not there."""
    require(actor, Act.NOTE_COVERAGE)
    if not ledger.coverage.remove(campaign, number, actor=actor, at=now):
        what = _("no article of this campaign has the number {number}", number=number)
        raise RuleError(Problem(Place(campaign), what, _("Look at the list of coverage.")))


def coverage_of(campaign: str, *, ledger: Ledger) -> Sequence[Coverage]:
    """Return what was published about a campaign, by day and outlet."""
    return ledger.coverage.of_campaign(campaign)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _problems(
    title: str, outlet: str, day: date | None, link: str, known: set[str]
) -> Iterator[Problem]:
    if not title:
        what = _("the title is missing")
        yield Problem(Place("", key="title"), what, _("Write the title of the article."))
    if not outlet:
        what = _("the outlet is missing")
        yield Problem(Place("", key="outlet"), what, _("Write who published it."))
    if day is None:
        what = _("the day is missing, or is no day")
        yield Problem(Place("", key="day"), what, _("Write it as 2017-12-09."))
    if link and not _LINK.fullmatch(link):
        what = _("“{text}” is no address of a page", text=link)
        yield Problem(Place("", key="link"), what, _("It begins with https://."))
    if link in known:
        what = _("this page was noted already")
        yield Problem(Place("", key="link"), what, _("Look at the list of coverage."))
