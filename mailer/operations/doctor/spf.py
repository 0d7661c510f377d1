"""Ask whether SPF lets receivers accept our mail from the relay."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from mailer.errors import Unreadable
from mailer.mail_authentication.spf import (
    MAX_LOOKUPS,
    MAX_VOID_LOOKUPS,
    SpfResult,
    addresses_of,
    evaluate_spf,
    weigh_spf,
)
from mailer.mail_authentication.spf_record import almost_spf, read_spf, spf_texts
from mailer.model.health.dns import NotAnswered, RecordType, UnansweredError, records_of
from mailer.model.health.health import Area, Question
from mailer.operations.doctor.standing import Judged, ProofState
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.mail_authentication.spf import IpAddress, SpfAnswer
    from mailer.mail_authentication.spf_record import SpfRecord
    from mailer.model.health.dns import Ask
    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import Relay
    from mailer.operations.doctor.identity import SenderIdentity

SPF = Question(
    "spf",
    Area.SENDER,
    _("SPF of the return path"),
    _("Receivers ask it whether the server that brings a mail may send for this domain."),
)
SPF_RELAY = Question(
    "spf-relay",
    Area.SENDER,
    _("SPF for the relay"),
    _("Mail from a server that the record does not name is refused, or filed as spam."),
)
_INSIDE = tuple(
    ip_network(text)
    for text in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"),
        *("169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
_WRITE_RECORD = _("Publish one TXT record at {domain}: v=spf1 …, with your relay in it, and ~all.")
_NAME_ADDRESSES = _(
    "Ask its operator from which addresses it sends, and write them: [transport.smtp] sends_from."
)


def judge_spf(identity: SenderIdentity, relay: Relay, *, ask: Ask) -> Judged:
    """Return what SPF says about the domain of the return path, and about the relay."""
    domain = identity.return_domain
    try:
        texts = records_of(ask, domain, RecordType.TXT)
    except UnansweredError as silence:
        return Judged((SPF.not_asked(silence.reason),), ProofState.UNKNOWN)
    found = spf_texts(texts)
    if not found:
        return Judged((_missing(domain, texts),), ProofState.FAILS)
    weighed = weigh_spf(domain, ask=ask)
    if weighed.result is SpfResult.TEMPERROR:
        return Judged((SPF.not_asked(weighed.why or _("nobody answered")),), ProofState.UNKNOWN)
    if weighed.result is SpfResult.PERMERROR:
        return Judged((_permanent_error(weighed),), ProofState.FAILS)
    record = _readable(found[0])
    covers = _judge_relay(identity, relay, record, ask=ask)
    return Judged(
        (_record_line(domain, found[0], record, weighed, covers.standing), *covers.lines),
        covers.standing,
    )


def _readable(text: str) -> SpfRecord:
    try:
        return read_spf(text)
    except Unreadable as error:
        message = "weighing a record reads it first"
        raise AssertionError(message) from error


def _missing(domain: str, texts: Sequence[str]) -> HealthLine:
    meant = almost_spf(texts)
    found = (
        _("“{text}” at {domain} is not read as SPF", text=meant[:60], domain=domain)
        if meant
        else _("{domain} has no SPF record", domain=domain)
    )
    return SPF.wrong(found, Text(_WRITE_RECORD.sentence, {"domain": domain}))


def _permanent_error(weighed: SpfAnswer) -> HealthLine:
    return SPF.refused(
        _("Receivers cannot use the record: {why}", why=weighed.why or "permerror"),
        _("Correct the TXT record; until then it protects nobody, and some receivers refuse."),
    )


def _record_line(
    domain: str, text: str, record: SpfRecord, weighed: SpfAnswer, relay: ProofState
) -> HealthLine:
    if weighed.lookups > MAX_LOOKUPS or weighed.void_lookups > MAX_VOID_LOOKUPS:
        return _too_costly(weighed, relay)
    if record.all is not None and record.all.qualifier == "+":
        return SPF.wrong(
            _("“+all” lets everybody on the internet send for {domain}", domain=domain),
            _("End the record with ~all or -all."),
        )
    if any(each.name == "ptr" for each in record.mechanisms):
        return SPF.noted(
            _("The record uses “ptr”, which receivers may skip (RFC 7208 §5.5)"),
            _("Name the servers by ip4, ip6, a or include."),
        )
    if record.all is None and not record.redirect:
        return SPF.noted(
            _(
                "The record of {domain} says nothing about other servers: no “all” ends it",
                domain=domain,
            ),
            _("End the record with ~all or -all."),
        )
    return SPF.right(_("{record} ({count} of 10 look-ups)", record=text, count=weighed.lookups))


def _too_costly(weighed: SpfAnswer, relay: ProofState) -> HealthLine:
    if weighed.lookups > MAX_LOOKUPS:
        found = _("It takes {count} look-ups; receivers stop after 10", count=weighed.lookups)
        remedy = _("Remove what no longer sends for you, or name addresses by ip4 and ip6.")
    else:
        found = _(
            "{count} of its names do not exist; receivers allow 2", count=weighed.void_lookups
        )
        remedy = _("Remove the names that are gone.")
    # Whoever is found before the limit passes all the same.
    return (SPF.wrong if relay is ProofState.PASSES else SPF.refused)(found, remedy)


def _judge_relay(identity: SenderIdentity, relay: Relay, record: SpfRecord, *, ask: Ask) -> Judged:
    domain = identity.return_domain
    if not relay.sends_from and _can_allow_nobody(record):
        line = SPF_RELAY.refused(
            _("The record of {domain} says that nobody sends for it", domain=domain),
            Text(_WRITE_RECORD.sentence, {"domain": domain}),
        )
        return Judged((line,), ProofState.FAILS)
    addresses = _outgoing(relay, ask=ask)
    if isinstance(addresses, NotAnswered):
        return Judged((SPF_RELAY.not_asked(addresses.reason),), ProofState.UNKNOWN)
    if not addresses:
        line = SPF_RELAY.not_asked(
            _("From which addresses {host} sends is not known", host=relay.host), _NAME_ADDRESSES
        )
        return Judged((line,), ProofState.UNKNOWN)
    answers = {
        address: evaluate_spf(
            domain, address=address, sender=identity.return_path, helo=relay.host, ask=ask
        )
        for address in addresses
    }
    return _judged_answers(domain, relay, answers)


def _can_allow_nobody(record: SpfRecord) -> bool:
    return not record.redirect and all(
        each.name == "all" or each.qualifier != "+" for each in record.mechanisms
    ) and not (record.all and record.all.qualifier == "+")  # fmt: skip


def _outgoing(relay: Relay, *, ask: Ask) -> tuple[IpAddress, ...] | NotAnswered:
    """Return the addresses from which the relay sends on, as far as they are known.

    A relay on this machine or in the office's own network is seen from outside by another one.
    """
    if relay.sends_from:
        return tuple(map(ip_address, relay.sends_from))
    found = addresses_of(relay.host, ask=ask)
    if isinstance(found, NotAnswered):
        return found
    return tuple(each for each in found if not _is_inside(each))


def _is_inside(address: IpAddress) -> bool:
    """Return whether an address is of a network of one's own, which nobody outside ever sees."""
    return any(address in network for network in _INSIDE)


