"""The comments beside a text: write one at a passage, answer, close."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.model.team.permission import Act
from mailer.operations.campaigns.revisions.comments import (
    answer_comment,
    close_comment,
    comment_on,
    comments_of,
    open_comments_of,
    placed,
)
from mailer.web.views.campaign import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.responses import Response

    from mailer.operations.campaigns.revisions.comments import PlacedComment
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def change(visit: Visit, form: Form) -> Response:
    """Write, answer or close a comment on the text of the address."""
    file = visit.path("file")
    # Raises ContentError where there is no such text.
    visit.app.editing.text(visit.slug, file, actor=visit.actor)
    number = form.number("number") or 0
    acting = partial(_acting, visit)
    match form.text("act"):
        case "answer":
            acting(answer_comment, visit.slug, number, words=form.text(f"answer-{number}"))
            done = "answered"
        case "close":
            acting(close_comment, visit.slug, number)
            done = "comment-closed"
        case _:
            words, quote = form.text("comment"), form.text("quote")
            acting(comment_on, visit.slug, file, quote=quote, words=words)
            done = "commented"
    return visit.done(page_of(visit, f"textes/{file}"), done)


def _acting(visit: Visit, operation: Callable[..., object], *what: object, **words: str) -> None:
    operation(*what, **words, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)


def beside_text(visit: Visit, files: Mapping[str, bytes]) -> list[PlacedComment]:
    """Return the comments on the text of the address, the open ones first."""
    if not visit.may(Act.COMMENT):
        return []
    file = visit.path("file")
    text = files.get(file, b"").decode("utf-8", "replace")
    found = [
        placed(each, text)
        for each in comments_of(visit.slug, ledger=visit.app.ledger)
        if each.file == file
    ]
    return sorted(found, key=lambda each: (not each.comment.is_open, each.line, each.comment.id))


def before_signing(visit: Visit, campaign: str) -> list[PlacedComment]:
    """Return the open comments on a campaign, for a person who is about to sign it off."""
    return open_comments_of(campaign, revisions=visit.app.revisions, ledger=visit.app.ledger)
