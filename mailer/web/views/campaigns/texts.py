"""The texts of a campaign: the list, and the page on which one is written."""

from __future__ import annotations

import secrets
from pathlib import PurePath
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, RedirectResponse, Response

from mailer.checks.subject.preheader_too_long import MAX_PREHEADER_LENGTH
from mailer.checks.subject.subject_too_long import MAX_SUBJECT_LENGTH
from mailer.errors import MailerError, Place, Problem, RuleError
from mailer.model.drafts.revision import EditConflict, TextFields
from mailer.operations.campaigns.revisions.edited import scratch_fields
from mailer.pages.received import read_back
from mailer.web.block_menu import block_menu
from mailer.web.unsaved_previews import PREVIEWS
from mailer.web.views.campaign import page_of, signed_before
from mailer.web.views.campaigns.comments import beside_text
from mailer.web.views.campaigns.conflict import text_conflict
from mailer.web.views.campaigns.facts import notice_of
from mailer.web.views.campaigns.preview import FRAME_POLICY
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.operations.campaigns.revisions.edited import EditedText
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

TOOLS: tuple[tuple[str, Text], ...] = (
    ("bold", _("Bold")),
    ("italic", _("Italic")),
    ("heading", _("Heading")),
    ("list", _("List")),
    ("numbers", _("Numbered list")),
    ("link", _("Link")),
    ("quote", _("Quotation")),
    ("fact", _("Insert a fact")),
    ("block", _("Insert a block")),
)
"""The buttons above a text, by what the script does for each."""

INSERTS: tuple[tuple[str, Text], ...] = (
    ("{{ event.date }}", _("Date of the event")),
    ("{{ event.time }}", _("Hour of the event")),
    ("{{ event.place }}", _("Place of the event")),
    ("{{ accreditation.deadline }}", _("Deadline for accreditation")),
    ("{{ press_contact.name }}", _("Press contact: name")),
    ("{{ press_contact.phone }}", _("Press contact: phone")),
    ("{{ recipient.salutation }}", _("Salutation of the reader")),
)
"""Facts that a text can name, so that they are written once."""


def index(visit: Visit) -> Response:
    """Show the texts of each step, and the versions that could be added."""
    return visit.page(
        "editing/texts.html.j2", texts=visit.app.editing.texts(visit.slug), slug=visit.slug
    )


def show(visit: Visit) -> Response:
    """Show the page on which a text is written."""
    edited = visit.app.editing.text(visit.slug, visit.path("file"), actor=visit.actor)
    fields = _shown(visit, edited)
    return visit.page(
        "editing/text.html.j2",
        edited=edited,
        fields=fields,
        base=visit.typed.number("base") or edited.base,
        tab=visit.typed.text("tab") or secrets.token_urlsafe(12),
        scratches=[(each, scratch_fields(each.text)) for each in edited.scratches],
        others=sorted(edited.others),
        longest={"subject": MAX_SUBJECT_LENGTH, "preheader": MAX_PREHEADER_LENGTH},
        tools=TOOLS,
        inserts={
            "fact": INSERTS,
            "block": tuple(block_menu(edited.variant.language or visit.language)),
        },
        above=_lines_above(edited.opened.files.get(edited.file, b""), edited.fields),
        notes=_line_notes(visit, edited),
        comments=beside_text(visit, edited.opened.files),
        signed_before=signed_before(visit, edited.opened.head),
    )


def save(visit: Visit, form: Form) -> Response:
    """Save the text. A conflict is shown with both texts; nothing is saved then."""
    saved = visit.app.editing.save_text(
        visit.slug,
        visit.path("file"),
        _typed(form),
        base=form.number("base") or 0,
        actor=visit.actor,
        tab=form.text("tab"),
    )
    if isinstance(saved, EditConflict):
        _keep_typed(visit, form)
        theirs = visit.app.editing.text(visit.slug, visit.path("file"), actor=visit.actor)
        return text_conflict(
            visit, saved, mine=_typed(form), theirs=theirs.fields, form=form, here=_here(visit)
        )
    return visit.done(_here(visit), notice_of(saved, form.number("base") or 0))


def remove(visit: Visit, form: Form) -> Response:
    """Remove a version of a text."""
    removed = visit.app.editing.remove_text(
        visit.slug, visit.path("file"), base=form.number("base") or 0, actor=visit.actor
    )
    if isinstance(removed, EditConflict):
        raise RuleError(
            Problem(
                Place(visit.path("file")),
                _("{name} has changed this text meanwhile", name=removed.by.name),
                _("Read it again, then decide."),
            )
        )
    return visit.done(page_of(visit, "textes"), "saved")


