"""Reads footnotes that say what a sign on a row means: `* = ne plus contacter`, and Mailman's
`(addresses in parentheses: delivery disabled)`. Rows that bear the sign are asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.folding import without_accents
from mailer.contacts.refusals.refusals import Asks, Refusal, Stance, judge, judge_title
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.contacts.tables import Row

_PARENTHESES = "()"
_SIGN = re.compile(
    r"(?P<sign>\*{1,3}|[†‡°#¤§]|\(\s?[….]*\s?\)) ?(?:=+>?|:|→|->|–|—|-)? ?(?P<meaning>.+)"
)
_IN_PARENTHESES = re.compile(
    r"\(?(?:\w+ ){0,3}?(?:in|entre|between) (?:parentheses|parens|brackets) ?[=:–—-] ?(?P<meaning>.+?)\)?"
)
_ENDINGS = re.compile(r"\((?:n?e|s|es|ne)\)|[·.]e\b")
_NO_DELIVERY = re.compile(
    r"\b(?:deliver\w*|mails?|envois?|distribution|reception)\b.*\b(?:disabled|off|stopped|suspended|desactiv\w+"
    r"|suspend\w+|arret\w+)\b"
)


class SignLegend(NamedTuple):
    """A sign, `*` or `()`, whose bearers refuse, and the words that say so."""

    sign: str
    evidence: str


def sign_legends_in(rows: Iterable[Row]) -> Iterator[SignLegend]:
    """Yield the legends of signs that refuse, in rows without an address."""
    for row in rows:
        if not any("@" in cell for cell in row.cells):
            yield from filter(None, map(_legend, row.cells))


def _legend(cell: str) -> SignLegend | None:
    plain = " ".join(without_accents(cell).casefold().split())
    found = _IN_PARENTHESES.fullmatch(plain) or _SIGN.fullmatch(plain)
    if found is None:
        return None
    meaning = _ENDINGS.sub("", found["meaning"])
    refuses = judge(meaning, Asks.NOTHING) or judge_title(meaning) or _NO_DELIVERY.search(meaning)
    sign = found.groupdict().get("sign", _PARENTHESES)
    return SignLegend(_PARENTHESES if "(" in sign else sign, cell.strip()) if refuses else None


def refused_by_sign(row: Row, legends: Iterable[SignLegend]) -> Refusal | None:
    """Return the doubt that a legend raises about a row that bears its sign."""
    for legend in legends:
        if any(_bears(cell.strip(), legend.sign) for cell in row.cells):
            return Refusal(Stance.DOUBTFUL, legend.evidence, _("The legend of the signs"))
    return None


def _bears(cell: str, sign: str) -> bool:
    if sign == _PARENTHESES:
        return cell.startswith("(") and cell.endswith(")")
    return _run(cell, sign[0]) == len(sign)  # two asterisks are another sign than one


def _run(cell: str, sign: str) -> int:
    """Return how often a sign stands at the beginning or the end of a cell, the longer of both."""
    return max(len(cell) - len(cell.lstrip(sign)), len(cell) - len(cell.rstrip(sign)))
