"""Does the text follow the typographic rules of its language?"""

import re
from collections.abc import Iterator

from mailer.checks.check import Draft, Findings, _, _n, note
from mailer.checks.reading.prose import BLANK, Passage, passages
from mailer.checks.text import straight_quotes
from mailer.languages import language_of

_MAX_EXCERPT_LENGTH = 70


def check(draft: Draft) -> Findings:
    """Yield one note for each text with wrong spaces, apostrophes, dashes or numbers.

    Quotation marks and ordinals have checks of their own.
    """
    for passage in passages(draft):
        changed = list(_changed_lines(passage))
        if not changed:
            continue
        position, right = changed[0]
        yield note(
            passage.at(position),
            what=_n(
                "{count} line is not set as a careful typist sets it.",
                "{count} lines are not set as a careful typist sets them.",
                count=len(changed),
            ),
            why=_("A sign can slip to the next line, and careful readers see a careless text."),
            remedy=_("Write: {line}", line=right),
        )


def _changed_lines(passage: Passage) -> Iterator[tuple[int, str]]:
    """Yield the position of each line that typography would change, and the right text."""
    typography = language_of(passage.language).typography
    if typography is None or typography.typeset is None or passage.place.key.endswith(".phone"):
        return
    wrong = typography.ordinals.wrong if typography.ordinals else r"(?!)"
    text = re.sub(
        rf"{straight_quotes.QUOTED.pattern}|{wrong}",
        lambda found: BLANK * len(found[0]),
        passage.text,
    )
    position = 0
    for line in text.splitlines(keepends=True):
        right = typography.typeset(line, passage.language)
        if right != line:
            yield position, _excerpt(line, right)
        position += len(line)


def _excerpt(line: str, right: str) -> str:
    """Return the part of `right` where it begins to differ from `line`."""
    first = next(
        (n for n, pair in enumerate(zip(line, right, strict=False)) if pair[0] != pair[1]),
        len(line),
    )
    start = right.rfind(" ", 0, max(first - 15, 0)) + 1
    part = right[start : start + _MAX_EXCERPT_LENGTH].strip().replace(BLANK, "")
    return f"…{part}…" if len(right) > _MAX_EXCERPT_LENGTH else part
