"""Examine what receivers see of the sender: the part that can make them refuse our mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.health.health import Area, HealthVerdict, Question
from mailer.operations.doctor.dkim import judge_provider, judge_signature, judge_unsigned
from mailer.operations.doctor.dmarc import judge_dmarc
from mailer.operations.doctor.domains import domain_lines, inbound_tls_line, relay_name_lines
from mailer.operations.doctor.links import unsubscribe_line
from mailer.operations.doctor.spf import judge_spf
from mailer.operations.doctor.standing import Judged, ProofState
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import CertificateAnswer, Relay
    from mailer.operations.doctor.dkim import PrivateKey
    from mailer.operations.doctor.identity import SenderIdentity
    from mailer.ports.dns import Dns

MESSAGE = Question(
    "message",
    Area.SENDER,
    _("The message that was examined"),
    _("Only a real one shows which domains really leave."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderParts:
    """What the examination of a sender needs beside the message.

    `relay` is None for a provider that signs and has a return path of its own: `label` and
    `selectors` say which, and where its keys usually are. `certificate_of` asks a server.
    """

    relay: Relay | None
    private_key: Callable[[], PrivateKey | None]
    label: str
    selectors: Sequence[str]
    dns: Dns
    certificate_of: Callable[[str, int], CertificateAnswer]


def sender_lines(
    identity: SenderIdentity, parts: SenderParts, *, now: datetime
) -> Iterator[HealthLine]:
    """Yield everything about the sender of a message, as receivers see it."""
    yield MESSAGE.right(
        _(
            "From {sender}, return path {path}, signed by {signer}",
            sender=identity.from_domain,
            path=identity.return_domain,
            signer=identity.dkim_domain or "-",
        )
    )
    yield from launch_lines(identity, parts)
    if parts.relay is not None:
        yield from relay_name_lines(parts.relay, ask=parts.dns.ask)
    yield inbound_tls_line(identity.return_domain, ask=parts.dns.ask)
    yield unsubscribe_line(identity, certificate_of=parts.certificate_of, now=now)


def launch_lines(identity: SenderIdentity, parts: SenderParts) -> Iterator[HealthLine]:
    """Yield what a launch waits for: whether receivers would refuse the mail."""
    ask = parts.dns.ask
    spf = _judge_spf(identity, parts)
    dkim = _judge_dkim(identity, parts)
    yield from domain_lines(identity, ask=ask)
    yield from (*spf.lines, *dkim.lines)
    signer = identity.dkim_domain or (parts.relay.signs_as if parts.relay else identity.from_domain)
    yield from judge_dmarc(
        identity.from_domain,
        spf=(identity.return_domain, spf.standing) if parts.relay else ("", ProofState.FAILS),
        dkim=(signer, dkim.standing),
        ask=ask,
    )


def refusals(lines: Sequence[HealthLine]) -> list[HealthLine]:
    """Return the lines that hold up a production launch."""
    return [line for line in lines if line.verdict is HealthVerdict.REFUSED]


def _judge_spf(identity: SenderIdentity, parts: SenderParts) -> Judged:
    if parts.relay is None:
        return Judged((), ProofState.UNKNOWN)
    return judge_spf(identity, parts.relay, ask=parts.dns.ask)


def _judge_dkim(identity: SenderIdentity, parts: SenderParts) -> Judged:
    key = parts.private_key()
    if key is not None and identity.dkim_domain:
        return judge_signature(identity, key=key, ask=parts.dns.ask)
    if parts.relay is not None:
        return judge_unsigned(signs_as=parts.relay.signs_as)
    return judge_provider(
        identity.from_domain, label=parts.label, selectors=parts.selectors, ask=parts.dns.ask
    )
