"""Messages as `.eml` files, as a `Provider`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.providers.file.sending import FileBackend, FileSettings
from mailer.providers.provider import Provider
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.providers.provider import Surroundings


def _backend(_settings: None, surroundings: Surroundings) -> FileBackend:
    return FileBackend(FileSettings(surroundings.folder))


def _destination(_settings: None, surroundings: Surroundings) -> Text:
    return _("files in {folder}; nothing leaves this machine", folder=surroundings.folder)


FILE = Provider(
    name="file",
    label=".eml",
    backend=_backend,
    destination=_destination,
    leaves_machine=False,
)
