"""The engine's known faults, each with what our pass makes of it (mrml 6.0.1).

When an upgrade mends one of them, `test_the_engine_still_has_the_faults…` says so.
"""

import re

import lxml.html
import mjml as engine
import pytest

from mailer.errors import ContentError, Place
from mailer.render import inline
from mailer.render.mjml import to_html as mjml

HERE = Place("body.mjml.j2")


def page(body, head=""):
    return f'<mjml lang="fr" dir="ltr"><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>'


def column(content, head=""):
    return page(f"<mj-section><mj-column>{content}</mj-column></mj-section>", head)


def html_of(document):
    return mjml.to_html(document, place=HERE)[0]


def raw(document):
    return engine.mjml2html(document, fonts={}, social_icon_origin="")


def refused(document):
    with pytest.raises(ContentError) as caught:
        mjml.to_html(document, place=HERE)
    return str(caught.value)


# A: attribute values are printed by a debug formatter.


@pytest.mark.parametrize(
    "value",
    [
        "a\u00a0b",
        "a\u202f?",
        "a\\b",
        "e\u0301",
        "👩\u200d🔬",
        "a\u00adb",
        "a\u2009b",
        "\ufeffa",
        "say &#34;x&#34;",
        "a\nb",
        "a\tb",
    ],
)
def test_attribute_values_come_through_unharmed(value):
    document = column(f'<mj-image alt="{value}" src="x" />')

    (image,) = lxml.html.fromstring(inline.inline_css(html_of(document), "")).iter("img")

    assert image.get("alt") == value.replace("&#34;", '"')


def test_a_value_between_single_quotes_keeps_its_double_ones():
    html = html_of(column("""<mj-image alt='dit "oui"' src="x" />"""))

    (image,) = lxml.html.fromstring(html).iter("img")
    assert image.get("alt") == 'dit "oui"'


def test_a_title_keeps_its_narrow_spaces_where_it_is_repeated_for_screen_readers():
    title = 'Vraiment\u202f? "Oui"'
    html = html_of(column("<mj-text>x</mj-text>", f"<mj-title>{title}</mj-title>"))

    root = lxml.html.fromstring(html)
    assert root.findtext(".//title") == title
    assert {it.get("aria-label") for it in root.iter() if it.get("aria-label")} == {title}


# B: included sections lose the width of the body.


def test_mj_include_is_refused():
    assert "mj-include" in refused(page('<mj-include path="/etc/hosts" />'))


# C: whatever stands directly in a wrapper is printed inside a comment for Outlook.


def test_a_stray_comment_in_a_wrapper_does_not_break_the_page():
    inner = "<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>"

    html = html_of(page(f"<mj-wrapper><!-- note -->{inner}</mj-wrapper>"))

    assert "note" not in html
    assert html.count("<!--[if") == html.count("<![endif]")


@pytest.mark.parametrize("stray", ["words", "zq0123456789ab-0000-qz"])
def test_what_would_vanish_in_a_wrapper_is_refused(stray):
    section = "<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>"

    assert "mj-wrapper" in refused(page(f"<mj-wrapper>{stray}{section}</mj-wrapper>"))


def test_raw_html_in_a_wrapper_is_seen_by_every_program():
    section = "<mj-section><mj-column><mj-raw><p>in</p></mj-raw></mj-column></mj-section>"
    raws = ("<mj-raw><p>before</p></mj-raw>", "<mj-raw><p>after</p></mj-raw>")

    html = html_of(page(f"<mj-wrapper>{raws[0]}{section}{raws[1]}</mj-wrapper>"))

    seen = re.sub(r"<!--\[if.*?<!\[endif\]-->", "", html, flags=re.DOTALL)
    assert re.findall(r"<p>(\w+)</p>", seen) == ["before", "in", "after"]
    assert html.count("<!--[if") == html.count("<![endif]")


def test_a_second_body_is_refused():
    section = "<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>"
    two = page(section).replace("</mj-body>", f"</mj-body><mj-body>{section}</mj-body>")

    assert "second <mj-body>" in refused(two)


# D: deep nesting ends the process.


def test_a_hundred_levels_are_enough_and_more_are_refused():
    fine = column("<mj-text>" + "<b>" * 90 + "x" + "</b>" * 90 + "</mj-text>")
    deep = column("<mj-text>" + "<b>" * 10_000 + "x" + "</b>" * 10_000 + "</mj-text>")

    assert html_of(fine).count("<b>") == 90
    assert "nested" in refused(deep)


def test_a_document_nobody_could_read_is_refused():
    assert "characters" in refused(column(f"<mj-text>{'x' * 2_000_000}</mj-text>"))


# E: what the strict parser does not take is said with its place, before it stumbles.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<mj-text>1 < 2</mj-text>", "begins no tag"),
        ("<mj-text><![CDATA[x]]></mj-text>", "begins no tag"),
        ("<mj-text><p>x</mj-text>", "does not close <p>"),
        ("<mj-text><ul><li>x</ul></mj-text>", "does not close <li>"),
        ("<mj-text><script>x</script></mj-text>", "no scripts"),
        ("<mj-text padding=3px>x</mj-text>", "no quotes"),
        ("<mj-text><a href=x>x</a></mj-text>", "no quotes"),
        ('<mj-text color="red" color="blue">x</mj-text>', "twice"),
    ],
)
def test_what_the_parser_would_stumble_over_is_named(content, said):
    assert said in refused(column(content))


