"""The `Provider` that writes `.eml` files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.providers.file.sending import FileBackend, FileSettings
from mailer.providers.provider import Provider
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.providers.provider import ProviderContext


def _backend(_settings: None, context: ProviderContext) -> FileBackend:
    return FileBackend(FileSettings(context.folder))


def _destination(_settings: None, context: ProviderContext) -> Text:
    return _("files in {folder}; nothing leaves this machine", folder=context.folder)


FILE = Provider(
    name="file",
    label=".eml",
    backend=_backend,
    destination=_destination,
    leaves_machine=False,
    carries_beyond_ascii=lambda _settings: True,
)
