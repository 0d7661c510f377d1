"""The whole examination of a workspace, and the part of it that a launch waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError, MailerError, Place, Problem
from mailer.operations.campaigns.previews.samples import samples_of
from mailer.operations.doctor.identity import identity_of
from mailer.operations.doctor.ledger import ledger_lines
from mailer.operations.doctor.links import DESK, certificate_line
from mailer.operations.doctor.machine import clock_line, secret_lines, time_zone_line
from mailer.operations.doctor.sender import MESSAGE, launch_lines, refusals, sender_lines
from mailer.operations.doctor.transport import MAILBOX, RELAY, production_line, session_lines
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from mailer.model.drafts.draft import Draft
    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import ServerSession
    from mailer.model.team.secret import Secret
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.doctor.identity import SenderIdentity
    from mailer.operations.doctor.sender import SenderParts
    from mailer.operations.sending.compose import Composer
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What this machine says of itself when it is asked."""

    is_time_synchronised: Callable[[], bool | None]
    time_zone_release: Callable[[], str]
    is_in_git: Callable[[Path], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorParts:
    """The parts of a workspace that are examined, each made when it is asked about.

    `sign` turns the octets of a message into those that leave. `try_relay` and `try_mailbox` are
    None where there is none, or where the network is not to be asked.
    """

    workspace: Path
    zone: str
    reply_within: timedelta
    leaves_machine: bool
    is_production: bool
    makes_dumps: bool
    desk_url: str
    secrets: Sequence[Secret]
    campaigns: Callable[[], Sequence[str]]
    drafts: Callable[[], Drafts]
    composer: Callable[[], Composer]
    sign: Callable[[bytes], bytes]
    sender: Callable[[], SenderParts]
    try_relay: Callable[[], ServerSession] | None
    try_mailbox: Callable[[], ServerSession] | None
    host: HostFacts
    open_ledger: Callable[[], Ledger]
    clock: Callable[[], datetime]


def examine(parts: DoctorParts, *, now: datetime) -> Iterator[HealthLine]:
    """Examine a workspace; yields each answer as it is found."""
    if parts.leaves_machine:
        yield from _sender_lines(parts, now=now)
    yield production_line(is_production=parts.is_production, leaves_machine=parts.leaves_machine)
    if parts.try_relay is not None:
        yield from session_lines(RELAY, parts.try_relay, now=now)
    if parts.try_mailbox is not None:
        yield from session_lines(MAILBOX, parts.try_mailbox, now=now)
    yield from secret_lines(
        parts.secrets, workspace=parts.workspace, is_in_git=parts.host.is_in_git
    )
    yield clock_line(parts.host.is_time_synchronised())
    yield time_zone_line(parts.host.time_zone_release(), now=now)
    yield from ledger_lines(
        parts.open_ledger,
        now=now,
        clock=parts.clock,
        zone=parts.zone,
        reply_within=parts.reply_within,
        makes_dumps=parts.makes_dumps,
    )
    if parts.desk_url:
        certificate_of = parts.sender().certificate_of
        yield certificate_line(DESK, parts.desk_url, certificate_of=certificate_of, now=now)


def launch_refusals(draft: Draft, parts: DoctorParts) -> list[Problem]:
    """Return why receivers would refuse the mail of this draft: what a production launch waits for.

    What could not be asked refuses nothing.
    """
    identity = _identity_in(draft, parts)
    if identity is None:
        return []
    lines = refusals(list(launch_lines(identity, parts.sender())))
    return [Problem(Place(line.question.name), line.found, line.remedy) for line in lines]


def _sender_lines(parts: DoctorParts, *, now: datetime) -> Iterator[HealthLine]:
    try:
        identity = _any_identity(parts)
        if identity is None:
            yield _no_message(parts.campaigns())
            return
        yield from sender_lines(identity, parts.sender(), now=now)
    except MailerError as error:
        for problem in error.problems:
            yield MESSAGE.wrong(problem.what, problem.remedy, exit_code=error.exit_code)


def _no_message(campaigns: Sequence[str]) -> HealthLine:
    newest = max(campaigns, default="")
    return MESSAGE.not_asked(
        _("No campaign could be rendered, so no message could be examined"),
        _("The checks of {campaign} say why.", campaign=newest)
        if newest
        else _("Start a campaign."),
    )


def _any_identity(parts: DoctorParts) -> SenderIdentity | None:
    """Return the identity of a real message: of the first campaign that can be rendered."""
    for name in sorted(parts.campaigns(), reverse=True):
        try:
            identity = _identity_in(parts.drafts().draft(name), parts)
        except ContentError:
            continue
        if identity is not None:
            return identity
    return None


def _identity_in(draft: Draft, parts: DoctorParts) -> SenderIdentity | None:
    for planned in draft.plan:
        for _variant, message in samples_of(draft, planned.step.id, composer=parts.composer()):
            return identity_of(parts.sign(message.raw), envelope_sender=message.envelope_sender)
    return None
