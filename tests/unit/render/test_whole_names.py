"""Compound names in HTML: where a line may not break, and that nothing else changes."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import Place
from mailer.model.mailings.message import Hole
from mailer.render.jinja import recipient_template
from mailer.render.jinja.deferred import BlockPart, DeferredExpression
from mailer.render.jinja.escape_context import html_pieces
from mailer.render.mjml.to_html import with_places_to_break
from mailer.render.text_layout import wrap
from mailer.render.whole_names import is_whole, with_whole_names, with_whole_names_in

WHOLE = '<span style="white-space:nowrap">'
BOX = '<span style="display:inline-block;text-decoration:inherit">'
PIECES = ("Jean-Pierre", "Île-de-France", "rendez-vous", "M. Le Goff-Kervella", "12-14", "–", "l’")
words = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=6).map(" ".join)


def without_tags(page):
    return html.unescape(re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize(
    "name",
    [
        *("Jean-Pierre", "Martin-Dupont", "Saint-Étienne", "Île-de-France", "Aix-en-Provence"),
        *("L’Haÿ-les-Roses", "al-Khwarizmi", "COVID-19"),
    ],
)
def test_13_a_compound_name_stays_on_one_line(name):
    assert with_whole_names(f"Avec {name}, à 9 h") == f"Avec {WHOLE}{name}</span>, à 9 h"
    assert is_whole(f"({name})")


@pytest.mark.parametrize(
    "name", ["Bourgogne-Franche-Comté", "Saint-Jean-d’Angély", "CLERMONT-FERRAND"]
)
def test_13_a_name_wider_than_a_phone_breaks_only_where_a_line_is_too_narrow(name):
    assert with_whole_names(f"de «\u00a0{name}\u00a0», hier") == (
        f"de {BOX}«\u00a0{name}\u00a0»,</span> hier"
    )
    assert not is_whole(name)


@pytest.mark.parametrize(
    "text",
    [
        *("un rendez-vous", "des 18-25 ans", "Paris – Lyon", "Jean- Pierre", "-Pierre"),
        *("jean-Pierre.Martin@presse.example", "https://www.presse.example/Jean-Pierre?a=B-C"),
        *("Presse-Info.Example.fr", "Jean-Pierre/Anne-Marie", "#Île-de-France"),
    ],
)
def test_13_words_and_addresses_are_left_alone(text):
    assert with_whole_names(text) == text


@given(words)
def test_13_what_is_read_and_copied_stays_the_same(text):
    assert without_tags(with_whole_names(html.escape(text))) == text


@given(words, words)
def test_13_only_the_texts_of_a_page_change(attribute, text):
    quoted = html.escape(attribute)
    head = f"<mj-head><mj-title>{html.escape(text)}</mj-title></mj-head>"
    body = '<mj-text title="{}"><p>{}</p></mj-text>'

    page = with_whole_names_in(head + body.format(quoted, html.escape(text)))

    assert page == head + body.format(quoted, with_whole_names(html.escape(text)))


def test_13_a_sign_in_an_attribute_or_a_style_sheet_of_a_template_is_no_text():
    page = '<p title="a > Jean-Pierre">.</p><style>A > B-Case { }</style><a>b</a>'

    assert with_whole_names_in(page) == page


@given(words.filter(lambda text: "\n" not in text), st.integers(8, 72))
def test_13_plain_text_is_wrapped_at_no_hyphen(text, columns):
    lines = wrap(text, columns=columns).split("\n")

    assert {word for line in lines for word in line.split()} == {*text.split()}


@pytest.mark.parametrize("name", ["Anne-Lise <b>", "Anne-Lise"])
def test_13_the_name_of_a_reader_stays_whole_in_a_text_and_plain_in_a_title(name):
    fields = {"name": name}
    text, title = (recipient_template.value("recipient.name", it) for it in ("text", "title"))

    filled = recipient_template.filler_of_all([text, title])(fields)

    assert filled[0].startswith(f"{WHOLE}Anne-Lise</span>")
    assert filled[1] == name.replace("<", "&lt;").replace(">", "&gt;")


def test_13_a_title_is_the_only_text_whose_names_are_not_set():
    sentinel = "zq0123456789ab-0001-qz"
    page = f"<title>{sentinel}</title><p>{sentinel}<!--[if mso]>{sentinel}<![endif]--></p>"
    name = DeferredExpression(BlockPart.VALUE, "recipient.name", Place("body"))

    pieces, problems = html_pieces(page, {sentinel: name}, expected={sentinel})

    assert not problems
    assert [re.search(r"\|(\w+)", it.source)[1] for it in pieces if isinstance(it, Hole)] == [
        *("title", "text", "mso_text"),
    ]


def test_13_an_address_breaks_at_its_signs_and_at_no_hyphen_of_its_labels():
    address = "jean-marc@presse.institut-lecture.example"

    shown = with_places_to_break(f"<a>{address}</a>")

    assert without_tags(shown) == address
    assert shown == (
        f"<a>{WHOLE}jean-marc@</span><wbr />presse<wbr />{WHOLE}.institut-lecture</span>"
        "<wbr />.example</a>"
    )


def test_13_a_readers_value_in_an_address_may_break_anywhere():
    page = "<a>https://x.example/zq0123456789ab-0001-qz</a>"

    assert "nowrap" not in with_places_to_break(page)