def _judged_answers(domain: str, relay: Relay, answers: dict[IpAddress, SpfAnswer]) -> Judged:
    for result in (SpfResult.PERMERROR, SpfResult.TEMPERROR):
        for answer in answers.values():
            if answer.result is result is SpfResult.PERMERROR:
                return Judged((), ProofState.FAILS)  # the line of the record says why
            if answer.result is result:
                why = answer.why or _("nobody answered")
                return Judged((SPF_RELAY.not_asked(why),), ProofState.UNKNOWN)
    outside = [each for each, answer in answers.items() if answer.result is not SpfResult.PASS]
    if not outside:
        shown = ", ".join(map(str, answers))
        return Judged(
            (
                SPF_RELAY.right(
                    _("{addresses} may send for {domain}", addresses=shown, domain=domain)
                ),
            ),
            ProofState.PASSES,
        )
    return _outside(domain, relay, outside, answers)


def _outside(
    domain: str, relay: Relay, outside: Sequence[IpAddress], answers: dict[IpAddress, SpfAnswer]
) -> Judged:
    shown = ", ".join(map(str, outside))
    remedy = _(
        "Add them to the record of {domain}, or what their operator gives for it.", domain=domain
    )
    if not relay.sends_from:
        line = SPF_RELAY.not_asked(
            _(
                "The record does not name {host} itself; whether it names the servers from which the"
                " relay sends on is not known",
                host=relay.host,
            ),
            _NAME_ADDRESSES,
        )
        return Judged((line,), ProofState.UNKNOWN)
    is_refused = any(answers[each].result is SpfResult.FAIL for each in outside)
    found = _("{addresses} may not send for {domain}", addresses=shown, domain=domain)
    line = (SPF_RELAY.refused if is_refused else SPF_RELAY.wrong)(found, remedy)
    return Judged((line,), ProofState.FAILS)
