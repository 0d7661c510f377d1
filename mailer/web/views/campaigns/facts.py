"""The facts of a campaign in forms: event, accreditation, contacts, partners, links, attachments."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from mailer.errors import Place, Problem, RuleError
from mailer.files.campaigns.folder import MAX_FILE_BYTES
from mailer.files.campaigns.original import ORIGINAL
from mailer.files.uploads import upload_suffix
from mailer.model.drafts.revision import EditConflict
from mailer.operations.campaigns.revisions.edited import facts_of_scratch, scratch_of_facts
from mailer.operations.campaigns.writing.editing import FACTS
from mailer.operations.campaigns.writing.old_campaign import is_made_of_another
from mailer.web.fact_fields import LISTS, label_of_field, options_of
from mailer.web.facts_to_confirm import facts_to_confirm
from mailer.web.forms import Form, whole_number
from mailer.web.views.campaign import page_of, signed_before
from mailer.web.views.campaigns.conflict import facts_conflict
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from mailer.model.drafts.revision import Revision, Scratch
    from mailer.operations.campaigns.revisions.edited import EditedFacts
    from mailer.web.forms import Upload
    from mailer.web.visit import Visit

_NO_FACTS = {"base", "tab", "remove"}
"""Fields of the form that are no facts."""


def show(visit: Visit) -> Response:
    """Show the form with what is saved, what was typed when it was refused, or what was kept."""
    edited = visit.app.editing.facts(visit.slug)
    scratches = visit.app.editing.scratches.own(visit.slug, FACTS, actor=visit.actor)
    visit = with_kept(visit, scratches)
    return visit.page(
        "editing/facts.html.j2",
        edited=edited,
        base=visit.typed.number("base") or edited.opened.head.number,
        tab=visit.typed.text("tab") or secrets.token_urlsafe(12),
        scratches=[
            each
            for each in scratches
            if each.tab != visit.query("brouillon") and is_unsaved(each, edited)
        ],
        lists=LISTS,
        steps=steps_of(edited),
        values=edited.fields,
        label=partial(label_of_field, visit.say),
        options=partial(options_of, visit.say),
        not_taken=_not_taken(visit),
        to_confirm=facts_to_confirm(visit, edited),
        removed=visit.typed.all("remove"),
        now=visit.now,
        signed_before=signed_before(visit, edited.opened.head),
    )


def steps_of(edited: EditedFacts) -> list[str]:
    """Return the names of the steps in the order of the file, also of one that cannot be read."""
    return [
        name.removeprefix("steps.").removesuffix(".to")
        for name in edited.fields
        if name.startswith("steps.") and name.endswith(".to")
    ]


def _not_taken(visit: Visit) -> str:
    """Return what of its document the campaign did not take over."""
    is_of_document = ORIGINAL in visit.app.revisions.open_campaign(visit.slug).files
    remark = visit.app.revisions.first_remark(visit.slug) if is_of_document else ""
    return "" if is_made_of_another(remark) else remark


def is_unsaved(scratch: Scratch, edited: EditedFacts) -> bool:
    """Return whether what was kept differs from what is saved: a page that is left while it saves
    may have kept the same once more.
    """
    typed = facts_of_scratch(scratch.text)
    saved = edited.fields.items()
    return not saved or any(typed.get(name, text) != text for name, text in saved)


def with_kept(visit: Visit, scratches: Sequence[Scratch], *, picked: tuple[str, ...] = ()) -> Visit:
    """Return the visit with the unsaved version that the address names as what was typed.

    A field whose name ends in one of `picked` has a value in each line.
    """
    asked = visit.query("brouillon")
    found = next((each for each in scratches if asked and each.tab == asked), None)
    if found is None or visit.typed.fields:
        return visit
    fields = {
        name: text.split("\n") if name.endswith(picked) else [text]
        for name, text in facts_of_scratch(found.text).items()
    }
    return replace(visit, typed=Form({**fields, "base": [str(found.base)], "tab": [found.tab]}))


def keep(visit: Visit, form: Form) -> Response:
    """Keep what is being typed, for this browser tab (called by the script)."""
    typed = {name: form.text(name) for name in form.fields if name not in _NO_FACTS}
    kept = visit.app.editing.scratches.save(
        visit.slug,
        FACTS,
        scratch_of_facts(typed),
        base=form.number("base") or 0,
        tab=form.text("tab"),
        actor=visit.actor,
    )
    return JSONResponse({"at": kept.at.isoformat()})


def discard(visit: Visit, form: Form) -> Response:
    """Throw an unsaved version away."""
    visit.app.editing.scratches.discard(
        visit.slug, FACTS, tab=form.text("scratch"), actor=visit.actor
    )
    return visit.done(page_of(visit, "faits"), "discarded-text")


def save(visit: Visit, form: Form) -> Response:
    """Save the facts, and the files that were chosen with them."""
    base = form.number("base") or 0
    uploads = _uploads(visit, form)
    typed = {name: form.text(name) for name in form.fields} | {
        f"attachments.{number}.path": path for number, (path, _content) in uploads.items()
    }
    removed = form.all("remove")
    saved = visit.app.editing.save_facts(
        visit.slug,
        typed,
        base=base,
        actor=visit.actor,
        removed=removed,
        uploads=dict(uploads.values()),
    )
    if isinstance(saved, EditConflict):
        if form.text("tab"):  # found again if the page of the conflict is left
            keep(visit, form)
        for number in uploads:
            del typed[f"attachments.{number}.path"]  # the file of a form that is not saved is gone
        return facts_conflict(
            visit,
            saved,
            typed,
            base=base,
            removed=removed,
            files=[upload.name for upload in form.uploads.values()],
            here=page_of(visit, "faits"),
        )
    if tab := form.text("tab"):
        visit.app.editing.scratches.discard(visit.slug, FACTS, tab=tab, actor=visit.actor)
    return visit.done(page_of(visit, "faits"), notice_of(saved, base))


def notice_of(saved: Revision, base: int) -> str:
    """Return the name of the notice after a form was saved."""
    return "unchanged" if saved.number == base else "saved"


def _uploads(visit: Visit, form: Form) -> dict[int, tuple[str, bytes]]:
    """Return the path and the content of each chosen file, by the number of its attachment."""
    taken = set(visit.app.revisions.open_campaign(visit.slug).files)
    found: dict[int, tuple[str, bytes]] = {}
    for field, upload in form.uploads.items():
        number = whole_number(field.removeprefix("attachments.").removesuffix(".file"))
        if number is not None:
            path = _path_of(upload, field, taken)
            taken.add(path)
            found[number] = (path, upload.content)
    return found


def _path_of(upload: Upload, field: str, taken: set[str]) -> str:
    """Return a free path for a file, made of its name; the suffix is that of its content."""
    suffix = upload_suffix(upload.content)
    if suffix is None:
        raise RuleError(
            Problem(
                Place("", key=field),
                _("“{name}” is of a kind that cannot be attached", name=upload.name),
                _("Choose a PDF, a picture (JPEG, PNG, GIF, WebP), or an Office document."),
            )
        )
    if len(upload.content) > MAX_FILE_BYTES:
        raise RuleError(
            Problem(
                Place("", key=field),
                _(
                    "“{name}” is larger than {most} MB",
                    name=upload.name,
                    most=MAX_FILE_BYTES // 10**6,
                ),
                _("Put it on a server and link to it: mail systems refuse such files."),
            )
        )
    stem = re.sub(r"[^\w-]+", "-", upload.name.rpartition(".")[0] or upload.name).strip("-")
    name, number = f"{stem or 'document'}{suffix}", 2
    while name in taken:
        name, number = f"{stem or 'document'}-{number}{suffix}", number + 1
    return name
