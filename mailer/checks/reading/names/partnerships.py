"""Find the bodies with which a text says that something was done: `financé par la Fondation …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.names.bodies import BodyInText, bodies
from mailer.checks.reading.names.partner_lists import head_of
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import ARTICLE
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage

_JOINED = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.partner_of)})[ \u00a0\n]+"
    r"(?P<bodies>[^.;:()]+)"
)
_PRESENTS = re.compile(rf"[ \u00a0\n]+{in_any_language(lambda phrases: phrases.presents)}(?!\w)")
_IS_PARTNER = re.compile(in_any_language(lambda phrases: phrases.is_partner))
_ARTICLE = "|".join(language.release.article for language in LANGUAGES if language.release)
_BEFORE = re.compile(
    rf"(?:.*(?:,|(?:et|and|&)\s)\s*)?(?:(?i:{_ARTICLE}|de |du |des ))*\s*\Z", re.DOTALL
)

_CAPITAL = r"[A-ZÀ-Þ][\w’'-]+"
_JOINS = in_any_language(lambda phrases: phrases.joins)
_CALLED = RarePattern(
    rf"(?<![\w-])(?!{ARTICLE}[ \u00a0]|(?i:nos|notre|our|ses|leurs?|its|their|tous|all|main|other|autres)[ \u00a0])(?P<name>{_CAPITAL}(?:[ \u00a0](?:(?:de la|du|des?|of(?: the)?|et|and|&)[ \u00a0]|(?:de )?l[’']|d[’'])?{_CAPITAL}){{0,5}})"
    rf"(?={in_any_language(lambda phrases: phrases.is_partner)}|{_JOINS})"
)
"""A name of any kind that is called a partner, or joins in: `Boulangers de la Vire, partenaire`."""
_AND = re.compile(rf"\w[»”)]?,?\s+(?:et|and|&)\s+(?:(?i:{_ARTICLE}))?(?:l[’'])?\s*\Z")


def partners_in_text(passage: Passage) -> Iterator[BodyInText]:
    """Yield each body of an enumeration after such words: directly, or after a comma or “and”.

    So does one that is called a partner, or is the second subject of a sentence: `Le musée et la Mutuelle X présentent`.
    """
    named = bodies(passage)
    for joined in _JOINED.finditer(passage.text):
        start, end = joined.span("bodies")
        for body in named:
            if start <= body.start < end and _BEFORE.match(passage.text, start, body.start):
                yield body
    for called in _CALLED.finditer(passage.text):
        if folded(called["name"]) not in head_of(passage):
            yield BodyInText(called["name"], *called.span("name"))
    for body in named:
        is_second = _AND.search(passage.text, max(0, body.start - 60), body.start)
        if (is_second and _PRESENTS.match(passage.text, body.end)) or _IS_PARTNER.match(
            passage.text, body.end
        ):
            yield body
