"""The structure that classic Outlook's engine, which is Word's, makes of a mail.

Its conditional comments are resolved and the CSS taken out that caniemail's table says it does not
know. Structure only: Word's own way of drawing, and VML, are in no browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2

from mailer.compatibility.features import features_of_style
from mailer.compatibility.support import SupportLevel, support_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLIENT = "outlook.windows"
_OUTLOOK = 16
"""Outlook 2016 and later say `mso 16`."""
_REVEALED = re.compile(
    r"<!--\[if\s([^\]]*)\]>\s*(?:<!-->|-->)(.*?)<!--\s*<!\[endif\]-->", re.DOTALL | re.IGNORECASE
)
_HIDDEN = re.compile(r"<!--\[if\s([^\]]*)\]>(.*?)<!\[endif\]-->", re.DOTALL | re.IGNORECASE)
_TERM = re.compile(r"\s*(!?)\s*(?:(gte|gt|lte|lt)\s+)?([a-z]+)\s*([\d.]*)\s*", re.IGNORECASE)
_SETTINGS = re.compile(r"<xml\b.*?</xml>", re.DOTALL | re.IGNORECASE)
"""Settings for Word that a browser would show as words."""
_STYLE_ATTRIBUTE = re.compile(r"""(\sstyle\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_STYLE_ELEMENT = re.compile(r"(<style\b[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)


def as_word_reads(html: str) -> str:
    """Return the HTML with what is for Word alone, and without what Word passes over."""
    html = _SETTINGS.sub("", _for_word(html))
    html = _STYLE_ELEMENT.sub(lambda it: f"{it[1]}{_known_rules(it[2])}{it[3]}", html)
    return _STYLE_ATTRIBUTE.sub(lambda it: f"{it[1]}{_quoted(it)}", html)


def dropped_styles(html: str) -> tuple[str, ...]:
    """Return the declarations of a mail that Word does not know, each once, in their order."""
    found = (
        declaration
        for it in _STYLE_ATTRIBUTE.finditer(_for_word(html))
        for declaration in _declarations(it[2] or it[3] or "")
        if not _is_known(declaration)
    )
    return tuple(dict.fromkeys(found))


def _for_word(html: str) -> str:
    return _HIDDEN.sub(_chosen, _REVEALED.sub(_chosen, html))


def _chosen(found: re.Match[str]) -> str:
    return found[2] if is_for_word(found[1]) else ""


def is_for_word(condition: str) -> bool:
    """Return whether Outlook takes a condition, such as `mso | IE` or `(gte mso 9)&(!IE)`, as true."""
    plain = condition.replace("(", " ").replace(")", " ")
    return any(all(map(_is_true, one.split("&"))) for one in plain.split("|"))


def _is_true(term: str) -> bool:
    found = _TERM.fullmatch(term)
    if found is None or found[3].lower() not in {"mso", "true"}:
        return bool(found and found[1])  # it is no Internet Explorer, and no `vml` of its own
    version = float(found[4] or _OUTLOOK)
    held = {
        "gte": version <= _OUTLOOK,
        "gt": version < _OUTLOOK,
        "lte": version >= _OUTLOOK,
        "lt": version > _OUTLOOK,
    }.get((found[2] or "").lower(), version == _OUTLOOK)
    return held != bool(found[1])


def _quoted(found: re.Match[str]) -> str:
    quote = '"' if found[2] is not None else "'"
    kept = [each for each in _declarations(found[2] or found[3] or "") if _is_known(each)]
    return f"{quote}{'; '.join(kept)}{quote}"


def _declarations(css: str) -> Iterator[str]:
    """Yield the declarations of a style. Those inside of quotation marks or brackets stay whole."""
    for part in re.findall(r"""(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\))+""", css):
        if part.strip():
            yield " ".join(part.split())


def _is_known(declaration: str) -> bool:
    features = support_table().features
    return all(
        features[slug].by(_CLIENT).level is not SupportLevel.NO
        for slug in features_of_style(declaration)
        if slug in features
    )


def _known_rules(css: str) -> str:
    """Return a style sheet without at-rules, which Word passes over, and unknown declarations."""
    kept = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            body = tinycss2.serialize(rule.content)
            known = "; ".join(each for each in _declarations(body) if _is_known(each))
            kept.append(f"{tinycss2.serialize(rule.prelude).strip()} {{ {known} }}")
    return "\n".join(kept)
