"""What a document says, and what a person typed beside it: the person stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.campaigns.proposals import ProposedFact
from mailer.wording import FactKey, Quoted, Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailer.model.campaigns.proposals import CompetingWords, FactPath, RecognisedDocument

_PATHS: Mapping[str, FactPath] = {
    "kind": ("kind",),
    "title": ("title",),
    "event": ("event", "starts_at"),
    "venue": ("event", "venue"),
    "contact": ("press_contacts", 0, "name"),
    "phone": ("press_contacts", 0, "phone"),
    "address": ("accreditation", "addresses"),
}
"""Where the answer to each question about a new campaign stands in `campaign.toml`."""


def not_taken(fact: CompetingWords, language: str) -> Text:
    """Return the sentence that says why a fact of a document in this language is not proposed."""
    named = FactKey(".".join(map(str, fact.path)))
    said = tuple(_("“{words}”", words=Quoted(each, language)) for each in fact.words)
    if len(fact.words) == 1:
        return _(
            "{fact} is not taken, the document does not say it for sure: {words}",
            fact=named,
            words=said,
        )
    return _(
        "{fact} is not taken, the document says it in several ways: {words}",
        fact=named,
        words=said,
    )


def really_left_out(left_out: Iterable[Text], text: str) -> Iterator[Text]:
    """Yield what of a document is not in the text of its campaign, into which `recognise` puts an
    embargo that only a header says.
    """
    for each in left_out:
        words = each.values.get("words")
        if not isinstance(words, str) or words not in text:
            yield each


def with_typed(document: RecognisedDocument, typed: Mapping[str, str]) -> RecognisedDocument:
    """Return the document without the facts for which a person typed something else.

    Who typed another contact does not get the numbers of the first one.
    """
    gone = {path for name, path in _PATHS.items() if typed.get(name)}
    gone |= {("event", "ends_at")} if typed.get("event") else set()
    other = typed.get("contact", "")
    is_other = bool(other) and other != document.value(*_PATHS["contact"])
    kept = tuple(
        fact
        for fact in document.facts
        if fact.path not in gone and not (is_other and fact.path[:2] == ("press_contacts", 0))
    )
    return replace(document, facts=kept)


def with_kind(document: RecognisedDocument) -> RecognisedDocument:
    """Return the document with a kind, to be confirmed, where it names none.

    What invites people, with a day or with what is said of accreditation, is an advisory; anything
    else is a press release.
    """
    if document.kind or document.value("kind"):
        return document
    inviting = (fact.words for fact in document.facts if fact.path[0] in {"event", "accreditation"})
    words = next(inviting, "")
    kind = CampaignKind.ADVISORY if words else CampaignKind.PRESS_RELEASE
    said = words or next((line for line in document.original.split("\n") if line.strip()), "")
    fact = ProposedFact(("kind",), kind.value, said.lstrip("# "))
    return replace(document, kind=kind, facts=(fact, *document.facts))


def answers_of(document: RecognisedDocument) -> dict[str, str]:
    """Return the answers that a document gives, by the name of the question."""
    found = {name: document.value(*path) for name, path in _PATHS.items()}
    return {name: _typed(value) for name, value in found.items() if value and name != "kind"}


def _typed(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value[0]) if isinstance(value, tuple) else str(value)
