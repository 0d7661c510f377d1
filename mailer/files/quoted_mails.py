"""Takes the release out of a mail: without mail quoted below it, a signature or a cover note.

Mail programs quote in prose and not by a standard. RFC 3676 §4.3 names the signature's delimiter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.languages import LANGUAGES
from mailer.render.markdown.left_out import quoted
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailer.languages.release_words import ReleaseWords


def in_any_release(part: Callable[[ReleaseWords], str]) -> str:
    """Return a case-insensitive regular expression for one kind of words in any language."""
    every = "|".join(part(each.release) for each in LANGUAGES if each.release)
    return f"(?i:{every})"


_QUOTED = re.compile(in_any_release(lambda words: words.quoted_mail))
_FORWARDED = re.compile(in_any_release(lambda words: words.forwarded_mail))
_FIELD = re.compile(rf"({in_any_release(lambda words: words.mail_fields)})[\s\u00a0]*:")
_SENDER = re.compile(
    rf"(?:{in_any_release(lambda words: words.mail_fields.split('|')[0])})[\s\u00a0]*:"
)
_SENT_AT = re.compile(r"\d[:h]\d\d")
FORWARDING = re.compile(rf"(?:{in_any_release(lambda words: words.forward_prefixes)})[\s\u00a0]*:")
_RULE = re.compile(r"[_*-]{3,}")
_COVER = 80
"""A cover note has fewer words, if it is longer than what it forwards."""


class ReleaseInMail(NamedTuple):
    """The release of a mail, and what was cut off."""

    text: str
    left_out: tuple[Text, ...] = ()


def release_in(text: str, *, subject: str = "", is_mail: bool = True) -> ReleaseInMail:
    """Return the text of a mail without what its writer did not mean for the public.

    A release that is forwarded is what stands below the note that forwards it.
    """
    lines = text.split("\n")
    begin, cover = _forwarded(lines, subject)
    kept, below = _without_quoted(_unquoted(lines[begin:]))
    kept, signature = _without_signature(kept, is_mail=is_mail)
    left_out = []
    for pieces, said in (
        (cover, _("the note above a forwarded message: “{words}”", words=quoted(cover))),
        (below, _("quoted mail: “{words}”", words=quoted(below))),
        (signature, _("the signature of the mail: “{words}”", words=quoted(signature))),
    ):
        if any(each.strip() for each in pieces):
            left_out.append(said)
    return ReleaseInMail("\n".join(kept).strip(), tuple(left_out))


def _bare(line: str) -> str:
    return re.sub(r"[*_]{2}|\\$", "", line.lstrip("> ")).strip(" \t\u00a0")


def _forwarded(lines: Sequence[str], subject: str) -> tuple[int, list[str]]:
    """Return the line at which a forwarded release begins, and what stands above it."""
    is_forward = FORWARDING.match(subject) is not None
    for at, line in enumerate(lines):
        head = _head_end(lines, at)
        is_marked = _FORWARDED.fullmatch(_bare(line)) is not None
        above = [each for each in lines[:at] if each.strip()]
        if is_marked:
            head = max(_head_end(lines, _next(lines, at + 1)), at + 1)
        elif not head or not (is_forward or not above):
            continue
        if len(" ".join(above).split()) > max(_COVER, len(" ".join(lines[head:]).split())):
            return 0, []
        return head, [each for each in lines[:head] if each.strip()]
    return 0, []


def _head_end(lines: Sequence[str], at: int) -> int:
    """Return the line below the fields of a mail that begin here; 0 where none do."""
    if at >= len(lines) or not _SENDER.match(_bare(lines[at])):
        return 0
    names, end = set(), at
    while end < len(lines) and (field := _FIELD.match(_bare(lines[end]))):
        names.add(field[1].casefold())
        end += 1
        follows = _next(lines, end)
        if follows < len(lines) and _FIELD.match(_bare(lines[follows])):
            end = follows
    # An advisory may begin with “From: … Date: …” too; the hour of sending is a mail's alone.
    is_mail = any(_SENT_AT.search(line) for line in lines[at:end])
    return end if len(names) > 2 and is_mail else 0


def _next(lines: Sequence[str], at: int) -> int:
    """Return the next line that says something."""
    return next((n for n in range(at, len(lines)) if lines[n].strip("> \t\u00a0")), len(lines))


def _unquoted(lines: list[str]) -> list[str]:
    """Return lines without the signs of a quotation that holds all of them."""
    while any(map(str.strip, lines)) and all(
        line.startswith(">") for line in lines if line.strip()
    ):
        lines = [re.sub(r"\A> ?", "", line) for line in lines]
    return lines


def _without_quoted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return what is above, and below, a mail that is quoted; and the quoted one."""
    for at, line in enumerate(lines):
        two = f"{_bare(line)} {_bare(lines[at + 1])}" if at + 1 < len(lines) else ""
        is_quoted = any(_is_announced(said.strip()) for said in (_bare(line), two))
        if not is_quoted and not _head_end(lines, at):
            continue
        start = at - 1 if at and _RULE.fullmatch(lines[at - 1].strip(" \\")) else at
        first = _next(lines, at + (1 if _is_announced(_bare(line)) else 2))
        if first < len(lines) and lines[first].startswith(">"):
            end = next(
                (n for n in range(first, len(lines)) if lines[n].strip() and lines[n][0] != ">"),
                len(lines),
            )
        else:
            end = len(lines)
        above, below = lines[:start], lines[end:]
        further, cut = _without_quoted(below)
        return [*above, *further], [*lines[start:end], *cut]
    return lines, []


def _is_announced(line: str) -> bool:
    """Return whether a line announces a quoted mail: with a rule, or with its day or sender."""
    return bool(_QUOTED.fullmatch(line) and re.search(r"\A\W|[\d@]", line))


def _without_signature(lines: list[str], *, is_mail: bool) -> tuple[list[str], list[str]]:
    """Return what is above the signature, and the signature; in a plain text its blank counts."""
    for at, line in enumerate(lines):
        if line.rstrip("\r") == "-- " or (is_mail and line.strip(" \\\u00a0") == "--"):
            return lines[:at], lines[at + 1 :]
    return lines, []
