"""What a workbook hides, strikes through, merges or left uncomputed."""

import zipfile
from datetime import date

import pytest
import xlsxwriter

from mailer.files.contact_files import read_contacts

READ_ON = date(2026, 3, 2)
HEADERS = ["Nom", "Courriel", "Média"]
ROWS = [
    ["Moreau", "lina@quotidien.example", "Le Quotidien"],
    ["Roy", "paul@gazette.example", "La Gazette"],
    ["Petit", "ana@radio.example", "Radio Nord"],
]


def a_workbook(path, change=None, rows=(HEADERS, *ROWS)):
    """A workbook of one sheet, which `change` shows in another way."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Presse")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if change:
            change(workbook, sheet)
    return path


def read(path, **how):
    return read_contacts(path, list_name="press", read_on=READ_ON, **how)


def ready(imported):
    return [str(contact.address) for contact in imported.ready + imported.repaired]


def to_decide(imported):
    return [each.row.where.line for each in imported.quarantined]


def remarks(imported):
    return [(each.where.line or each.where.key, str(each.what)) for each in imported.remarks]


def filtered(_workbook, sheet):
    sheet.autofilter(0, 0, 3, 2)
    sheet.filter_column(0, "x != Roy")
    sheet.set_row(2, options={"hidden": True})


def folded(_workbook, sheet):
    sheet.set_row(2, options={"level": 1, "hidden": True})
    sheet.set_row(3, options={"collapsed": True})


def flattened(_workbook, sheet):
    sheet.set_row(2, 0)


@pytest.mark.parametrize("change", [filtered, folded, flattened])
def test_a_row_that_the_sheet_hides_waits_for_a_person(tmp_path, change):
    imported = read(a_workbook(tmp_path / "a.xlsx", change))

    assert ready(imported) == ["lina@quotidien.example", "ana@radio.example"]
    assert to_decide(imported) == [3]
    assert "hides this row" in str(imported.quarantined[0].reason)


def test_a_refusal_in_a_hidden_row_or_column_bars(tmp_path):
    def hide(_workbook, sheet):
        sheet.write_column(0, 3, ["Ne pas contacter", "", "oui", "oui"])
        sheet.set_row(2, options={"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    imported = read(a_workbook(tmp_path / "a.xlsx", hide))

    assert ready(imported) == ["lina@quotidien.example"]
    assert [str(each.contact.address) for each in imported.barred] == [
        "paul@gazette.example",
        "ana@radio.example",
    ]


@pytest.mark.parametrize("how", [{"hidden": True}, {"level": 1, "hidden": True}])
def test_a_hidden_column_of_addresses_is_left_out_and_said(tmp_path, how):
    def hide(_workbook, sheet):
        sheet.write_column(0, 3, ["E-mail", "old@ancien.example"])
        sheet.set_column(3, 3, None, None, how)

    imported = read(a_workbook(tmp_path / "a.xlsx", hide))

    assert "old@ancien.example" not in str(imported.contacts)
    assert ("E-mail", "The sheet hides this column: it was left out.") in remarks(imported)


def test_struck_out_people_wait_for_a_person(tmp_path):
    def strike(workbook, sheet):
        sheet.write(2, 1, "paul@gazette.example", workbook.add_format({"font_strikeout": True}))

    imported = read(a_workbook(tmp_path / "a.xlsx", strike))

    assert to_decide(imported) == [3]
    assert "struck through" in str(imported.quarantined[0].reason)


def test_a_text_struck_out_letter_by_letter_counts_as_struck(tmp_path):
    def strike(workbook, sheet):
        struck = workbook.add_format({"font_strikeout": True})
        sheet.write_rich_string(2, 1, struck, "paul", struck, "@gazette.example")

    assert to_decide(read(a_workbook(tmp_path / "a.xlsx", strike))) == [3]


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}], ids=["shared", "inline"])
def test_a_struck_address_beside_its_successor_waits_for_a_person(tmp_path, options):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet, struck = workbook.add_worksheet(), workbook.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, HEADERS)
        sheet.write(1, 0, ROWS[0][0])
        sheet.write_rich_string(1, 1, struck, "old@ancien.example", " lina@quotidien.example")
        sheet.write_row(2, 0, ROWS[1])

    imported = read(path)

    assert to_decide(imported) == [2]
    assert "old@ancien.example" not in str(imported.contacts)


def test_a_struck_outlet_is_remarked_only(tmp_path):
    def strike(workbook, sheet):
        sheet.write(2, 2, "La Gazette", workbook.add_format({"font_strikeout": True}))

    imported = read(a_workbook(tmp_path / "a.xlsx", strike))

    assert len(imported.ready) == 3
    assert remarks(imported) == [(3, "“Média” is struck through in the sheet.")]


def test_a_refusal_in_a_comment_on_a_cell_bars(tmp_path):
    def comment(_workbook, sheet):
        sheet.write_comment(2, 0, "Ne plus lui écrire (demande du 3 mai)")

    imported = read(a_workbook(tmp_path / "a.xlsx", comment))

    assert [str(each.contact.address) for each in imported.barred] == ["paul@gazette.example"]


def test_merged_cells_fill_their_rows_and_it_is_said(tmp_path):
    def merge(_workbook, sheet):
        sheet.merge_range(1, 2, 3, 2, "Le Quotidien")

    rows = [HEADERS, *(row[:2] for row in ROWS)]
    imported = read(a_workbook(tmp_path / "a.xlsx", merge, rows))

    assert {contact.organisation for contact in imported.ready} == {"Le Quotidien"}
    assert [line for line, _what in remarks(imported)] == [3, 4]


def test_a_refusal_in_merged_cells_holds_for_all_their_rows(tmp_path):
    def merge(_workbook, sheet):
        sheet.write(0, 3, "Statut")
        sheet.merge_range(2, 3, 3, 3, "désinscrits")

    assert ready(read(a_workbook(tmp_path / "a.xlsx", merge))) == ["lina@quotidien.example"]


def without_values(path):
    """The workbook without the stored values of its formulas."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts.items():
            after.writestr(name, content.replace(b"<v>0</v>", b"<v></v>"))
    return path


