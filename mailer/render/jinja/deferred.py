"""Defers expressions that depend on the recipient while the campaign is rendered.

Authors write one syntax. A Jinja extension walks the token stream of every file and replaces each
expression that uses `recipient` by a sentinel, an inert word that survives MJML and CSS inlining;
the rest is rendered at once. `escape_context` finds the sentinels in the result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token

from mailer.errors import Place, Problem, nearest
from mailer.render.jinja.faults import NEVER_CLOSED
from mailer.render.jinja.recipient_fields import RECIPIENT_NAMES
from mailer.render.jinja.recipient_template import AUTHOR_FILTERS, AUTHOR_METHODS
from mailer.render.markup import annotate_positions
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.lexer import TokenStream


class BlockPart(Enum):
    """A value, or the start, middle (`elif`, `else`) or end of a block."""

    VALUE = "value"
    OPEN = "open"
    MIDDLE = "middle"
    CLOSE = "close"


class DeferredExpression(NamedTuple):
    """One deferred expression or tag: its source for the recipient template, and
    the author's position.
    """

    part: BlockPart
    source: str
    place: Place
    block: str = ""
    """For an OPEN, MIDDLE or CLOSE: the sentinel of the block's OPEN."""


@dataclass(slots=True)
class DeferredExpressions:
    """All expressions that one environment has deferred, by sentinel.

    `prefix` must not occur in any text by chance. It is a hash of the texts, so that compiling
    twice gives the same bytes. Lower-case letters, digits and hyphens are the only characters that
    MJML, lxml and Markdown leave unchanged in every context.
    """

    prefix: str
    as_comment: bool = False
    """Blocks become HTML comments, which are allowed between the sections of a layout."""
    by_sentinel: dict[str, DeferredExpression] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, deferred: DeferredExpression) -> str:
        sentinel = f"{self.prefix}-{len(self.by_sentinel):04d}-qz"
        if deferred.part is BlockPart.OPEN:
            deferred = deferred._replace(block=sentinel)
        self.by_sentinel[sentinel] = deferred
        if deferred.part is BlockPart.VALUE or not self.as_comment:
            return sentinel
        return f"<!--{sentinel}-->"


class Scope(NamedTuple):
    """An open `if` or `for`; `block` is empty if it is rendered with the campaign."""

    block: str = ""
    targets: frozenset[str] = frozenset()


class DeferringEnvironment(Protocol):
    """The attributes of the Jinja environment that the extension uses."""

    deferred_expressions: DeferredExpressions
    source_lines: list[str]
    places: dict[str, Place]


