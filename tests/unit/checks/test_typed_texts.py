"""Checks of texts as people write them: marks without effect, signs, links, blank lines."""

import pytest

from mailer.checks.text import markup_left_over
from mailer.model.campaigns.campaign import Link, Partner
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, a_step
from tests.unit.checks.test_checks import answers, in_text, words

ERROR, WARNING, NOTE = Severity


@pytest.mark.parametrize(
    "left",
    [
        "un **gras **mal fermé",
        "un *italique * mal fermé",
        "un _souligné mal fermé",
        "__gras __ aussi",
        "~~barré",
        "H~2~O",
        "10^{6} m",
        "m^2^",
        "une note[^1]",
        "<b>gras",
        "ligne<br>suivante",
        "<!-- fin",
        "[voir][absent]",
        "[[voir]]",
        "[le site] (https://a.example)",
        "prix &nbsp et la suite",
        "[b]gras",
        "un mot ==surligné",
        "{.rouge}",
        "l`accent",
        "##Titre",
        "#Titre du texte",
        "- [ ] à faire",
        "| A | B |",
        ":::",
    ],
)
def test_a_mark_without_effect_is_told_with_its_line(left):
    found = answers("markup-left-over", in_text(f"Rien ici.\n\n{left}\n"))

    assert found
    assert set(found) == {(WARNING, "announcement.md", 5)}


@pytest.mark.parametrize(
    "left",
    ["[x](mon site)", "![La salle]", "[x](javascript:alert)", "(le site)[https://a.example]"],
)
def test_a_link_or_image_without_effect_blocks(left):
    assert (ERROR, "announcement.md", 3) in answers("markup-left-over", in_text(left))


@pytest.mark.parametrize(
    "text",
    [
        "La 7^{ème} édition, la 1^{re}, le n^o^ 3",
        "**gras** *italique* _italique_ `code **x**` [x](https://a.example)",
        "Prix* hors taxes\n\n* hors taxes",
        "#Recherche #Associations",
        "Paris | Lyon",
        "![x](photo (1).jpg)",
        "a < b et c > d, 2*3, 5 * 3, snake_case, x ~ y, A & B, AT&T",
        "[sic], [1], (voir plus bas)",
        "| A | B |\n|---|---|\n| 1 | 2 |",
        "{{ event.date }} {% if recipient.name %}**x**{% endif %}",
        "https://a.example/__a__/b",
    ],
)
def test_marks_that_take_effect_and_plain_signs_are_no_fault(text):
    assert answers("markup-left-over", in_text(text)) == []


def test_the_marks_of_a_line_have_their_findings_and_a_table_has_one():
    assert len(answers("markup-left-over", in_text("Un **a ** et H~2~O et <b>"))) == 3
    assert len(answers("markup-left-over", in_text("| A | B |\n| 1 | 2 |\n| 3 | 4 |"))) == 1


@pytest.mark.parametrize(
    "subject", ["**Gras**", "_x_", "[x](y)", "R &amp; D", "<b>x</b>", "# Titre"]
)
def test_marks_have_no_place_in_a_subject(subject):
    draft = a_draft(a_step(subject=subject))

    assert answers("markup-left-over", draft)[0][1:] == ("campaign.toml", 33)


def test_a_subject_in_bold_is_told_once_a_mark_and_not_to_write_it_otherwise():
    draft = a_draft(a_step(subject="Invitation **presse**"))

    found = list(markup_left_over.check(draft))

    assert len(found) == 2  # the opening and the closing one
    assert {str(each.remedy) for each in found} == {
        "Remove the mark: subject and preheader are plain text."
    }


@pytest.mark.parametrize("subject", ["", " ", "\u00a0", "\u200b \u200d", "\u2800"])
def test_a_subject_that_shows_nothing_blocks(subject):
    assert answers("subject-is-empty", a_draft(a_step(subject=subject)))[0][0] is ERROR
    assert answers("subject-is-empty", a_draft(a_step(subject="Invitation"))) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("•\tun\n•\tdeux", NOTE),
        ("![x](photo (1).jpg)", NOTE),
        ("Une phrase.\n---", NOTE),
        ("- 5 °C en janvier", WARNING),
        ("- 5 % ici\n- 6 % là", WARNING),
        ("> 50 % des patients", WARNING),
    ],
)
def test_what_is_read_otherwise_than_typed_is_told_once(text, severity):
    assert [found[0] for found in answers("text-read-otherwise", in_text(text))] == [severity]


def test_two_pasted_lists_are_two_findings():
    draft = in_text("• un\n• deux\n\n– trois\n– quatre")

    assert [found[2] for found in answers("text-read-otherwise", draft)] == [3, 6]


def test_a_completed_link_is_noted_with_its_address():
    draft = in_text(
        "[le site](www.institut.example), [écrire](presse@institut.example)",
        links=(Link("Le programme", "www.institut.example/programme"),),
        partners=(Partner("P", url="institut.example"),),
    )

    assert len(answers("link-without-scheme", draft)) == 4
    assert "https://www.institut.example" in str(words("link-without-scheme", draft))
    assert "mailto:presse@institut.example" in str(words("link-without-scheme", draft))
    assert answers("link-that-opens-nothing", draft) == []


def test_a_link_that_no_program_opens_blocks_with_the_corrected_address():
    draft = in_text("[a](https:/institut.example) [b](programme.pdf)", links=(Link("c", "/x"),))

    assert [found[0] for found in answers("link-that-opens-nothing", draft)] == [ERROR] * 3
    assert "https://institut.example" in str(words("link-that-opens-nothing", draft))


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://institut.example) [b](mailto:a@b.example) [c](tel:+33123456789)",
        "[d]({{ press_contact.email }}) <https://institut.example> www.institut.example",
        "[e](https://institut.example/?nom={{ recipient.name }})",
    ],
)
def test_a_whole_link_is_no_fault(text):
    for name in ("link-that-opens-nothing", "link-without-scheme"):
        assert answers(name, in_text(text)) == []
