"""Weighs what one reply says: phrases about us, about a living mailbox, and "does not exist".

One reply often says several things. The order of precedence:

1. A provider's own code, which means exactly one thing.
2. Words that leave the mailbox alive ("full", "disabled"; "members only" in the same sentence).
3. What is said first; what follows ("for spam questions see …") is advice. With 5.1.1 and its
   like beside it, "no such user" outranks policy words wherever they stand.
4. A statement that turns out to be about us, our message or our list kills nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.feedback.classify.frames import without_frames, without_headings, without_links
from mailer.feedback.classify.rules import Rule, Verdict, bounce_rules
from mailer.feedback.classify.statements import (
    Statement,
    find_statements,
    whom_in_sentence,
)
from mailer.feedback.classify.unspaced import find_denials
from mailer.feedback.classify.whom import DEADLY, Whom
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Reason
from mailer.model.feedback.event import Deadness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VERDICTS = {
    Whom.MAILBOX: Verdict("user-unknown", Reason.USER_UNKNOWN, Deadness.YES),
    Whom.DOMAIN: Verdict("host-unknown", Reason.HOST_UNKNOWN, Deadness.YES),
    Whom.UNREGISTERED: Verdict(
        "domain-unregistered", Reason.HOST_UNKNOWN, Deadness.YES, is_final=True
    ),
    Whom.NO_MAIL_DOMAIN: Verdict("null-mx", Reason.NO_MAIL_HERE, Deadness.YES),
    Whom.US: Verdict("about-us", Reason.SENDER_REFUSED, Deadness.NO),
    Whom.OUR_MESSAGE: Verdict("about-our-message", Reason.CONTENT, Deadness.NO),
    Whom.OUR_LIST: Verdict("about-our-list", Reason.RATE, Deadness.NO),
    Whom.UNDECIDED: Verdict("undecided", Reason.FILTERED, Deadness.UNSURE),
    Whom.NAME_SERVER: Verdict("name-server", Reason.NETWORK, Deadness.NO),
}
_GONE = Verdict("user-unknown", Reason.USER_UNKNOWN, Deadness.YES, is_final=True)
_UNAVAILABLE = Verdict("user-unavailable", Reason.USER_UNKNOWN, Deadness.YES)
_WHOM = {
    Reason.USER_UNKNOWN: Whom.MAILBOX,
    Reason.MOVED: Whom.MAILBOX,
    Reason.HOST_UNKNOWN: Whom.DOMAIN,
    Reason.NO_MAIL_HERE: Whom.NO_MAIL_DOMAIN,
}
_ALIVE = {Reason.MAILBOX_FULL, Reason.DISABLED, Reason.FILTERED, Reason.RESTRICTED}
# Weaker signs of life: advice mentions them too.
_PREFERENCES = {Reason.FILTERED, Reason.RESTRICTED}
# These are said of the attempt, by the way: "delivery failed after 3 days, no such user".
_CIRCUMSTANCES = {Reason.EXPIRED, Reason.NETWORK, Reason.SYSTEM, Reason.PROTOCOL}
_MAY_BE = re.compile(
    r"(?<!\w)(?:(?:may|might|could)(?: also| have)? (?:be|been) (?:\w+ )?"
    r"|(?:possibl[ey]|perhaps|maybe|peut-etre|eventuell) (?:\w+ ){0,4})$"
)
_MAX_REST = 30
"""Characters that a statement may go on behind the phrase it shares words with."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the words, normalised, that led to it."""

    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase found in the text."""

    verdict: Verdict
    start: int
    end: int


def judge(text: str, *, says_no_mailbox: bool) -> Judgement | None:
    """Return what `text` says, or None if no rule knows its words.

    `says_no_mailbox` is true when an enhanced code of the same report (5.1.1, 5.1.2 …) says that
    the address does not exist.
    """
    framed = without_frames(plain_text(without_headings(text)))
    hit = first_hit(bounce_rules().strong, framed)
    if hit is not None and hit.verdict.is_certain:
        return _finding(hit, framed)
    linkless = without_links(framed).replace("_", " ")  # ADDRESS_NOT_FOUND
    # What stands behind such a phrase could not outrank it.
    is_decided = hit is not None and not (
        says_no_mailbox
        or hit.verdict.reason in {*_CIRCUMSTANCES, Reason.DISABLED}
        or _is_guess(hit, framed)
    )
    until = _first_words(hit) if hit is not None and is_decided else len(linkless)
    statements = sorted(_all_statements(linkless, until), key=lambda each: each[0].start)
    deadly = [each for each in statements if each[0].whom in DEADLY]
    plain = next((each for each in deadly if not each[0].is_weak), next(iter(deadly), None))
    gone = next((each for each in deadly if each[0].is_final), plain)
    if gone is not None:
        return _against_rivals(gone, hit, linkless, framed, says_no_mailbox=says_no_mailbox)
    if hit is not None and hit.verdict.reason is Reason.DISABLED and _is_guess(hit, framed):
        whom = whom_in_sentence(framed, hit.start, hit.end, Whom.UNDECIDED).whom
        return Judgement(_VERDICTS[whom], framed[hit.start : hit.end])
    # "Host unknown (name server: …)" with 5.1.2: the code says which of the two.
    is_by_the_way = says_no_mailbox and hit is not None and hit.verdict.reason in _CIRCUMSTANCES
    if hit is not None and not (is_by_the_way and statements):
        return _finding(hit, framed)
    if statements:
        statement, verdict = statements[0]
        return Judgement(verdict, linkless[statement.start : statement.end])
    return None


def _first_words(hit: _Hit) -> int:
    """Return up to where a statement could outrank `hit`: within its own words only where these
    may say either ("not a member" of the list, or of this domain).
    """
    return hit.end + _MAX_REST if hit.verdict.reason in _PREFERENCES else hit.start


def _all_statements(text: str, until: int) -> Iterator[tuple[Statement, Verdict]]:
    for rule in bounce_rules().idioms:
        span = rule.find(text)
        if span is not None:
            meant = _WHOM[rule.verdict.reason]
            statement = whom_in_sentence(text, *span, meant)
            yield statement, rule.verdict if statement.whom is meant else _VERDICTS[statement.whom]
    for statement in find_denials(text):
        yield statement, _VERDICTS[statement.whom]
    for statement in find_statements(text, until=until):
        yield statement, _verdict_of(statement)


def _verdict_of(statement: Statement) -> Verdict:
    if statement.whom is not Whom.MAILBOX:
        return _VERDICTS[statement.whom]
    if statement.is_final:
        return _GONE
    return _UNAVAILABLE if statement.is_weak else _VERDICTS[Whom.MAILBOX]


def _against_rivals(
    gone: tuple[Statement, Verdict],
    hit: _Hit | None,
    linkless: str,
    framed: str,
    *,
    says_no_mailbox: bool,
) -> Judgement:
    """Return the statement that the address is gone, or the rival that outranks it."""
    statement, verdict = gone
    rival = _living_mailbox(linkless, statement, says_no_mailbox=says_no_mailbox)
    if rival is not None:
        return rival
    is_known = hit is not None and not says_no_mailbox and not _is_guess(hit, framed)
    if hit is not None and is_known and _outranks(hit, statement):
        return _finding(hit, framed)
    return Judgement(verdict, linkless[statement.start : statement.end])


def _is_guess(hit: _Hit, text: str) -> bool:
    """Return whether the phrase is only offered as a possibility: "they may be blacklisted"."""
    return bool(_MAY_BE.search(text, max(0, hit.start - _MAX_REST), hit.start))


def _outranks(hit: _Hit, statement: Statement) -> bool:
    """Return whether a known phrase counts more than the statement that the address is gone."""
    if hit.verdict.reason in _CIRCUMSTANCES or _is_longer(statement, hit):
        return False
    if statement.is_final and hit.verdict.reason is Reason.DISABLED:
        return False
    return statement.is_weak or hit.start < statement.end


def _is_longer(statement: Statement, hit: _Hit) -> bool:
    """Return whether the two share words and the statement has more of them: "is not a member of
    this domain" is more than "not a member".
    """
    is_shared = statement.start < hit.end and hit.start < statement.end
    return is_shared and statement.end - statement.start > hit.end - hit.start


def _living_mailbox(text: str, statement: Statement, *, says_no_mailbox: bool) -> Judgement | None:
    """Return what is said of a mailbox that lives, such as "full": in the same sentence or before
    it, and without a code that says otherwise also behind it.
    """
    near = text[: statement.sentence[1]] if says_no_mailbox else text
    rules = [rule for rule in bounce_rules().strong if rule.verdict.reason in _ALIVE]
    hit = first_hit(rules, near)
    if hit is None or (statement.is_final and hit.verdict.reason is Reason.DISABLED):
        return None
    if _is_longer(statement, hit):
        return None
    is_beside = hit.start >= statement.sentence[0]
    if hit.verdict.reason in _PREFERENCES and not is_beside:
        return None
    return _finding(hit, near)


def first_hit(rules: Sequence[Rule] | Iterator[Rule], folded: str) -> _Hit | None:
    """Return where the first of `rules` matches that does, in text normalised by `plain_text`."""
    for rule in rules:
        span = rule.find(folded)
        if span is not None:
            return _Hit(rule.verdict, *span)
    return None


def _finding(hit: _Hit, text: str) -> Judgement:
    return Judgement(hit.verdict, text[hit.start : hit.end])
