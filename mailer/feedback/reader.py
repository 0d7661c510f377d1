"""Interprets the bytes of one mail. Pure, bounded, and without exceptions.

Layers, the most reliable first: our own token; machine-readable reports (RFC 3464, 5965, 8098);
one detector per family of mail systems; free text. The result does not depend on whether lines
end in CR, LF or CRLF.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mailer.feedback.classify.classification import classify
from mailer.feedback.delivery_token import find_token, original_message_id
from mailer.feedback.detectors import DETECTORS, arf, dsn
from mailer.feedback.detectors.evidence import MAX_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.forwarded import is_sent_on, without_origins, written_to
from mailer.feedback.detectors.gatekeepers import kept_out
from mailer.feedback.detectors.paragraphs import text_about
from mailer.feedback.detectors.quoted import QUOTED, answers_for_another, held_for, read_by
from mailer.feedback.detectors.ses import SES, is_ses_complaint
from mailer.feedback.detectors.sieve import SIEVE
from mailer.feedback.mail.authentication import authentications, author
from mailer.feedback.mail.delays import is_delay_notice
from mailer.feedback.mail.forwards import forwarded, is_forwarded
from mailer.feedback.mail.message import Mail, open_mail
from mailer.feedback.mail.signals import failure_score, has_null_sender, is_from_daemon
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import (
    Confidence,
    DsnAction,
    MailKind,
    Reading,
    Reason,
    Result,
    Token,
    TokenSource,
)
from mailer.feedback.replies.absence import find_absence
from mailer.feedback.replies.answers import SORT_OF_FORM, form_in, sort_reply
from mailer.feedback.replies.autoreply import (
    is_auto_reply,
    is_challenge,
    is_program_opt_out,
    is_receipt,
)
from mailer.feedback.replies.of_whom import is_acknowledgement
from mailer.feedback.replies.only_absence import says_only_absence
from mailer.feedback.replies.oppositions import is_opt_out
from mailer.model.feedback.event import Deadness
from mailer.model.feedback.reply import FORM_RULE, ReplySort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.parts import Limits

_MACHINE_READABLE = (Detector("rfc3464", Confidence.HIGH, dsn.detect), SES)
_MAX_SAID = 4000
_MIN_REPORT_SCORE = 2
"""Minimum failure score for a mail to be read as a delivery report."""
_MAX_FORWARDS = 1
"""How often a notice may have been passed on before that which we got."""
_RANKS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def read_report(raw: bytes, *, limits: Limits | None = None) -> Reading:
    """Interpret `raw`, one whole mail. Any bytes give a result; no exception is raised."""
    mail = open_mail(raw, limits)
    interpretation = _interpret(mail)
    notice = _passed_on(mail, interpretation)
    return _reading(mail, interpretation) if notice is None else _as_passed_on(mail, notice)


def _reading(mail: Mail, interpretation: _Interpretation) -> Reading:
    kind = interpretation.kind
    return Reading(
        kind=kind,
        results=interpretation.results,
        token=_form_token(mail, interpretation) or find_token(mail),
        original_message_id=original_message_id(mail),
        sender=mail.sender,
        subject=mail.headers.get("subject")[:400],
        absence=find_absence(mail) if kind is MailKind.AUTO_REPLY else None,
        answer=interpretation.answer,
        feedback_type=interpretation.feedback_type,
        rule=interpretation.rule,
        author=author(mail),
        authentications=authentications(mail),
        is_truncated=mail.split.is_truncated,
    )


class _Interpretation(NamedTuple):
    """How a mail was interpreted, and by which rule."""

    kind: MailKind
    rule: str
    results: tuple[Result, ...] = ()
    feedback_type: str = ""
    answer: ReplySort | None = None


def _interpret(mail: Mail) -> _Interpretation:
    """Try machine-readable reports first, then what looks like a report, then other mail."""
    interpretation = _machine_readable(mail)
    if interpretation is not None:
        return interpretation
    if is_challenge(mail):
        held = _about(held_for(mail), "challenge", DsnAction.DELAYED, Reason.FILTERED)
        return _Interpretation(MailKind.CHALLENGE, "challenge", held)
    score = failure_score(mail)
    auto_reply_sign = is_auto_reply(mail)
    if score >= (_MIN_REPORT_SCORE + 2 if auto_reply_sign else _MIN_REPORT_SCORE):
        for detector in DETECTORS:
            evidence = detector.detect(mail)
            if evidence:
                return _report(mail, detector, evidence)
    return (
        _quoted_as_gone(mail, auto_reply_sign)
        or _kept_out(mail)
        or _no_report(mail, auto_reply_sign)
    )


def _passed_on(mail: Mail, interpretation: _Interpretation, depth: int = 0) -> Reading | None:
    """Return what the notice says that somebody passes on to us, of whose own words nothing is lost."""
    is_silent = interpretation.kind in {MailKind.UNKNOWN, MailKind.AUTO_REPLY}
    says_nothing = interpretation.answer in {None, ReplySort.OTHER, ReplySort.ABSENCE}
    if depth > _MAX_FORWARDS or not (is_silent or (says_nothing and is_forwarded(mail))):
        return None
    for inner in forwarded(mail):
        said = _interpret(inner)
        if said.kind in {MailKind.BOUNCE, MailKind.DELAYED}:
            return _reading(inner, said)
        deeper = _passed_on(inner, said, depth + 1)
        if deeper is not None:
            return deeper
    return None


def _as_passed_on(mail: Mail, notice: Reading) -> Reading:
    """Return the reading of a notice that `mail` passes on. Who passes it on has not proven who
    wrote it, so that only our token makes it believed.
    """
    return replace(
        notice,
        token=notice.token or find_token(mail),
        sender=mail.sender,
        subject=mail.headers.get("subject")[:400],
        author=author(mail),
        authentications=(),
        is_truncated=notice.is_truncated or mail.split.is_truncated,
    )


def _no_report(mail: Mail, auto_reply_sign: str) -> _Interpretation:
    """Interpret a mail that a person or a program wrote for its own part."""
    if is_program_opt_out(mail):
        results = _complaints(mail, [mail.sender] if mail.sender else [])
        return _Interpretation(MailKind.COMPLAINT, "opt-out-by-mail-program", results, "opt-out")
    if auto_reply_sign and not is_opt_out(mail):
        return _Interpretation(MailKind.AUTO_REPLY, f"auto-reply-{auto_reply_sign}")
    return _personal_mail(mail)


def _machine_readable(mail: Mail) -> _Interpretation | None:
    fields = arf.feedback_fields(mail)
    if fields is not None:
        feedback_type = arf.feedback_type(fields)
        if not feedback_type:
            return _Interpretation(MailKind.UNKNOWN, "feedback-report-without-complaint")
        results = _complaints(mail, arf.complainants(mail, fields))
        return _Interpretation(MailKind.COMPLAINT, "rfc5965", results, feedback_type)
    is_disposition = is_receipt(mail)
    for detector in (SIEVE,) if is_disposition else _MACHINE_READABLE:
        evidence = detector.detect(mail)
        if evidence and detector is SES and is_ses_complaint(mail):
            results = _complaints(mail, [each.address for each in evidence])
            return _Interpretation(MailKind.COMPLAINT, SES.name, results, "abuse")
        if evidence:
            return _report(mail, detector, evidence)
    if not is_disposition:
        return None
    reader = _about(read_by(mail), "rfc8098", DsnAction.DELIVERED)
    return _Interpretation(MailKind.READ_RECEIPT, "rfc8098", reader)


def _about(
    whom: str, rule: str, outcome: DsnAction, reason: Reason = Reason.UNKNOWN
) -> tuple[Result, ...]:
    """Return what a receipt or a filter, which is no report, says of the one person it names."""
    if not whom:
        return ()
    return (
        Result(
            recipient=whom,
            outcome=outcome,
            reason=reason,
            dead=Deadness.NO,
            rule=rule,
            confidence=Confidence.MEDIUM,
            found_by=rule,
        ),
    )


def _quoted_as_gone(mail: Mail, auto_reply_sign: str) -> _Interpretation | None:
    """Interpret the mail of a machine that says, under another name, that the address it quotes is gone."""
    is_machine = answers_for_another(mail) or (has_null_sender(mail) and not auto_reply_sign)
    if not is_machine or is_acknowledgement(plain_text(mail.notice[:_MAX_SAID])):
        return None
    for each in QUOTED.detect(mail):
        said = classify(each.text, recipient=each.address, ours=mail.sender_addresses)
        if said.dead is Deadness.YES and find_absence(mail).returns_on is None:
            return _report(mail, QUOTED, [each])
    return None


def _kept_out(mail: Mail) -> _Interpretation | None:
    """Interpret the answer of a list manager or virus filter that refuses our mail, or holds it."""
    kept = kept_out(mail)
    if kept is None:
        return None
    kind = MailKind.DELAYED if kept.outcome is DsnAction.DELAYED else MailKind.BOUNCE
    results = _about(kept.address, "kept-out", *kept[1:])
    quote = mail.headers.get("subject")[:300]
    return _Interpretation(kind, "kept-out", tuple(replace(each, quote=quote) for each in results))


def _personal_mail(mail: Mail) -> _Interpretation:
    """Interpret a mail that a person seems to have written."""
    form = form_in(mail)
    if form is not None and form.is_intact:
        return _Interpretation(MailKind.REPLY, FORM_RULE, answer=SORT_OF_FORM[form.answer])
    answer = sort_reply(mail)
    if answer is ReplySort.OPPOSITION:
        return _Interpretation(MailKind.UNSUBSCRIBE, "asks-to-be-taken-off", answer=answer)
    rule = _reply_sign(mail)
    if rule and answer in {ReplySort.ABSENCE, ReplySort.OTHER} and says_only_absence(mail):
        return _Interpretation(MailKind.AUTO_REPLY, "auto-reply-words")
    is_answer = answer in {ReplySort.REQUEST, ReplySort.REFUSAL}
    if not rule and is_answer and not is_from_daemon(mail):
        rule = "answers-an-invitation"
    if rule:
        return _Interpretation(MailKind.REPLY, rule, answer=answer)
    return _Interpretation(MailKind.UNKNOWN, "nothing-known")


def _reply_sign(mail: Mail) -> str:
    """Return what shows that a mail answers another one, or "" if nothing does."""
    if mail.headers.get("in-reply-to") or mail.headers.get("references"):
        return "in-reply-to"
    subject = mail.headers.get("subject")
    return "subject" if re.match(r"(?i)\s{0,4}(?:re|aw|rép|rep|sv)\s{0,2}:", subject) else ""


def _form_token(mail: Mail, interpretation: _Interpretation) -> Token | None:
    """Return the code of a filled-in reply. It names the message more surely than any header, which
    a mail program takes from wherever the person began to write.
    """
    if interpretation.kind is not MailKind.REPLY:
        return None
    form = form_in(mail)
    return Token(form.code, TokenSource.FORM) if form else None


def _report(mail: Mail, detector: Detector, evidence: Sequence[Evidence]) -> _Interpretation:
    evidence = without_origins(mail, evidence)
    fallback = DsnAction.DELAYED if is_delay_notice(mail) else DsnAction.FAILED
    among = [each.address for each in evidence]
    results = tuple(
        _result(mail, detector, each, among=among, fallback=fallback)
        for each in _merged(evidence)[:MAX_RECIPIENTS]
    )
    outcomes = {result.outcome for result in results}
    if DsnAction.FAILED in outcomes:
        return _Interpretation(MailKind.BOUNCE, detector.name, results)
    if DsnAction.DELAYED in outcomes:
        return _Interpretation(MailKind.DELAYED, detector.name, results)
    return _Interpretation(MailKind.DELIVERED, detector.name, results)


def _merged(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Keep one piece of evidence per address: a failure before a delay, otherwise the first."""
    best: dict[str, Evidence] = {}
    for each in evidence:
        key = each.address.casefold()
        previous = best.get(key)
        if previous is None or (
            each.outcome is DsnAction.FAILED and previous.outcome is not DsnAction.FAILED
        ):
            best[key] = each
    return list(best.values())


