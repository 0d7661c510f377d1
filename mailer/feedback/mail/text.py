"""Decodes encoded words, charsets and HTML of hostile text into plain lines, in linear time."""

from __future__ import annotations

import binascii
import html
import quopri
import re
import unicodedata

_ENCODED_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\s]{0,2000}+)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s{1,8}(?==\?)")


def decode_words(value: str) -> str:
    """Decode the encoded words (RFC 2047) of a header value; broken ones are left unchanged.

    Raw 8-bit headers, which are not allowed but common, are decoded as UTF-8 if they are valid.
    """
    if "=?" not in value:
        return value if value.isascii() else decode_text(value.encode("latin-1", "replace"), "")
    joined = _BETWEEN_WORDS.sub(r"\1", value)
    return _ENCODED_WORD.sub(_word, joined)


def _word(match: re.Match[str]) -> str:
    charset, encoding, encoded = match.groups()
    octets = encoded.encode("latin-1", "replace")
    if encoding in "qQ":
        return decode_text(quopri.decodestring(octets, header=True), charset)
    try:
        return decode_text(binascii.a2b_base64(octets + b"=" * (-len(octets) % 4)), charset)
    except binascii.Error:
        return match.group()


# Text codecs by the names mail uses. A list, because Python's registry also holds codecs
# that are no charsets (zip, rot13), and "idna" and "punycode" take quadratic time.
_CHARSETS = frozenset(
    [
        "us-ascii",
        "utf-8",
        "utf8",
        "utf-16",
        "utf-16le",
        "utf-16be",
        "utf-16-le",
        "utf-16-be",
        "utf16",
        "iso-2022-jp",
        "iso-2022-jp-1",
        "iso-2022-kr",
        "shift_jis",
        "shift-jis",
        "sjis",
        "cp932",
        "windows-31j",
        "euc-jp",
        "euc-kr",
        "ks_c_5601-1987",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "tis-620",
    ]
    + [f"iso-8859-{number}" for number in (*range(1, 12), *range(13, 17))]
    + [f"windows-{number}" for number in range(1250, 1259)]
    + [f"cp{number}" for number in range(1250, 1259)]
)
_ALIASES = {"windows-31j": "cp932", "macintosh": "mac-roman", "ks_c_5601-1987": "cp949"}


def decode_text(octets: bytes, charset: str) -> str:
    """Decode `octets` with the stated charset, else as UTF-8 if valid, else as windows-1252."""
    name = _guessed_utf16(octets) or charset.strip().strip("\"'").lower()
    if name in _CHARSETS and name != "us-ascii":
        return octets.decode(_ALIASES.get(name, name), "replace")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


_SAMPLE = 400
"""Octets looked at for the zeros of UTF-16."""


def _guessed_utf16(octets: bytes) -> str:
    """Return the UTF-16 that a text is in, or "": it has a mark, or every other octet of European
    text is zero, whatever charset is stated.
    """
    sample = octets[:_SAMPLE]
    if b"\0" not in sample:
        return ""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) * 5 < len(sample) or min(first, second) * 5 > max(first, second):
        return ""
    return "utf-16be" if first > second else "utf-16le"


_SKIPPED = re.compile(r"<(style|script|head|title)\b[^<>]{0,500}>", re.IGNORECASE)
_BREAK = re.compile(
    r"<(?:br|/?p|/?div|/?tr|/?h[1-6]|/?li|/?table|hr)\b[^<>]{0,2000}>", re.IGNORECASE
)
_CELL_END = re.compile(r"</t[dh]\s{0,8}>", re.IGNORECASE)
# A link to an address is shown by a name: without the address nobody would know who is meant.
_MAILTO = re.compile(
    r"<a\b[^<>]{0,300}?href=[\"']?mailto:([^\"'<>\s?]{3,254})[^<>]{0,300}>([^<>@]{0,200})</a>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]{0,8000}>")


def html_to_text(source: str) -> str:
    """Convert HTML to plain lines: style and script removed, each block on its own line."""
    text = _without_skipped(source).replace("\n", " ")
    text = _MAILTO.sub(r"\2 (\1)", text) if "mailto:" in text else text
    text = _TAG.sub("", _BREAK.sub("\n", _CELL_END.sub(" ", text)))
    text = html.unescape(text).replace("\xa0", " ")
    return "\n".join(re.sub(r"[ \t]++", " ", line).strip() for line in text.split("\n"))


def _without_skipped(source: str) -> str:
    kept: list[str] = []
    position = 0
    lowered = source.lower()
    if len(lowered) != len(source):  # a few characters change length; positions would shift
        lowered = source
    while (match := _SKIPPED.search(source, position)) is not None:
        kept.append(source[position : match.start()])
        end = lowered.find(f"</{match.group(1).lower()}", match.end())
        if end < 0:
            position = match.end()
            continue
        position = end
    kept.append(source[position:])
    return "".join(kept)


_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\xa0": " ", "\u202f": " "})
_SPACE = re.compile(r"\s++")
_COMBINING_MARKS = re.compile(r"[\u0300-\u036f\u3099\u309a]+")
"""Combining marks: Latin, Greek and Cyrillic accents, and the Japanese voicing marks."""


def plain_text(text: str) -> str:
    """Normalise text for the rules: lower case, no accents, straight apostrophes, single spaces.

    Accents are removed because half of the French texts lost theirs on the way ("boite pleine").
    """
    text = _SPACE.sub(" ", text.translate(_APOSTROPHES)).strip().casefold()
    if text.isascii():
        return text
    return _COMBINING_MARKS.sub("", unicodedata.normalize("NFKD", text))


EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff]")
"""A sign of Chinese, Japanese or Korean, as `plain_text` leaves them: words without blanks."""


def any_of(*expressions: str) -> re.Pattern[str]:
    """Return an expression that finds any of these in a text that `plain_text` has normalised."""
    return re.compile("|".join(map(plain_text, expressions)))
