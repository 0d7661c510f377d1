"""The parts of a workspace, gathered for the doctor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.config.operation_sections import DnsSettings
from mailer.config.sections import WebSettings
from mailer.host.facts import is_in_git, is_time_synchronised, time_zone_release
from mailer.mailbox import ImapSettings, try_session
from mailer.network.resolver import OfflineDns, Resolver
from mailer.network.server_certificates import ask_certificate, not_to_be_asked
from mailer.operations.doctor.examination import DoctorParts, HostFacts, examine, launch_refusals
from mailer.operations.doctor.sender import SenderParts
from mailer.providers.signing import DkimSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.errors import Problem
    from mailer.model.drafts.draft import Draft
    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import ServerSession
    from mailer.operations.doctor.dkim import PrivateKey
    from mailer.render.mime.dkim import Signer
    from mailer.wiring.app import App

_LAUNCH_PATIENCE_S = 10.0
"""How long a launch waits for name servers, at most."""


def examine_workspace(app: App, *, is_offline: bool = False) -> Iterator[HealthLine]:
    """Examine a workspace; offline, nothing is asked of the network."""
    return examine(_parts(app, is_offline=is_offline), now=app.clock.now())


def refused_at_launch(app: App, draft: Draft) -> Sequence[Problem]:
    """Return why receivers would refuse the mail of a draft.

    Nothing is asked outside production, nor where `[dns] holds_launch` is false.
    """
    settings = app.settings
    if not (
        settings.transport.production
        and settings.provider.leaves_machine
        and settings.part(DnsSettings).holds_launch
    ):
        return ()
    return launch_refusals(draft, _parts(app, patience_s=_LAUNCH_PATIENCE_S))


def _parts(app: App, *, is_offline: bool = False, patience_s: float = 20.0) -> DoctorParts:
    settings, provider = app.settings, app.settings.provider
    sender = _sender(app, is_offline=is_offline, patience_s=patience_s)
    return DoctorParts(
        workspace=settings.workspace,
        zone=settings.office.time_zone,
        reply_within=settings.answers.reply_within,
        leaves_machine=provider.leaves_machine,
        is_production=settings.transport.production,
        makes_dumps=bool(settings.ledger.dumps),
        desk_url=settings.part(WebSettings).public_url,
        secrets=settings.secrets,
        campaigns=app.campaigns.names,
        drafts=lambda: app.drafts,
        composer=lambda: app.composer,
        sign=partial(_signed, app),
        sender=lambda: sender,
        try_relay=partial(provider.try_session, settings.provider_settings)
        if provider.try_session and not is_offline
        else None,
        try_mailbox=None if is_offline else _mailbox_session(app),
        host=HostFacts(
            is_time_synchronised=is_time_synchronised,
            time_zone_release=time_zone_release,
            is_in_git=is_in_git,
        ),
        open_ledger=app.open_ledger,
        clock=app.clock.now,
    )


def _sender(app: App, *, is_offline: bool, patience_s: float) -> SenderParts:
    settings, provider = app.settings, app.settings.provider
    servers = settings.part(DnsSettings).servers
    return SenderParts(
        relay=provider.relay(settings.provider_settings) if provider.relay else None,
        private_key=partial(_private_key, app),
        label=provider.label,
        selectors=provider.dkim_selectors,
        dns=OfflineDns() if is_offline else Resolver(servers, patience_s=patience_s),
        certificate_of=not_to_be_asked if is_offline else ask_certificate,
    )


def _signer(app: App) -> Signer | None:
    """Return what signs our messages; None where the provider or nobody does."""
    return app.settings.part(DkimSettings).signer() if app.settings.provider.sends_signed else None


def _private_key(app: App) -> PrivateKey | None:
    signer = _signer(app)
    return signer.key if signer else None


def _signed(app: App, raw: bytes) -> bytes:
    """Return a message as it leaves."""
    signer = _signer(app)
    return signer.sign(raw, at=app.clock.now()) if signer else raw


def _mailbox_session(app: App) -> partial[ServerSession] | None:
    imap = app.settings.part(ImapSettings)
    return partial(try_session, imap) if imap.host else None
