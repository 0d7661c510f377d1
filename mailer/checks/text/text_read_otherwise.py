"""Is each line read as it was typed?"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, Severity, _, _n, finding
from mailer.checks.reading.texts.inlines import contents
from mailer.errors import Place
from mailer.model.campaigns.campaign import Content
from mailer.render.markdown.typed_text import Change, LineReading, read_typed
from mailer.wording import Text

WHY = _("Signs of a word processor would be shown as they were typed.")
SOURCE = sources.MARKDOWN


def check(draft: Draft) -> Findings:
    """Yield a finding for each list, sign or address that the message shows otherwise."""
    for content in contents(draft):
        for changes in _grouped(read_typed(content.text).changes):
            yield _finding(content, changes)


def _grouped(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Yield the lines of one list together, and every other change alone."""
    lists = {LineReading.LIST, LineReading.ITEM}
    for key, group in groupby(
        enumerate(changes),
        lambda each: each[1].reading if each[1].reading in lists else each[0],
    ):
        found = [change for _number, change in group]
        if key not in lists:
            yield found
            continue
        start = 0
        for n in range(1, len(found) + 1):
            if n == len(found) or not _is_one_list(found[n - 1], found[n]):
                yield found[start:n]
                start = n


_MAX_GAP = 2
"""In lines. Items of a pasted list may have an empty line between them."""


def _is_one_list(before: Change, after: Change) -> bool:
    return after.line - before.line <= _MAX_GAP and before.right[:1] == after.right[:1]


def _finding(content: Content, changes: list[Change]) -> Finding:
    first = changes[0]
    severity, what, why, remedy = _WORDS[first.reading](first, len(changes))
    return finding(
        severity, Place(content.file, content.line + first.line), what=what, why=why, remedy=remedy
    )


_Words = tuple[Severity, Text, Text, Text]


def _list(first: Change, count: int) -> _Words:
    return (
        Severity.NOTE,
        _n(
            "A pasted line becomes an item of a list: {typed}",
            "{count} pasted lines become a list, from: {typed}",
            count=count,
            typed=first.typed,
        ),
        _("Signs of a word processor make no list in a mail; they would run on in one line."),
        _("Look at it in the preview; begin each line with “- ” to be sure."),
    )


def _item(first: Change, count: int) -> _Words:
    return (
        Severity.WARNING,
        _n(
            "A dash before a number is read as the mark of a list: {typed}",
            "{count} dashes before numbers are read as the marks of a list, from: {typed}",
            count=count,
            typed=first.typed,
        ),
        _("If it is a minus sign, readers get the opposite figure."),
        _("Write “−” without a blank for a minus sign; leave it for a list."),
    )


def _minus(first: Change, _count: int) -> _Words:
    return (
        Severity.WARNING,
        _("A dash before a number is read as a minus sign: {typed}", typed=first.typed),
        _("It might as well begin a list, which would say the opposite."),
        _("Write “−” without a blank for a minus sign; begin a list with words."),
    )


def _comparison(first: Change, _count: int) -> _Words:
    return (
        Severity.WARNING,
        _("“>” before a number is read as “more than”: {typed}", typed=first.typed),
        _("It might as well begin a quotation, which has no such sign."),
        _("Write “plus de” or “more than”; end a quotation with a line that names its author."),
    )


def _target(first: Change, _count: int) -> _Words:
    return (
        Severity.NOTE,
        _("An address with a blank is read whole: {typed}", typed=first.typed),
        _("In Markdown an address ends at a blank, and the rest would be shown as typed."),
        _("Write {right} to be sure.", right=first.right),
    )


def _rule(first: Change, _count: int) -> _Words:
    return (
        Severity.NOTE,
        _("“{typed}” below a sentence is read as a line across the page.", typed=first.typed),
        _("In Markdown it would turn the sentence above it into a heading."),
        _("Put an empty line above it."),
    )


_WORDS = {
    LineReading.LIST: _list,
    LineReading.ITEM: _item,
    LineReading.MINUS: _minus,
    LineReading.COMPARISON: _comparison,
    LineReading.TARGET: _target,
    LineReading.RULE: _rule,
}
