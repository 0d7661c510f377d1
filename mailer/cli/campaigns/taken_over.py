"""What `mailer new --from` takes over from an old release, and says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.cli.terminal import show
from mailer.files.campaigns.original import ORIGINAL
from mailer.files.documents import document_bytes
from mailer.labels import label_of
from mailer.operations.campaigns.writing.recognising.answers import (
    answers_of,
    not_taken,
    really_left_out,
    with_kind,
    with_typed,
)
from mailer.wording import _

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.files.campaigns.scaffold import Answers
    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.model.campaigns.tracked_changes import TrackedChanges
    from mailer.wiring.app import App
    from mailer.wording import Text

_QUESTIONS = ("title", "event", "venue", "contact", "phone", "address")


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The text and the facts of a document, and what was left out when it was read."""

    document: RecognisedDocument
    answers: Answers
    left_out: tuple[Text, ...] = ()
    names_kind: bool = True
    """Whether the document, or the command line, says what kind it is."""


def taken_over(
    app: App, file: Path, changes: TrackedChanges, given: Answers, *, kind: str
) -> TakenOver:
    """Read a document; what was given on the command line stands before what it says."""
    converted = app.children.read_document(document_bytes(file), name=file.name, changes=changes)
    found = app.children.recognise(
        converted.markdown,
        name=file.name,
        language=given.language,
        today=app.clock.now().date(),
        margins=converted.margins,
        zone=app.settings.office.time_zone,
    )
    typed = {name: getattr(given, name) for name in _QUESTIONS} | {"kind": kind}
    document = with_typed(found, typed)
    document = document if kind else with_kind(document)
    answers = replace(given, **answers_of(document), language=document.language)
    return TakenOver(document, answers, converted.left_out, names_kind=bool(kind or found.kind))


def print_taken_over(taken: TakenOver) -> None:
    """Print each fact with its words, to be confirmed, and what is not in the text any more."""
    document = taken.document
    if not taken.names_kind and document.kind:
        show.warn(
            _(
                "The document names no kind: it is taken for “{kind}”. Confirm it, or give --kind.",
                kind=label_of(document.kind),
            )
        )
    if document.facts:
        show.print_line(_("Taken from the document, to confirm in campaign.toml:"))
        for words, keys in _by_words(document).items():
            show.print_line(_("  {facts}: “{words}”", facts=", ".join(keys), words=words))
    for fact in document.undecided:
        show.warn(not_taken(fact, document.language))
    if document.taken_out:
        show.print_line(
            _("Taken out of the text, because the page writes it (kept in {file}):", file=ORIGINAL)
        )
        for each in document.taken_out:
            show.print_line(_("  “{words}”", words=each))
    for left in really_left_out(taken.left_out, document.text):
        show.warn(_("Not in the text of the campaign: {what}", what=left))


def _by_words(document: RecognisedDocument) -> dict[str, list[str]]:
    """Return the keys that were read in the same words, with entries counted from 1."""
    found: dict[str, list[str]] = {}
    for fact in document.facts:
        path = fact.path[:2] if len(fact.path) == 3 else fact.path
        shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        keys = found.setdefault(fact.words, [])
        keys += [shown] if shown not in keys else []
    return found
