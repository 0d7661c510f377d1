"""The page of a conflict: my version, theirs, and what differs. It works without script."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.operations.campaigns.revisions.differences import text_difference
from mailer.web.fact_fields import choice_in_words, label_of_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

    from mailer.model.drafts.revision import EditConflict, TextFields
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

CONFLICT = 409


def text_conflict(
    visit: Visit,
    conflict: EditConflict,
    *,
    mine: TextFields,
    theirs: TextFields,
    form: Form,
    here: str,
) -> Response:
    """Show both versions of a text. What was typed stands in the form, to be saved as it is, or
    after what the other person wrote was put into it.
    """
    return visit.page(
        "editing/text_conflict.html.j2",
        status=CONFLICT,
        conflict=conflict,
        mine=mine,
        theirs=theirs,
        lines=text_difference(theirs.body, mine.body),
        tab=form.text("tab"),
        here=here,
    )


def facts_conflict(
    visit: Visit,
    conflict: EditConflict,
    typed: Mapping[str, str],
    *,
    base: int,
    here: str,
    removed: tuple[str, ...] = (),
    files: Sequence[str] = (),
) -> Response:
    """Show the fields that were typed beside what the other person saved in them, and name the
    files that were chosen with them, which are gone.
    """
    mine, theirs = visit.app.editing.contested_facts(visit.slug, typed, base=base)
    return visit.page(
        "editing/facts_conflict.html.j2",
        status=CONFLICT,
        conflict=conflict,
        fields=[(name, text, theirs.get(name, "")) for name, text in sorted(mine.items())],
        label=partial(label_of_field, visit.say),
        in_words=choice_in_words,
        removed=removed,
        files=files,
        here=here,
    )
