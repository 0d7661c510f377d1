"""The links of a document that the page shows as a block of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.model.campaigns.proposals import ProposedFact
from mailer.operations.campaigns.writing.recognising.lines import (
    NOTHING,
    Recognised,
    part_below,
    without,
)
from mailer.operations.campaigns.writing.recognising.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line

_WEB = re.compile(r"https?://", re.IGNORECASE)
_BEFORE_ADDRESS = re.compile(
    r"(?P<name>[^\W\d_][^:|@\d]*[ \u00a0][^:|@\d]*[^:|@\s])[ \u00a0]*:[ \u00a0]*(?P<url>https?://\S+[\w/])\.?"
)
"""Two words or more, a colon and an address: `En savoir plus : https://…`."""
_ADDRESS = re.compile(r"<?(?P<url>https?://(?:www\.)?(?P<said>[^\s<>]+[\w/]))>?\.?", re.IGNORECASE)
_SAYS_NOTHING = re.compile(r"(?i)(?:cliquez |click )?(?:ici|here)|https?://.*|www\..*|\W*")


def link_facts(lines: Sequence[Line], margins: Sequence[Sequence[Line]] = ()) -> Recognised:
    """Return the links below such a heading, or after such a label, with their words; and those of
    the headers and footers (`margins`), which are not in the text.

    A link with no words that say where it leads stays in the text.
    """
    facts: list[ProposedFact] = []
    remains: dict[int, str] = {}
    seen: set[str] = set()
    for at, heading in enumerate(lines):
        group = next(
            (name for name in ("press_room", "links") if label(name).match(heading.text)), ""
        )
        below = list(_block(lines, at)) if group else []
        below = below or (_written_out(heading, group) and [heading]) or []
        every = [
            each
            for line in below
            for each in (_written_out(line, group) or line.links)
            if each[1] not in seen
        ]
        for name, url in every:
            seen.add(url)
            facts += _as_facts(len(seen) - 1, name, url, group)
        if every:
            remains |= without([heading, *below])
    for line in (line for margin in margins for line in margin):
        for name, url in _said_in_margin(line):
            if url not in seen:
                seen.add(url)
                facts += _as_facts(len(seen) - 1, name, url)
    return Recognised(tuple(facts), remains) if facts else NOTHING


def _written_out(line: Line, group: str) -> tuple[tuple[str, str], ...]:
    """Return the address that alone stands behind such a label, with what can be read of it."""
    found = label(group).match(line.text) if group else None
    address = _ADDRESS.fullmatch(line.text, found.end()) if found else None
    if found is None or address is None:
        return ()
    said = line.text[: found.end()].strip(" \u00a0:") if group == "press_room" else ""
    return ((said or address["said"], address["url"]),)


def _as_facts(index: int, name: str, url: str, group: str = "") -> Iterator[ProposedFact]:
    words = f"{name} – {url}"
    yield ProposedFact(("links", index, "label"), name, words)
    yield ProposedFact(("links", index, "url"), url, words)
    if group == "press_room":
        yield ProposedFact(("links", index, "group"), "press-room", words)


def _said_in_margin(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the links of a line with words of theirs, or with those before a colon."""
    named = [(name, url) for name, url in line.links if not _SAYS_NOTHING.fullmatch(name)]
    yield from ((name, url) for name, url in named if _WEB.match(url))
    bare = _BEFORE_ADDRESS.fullmatch(line.text)
    if bare and not named:
        yield bare["name"], bare["url"]


def _block(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """Yield the lines that only hold links: that of the label, or those below it."""
    own = label("links").match(lines[at].text) or label("press_room").match(lines[at].text)
    assert own
    if lines[at].text[own.end() :].strip():
        if _only_links(lines[at], own.end()):
            yield lines[at]
        return
    below = part_below(tuple(lines), at)
    if all(_only_links(line, 0) for line in below):
        yield from below


def _only_links(line: Line, start: int) -> bool:
    """Return whether a line says nothing but links that lead somewhere, and their separators."""
    if not line.links or not all(
        _WEB.match(url) and not _SAYS_NOTHING.fullmatch(name) for name, url in line.links
    ):
        return False
    rest = line.text[start:]
    for name, _url in line.links:
        rest = rest.replace(name, "", 1)
    return not re.search(r"\w", rest.replace(" et ", "").replace(" and ", ""))
