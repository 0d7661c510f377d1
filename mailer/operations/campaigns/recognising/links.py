"""The links of a document that the page shows as a block of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.model.proposals import ProposedFact
from mailer.operations.campaigns.recognising.lines import NOTHING, Recognised, part_below, without
from mailer.operations.campaigns.recognising.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.recognising.lines import Line

_WEB = re.compile(r"https?://", re.IGNORECASE)
_SAYS_NOTHING = re.compile(r"(?i)(?:cliquez |click )?(?:ici|here)|https?://.*|www\..*|\W*")


def link_facts(lines: Sequence[Line]) -> Recognised:
    """Return the links below such a heading, or after such a label, with their words.

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
        every = [each for line in below for each in line.links if each[1] not in seen]
        for name, url in every:
            seen.add(url)
            path = ("links", len({fact.path[1] for fact in facts}))
            facts += (
                ProposedFact((*path, "label"), name, f"{name} – {url}"),
                ProposedFact((*path, "url"), url, f"{name} – {url}"),
            )
            if group == "press_room":
                facts.append(ProposedFact((*path, "group"), "press-room", f"{name} – {url}"))
        if every:
            remains |= without([heading, *below])
    return Recognised(tuple(facts), remains) if facts else NOTHING


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
