"""Where each sentinel landed in the finished HTML, and the escaping that place needs.

Looks inside conditional comments too: MJML repeats buttons and backgrounds there for
Outlook. A place where no escaping is safe (style, script, attribute names, the beginning
of a URL) is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place, Problem
from mailer.model.message import Hole
from mailer.render.jinja import recipient_template as stage_two
from mailer.render.jinja.deferred import BlockPart, DeferredExpression
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.model.message import Pieces

_ENDING = "-qz"
SENTINEL = re.compile(r"zq[0-9a-f]{12}-\d{4,}-qz")
_RECOGNISABLE = 8
"""Characters of a sentinel that no text has by chance."""
_MARKUP = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|<(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|<[/!?][^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_URLS = frozenset({"href", "src", "background", "action", "cite", "poster"})
_UNSAFE = frozenset({"style", "srcset", "width", "height", "class", "id"})


class SentinelContext(NamedTuple):
    """One sentinel: its span in the text, and the place (of `stage_two.PLACES`) or None."""

    start: int
    end: int
    sentinel: str
    place: str | None


def html_pieces(
    html: str, deferred: Mapping[str, DeferredExpression], *, expected: set[str]
) -> tuple[Pieces, list[Problem]]:
    """Literal HTML and holes. `expected` are the sentinels that went into the layout."""
    landings = [landing for landing in _in_html(html, "") if landing.sentinel in deferred]
    problems = [
        Problem(
            deferred[sentinel].place,
            _("the layout lost “{source}”", source=deferred[sentinel].source),
            _("The recipient's data cannot stand here; move it into a text."),
        )
        for sentinel in sorted(expected - {landing.sentinel for landing in landings})
    ]
    problems += [
        Problem(
            deferred[landing.sentinel].place,
            _("“{source}” stands where no value is safe", source=deferred[landing.sentinel].source),
            _('Put it into a text, or use a whole address: href="{{{{ recipient.… }}}}".'),
        )
        for landing in landings
        if landing.place is None
    ]
    if problems:
        return (), problems
    return _pieces(html, landings, deferred)


def text_pieces(
    text: str, deferred: Mapping[str, DeferredExpression], *, place: str
) -> tuple[Pieces, list[Problem]]:
    """Literal text and holes, for a text where every place is alike: `plain` or `header`."""
    landings = [
        SentinelContext(*found.span(), found[0], place)
        for found in SENTINEL.finditer(text)
        if found[0] in deferred
    ]
    return _pieces(text, landings, deferred)


def is_corrupted(pieces: Pieces, deferred: Mapping[str, DeferredExpression]) -> bool:
    """Whether a sentinel was cut or changed (`{{ note | upper }}`), so that readers would see it."""
    marks = {sentinel[:_RECOGNISABLE] for sentinel in deferred}
    literal = "".join(it for it in pieces if isinstance(it, str)).lower()
    return any(mark in literal for mark in marks)


def _in_html(html: str, mso: str, offset: int = 0) -> Iterator[SentinelContext]:
    end, raw = 0, ""
    for markup in _MARKUP.finditer(html):
        yield from _in_text(html, end, markup.start(), offset, None if raw else f"{mso}text")
        end = markup.end()
        comment = markup["comment"]
        if comment is not None:
            yield from _in_comment(markup, mso, offset)
        elif markup["tag"]:
            raw = markup["tag"].lower() if markup["tag"].lower() in {"style", "script"} else ""
            if _ENDING in markup["attributes"]:
                yield from _in_attributes(markup, mso, offset)
        else:
            raw = ""
    yield from _in_text(html, end, len(html), offset, None if raw else f"{mso}text")


def _in_text(
    html: str, start: int, end: int, offset: int, place: str | None
) -> Iterator[SentinelContext]:
    if html.find(_ENDING, start, end) == -1:
        return
    for found in SENTINEL.finditer(html, start, end):
        yield SentinelContext(found.start() + offset, found.end() + offset, found[0], place)


def _in_comment(markup: re.Match[str], mso: str, offset: int) -> Iterator[SentinelContext]:
    comment = markup["comment"]
    if SENTINEL.fullmatch(comment):
        start, end = markup.span()
        yield SentinelContext(start + offset, end + offset, comment, "" if not mso else None)
    elif SENTINEL.search(comment):
        yield from _in_html(comment, "mso_", offset + markup.start("comment"))


def _in_attributes(markup: re.Match[str], mso: str, offset: int) -> Iterator[SentinelContext]:
    attributes = markup["attributes"]
    base = offset + markup.start("attributes")
    seen: set[int] = set()
    for attribute in _ATTRIBUTE.finditer(attributes):
        group = 2 if attribute[2] is not None else 3
        value = attribute[group]
        for found in SENTINEL.finditer(value):
            start = base + attribute.start(group) + found.start()
            seen.add(start)
            place = _attribute_place(attribute[1].lower(), value, found)
            yield SentinelContext(start, start + len(found[0]), found[0], place and f"{mso}{place}")
    for found in SENTINEL.finditer(markup[0]):
        start = offset + markup.start() + found.start()
        if start not in seen:
            yield SentinelContext(start, start + len(found[0]), found[0], None)


def _attribute_place(name: str, value: str, found: re.Match[str]) -> str | None:
    if name in _UNSAFE or name.startswith("on"):
        return None
    if name.rpartition(":")[2] not in _URLS:
        return "attribute"
    if found[0] == value.strip():
        return "url"
    # At the start of a longer URL a value could choose the scheme, or the host.
    is_after_host = re.match(r"(https?://[^/?#]+[/?#]|mailto:|tel:)", value[: found.start()])
    return "url_part" if is_after_host else None


def _pieces(
    text: str, landings: list[SentinelContext], deferred: Mapping[str, DeferredExpression]
) -> tuple[Pieces, list[Problem]]:
    """Cuts `text` at its sentinels; a whole block becomes one hole."""
    cutter = _Cutter()
    end = 0
    for landing in sorted(landings):
        cutter.literal(text[end : landing.start])
        end = landing.end
        it = deferred[landing.sentinel]
        if it.part is BlockPart.VALUE:
            cutter.hole(stage_two.value(it.source, landing.place or "text"), it.place)
        elif not cutter.tag(it):
            return (), [_torn(it)]
    cutter.literal(text[end:])
    if cutter.open_blocks:
        return (), [_torn(deferred[cutter.open_blocks[-1]])]
    return tuple(cutter.pieces), list(_faults(cutter.holes))


def _faults(holes: list[tuple[str, Place]]) -> Iterator[Problem]:
    for source, place in holes:
        if reason := stage_two.fault(source):
            yield Problem(
                place,
                _("this cannot be filled: {reason}", reason=reason),
                _("Correct the expression."),
            )


class _Cutter:
    """Pieces so far, and the block being gathered into one hole."""

    def __init__(self) -> None:
        self.pieces: list[str | Hole] = []
        self.holes: list[tuple[str, Place]] = []
        self.open_blocks: list[str] = []
        self.block = ""
        self.block_place = Place("")

    def literal(self, words: str) -> None:
        if self.open_blocks:
            self.block += words
        elif words:
            self.pieces.append(words)

    def hole(self, source: str, place: Place) -> None:
        if self.open_blocks:
            self.block += source
        else:
            self.pieces.append(Hole(source))
            self.holes.append((source, place))

    def tag(self, it: DeferredExpression) -> bool:
        """Adds a block's tag; False when it does not belong to the innermost open block."""
        if it.part is BlockPart.OPEN:
            if not self.open_blocks:
                self.block, self.block_place = "", it.place
            self.open_blocks.append(it.block)
        elif not self.open_blocks or self.open_blocks[-1] != it.block:
            return False
        self.block += stage_two.tag(it.source)
        if it.part is BlockPart.CLOSE:
            self.open_blocks.pop()
            if not self.open_blocks:
                self.hole(self.block, self.block_place)
        return True


def _torn(it: DeferredExpression) -> Problem:
    return Problem(
        it.place,
        _("the layout tore “{source}” apart", source=it.source),
        _("Put the whole condition, from its beginning to its end, into one text."),
    )
