"""Gives a Markdown text the typography of its language, and each section that of its own.

The title of a publication stays as it was published, whatever language that was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages.typography import with_typography
from mailer.render.markdown.press_blocks.kinds import BY_NAME, LANGUAGE
from mailer.render.markdown.press_blocks.lines import split_label
from mailer.render.markdown.press_blocks.words import key_of, language_code, opening_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.typography_rules import TypographyRules

_AS_PUBLISHED = frozenset({"title_of_work", "journal"})


def typeset(markdown: str, language: str, *, rules: TypographyRules | None = None) -> str:
    """Return the text as a careful typist sets it, a section such as `::: langue en` in English.

    `rules` are those that the office follows; without them each language has its own.
    """
    if ":::" not in markdown:
        return with_typography(markdown, _tag(language, rules))
    pieces: list[tuple[str, list[str]]] = []
    for line, code in _languages(markdown.split("\n"), language):
        if not pieces or pieces[-1][0] != code:
            pieces.append((code, []))
        pieces[-1][1].append(line)
    return "\n".join(with_typography("\n".join(lines), _tag(code, rules)) for code, lines in pieces)


def _tag(language: str, rules: TypographyRules | None) -> str:
    return rules.tag_for(language) if rules else language


def _languages(lines: list[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield each line with the language whose rules it gets; none for one as published."""
    block, current = "", language
    for line in lines:
        opening = opening_of(line.strip())
        if opening:
            block = opening.name
            named = opening.title.partition(" ")[0] if block == LANGUAGE else ""
            current = language_code(named) or language
            yield line, current
        elif line.strip().startswith(":::"):
            block, current = "", language
            yield line, language
        else:
            yield line, "" if block == "reference" and _is_as_published(line) else current


def _is_as_published(line: str) -> bool:
    label, _value = split_label(line.strip())
    key = key_of(BY_NAME["reference"], label, is_in_entry=False) if label else None
    return key is not None and key.name in _AS_PUBLISHED
