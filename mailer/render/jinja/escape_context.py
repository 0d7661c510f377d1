"""Finds each sentinel in the finished HTML and determines how a value must be escaped there.

Conditional comments are searched too: MJML repeats buttons and backgrounds there for
Outlook. A context in which no escaping is safe (style, script, attribute names, the
start of a URL) is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place, Problem
from mailer.model.mailings.message import Hole
from mailer.render.jinja import recipient_template
from mailer.render.jinja.deferred import BlockPart, DeferredExpression
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.model.mailings.message import Pieces

_SENTINEL_END = "-qz"
SENTINEL = re.compile(r"zq[0-9a-f]{12}-\d{4,}-qz")
_PREFIX_LENGTH = 8
"""Number of leading characters of a sentinel that occur in no text by chance."""
_MARKUP = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|<(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>(?>(?:[^>\"']++|\"[^\"]*\"|'[^']*')*))>"
    r"|<[/!?][^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_URL_ATTRIBUTES = frozenset({"href", "src", "background", "action", "cite", "poster"})
_UNSAFE_ATTRIBUTES = frozenset({"style", "srcset", "width", "height", "class", "id"})


class SentinelContext(NamedTuple):
    """One sentinel: its span in the text, and its context (a key of `ESCAPE_BY_CONTEXT`), or None
    if no value is safe there.
    """

    start: int
    end: int
    sentinel: str
    context: str | None


def html_pieces(
    html: str, deferred: Mapping[str, DeferredExpression], *, expected: set[str]
) -> tuple[Pieces, list[Problem]]:
    """Split HTML into literal text and holes. `expected` are the sentinels
    that went into the layout.
    """
    sentinels = [each for each in _sentinels_in_html(html, "") if each.sentinel in deferred]
    problems = [
        Problem(
            deferred[sentinel].place,
            _("the layout lost “{source}”", source=deferred[sentinel].source),
            _("The recipient's data cannot stand here; move it into a text."),
        )
        for sentinel in sorted(expected - {each.sentinel for each in sentinels})
    ]
    problems += [
        Problem(
            deferred[each.sentinel].place,
            _(
                "“{source}” stands where no value is safe",
                source=deferred[each.sentinel].source,
            ),
            _('Put it into a text, or use a whole address: href="{{{{ recipient.… }}}}".'),
        )
        for each in sentinels
        if each.context is None
    ]
    if problems:
        return (), problems
    return _pieces(html, sentinels, deferred)


def text_pieces(
    text: str, deferred: Mapping[str, DeferredExpression], *, context: str
) -> tuple[Pieces, list[Problem]]:
    """Split text into literal text and holes: `header`, or `plain`, in which a value in the
    middle of a URL is escaped as a part of it.
    """
    sentinels = [
        SentinelContext(
            *found.span(),
            found[0],
            "url_part" if context == "plain" and _is_in_url(text, found.start()) else context,
        )
        for found in SENTINEL.finditer(text)
        if found[0] in deferred
    ]
    return _pieces(text, sentinels, deferred)


def _is_in_url(text: str, position: int) -> bool:
    """Return whether the run without blanks before `position` is a URL, at least up to its host."""
    run = text[max(0, position - _LONGEST_URL) : position]
    return _URL_SO_FAR.search(run) is not None


_LONGEST_URL = 2000
_URL_SO_FAR = re.compile(r"(?i)https?://[^\s/?#<>]+[/?#][^\s<>]*\Z")


def is_corrupted(pieces: Pieces, deferred: Mapping[str, DeferredExpression]) -> bool:
    """Return whether a sentinel was cut or changed (`{{ note | upper }}`), so that readers would
    see a part of it.
    """
    prefixes = {sentinel[:_PREFIX_LENGTH].encode() for sentinel in deferred}
    literal = "".join(it for it in pieces if isinstance(it, str))
    # Of bytes only the letters of ASCII become small, in a tenth of the time.
    octets = literal.encode(errors="surrogatepass").lower()
    return any(prefix in octets for prefix in prefixes)


def _sentinels_in_html(html: str, mso: str, offset: int = 0) -> Iterator[SentinelContext]:
    """Yield the sentinels of `html`, which begins at `offset` of the whole document.

    `mso` is put before the name of each context: "mso_" in a conditional comment, else empty.
    """
    end, tag = 0, None
    following = html.find(_SENTINEL_END)
    for markup in _MARKUP.finditer(html):
        if following == -1:
            return
        if following >= markup.end():  # nearly always
            end = markup.end()
            if markup["comment"] is None:
                tag = markup["tag"]
            continue
        yield from _sentinels_in_text(html, end, markup.start(), offset, _text_context(tag, mso))
        end = markup.end()
        following = html.find(_SENTINEL_END, end)
        comment = markup["comment"]
        if comment is not None:
            yield from _sentinels_in_comment(markup, mso, offset)
            continue
        tag = markup["tag"]
        if tag and _SENTINEL_END in markup["attributes"]:
            yield from _sentinels_in_attributes(markup, mso, offset)
    yield from _sentinels_in_text(html, end, len(html), offset, _text_context(tag, mso))


def _text_context(tag: str | None, mso: str) -> str | None:
    """Return the context of a text after the tag of that name; None for one that closes."""
    name = (tag or "").lower()
    if name in {"style", "script"}:
        return None
    return "title" if name == "title" and not mso else f"{mso}text"


def _sentinels_in_text(
    html: str, start: int, end: int, offset: int, context: str | None
) -> Iterator[SentinelContext]:
    if html.find(_SENTINEL_END, start, end) == -1:
        return
    for found in SENTINEL.finditer(html, start, end):
        yield SentinelContext(found.start() + offset, found.end() + offset, found[0], context)


def _sentinels_in_comment(
    markup: re.Match[str], mso: str, offset: int
) -> Iterator[SentinelContext]:
    comment = markup["comment"]
    if SENTINEL.fullmatch(comment):
        start, end = markup.span()
        yield SentinelContext(start + offset, end + offset, comment, "" if not mso else None)
    elif SENTINEL.search(comment):
        yield from _sentinels_in_html(comment, "mso_", offset + markup.start("comment"))


def _sentinels_in_attributes(
    markup: re.Match[str], mso: str, offset: int
) -> Iterator[SentinelContext]:
    attributes = markup["attributes"]
    base = offset + markup.start("attributes")
    seen: set[int] = set()
    for attribute in _ATTRIBUTE.finditer(attributes):
        group = 2 if attribute[2] is not None else 3
        value = attribute[group]
        for found in SENTINEL.finditer(value):
            start = base + attribute.start(group) + found.start()
            seen.add(start)
            context = _attribute_context(attribute[1].lower(), value, found)
            yield SentinelContext(
                start, start + len(found[0]), found[0], context and f"{mso}{context}"
            )
    for found in SENTINEL.finditer(markup[0]):
        start = offset + markup.start() + found.start()
        if start not in seen:
            yield SentinelContext(start, start + len(found[0]), found[0], None)


def _attribute_context(name: str, value: str, found: re.Match[str]) -> str | None:
    if name in _UNSAFE_ATTRIBUTES or name.startswith("on"):
        return None
    if name.rpartition(":")[2] not in _URL_ATTRIBUTES:
        return "attribute"
    if found[0] == value.strip():
        return "url"
    # At the start of a longer URL a value could choose the scheme or the host.
    is_after_host = re.match(r"(https?://[^/?#]+[/?#]|mailto:|tel:)", value[: found.start()])
    return "url_part" if is_after_host else None


def _pieces(
    text: str, sentinels: list[SentinelContext], deferred: Mapping[str, DeferredExpression]
) -> tuple[Pieces, list[Problem]]:
    """Cut `text` at its sentinels; a block with its begin and end tags becomes one hole."""
    cutter = _Cutter()
    end = 0
    for each in sorted(sentinels):
        cutter.add_literal(text[end : each.start])
        end = each.end
        it = deferred[each.sentinel]
        if it.part is BlockPart.VALUE:
            cutter.add_hole(recipient_template.value(it.source, each.context or "text"), it.place)
        elif not cutter.add_tag(it):
            return (), [_split_block(it)]
    cutter.add_literal(text[end:])
    if cutter.open_blocks:
        return (), [_split_block(deferred[cutter.open_blocks[-1]])]
    return tuple(cutter.pieces), list(_fill_problems(cutter.holes))


def _fill_problems(holes: list[tuple[str, Place]]) -> Iterator[Problem]:
    for source, place in holes:
        if reason := recipient_template.fill_error(source):
            yield Problem(
                place,
                _("this cannot be filled: {reason}", reason=reason),
                _("Correct the expression."),
            )


class _Cutter:
    """Collects literal text and holes; a block with all it contains becomes one hole."""

    def __init__(self) -> None:
        self.pieces: list[str | Hole] = []
        self.holes: list[tuple[str, Place]] = []
        self.open_blocks: list[str] = []
        self.block = ""
        self.block_place = Place("")

    def add_literal(self, text: str) -> None:
        if self.open_blocks:
            self.block += text
        elif text:
            self.pieces.append(text)

    def add_hole(self, source: str, place: Place) -> None:
        if self.open_blocks:
            self.block += source
        else:
            self.pieces.append(Hole(source))
            self.holes.append((source, place))

    def add_tag(self, it: DeferredExpression) -> bool:
        """Add a block's tag; return False if it does not belong to the innermost open block."""
        if it.part is BlockPart.OPEN:
            if not self.open_blocks:
                self.block, self.block_place = "", it.place
            self.open_blocks.append(it.block)
        elif not self.open_blocks or self.open_blocks[-1] != it.block:
            return False
        self.block += recipient_template.tag(it.source)
        if it.part is BlockPart.CLOSE:
            self.open_blocks.pop()
            if not self.open_blocks:
                self.add_hole(self.block, self.block_place)
        return True


def _split_block(it: DeferredExpression) -> Problem:
    return Problem(
        it.place,
        _("the layout tore “{source}” apart", source=it.source),
        _("Put the whole condition, from its beginning to its end, into one text."),
    )
