"""Comment a passage of a text, answer, and close the comment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.comment import Comment, CommentAnswer
from mailer.model.team.permission import Act, require
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
    from mailer.ports import Ledger

MOST_LETTERS = 4_000


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment, and the line of the text in which its passage stands now.

    `line` counts from 1; it is 0 for a comment on the whole text. `is_gone` tells that the passage
    does not stand in the text any more.
    """

    comment: Comment
    line: int = 0
    is_gone: bool = False


def comment_on(
    campaign: str,
    file: str,
    *,
    quote: str,
    words: str,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> int:
    """Comment on a passage of a text, or on all of it when `quote` is empty; returns its number.

    Raises RuleError when the actor may not do this, or says nothing.
    """
    require(actor, Act.COMMENT)
    comment = Comment(
        campaign=campaign,
        file=file,
        quote=_limited(quote.strip(), key="quote"),
        words=_said(words, key="comment"),
        person=actor.person,
        by=actor.name,
        at=now,
    )
    return ledger.comments.add(comment, actor=actor)


def answer_comment(
    campaign: str, comment: int, *, words: str, actor: Actor, ledger: Ledger, now: datetime
) -> None:
    """Answer an open comment. Raises RuleError when there is none, or nothing is said."""
    require(actor, Act.COMMENT)
    said = _said(words, key=f"answer-{comment}")
    answer = CommentAnswer(said, actor.person, actor.name, now)
    if not ledger.comments.answer(campaign, comment, answer, actor=actor):
        raise RuleError(_not_open(comment))


def close_comment(
    campaign: str, comment: int, *, actor: Actor, ledger: Ledger, now: datetime
) -> None:
    """Close a comment: what it asks is done, or needs no more talk. Raises RuleError when it is not open."""
    require(actor, Act.COMMENT)
    if not ledger.comments.close(campaign, comment, actor=actor, at=now):
        raise RuleError(_not_open(comment))


def comments_of(campaign: str, *, ledger: Ledger) -> Sequence[Comment]:
    """Return the comments on a campaign, the oldest first."""
    return ledger.comments.of_campaign(campaign)


def open_comments_of(
    campaign: str, *, revisions: CampaignRevisions, ledger: Ledger
) -> list[PlacedComment]:
    """Return the open comments on a campaign, in the order of its texts, each with its line."""
    are_open = [each for each in comments_of(campaign, ledger=ledger) if each.is_open]
    if not are_open:
        return []
    files = revisions.open_campaign(campaign).files
    found = [
        placed(each, files.get(each.file, b"").decode("utf-8", "replace")) for each in are_open
    ]
    return sorted(found, key=lambda each: (each.comment.file, each.line, each.comment.id))


def placed(comment: Comment, text: str) -> PlacedComment:
    """Find the passage of a comment in a text. How its words are broken into lines is no matter."""
    if not comment.quote:
        return PlacedComment(comment)
    folded, starts = _folded(text)
    at = folded.find(" ".join(comment.quote.split()))
    if at < 0:
        return PlacedComment(comment, is_gone=True)
    return PlacedComment(comment, line=text.count("\n", 0, starts[at]) + 1)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text with one blank between its words, and where each of its letters stands."""
    letters, starts = [], []
    for place, letter in enumerate(text):
        if not letter.isspace():
            letters.append(letter)
            starts.append(place)
        elif letters and letters[-1] != " ":
            letters.append(" ")
            starts.append(place)
    return "".join(letters), starts


def _said(words: str, *, key: str) -> str:
    if not words.strip():
        raise RuleError(_wrong(key, _("nothing is said"), _("Write what you want to say.")))
    return _limited(words.strip(), key=key)


def _limited(words: str, *, key: str) -> str:
    if len(words) > MOST_LETTERS:
        what = _("this is longer than {count} characters", count=MOST_LETTERS)
        raise RuleError(_wrong(key, what, _("Shorten it.")))
    return words


def _wrong(key: str, what: Text, remedy: Text) -> Problem:
    return Problem(Place("", key=key), what, remedy)


def _not_open(comment: int) -> Problem:
    return _wrong(
        f"answer-{comment}",
        _("this comment is not open any more"),
        _("Somebody has closed it meanwhile. Write a new one if there is more to say."),
    )
