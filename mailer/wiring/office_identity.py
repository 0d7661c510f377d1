"""How the identity of the office is connected to the configuration of its workspace."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from mailer.config import load_settings
from mailer.files import office_file
from mailer.files.bundled import bundled
from mailer.operations.office_identity import Identity, OfficeIdentity

if TYPE_CHECKING:
    from mailer.config.settings import Settings
    from mailer.wiring.app import App


def office_identity(app: App) -> OfficeIdentity:
    """Return who the office is, to look at and to change."""
    path = app.workspace / "config.toml"

    def loaded(content: bytes) -> Identity:
        return _identity(load_settings(app.workspace, unsaved=content))

    return OfficeIdentity(
        read=partial(office_file.stored_config, path),
        write=partial(office_file.write_config, path),
        is_writable=partial(office_file.can_write, path),
        fields_in=office_file.identity_in,
        rewrite=office_file.with_identity,
        loaded=loaded,
        used=_identity(app.settings),
        example=_of_the_example(),
        ledger=app.ledger,
        clock=app.clock,
    )


@cache
def _of_the_example() -> Identity:
    """Return who the office of the example is, whose configuration a new workspace copies."""
    content = office_file.example_config()
    return _identity(load_settings(bundled("config.example.toml").parent, unsaved=content))


def _identity(settings: Settings) -> Identity:
    team = settings.team
    return Identity(settings.office, settings.letterhead, team.proofs, team.notices)
