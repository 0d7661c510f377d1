"""Classifies what a report says about a recipient: the reason, and whether the address is dead.

Text first, enhanced code second, reply code third: codes are generic where texts are not (Orange
answers 5.2.0 for its reputation blocks), and sendmail invents them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.feedback.classify.rules import Rule, Verdict, bounce_rules
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence, DsnAction, Reason
from mailer.model.delivery import Stage
from mailer.model.event import Deadness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENHANCED = re.compile(r"(?<![\d.])(?<!\d:)([245]\.\d{1,2}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.:/-])([45][0-5]\d)(?=[\s\-:;,\]=#]|$)(?!-?\d)")
# The command that the remote was answering: the same text means different things at each stage.
_REPLY_TO_CONTENT = re.compile(
    r"(?i)end of data|after data|final data|reply to data|smtp command\s{1,4}data\b"
    r"|^>>> data\b|after i sent the message",
    re.MULTILINE,
)
_REPLY_TO_RECIPIENT = re.compile(
    r"(?i)reply to rcpt|after rcpt|rcpt[ _]to|recipient command|rcpt\)|does not like recipient"
)
_REPLY_TO_SENDER = re.compile(
    r"(?i)reply to mail from|after mail from|>>> mail from|sender command|does not like sender"
    r"|reply to (?:helo|ehlo)|after (?:helo|ehlo)|initial connection|my name was rejected"
)
# A reply to ourselves comes without these words of Postfix's reports: the stage says the same.
_AT_STAGE = {
    Stage.RECIPIENT: " (in reply to RCPT TO)",
    Stage.CONTENT: " (in reply to end of DATA)",
}
_RECIPIENT = "%recipient%"
_MAX_QUOTE = 300
_MAX_TEXT = 6000


@dataclass(frozen=True, slots=True)
class Classification:
    """The verdict, with the code, rule and line that led to it."""

    reason: Reason
    dead: Deadness
    status: str
    rule: str
    quote: str
    confidence: Confidence


def classify(
    diagnosis: str,
    *,
    recipient: str,
    context: Sequence[str] = (),
    status: str = "",
    outcome: DsnAction = DsnAction.FAILED,
    stage: Stage | None = None,
) -> Classification:
    """Classify the report about one recipient.

    `diagnosis` is the diagnostic text itself; `context` is what else the notice says about the
    recipient, nearest first, the whole notice last; `status` is the report's enhanced code, if any;
    `stage` is the SMTP stage of the reply, for a refusal of our own sending.
    In the texts the recipient's address is replaced by `%recipient%`, so that a rule can tell whose
    address a reply names.
    """
    name = re.compile(re.escape(recipient), re.IGNORECASE) if recipient else None
    if stage is not None:
        diagnosis += _AT_STAGE.get(stage, "")
    texts = [text[:_MAX_TEXT] for text in (diagnosis, *context)]
    if name is not None:
        texts = [name.sub(_RECIPIENT, text) for text in texts]
    code = _code(texts, status)
    verdict, quote, confidence = _find_verdict(texts, code)
    dead = _adjusted_deadness(verdict, texts, code=code, status=status, outcome=outcome)
    reason = verdict.reason
    if reason is Reason.USER_UNKNOWN and dead is not verdict.dead and _after_content(texts):
        reason = Reason.FILTERED
    quote = quote.replace(_RECIPIENT, recipient)[:_MAX_QUOTE]
    return Classification(reason, dead, code, verdict.name, quote, confidence)


def _find_verdict(texts: Sequence[str], code: str) -> tuple[Verdict, str, Confidence]:
    """Return the strongest evidence, tried in this order: specific phrase nearby, specific code,
    specific phrase further away, weak phrase, general code.
    """
    rules = bounce_rules()
    nearest = texts[: max(1, len(texts) - 1)]
    hit = _first_match(rules.strong, nearest)
    if hit is not None:
        return *hit, Confidence.HIGH
    verdict = _verdict_of_code(code)
    if verdict is not None:
        return verdict, _line_with(texts, code), Confidence.HIGH
    hit = _first_match(rules.strong, texts[len(nearest) :])
    if hit is not None:
        return *hit, Confidence.MEDIUM
    hit = _first_match(rules.weak, texts)
    if hit is not None:
        return *hit, Confidence.LOW
    return _verdict_of_general_code(texts, code)


def _verdict_of_general_code(texts: Sequence[str], code: str) -> tuple[Verdict, str, Confidence]:
    general = bounce_rules().codes.get(code[2:].partition(".")[0]) if code else None
    if general is not None and code[2:] != "0.0":
        return general, _line_with(texts, code), Confidence.MEDIUM
    for text in texts:
        for reply in _REPLY.findall(text):
            verdict = bounce_rules().replies.get(reply)
            if verdict is not None:
                return verdict, _line_with([text], reply), Confidence.LOW
    nothing = Verdict("none", Reason.UNKNOWN, Deadness.UNSURE)
    return (
        nothing,
        next((line for text in texts for line in text.split("\n") if line), ""),
        (Confidence.LOW),
    )


def _verdict_of_code(code: str) -> Verdict | None:
    """Return the verdict of a specific code (subject and detail); x.y.0 is as vague as x.0.0."""
    codes = bounce_rules().codes
    return codes.get(code[2:]) if code and not code.endswith(".0") else None


def _first_match(rules: Iterable[Rule], texts: Sequence[str]) -> tuple[Verdict, str] | None:
    """Return the first matching rule, in the nearest text in which any rule matches."""
    for text in texts:
        folded = plain_text(text)
        for rule in rules:
            span = rule.find(folded)
            if span is not None:
                return rule.verdict, _line_with([text], folded[slice(*span)])
    return None


def _line_with(texts: Sequence[str], words: str) -> str:
    """Return the line containing `words` (already normalised), or where they
    begin if they span lines.
    """
    for wanted in (words, words[:12]):
        for text in texts:
            for line in text.split("\n"):
                if wanted and wanted in plain_text(line):
                    return line.strip()
    return next((text.strip() for text in texts if text.strip()), "").partition("\n")[0]


def _code(texts: Sequence[str], status: str) -> str:
    """Return the most specific enhanced code: the report's own, else one in the text
    nearest to the recipient.
    """
    nearest_codes = _nearest_codes(texts)
    specific = [code for code in (status, *nearest_codes) if code and not code.endswith(".0")]
    return next(iter(specific), "") or status or next(iter(nearest_codes), "")


def _nearest_codes(texts: Sequence[str]) -> list[str]:
    """Return the enhanced codes in the nearest text that is not empty.

    Further texts are ignored: what sendmail adds below the remote's reply ("550 5.1.1 … User
    unknown" for any refused RCPT) is its own invention.
    """
    nearest = next((text for text in texts if text.strip()), "")
    return [code for code in _ENHANCED.findall(nearest) if code[0] in "45"]


def _adjusted_deadness(
    verdict: Verdict, texts: Sequence[str], *, code: str, status: str, outcome: DsnAction
) -> Deadness:
    """Return the verdict's deadness, lowered to UNSURE or NO where the
    circumstances contradict it.
    """
    if outcome is not DsnAction.FAILED:
        return Deadness.NO
    says_no_mailbox = any(code.startswith("5.1.1") for code in _nearest_codes(texts))
    if verdict.reason is Reason.DISABLED and says_no_mailbox:
        return (
            Deadness.YES
        )  # "inactive" can be temporary; together with the code for "no such mailbox" it is not
    if verdict.dead is not Deadness.YES:
        return verdict.dead
    if _REPLY_TO_SENDER.search("\n".join(texts[:2])) and not _REPLY_TO_RECIPIENT.search(texts[0]):
        return Deadness.NO  # refused before the recipient was even named
    # "Failed" with a temporary code means that the queue gave up (Postfix: "failed 4.7.1"
    # after greylisting). That is final for the mail but says nothing about the address.
    is_uncertain = _class(texts, code) == "4" or (
        verdict.reason is Reason.USER_UNKNOWN
        and not verdict.is_certain
        and not (says_no_mailbox or (_is_credible(texts, status) and not _also_disabled(texts)))
    )
    return Deadness.UNSURE if is_uncertain else Deadness.YES


def _also_disabled(texts: Sequence[str]) -> bool:
    """Return whether the report itself also says that the account is disabled, which can be
    temporary.
    """
    rules = [rule for rule in bounce_rules().strong if rule.verdict.reason is Reason.DISABLED]
    return _first_match(rules, texts) is not None


def _is_credible(texts: Sequence[str], status: str) -> bool:
    """Return whether "user unknown" is true, and not what a filter says about refused content.

    Carriers and filters answer "User unknown" to content they refuse: after DATA, with a policy
    code, or as a bare reply code that a relay passes on. It is credible when the remote says 5.1.x,
    when it refused at RCPT, when a report quotes a reply that names the mailbox (which a reply to
    content cannot do), or when a system reports in its own words, without codes.
    """
    nearest_codes = _nearest_codes(texts)
    nearest = next((text for text in texts if text.strip()), "")
    if any(code.startswith("5.1.") for code in nearest_codes):
        return True
    if any(code.startswith("5.7.") for code in nearest_codes):
        return False
    # Sendmail's own status: 5.1.1 for a refused RCPT, 5.0.0 and 5.2.0 after DATA. Its
    # transcript shows ">>> DATA" for both, because it pipelines.
    if any(map(_REPLY_TO_RECIPIENT.search, texts[:2])) or (status == "5.1.1" and not nearest_codes):
        return True
    if _after_content(texts) or any(code.startswith("5.2.") for code in nearest_codes):
        return False
    return _RECIPIENT in nearest if status else not _REPLY.search(nearest)


def _after_content(texts: Sequence[str]) -> bool:
    return any(_REPLY_TO_CONTENT.search(text) for text in texts)


def _class(texts: Sequence[str], code: str) -> str:
    if code:
        return code[0]
    replies = (reply for text in texts[:2] for reply in _REPLY.findall(text))
    return next(replies, "5")[0]
