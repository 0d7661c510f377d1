"""The gettext catalogues: what the program says, in each of its languages."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from mailer.languages import CODES

FOLDER = Path(__file__).resolve().parent.parent / "locale"


@cache
def translations_for(language: str) -> NullTranslations:
    """The catalogue of `language`; English, which the program is written in, for any other.

    A package carries compiled catalogues; in a checkout that was never built, the source
    is compiled in memory.
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
