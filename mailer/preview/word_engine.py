"""Shows the structure of a mail in classic Outlook, which lays out HTML with Word's engine.

Conditional comments are resolved as Outlook does, and the CSS is taken out that Outlook does not
support, by the table of caniemail. A browser cannot show more: it neither draws as Word does nor
knows VML.
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
_MSO_VERSION = 16
"""Outlook 2016 and later say `mso 16`."""
_REVEALED = re.compile(
    r"<!--\[if\s([^\]]*)\]>\s*(?:<!-->|-->)(.*?)<!--\s*<!\[endif\]-->", re.DOTALL | re.IGNORECASE
)
"""A conditional comment whose content every other client shows ("downlevel-revealed")."""
_HIDDEN = re.compile(r"<!--\[if\s([^\]]*)\]>(.*?)<!\[endif\]-->", re.DOTALL | re.IGNORECASE)
"""A conditional comment that is a plain comment to every other client ("downlevel-hidden")."""
_TERM = re.compile(r"\s*(!?)\s*(?:(gte|gt|lte|lt)\s+)?([a-z]+)\s*([\d.]*)\s*", re.IGNORECASE)
_SETTINGS = re.compile(r"<xml\b.*?</xml>", re.DOTALL | re.IGNORECASE)
"""Settings for Word, which a browser would show as text."""
_STYLE_ATTRIBUTE = re.compile(r"""(\sstyle\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_STYLE_ELEMENT = re.compile(r"(<style\b[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)


def as_word_reads(html: str) -> str:
    """Return the HTML as Word reads it: with the parts for Outlook, without unsupported CSS."""
    html = _SETTINGS.sub("", _for_word(html))
    html = _STYLE_ELEMENT.sub(lambda it: f"{it[1]}{_known_rules(it[2])}{it[3]}", html)
    return _STYLE_ATTRIBUTE.sub(lambda it: f"{it[1]}{_quoted(it)}", html)


def dropped_styles(html: str) -> tuple[str, ...]:
    """Return the CSS declarations of a mail's style attributes that Word does not support.

    Each comes once, in the order of the mail.
    """
    found = (
        declaration
        for attribute in _STYLE_ATTRIBUTE.finditer(_for_word(html))
        for declaration in _declarations(attribute[2] or attribute[3] or "")
        if not _is_known(declaration)
    )
    return tuple(dict.fromkeys(found))


def _for_word(html: str) -> str:
    """Return the HTML with its conditional comments resolved."""
    return _HIDDEN.sub(_chosen, _REVEALED.sub(_chosen, html))


def _chosen(found: re.Match[str]) -> str:
    return found[2] if is_for_word(found[1]) else ""


def is_for_word(condition: str) -> bool:
    """Return whether a condition such as `mso | IE` or `(gte mso 9)&(!IE)` is true in Outlook."""
    plain = condition.replace("(", " ").replace(")", " ")
    return any(all(map(_is_true, one.split("&"))) for one in plain.split("|"))


def _is_true(term: str) -> bool:
    found = _TERM.fullmatch(term)
    if found is None or found[3].lower() not in {"mso", "true"}:
        return bool(found and found[1])  # `IE` and `vml` are false here, `!IE` is true
    version = float(found[4] or _MSO_VERSION)
    is_met = {
        "gte": version <= _MSO_VERSION,
        "gt": version < _MSO_VERSION,
        "lte": version >= _MSO_VERSION,
        "lt": version > _MSO_VERSION,
    }.get((found[2] or "").lower(), version == _MSO_VERSION)
    return is_met != bool(found[1])


def _quoted(found: re.Match[str]) -> str:
    """Return the value of a style attribute in its quotation marks, with the known declarations."""
    quote = '"' if found[2] is not None else "'"
    kept = [each for each in _declarations(found[2] or found[3] or "") if _is_known(each)]
    return f"{quote}{'; '.join(kept)}{quote}"


def _declarations(css: str) -> Iterator[str]:
    """Yield the declarations of a style; a `;` in quotation marks or brackets ends none."""
    for part in re.findall(r"""(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\))+""", css):
        if part.strip():
            yield " ".join(part.split())


def _is_known(declaration: str) -> bool:
    """Return whether Word supports a declaration; one that the table does not name counts as so."""
    features = support_table().features
    return all(
        features[slug].by(_CLIENT).level is not SupportLevel.NO
        for slug in features_of_style(declaration)
        if slug in features
    )


def _known_rules(css: str) -> str:
    """Return a style sheet without its at-rules, which Word ignores, and unknown declarations."""
    kept = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            body = tinycss2.serialize(rule.content)
            known = "; ".join(each for each in _declarations(body) if _is_known(each))
            kept.append(f"{tinycss2.serialize(rule.prelude).strip()} {{ {known} }}")
    return "\n".join(kept)
