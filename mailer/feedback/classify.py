"""From what was said about a recipient to why, and whether the address is dead.

Text first, enhanced code second, reply code third: codes are generic where texts are not
(Orange answers 5.2.0 for its reputation blocks), and sendmail invents them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.feedback.reading import Confidence, Fate, Reason
from mailer.feedback.rules import Rule, Verdict, bounce_rules
from mailer.feedback.words import plain
from mailer.model.event import Deadness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENHANCED = re.compile(r"(?<![\d.:])([245]\.\d{1,2}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.:/-])([45][0-5]\d)(?=[ \-:;,\]=#]|$)(?!-?\d)")
_AFTER_CONTENT = re.compile(
    r"(?i)end of data|after data|final data|reply to data|smtp command\s{1,4}data\b|^>>> data\b",
    re.MULTILINE,
)
_AT_RECIPIENT = re.compile(r"(?i)reply to rcpt|after rcpt|rcpt[ _]to|recipient command|rcpt\)")
_LONGEST_QUOTE = 300
_MOST_TEXT = 6000


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with what led to it."""

    reason: Reason
    dead: Deadness
    status: str
    rule: str
    quote: str
    confidence: Confidence


def classify(
    said: str, *, around: Sequence[str] = (), status: str = "", outcome: Fate = Fate.FAILED
) -> Judgement:
    """Judges one recipient.

    `said` is the diagnosis itself; `around` what else the notice holds about it, nearest
    first, the whole notice last; `status` the enhanced code of the report, if any.
    """
    texts = [text[:_MOST_TEXT] for text in (said, *around)]
    code = _code(texts, status)
    verdict, quote, confidence = _decide(texts, code)
    dead = _tempered(verdict, texts, code=code, outcome=outcome)
    reason = verdict.reason
    if reason is Reason.USER_UNKNOWN and dead is not verdict.dead and _after_content(texts):
        reason = Reason.FILTERED
    return Judgement(reason, dead, code, verdict.name, quote[:_LONGEST_QUOTE], confidence)


def _decide(texts: Sequence[str], code: str) -> tuple[Verdict, str, Confidence]:
    rules = bounce_rules()
    nearest = texts[: max(1, len(texts) - 1)]
    hit = _first(rules.strong, nearest)
    if hit is not None:
        return *hit, Confidence.HIGH
    verdict = _by_code(code)
    if verdict is not None:
        return verdict, _line_with(texts, code), Confidence.HIGH
    hit = _first(rules.strong, texts[len(nearest) :])
    if hit is not None:
        return *hit, Confidence.MEDIUM
    hit = _first(rules.weak, texts)
    if hit is not None:
        return *hit, Confidence.LOW
    return _by_last_resort(texts, code)


def _by_last_resort(texts: Sequence[str], code: str) -> tuple[Verdict, str, Confidence]:
    general = bounce_rules().codes.get(code[2:].partition(".")[0]) if code else None
    if general is not None and code[2:] != "0.0":
        return general, _line_with(texts, code), Confidence.MEDIUM
    for text in texts:
        for reply in _REPLY.findall(text):
            verdict = bounce_rules().replies.get(reply)
            if verdict is not None:
                return verdict, _line_with([text], reply), Confidence.LOW
    nothing = Verdict("none", Reason.UNKNOWN, Deadness.UNSURE)
    return nothing, next((line for text in texts for line in text.split("\n") if line), ""), (
        Confidence.LOW
    )


def _by_code(code: str) -> Verdict | None:
    """The verdict of a specific code: subject and detail, x.y.0 being as vague as x.0.0."""
    codes = bounce_rules().codes
    return codes.get(code[2:]) if code and not code.endswith(".0") else None


def _first(rules: Iterable[Rule], texts: Sequence[str]) -> tuple[Verdict, str] | None:
    """The first rule that hits, in the nearest text that any rule hits."""
    for text in texts:
        folded = plain(text)
        for rule in rules:
            span = rule.find(folded)
            if span is not None:
                return rule.verdict, _line_with([text], folded[slice(*span)])
    return None


def _line_with(texts: Sequence[str], words: str) -> str:
    """The line that holds `words` (made plain), or where they begin when they span lines."""
    for wanted in (words, words[:12]):
        for text in texts:
            for line in text.split("\n"):
                if wanted and wanted in plain(line):
                    return line.strip()
    return next((text.strip() for text in texts if text.strip()), "").partition("\n")[0]


def _code(texts: Sequence[str], status: str) -> str:
    """The most specific enhanced code: the report's, else one in the words near the recipient."""
    spoken = [code for text in texts for code in _ENHANCED.findall(text) if code[0] in "45"]
    for code in (status, *spoken):
        if code and not code.endswith(".0.0") and not code.endswith(".0"):
            return code
    return status or next(iter(spoken), "")


def _tempered(verdict: Verdict, texts: Sequence[str], *, code: str, outcome: Fate) -> Deadness:
    """Deadness, doubted where the circumstances contradict the words."""
    dead = verdict.dead
    if outcome is not Fate.FAILED:
        return Deadness.NO
    if dead is not Deadness.YES:
        return dead
    # "Failed" with a temporary code means that the queue gave up (Postfix: "failed 4.7.1"
    # after greylisting); that is final for the mail and says nothing of the address.
    if _class(texts, code) == "4":
        return Deadness.UNSURE
    if verdict.reason is Reason.USER_UNKNOWN and not _is_credible(texts, code):
        return Deadness.UNSURE
    return dead


def _is_credible(texts: Sequence[str], code: str) -> bool:
    """Whether "user unknown" is a fact rather than a filter's excuse.

    Japanese carriers and others answer "User unknown" to content they refuse, after DATA
    or with a policy code. A 5.1 code at RCPT is a fact.
    """
    spoken = [spoken for text in texts[:2] for spoken in _ENHANCED.findall(text)]
    if any(code.startswith("5.1.") for code in spoken):
        return True
    at_recipient = any(_AT_RECIPIENT.search(text) for text in texts[:2])
    if any(code.startswith(("5.7.", "5.2.")) for code in (spoken or [code])):
        return at_recipient
    return at_recipient or not _after_content(texts)


def _after_content(texts: Sequence[str]) -> bool:
    return any(_AFTER_CONTENT.search(text) for text in texts)


def _class(texts: Sequence[str], code: str) -> str:
    if code:
        return code[0]
    replies = (reply for text in texts[:2] for reply in _REPLY.findall(text))
    return next(replies, "5")[0]
