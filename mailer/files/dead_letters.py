"""Writes dead letters to files, as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.host.atomic_write import make_private_folder, write_atomically
from mailer.model.feedback.inbox import MAILBOX

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.model.feedback.inbox import DeadLetter


def write_dead_letter(folder: Path, letter: DeadLetter, raw: bytes) -> Path:
    """Write the bytes of a dead letter into `folder`, readable by its owner alone; returns the
    file. The same letter always has the same name.
    """
    make_private_folder(folder)
    suffix = "eml" if letter.source == MAILBOX else "post"
    file = folder / f"{letter.source}-{letter.key}.{suffix}"
    write_atomically(file, raw)
    return file
