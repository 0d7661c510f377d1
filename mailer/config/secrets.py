"""Read secrets by reference (`env:NAME`, `file:PATH`, `credential:NAME`, `keyring:NAME`).

Literals are refused.
"""

from __future__ import annotations

import re
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Unreadable, reason_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYRING_SERVICE = "mailer"
"""The service name of our secrets in the system's keyring: `keyring set mailer NAME`."""

CREDENTIALS_FOLDER = "CREDENTIALS_DIRECTORY"
"""The variable in which systemd names the folder of a service's credentials; our image sets it."""
_CREDENTIAL_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_REFERENCE = re.compile(r"(?P<source>env|file|credential|keyring):(?P<name>\S.*)")


class NoSecret(Unreadable):
    """A reference does not lead to a secret; `remedy` says what to do. It never shows a value."""

    def __init__(self, reason: Text, remedy: Text) -> None:
        super().__init__(reason)
        self.remedy = remedy


def is_reference(text: str) -> bool:
    """Return whether `text` is a secret reference and not the secret itself."""
    return _REFERENCE.fullmatch(text) is not None


def check_reference(reference: str) -> None:
    """Raise NoSecret unless this is a secret reference."""
    _parse(reference)


def read_secret(reference: str, *, environment: Mapping[str, str], folder: Path) -> str:
    """Return the secret of a reference. A file path is relative to `folder`. Raises NoSecret.

    Only the owner may have access to a file (mode 0600), except on Windows, which has no modes. A
    single line end after the secret is removed.
    """
    found = _parse(reference)
    match found.source:
        case "env":
            return _from_environment(found.name, environment)
        case "file":
            return _from_file(folder / found.name)
        case "credential":
            return _from_credential(found.name, environment)
        case _:
            return _from_keyring(found.name)


def _from_environment(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name, "")
    if not value:
        raise NoSecret(
            _("The environment has no variable “{name}”.", name=name),
            _("Set it before starting: export {name}=…", name=name),
        )
    return value


class _Reference(NamedTuple):
    """A parsed secret reference: where the secret is kept, and under which name."""

    source: str
    name: str


def _parse(reference: str) -> _Reference:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise NoSecret(
            _("A secret stands in the file itself."),
            _(
                "Take it out, change it, and write where it is kept: {example}.",
                example="env:NAME, file:PATH, credential:NAME, keyring:NAME",
            ),
        )
    return _Reference(found["source"], found["name"])


def _from_credential(name: str, environment: Mapping[str, str]) -> str:
    """Return what the service manager or the container gave this process under a name.

    Nobody else can reach that folder, whatever the modes in it say (systemd.exec(5), Credentials).
    """
    folder = environment.get(CREDENTIALS_FOLDER, "")
    if not folder or not _CREDENTIAL_NAME.fullmatch(name):
        raise NoSecret(
            _("No credential “{name}” was given to this process.", name=name),
            _("Start it as a service that is given it, or use env:NAME or file:PATH."),
        )
    return _content_of(Path(folder) / name)


def _from_file(path: Path) -> str:
    with suppress(OSError):  # reading it says why
        mode = path.stat().st_mode
        if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise NoSecret(
                _("Others than its owner may read {path}.", path=path.as_posix()),
                _("Close it: chmod 600 {path}", path=path.as_posix()),
            )
    return _content_of(path)


def _content_of(path: Path) -> str:
    shown = path.as_posix()
    try:
        value = path.read_text("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        detail = reason_of(error) if isinstance(error, OSError) else "UTF-8"
        raise NoSecret(
            _("{path} cannot be read: {detail}", path=shown, detail=detail),
            _("Correct the path, or write the file as UTF-8."),
        ) from error
    if not value:
        raise NoSecret(_("{path} is empty.", path=shown), _("Write the secret into it."))
    return value


def _from_keyring(name: str) -> str:
    try:
        import keyring  # noqa: PLC0415 -- an optional extra
        from keyring.errors import KeyringError  # noqa: PLC0415 -- an optional extra
    except ImportError as error:
        raise NoSecret(
            _("The system’s keyring cannot be used: its library is not installed."),
            _("Install the Python package keyring beside mailer, or use env:NAME or file:PATH."),
        ) from error
    try:
        value = keyring.get_password(KEYRING_SERVICE, name)
    except KeyringError as error:
        raise NoSecret(
            _("The system’s keyring cannot be used here."),
            _("Use env:NAME or file:PATH."),
        ) from error
    if not value:
        raise NoSecret(
            _("The system’s keyring holds nothing called “{name}”.", name=name),
            _("Store it: keyring set {service} {name}", service=KEYRING_SERVICE, name=name),
        )
    return value