class DeferralExtension(Extension):
    """Defers what uses `recipient`, in every template, include and macro."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        environment = cast("DeferringEnvironment", self.environment)
        environment.source_lines = source.splitlines()
        if not environment.deferred_expressions.as_comment:
            return source
        return annotate_positions(source, filename or name or "", environment.places)

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        environment = cast("DeferringEnvironment", self.environment)
        file = stream.filename or stream.name or ""
        return _TokenWalk(environment.deferred_expressions, file, environment.source_lines).tokens(
            stream
        )


# Name tokens that are not variables.
_KEYWORDS = frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
        "elif",
        "endif",
        "for",
        "endfor",
        "recursive",
        "true",
        "false",
        "none",
    ]
)
_KEYWORDS |= {"True", "False", "None"}
_RECIPIENT = frozenset({"recipient"})
_ARITHMETIC_TOKENS = frozenset({"mul", "pow", "mod", "div", "floordiv"})
# Filters that move text without changing its words.
_ALLOWED_FILTERS = frozenset({"wrap", "trim", "indent", "underlined"})


@dataclass(slots=True)
class _TokenWalk:
    """One pass over the tokens of one file."""

    deferred_expressions: DeferredExpressions
    file: str
    lines: list[str]
    scopes: list[Scope] = field(default_factory=list)
    in_trans: bool = False
    captured: list[str] = field(default_factory=list)
    """The `set` and `filter` blocks around the current token, whose content is
    changed before output.
    """

    def tokens(self, stream: Iterable[Token]) -> Iterator[Token]:
        pending = iter(stream)
        for token in pending:
            if token.type == "variable_begin":
                body, end = _until(pending, "variable_end")
                yield from self._variable(token, body, end)
            elif token.type == "block_begin":
                body, end = _until(pending, "block_end")
                yield from self._block(token, body, end)
            else:
                yield token

    def _variable(self, begin: Token, body: list[Token], end: Token) -> Iterator[Token]:
        if not self._uses_recipient(body):
            yield from (begin, *body, end)
        elif self.in_trans:
            self._refuse(
                begin.lineno,
                _("{{{{ recipient… }}}} cannot stand inside a sentence to be translated"),
                _("Name it in the tag: {{% trans name=recipient.name %}}…"),
            )
        else:
            yield self._defer(begin, body, BlockPart.VALUE)

    def _block(self, begin: Token, body: list[Token], end: Token) -> Iterator[Token]:
        keyword = body[0].value if body else ""
        self._capture(keyword, body)
        match keyword:
            case "if" | "for":
                deferred = self._uses_recipient(body[1:])
                self.scopes.append(Scope(targets=_targets(body) if deferred else frozenset()))
                if deferred:
                    yield self._defer(begin, body, BlockPart.OPEN)
                    return
            case "elif" | "else":
                if self.scopes and self.scopes[-1].block:
                    yield self._defer(begin, body, BlockPart.MIDDLE)
                    return
            case "endif" | "endfor":
                scope = self.scopes.pop() if self.scopes else Scope()
                if scope.block:
                    yield self._defer(begin, body, BlockPart.CLOSE, scope.block)
                    return
            case "trans" | "endtrans":
                self.in_trans = keyword == "trans"
                body = self._defer_in_trans(body)
        if self._uses_recipient(body):
            self._refuse(
                begin.lineno,
                _("{{% {tag} %}} cannot use the recipient's data", tag=keyword),
                _(
                    "Only {{{{ recipient.name }}}}, {{% if recipient.name %}} and {{% for %}} are"
                    " filled for each person; everything else is decided once for the mailing."
                ),
            )
            return
        yield from (begin, *body, end)

    def _capture(self, keyword: str, body: list[Token]) -> None:
        if keyword in {"endfilter", "endset"}:
            del self.captured[-1:]
        elif keyword == "filter" or (
            keyword == "set" and all(token.type != "assign" for token in body)
        ):
            self.captured.append(body[1].value if len(body) > 1 else "")

    def _defer(self, begin: Token, body: list[Token], part: BlockPart, block: str = "") -> Token:
        self._inspect(begin.lineno, body)
        if part is BlockPart.MIDDLE:
            block = self.scopes[-1].block
        deferred = DeferredExpression(part, _source(body), Place(self.file, begin.lineno), block)
        sentinel = self.deferred_expressions.put(deferred)
        if part is BlockPart.OPEN:
            self.scopes[-1] = self.scopes[-1]._replace(block=without_comment(sentinel))
        if part is not BlockPart.VALUE and self._stands_alone(begin.lineno):
            sentinel = f"\n\n{sentinel}\n\n"
        return Token(begin.lineno, "data", sentinel)

    def _stands_alone(self, line: int) -> bool:
        """Return whether a tag has its own line, so that it separates paragraphs in Markdown."""
        if self.deferred_expressions.as_comment or line > len(self.lines):
            return False
        text = self.lines[line - 1].strip()
        return text.startswith("{%") and text.endswith("%}") and text.count("{%") == 1

    def _inspect(self, line: int, body: list[Token]) -> None:
        """Refuse what the recipient template could not compute: other data,
        unknown fields and filters.
        """
        if set(self.captured) - _ALLOWED_FILTERS:
            self._refuse(
                line,
                _("a filter changes the recipient's data before it is known"),
                _("Write it outside of {{% set %}} and {{% filter %}}."),
            )
        recipient_names = self._recipient_names()
        others = sorted({name for name in _variables(body) if name not in recipient_names})
        if others:
            self._refuse(
                line,
                _(
                    "one expression mixes the recipient's data with the campaign's ({names})",
                    names=", ".join(others),
                ),
                _("Write them as two expressions: {{{{ event.name }}}}, {{{{ recipient.name }}}}."),
            )
        for name in _fields(body):
            if name not in RECIPIENT_NAMES:
                self._refuse(
                    line,
                    _("a recipient has no “{name}”", name=name),
                    nearest(name, RECIPIENT_NAMES),
                )
        for word in () if others else _unsafe_words(body):
            self._refuse(
                line,
                _("“{word}” cannot be used on the recipient's data", word=word),
                nearest(word, AUTHOR_METHODS),
            )
        for name in _filters(body):
            if name not in AUTHOR_FILTERS:
                self._refuse(
                    line,
                    _("the filter “{name}” cannot be used on the recipient's data", name=name),
                    nearest(name, AUTHOR_FILTERS),
                )

    def _defer_in_trans(self, body: list[Token]) -> list[Token]:
        """In `{% trans list=recipient.list %}`, replace the field by its sentinel, as a string."""
        replaced: list[Token] = []
        rest = iter(body)
        for token in rest:
            if token.type == "name" and token.value == "recipient":
                field_ = [token, next(rest, token), next(rest, token)]
                sentinel = self._defer(token, field_, BlockPart.VALUE).value
                replaced.append(Token(token.lineno, "string", sentinel))
            else:
                replaced.append(token)
        return replaced

    def _recipient_names(self) -> frozenset[str]:
        return _RECIPIENT.union(*(scope.targets for scope in self.scopes))

    def _uses_recipient(self, body: list[Token]) -> bool:
        return not self._recipient_names().isdisjoint(_variables(body))

    def _refuse(self, line: int, what: Text, remedy: Text) -> None:
        self.deferred_expressions.problems.append(Problem(Place(self.file, line), what, remedy))


def without_comment(sentinel: str) -> str:
    """Return a sentinel without the comment around it."""
    return sentinel.removeprefix("<!--").removesuffix("-->")


def _targets(body: list[Token]) -> frozenset[str]:
    """Return the names that a `for` binds to the recipient's data, and `loop`."""
    if body[0].value != "for":
        return frozenset()
    names = takewhile(lambda token: token.value != "in", body[1:])
    return frozenset({token.value for token in names if token.type == "name"} | {"loop"})


