"""Texts that somebody is writing and has not saved: private, and no part of the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.revision import Scratch
from mailer.model.team.permission import Act, require
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.team.actor import Actor
    from mailer.ports import Clock, Ledger

MAX_SCRATCH = 250_000
"""How many characters of an unsaved text are kept: a little more than a text may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignScratches:
    """The unsaved texts of the workspace's campaigns."""

    ledger: Ledger
    clock: Clock

    def save(
        self, slug: str, path: str, text: str, *, base: int, tab: str, actor: Actor
    ) -> Scratch:
        """Keep a text that the actor is still writing in this browser tab; it makes no revision.

        Raises RuleError when the text is too long, or the actor may not edit campaigns.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        if len(text) > MAX_SCRATCH:
            raise RuleError(
                Problem(
                    Place(path),
                    _("the text is too long: its limit is {most} characters", most=MAX_SCRATCH),
                    _("Shorten it, or put a part of it into an attachment."),
                )
            )
        scratch = Scratch(
            person=actor.person,
            name=actor.name,
            tab=tab,
            campaign=slug,
            path=path,
            base=base,
            text=text,
            at=self.clock.now(),
        )
        self.ledger.revisions.save_scratch(scratch)
        return scratch

    def own(self, slug: str, path: str, *, actor: Actor) -> tuple[Scratch, ...]:
        """Return the actor's own unsaved versions of a file, the newest first."""
        return tuple(
            each
            for each in self.ledger.revisions.scratches(slug, path)
            if each.person == actor.person
        )

    def others_writing(self, slug: str, path: str, *, actor: Actor, within_s: float) -> set[str]:
        """Return the names of the other people who wrote in a file in the last `within_s` seconds."""
        now = self.clock.now()
        return {
            each.name
            for each in self.ledger.revisions.scratches(slug, path)
            if each.person != actor.person and (now - each.at).total_seconds() < within_s
        }

    def discard(self, slug: str, path: str, *, tab: str, actor: Actor) -> bool:
        """Delete the unsaved text of one of the actor's browser tabs; False when there is none."""
        return self.ledger.revisions.discard_scratch(
            person=actor.person, tab=tab, campaign=slug, path=path
        )
