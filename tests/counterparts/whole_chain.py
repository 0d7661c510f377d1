"""What a script does for each recipient: Jinja, MJML and premailer, with nothing set aside.

The counterpart of compiling once and filling: the page it makes is the page we must make.
"""

import html as entities

import html5lib
import lxml.html
import mjml as engine
from premailer import Premailer

from mailer.render.jinja.recipient_template import CONTROLS
from mailer.render.mjml import to_html as mjml
from mailer.render.whole_names import with_whole_names_in

# Strings that have broken programs before, chosen by the place that each would break.
HOSTILE = [
    "",
    " ",
    "Anne",
    "O’Brien",
    "O'Brien",
    'dit "Le Chat"',
    "Müller & Söhne <GmbH>",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table>",
    "</style><style>*{display:none}",
    "<!-- ",
    "-->",
    "--><!--",
    "]]>",
    "<![CDATA[x]]>",
    "<![endif]-->",
    "<!--[if mso]>x<![endif]-->",
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{# x #}",
    "${7*7}",
    "<%= 7*7 %>",
    "[[ x ]]",
    "%(name)s %s %d {0} {name}",
    "&lt;b&gt; &amp; &#60; &nbsp; &",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "../../etc/passwd",
    "a?b=c&d=e#f",
    "100 % sûr + 1 = 2",
    "a\u00a0b\u202fc\u2009d\u3000e",
    "\u200b\u200d\u2060\ufeff",
    "e\u0301 é ﬁ ß İ ı",
    "👩\u200d🔬👍🏽🇫🇷",
    "שלום עולם",
    "\u202eelor\u202c",
    "\u2066a\u2069",
    "مرحبا",
    "漢字かな交じり文",
    "zq0123456789ab-0000-qz",
    "<!--zq0123456789ab-0000-qz-->",
    "\x02recipient.name|text\x03",
    "\x0eif recipient.name\x0f",
    "*gras* _x_ `code` [a](b) ![c](d)",
    "# titre",
    "> citation\n- liste",
    "ligne\r\nBcc: x@evil",
    "a\tb",
    "\\ \\n \\u{202f} \\\\",
    "NULL",
    "-1",
    "1e309",
    "=?utf-8?b?w6k=?=",
    "=3D=\r\n.",
    "." * 80,
    "x" * 3000,
    "é" * 3000,
    "mot " * 700,
]
NAIVE = [value for value in HOSTILE if not CONTROLS.search(value)]


def clean(value):
    """What every filter does first: one line, no control characters."""
    return CONTROLS.sub("", " ".join(value.splitlines()).replace("\t", " "))


def finished(layout):
    """The HTML of an MJML document, its CSS inline."""
    layout, css = mjml.split_inline_styles(layout)
    layout = mjml.with_places_to_break(with_whole_names_in(layout))
    html = engine.mjml2html(mjml.normalise(layout), fonts={}, social_icon_origin="")
    return (
        Premailer(
            html.replace("<!doctype html>", "<!DOCTYPE html>").replace(
                "<style", '<style data-premailer="ignore"'
            ),
            css_text=css,
            strip_important=False,
            allow_network=False,
            disable_validation=True,
            disable_leftover_css=True,
            disable_basic_attributes=["width", "height"],
        )
        .transform(pretty_print=False)
        .replace(' data-premailer="ignore"', "")
        .replace("</wbr>", "")
    )


def tree(html, read):
    """Tags, attributes, texts and comments in order, with the words in comments decoded.

    The declarations of a style are sorted: premailer keeps a property where it was first said, and
    we where it was last said. So what a shorthand beside it may undo is left out of both.
    """
    root = read(html)
    found = []
    for node in root.iter():
        tag = node.tag if isinstance(node.tag, str) else "#comment"
        text = node.text or ""
        if tag == "#comment":
            text = entities.unescape(text)
        attributes = sorted(
            (name, declarations(value) if name == "style" else value)
            for name, value in node.attrib.items()
        )
        found.append((tag, attributes, " ".join(text.split()), " ".join((node.tail or "").split())))
    return found


def declarations(style):
    """The declarations of a style, without the longhands of a shorthand that it has too."""
    every = sorted(style.split("; "))
    names = {each.partition(":")[0] for each in every}
    return [
        each
        for each in every
        if not any(each.startswith(f"{name}-") for name in names & {"border", "padding", "margin"})
    ]


def by_lxml(html):
    return lxml.html.document_fromstring(html)


def by_html5lib(html):
    return html5lib.parse(html, namespaceHTMLElements=False)
