"""What an event is called, where a document names it besides its headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.model.campaigns.proposals import ProposedFact
from mailer.operations.campaigns.writing.recognising.words import is_label, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line

_NAMES = rf"(?:{words(lambda release: release.event_names)})\b"
_BEGINS = re.compile(rf"(?:[\w’'-]+ ){{0,2}}?{_NAMES}")
_IS = re.compile(rf"(?:{words(lambda release: release.event_is)})(?:[ \u00a0]*[:?][ \u00a0]*|\Z)")
_INVITES = re.compile(
    rf"\b(?:{words(lambda release: release.invites_to)})"
    rf"(?P<name>{_NAMES}[^.,;:()\n]{{4,100}}?)(?=[.,;:(]| (?:le|du|on|this) (?:[^\W\d]+ )?\d|\Z)"
)
_END = re.compile(
    rf"[;:.?!]|[ \u00a0][–—-][ \u00a0]|,? (?:{words(lambda release: release.name_ends)})\b"
)
_LONGEST = 100
_FEWEST = 4
"""How many words a name in a sentence has at least: `la visite du chantier` is none."""


def event_name(lines: Sequence[Line], title: str) -> tuple[ProposedFact, ...]:
    """Return what the event is called: behind its label, or by who invites to it where the headline
    (`title`) names none. A name that the headline has already is none.
    """
    named = [*_labelled(lines)] or ([] if _BEGINS.match(title) else [*_invited_to(lines)])
    found = {name.casefold(): (name, said) for name, said in named}
    if len(found) != 1:
        return ()
    ((name, said),) = found.values()
    is_title = name.casefold() in title.casefold()
    return () if is_title else (ProposedFact(("event", "name"), name, said),)


def boxed_name(lines: Sequence[Line]) -> tuple[ProposedFact, ...]:
    """Return the heading of a box about an event, if it says what people come to."""
    first = lines[0].text
    if not _BEGINS.match(first) or re.search(r"[\d.:@]", first) or len(first) > _LONGEST:
        return ()
    name = first.capitalize() if first.isupper() else first
    return (ProposedFact(("event", "name"), name, first),)


def _labelled(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    for at, line in enumerate(lines):
        label = _IS.match(line.text)
        if label is None or line.level:
            continue
        said = line.text[label.end() :] or next((it.text for it in lines[at + 1 : at + 2]), "")
        end = _END.search(said)
        name = (said[: end.start()] if end else said).strip(" ,\u00a0")
        if _BEGINS.match(name) and "," not in name and not is_label(said) and len(name) < _LONGEST:
            yield name, said


def _invited_to(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for found in _INVITES.finditer(line.text):
            end = _END.search(found["name"])
            name = (found["name"][: end.start()] if end else found["name"]).strip(" ,\u00a0")
            if len(name.split()) >= _FEWEST and re.search(r"[ ’'][A-ZÀ-Ý«“]", name):
                yield name[0].upper() + name[1:], found[0]
