"""Write each message to a folder as an `.eml` file, for rehearsals, proofs and trials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.errors import BackendUnavailable, Place, Problem, reason_of
from mailer.host.atomic_write import make_private_folder, write_atomically
from mailer.model.mailings.delivery import Accepted, Concern, Deferred
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import DeliveryId, Message

_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]")
_MAX_ADDRESS_LENGTH = 80


@dataclass(frozen=True, slots=True)
class FileSettings:
    """The folder to write to. It is created when a connection is opened."""

    folder: Path


class FileBackend:
    """The `ports.Backend` for a folder."""

    name = "file"
    depth = 1

    def __init__(self, settings: FileSettings) -> None:
        self._folder = settings.folder

    def connect(self) -> FileConnection:
        """Raises BackendUnavailable when the folder cannot be created."""
        try:
            make_private_folder(self._folder)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        return FileConnection(self._folder)


class FileConnection:
    """Writes into one folder. A delivery that is written twice leaves one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        for message in messages:
            path = self._folder / file_name(message)
            try:
                write_atomically(path, message.raw)
            except OSError as error:
                # The file gets its name only when it is complete, so writing again is harmless.
                yield message.delivery_id, Deferred(str(error.strerror), concern=Concern.CONNECTION)
                raise _unwritable(self._folder, error) from error
            yield message.delivery_id, Accepted(reply=path.name)

    def close(self) -> None:
        """Do nothing: no file stays open between two messages."""


def file_name(message: Message) -> str:
    """Return `<address>.<delivery id>.eml`, safe on every file system and unique per delivery."""
    address = _UNSAFE.sub("_", str(message.recipient.address))[:_MAX_ADDRESS_LENGTH]
    return f"{address}.{message.delivery_id}.eml"


def _unwritable(folder: Path, error: OSError) -> BackendUnavailable:
    return BackendUnavailable(
        Problem(
            Place(str(folder)),
            _("The messages cannot be written there: {reason}.", reason=reason_of(error)),
            _("Give this program the right to write the folder, or free some space."),
        )
    )
