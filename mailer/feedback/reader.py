"""Bytes of one mail → what it means. Pure, bounded, and without exceptions.

Layers, the surest first: our own token; machine-readable reports (RFC 3464, 5965, 8098);
one detector per family of mail systems; loose text. The same bytes with CR, LF or CRLF
line ends read the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.feedback.classify.classification import classify
from mailer.feedback.delivery_token import find_token, original_message_id
from mailer.feedback.detectors import DETECTORS, arf, dsn
from mailer.feedback.detectors.evidence import MOST_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.paragraphs import said_about
from mailer.feedback.detectors.ses import SES, is_ses_complaint
from mailer.feedback.detectors.sieve import SIEVE
from mailer.feedback.mail.message import Mail, open_mail
from mailer.feedback.mail.signals import failure_score, is_about_a_delay
from mailer.feedback.reading import Confidence, Fate, Kind, Reading, Reason, Result
from mailer.feedback.replies.absence import find_absence
from mailer.feedback.replies.autoreply import (
    is_auto_reply,
    is_challenge,
    is_opt_out,
    is_program_opt_out,
    is_receipt,
)
from mailer.model.event import Deadness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.parts import Limits

_MACHINES = (Detector("rfc3464", Confidence.HIGH, dsn.detect), SES)
_REPORT = 2
"""The failure score from which a mail is read as a report."""
_RANKS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def read_report(raw: bytes, *, limits: Limits | None = None) -> Reading:
    """What `raw`, one whole mail, tells us. Any bytes are answered; nothing is ever raised."""
    mail = open_mail(raw, limits)
    understood = _understand(mail)
    kind = understood.kind
    return Reading(
        kind=kind,
        results=understood.results,
        token=find_token(mail),
        original_message_id=original_message_id(mail),
        sender=mail.sender,
        subject=mail.headers.get("subject")[:400],
        absence=find_absence(mail) if kind is Kind.AUTO_REPLY else None,
        feedback_type=understood.feedback_type,
        rule=understood.rule,
        is_truncated=mail.split.is_truncated,
    )


class _Understood(NamedTuple):
    kind: Kind
    rule: str
    results: tuple[Result, ...] = ()
    feedback_type: str = ""


def _understand(mail: Mail) -> _Understood:
    """Machine-readable reports first, then what looks like one, then letters."""
    understood = _machine_readable(mail)
    if understood is not None:
        return understood
    if is_challenge(mail):
        return _Understood(Kind.CHALLENGE, "challenge")
    score = failure_score(mail)
    sign = is_auto_reply(mail)
    if score >= (_REPORT + 2 if sign else _REPORT):
        for detector in DETECTORS:
            facts = detector.detect(mail)
            if facts:
                return _reported(mail, detector, facts)
    if is_program_opt_out(mail):
        results = _complaints(mail, [mail.sender] if mail.sender else [])
        return _Understood(Kind.COMPLAINT, "opt-out-by-mail-program", results, "opt-out")
    if sign and not is_opt_out(mail):
        return _Understood(Kind.AUTO_REPLY, f"auto-reply-{sign}")
    return _written(mail)


def _machine_readable(mail: Mail) -> _Understood | None:
    fields = arf.feedback(mail)
    if fields is not None:
        said = arf.feedback_type(fields)
        if not said:
            return _Understood(Kind.UNKNOWN, "feedback-report-without-complaint")
        results = _complaints(mail, arf.complainants(mail, fields))
        return _Understood(Kind.COMPLAINT, "rfc5965", results, said)
    is_disposition = is_receipt(mail)
    for detector in (SIEVE,) if is_disposition else _MACHINES:
        facts = detector.detect(mail)
        if facts and detector is SES and is_ses_complaint(mail):
            results = _complaints(mail, [fact.address for fact in facts])
            return _Understood(Kind.COMPLAINT, SES.name, results, "abuse")
        if facts:
            return _reported(mail, detector, facts)
    return _Understood(Kind.READ_RECEIPT, "rfc8098") if is_disposition else None


def _written(mail: Mail) -> _Understood:
    """What a person wrote, as far as one can see."""
    if is_opt_out(mail):
        return _Understood(Kind.UNSUBSCRIBE, "asks-to-be-taken-off")
    subject = mail.headers.get("subject")
    if mail.headers.get("in-reply-to") or mail.headers.get("references"):
        return _Understood(Kind.REPLY, "in-reply-to")
    if re.match(r"(?i)\s{0,4}(?:re|aw|rép|rep|sv)\s{0,2}:", subject):
        return _Understood(Kind.REPLY, "subject")
    return _Understood(Kind.UNKNOWN, "nothing-known")


def _reported(mail: Mail, detector: Detector, facts: Sequence[Evidence]) -> _Understood:
    fallback = Fate.DELAYED if is_about_a_delay(mail) else Fate.FAILED
    among = [fact.address for fact in facts]
    results = tuple(
        _judged(mail, detector, fact, among=among, fallback=fallback)
        for fact in _united(facts)[:MOST_RECIPIENTS]
    )
    outcomes = {result.outcome for result in results}
    if Fate.FAILED in outcomes:
        return _Understood(Kind.BOUNCE, detector.name, results)
    if Fate.DELAYED in outcomes:
        return _Understood(Kind.DELAYED, detector.name, results)
    return _Understood(Kind.DELIVERED, detector.name, results)


def _united(facts: Sequence[Evidence]) -> list[Evidence]:
    """One fact per address: a failure before a delay, otherwise the first."""
    best: dict[str, Evidence] = {}
    for fact in facts:
        key = fact.address.casefold()
        known = best.get(key)
        if known is None or (fact.outcome is Fate.FAILED and known.outcome is not Fate.FAILED):
            best[key] = fact
    return list(best.values())


def _judged(
    mail: Mail, detector: Detector, fact: Evidence, *, among: Sequence[str], fallback: Fate
) -> Result:
    outcome = fact.outcome or fallback
    if outcome not in {Fate.FAILED, Fate.DELAYED}:
        return Result(
            fact.address,
            outcome,
            dead=Deadness.NO,
            status=fact.status,
            rule=detector.name,
            confidence=detector.confidence,
            found_by=detector.name,
            also=fact.also,
        )
    around = [said_about(mail, fact.address, among=among)]
    if len(among) == 1:
        around.append(mail.notice)
    verdict = classify(
        fact.text, recipient=fact.address, around=around, status=fact.status, outcome=outcome
    )
    return Result(
        recipient=fact.address,
        outcome=outcome,
        reason=verdict.reason,
        dead=verdict.dead,
        status=verdict.status,
        rule=verdict.rule,
        quote=verdict.quote,
        confidence=min(detector.confidence, verdict.confidence, key=_RANKS.index),
        found_by=detector.name,
        also=fact.also,
    )


def _complaints(mail: Mail, addresses: Sequence[str]) -> tuple[Result, ...]:
    return tuple(
        Result(
            recipient=address,
            outcome=Fate.DELIVERED,
            reason=Reason.COMPLAINT,
            dead=Deadness.NO,
            rule="complaint",
            quote=mail.headers.get("subject")[:300],
            confidence=Confidence.HIGH,
            found_by="complaint",
        )
        for address in addresses[:MOST_RECIPIENTS]
    )
