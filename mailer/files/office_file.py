"""Who the office is in `config.toml`: what a form shows of it, and how it is rewritten."""

from __future__ import annotations

import os
import re
from functools import cache
from stat import S_IMODE
from typing import TYPE_CHECKING, Any

from mailer.errors import Place, Problem, RuleError, reason_of
from mailer.files.bundled import bundled
from mailer.files.campaigns.rewriting import parsed, rewritten, set_key
from mailer.host.atomic_write import PRIVATE, write_atomically
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS = (
    *("office.name", "office.postal_address", "office.phone", "office.website"),
    *("office.privacy_url", "office.language", "sender.from", "sender.reply_to"),
    *("sender.return_path", "sender.message_id_domain", "sender.list_domain"),
    *("unsubscribe.mailto", "team.proofs", "team.notices"),
)
"""The keys of the form."""
_LISTS = frozenset({"team.proofs", "team.notices"})
"""Keys that hold several addresses, which the form shows with commas between them."""
_IF_ABSENT = {"office.language": "fr"}
"""What an absent key means, where a form has to show something."""
_EMPTY_IS_NONE = frozenset(
    {"sender.reply_to", "sender.from", "office.language", "unsubscribe.mailto"}
)
"""Keys that are removed when they are emptied."""


def identity_in(stored: bytes) -> dict[str, str]:
    """Return the text of each key; "" for one that the file does not have. Raises ContentError."""
    table = parsed(stored)
    return {key: _text(table, *key.split(".")) or _IF_ABSENT.get(key, "") for key in KEYS}


def with_identity(stored: bytes, changed: Mapping[str, str]) -> bytes:
    """Return the file with some keys changed; every comment and all else stays. Raises
    ContentError for a file that cannot be changed safely.
    """

    def edit(document: Any) -> None:
        for key, text in changed.items():
            set_key(document, tuple(key.split(".")), _value(key, text))

    return rewritten(stored, edit) if changed else stored


@cache
def example_config() -> bytes:
    """Return the configuration of the example, which a new workspace copies."""
    return bundled("config.example.toml").read_bytes()


def stored_config(path: Path) -> bytes:
    """Return the bytes of the file; none when there is no such file."""
    return path.read_bytes() if path.exists() else b""


def can_write(path: Path) -> bool:
    """Return whether this process may replace the file."""
    target = path.resolve()
    is_open = not target.exists() or os.access(target, os.W_OK)
    return is_open and os.access(target.parent, os.W_OK)


def write_config(path: Path, content: bytes) -> None:
    """Replace the file, with the permissions that it has. Raises RuleError when that fails."""
    mode = S_IMODE(path.stat().st_mode) if path.exists() else PRIVATE
    try:
        write_atomically(path, content, mode=mode)
    except OSError as error:
        what = _("the configuration could not be written: {detail}", detail=reason_of(error))
        remedy = _("Nothing was changed. Ask whoever keeps this machine.")
        raise RuleError(Problem(Place(""), what, remedy)) from error


def _text(table: Mapping[str, Any], name: str, key: str) -> str:
    section = table.get(name)
    found = section.get(key) if isinstance(section, dict) else None
    if isinstance(found, list):
        return ", ".join(map(str, found))
    return found if isinstance(found, str) else ""


def _value(key: str, text: str) -> str | list[str] | None:
    if key in _LISTS:
        return [each for part in re.split(r"[,;\s]", text) if (each := part.strip())]
    return text or (None if key in _EMPTY_IS_NONE else "")
