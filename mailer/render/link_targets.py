"""Reads the targets of links as their authors meant them: with a scheme, in a form that opens.

Mail programs open absolute addresses only: `www.institut.example` without its scheme is dead in
every one of them. A missing scheme is added; anything else that does not open is for a person.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from mailer.telephones import dialled

_FILE_SUFFIXES = (
    "pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|md|toml|jpe?g|png|gif|svg|webp|heic|tiff?|bmp|"
    "zip|rar|7z|mp[34]|mov|avi|wav|ics|vcf|eml|msg|html?|php|aspx?"
)
_LABEL = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?)"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*\.(?!(?:{_FILE_SUFFIXES})(?![\w-]))(?:xn--[\w-]+|[^\W\d_]{{2,}})"
_BARE_HOST = re.compile(rf"(?i)(?://)?{_HOST}\.?(?::\d{{1,5}})?(?:[/?#].*)?")
_MAIL_ADDRESS = re.compile(rf"(?i)[\w.+%'’-]+@{_HOST}(?:,[\w.+%'’-]+@{_HOST})*(?:\?.*)?")
_PHONE = re.compile(r"\+?[\d(][\d\s.()/-]{5,}\d")
_WEB = re.compile(
    r"(?i)https?://(?:[^\s/?#@]*@)?(?P<host>[\w.\ue000-]+|\[[\da-f:.]+\])(?::\d*)?(?:[/?#].*)?"
)
_MAILTO = re.compile(rf"(?i)mailto:(?:{_MAIL_ADDRESS.pattern.removeprefix('(?i)')}|\?.*)")
_TEL = re.compile(r"(?i)tel:\+?[\d().-]*\d[\d().;=\w-]*")
_BAD_SCHEME = re.compile(r"(?i)(?P<scheme>h{0,2}[tp]{2,5}s{0,2}|htt?s)\s*[:;.]?\s*[/\\]+\s*")
_MISLEADING = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")
"""What is not seen, or turns the letters round."""
_SENTINEL = re.compile(r"zq[0-9a-f]{12}-\d{4,}-qz|\ue000")
_FIELD = re.compile(r"(?i)&(?=(?:amp;)?(?:subject|body|cc|bcc|to|in-reply-to)=)(?:amp;)?")


@lru_cache(maxsize=1024)  # several checks look at the same links, at every save
def completed(target: str) -> str:
    """Return the target with its scheme; unchanged when none can be added without a doubt.

    Values for a reader and template expressions, which checks blank out, may be parts of it.
    """
    plain = target.strip()
    decoded = unquote(plain)
    if re.match(r"(?i)mailto:", plain):
        return _with_fields(plain)
    if re.match(r"(?i)tel:", plain):
        return re.sub(r"(?:%20|%C2%A0|\s)+", "", plain, flags=re.IGNORECASE)
    if _MAIL_ADDRESS.fullmatch(decoded):
        return _with_fields(f"mailto:{plain}")
    if _BARE_HOST.fullmatch(decoded):
        return f"https://{plain.removeprefix('//')}"
    if _PHONE.fullmatch(decoded):
        return f"tel:{dialled(decoded, time_zone='')}"
    return plain


def opens(target: str) -> bool:
    """Return whether mail programs open a completed target. One that is a reader's value does."""
    if _SENTINEL.match(target):
        return True
    decoded = unquote(target)
    # A browser takes a backslash for a slash, and goes to another host than one reads.
    if _MISLEADING.search(decoded) or "\\" in target:
        return False
    if web := _WEB.fullmatch(decoded):
        host = web["host"]
        return bool(
            _SENTINEL.search(host) or "." in host or ":" in host or host == "localhost"
        ) and (not re.match(r"(?i)https?$|www$", host) and ".." not in host)
    return bool(
        _MAILTO.fullmatch(decoded) or _TEL.fullmatch(decoded) or _SENTINEL.search(decoded[:60])
    )


def correction(target: str) -> str:
    """Return what was probably meant by a target that does not open; empty when nobody can say."""
    for corrected in (_without_invisible, _as_mail_address, _with_right_scheme):
        found = completed(corrected(unquote(target)))
        if found != target and opens(found):
            return found
    return ""


def readable(address: str) -> str:
    """Return an address for the eye: a host in punycode in its own letters."""
    return re.sub(r"(?i)(?<![\w-])xn--[a-z0-9-]+", _decoded_label, address)


def _decoded_label(found: re.Match[str]) -> str:
    try:
        label = found[0][4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return found[0]
    return label if label.isprintable() and label.islower() and _is_one_script(label) else found[0]


def _is_one_script(label: str) -> bool:
    """Return whether a label is in Latin letters, so that it cannot imitate another one."""
    return all(ord(letter) < 0x250 for letter in label)


def _with_fields(target: str) -> str:
    """Return a `mailto:` whose fields keep their `&`, `#` and `?`, which end a field otherwise."""
    address, mark, fields = target.partition("?")
    if not mark:
        return address
    parts = [_encoded_field(part) for part in _FIELD.split(fields)]
    return f"{address}?{'&'.join(parts)}"


def _encoded_field(part: str) -> str:
    name, sign, words = part.partition("=")
    if not sign:
        return part
    return f"{name}={quote(unquote(words), safe=_SAFE_IN_FIELDS)}"


_SAFE_IN_FIELDS = "!$'()*,-./:;@_~\ue000"


def _without_invisible(target: str) -> str:
    return _MISLEADING.sub("", target)


def _with_right_scheme(target: str) -> str:
    """Return `https://…` for `https:/…`, `http//…`, `htpps://…` or `https://https://…`."""
    text = rest = re.sub(r"\s+", "", target)
    while found := _BAD_SCHEME.match(rest):
        rest = rest[found.end() :]
    rest = re.sub(r"(?i)^https?:(?=\w)", "", rest)
    rest = re.sub(r"(?i)^www[,;:]", "www.", rest)
    return f"https://{rest}" if rest != text else target


def _as_mail_address(target: str) -> str:
    text = re.sub(r"(?i)^mail(?: ?to)?\s*[:;]?\s*/*", "", re.sub(r"\s+", "", target))
    return f"mailto:{text}"
