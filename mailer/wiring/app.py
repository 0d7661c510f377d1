"""The parts of the program, connected for one workspace.

An interface opens an `App`, uses its parts and closes it. This is wiring only; what is done with
the parts belongs to the operations. A part is imported when it is made, because most commands
need few of them, and importing all takes longer than most commands.
"""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Self

from mailer.clock import WallClock, process_name
from mailer.config import load_settings
from mailer.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType

    from mailer.config import Settings
    from mailer.engine.bell import Bell
    from mailer.files.campaigns.folders import CampaignFolders
    from mailer.files.kept_templates import KeptTemplates
    from mailer.model.address import Address
    from mailer.model.journal.chain import Anchor
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.previews.text_changes import SignedTexts
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
    from mailer.operations.campaigns.sign_offs.sign_off_requests import SignOffRequests
    from mailer.operations.campaigns.writing.editing import CampaignEditing
    from mailer.operations.dumps import Dumps
    from mailer.operations.restore import RestoreBackup
    from mailer.operations.sending.compose import Composer
    from mailer.operations.team.roster import Roster
    from mailer.operations.team.visitors import Gate
    from mailer.ports import (
        Backend,
        Clock,
        Engine,
        IdentityProvider,
        Ledger,
        OpenWebhook,
        ProviderLists,
        ReadPost,
    )
    from mailer.signed_links.unsubscribe import Links
    from mailer.wiring.children import Children
    from mailer.wording import Text


