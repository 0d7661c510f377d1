"""Knows the copies of our templates that earlier versions put into new workspaces.

An untouched copy is no override: without this, a workspace would keep the templates of the day
it was made. A file that the office has changed is its own, and stands.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

_LIST = Path(__file__).with_name("copied_templates.txt")
_LARGEST_BYTES = 100_000
"""No template that was ever copied is larger; a larger file is not read to find out."""


def is_superseded_copy(path: Path, *, key: str, ours: Path) -> bool:
    """Return whether `path` is what an earlier version copied as `key`, and `ours` has it still.

    Line ends do not count: an editor or a version control system may have changed them.
    """
    known = _copied().get(key, frozenset())
    try:
        if not known or path.stat().st_size > _LARGEST_BYTES:
            return False
        if path == ours / key or not (ours / key).is_file():
            return False
        content = path.read_bytes()
    except OSError:  # the caller that needs the file says why it cannot be read
        return False
    return not known.isdisjoint(_digests(content))


def _digests(content: bytes) -> set[str]:
    """Return the digest of `content`, and that with LF line ends, for files that are text."""
    return {sha256(each).hexdigest() for each in (content, content.replace(b"\r\n", b"\n"))}


@cache
def _copied() -> dict[str, frozenset[str]]:
    """Return the digests of each file by its path in `templates/`."""
    found: dict[str, set[str]] = {}
    for line in _LIST.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            digest, _blank, key = line.partition(" ")
            found.setdefault(key, set()).add(digest)
    return {key: frozenset(digests) for key, digests in found.items()}
