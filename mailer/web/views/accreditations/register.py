"""The accreditation register of a campaign: who asked to come, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.addresses import require_address
from mailer.contacts.search import search_text, search_words
from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.labels import label_of
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.contacts.contact import contact_id
from mailer.operations.people.accreditations import (
    Respondent,
    Ruling,
    accreditations_of,
    history_of,
    register_accreditation,
    register_substitute,
)
from mailer.operations.people.partner_requests import requests_of
from mailer.operations.people.registers import confirm_answers, places
from mailer.operations.sending.answers_seen import stale_register
from mailer.web.paging import page_after
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from mailer.operations.people.accreditations import RegisterEntry
    from mailer.operations.people.partner_requests import AskedPlace
    from mailer.operations.people.registers import RegisterPlaces
    from mailer.operations.sending.answers_seen import StaleAnswers
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


PER_PAGE = 35
"""Each entry has a form of its own: more would weigh more than a page may."""

MOST_UNKNOWN = 10
MOST_REQUESTS = 20


def show(visit: Visit) -> Response:
    """Show one page of the register, after those whose identity a person must decide.

    `q` asks for those whose name, outlet or address has every word of it.
    """
    entries = sorted(
        _entries(visit),
        key=lambda entry: (not entry.likely, entry.accreditation.name.casefold()),
    )
    unknown = [entry for entry in entries if entry.likely]
    return visit.page(
        "people/register.html.j2",
        title=title_of(visit),
        count=len(entries),
        unknown=unknown[:MOST_UNKNOWN],
        more_unknown=len(unknown[MOST_UNKNOWN:]),
        shown=page_after(
            entries,
            visit.query("apres"),
            cursor_of=lambda entry: contact_id(entry.accreditation.address),
            limit=PER_PAGE,
            wanted=lambda entry: _is_found(entry, visit.query("q")),
        ),
        asked=visit.query("q"),
        requests=_requests(visit),
        places=_places(visit, entries),
        states=_states(visit),
        stale=_stale(visit),
        id_of=lambda entry: contact_id(entry.address),
    )


def confirm(visit: Visit, form: Form) -> Response:  # noqa: ARG001 - a button without fields
    """Confirm that every answer that came in is in the register."""
    confirm_answers(visit.slug, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
    return visit.done(page_of(visit, "accreditations"), "answers-seen")


def person(visit: Visit) -> Response:
    """Show one person of the register: the form for a decision, and what was recorded before."""
    entry = _entry(visit)
    return visit.page(
        "people/register_entry.html.j2",
        title=title_of(visit),
        entry=entry,
        history=history_of(visit.slug, entry.accreditation.address, ledger=visit.app.ledger),
        states=_states(visit),
    )


def save(visit: Visit, form: Form) -> Response:
    """Record an answer or a decision."""
    _register(visit, form, address=form.text("address"))
    here = {name: visit.query(name) for name in ("q", "apres") if visit.query(name)}
    return visit.done(page_of(visit, "accreditations"), "saved", **here)


def decide(visit: Visit, form: Form) -> Response:
    """Record a decision about one person of the register, and what is known of them."""
    _register(visit, form, address=str(_entry(visit).accreditation.address))
    return visit.done(page_of(visit, "accreditations"), "saved")


def replace(visit: Visit, form: Form) -> Response:
    """Let somebody else come in the place of this person."""
    register_substitute(
        visit.slug,
        form.address("address"),
        leaving=_entry(visit).accreditation.address,
        identity=_identity(form),
        terms=visit.app.drafts.terms(visit.slug),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(page_of(visit, "accreditations"), "saved")


def _requests(visit: Visit) -> dict[str, Sequence[AskedPlace]]:
    """Return the requests of partners that wait, and the last ones that were decided."""
    found = requests_of(visit.app.campaigns.slug(visit.slug), ledger=visit.app.ledger)
    waiting = [each for each in found if each.request.is_open]
    decided = [each for each in found if not each.request.is_open]
    return {"waiting": waiting, "decided": decided[::-1][:MOST_REQUESTS]}


def _is_found(entry: RegisterEntry, asked: str) -> bool:
    each = entry.accreditation
    written = search_text([each.name, each.organisation, str(each.address)])
    return all(word in written for word in search_words(asked))


def _register(visit: Visit, form: Form, *, address: str) -> None:
    register_accreditation(
        visit.app.campaigns.slug(visit.slug),
        require_address(address),
        ruling=Ruling(_state(form), reason=form.text("reason"), force_why=form.text("force_why")),
        identity=_identity(form),
        terms=visit.app.drafts.terms(visit.slug),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )


def _identity(form: Form) -> Respondent:
    belongs_to = form.text("for")
    return Respondent(
        form.text("name").strip(),
        form.text("organisation").strip(),
        contact=require_address(belongs_to) if "@" in belongs_to else None,
        is_newcomer=belongs_to == "new",
        seats=form.number("seats") or 0,
        is_freelance=bool(form.text("freelance")),
        card_kind=form.text("card_kind"),
        card_number=form.text("card_number"),
    )


def _entries(visit: Visit) -> Sequence[RegisterEntry]:
    app = visit.app
    people = app.page_drafts.directory(visit.now).people
    return accreditations_of(visit.slug, ledger=app.ledger, people=people)


def _entry(visit: Visit) -> RegisterEntry:
    """Return the entry that the address of the page names. Raises ContentError for no entry."""
    for entry in _entries(visit):
        if contact_id(entry.accreditation.address) == visit.path("entry"):
            return entry
    what = _("nobody in this register is here any more")
    raise ContentError(Problem(Place(""), what, _("Look the person up in the register.")))


def _places(visit: Visit, entries: Sequence[RegisterEntry]) -> RegisterPlaces | None:
    """Return how full the event is; None when the campaign's folder cannot be read."""
    try:
        terms = visit.app.drafts.terms(visit.slug)
    except ContentError:
        return None
    return places([each.accreditation for each in entries], terms=terms, now=visit.now)


def _stale(visit: Visit) -> StaleAnswers | None:
    settings = visit.app.settings
    return stale_register(
        visit.slug,
        at=visit.now,
        fresh_for=settings.answers.fresh_for,
        zone=settings.office.time_zone,
        ledger=visit.app.ledger,
    )


def _states(visit: Visit) -> list[tuple[str, str]]:
    return [(state.value, visit.say(label_of(state))) for state in AccreditationState]


def _state(form: Form) -> AccreditationState:
    try:
        return AccreditationState(form.text("state"))
    except ValueError as error:
        where, what = Place("", key="state"), _("the decision is missing")
        raise RuleError(Problem(where, what, _("Choose what was asked or decided."))) from error