class App:
    """One workspace with its parts, which are made on first use. It is a context manager.

    Each part is made once under a lock. A rehearsal gives its own `clock` and `ledger_url`.
    """

    def __init__(
        self, workspace: Path, *, clock: Clock | None = None, ledger_url: str = ""
    ) -> None:
        self.workspace = workspace.resolve()
        self.clock = clock or WallClock()
        self._ledger_url = ledger_url
        self.watched: Callable[[Backend], Backend] = lambda backend: backend
        self.answered: Callable[[str, float], None] = lambda _route, _seconds: None
        self.span: Callable[[str], AbstractContextManager[object]] = lambda _name: nullcontext()
        """What a monitor adds (`monitored`); before anything is sent or answered."""
        self.forks_child = False  # for a command that does one thing and ends
        self._stack = ExitStack()
        self.making = RLock()  # held while a part is made, which may need another

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @made_once
    def settings(self) -> Settings:
        return load_settings(self.workspace)

    @made_once
    def ledger(self) -> Ledger:
        from mailer.ledger import open_ledger

        if self.forks_child:
            self.children.fork()  # while nothing is open
        ledger = open_ledger(
            self._ledger_url or self.settings.ledger.url_in(self.workspace),
            ring=self.bell.ring if self.bell is not None else lambda: None,
            has_clock=isinstance(self.clock, WallClock),  # it has to go by a simulated one
            is_pooled=bool(self.settings.ledger.direct_url),
        )
        self._stack.callback(ledger.close)
        self.clock.follow(ledger.trusted_time.known)
        return ledger

    def open_ledger(self) -> Ledger:
        """Return the ledger, opened now. A restore needs it closed before."""
        return self.ledger

    @made_once
    def backend(self) -> Backend:
        """The configured backend. Outside production it sends to the allow-list only."""
        from mailer.providers.allow_list import AllowListBackend
        from mailer.providers.signing import DkimSettings, SigningBackend

        provider = self.settings.provider
        backend = provider.backend(self.settings.provider_settings, self.settings.provider_context)
        signer = self.settings.part(DkimSettings).signer() if provider.sends_signed else None
        backend = self.watched(backend)
        if signer:
            backend = SigningBackend(backend, signer=signer, clock=self.clock)
        return AllowListBackend(backend, allows=self.allows) if self.allows else backend

    @property
    def allows(self) -> Callable[[Address], bool] | None:
        """Whether mail to an address may be sent; None if mail may be sent to everybody."""
        transport = self.settings.transport
        if transport.production or not self.settings.provider.leaves_machine:
            return None
        return transport.allows

    def eml_files(self, folder: Path) -> Backend:
        """Return a backend that writes `.eml` files into `folder` and sends nothing."""
        from mailer.providers.provider import ProviderContext
        from mailer.providers.registry import PROVIDERS

        return PROVIDERS[0].backend(None, ProviderContext(folder=folder, is_production=False))

    @property
    def provider_lists(self) -> ProviderLists | None:
        """The provider's own suppression lists, or None if it has none or they are not used."""
        from mailer.feedback.policy import FeedbackSettings

        lists_of = self.settings.provider.suppression_lists
        if lists_of is None or not self.settings.part(FeedbackSettings).provider_lists:
            return None
        return lists_of(self.settings.provider_settings)

    def _carries_beyond_ascii(self) -> bool | None:
        return self.settings.provider.carries_beyond_ascii(self.settings.provider_settings)

    @property
    def destination(self) -> Text:
        """A sentence that says where messages go."""
        folder = Path(self.settings.transport.folder)
        context = replace(self.settings.provider_context, folder=folder)
        return self.settings.provider.destination(self.settings.provider_settings, context)

    @property
    def reporter(self) -> str:
        """The name, for users, of the provider whose events reach us, or ""."""
        provider = self.settings.reporting_provider
        return provider.label if provider else ""

    @property
    def webhook(self) -> OpenWebhook | None:
        """The verifier of the webhook posts, or None if no webhook is configured.

        Raises ConfigError for an invalid key.
        """
        from mailer.config.sections import WebhookSettings
        from mailer.ports import OpenWebhook

        provider = self.settings.reporting_provider
        if provider is None or provider.webhook is None:
            return None
        keys = self.settings.part(WebhookSettings).keys
        return OpenWebhook(provider.name, provider.webhook.verifier(keys))

    @property
    def post_readers(self) -> Mapping[str, ReadPost]:
        """The function that reads each provider's stored posts, by provider name."""
        from mailer.providers.registry import post_readers

        return post_readers()

    @made_once
    def bell(self) -> Bell | None:
        """What rings for the workers of all hosts; None where this process does all the work."""
        if self._ledger_url or not self.settings.engine.is_shared:
            return None
        from mailer.engine.bell import Bell

        return Bell(self.settings.ledger.direct_address)

    @made_once
    def engine(self) -> Engine:
        from mailer.engine.threads import ThreadEngine

        return ThreadEngine(workers=self.settings.engine.workers)

    @made_once
    def composer(self) -> Composer:
        from mailer.operations.sending.compose import Composer

        return Composer(link_for=self._link, contacts_of=self.ledger.contacts.of_ids)

    @property
    def worker(self) -> str:
        """The name of this process in the jobs that it does, which another on its host reads."""
        return f"{socket.gethostname()}:{os.getpid()}"

    @made_once
    def process(self) -> str:
        """The name of this process in the register of all hosts, and in its claims of chunks."""
        return process_name()

    @made_once
    def children(self) -> Children:
        from mailer.wiring.children import Children

        return Children(self.workspace, office=lambda: self.settings.office, stack=self._stack)

    @made_once
    def campaigns(self) -> CampaignFolders:
        from mailer.files.campaigns.folders import CampaignFolders

        return CampaignFolders(self.workspace, read=self.children.survey)

    @made_once
    def revisions(self) -> CampaignRevisions:
        """The history of the campaigns' files, which the desk writes."""
        from mailer.wiring.campaign_wiring import campaign_revisions

        return campaign_revisions(self.workspace, ledger=self.ledger, clock=self.clock)

    @made_once
    def editing(self) -> CampaignEditing:
        """The forms in which campaigns are written."""
        from mailer.languages import CODES
        from mailer.operations.campaigns.revisions.scratches import CampaignScratches
        from mailer.operations.campaigns.writing.editing import CampaignEditing
        from mailer.wiring.campaign_wiring import campaign_format

        return CampaignEditing(
            revisions=self.revisions,
            scratches=CampaignScratches(ledger=self.ledger, clock=self.clock),
            format=campaign_format(self.settings.office),
            drafts=self.page_drafts,
            composer=self.composer,
            compile_file=self.children.compile_file,
            languages=tuple(CODES),
        )

    @made_once
    def signed_texts(self) -> SignedTexts:
        """The texts of the campaigns as they were signed off last."""
        from mailer.operations.campaigns.previews.text_changes import SignedTexts

        return SignedTexts(
            revisions=self.revisions,
            drafts=self.page_drafts,
            composer=self.composer,
            compile_file=self.children.compile_file,
        )

    def _revision_of(self, reference: str) -> int:
        """Return the newest revision of a campaign below `campaigns/`; 0 for one elsewhere."""
        folder = self.campaigns.folder(reference).resolve()
        if folder.parent != (self.workspace / "campaigns").resolve():
            return 0
        return self.revisions.open_campaign(folder.name).head.number

    @made_once
    def drafts(self) -> Drafts:
        from mailer.files.school_holidays import read_school_holidays
        from mailer.operations.campaigns.drafts.drafts import Drafts

        return Drafts(
            load=self.campaigns.load,
            survey=self.campaigns.survey,
            template_for=self.templates.load,
            compile_=self.children.compile,
            text_in_picture=self.children.text_in_picture,
            read=self.children.findings,
            office=self.settings.office,
            letterhead=self.settings.letterhead,
            ledger=self.ledger,
            clock=self.clock,
            team=self.roster.signing_team,
            allows=self.allows,
            provider=self.settings.provider.name,
            carries_beyond_ascii=self._carries_beyond_ascii,
            revision_of=self._revision_of,
            school_holidays=partial(read_school_holidays, self.workspace),
            fresh_for=self.settings.answers.fresh_for,
        )

    @made_once
    def page_drafts(self) -> Drafts:
        """The drafts that pages show. What acts on a draft takes `drafts`, which keep nothing."""
        from mailer.operations.sending.kept_directory import KeptDirectory

        return replace(self.drafts, kept=KeptDirectory(self.ledger))

    @made_once
    def roster(self) -> Roster:
        from mailer.operations.team.roster import Roster

        team = self.settings.team
        return Roster(configured=team.known, signing=team.signatories, ledger=self.ledger)

    @made_once
    def gate(self) -> Gate:
        from mailer.config.web_sections import SecondFactorSettings
        from mailer.operations.team.attempts import Attempts
        from mailer.operations.team.passwords import Passwords
        from mailer.operations.team.visitors import Gate

        required = frozenset(self.settings.part(SecondFactorSettings).required_for)
        return Gate(self.ledger, Passwords(), Attempts(), required)

    @made_once
    def identity_provider(self) -> IdentityProvider | None:
        """Where people sign in, or None if only this desk knows them."""
        from mailer.openid.provider import OpenIdProvider
        from mailer.openid.settings import OidcSettings

        settings = self.settings.part(OidcSettings)
        if not settings.issuer:
            return None
        provider = OpenIdProvider(settings)
        self._stack.callback(provider.close)
        return provider

    @property
    def restore(self) -> RestoreBackup:
        """The function that puts a backup in the place of this workspace's ledger."""
        from mailer.ledger.restoring import restore

        return partial(restore, self.settings.ledger.url_in(self.workspace))

    @property
    def dumps(self) -> Dumps | None:
        """What dumps the database of this workspace; None if the configuration names no folder."""
        ledger = self.settings.ledger
        if not ledger.dumps:
            return None
        from mailer.ledger.storage.dumps import PostgresDumps

        return PostgresDumps(ledger.direct_address, self.workspace / ledger.dumps)

    @property
    def read_anchors(self) -> Callable[[str], list[Anchor]]:
        """Reads anchors of the journal: `COUNT:HASH`, or a file that holds some."""
        from mailer.ledger import read_anchors

        return read_anchors

    def message_for(self, mailing: Mailing, delivery: Delivery) -> Message:
        return self.composer.for_delivery(mailing, delivery, sent_at=self.clock.now())

    @made_once
    def templates(self) -> KeptTemplates:
        from mailer.files.bundled import bundled
        from mailer.files.kept_templates import KeptTemplates

        return KeptTemplates((self.workspace / "templates", bundled("templates")))

    @made_once
    def sign_off_requests(self) -> SignOffRequests:
        """What a test mail says to a signatory."""
        from mailer.files.catalogues import translations_for
        from mailer.operations.campaigns.sign_offs.sign_off_requests import SignOffRequests
        from mailer.wording import say

        settings = self.settings
        return SignOffRequests(
            public_url=settings.web.public_url,
            say=lambda text, language: say(text, translations_for(language)),
            language=settings.office.language,
        )

    @made_once
    def links(self) -> Links:
        """The links of messages to the pages of the receiver."""
        from mailer.signed_links.unsubscribe import Links

        return Links(self.settings.unsubscribe.base_url, self.settings.unsubscribe.keys)

    def _link(self, name: str, delivery_id: DeliveryId) -> str:
        """Return a link of a message, or "" without a receiver, when readers write to us instead."""
        return self.links.url(name, delivery_id) if self.settings.unsubscribe.base_url else ""
