"""Finds folders by the names that people write, whatever the server separates them with."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imapclient import IMAPClient


class _Namespace(NamedTuple):
    """How names of this account begin, and what stands between a folder and one in it."""

    prefix: str
    delimiter: str


def normalized(name: str) -> str:
    """Return the name with each accent in its letter, as servers keep it (RFC 5198 §3)."""
    return unicodedata.normalize("NFC", name)


def find_folder(client: IMAPClient, name: str) -> str | None:
    """Return the existing folder that `name` means, or None.

    `Lus/2026` may be `Lus.2026` or `INBOX.Lus.2026` on another server (RFC 2342).
    """
    return next((each for each in _spellings(client, name) if client.folder_exists(each)), None)


def create_folder(client: IMAPClient, name: str) -> str:
    """Create the folder `name` as this server writes it; returns that name."""
    from imapclient.exceptions import IMAPClientError  # noqa: PLC0415 - saves other commands 0.1 s

    *_others, spelling = _spellings(client, name)
    client.create_folder(spelling)
    with suppress(IMAPClientError):
        client.subscribe_folder(spelling)  # many mail programs show no others
    return spelling


def _spellings(client: IMAPClient, name: str) -> Iterator[str]:
    """Yield the name as it is written and as this server would write it, the latter last."""
    plain = normalized(name)
    yield plain
    namespace = _namespace(client)
    translated = plain.replace("/", namespace.delimiter) if namespace.delimiter else plain
    if translated != plain:
        yield translated
    is_outside = not translated.startswith(namespace.prefix) and translated.upper() != "INBOX"
    if namespace.prefix and is_outside:
        yield f"{namespace.prefix}{translated}"


def _namespace(client: IMAPClient) -> _Namespace:
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        if personal:
            prefix, delimiter = personal[0]
            return _Namespace(prefix or "", delimiter or "")
    listed = client.list_folders("", "")
    delimiter = listed[0][1] if listed else None
    return _Namespace("", delimiter.decode() if isinstance(delimiter, bytes) else delimiter or "")
