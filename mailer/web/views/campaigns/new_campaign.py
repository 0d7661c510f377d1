"""A new campaign: from a few answers, a Word document, a pasted text, or an old campaign."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from mailer.errors import ContentError, Place
from mailer.files.campaigns.scaffold import Answers
from mailer.labels import label_of
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.tracked_changes import TrackedChanges
from mailer.operations.campaigns.writing.recognising.answers import (
    answers_of,
    not_taken,
    really_left_out,
    with_typed,
)
from mailer.render.markdown.from_html import ConvertedText
from mailer.web.forms import Form
from mailer.wording import Text, _, as_note

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.operations.campaigns.writing.diagnosis import Diagnosis
    from mailer.web.visit import Visit

_FIELDS = ("title", "event", "venue", "contact", "phone", "address")


def show(visit: Visit, diagnosis: Diagnosis | None = None) -> Response:
    """Show the form of a new campaign, and what was found in the document chosen in it."""
    return visit.page(
        "editing/new.html.j2",
        kinds=[
            ("", visit.say(_("What the document below says"))),
            *((kind.value, visit.say(label_of(kind))) for kind in CampaignKind),
        ],
        campaigns=visit.app.campaigns.names(),
        diagnosis=diagnosis,
    )


def _read_over(visit: Visit, form: Form) -> Response:
    """Show the form again with what the checks find in its document, whose text is kept in it."""
    text = _main_text(visit, form)
    diagnosis = visit.app.children.diagnose(
        text.markdown,
        name=_name_of(visit, form),
        office=visit.app.settings.office,
        letterhead=visit.app.settings.letterhead,
        now=visit.now,
        left_out=text.left_out,
        margins=text.margins,
    )
    fields = {**form.fields, "pasted": [text.markdown]}
    return show(replace(visit, typed=Form(fields)), diagnosis)


def _name_of(visit: Visit, form: Form) -> str:
    """Return the name of the document in the form, for what is said about it."""
    upload = form.uploads.get("word")
    return upload.name if upload else visit.say(_("Pasted text"))


def create(visit: Visit, form: Form) -> Response:
    """Make the campaign, or read its document over. Raises the problems at their fields."""
    if form.text("read-over"):
        return _read_over(visit, form)
    if old := form.text("old"):
        slug = form.text("slug").strip()
        visit.app.editing.copy(old, slug, actor=visit.actor)
        return visit.done(f"/campagnes/{slug}", "created")
    answers = _answers(visit, form)
    text = _text_to_take(visit, form, answers)
    document = _recognised(visit, form, text, answers) if text.markdown else None
    if document:
        answers = replace(answers, **answers_of(document), language=document.language)
    slug = form.text("slug").strip() or _slug(answers, visit)
    visit.app.editing.create(
        slug,
        _kind(form, document),
        answers,
        today=visit.now.date(),
        actor=visit.actor,
        document=document,
        why=_not_taken(text, document),
    )
    return visit.done(f"/campagnes/{slug}", "created")


def _answers(visit: Visit, form: Form) -> Answers:
    """Return what was typed, before what a document says."""
    answers = Answers(
        **{name: form.text(name).strip() for name in _FIELDS},
        language=visit.app.settings.office.language,
    )
    return replace(answers, event=_event(form) or answers.event)


def _text_to_take(visit: Visit, form: Form, answers: Answers) -> ConvertedText:
    """Return the text of the first step. Raises why its document is refused, together with what is
    wrong with the answers.
    """
    try:
        return _main_text(visit, form)
    except ContentError as refused:
        slug, today = form.text("slug").strip() or _slug(answers, visit), visit.now.date()
        kind = _kind(form, None) or CampaignKind.PRESS_RELEASE  # the document might have said it
        try:
            visit.app.editing.format.starter_files(slug, kind, answers, today=today)
        except ContentError as wrong:
            raise ContentError(*wrong.problems, *refused.problems) from refused
        raise


def _recognised(
    visit: Visit, form: Form, text: ConvertedText, answers: Answers
) -> RecognisedDocument:
    """Return what the document says, but for what was typed beside it."""
    document = visit.app.children.recognise(
        text.markdown,
        name=_name_of(visit, form),
        language=answers.language,
        today=visit.now.date(),
        margins=text.margins,
        zone=visit.app.settings.office.time_zone,
    )
    typed = {name: getattr(answers, name) for name in _FIELDS} | {"kind": form.text("kind")}
    return with_typed(document, typed)


def _not_taken(text: ConvertedText, document: RecognisedDocument | None) -> str:
    """Return what of the document is not in the text or in the facts, as a note for the history of
    the campaign.
    """
    said = [not_taken(fact, document.language) for fact in document.undecided] if document else []
    if left_out := (*really_left_out(text.left_out, document.text if document else ""),):
        said.append(_("Not in the text of the campaign: {what}", what=left_out))
    return as_note(Text("{said}", {"said": tuple(said)})) if said else ""


def convert(visit: Visit, form: Form) -> Response:
    """Return the Markdown of what was pasted from a word processor (called by the script)."""
    converted = visit.app.children.convert_html(form.text("html"))
    return JSONResponse(
        {
            "markdown": converted.markdown,
            "left_out": [visit.say(each) for each in converted.left_out],
        }
    )


def _main_text(visit: Visit, form: Form) -> ConvertedText:
    """Return the text of the first step: of a Word document, or pasted."""
    if (word := form.uploads.get("word")) is not None:
        changes = TrackedChanges(form.text("changes") or TrackedChanges.ACCEPT)
        try:
            return visit.app.children.read_document(word.content, name=word.name, changes=changes)
        except ContentError as error:
            at_field = (replace(each, where=Place("", key="word")) for each in error.problems)
            raise ContentError(*at_field) from error
    return ConvertedText(form.text("pasted").strip())


def _kind(form: Form, document: RecognisedDocument | None) -> CampaignKind | None:
    """Return the kind that was chosen; that of the document where the choice was left to it."""
    if not form.text("kind") and document:
        return document.kind
    return next((kind for kind in CampaignKind if kind == form.text("kind")), None)


def _event(form: Form) -> str:
    return f"{form.text('event.day')} {form.text('event.hour')}".strip()


def _slug(answers: Answers, visit: Visit) -> str:
    """Return a name for the folder made of the day and the title."""
    letters = unicodedata.normalize("NFKD", answers.title.casefold()).encode("ascii", "ignore")
    words = re.sub(r"[^a-z0-9]+", "-", letters.decode()).strip("-").split("-")
    day = answers.event[:10] if re.match(r"\d{4}-\d\d-\d\d", answers.event) else ""
    return "-".join((day or f"{visit.now:%Y-%m-%d}", *filter(None, words[:5])))
