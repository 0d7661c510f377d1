"""Find the bodies with which a text says that something was done: `financé par la Fondation …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.names.bodies import BodyInText, bodies
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.languages import LANGUAGES

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
    for body in named:
        is_second = _AND.search(passage.text, max(0, body.start - 60), body.start)
        if (is_second and _PRESENTS.match(passage.text, body.end)) or _IS_PARTNER.match(
            passage.text, body.end
        ):
            yield body
