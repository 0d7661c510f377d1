"""Decodes a text file, or asks a person for its encoding; it never guesses.

UTF-8 and UTF-16 can be recognised. Windows-1252, which French Excel writes, cannot: the same
bytes are Polish in Windows-1250. So it is used only if every accented letter is one that French
uses or that both encodings share; with any other letter, a person is asked.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import ContentError, Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FRENCH = frozenset("àâæçèéêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ«»“”‘’–—…€°·\u00a0\u00ad")
_SHARED = frozenset("áíóúýäößÁÍÓÚÝÄÖ")
"""Letters outside French that have the same byte in Windows-1250 and Windows-1252."""

_FOREIGN_PATTERN = re.compile(
    r"è[aeiouy]|[áíóúý]è|[èê]k|æ\b|[^\W\d_][«»“”‘–—…€°·](?=[^\W\d_])", re.IGNORECASE
)
"""What French never has: Czech č, Polish ę, Croatian ć, and DOS or Macintosh letters in a word,
as they look when they are decoded as Windows-1252."""

_READINGS = ("windows-1252", "windows-1250", "mac-roman", "cp850")
"""The encodings offered to a person: Western, Central European, old Macintosh, DOS."""

_MAX_LINES_SHOWN = 20


class DecodedText(NamedTuple):
    """A text, and the name of the encoding in which it was read."""

    text: str
    encoding: str


def decode(content: bytes, *, file: str, encoding: str | None = None) -> DecodedText:
    """Return the text of `content` and the name of its encoding.

    `encoding` is used if a person has named one. Raises ContentError when that encoding does not
    fit, or when none was named and the bytes are ambiguous.
    """
    if encoding is not None:
        return _decode_as(content, file=file, encoding=encoding)
    declared = next((name for bom, name in _BYTE_ORDER_MARKS if content.startswith(bom)), None)
    if declared is not None:
        return _decode_as(content, file=file, encoding=declared)
    # Every second byte of Latin text in UTF-16 is zero.
    if content.count(0) > len(content) // 4:
        raise ContentError(
            Problem(
                Place(file),
                _("The file looks like UTF-16 without its mark."),
                _("Say which it is: utf-16-le or utf-16-be."),
                Remedy(RemedyAct.CHOOSE_ENCODING),
            )
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return DecodedText(_western(content, file=file), "cp1252")
    _refuse_damage(text, file=file)
    return DecodedText(text, "utf-8")


def _decode_as(content: bytes, *, file: str, encoding: str) -> DecodedText:
    try:
        name = codecs.lookup(encoding).name
        text = content.decode(name)
    except (LookupError, UnicodeError) as error:
        # A codec that does not make text (`rot13`, `hex`) raises LookupError as well.
        raise ContentError(
            Problem(
                Place(file),
                _("The file cannot be read as “{encoding}”.", encoding=encoding),
                _(
                    "Name another encoding: utf-8, utf-16, windows-1252 (Western Europe), "
                    "windows-1250 (Central Europe), mac-roman …"
                ),
                Remedy(RemedyAct.CHOOSE_ENCODING),
            )
        ) from error
    return DecodedText(text.removeprefix("\ufeff"), name.replace("utf-8-sig", "utf-8"))


def _western(content: bytes, *, file: str) -> str:
    """Decode `content` as Windows-1252; raise ContentError for lines that may be in another
    encoding.
    """
    text = content.decode("cp1252", errors="replace")
    ambiguous = [
        Problem(
            Place(file, number),
            _(
                "This line reads differently by how the file was saved: {readings}.",
                readings=_readings(line),
            ),
            _("Choose the right reading and name its encoding, windows-1252 for example."),
            Remedy(RemedyAct.CHOOSE_ENCODING),
        )
        for number, line in enumerate(content.splitlines(), start=1)
        if _is_ambiguous(line.decode("cp1252", errors="replace"))
    ]
    if ambiguous:
        raise ContentError(*ambiguous[:_MAX_LINES_SHOWN])
    return text


def _is_ambiguous(line: str) -> bool:
    foreign = (c for c in line if not c.isascii() and c not in _FRENCH and c not in _SHARED)
    return any(foreign) or _FOREIGN_PATTERN.search(line) is not None


def _readings(line: bytes) -> str:
    """Return the different texts that `line` may be, each with its encoding, likeliest first."""
    texts = {name: line.decode(name, errors="replace") for name in _READINGS}
    by_text = {text: name for name, text in reversed(texts.items())}
    likely = sorted(by_text, key=lambda text: sum(not (c.isascii() or c.islower()) for c in text))
    return ", ".join(f"“{_short(text)}” ({by_text[text]})" for text in likely)


def _short(line: str) -> str:
    """Return at most 60 characters of a line, without invisible characters."""
    visible = "".join(c for c in line if not unicodedata.category(c).startswith("C"))
    return visible if len(visible) <= 60 else f"{visible[:60]}…"


# UTF-8 read as Windows-1252 and saved again: “Ã©” for “é”. Only sequences that decode to Latin
# letters or punctuation count, so that “É»” or “Ã” before a letter are not taken for damage.
_CONTINUATION = "".join(
    bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xC0)
)
_DAMAGED = re.compile(f"[ÂÃÄÅ][{re.escape(_CONTINUATION)}]|â[€‚][{re.escape(_CONTINUATION)}]")


def damage(text: str) -> str | None:
    """Return `text` as it was before a wrong encoding damaged it; None when it is not damaged.

    A text with U+FFFD, the replacement for a lost character, cannot be repaired and is returned
    unchanged.
    """
    if "\ufffd" in text:
        return text
    repaired = _DAMAGED.sub(_repair, text)
    return repaired if repaired != text else None


def _repair(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _refuse_damage(text: str, *, file: str) -> None:
    problems = [
        Problem(Place(file, number), what, _damage_remedy(), Remedy(RemedyAct.CHOOSE_ENCODING))
        for number, what in _damaged_lines(text)
    ]
    if problems:
        raise ContentError(*problems[:_MAX_LINES_SHOWN])


def _damaged_lines(text: str) -> Iterator[tuple[int, Text]]:
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        undamaged = damage(line)
        if undamaged is not None:
            yield number, damage_sentence(_short(line), _short(undamaged))


def damage_sentence(text: str, undamaged: str) -> Text:
    """Return the sentence about a damaged text and its result of `damage`."""
    if text == undamaged:
        return _("Letters are lost in “{text}”.", text=text)
    return _("“{text}” looks damaged: it probably was “{mended}”.", text=text, mended=undamaged)


def _damage_remedy() -> Text:
    return _(
        "Export the list again from where it comes. If it is right as it stands, name its "
        "encoding, utf-8; the damaged rows will be set aside one by one."
    )