def test_a_style_sheet_with_an_angle_is_named():
    assert "begins no tag" in refused(column("", '<mj-style>a { content: "<" }</mj-style>'))


@pytest.mark.parametrize("before", ["<!doctype html>", '<?xml version="1.0"?>'])
def test_a_declaration_before_the_document_is_refused(before):
    with pytest.raises(ContentError):
        mjml.to_html(before + column("<mj-text>x</mj-text>"), place=HERE)


def test_void_tags_and_lonely_ampersands_are_fine():
    html = html_of(column("<mj-text>a<br>b & c<br/>d</mj-text>"))

    assert lxml.html.fromstring(html).text_content().strip().endswith("ab & cd")


# F: what it accepts in silence.


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (column("<MJ-TEXT>x</MJ-TEXT>"), "small letters"),
        (column("words"), "directly in <mj-column>"),
        (page("<mj-section><mj-column></mj-section></mj-column>"), "does not close"),
        ('<mjml lang="fr" dir="ltr"></mjml>', "no mj-body"),
        (page('<mj-section><mj-column width="-5px"></mj-column></mj-section>'), "-5px"),
        ("<mjml><mj-body></mj-body></mjml>", "lang"),
        (column('<mj-image src="x" />'), "alt"),
        (page('<mj-section gutter="9px"></mj-section>'), "gutter"),
        (page('<mj-wrapper gap="9px"></mj-wrapper>'), "gap"),
        (page('<mj-hero mode="fluid-height"></mj-hero>'), "mode"),
        (column("", "<mj-html-attributes></mj-html-attributes>"), "mj-html-attributes"),
        (column("", '<mj-font name="x" href="https://x.example/x.css" />'), "mj-font"),
    ],
)
def test_what_would_be_printed_wrong_in_silence_is_refused(document, said):
    assert said in refused(document)


def test_short_colours_are_written_out_for_old_outlook():
    html = html_of(page('<mj-section background-color="#eee"><mj-column></mj-column></mj-section>'))

    assert "#eeeeee" in html
    assert not re.search(r"#eee\b", html)


def test_marks_of_places_are_never_printed():
    document = column(
        '<mj-text zq-at="1">x</mj-text><mj-raw zq-at="2"><p>x</p></mj-raw>',
        '<mj-title zq-at="3">x</mj-title><mj-attributes zq-at="4"><mj-all zq-at="5" '
        'font-family="Arial" /><mj-class zq-at="6" name="a" color="red" /></mj-attributes>',
    )

    assert "zq-at" not in html_of(document)


def test_what_the_engine_itself_refuses_is_placed_at_the_nearest_tag():
    places = {"1": Place("templates/press/body.mjml.j2", 12, 5)}
    document = column('<mj-carousel zq-at="1"><!--[if mso]>é<![endif]--></mj-carousel>')

    with pytest.raises(ContentError) as caught:
        mjml.to_html(document, place=HERE, places=places)

    assert str(caught.value).startswith("templates/press/body.mjml.j2:12:5: ")


def test_the_engine_still_has_the_faults_we_step_round():
    """An upgrade that mends one of these lets us take a rule away."""
    narrow = raw(column('<mj-image alt="a\u202f?" src="x" />'))
    wrapped = raw(page("<mj-wrapper>words</mj-wrapper>"))
    negative = raw(page('<mj-section><mj-column width="-5px"></mj-column></mj-section>'))
    mismatched = raw(page("<mj-section><mj-column></mj-section></mj-column>"))

    assert "\\u{202f}" in narrow
    assert re.search(r"<!--\[if mso[^>]*>(?:(?!endif).)*words", wrapped, re.DOTALL)
    assert "px--5" in negative
    assert "<body" in mismatched
    assert " alt=" not in raw(column('<mj-image src="x" />'))
    for strict in ("1 < 2", "<p>x", "<![CDATA[x]]>"):
        with pytest.raises(ValueError, match="root template"):
            raw(column(f"<mj-text>{strict}</mj-text>"))


@pytest.mark.parametrize(
    ("selector", "finds"),
    [
        ("p", "a"),
        (".one", "a"),
        (".one.two", "a"),
        ("p.one", "a"),
        (".three > .four", "c"),
        ("DIV.three b", ""),
        ("div.three b", "c"),
        (".five", "d"),
        (".six", "e"),
        ("i:first-child", "de"),
        ("[id=e]", "e"),
        (".three, .none", "b"),
        (".none", ""),
        ("table .one", ""),
        ("p .one", ""),
    ],
)
def test_a_rule_is_put_wherever_it_holds_however_the_tag_is_written(selector, finds):
    page = (
        "<!doctype html><html><head></head><body><p id='a' class=\"one two\">x</p>"
        "<DIV id=b class='three'><b id=c CLASS = four>x</b></DIV>"
        "<div><i id=d class=five>x</i></div><div><i id=e class='\nsix '>x</i></div></body></html>"
    )

    root = lxml.html.fromstring(inline.inline_css(page, f"{selector} {{ color: red }}"))

    assert "".join(it.get("id") for it in root.iter() if it.get("style")) == finds
