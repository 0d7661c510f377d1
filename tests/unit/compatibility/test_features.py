"""Which features of caniemail's table a page uses, and what the programs make of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.compatibility import traits
from mailer.compatibility.clients import CLIENTS, clients_of, shares
from mailer.compatibility.features import FEATURES, features_of
from mailer.compatibility.gaps import Loss, gaps
from mailer.compatibility.support import SupportLevel, support_table

IN_NO_PAGE = {"bimi"}


def test_every_feature_of_the_table_is_recognised():
    table = support_table()

    assert FEATURES.keys() == table.features.keys() - IN_NO_PAGE
    assert CLIENTS.keys() <= table.clients.keys()


def of_value(value, *, name="order"):
    """What a style attribute with this value has; nobody's table knows the property `order`."""
    return set(features_of(f'<b style="{name}: {value}">')) - {f"css-{name}"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1px", {"css-unit-px"}),
        ("-.5REM", {"css-unit-rem"}),
        ("50%", {"css-unit-percent"}),
        ("calc(1vw + 2em)", {"css-unit-calc", "css-unit-vw", "css-unit-em"}),
        ("min(1ch, 2ex)", {"css-function-min", "css-unit-ch", "css-unit-ex"}),
        ("clamp(1cm, 2mm, 3in)", {"css-function-clamp", *(f"css-unit-{x}" for x in ["cm", "mm", "in"])}),
        ("rgb(0 0 0 / 50%)", {"css-rgb", "css-unit-percent"}),
        ("rgba(0, 0, 0, .5)", {"css-rgba"}),
        ("oklch(0.5 0.1 20)", {"css-modern-color"}),
        ("light-dark(#fff, #000)", {"css-function-light-dark"}),
        ("var(--ink)", {"css-variables"}),
        ("initial", {"css-unit-initial"}),
        ("-webkit-fit-content", {"css-intrinsic-size"}),
        ("system-ui, serif", {"css-sytem-ui"}),
        ("1 !important", {"css-important"}),
        ("-webkit-linear-gradient(red, blue)", {"css-linear-gradient"}),
        ("url('a.webp?v=2')", {"image-webp"}),
        ("url(https://x.example/a.JPG#top)", {"image-jpg"}),
        ("url(data:image/svg+xml;base64,AAAA)", {"image-svg", "image-base64"}),
        ("1 /* why */", {"css-comments"}),
        ("'1px calc()'", set()),
    ],
)  # fmt: skip
def test_a_value_of_css(value, expected):
    assert of_value(value) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("display: inline-flex", {"css-display", "css-display-flex"}),
        ("DISPLAY:NONE", {"css-display", "css-display-none"}),
        ("display: grid", {"css-display", "css-display-grid"}),
        ("flex-flow: column wrap", {"css-flex-direction", "css-flex-wrap"}),
        ("flex-direction: row", set()),
        (
            "background-image: linear-gradient(#fff, #000); background-color: #fff",
            {"css-background-image", "css-linear-gradient", "css-background-color"},
        ),
        (
            "background-image: linear-gradient(#fff, #FFF); background-color: #fff",
            {"css-background-color"},
        ),
        (
            "background-image: linear-gradient(#fff, #fff)",
            {"css-background-image", "css-linear-gradient"},
        ),
        ("border-top-color: red", {"css-border"}),
        ("border-top-left-radius: 0", {"css-border-radius"}),
        ("border-start-end-radius: 0", {"css-border-radius-logical"}),
        ("border-inline: 0", {"css-border-inline-block"}),
        ("border-inline-start: 0", {"css-border-inline-block-individual"}),
        ("border-block-end-width: 0", {"css-border-inline-block-longhand"}),
        ("margin-left: 0", {"css-margin"}),
        ("margin-inline: 0", {"css-margin-inline-block"}),
        ("padding-block-start: 0", {"css-padding-block-start-end"}),
        ("column-gap: 0", {"css-gap", "css-column-layout-properties"}),
        ("inset-inline: 0", {"css-inset"}),
        ("top: 0", {"css-left-right-top-bottom"}),
        ("-webkit-user-select: none", {"css-user-select"}),
        ("mso-line-height-rule: exactly", set()),
        ("--ink: #000", {"css-variables"}),
        ("color: red", set()),
    ],
)
def test_a_property_of_css(style, expected):
    assert set(features_of(f'<b style="{style}">')) == expected


