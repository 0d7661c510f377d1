"""Comments of the team at passages of the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.drafts.comment import Comment, CommentAnswer
    from mailer.model.team.actor import Actor


class Comments(Protocol):
    """The comments on the texts of each campaign. Their words are not in the journal."""

    def add(self, comment: Comment, *, actor: Actor) -> int:
        """Store a comment and return its id. Journalled."""

    def answer(self, campaign: str, comment: int, answer: CommentAnswer, *, actor: Actor) -> bool:
        """Add an answer; returns False when the campaign has no such open comment. Journalled."""

    def close(self, campaign: str, comment: int, *, actor: Actor, at: datetime) -> bool:
        """Close a comment; returns False when the campaign has no such open one. Journalled."""

    def of_campaign(self, campaign: str) -> Sequence[Comment]:
        """Return the comments on a campaign, the oldest first."""

    def open(self) -> Sequence[Comment]:
        """Return the open comments on all campaigns, the oldest first."""