def _result(
    mail: Mail, detector: Detector, each: Evidence, *, among: Sequence[str], fallback: DsnAction
) -> Result:
    outcome = each.outcome or fallback
    if outcome not in {DsnAction.FAILED, DsnAction.DELAYED}:
        return Result(
            each.address,
            outcome,
            dead=Deadness.NO,
            status=each.status,
            rule=detector.name,
            confidence=detector.confidence,
            found_by=detector.name,
            also=each.also,
        )
    context = [text_about(mail, each.address, among=among)]
    if len(among) == 1:
        context.append(mail.notice)
    classified = classify(
        each.text,
        recipient=each.address,
        context=context,
        status=each.status,
        outcome=outcome,
        ours=mail.sender_addresses,
    )
    recipient = written_to(mail, each, among=among)
    is_target = classified.dead is Deadness.YES and is_sent_on(mail, recipient, each.address)
    return Result(
        recipient=recipient,
        outcome=outcome,
        reason=classified.reason,
        dead=Deadness.UNSURE if is_target else classified.dead,
        status=classified.status,
        rule=classified.rule,
        quote=classified.quote,
        confidence=min(detector.confidence, classified.confidence, key=_RANKS.index),
        found_by=detector.name,
        also=tuple(name for name in dict.fromkeys((each.address, *each.also)) if name != recipient),
    )


def _complaints(mail: Mail, addresses: Sequence[str]) -> tuple[Result, ...]:
    return tuple(
        Result(
            recipient=address,
            outcome=DsnAction.DELIVERED,
            reason=Reason.COMPLAINT,
            dead=Deadness.NO,
            rule="complaint",
            quote=mail.headers.get("subject")[:300],
            confidence=Confidence.HIGH,
            found_by="complaint",
        )
        for address in addresses[:MAX_RECIPIENTS]
    )
