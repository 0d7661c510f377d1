"""Opens `config.toml`, or takes what is about to be written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.files.text_files import decode_utf8, read_text
from mailer.files.toml.reading import TomlFile, parse_toml

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.errors import Problem


def config_file(path: Path, *, unsaved: bytes | None, problems: list[Problem]) -> TomlFile | None:
    """Return what the file says, nothing when there is none, or None after adding problems."""
    name = path.as_posix()
    if unsaved is not None:
        text = decode_utf8(unsaved, shown=name, problems=problems)
    elif path.exists():
        text = read_text(path, problems=problems)
    else:
        return TomlFile(name, {}, {})
    return parse_toml(text, name=name, problems=problems) if text is not None else None
