"""Moving rules into style attributes: who matches a rule, and which declaration comes last."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector

from mailer.render.inline import inline_css
from mailer.render.selectors import ParsedPage


@pytest.mark.parametrize(
    ("css", "style"),
    [
        # What premailer gets wrong: a shorthand after a side kept the place of its first mention.
        ("p {padding:8px 12px} p:last-child {padding-right:0} .a.b {padding:16px}", "padding:16px"),
        (
            "p {margin:0} .a {margin-top:4px} .a.b {margin:2px} p.a.b {margin-left:1px}",
            "margin:2px; margin-left:1px",
        ),
        ("p {border-bottom:1px solid red} .a {border:0}", "border:0"),
        ("p {border-radius:3px} .a {border:0}", "border-radius:3px; border:0"),
        ("p {color:red} .a {color:blue} p {color:green}", "color:blue"),
        (".b {color:red !important} p.a.b {color:blue}", "color:red !important"),
        ("div p {color:red} p div {color:blue} .b .a {color:green}", "color:red"),
    ],
)
def test_the_last_and_most_specific_declaration_wins(css, style):
    page = "<!doctype html><html><body><div><p class='a b'>x</p></div></body></html>"

    (found,) = lxml.html.fromstring(inline_css(page, css)).iter("p")

    assert found.get("style") == style


def test_what_the_element_says_itself_wins_over_every_rule():
    page = "<!doctype html><html><body><p style='padding-left: 3px'>x</p></body></html>"

    (found,) = lxml.html.fromstring(inline_css(page, "p { padding: 9px }")).iter("p")

    assert found.get("style") == "padding:9px; padding-left:3px"


def test_a_place_to_break_an_address_has_no_end_tag():
    page = "<!doctype html><html><body><a>anne@<wbr />quotidien<wbr />.example</a></body></html>"

    assert "<a>anne@<wbr>quotidien<wbr>.example</a>" in inline_css(page, "")


@pytest.mark.parametrize(
    "css",
    [
        "p { color: red }\n.a, .none { margin: 0 }\n.a p, p.b { margin: 4px }",
        ".none p { color: red } p { font-family: 'A } b', serif } .b { color: rgb(1, 2, 3) }",
        "P { color: red } .A { color: blue } p.a { margin: 0 }",
        "p { color: red } .a { color: blue !important } p.a.b { color: green; }",
        "p { color: red; { } .a { margin: 0 } } .b { margin: 1px }",
        "p { color: 'red } .a { margin: 0 }\n.b { margin: 1px }",
        "p { color: rgb(1, 2 } .a { margin: 0 } ) } .b { margin: 1px }",
        "/* p { color: red } */ .a { margin: 0 } <!-- .b { margin: 1px } -->",
        "p { } .a { nonsense } .b { margin: ; padding: 1px }",
    ],
)
def test_a_rule_says_the_same_alone_as_in_its_style_sheet(css):
    page = "<!doctype html><html><body><div class='c'><p class='a b'>x</p></div></body></html>"
    read_whole = f"{css}\n@media print {{ p {{ margin: 9px }} }}"

    assert inline_css(page, css) == inline_css(page, read_whole)


NAMES = st.sampled_from(["div", "p", ".a", ".b", ".c", "div.a", "p.b", ".a.c"])
DESCENDANTS = st.lists(NAMES, min_size=1, max_size=4).map(" ".join)
SELECTORS = (
    DESCENDANTS
    | DESCENDANTS.map("{}:first-child".format)
    | DESCENDANTS.map("{}:last-child".format)
    | st.sampled_from(["div > p", "div > .a:first-child", "p + p", ":first-child", "*:last-child"])
)
ELEMENTS = st.recursive(
    st.just(""),
    lambda inside: st.lists(
        st.tuples(st.sampled_from(["div", "span"]), st.sets(st.sampled_from("abc")), inside),
        max_size=3,
    ).map(
        lambda them: "".join(f'<{tag} class="{" ".join(own)}">{x}</{tag}>' for tag, own, x in them)
    ),
    max_leaves=12,
)


@given(html=ELEMENTS, selector=SELECTORS)
def test_the_index_finds_what_a_search_of_the_page_finds(html, selector):
    root = lxml.html.fromstring(
        f"<html><body><div>{html}<p class='a'>x</p><!-- z --></div></body></html>"
    )

    assert list(ParsedPage(root).matching(selector)) == CSSSelector(selector)(root)