def test_an_address_that_was_never_computed_is_told_as_such(tmp_path):
    def compute(_workbook, sheet):
        sheet.write_formula(2, 1, '=A3&"@gazette.example"')

    imported = read(without_values(a_workbook(tmp_path / "a.xlsx", compute)))

    assert to_decide(imported) == [3]
    assert "open the file in Excel" in str(imported.quarantined[0].reason)


def test_a_row_of_formulas_without_values_is_not_lost(tmp_path):
    def compute(_workbook, sheet):
        sheet.write_formula(4, 1, '=A3&"@gazette.example"')

    imported = read(without_values(a_workbook(tmp_path / "a.xlsx", compute)))

    assert imported.read == 4
    assert to_decide(imported) == [5]


def test_old_sheets_are_left_out_and_every_sheet_is_named_with_its_count(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("Presse", "Archives", "Ancienne liste 2019"):
            sheet = workbook.add_worksheet(name)
            sheet.write_column(0, 0, ["Courriel", f"{name[:3].lower()}@quotidien.example"])

    imported, asked = read(path), read(path, chosen=["Archives"])

    assert ready(imported) == ["pre@quotidien.example"]
    assert [each.where.file for each in imported.remarks] == [
        "a.xlsx (Presse)",
        "a.xlsx (Archives)",
        "a.xlsx (Ancienne liste 2019)",
    ]
    assert "it is read only when you name it" in str(imported.remarks[1].what)
    assert ready(asked) == ["arc@quotidien.example"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NOM?", "#DIV/0!", "#BEZUG!", "Err:502"])
def test_an_error_value_is_an_empty_cell_with_a_remark(tmp_path, error):
    rows = [HEADERS, [error, "paul@gazette.example", error]]

    imported = read(a_workbook(tmp_path / "a.xlsx", rows=rows))

    (contact,) = imported.ready
    assert (contact.last_name, contact.organisation, contact.notes) == ("", "", ())
    assert [line for line, _what in remarks(imported)] == [2, 2]


@pytest.mark.parametrize(
    "name", [True, 43832, "-", "?", "oui", "N/A", "2026-05-24", "24 mai", "mai-24", "x", "12"]
)
def test_what_cannot_be_a_name_reaches_no_salutation(tmp_path, name):
    rows = [HEADERS, [name, "paul@gazette.example", "La Gazette"]]

    imported = read(a_workbook(tmp_path / "a.xlsx", rows=rows))

    (contact,) = imported.ready
    assert contact.name == ""
    assert len(contact.notes) == len(imported.remarks) == 1


@pytest.mark.parametrize("name", ["Non", "Ok", "Na", "O", "Mai", "D’Août", "Müller-Özil", "王"])
def test_short_and_strange_names_stay_names(tmp_path, name):
    rows = [HEADERS, [name, "paul@gazette.example", "20 Minutes"]]

    imported = read(a_workbook(tmp_path / "a.xlsx", rows=rows))

    assert imported.ready[0].last_name == name
    assert imported.ready[0].organisation == "20 Minutes"


@pytest.mark.parametrize("outlet", [True, "2026-05-24", "-", "n/a"])
def test_what_cannot_be_an_outlet_is_a_note(tmp_path, outlet):
    rows = [HEADERS, ["Roy", "paul@gazette.example", outlet]]

    (contact,) = read(a_workbook(tmp_path / "a.xlsx", rows=rows)).ready

    assert contact.organisation == ""
