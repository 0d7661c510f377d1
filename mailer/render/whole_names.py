"""Keeps compound names on one line of HTML: `Jean-Pierre`, `Saint-Étienne`, `Île-de-France`.

Browsers break a line after a hyphen. The hyphen that they do not break, U+2011, would go into
every article that copies the name, where no search finds it. So the letters stay as they are, and
a style around them forbids the break; Word, which knows no such style, may still break there.

A long name could be wider than a column of a phone. It becomes a box within the line, together
with the signs around it, and breaks only where a whole line is too narrow for it.
"""

from __future__ import annotations

import re

_LONGEST = 18
"""Letters of a name that fits into a headline on a screen of 320 pixels; a capital counts for
one and a half.
"""
_LONGEST_LABEL = 30
_NO_BREAK = '<span style="white-space:nowrap">{}</span>'
# A straight apostrophe, as in Jeanne-d'Arc, is escaped in some places and not in others.
_LETTERS = r"[^\W_]++(?>(?:(?:[’']|&\#39;)[^\W_]++)?)"
# Nothing of an address: `https://x.example/Foo-Bar`, `Jean-Pierre.Martin@x.example`.
_COMPOUND = re.compile(rf"(?<![\w@/.:#&=?%+~-]){_LETTERS}(?>(?:-{_LETTERS})+)(?![\w@/%-]|[.:]\w)")
_RUN = re.compile(r"(?<![^ \t\n])[^ \t\n-]*+-[^ \t\n]*+")
_TEXT = re.compile(r"(?<=>)[^<>-]*+-[^<>]*+")
_TAG = re.compile(
    r"<(?!(?:style|script|title|textarea)\b)[!/]?[A-Za-z\[-](?>(?:[^>\"']++|\"[^\"]*\"|'[^']*')*)>"
)


def with_whole_names(text: str) -> str:
    """Return escaped text, without tags, as HTML in which no compound name is broken."""
    return _RUN.sub(_whole_run, text) if "-" in text else text


def with_whole_names_in(page: str) -> str:
    """Return MJML with the texts of its body like that."""
    start = page.find("</mj-head>")
    pieces, end = [], 0
    for found in _TEXT.finditer(page, max(0, start)):
        if _is_after_tag(page, found.start()):
            pieces += [page[end : found.start()], with_whole_names(found[0])]
            end = found.end()
    return "".join([*pieces, page[end:]])


def without_breaks(label: str) -> str:
    """Return a part of an address as HTML in which it is not broken at a hyphen, if it fits a phone."""
    is_short = "-" in label and len(label) <= _LONGEST_LABEL
    return _NO_BREAK.format(label) if is_short else label


def is_whole(word: str) -> bool:
    """Return whether a word has a compound name that no line breaks."""
    return any(not _is_long(name) for name in _names(word))


def _names(run: str) -> list[str]:
    return [name for name in _COMPOUND.findall(run) if _is_name(name)]


def _is_name(word: str) -> bool:
    return any(piece[0].isupper() for piece in word.split("-"))


def _is_long(name: str) -> bool:
    return len(name.replace("&#39;", "'")) + sum(map(str.isupper, name)) / 2 > _LONGEST


def _whole_run(run: re.Match[str]) -> str:
    word = run[0]
    if len(word) * 1.5 > _LONGEST and any(map(_is_long, _names(word))):
        return f'<span style="display:inline-block;text-decoration:inherit">{word}</span>'
    return _COMPOUND.sub(_whole_name, word)


def _whole_name(name: re.Match[str]) -> str:
    return _NO_BREAK.format(name[0]) if _is_name(name[0]) else name[0]


def _is_after_tag(page: str, at: int) -> bool:
    """Return whether the `>` before a place ends a tag, rather than standing in an attribute."""
    tag = _TAG.match(page, page.rfind("<", 0, at))
    return tag is not None and tag.end() == at
