"""Show and save dead letters: mails and webhook posts that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.permission import Act, require, require_recent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.feedback.inbox import DeadLetter
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


def dead_letters(*, ledger: Ledger) -> Sequence[DeadLetter]:
    """Return the mails and posts that could not be read, the oldest first."""
    return ledger.inbox.dead_letters()


def dead_letters_elsewhere(*, ledger: Ledger) -> Sequence[DeadLetter]:
    """Return those that wait nowhere else: the posts, and mails of former versions."""
    waiting = ledger.unknown_mails.unreadable_keys()
    return [
        each for each in dead_letters(ledger=ledger) if f"{each.source}:{each.key}" not in waiting
    ]


def save_dead_letters(
    *,
    write: Callable[[DeadLetter, bytes], Path],
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> list[Path]:
    """Write the bytes of every dead letter to a file with `write`; returns the files.

    Journalled like every export, because a mail names people. Raises RuleError, writing nothing,
    when the actor may not export people.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require(actor, Act.SEE_EVERYBODY)
    require_recent(actor, now=now)
    letters = ledger.inbox.dead_letters()
    ledger.journal.add(
        at=now,
        actor=actor,
        action="export",
        subject="dead-letters",
        detail=f"{len(letters)} dead letters",
    )
    return [write(letter, ledger.inbox.dead_letter_bytes(letter.key) or b"") for letter in letters]
