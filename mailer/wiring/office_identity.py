"""How the identity of the office is connected to the configuration of its workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.config import load_settings
from mailer.files import office_file
from mailer.operations.office_identity import OfficeIdentity, bears_the_example

if TYPE_CHECKING:
    from mailer.model.campaigns.office import Office
    from mailer.model.mailings.message import Letterhead
    from mailer.wiring.app import App
    from mailer.wording import Text


def office_identity(app: App) -> OfficeIdentity:
    """Return who the office is, to look at and to change."""
    path, settings = app.workspace / "config.toml", app.settings

    def loaded(content: bytes) -> tuple[Office, Letterhead]:
        found = load_settings(app.workspace, unsaved=content)
        return found.office, found.letterhead

    return OfficeIdentity(
        read=partial(office_file.stored_config, path),
        write=partial(office_file.write_config, path),
        is_writable=partial(office_file.can_write, path),
        fields_in=office_file.identity_in,
        rewrite=office_file.with_identity,
        loaded=loaded,
        used=(settings.office, settings.letterhead),
        example=office_file.example_identity(),
        ledger=app.ledger,
        clock=app.clock,
    )


def borrowed_identity(app: App) -> tuple[Text, ...]:
    """Return what the office still has of the example's, by what it is called."""
    settings = app.settings
    return bears_the_example(settings.office, settings.letterhead, office_file.example_identity())
