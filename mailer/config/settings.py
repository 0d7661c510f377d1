"""The settings of one workspace, for `app` to hand out piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from mailer.config.sections import (
    EngineSettings,
    LedgerSettings,
    OfficeSettings,
    PaceSettings,
    SenderSettings,
    TeamSettings,
    TransportSettings,
    UnsubscribeSettings,
)
from mailer.model.message import Letterhead
from mailer.model.office import Office
from mailer.model.rate_limit import RatePolicy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything configured for one workspace."""

    workspace: Path
    parts: Mapping[type[Any], Any] = field(repr=False)

    def part(self, kind: type[Part]) -> Part:
        """The settings of one part of the program."""
        found: Part = self.parts[kind]
        return found

    @property
    def office(self) -> Office:
        part = self.part(OfficeSettings)
        return Office(**{each.name: getattr(part, each.name) for each in fields(part)})

    @property
    def transport(self) -> TransportSettings:
        return self.part(TransportSettings)

    @property
    def ledger(self) -> LedgerSettings:
        return self.part(LedgerSettings)

    @property
    def unsubscribe(self) -> UnsubscribeSettings:
        return self.part(UnsubscribeSettings)

    @property
    def team(self) -> TeamSettings:
        return self.part(TeamSettings)

    @property
    def engine(self) -> EngineSettings:
        return self.part(EngineSettings)

    @property
    def pace(self) -> RatePolicy:
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
