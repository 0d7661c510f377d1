"""Each value is escaped for the place where it lands; where nothing is safe it is refused."""

import sys
from dataclasses import replace

import pytest

from mailer.errors import ContentError
from mailer.render.jinja.recipient_template import CONTROLS, ESCAPE_BY_CONTEXT
from mailer.render.personalise import fill

BODY = """\
<mjml lang="fr" dir="ltr"><mj-head><mj-title>{{ subject }}</mj-title>
<mj-attributes><mj-all font-family="Arial" /></mj-attributes>%s</mj-head>
<mj-body>%s</mj-body></mjml>"""


def section(text):
    return f"<mj-section><mj-column>{text}</mj-column></mj-section>"


@pytest.fixture
def page(press):
    def compiled(body, head=""):
        template = replace(
            press.template(),
            files={"press/body.mjml.j2": BODY % (head, body), "press/body.txt.j2": "{{ lead }}"},
        )
        return press.compiled(template=template).html

    return compiled


EVIL = "\"'><b>-->&"


@pytest.mark.parametrize(
    ("markup", "meant"),
    [
        ("<mj-text>{{ recipient.name }}</mj-text>", "\"'&gt;&lt;b&gt;--&gt;&amp;<"),
        (
            '<mj-image src="https://a.example/x.png" alt="{{ recipient.name }}" />',
            'alt="&#34;&#39;&gt;&lt;b&gt;--&gt;&amp;"',
        ),
        (
            '<mj-text><a href="https://a.example/?n={{ recipient.name }}">x</a></mj-text>',
            'href="https://a.example/?n=%22%27%3E%3Cb%3E--%3E%26"',
        ),
        ('<mj-text><a href="{{ recipient.name }}">x</a></mj-text>', 'href=""'),
    ],
)
def test_a_value_is_escaped_for_its_place(press, page, markup, meant):
    html = fill(page(section(markup)), press.fields(name=EVIL))

    assert meant in html


def test_a_whole_address_keeps_its_own_percent_signs(press, page):
    pieces = page(section('<mj-text><a href="{{ recipient.unsubscribe_url }}">x</a></mj-text>'))

    html = fill(pieces, press.fields(unsubscribe_url="https://a.example/u?t=a%20b&c=1"))

    assert 'href="https://a.example/u?t=a%20b&amp;c=1"' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "x"])
def test_an_address_that_could_run_something_is_left_out(press, page, url):
    pieces = page(section('<mj-text><a href="{{ recipient.unsubscribe_url }}">x</a></mj-text>'))

    assert 'href=""' in fill(pieces, press.fields(unsubscribe_url=url))


@pytest.mark.parametrize(
    "markup",
    [
        '<mj-text><p style="color:{{ recipient.name }}">x</p></mj-text>',
        '<mj-text><a href="{{ recipient.name }}/x">x</a></mj-text>',
        '<mj-text><a href="https://{{ recipient.name }}.example/">x</a></mj-text>',
        '<mj-text><p onclick="{{ recipient.name }}">x</p></mj-text>',
        '<mj-text><p {{ recipient.name }}="x">x</p></mj-text>',
        '<mj-image alt="" src="https://a.example/x.png" width="{{ recipient.name }}" />',
    ],
)
def test_a_place_where_nothing_is_safe_is_refused_with_its_line(page, markup):
    with pytest.raises(ContentError) as caught:
        page(section(markup))

    assert "templates/press/body.mjml.j2:3" in str(caught.value)


def test_a_style_sheet_takes_no_values(page):
    with pytest.raises(ContentError):
        page(section(""), "<mj-style>.a { color: {{ recipient.name }} }</mj-style>")


def test_a_value_in_a_comment_for_outlook_cannot_end_it(press, page):
    body = section("<mj-text>x<!--[if mso]><b>{{ recipient.name }}</b><![endif]--></mj-text>")

    html = fill(page(body), press.fields(name="--> <img src=x>"))

    assert "<b>&#45;&#45;&gt; &lt;img src=x&gt;</b>" in html


def test_a_condition_may_hold_whole_sections(press, page):
    body = section("<mj-text>A</mj-text>")
    body += "{% if recipient.name %}" + section("<mj-text>{{ recipient.name }}</mj-text>")
    body += "{% endif %}" + section("<mj-text>Z</mj-text>")
    pieces = page(body)

    named = fill(pieces, press.fields(name="Anne"))
    unnamed = fill(pieces, press.fields(name=""))

    assert ">Anne<" in named
    assert "Anne" not in unnamed
    for html in (named, unnamed):
        assert html.count("<!--[if") == html.count("<![endif]")
        assert html.count("<table") == html.count("</table>")


def test_braces_in_a_text_are_never_executed(press, page):
    body = "{% if recipient.name %}" + section("<mj-text>{{ '{{ 7 * 7 }}' }}</mj-text>")

    html = fill(page(body + "{% endif %}"), press.fields())

    assert "{{ 7 * 7 }}" in html


def test_a_condition_torn_by_the_layout_is_refused(page):
    with pytest.raises(ContentError):
        page(
            section(
                "<mj-text>{% if recipient.name %}</mj-text><mj-text>{% endif %}</mj-text>{% if recipient.name %}"
            )
        )


def test_every_escape_gives_one_line_without_controls():
    for escape in ESCAPE_BY_CONTEXT.values():
        assert not set(escape("a\x00b\r\nc\u2028d\x1be\x9f")) & set("\x00\r\n\u2028\x1b\x9f")


def test_what_counts_as_printable_holds_nothing_to_remove():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    printable = "".join(filter(str.isprintable, every))

    assert not CONTROLS.search(printable)
    assert len(printable.splitlines()) == 1
    assert "\t" not in printable
