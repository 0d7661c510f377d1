"""The settings of one workspace, from which `App` gives each part its own."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mailer.config.sections import (
    AnswerSettings,
    EngineSettings,
    LedgerSettings,
    OfficeSettings,
    PaceSettings,
    PressRoomSettings,
    SenderSettings,
    TeamSettings,
    TransportSettings,
    UnsubscribeSettings,
    WebhookSettings,
    WebSettings,
)
from mailer.errors import ConfigError
from mailer.model.campaigns.office import Office
from mailer.model.mailings.message import Letterhead
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.providers import registry
from mailer.providers.provider import ProviderContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.errors import Problem
    from mailer.model.team.secret import Secret
    from mailer.providers.provider import Provider

Part = TypeVar("Part")


def placed(parts: Mapping[type[Any], Any], workspace: Path) -> dict[type[Any], Any]:
    """Return the parts with the files that they name, which are found from the workspace.

    A part that could not be read is None.
    """
    return {
        kind: part and replace(part, **dict(_files_in(part, workspace)))
        for kind, part in parts.items()
    }


def _files_in(part: Any, workspace: Path) -> Iterator[tuple[str, Path]]:
    for each in fields(part):
        if isinstance(path := getattr(part, each.name), Path):
            yield each.name, workspace / path


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one workspace."""

    workspace: Path
    parts: Mapping[type[Any], Any] = field(repr=False)
    secrets: tuple[Secret, ...] = ()
    """The secrets of the sections in use."""

    def part(self, kind: type[Part]) -> Part:
        """Return the settings of one part of the program."""
        found: Part = self.parts[kind]
        return found

    def require_secrets(self) -> None:
        """Read every secret in use. Raises ConfigError that lists all that cannot be read."""
        problems: list[Problem] = []
        for secret in self.secrets:
            try:
                secret.value  # noqa: B018 - only whether it can be read
            except ConfigError as error:
                problems += error.problems
        if problems:
            raise ConfigError(*problems)

    @property
    def office(self) -> Office:
        part = self.part(OfficeSettings)
        said = {each.name: getattr(part, each.name) for each in fields(part)}
        return Office(**said, press_room_url=self.press_room.public_url)

    @property
    def transport(self) -> TransportSettings:
        return self.part(TransportSettings)

    @property
    def provider(self) -> Provider:
        """The provider that sends."""
        found = registry.provider_named(self.transport.backend)
        assert found is not None, "the name was checked when the file was read"
        return found

    @property
    def provider_settings(self) -> Any:
        """The settings of the provider that sends, or None if it has none."""
        kind = self.provider.settings
        return self.part(kind) if kind else None

    @property
    def provider_context(self) -> ProviderContext:
        return ProviderContext(
            folder=self.workspace / self.transport.folder,
            is_production=self.transport.production,
        )

    @property
    def reporting_provider(self) -> Provider | None:
        """The provider whose webhook posts are received, or None without a public key."""
        webhook = self.part(WebhookSettings)
        if not webhook.keys:
            return None
        return registry.reporting_provider(webhook.provider, transport=self.transport.backend)

    @property
    def ledger(self) -> LedgerSettings:
        return self.part(LedgerSettings)

    @property
    def unsubscribe(self) -> UnsubscribeSettings:
        return self.part(UnsubscribeSettings)

    @property
    def web(self) -> WebSettings:
        return self.part(WebSettings)

    @property
    def press_room(self) -> PressRoomSettings:
        return self.part(PressRoomSettings)

    @property
    def team(self) -> TeamSettings:
        return self.part(TeamSettings)

    @property
    def answers(self) -> AnswerSettings:
        return self.part(AnswerSettings)

    @property
    def engine(self) -> EngineSettings:
        return self.part(EngineSettings)

    @property
    def rate_policy(self) -> RatePolicy:
        part = self.part(PaceSettings)
        return RatePolicy(**{each.name: getattr(part, each.name) for each in fields(part)})

    @property
    def letterhead(self) -> Letterhead:
        sender = self.part(SenderSettings)
        return Letterhead(
            sender=sender.from_,
            reply_to=sender.reply_to,
            return_path_domain=sender.return_path,
            message_id_domain=sender.message_id_domain,
            unsubscribe_url=self.unsubscribe.base_url,
            unsubscribe_mailto=self.unsubscribe.mailto,
            list_domain=sender.list_domain,
        )
