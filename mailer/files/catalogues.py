"""Loads the gettext catalogues with the translations of the program's sentences."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from mailer.languages import CODES

FOLDER = Path(__file__).resolve().parent.parent / "locale"


@cache
def translations_for(language: str) -> NullTranslations:
    """Return the catalogue of `language`; for an unknown one, untranslated English.

    An installed package has compiled catalogues. In a checkout without them, the source is
    compiled in memory.
    """
    if language not in CODES:
        return NullTranslations()
    compiled = FOLDER / language / "LC_MESSAGES" / "mailer.mo"
    source = compiled.with_suffix(".po")
    if not source.exists() or (
        compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime
    ):
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    return GNUTranslations(io.BytesIO(_compile(source, language)))


def _compile(source: Path, language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    return compiled.getvalue()
