"""Does a text give one figure for one thing?"""

import re
from collections import defaultdict

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.figures import FigureInText, figures
from mailer.checks.reading.phrases import in_any_language, matches
from mailer.checks.reading.prose import Passage, PassagePart, messages

WHY = _("Two figures for one thing: a newsroom prints the wrong one, or neither.")
SOURCE = sources.FACTS

_COMPARED = matches(in_any_language(lambda phrases: phrases.compared))
_AT_LEAST = re.compile(rf"{in_any_language(lambda phrases: phrases.at_least)}\s+\Z")
_ABOUT = re.compile(rf"{in_any_language(lambda phrases: phrases.about)}\s+\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEM = re.compile(r"\s*(?:[-*•|]|\d+[.)])\s")
_ROUNDED = 0.1


def check(draft: Draft) -> Findings:
    """Yield a note for a second figure of a thing that the same text has counted otherwise.

    Those that are compared, that belong to different years or parts, or stand in one sentence,
    and rounded ones, do not contradict each other.
    """
    for passage in messages(draft):
        known: dict[str, list[FigureInText]] = defaultdict(list)
        for figure in figures(passage) if passage.part is PassagePart.TEXT else ():
            first = next((it for it in known[figure.noun] if _disagree(passage, it, figure)), None)
            known[figure.noun].append(figure)
            if first:
                yield note(
                    passage.at(figure.start),
                    what=_(
                        "{number} {word} here, and {other} before.",
                        number=figure.number,
                        word=figure.noun,
                        other=first.number,
                    ),
                    why=WHY,
                    remedy=_("Write the right figure in both, or say what each counts."),
                )


def _disagree(passage: Passage, one: FigureInText, other: FigureInText) -> bool:
    if one.number == other.number or one.of != other.of:
        return False
    sentences = [passage.sentence_at(it.start) for it in (one, other)]
    if sentences[0] == sentences[1] or any(map(_COMPARED.search, sentences)):
        return False
    first, second = (set(_YEAR.findall(sentence)) for sentence in sentences)
    if first and second and first != second:
        return False
    if all(_ITEM.match(_line(passage, it)) for it in (one, other)):
        return False
    return not _may_be_one(passage, one, other) and not _may_be_one(passage, other, one)


def _may_be_one(passage: Passage, rounded: FigureInText, exact: FigureInText) -> bool:
    """Return whether the first figure is a rounded form of the second."""
    before = passage.text[: rounded.start]
    least, number = int(rounded.number), int(exact.number)
    if _AT_LEAST.search(before) and number >= least:
        return True
    return bool(_ABOUT.search(before)) and abs(number - least) <= _ROUNDED * least


def _line(passage: Passage, figure: FigureInText) -> str:
    return passage.text[passage.text.rfind("\n", 0, figure.start) + 1 : figure.start]