def of_selector(selector):
    rule = f"<style>{selector} {{ order: 0 }}</style>"
    return {it.removeprefix("css-selector-") for it in features_of(rule)} - {"html-style"}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("p", {"type"}),
        (".a", {"class"}),
        ("p.a", {"type", "class"}),
        (".a.b", {"class", "chaining"}),
        ("#a[href]", {"id", "attribute", "chaining"}),
        (".a .b", {"class", "descendant"}),
        ("p > b", {"type", "child"}),
        ("p>b+i ~ u", {"type", "child", "adjacent-sibling", "general-sibling"}),
        ("p , b", {"type", "grouping"}),
        ("*", {"universal"}),
        ("p:hover", {"type", "css-pseudo-class-hover"}),
        ("p :hover", {"type", "descendant", "css-pseudo-class-hover"}),
        ("p:before", {"type", "css-pseudo-element-before"}),
        ("p::-webkit-input-placeholder", {"type", "css-pseudo-element-placeholder"}),
        ("p:nth-child(2n + 1)", {"type", "css-pseudo-class-nth-child"}),
        ("p:not(.a > b)", {"type", "css-pseudo-class-not", "class", "child"}),
        ("p:has(+ b)", {"type", "css-pseudo-class-has", "adjacent-sibling"}),
        ("p:lang(fr)", {"type", "css-pseudo-class-lang"}),
    ],
)
def test_a_selector_of_css(selector, expected):
    assert of_selector(selector) == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@media print { }", {"css-at-media"}),
        (
            "@media (prefers-color-scheme: dark) { @media (hover) { } }",
            {"css-at-media", "css-at-media-prefers-color-scheme", "css-at-media-hover"},
        ),
        (
            "@media (-webkit-min-device-pixel-ratio: 2) { }",
            {"css-at-media", "css-at-media-device-pixel-ratio"},
        ),
        ("@supports (display: grid) { }", {"css-at-supports"}),
        ("@font-face { order: 0 }", {"css-at-font-face"}),
        ("@import url(a.css);", {"css-at-import"}),
        (
            "@-webkit-keyframes x { from { opacity: 0 } }",
            {"css-at-keyframes", "css-opacity"},
        ),
        (
            "p { &:hover { order: 0 } }",
            {"css-selector-type", "css-nesting", "css-pseudo-class-hover"},
        ),
        ("/* a */ p { order: 0; /* b */ }", {"css-comments", "css-selector-type"}),
        ("p { color: {{ nothing", {"css-selector-type"}),
    ],
)
def test_a_rule_of_css(css, expected):
    assert set(features_of(f"<style>{css}</style>")) - {"html-style"} == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!DOCTYPE html>", {"html-doctype"}),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">', set()),
        ("<!-- a -->", {"html-comments"}),
        ("<!--[if mso]><video><![endif]-->", set()),
        ("<H2>", {"html-h1-h6"}),
        ("<a href='#top'>", {"html-anchor-links"}),
        ("<a href='mailto:x@y.example'>", {"html-mailto-links"}),
        ("<a href='https://x.example/#top' target=_blank>", {"html-target"}),
        ("<input type=Radio required>", {"html-input-radio", "html-required"}),
        ("<button type=submit>", {"html-button-submit"}),
        ("<td background=a.png width=1>", {"html-background", "html-width", "image-png"}),
        ("<img src=a.gif srcset='a.avif 2x'>", {"html-img", "html-srcset", "image-gif", "image-avif"}),
        ("<img src='cid:logo@x.example'>", {"html-img"}),
        ("<img src=clip.mp4 loading=lazy>", {"html-img", "image-mp4", "html-loading-attribute"}),
        ("<video src=clip.mp4 poster=a.png>", {"html-video", "image-png"}),
        ("<meta name=color-scheme content=light>", {"html-meta-color-scheme"}),
        ("<details><summary>", {"html-semantics"}),
        ("<html ⚡4email>", {"amp"}),
        ("<p>calc(1rem) @media &lt;video&gt;</p>", {"html-p"}),
    ],
)  # fmt: skip
def test_html(html, expected):
    found = set(features_of(html))

    assert found - {"image-example"} == expected


