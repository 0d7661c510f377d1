"""Classifies what a report says about a recipient: the reason, and whether the address is dead.

Text first, enhanced code second, reply code third: codes are generic where texts are not (Orange
answers 5.2.0 for its reputation blocks), and sendmail invents them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.feedback.classify.circumstances import REPLY_CODE, Circumstances, in_circumstances
from mailer.feedback.classify.judgement import first_hit, judge
from mailer.feedback.classify.masks import Masks
from mailer.feedback.classify.rules import ADDRESS_REASONS, Verdict, bounce_rules
from mailer.feedback.classify.statements import blames_us
from mailer.feedback.classify.unchecked import is_unchecked
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Confidence, DsnAction, Reason
from mailer.model.feedback.event import Deadness
from mailer.model.mailings.delivery import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# A reply to ourselves comes without these words of Postfix's reports: the stage says the same.
_AT_STAGE = {
    Stage.RECIPIENT: " (in reply to RCPT TO)",
    Stage.CONTENT: " (in reply to end of DATA)",
}
# These words say at which of our commands, and not that it was about us.
_AT_COMMAND = re.compile(r"\(in reply to [^()]{1,30}\)")
# Cisco's gateways write their own code and words before any reply that they pass on.
_GATEWAY = re.compile(
    r"(?i)5\.1\.0 ?-? ?unknown address error|5\.3\.0 ?-? ?other mail system problem"
)
# Below the remote's reply, sendmail writes a line of its own that only guesses its meaning.
_SENDMAILS_GUESS = re.compile(
    r"(?m)^(<<<[^\n]*)\n[45]\d\d [245]\.\d\.\d [^\n]{1,300}?\.\.\. [^\n]{1,80}$"
)
_ABOUT_US = Verdict("about-us", Reason.SENDER_REFUSED, Deadness.NO)
_UNCHECKED = Verdict("unchecked", Reason.SYSTEM, Deadness.NO)
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
    ours: Collection[str] = (),
) -> Classification:
    """Classify the report about one recipient.

    `diagnosis` is the diagnostic text itself; `context` is what else the notice says about the
    recipient, nearest first, the whole notice last; `status` is the report's enhanced code, if any;
    `stage` is the SMTP stage of the reply, for a refusal of our own sending; `ours` are addresses
    of the sender, so that a rule can tell whose address a reply names.
    """
    if stage is not None:
        diagnosis += _AT_STAGE.get(stage, "")
    masks = Masks(recipient, ours)
    originals = [_remotes_own(text[:_MAX_TEXT]) for text in (diagnosis, *context)]
    circumstances = Circumstances(tuple(masks.hide(text) for text in originals), status)
    verdict, quote, confidence = _find_verdict(circumstances)
    reason, dead = in_circumstances(verdict, circumstances, outcome)
    quote = _unmasked(quote, masks, originals) if "%" in quote else quote
    return Classification(
        reason, dead, circumstances.code, verdict.name, quote[:_MAX_QUOTE], confidence
    )


def _remotes_own(text: str) -> str:
    """Return `text` without the words and codes that a system between added to a reply."""
    if "<<<" in text:
        text = _SENDMAILS_GUESS.sub(r"\1", text)
    return _GATEWAY.sub(" ", text) if "5.1.0" in text or "5.3.0" in text else text


def _find_verdict(circumstances: Circumstances) -> tuple[Verdict, str, Confidence]:
    """Return the strongest evidence, tried in this order: specific words nearby, specific code,
    specific words further away, weak phrase, general code.
    """
    texts = circumstances.texts
    nearest = texts[: max(1, len(texts) - 1)]
    hit = _first_judged(nearest, circumstances)
    if hit is not None:
        return *(_rule_explained(hit, circumstances) or hit), Confidence.HIGH
    verdict = _verdict_of_code(circumstances.code)
    if verdict is not None and verdict.reason in ADDRESS_REASONS and circumstances.is_about_room:
        verdict = bounce_rules().replies["552"]
    if verdict is not None:
        if verdict.reason in ADDRESS_REASONS:
            verdict = _despite_code(plain_text(texts[0])) or verdict
        return verdict, _line_with(texts, circumstances.code), Confidence.HIGH
    hit = _first_judged(texts[len(nearest) :], circumstances)
    if hit is not None:
        return *hit, Confidence.MEDIUM
    for text in texts:
        folded = plain_text(text)
        weak = first_hit(bounce_rules().weak, folded)
        if weak is not None:
            line = _line_with([text], folded[weak.start : weak.end])
            return weak.verdict, line, Confidence.LOW
    return _verdict_of_general_code(texts, circumstances.code)


def _despite_code(folded: str) -> Verdict | None:
    """Return what the words say where they take back the code's "no such address"."""
    if blames_us(_AT_COMMAND.sub(" ", folded)):
        return _ABOUT_US
    return _UNCHECKED if is_unchecked(folded) else None


def _first_judged(texts: Sequence[str], circumstances: Circumstances) -> tuple[Verdict, str] | None:
    """Return the verdict of the nearest text whose words are known, and the line that led to it."""
    for text in filter(None, texts):
        found = judge(text, says_no_mailbox=circumstances.reports_no_mailbox)
        is_open = found is not None and found.verdict.name in {"undecided", "name-server"}
        if is_open and circumstances.says_no_mailbox:
            return None  # 5.1.1 beside "unknown or unavailable" says which
        if found is not None:
            return found.verdict, _line_with([text], found.words)
    return None


def _rule_explained(
    hit: tuple[Verdict, str], circumstances: Circumstances
) -> tuple[Verdict, str] | None:
    """Return what the whole notice says of a rule of the recipient's office that the reply only names."""
    if hit[0].reason not in {Reason.FILTERED, Reason.POLICY}:
        return None
    told = _first_judged(circumstances.texts[-1:], circumstances)
    return told if told is not None and told[0].name == "rule-for-who-left" else None


def _verdict_of_general_code(texts: Sequence[str], code: str) -> tuple[Verdict, str, Confidence]:
    general = bounce_rules().codes.get(code[2:].partition(".")[0]) if code else None
    if general is not None and code[2:] != "0.0":
        return general, _line_with(texts, code), Confidence.MEDIUM
    for text in texts:
        for reply in REPLY_CODE.findall(text):
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


def _unmasked(line: str, masks: Masks, originals: Sequence[str]) -> str:
    """Return the masked line as the report has it, with every address."""
    lines = (each.strip() for original in originals for each in original.split("\n"))
    return next((each for each in lines if masks.hide(each) == line), line)