def keep(visit: Visit, form: Form) -> Response:
    """Keep what is being written, for this browser tab (called by the script)."""
    kept = visit.app.editing.keep_scratch(
        visit.slug,
        visit.path("file"),
        _typed(form),
        base=form.number("base") or 0,
        tab=form.text("tab"),
        actor=visit.actor,
    )
    return JSONResponse({"at": kept.at.isoformat()})


def discard(visit: Visit, form: Form) -> Response:
    """Throw an unsaved version away."""
    visit.app.editing.scratches.discard(
        visit.slug, visit.path("file"), tab=form.text("scratch"), actor=visit.actor
    )
    return visit.done(_here(visit), "discarded-text")


def preview(visit: Visit, form: Form) -> Response:
    """Show the exact mail of what is typed: as a page for the frame, or for the script."""
    is_script = "application/json" in visit.request.headers.get("accept", "")
    try:
        html, subject, snippet = _compiled(visit, form)
    except MailerError as refused:
        if is_script:
            return JSONResponse(
                {
                    "problems": [visit.sentence(each.what) for each in refused.problems],
                    "notes": _notes_of_problems(visit, form, refused.problems),
                }
            )
        raise
    if not is_script:
        return _in_frame(html)
    token = PREVIEWS.keep(html, owner=_owner(visit))
    return JSONResponse(
        {"frame": f"{_here(visit)}/apercu?jeton={token}", "subject": subject, "snippet": snippet}
    )


def frame(visit: Visit) -> Response:
    """Return a preview that the script has asked for, or why there is none."""
    if visit.problems:
        page = visit.page("editing/unseen.html.j2")
        page.headers["Content-Security-Policy"] = FRAME_POLICY
        return page
    html = PREVIEWS.get(visit.query("jeton"), owner=_owner(visit))
    if html is None:
        return RedirectResponse(_here(visit), status_code=303)
    return _in_frame(html)


def _line_notes(visit: Visit, edited: EditedText) -> list[dict[str, object]]:
    """Return the findings of the saved text, each with its line in the field."""
    stored = edited.opened.files.get(edited.file, b"")
    above = _lines_above(stored, edited.fields)
    return [
        _note(finding.where.line - above, str(finding.severity), visit.sentence(finding.what))
        for finding in edited.findings
        if finding.where.line > above and finding.accepted is None
    ]


def _notes_of_problems(
    visit: Visit, form: Form, problems: tuple[Problem, ...]
) -> list[dict[str, object]]:
    """Return the problems of what is typed, each with its line in the field."""
    file, typed = visit.path("file"), _typed(form)
    changed = visit.app.editing.changed_files(visit.slug, file, typed)
    above = _lines_above(changed.get(file, b""), typed)
    return [
        _note(
            problem.where.line - above,
            "error",
            f"{visit.sentence(problem.what)} {visit.sentence(problem.remedy)}",
        )
        for problem in problems
        if PurePath(problem.where.file).name == file and problem.where.line > above
    ]


def _lines_above(stored: bytes, fields: TextFields) -> int:
    """Return how many lines of a file stand above its body: those of the front matter."""
    return stored.count(b"\n") - fields.body.count("\n") if stored else 0


def _note(line: int, severity: str, words: str) -> dict[str, object]:
    return {"line": line, "severity": severity, "words": words}


def _compiled(visit: Visit, form: Form) -> tuple[str, str, str]:
    sample = visit.app.editing.preview(
        visit.slug, visit.path("file"), _typed(form), reader=form.text("pour").strip()
    )
    received = read_back(sample.message.raw)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return received.shown(policy=policy), received.subject, received.snippet


def _keep_typed(visit: Visit, form: Form) -> None:
    """Keep what was typed apart, so that it is found again if the page of the conflict is left."""
    if form.text("tab"):
        keep(visit, form)


def _in_frame(html: str) -> Response:
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": FRAME_POLICY})


def _shown(visit: Visit, edited: EditedText) -> TextFields:
    """Return what the fields show: what was typed, an own unsaved version, or what is saved."""
    if "body" in visit.typed.fields:
        return _typed(visit.typed)
    asked = visit.query("brouillon")
    for each in edited.scratches:
        if asked and each.tab == asked:
            return scratch_fields(each.text)
    return edited.fields


def _typed(form: Form) -> TextFields:
    return TextFields(
        form.text("body"), form.text("subject").strip(), form.text("preheader").strip()
    )


def _owner(visit: Visit) -> str:
    return f"{visit.app.workspace} {visit.person.id}"


def _here(visit: Visit) -> str:
    return page_of(visit, f"textes/{visit.path('file')}")