def _until(pending: Iterator[Token], kind: str) -> tuple[list[Token], Token]:
    """Return the tokens of one tag, and its end; raise TemplateSyntaxError
    if it is never closed.
    """
    body: list[Token] = []
    line = 1
    for token in pending:
        if token.type == kind:
            return body, token
        body.append(token)
        line = token.lineno
    raise TemplateSyntaxError(NEVER_CLOSED, line)


def _variables(body: list[Token]) -> Iterator[str]:
    """Yield the names that are variables: not attributes, filters, tests or keyword arguments."""
    for n, token in enumerate(body):
        if token.type != "name" or token.value in _KEYWORDS:
            continue
        before = body[n - 1] if n else None
        after = body[n + 1] if n + 1 < len(body) else None
        if before and (before.type in {"dot", "pipe"} or before.value == "is"):
            continue
        if before and before.value == "not" and n > 1 and body[n - 2].value == "is":
            continue
        if after and after.type == "assign" and n:
            continue
        yield token.value


def _fields(body: list[Token]) -> Iterator[str]:
    """Yield the fields of `recipient` that are used; an empty name for `recipient` by itself."""
    for n, token in enumerate(body):
        if token.type == "name" and token.value == "recipient":
            link = body[n + 1].type if n + 1 < len(body) else ""
            name = body[n + 2] if n + 2 < len(body) else None
            is_named = name is not None and (
                (link == "dot" and name.type == "name")
                or (link == "lbracket" and name.type == "string")
            )
            yield name.value if name is not None and is_named else ""


def _unsafe_words(body: list[Token]) -> Iterator[str]:
    """Yield arithmetic operators, which can make a text of any length, and
    methods that are not allowed.
    """
    for n, token in enumerate(body):
        if token.type in _ARITHMETIC_TOKENS:
            yield str(token.value)
        if token.type == "dot" and n and n + 1 < len(body):
            owner, name = body[n - 1], body[n + 1]
            if owner.value not in {"recipient", "loop"} and name.value not in AUTHOR_METHODS:
                yield str(name.value)


def _filters(body: list[Token]) -> Iterator[str]:
    for before, token in pairwise(body):
        if before.type == "pipe":
            yield token.value


def _source(body: list[Token]) -> str:
    words = [repr(token.value) if token.type == "string" else str(token.value) for token in body]
    return " ".join(words).replace(" . ", ".").replace(" | ", "|")
