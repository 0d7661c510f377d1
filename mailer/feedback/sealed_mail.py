"""Makes a page of a foreign mail that can do nothing: no script, form, link, picture or style of it.

The frame and its policy would stop them too. Here they are not even there.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import nh3

from mailer.feedback.mail.message import open_mail
from mailer.feedback.mail.parts import parameters
from mailer.feedback.mail.text import decode_text

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

_MAX_CHARS = 300_000
_TAGS = set(
    "abbr b blockquote br caption center code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s"  # noqa: SIM905 - a list of names
    " small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_DROPPED_WHOLE = {"script", "style", "title", "template", "noscript", "object", "svg", "math"}
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="{policy}"><style>'
    "body{{margin:1rem;font:1rem/1.5 sans-serif;color:#000;background:#fff;overflow-wrap:anywhere}}"
    "pre{{white-space:pre-wrap;font:inherit}}</style></head><body>{content}</body></html>"
)


def sealed_mail(raw: bytes, *, policy: str) -> str:
    """Return the page of any bytes, as a mail; never raises. `policy` is what it says of itself."""
    mail = open_mail(raw)
    html = _html_of(mail)
    content = _cleaned(html) if html else f"<pre>{escape(mail.text[:_MAX_CHARS])}</pre>"
    return _PAGE.format(policy=policy, content=content)


def sealed_octets(raw: bytes, *, policy: str) -> str:
    """Return the page of a mail that cannot be read: its first octets as they came."""
    text = raw[:_MAX_CHARS].decode("utf-8", "replace")
    return _PAGE.format(policy=policy, content=f"<pre>{escape(text)}</pre>")


def _html_of(mail: Mail) -> str:
    """Return the HTML of the mail's own text, or "" if it has none."""
    for part in mail.split.parts:
        if part.media_type == "text/html" and not part.is_returned:
            charset = parameters(part.headers.get("content-type")).get("charset", "")
            return decode_text(part.octets, charset)[:_MAX_CHARS]
    return ""


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=set(),
        clean_content_tags=_DROPPED_WHOLE,
        link_rel=None,
    )
