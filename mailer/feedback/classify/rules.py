"""The rules of `bounce_rules.toml`, read once and made ready to match."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Reason
from mailer.model.event import Deadness

_ABOUT_THE_ADDRESS = {
    Reason.USER_UNKNOWN,
    Reason.HOST_UNKNOWN,
    Reason.MOVED,
    Reason.NO_MAIL_HERE,
}
_UNSURE = {Reason.DISABLED, Reason.FILTERED, Reason.UNKNOWN}
_GAP = 80


def implied(reason: Reason) -> Deadness:
    """Whether a reason by itself says that the address is dead."""
    if reason in _ABOUT_THE_ADDRESS:
        return Deadness.YES
    return Deadness.UNSURE if reason in _UNSURE else Deadness.NO


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule or a code concludes."""

    name: str
    reason: Reason
    dead: Deadness
    is_certain: bool = False
    """The provider's own code for exactly this; neither stage nor enhanced code adds anything."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that lead to one verdict; `weak` ones yield to a specific enhanced code."""

    verdict: Verdict
    openings: tuple[str, ...]
    """The first words of each phrase."""
    phrases: tuple[tuple[str, ...], ...]
    patterns: tuple[re.Pattern[str], ...]
    weak: bool

    def find(self, text: str) -> tuple[int, int] | None:
        """Where in `text` (made `plain_text`) the rule hits first in its own order."""
        for opening, phrase in zip(self.openings, self.phrases, strict=True):
            if opening in text:  # a plain search first: most phrases are not there
                hit = _find(phrase, text)
                if hit is not None:
                    return hit
        for pattern in self.patterns:
            match = pattern.search(text)
            if match is not None:
                return match.span()
        return None


def _find(phrase: tuple[str, ...], text: str) -> tuple[int, int] | None:
    """`phrase` as whole words, its later pieces each within reach of the one before."""
    start = _whole(phrase[0], text, 0, len(text), ends=len(phrase) == 1)
    if start < 0:
        return None
    end = start + len(phrase[0].removesuffix("*"))
    for number, piece in enumerate(phrase[1:], start=2):
        at = _whole(piece, text, end, end + _GAP + len(piece), ends=number == len(phrase))
        if at < 0:
            return None
        end = at + len(piece.removesuffix("*"))
    return start, end


def _whole(piece: str, text: str, start: int, stop: int, *, ends: bool) -> int:
    """Position of `piece` on word boundaries; its end only matters where `ends` says so."""
    word = piece.removesuffix("*")
    is_open = not ends or word != piece
    at = text.find(word, start, stop)
    while at >= 0:
        after = at + len(word)
        if (at == 0 or not _joins(text[at - 1], word[0])) and (
            is_open or after == len(text) or not _joins(word[-1], text[after])
        ):
            return at
        at = text.find(word, at + 1, stop)
    return -1


def _joins(left: str, right: str) -> bool:
    """Both are letters or digits of a script that separates words."""
    return left.isalnum() and right.isalnum() and left < "\u2e80" and right < "\u2e80"


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that judges."""

    strong: tuple[Rule, ...]
    weak: tuple[Rule, ...]
    codes: dict[str, Verdict]
    """By enhanced code without its class: `1.1`, or the subject alone: `1`."""
    replies: dict[str, Verdict]


@cache
def bounce_rules() -> Rules:
    """The rules shipped with the package; its own file, read once."""
    text = (
        resources.files("mailer.feedback.classify").joinpath("bounce_rules.toml").read_text("utf-8")
    )
    table = tomllib.loads(text)
    rules = [_rule(entry) for entry in table["rule"]]
    return Rules(
        strong=tuple(rule for rule in rules if not rule.weak),
        weak=tuple(rule for rule in rules if rule.weak),
        codes={code: _verdict(f"code-{code}", entry) for code, entry in table["codes"].items()},
        replies={code: _verdict(f"reply-{code}", e) for code, e in table["replies"].items()},
    )


def _rule(entry: dict[str, Any]) -> Rule:
    phrases = tuple(
        tuple(plain_text(piece) for piece in phrase.split(" * ")) for phrase in entry.get("say", ())
    )
    return Rule(
        verdict=_verdict(entry["name"], entry),
        openings=tuple(phrase[0].removesuffix("*") for phrase in phrases),
        phrases=phrases,
        patterns=tuple(re.compile(pattern) for pattern in entry.get("match", ())),
        weak=entry.get("weak", False),
    )


def _verdict(name: str, entry: dict[str, Any]) -> Verdict:
    reason = Reason(entry["reason"])
    dead = Deadness(entry["dead"]) if "dead" in entry else implied(reason)
    return Verdict(name, reason, dead, entry.get("certain", False))
