"""The parts connected for one workspace: what a door opens, uses and closes."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mailer.checks import run_checks
from mailer.checks.text.does_not_compile import finding_of
from mailer.clock import WallClock
from mailer.compiling import compile_in_language
from mailer.config import load_settings
from mailer.config.sections import WebhookSettings
from mailer.engine.threads import ThreadEngine
from mailer.errors import ContentError, Place, Problem
from mailer.feedback.policy import FeedbackSettings
from mailer.feedback.reader import read_report
from mailer.files.bundled import bundled
from mailer.files.campaigns.folder import survey_campaign, unbroken
from mailer.files.catalogues import translations_for
from mailer.files.templates import load_template
from mailer.ledger import open_ledger
from mailer.operations.campaigns.already_sent import duplicate_mailings
from mailer.operations.campaigns.prepare import prepare
from mailer.operations.campaigns.samples import samples_of
from mailer.operations.sending.compose import Composer
from mailer.pages.preview import Sample, write_preview
from mailer.providers.allow_list import AllowListBackend
from mailer.providers.provider import Surroundings
from mailer.providers.registry import PROVIDERS, post_readers
from mailer.providers.signing import DkimSettings, SigningBackend
from mailer.sandbox import Sandbox
from mailer.unsubscribe import UnsubscribeTokens, one_click_url
from mailer.wording import _, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from mailer.config import Settings
    from mailer.feedback.reading import Reading
    from mailer.model.campaign import Campaign
    from mailer.model.delivery import Delivery
    from mailer.model.draft import Draft
    from mailer.model.finding import Finding
    from mailer.model.mailing import Mailing
    from mailer.model.message import CompiledMessage, DeliveryId, Message
    from mailer.ports import (
        Backend,
        Clock,
        Engine,
        Ledger,
        ProviderLists,
        ReadPost,
        WebhookVerifier,
    )
    from mailer.wording import Text

SANDBOX_CPU_S = 10.0
SANDBOX_MEMORY_BYTES = 600 * 2**20


class OpenWebhook(NamedTuple):
    """The webhook of the provider that reports."""

    provider: str
    verifier: WebhookVerifier


class App:
    """One workspace, its parts made when first asked for; a context manager.

    `clock` and `ledger_url` are given by a rehearsal, which lives on a clock and a ledger
    of its own.
    """

    def __init__(
        self, workspace: Path, *, clock: Clock | None = None, ledger_url: str = ""
    ) -> None:
        self.workspace = workspace.resolve()
        self.clock = clock or WallClock()
        self._ledger_url = ledger_url
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @cached_property
    def settings(self) -> Settings:
        return load_settings(self.workspace)

    @cached_property
    def ledger(self) -> Ledger:
        ledger = open_ledger(self._ledger_url or self.settings.ledger.url_in(self.workspace))
        self._stack.callback(ledger.close)
        return ledger

    @cached_property
    def backend(self) -> Backend:
        """The configured way to send; outside production, only to the allow-list."""
        transport, provider = self.settings.transport, self.settings.provider
        backend = provider.backend(self.settings.of_provider, self.settings.surroundings)
        signer = self.settings.part(DkimSettings).signer() if provider.sends_signed else None
        if signer:
            backend = SigningBackend(backend, signer=signer, clock=self.clock)
        if transport.production or not provider.leaves_machine:
            return backend
        return AllowListBackend(backend, allows=transport.allows)

    def file_writer(self, folder: Path) -> Backend:
        """What writes messages into `folder` instead of sending them."""
        return PROVIDERS[0].backend(None, Surroundings(folder=folder, is_production=False))

    @property
    def provider_lists(self) -> ProviderLists | None:
        """The provider's own suppression lists; None for a way that keeps none."""
        lists_of = self.settings.provider.suppression_lists
        if lists_of is None or not self.settings.part(FeedbackSettings).provider_lists:
            return None
        return lists_of(self.settings.of_provider)

    @property
    def destination(self) -> Text:
        """Where messages go, in words."""
        return self.settings.provider.destination(
            self.settings.of_provider, self.settings.surroundings
        )

    @property
    def reporter(self) -> str:
        """The provider whose events reach us, as sentences call it; empty when none does."""
        provider = self.settings.reporting_provider
        return provider.label if provider else ""

    @property
    def webhook(self) -> OpenWebhook | None:
        """What verifies the posts that the receiver takes; None when it takes none.

        Raises ConfigError for what is no key.
        """
        provider = self.settings.reporting_provider
        if provider is None or provider.webhook is None:
            return None
        keys = self.settings.part(WebhookSettings).keys
        return OpenWebhook(provider.name, provider.webhook.verifier(keys))

    @property
    def post_readers(self) -> Mapping[str, ReadPost]:
        """By provider, what reads its stored posts."""
        return post_readers()

    @cached_property
    def engine(self) -> Engine:
        return ThreadEngine(workers=self.settings.engine.workers)

    @cached_property
    def composer(self) -> Composer:
        return Composer(
            unsubscribe_url_for=self._unsubscribe_url,
            contacts_of=self.ledger.contacts.of_ids,
        )

    @cached_property
    def _sandbox(self) -> Sandbox:
        return self._stack.enter_context(
            Sandbox(
                cpu_s=SANDBOX_CPU_S,
                memory_bytes=SANDBOX_MEMORY_BYTES,
                imports=("mailer.render.compile", "mailer.files.campaigns.folder"),
            )
        )

    @property
    def worker(self) -> str:
        """This process's name on its claims."""
        return f"{socket.gethostname()}:{os.getpid()}"

    def campaign(self, reference: str) -> Campaign:
        """The campaign of a folder, or of a name below `campaigns/`; read whole or refused whole."""
        return unbroken(*self._survey(self.campaign_folder(reference)))

    def campaign_folders(self) -> list[Path]:
        return sorted(path.parent for path in self.workspace.glob("campaigns/*/campaign.toml"))

    def campaign_folder(self, reference: str) -> Path:
        for folder in (self.workspace / "campaigns" / reference, self.workspace / reference):
            if (folder / "campaign.toml").is_file():
                return folder
        known = ", ".join(folder.name for folder in self.campaign_folders())
        raise ContentError(
            Problem(
                Place(reference),
                _("there is no campaign here"),
                _("Known campaigns: {known}.", known=known)
                if known
                else _("Make one with: mailer new"),
            )
        )

    def draft(self, reference: str) -> Draft:
        """The campaign, planned and compiled; ContentError when its folder is not in order."""
        return self._prepared(self.campaign(reference))

    def judged(self, reference: str) -> tuple[Finding, ...]:
        """All that can be said of a campaign, however broken its folder is."""
        folder = self.campaign_folder(reference)
        try:
            campaign, problems = self._survey(folder)
        except ContentError as refused:  # a file exhausted its reader
            campaign, problems = None, refused.problems
        if campaign is None:
            return tuple(map(finding_of, problems))
        return run_checks(self._prepared(campaign, known=problems))

    def _survey(self, folder: Path) -> tuple[Campaign | None, tuple[Problem, ...]]:
        """Read the folder in a child: its files may be made to exhaust a reader."""
        return self._sandbox.run(
            survey_campaign, folder, office=self.settings.office, where=Place(folder.as_posix())
        )

    def _prepared(self, campaign: Campaign, *, known: Sequence[Problem] = ()) -> Draft:
        draft = prepare(
            campaign,
            known=known,
            office=self.settings.office,
            letterhead=self.settings.letterhead,
            template_for=self._template,
            compile_=self._compile,
            ledger=self.ledger,
            now=self.clock.now(),
        )
        before = duplicate_mailings(draft, ledger=self.ledger, now=draft.now)
        return replace(draft, sent_before=tuple(before))

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        return run_checks(draft)

    def message_for(self, mailing: Mailing, delivery: Delivery) -> Message:
        return self.composer.for_delivery(mailing, delivery, sent_at=self.clock.now())

    def read_mail(self, raw: bytes) -> Reading:
        """Read in a child: a mail made to crash or exhaust a reader must not take us with it."""
        return self._reader.run(read_report, raw, where=Place("mailbox"))

    @cached_property
    def _reader(self) -> Sandbox:
        return self._stack.enter_context(
            Sandbox(cpu_s=SANDBOX_CPU_S, memory_bytes=SANDBOX_MEMORY_BYTES)
        )

    def write_preview(
        self, draft: Draft, folder: Path, *, findings: Sequence[Finding], language: str
    ) -> Path:
        """The page of every step and version, shown with the bytes a few real people would get."""
        samples = [
            Sample(step=planned.step.id, variant=variant, message=message)
            for planned in draft.plan
            for variant, message in samples_of(draft, planned.step.id, composer=self.composer)
        ]
        return write_preview(
            folder,
            draft=draft,
            samples=samples,
            findings=findings,
            say=partial(say, translations=translations_for(language)),
            language=language,
        )

    def _template(self, name: str, theme: str) -> Any:
        return load_template(
            name, (self.workspace / "templates", bundled("templates")), theme=theme
        )

    def _compile(self, **asked: Any) -> CompiledMessage:
        """Compiles in a child: a crash or an endless loop there is a finding, not our end."""
        return self._sandbox.run(compile_in_language, where=Place(asked["content"].file), **asked)

    @cached_property
    def _unsubscribe_tokens(self) -> UnsubscribeTokens:
        return UnsubscribeTokens(self.settings.unsubscribe.keys)

    def _unsubscribe_url(self, delivery_id: DeliveryId) -> str:
        """The one-click address; empty without a receiver, and readers stop by mail."""
        base_url = self.settings.unsubscribe.base_url
        return (
            one_click_url(base_url, self._unsubscribe_tokens.sign(delivery_id)) if base_url else ""
        )
