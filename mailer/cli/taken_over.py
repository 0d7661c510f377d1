"""What `mailer new --from` takes over from an old release, and says of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailer.cli import show
from mailer.files.documents import document_bytes
from mailer.operations.campaigns.recognised import FACTS, recognise
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailer.app import App
    from mailer.files.campaigns.scaffold import Answers
    from mailer.model.tracked_changes import TrackedChanges
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The text and the facts of a document, the words that say each, and what was left out."""

    text: str = ""
    kind: str = ""
    answers: Answers | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[Text, ...] = ()


NOTHING = TakenOver()


def taken_over(app: App, file: Path, changes: TrackedChanges, given: Answers) -> TakenOver:
    """Read a document; what was given on the command line stands before what it says."""
    converted = app.children.read_document(document_bytes(file), name=file.name, changes=changes)
    found = recognise(converted.markdown, language=given.language, today=app.clock.now().date())
    values = {name: it for name, it in found.values().items() if not getattr(given, name)}
    return TakenOver(
        converted.markdown,
        found.kind or "",
        replace(given, **values),
        {name: words for name, words in found.evidence().items() if name in values},
        converted.left_out,
    )


def print_taken_over(taken: TakenOver) -> None:
    """Print each fact with its words, to be confirmed, and what was left out."""
    if taken.evidence:
        show.print_line(_("Taken from the document, to confirm in campaign.toml:"))
        for name, words in taken.evidence.items():
            show.print_line(_("  {fact}: “{words}”", fact=FACTS[name], words=words))
    for each in taken.left_out:
        show.warn(_("Not taken from the original: {what}", what=each))