def test_the_first_place_is_given_by_its_line_and_its_words():
    use = features_of('<p>\n<b style="color:red;display: flex">\n<i style="display:flex">')[
        "css-display-flex"
    ]

    assert (use.line, use.quoted) == (2, "display: flex")


def test_what_word_passes_over_is_no_fault_of_word():
    hidden = "<!--[if !mso]><!--><b style='display: flex'><!--<![endif]-->"

    for_all = gaps("<b style='display: flex'>")
    (without_word,) = [it for it in gaps(hidden) if it.feature.slug == "css-display-flex"]

    assert "outlook.windows" in for_all[0].missing
    assert "outlook.windows" not in without_word.missing
    assert without_word.missing


def test_what_changes_the_message_comes_before_what_adorns_it():
    found = gaps('<b style="border-radius: 1px; display: flex"><video>')

    assert [it.loss for it in found if it.missing] == sorted(
        (it.loss for it in found if it.missing), key=list(Loss).index
    )
    assert found[0].feature.slug == "html-video"


def test_each_cell_says_when_it_was_tried_and_what_is_known_of_it():
    cell = support_table().features["css-display-flex"].by("gmail.ios")

    assert cell.level is SupportLevel.PARTLY
    assert cell.notes == ("Not supported with non Google accounts.",)
    assert (
        support_table().features["css-display-flex"].by("nobody.nowhere").level
        is SupportLevel.UNKNOWN
    )


@pytest.mark.parametrize(
    ("domain", "first"),
    [
        ("gmail.com", "gmail.desktop-webmail"),
        ("wanadoo.fr", "orange.desktop-webmail"),
        ("hotmail.co.uk", "outlook.outlook-com"),
        ("free.fr", "free-fr.desktop-webmail"),
        ("free.institut.example", "outlook.windows"),
        ("journal.example", "outlook.windows"),
    ],
)
def test_the_domain_of_an_address_says_what_somebody_may_read_with(domain, first):
    assert clients_of(domain)[0] == first


def test_the_parts_of_the_readers_are_counted_by_program():
    parts = shares({"gmail.com": 2, "orange.fr": 1, "journal.example": 1})

    assert parts["gmail.ios"] == 0.5
    assert parts["orange.desktop-webmail"] == parts["outlook.windows"] == 0.25
    assert parts["apple-mail.ios"] == 1
    assert not any(shares({}).values())


@given(st.text(alphabet="<>!-[]{}()/*@:;.,#'\"= abstyleifmo1%&\n", max_size=200))
def test_no_page_is_too_broken_to_be_read(text):
    features_of(text)
    features_of(f"<style>{text}</style><b style='{text}'>")


def test_the_style_sheet_that_messages_have_in_common_is_read_once(monkeypatch):
    sheets = []
    read = traits.sheet_traits
    monkeypatch.setattr(traits, "sheet_traits", lambda css: sheets.append(css) or read(css))
    page = "<style>.shared-by-the-variants { order: 1 }</style>"

    first, second = (features_of(f"{page}<p>{text}</p>") for text in ("Bonjour", "Hello"))

    assert first.keys() == second.keys()
    assert len(sheets) == 1
