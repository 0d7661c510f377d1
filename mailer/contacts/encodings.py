"""From the bytes of a text file to its text, or to a question; never to a guess.

UTF-8 and UTF-16 say what they are. Windows-1252, which French Excel writes, does not: the
same bytes are Polish in Windows-1250. So it is taken only while every accented letter is
one that French uses or that both share; one letter beyond, and a person is asked.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
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
"""What French never writes: Czech č, Polish ę, Croatian ć, and DOS or Macintosh letters in a
word, all in Windows-1252 clothes."""

_READINGS = ("windows-1252", "windows-1250", "mac-roman", "cp850")
"""What a person may recognise: Western, Central European, old Macintosh, DOS."""

_ASKED_LINES = 20


def decode(content: bytes, *, file: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of `content` and the name of the encoding it was read with.

    `encoding` is a person's answer and is obeyed. Raises ContentError, naming `--encoding`,
    when the answer cannot be right or when there is none and the bytes do not settle it.
    """
    if encoding is not None:
        return _as_told(content, file=file, encoding=encoding)
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked is not None:
        return _as_told(content, file=file, encoding=marked)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _western(content, file=file), "cp1252"
    if text.count("\0") > len(text) // 4:
        raise ContentError(
            Problem(
                Place(file),
                _("The file looks like UTF-16 without its mark."),
                _("Say which it is: utf-16-le or utf-16-be."),
                Remedy(RemedyAct.CHOOSE_ENCODING),
            )
        )
    _refuse_damage(text, file=file)
    return text, "utf-8"


def _as_told(content: bytes, *, file: str, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        text = content.decode(name)
    except (LookupError, UnicodeError) as error:
        # A codec that makes no text (`rot13`, `hex`) raises LookupError as well.
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
    return text.removeprefix("\ufeff"), name.replace("utf-8-sig", "utf-8")


def _western(content: bytes, *, file: str) -> str:
    """`content` as Windows-1252, provided nothing in it speaks for another encoding."""
    text = content.decode("cp1252", errors="replace")
    doubtful = [
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
        if _is_doubtful(line.decode("cp1252", errors="replace"))
    ]
    if doubtful:
        raise ContentError(*doubtful[:_ASKED_LINES])
    return text


def _is_doubtful(line: str) -> bool:
    beyond = (c for c in line if not c.isascii() and c not in _FRENCH and c not in _SHARED)
    return any(beyond) or _FOREIGN_PATTERN.search(line) is not None


def _readings(line: bytes) -> str:
    """The different texts `line` may be, each with its encoding, the likeliest first."""
    texts = {name: line.decode(name, errors="replace") for name in _READINGS}
    by_text = {text: name for name, text in reversed(texts.items())}
    words = sorted(by_text, key=lambda text: sum(not (c.isascii() or c.islower()) for c in text))
    return ", ".join(f"“{_short(text)}” ({by_text[text]})" for text in words)


def _short(line: str) -> str:
    """Enough of a line to recognise it; its invisible characters left out."""
    seen = "".join(c for c in line if not unicodedata.category(c).startswith("C"))
    return seen if len(seen) <= 60 else f"{seen[:60]}…"


# UTF-8 read as Windows-1252 and saved again: “Ã©” where “é” was. Only what comes out as
# Latin letters or punctuation counts, so that “É»” or “Ã” before a letter stay innocent.
_CONTINUATION = "".join(
    bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xC0)
)
_DAMAGED = re.compile(f"[ÂÃÄÅ][{re.escape(_CONTINUATION)}]|â[€‚][{re.escape(_CONTINUATION)}]")


def damage(text: str) -> str | None:
    """How `text` read before it was damaged by a wrong encoding; None when it looks sound.

    The sign U+FFFD, put where a character was lost, comes back as it is: that is beyond repair.
    """
    if "\ufffd" in text:
        return text
    mended = _DAMAGED.sub(_mend, text)
    return mended if mended != text else None


def _mend(found: re.Match[str]) -> str:
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
        raise ContentError(*problems[:_ASKED_LINES])


def _damaged_lines(text: str) -> Iterator[tuple[int, Text]]:
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        mended = damage(line)
        if mended is not None:
            yield number, damage_sentence(_short(line), _short(mended))


def damage_sentence(text: str, mended: str) -> Text:
    """What `damage` found, for a person."""
    if text == mended:
        return _("Letters are lost in “{text}”.", text=text)
    return _("“{text}” looks damaged: it probably was “{mended}”.", text=text, mended=mended)


def _damage_remedy() -> Text:
    return _(
        "Export the list again from where it comes. If it is right as it stands, name its "
        "encoding, utf-8; the damaged rows will be set aside one by one."
    )
