"""What authors type and paste, and the Markdown that is meant by it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.typed_text import LineReading, read_typed
from tests.unit.render.test_blocks import parts

NBSP = "\u00a0"


PROGRAMME = """\
9 h 30 – Accueil des participants et remise des dossiers de presse dans le hall
10 h – Ouverture par le président de l’Académie et la directrice de l’Institut"""
WRAPPED = """\
Plus de 120 représentants d’associations et plus de 100 chercheurs et académiciens se
retrouvent samedi à Paris pour la septième rencontre nationale, consacrée cette année
au partage des savoirs."""


def html(text):
    return new_parser().render(read_typed(text).markdown, {})


def items(text):
    return re.findall(r"<li>(?:\n<p>)?(.*?)(?:</p>\n)?(?:</li>|\n<[uo]l)", html(text))


def readings(text):
    return [change.reading for change in read_typed(text).changes]


@pytest.mark.parametrize(
    "text",
    [
        "+ 30 % de dons en 2026.",
        "+ 1 200 adhérents",
        "+ d’infos : le site",
        "- 5 °C en moyenne en janvier.",
        "- 12,5 % en un an",
        "1984. Une année charnière.",
        "2026) et après",
        "7. Une seule ligne",
        "&gt; 50 % des patients",
        "Prix*\n\n* hors taxes",
    ],
)
def test_a_sign_at_the_beginning_of_a_line_keeps_its_meaning(text):
    page = html(text.replace("&gt;", ">"))

    assert "<li>" not in page
    assert "<blockquote>" not in page
    assert re.sub("<.*?>", "", page).split() == text.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- un\n- deux", ["un", "deux"]),
        ("* un\n* deux", ["un", "deux"]),
        ("+ un\n+ deux", ["un", "deux"]),
        ("1. un\n2. deux", ["un", "deux"]),
        ("1. un\n\n2. deux", ["un", "deux"]),
        ("- 30 % ici\n- 40 % là", ["30 % ici", "40 % là"]),
        ("1. seul", ["seul"]),
    ],
)
def test_a_list_stays_a_list(text, found):
    assert items(text) == found


def test_a_quotation_that_begins_with_a_number_stays_one():
    assert "<blockquote>" in html("> 30 ans après, nous voilà.")
    assert "<blockquote>" in html("> 80 % des malades le disent.\n> — Claire Delmas")


def test_what_might_be_a_minus_sign_or_a_comparison_is_told():
    assert readings("- 5 °C en janvier") == [LineReading.MINUS]
    assert readings("- 30 % ici\n- 40 % là") == [LineReading.ITEM] * 2
    assert readings("> 50 % des patients") == [LineReading.COMPARISON]
    assert readings("- 12 de nos chercheurs\n- neuf autres") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trois axes :\n•\tla recherche ;\n•\tle soin.", ["la recherche ;", "le soin."]),
        ("• seul", ["seul"]),
        ("▪ un\n▪ deux", ["un", "deux"]),
        ("\uf0b7\tun\n\uf0b7\tdeux", ["un", "deux"]),
        ("\uf0a7 un", ["un"]),
        ("o\tun\no\tdeux", ["un", "deux"]),
        ("·  un\n·  deux", ["un", "deux"]),
        ("– premier ;\n– second.", ["premier ;", "second."]),
        ("– premier ;\n\n– second.", ["premier ;", "second."]),
        ("— premier ;\n— second.", ["premier ;", "second."]),
        ("→ un\n→ deux", ["un", "deux"]),
        ("➢ un\n➢ deux", ["un", "deux"]),
        ("✓ un\n✓ deux", ["un", "deux"]),
        ("1° un\n2° deux", ["un", "deux"]),
        ("1/ un\n2/ deux", ["un", "deux"]),
        ("(1) un\n(2) deux", ["un", "deux"]),
        ("① un\n② deux", ["un", "deux"]),
        (f"•{NBSP}un\n•{NBSP}deux", ["un", "deux"]),
        ("> • un\n> • deux", ["un", "deux"]),
        ("•\nla recherche\n•\nle soin", ["la recherche", "le soin"]),
    ],
)
def test_a_list_from_a_word_processor_becomes_one(text, found):
    assert items(text) == found
    assert set(readings(text)) == {LineReading.LIST}


@pytest.mark.parametrize(
    "text",
    [
        "— Bonjour.\n\n— Bonsoir.",
        "– une incise – au milieu",
        "→ Inscription obligatoire",
        "b) sans a)",
        "A. Martin\nB. Dupont",
        "– 5 °C à Lille\n– 3 °C à Lyon",
        "```\n• du code\n```",
    ],
)
def test_what_is_no_list_is_left_as_it_is(text):
    assert readings(text) == []
    assert "<li>" not in html(text)


def test_lists_with_different_signs_are_lists_apart():
    page = html("•\tun\n•\tdeux\n\n– trois\n– quatre\n\na) cinq\nb) six")

    assert page.count("<ul>") == 3


def test_a_list_by_letters_keeps_its_letters(press):
    _message, page, text = parts(press, "Deux points :\n\na) alpha\nb) bêta\n\ni) un\nii) deux\n")

    assert '<ol type="a">' in page
    assert "a) alpha\nb) bêta\n" in text
    assert "i) un\nii) deux\n" in text


def test_the_second_level_of_a_pasted_list_stays_one():
    page = html("•\tun\no\tsous\n•\tdeux")

    assert page.count("<ul>") == 2
    assert re.sub(r"\s", "", page).startswith("<ul><li>un<ul><li>sous</li></ul></li>")


@pytest.mark.parametrize(
    "text",
    [
        "Académie des sciences\n23 quai de Conti\n75006 Paris",
        "Claire Delmas\nResponsable de la presse\n06 39 98 12 34",
        "Bonjour,\nNous avons le plaisir de vous inviter à la septième rencontre nationale.",
        "9 h : accueil\n10 h : débats",
        "Date : samedi 9 décembre\nLieu : Paris",
        PROGRAMME,
        "> Un vers court\n> Un autre vers",
    ],
)
def test_the_lines_of_an_address_or_a_programme_stay_lines(text):
    assert html(text).count("<br />") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        WRAPPED,
        f"- {WRAPPED}",
        f"> {WRAPPED}",
        "Académie\\\nParis",
    ],
)
def test_the_lines_of_a_wrapped_paragraph_are_joined(text):
    assert html(text).count("<br />") == text.count("\\\n")


def test_a_line_with_a_dash_below_a_quotation_names_its_author(press):
    for text in (
        "> Une citation.\n— Claire Delmas, Inserm\n",
        "> Une citation.\n> — Claire Delmas, Inserm\n",
    ):
        _message, page, plain = parts(press, text)

        assert '<p class="attribution">— Claire Delmas, Inserm</p>' in page
        assert "> Une citation.\n>\n> — Claire Delmas, Inserm\n" in plain


@pytest.mark.parametrize("indent", ["    ", "\t", "        "])
def test_a_paragraph_with_an_indent_is_text(press, indent):
    _message, page, text = parts(press, f"{indent}Paris, le 4 décembre : un paragraphe.\n")

    assert "<pre>" not in page
    assert "\nParis, le 4" in text


def test_a_line_of_dashes_below_a_sentence_makes_no_heading():
    assert html("Merci de votre attention.\n---\nClaire") == (
        "<p>Merci de votre attention.</p>\n<hr />\n<p>Claire</p>\n"
    )
    assert html("Un titre\n---\n") == "<h2>Un titre</h2>\n"
    assert "<h2>" not in html("Cordialement,\n-- \nClaire")


def test_a_line_of_tildes_makes_no_code_of_the_rest():
    assert "<pre>" not in html("Fin\n\n~~~~~~\n\nClaire Delmas")
    assert "<pre>" in html("```\ncode\n```\n")


def test_a_definition_that_is_no_link_is_shown():
    assert "à vérifier" in html("[Note]: à vérifier\n")
    assert "la note" in html("Un mot[^1].\n\n[^1]: la note\n")
    assert (
        html("[ici]\n\n[ici]: https://a.example\n")
        == '<p><a href="https://a.example">ici</a></p>\n'
    )


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("![La salle](photo (1).jpg)", "![La salle](<photo (1).jpg>)"),
        ("![La salle](grande salle.jpg)", "![La salle](<grande salle.jpg>)"),
        ('![x](a b.jpg "Titre. © A")', '![x](<a b.jpg> "Titre. © A")'),
        ("[x](https://a.example/mon fichier.pdf)", "[x](<https://a.example/mon fichier.pdf>)"),
        ("[01](tel:01 23 45 67 89)", "[01](<tel:01 23 45 67 89>)"),
        ("[x]( https://a.example )", "[x]( https://a.example )"),
        ("[sic](nous soulignons)", "[sic](nous soulignons)"),
        ("[x](https://a.example/a_(b))", "[x](https://a.example/a_(b))"),
        ("`[x](a b)`", "`[x](a b)`"),
        ("[x](mailto:a@b.example?subject={{ a }})", "[x](<mailto:a@b.example?subject={{ a }}>)"),
    ],
)
def test_an_address_with_blanks_is_read_whole(text, right):
    assert read_typed(text).markdown == right


@pytest.mark.parametrize(
    ("text", "hrefs"),
    [
        ("Écrire à presse@institut.example.", ["mailto:presse@institut.example"]),
        ("voir https://a.example/a_b/v_2.pdf.", ["https://a.example/a_b/v_2.pdf"]),
        ("(https://a.example/a_(b))", ["https://a.example/a_(b)"]),
        ("**https://a.example/__x__/y**", ["https://a.example/__x__/y"]),
        ("www.institut.example/presse, ici", ["https://www.institut.example/presse"]),
        ("« https://a.example »", ["https://a.example"]),
        ("`https://a.example`", []),
        ("Fin de la recherche.Il pleut", []),
        ("https:// et @compte", []),
        ("[https://a.example](https://b.example)", ["https://b.example"]),
    ],
)
def test_an_address_that_is_written_out_becomes_a_link(text, hrefs):
    assert re.findall(r'href="([^"]*)"', html(text)) == hrefs


def test_a_written_out_address_is_one_in_boxes_and_values_too(press):
    _message, page, text = parts(
        press,
        "::: facts Infos\nCourriel : presse@institut.example\n:::\n\nÉcrire à {{ press_contact.email }}.\n",
    )

    assert '<a href="mailto:presse@institut.example">presse@institut.example</a>' in page
    assert page.count(f'<a href="mailto:{press.campaign().press_contacts[0].address}">') >= 2
    assert "Courriel   presse@institut.example\n" in text


def test_a_readers_value_that_looks_like_an_address_is_no_link(press):
    contact = press.contact(first_name="", last_name="x@evil.example")

    page = parts(press, "Bonjour {{ recipient.name }}.\n", contact=contact)[1]

    assert "mailto:x@evil.example" not in page


@given(
    st.lists(
        st.sampled_from(
            [
                "•",
                "– ",
                "- ",
                "+ ",
                "* ",
                "1. ",
                "a) ",
                "b) ",
                "> ",
                "# ",
                "| ",
                "`",
                "```",
                "\n",
                "\n\n",
                "](",
                "![",
                "[",
                ")",
                "x",
                "30 %",
                "---",
                "::: facts",
                ":::",
                "{{ a }}",
                "{% if a %}",
                "~~~",
                "\t",
                "Claire ",
                "www.a.example",
                "\\",
                "=",
                "\uf0b7",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_every_line_keeps_its_number(text):
    once = read_typed(text)

    assert once.markdown.count("\n") == text.count("\n")
    assert read_typed(once.markdown).markdown.count("\n") == text.count("\n")
    assert all(0 <= change.line <= text.count("\n") for change in once.changes)
    html(text)


def test_a_change_is_shown_as_its_author_wrote_it():
    changes = read_typed("• le {{ event.date }}\n• `code` \ue002 deux").changes

    assert [change.typed for change in changes] == ["• le {{ event.date }}", "• `code` \ue002 deux"]


def test_a_reference_to_an_image_or_a_value_stays_one():
    text = "![x][a] [y][b]\n\n[a]: photo.jpg\n[b]: {{ links[0].url }}\n"

    assert read_typed(text).markdown == text
