"""Loads the gettext catalogues with the translations of the program's sentences."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from mailer.host.atomic_write import PUBLIC, write_atomically

FOLDER = Path(__file__).resolve().parent.parent / "locale"

SPOKEN = tuple(sorted(folder.name for folder in FOLDER.iterdir()))
"""Codes of the languages that the program speaks: those with a catalogue."""


@cache
def translations_for(language: str) -> NullTranslations:
    """Return the catalogue of `language`; for an unknown one, untranslated English.

    An installed package has compiled catalogues. In a checkout, a catalogue that has changed is
    compiled, and kept for the next command where the folder can be written.
    """
    if language not in SPOKEN:
        return NullTranslations()
    compiled = FOLDER / language / "LC_MESSAGES" / "mailer.mo"
    source = compiled.with_suffix(".po")
    if not source.exists() or (
        compiled.exists() and compiled.stat().st_mtime > source.stat().st_mtime
    ):
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    content = _compile(source, language)
    with suppress(OSError):
        write_atomically(compiled, content, mode=PUBLIC)
    return GNUTranslations(io.BytesIO(content))


def _compile(source: Path, language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    return compiled.getvalue()
