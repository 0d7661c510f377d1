"""Rows whose colour says, by a legend, that nobody may write to their people."""

from datetime import date

import pytest
import xlsxwriter

from mailer.files.contact_files import read_contacts

PEOPLE = ("ana@radio.example", "luc@radio.example", "zoe@radio.example")


def read(path):
    return read_contacts(path, list_name="press", read_on=date(2026, 3, 2))


def addresses(imported):
    return [str(each.address) for each in imported.ready]


def a_workbook(path, legend, *, on_fill="", on_font="", above=False, other_sheet=False):
    """Write three people, of whom the second has a colour, and the legend."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Presse")
        colours = ({"bg_color": on_fill} if on_fill else {}) | (
            {"font_color": on_font} if on_font else {}
        )
        first = 2 if above else 0
        sheet.write_row(first, 0, ["Courriel", "Nom"])
        for number, address in enumerate(PEOPLE):
            style = workbook.add_format(colours) if number == 1 and colours else None
            sheet.write_row(first + 1 + number, 0, [address, f"Roy{number}"], style)
        if other_sheet:
            workbook.add_worksheet("Légende").write(0, 0, legend)
        else:
            sheet.write(0 if above else first + 6, 0, legend)
    return path


@pytest.mark.parametrize(
    ("legend", "colour"),
    [
        ("rouge = ne plus contacter", "#FF0000"),
        ("Lignes en rouge : désinscrits", "#E06666"),
        ("grey = left", "#BFBFBF"),
        ("Légende : vert = ok ; gris = parti à la retraite", "#808080"),
        ("yellow: do not mail", "#FFFF00"),
        ("orange → refuse nos communiqués", "#FFA500"),
        ("rot: nicht mehr anschreiben", "#C00000"),
    ],
)
@pytest.mark.parametrize("how", [{}, {"above": True}, {"other_sheet": True}])
def test_a_row_of_a_colour_that_refuses_is_asked_about(tmp_path, legend, colour, how):
    imported = read(a_workbook(tmp_path / "a.xlsx", legend, on_fill=colour, **how))

    assert addresses(imported) == [PEOPLE[0], PEOPLE[2]]
    asked = [each for each in imported.quarantined if each.may_be_refused]
    assert len(asked) == 1


def test_the_colour_of_the_letters_counts_as_well(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", "en rouge : ne plus écrire", on_font="#FF0000")

    assert addresses(read(path)) == [PEOPLE[0], PEOPLE[2]]


@pytest.mark.parametrize(
    ("legend", "colour"),
    [("vert = ne plus contacter", "#FF0000"), ("rouge = quotidien", "#FF0000")],
)
def test_another_colour_or_another_meaning_asks_nothing(tmp_path, legend, colour):
    path = a_workbook(tmp_path / "a.xlsx", legend, on_fill=colour)

    assert addresses(read(path)) == list(PEOPLE)


def test_a_legend_without_colours_is_asked_about_for_everybody(tmp_path):
    path = tmp_path / "a.csv"
    people = "\n".join(f"{each};Roy" for each in PEOPLE)
    path.write_text(f"Courriel;Nom\n{people}\nrouge = ne plus contacter;\n")

    imported = read(path)

    assert addresses(imported) == []
    assert imported.barred == ()


@pytest.mark.parametrize(
    ("name", "head", "what"),
    [
        ("presse_liste_noire_2.csv", "", "The name of the file says “presse_liste_noire_2.csv”"),
        ("a.csv", "Partis ou retraités\n\n", "A heading says “Partis ou retraités”"),
    ],
)
def test_the_question_says_what_it_was_read_in(tmp_path, name, head, what):
    path = tmp_path / name
    path.write_text(f"{head}Courriel;Nom\nana@radio.example;Roy\n", encoding="utf-8")

    assert what in str(read(path).quarantined[0].reason)


def test_the_question_about_a_colour_names_its_legend(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", "rouge = désinscrits", on_fill="#FF0000")

    reason = next(each.reason for each in read(path).quarantined if each.may_be_refused)

    assert "The legend of the colours says “rouge = désinscrits”" in str(reason)
