"""Loads the rules of `bounce_rules.toml` and prepares them for matching."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Reason
from mailer.model.feedback.event import Deadness

ADDRESS_REASONS = {
    Reason.USER_UNKNOWN,
    Reason.HOST_UNKNOWN,
    Reason.MOVED,
    Reason.NO_MAIL_HERE,
}
_UNSURE_REASONS = {Reason.DISABLED, Reason.FILTERED, Reason.UNKNOWN}
_MAX_GAP = 80


def default_deadness(reason: Reason) -> Deadness:
    """Return whether a reason by itself means that the address is dead."""
    if reason in ADDRESS_REASONS:
        return Deadness.YES
    return Deadness.UNSURE if reason in _UNSURE_REASONS else Deadness.NO


@dataclass(frozen=True, slots=True)
class Verdict:
    """The conclusion of a rule or a code."""

    name: str
    reason: Reason
    dead: Deadness
    is_certain: bool = False
    """True for a provider's own code that means exactly this; neither SMTP stage nor
    enhanced code can change it.
    """
    is_final: bool = False
    """True for words that nothing temporary explains: "no longer exists"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that lead to one verdict. A specific enhanced code overrides a `weak` rule."""

    verdict: Verdict
    openings: tuple[str, ...]
    """The first words of each phrase."""
    phrases: tuple[tuple[str, ...], ...]
    patterns: tuple[re.Pattern[str], ...]
    marks: tuple[str, ...]
    """The patterns are only tried in a text that has one of these; in any text if empty."""
    weak: bool

    def find(self, text: str) -> tuple[int, int] | None:
        """Return the span of the rule's first match in `text` (normalised by
        `plain_text`), or None.
        """
        for opening, phrase in zip(self.openings, self.phrases, strict=True):
            if opening in text:  # a plain search first, because most phrases do not occur
                hit = _find(phrase, text)
                if hit is not None:
                    return hit
        if self.marks and not any(mark in text for mark in self.marks):
            return None
        for pattern in self.patterns:
            match = pattern.search(text)
            if match is not None:
                return match.span()
        return None


def _find(phrase: tuple[str, ...], text: str) -> tuple[int, int] | None:
    """Find `phrase` as whole words, each later piece within `_MAX_GAP`
    characters of the previous one.
    """
    start = _find_whole_words(phrase[0], text, 0, len(text), ends=len(phrase) == 1)
    if start < 0:
        return None
    end = start + len(phrase[0].removesuffix("*"))
    for number, piece in enumerate(phrase[1:], start=2):
        at = _find_whole_words(
            piece, text, end, end + _MAX_GAP + len(piece), ends=number == len(phrase)
        )
        if at < 0:
            return None
        end = at + len(piece.removesuffix("*"))
    return start, end


def _find_whole_words(piece: str, text: str, start: int, stop: int, *, ends: bool) -> int:
    """Return the position of `piece` on word boundaries, or -1. Its end must be a
    boundary only if `ends`.
    """
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
    """Return whether both are letters or digits of a script that separates words by spaces."""
    return left.isalnum() and right.isalnum() and left < "\u2e80" and right < "\u2e80"


@dataclass(frozen=True, slots=True)
class Rules:
    """All classification rules."""

    strong: tuple[Rule, ...]
    idioms: tuple[Rule, ...]
    """Phrases that say that an address is dead, if they are about the recipient."""
    weak: tuple[Rule, ...]
    codes: dict[str, Verdict]
    """By enhanced code without its class (`1.1`), or by the subject alone (`1`)."""
    replies: dict[str, Verdict]


@cache
def bounce_rules() -> Rules:
    """Return the rules shipped with the package; the file is read once."""
    text = (
        resources.files("mailer.feedback.classify").joinpath("bounce_rules.toml").read_text("utf-8")
    )
    table = tomllib.loads(text)
    rules = [_rule(entry) for entry in table["rule"]]
    return Rules(
        strong=tuple(rule for rule in rules if not rule.weak and not _is_idiom(rule)),
        idioms=tuple(rule for rule in rules if _is_idiom(rule)),
        weak=tuple(rule for rule in rules if rule.weak),
        codes={code: _verdict(f"code-{code}", entry) for code, entry in table["codes"].items()},
        replies={code: _verdict(f"reply-{code}", e) for code, e in table["replies"].items()},
    )


def _is_idiom(rule: Rule) -> bool:
    verdict = rule.verdict
    is_deadly = verdict.dead is Deadness.YES and verdict.reason in ADDRESS_REASONS
    return is_deadly and not verdict.is_certain and not rule.weak


def _rule(entry: dict[str, Any]) -> Rule:
    phrases = tuple(
        tuple(plain_text(piece) for piece in phrase.split(" * ")) for phrase in entry.get("say", ())
    )
    return Rule(
        verdict=_verdict(entry["name"], entry),
        openings=tuple(phrase[0].removesuffix("*") for phrase in phrases),
        phrases=phrases,
        patterns=tuple(re.compile(pattern) for pattern in entry.get("match", ())),
        marks=tuple(entry.get("marks", ())),
        weak=entry.get("weak", False),
    )


def _verdict(name: str, entry: dict[str, Any]) -> Verdict:
    reason = Reason(entry["reason"])
    dead = Deadness(entry["dead"]) if "dead" in entry else default_deadness(reason)
    return Verdict(name, reason, dead, entry.get("certain", False))
