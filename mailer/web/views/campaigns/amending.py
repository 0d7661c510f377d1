"""The bad days at the desk: correct, move or cancel a launched campaign, or thank afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.calendar.written_days import LONG_DAY, written_day
from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.revision import EditConflict
from mailer.model.mailings.amendment import AmendmentKind
from mailer.operations.amendments.act import (
    approve_amendment,
    draft_amendment,
    drop_amendment,
    launch_amendment,
)
from mailer.operations.amendments.board import DEADLINE, FIELDS, amendment_board
from mailer.pages.received import read_back
from mailer.web.fact_fields import LABELS
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.operations.amendments.board import AmendmentBoard
    from mailer.pages.received import ReceivedMessage
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_PAGE = "rectifier"
_SHOWN = "deadline-shown"
"""The day and hour that the form was drawn with."""
_LABELS = {
    f"{DEADLINE}.day": _("Last day to ask for accreditation"),
    f"{DEADLINE}.hour": _("Hour at which requests close"),
    "press_contacts.1.name": _("Press contact: name"),
    "press_contacts.1.phone": _("Press contact: phone"),
}
KINDS: Mapping[AmendmentKind, Text] = {
    AmendmentKind.CORRECTION: _("Correct: a fact or a text was wrong"),
    AmendmentKind.MOVE: _("Move: the event takes place on another day"),
    AmendmentKind.CANCELLATION: _("Cancel: the event does not take place"),
    AmendmentKind.FOLLOW_UP: _("Follow up: the event has taken place"),
}


def show(visit: Visit) -> Response:
    """Show the facts that can be put right and, once it is drafted, who is told what."""
    app = visit.app
    required = app.settings.team.signatures_required
    board = amendment_board(
        visit.slug,
        drafts=app.drafts,
        editing=app.editing,
        composer=app.composer,
        signatures_required=required,
    )
    return visit.page(
        "campaigns/amend.html.j2",
        title=title_of(visit),
        board=board,
        kinds=KINDS,
        kind_options=[(kind.value, visit.say(words)) for kind, words in KINDS.items()],
        label=_label,
        hints={name: _hint(name, value, visit, board.zone) for name, value in board.fields.items()},
        told=_told(board),
        required=required,
    )


def _told(board: AmendmentBoard) -> list[tuple[str, list[VariantKey], ReceivedMessage]]:
    """Return each version that leaves at once, as one of its readers gets it; those that say the
    same stand together.
    """
    readers: dict[tuple[str, str, str], list[VariantKey]] = {}
    messages: dict[tuple[str, str, str], ReceivedMessage] = {}
    # The first reader of a version overwrites the others.
    for sample in {(each.step, each.variant): each for each in reversed(board.samples)}.values():
        mail = read_back(sample.message.raw)
        key = (sample.step, mail.subject, mail.text)
        readers.setdefault(key, []).append(sample.variant)
        messages.setdefault(key, mail)
    return [(key[0], variants, messages[key]) for key, variants in readers.items()]


def _label(name: str) -> Text:
    """Return what a field is called; of a contact, with whose it is."""
    return _LABELS.get(name) or LABELS[name]


def _hint(name: str, value: str, visit: Visit, zone: str) -> str:
    """Return what stands in a field for a day: with its weekday, and how far ahead it is."""
    if not name.endswith(".day"):
        return visit.say(_("Time zone: {zone}", zone=zone)) if name.endswith(".hour") else ""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    ahead = (day - visit.now.astimezone(ZoneInfo(zone)).date()).days
    words = written_day(day, LONG_DAY, language=visit.language)
    return visit.say(
        _n("{day}, in {count} day", "{day}, in {count} days", count=ahead, day=words)
        if ahead > 0
        else Text("{day}", {"day": words})
    )


def draft(visit: Visit, form: Form) -> Response:
    """Save the facts of the form, and draft what is to be told."""
    typed = {name: form.text(name) for name in FIELDS if name in form.fields} | _deadline(form)
    saved = visit.app.editing.amend_facts(
        visit.slug, typed, base=form.number("base") or 0, actor=visit.actor
    )
    if isinstance(saved, EditConflict):
        raise RuleError(
            Problem(
                Place("campaign.toml"),
                _("somebody changed the facts at this moment"),
                _("Look at the present ones, then draft again."),
            )
        )
    kind = next((each for each in AmendmentKind if each == form.text("kind")), None)
    draft_amendment(
        visit.slug,
        kind or AmendmentKind.CORRECTION,
        note=form.text("note"),
        actor=visit.actor,
        drafts=visit.app.drafts,
    )
    return visit.done(page_of(visit, _PAGE), "amendment-drafted")


def _deadline(form: Form) -> dict[str, str]:
    """Return the deadline if another was typed. Otherwise it stays as the file says it, which may be
    a rule that follows the event. Raises RuleError for a day without its hour, or the reverse.
    """
    day, hour = (form.text(f"{DEADLINE}.{part}") for part in ("day", "hour"))
    if f"{DEADLINE}.day" not in form.fields or f"{day} {hour}".strip() == form.text(_SHOWN):
        return {}
    if bool(day) == bool(hour):
        return {DEADLINE: f"{day} {hour}".strip()}
    missing = "hour" if day else "day"
    what = _("the hour is missing") if day else _("the day is missing")
    remedy = _("Give both, or leave both empty.")
    raise RuleError(Problem(Place("campaign.toml", key=f"{DEADLINE}.{missing}"), what, remedy))


def sign(visit: Visit, form: Form) -> Response:
    """Sign off the draft whose fingerprint the form carries."""
    approve_amendment(
        visit.slug,
        actor=visit.actor,
        drafts=visit.app.drafts,
        version=form.text("fingerprint") or "-",
        signatures_required=visit.app.settings.team.signatures_required,
    )
    return visit.done(page_of(visit, _PAGE), "signed")


def drop(visit: Visit, form: Form) -> Response:
    """Drop the draft that the form carries; the facts and texts stay as they were saved."""
    drop_amendment(
        visit.slug,
        actor=visit.actor,
        drafts=visit.app.drafts,
        drafted_at=form.text("drafted"),
    )
    return visit.done(page_of(visit, _PAGE), "amendment-dropped")


def launch(visit: Visit, form: Form) -> Response:
    """Launch the draft whose fingerprint the form carries, if the number was typed."""
    app = visit.app
    app.settings.require_secrets()  # it leaves when nobody is there to help
    launch_amendment(
        visit.slug,
        confirm=form.number("confirm"),
        signatures_required=app.settings.team.signatures_required,
        actor=visit.actor,
        drafts=app.drafts,
        version=form.text("fingerprint") or "-",
    )
    return visit.done(page_of(visit, "en-cours"), "amendment-launched")
