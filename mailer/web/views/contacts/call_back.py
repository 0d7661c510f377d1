"""Whom to call: people whom the mail did not reach, and what came of the calls."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

from mailer.calendar.written_days import LONG_DAY, written_day
from mailer.errors import Place, Problem, RuleError
from mailer.feedback.explain import explain
from mailer.labels import label_of
from mailer.model.address import Address
from mailer.model.contacts.call import ANSWERS, CallOutcome
from mailer.model.contacts.contact import contact_id
from mailer.model.team.permission import Act
from mailer.operations.people.call_back import (
    NEEDS,
    CallBack,
    nameless_call_backs,
    with_people,
)
from mailer.operations.people.phone_calls import NotedCall, note_call
from mailer.operations.people.suppressions import suppress
from mailer.web.paging import page_after
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit

PER_PAGE = 15
"""Each entry has a form of its own: more would weigh more than a page may."""


class CallGroup(StrEnum):
    """The parts of the list, by what is left to do; the values stand in the address."""

    OPEN = "a-rappeler"
    LATER = "plus-tard"
    REACHED = "joints"


def show(visit: Visit) -> Response:
    """Show one page of the people to call, with the telephone, what is known, and the last call.

    Those who are to be called on a later day, and those who were reached, have pages of their own.
    """
    ledger, excerpt = visit.app.ledger, visit.app.children.mail_excerpt
    entries = nameless_call_backs(
        ledger,
        visit.app.page_drafts.directory(visit.now).suppressions,
        read=visit.app.children.read_mail,
        actor=visit.actor,
        now=visit.now,
        campaign=visit.query("campagne"),
    )
    today = _today(visit)
    asked = visit.query("voir")
    group = asked if asked in set(CallGroup) else CallGroup.OPEN
    shown = page_after(
        entries,
        visit.query("apres"),
        cursor_of=_cursor_of,
        limit=PER_PAGE,
        wanted=lambda entry: _group_of(entry, today) == group,
    )
    shown = replace(shown, entries=with_people(shown.entries, ledger=ledger))
    return visit.page(
        "people/call_back.html.j2",
        calls=shown,
        known=[list(_known(entry, visit.language)) for entry in shown.entries],
        mails=[entry.mail and excerpt(entry.mail) for entry in shown.entries],
        group=group,
        counts=_people_in_groups(entries, today),
        campaigns=[
            (name, visit.app.drafts.title(name))
            for name in sorted({e.campaign for e in entries} - {""})
        ],
        needs=NEEDS,
        outcomes=[(each.value, visit.say(label_of(each))) for each in _outcomes(visit)],
        answers=visit.app.campaigns.names(),
        today=today,
        title_of=cache(visit.app.drafts.title),
    )


def note(visit: Visit, form: Form) -> Response:
    """Record what came of a call."""
    note_call(
        form.address("address"),
        NotedCall(
            _outcome(form),
            campaign=_campaign(visit, form),
            phone=form.text("phone").strip(),
            again_on=_day(form.text("again_on")),
            note=form.text("note").strip(),
        ),
        terms_for=visit.app.drafts.terms,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
        today=_today(visit),
    )
    return _back(visit, "called")


def stop(visit: Visit, form: Form) -> Response:
    """Write no more to somebody who asked for it in a reply that the page shows."""
    barred = suppress(
        form.address("address"),
        actor=visit.actor,
        why=form.text("why").strip(),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    notice = "barred" if barred else "unchanged"
    if contact := form.text("contact"):  # asked on their own page
        return visit.done(f"/contacts/{quote(contact, safe='')}", notice)
    return _back(visit, notice)


def _back(visit: Visit, notice: str) -> Response:
    kept = {name: visit.query(name) for name in ("voir", "campagne", "apres") if visit.query(name)}
    return visit.done("/a-rappeler", notice, **kept)


def _outcomes(visit: Visit) -> Iterator[CallOutcome]:
    """Yield what may come of a call; an answer goes into the register, which not everybody sees."""
    return (each for each in CallOutcome if each not in ANSWERS or visit.may(Act.ACCREDIT))


def _people_in_groups(entries: Iterable[CallBack], today: date) -> Counter[str]:
    """Return how many people each group has: somebody may be in it for two reasons."""
    people = {(_group_of(entry, today), entry.address.casefold()) for entry in entries}
    return Counter(group.value for group, _address in people)


def _group_of(entry: CallBack, today: date) -> CallGroup:
    if entry.is_done:
        return CallGroup.REACHED
    return CallGroup.LATER if entry.waits_on(today) else CallGroup.OPEN


def _cursor_of(entry: CallBack) -> str:
    return f"{entry.need}-{contact_id(Address.parse(entry.address))}"


def _campaign(visit: Visit, form: Form) -> str:
    name = form.text("campaign").strip()
    if name and name not in visit.app.campaigns.names() and not form.text("of-mail"):
        what, remedy = _("there is no campaign of this name"), _("Choose it from the list.")
        raise RuleError(Problem(Place("", key="campaign"), what, remedy))
    return name


def _today(visit: Visit) -> date:
    zone = ZoneInfo(visit.app.settings.office.time_zone)
    return visit.now.astimezone(zone).date()


def _outcome(form: Form) -> CallOutcome:
    try:
        return CallOutcome(form.text("outcome"))
    except ValueError as error:
        what, remedy = _("what came of the call is missing"), _("Choose it from the list.")
        raise RuleError(Problem(Place("", key="outcome"), what, remedy)) from error


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        what, remedy = _("this is not a day"), _("Write it like this: 2017-12-04.")
        raise RuleError(Problem(Place("", key="again_on"), what, remedy)) from error


def _known(entry: CallBack, language: str) -> Iterator[Text]:
    """Yield what helps the person who calls: the reason, the return, who comes instead."""
    if entry.absence is None and entry.reason:
        yield explain(entry.reason)
    if entry.absence is not None and entry.absence.has_left:
        yield _("The person has left this address.")
    if entry.absence is not None and entry.absence.returns_on is not None:
        day = written_day(entry.absence.returns_on, LONG_DAY, language=language)
        yield _("Back on {day}.", day=day)
    for address in entry.absence.replacements if entry.absence else ():
        yield _("Proposes instead: {address}", address=address)
    for contact in entry.likely:
        yield _(
            "Nobody in the directory has this address. Is it {name}, {address}?",
            name=contact.name or contact.organisation,
            address=contact.address,
        )
    if entry.is_suspected:
        yield _("The notice names no message of ours: not acted upon.")
