"""Spreadsheets of LibreOffice (.ods), in the form that LibreOffice writes."""

import zipfile
from contextlib import suppress
from datetime import date
from html import escape

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mailer.contacts.tables import MAX_COLUMNS, MAX_ROWS
from mailer.errors import ContentError
from mailer.files.contact_files import read_contacts
from mailer.files.workbooks import read_workbook

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
STYLES = """\
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
<style:style style:name="struck" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:color="#000000" style:text-line-through-style="solid"/></style:style>
<style:style style:name="red" style:family="table-cell"><style:table-cell-properties fo:background-color="#ff0000"/></style:style>
<style:style style:name="no-width" style:family="table-column"><style:table-column-properties style:column-width="0in"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>
"""
REST = '<table:table-cell table:number-columns-repeated="16378"/>'
COLUMNS = '<table:table-column table:number-columns-repeated="16384"/>'
HEADERS = ["Prénom", "Nom", "E-mail"]


def text(words, *, style="", more="", note=""):
    styled = f' table:style-name="{style}"' if style else ""
    inside = f"<office:annotation><dc:creator>Léa</dc:creator><text:p>{note}</text:p></office:annotation>"
    return (
        f'<table:table-cell{styled}{more} office:value-type="string">{inside if note else ""}'
        f"<text:p>{escape(words)}</text:p></table:table-cell>"
    )


def value(kind, shown, **attributes):
    given = "".join(
        f' office:{name.replace("_", "-")}="{each}"' for name, each in attributes.items()
    )
    return (
        f'<table:table-cell office:value-type="{kind}"{given}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def row(*cells, more=""):
    made = "".join(each if each.startswith("<") else text(each) for each in cells)
    return f"<table:table-row{more}>{made}{REST}</table:table-row>"


def sheet(*rows, name="Presse", columns=COLUMNS, style=""):
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(rows)}'
        f'<table:table-row table:number-rows-repeated="1048000">{REST}</table:table-row></table:table>'
    )


def content(*sheets):
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {declared}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def packed(path, xml):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        mime = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", mime, zipfile.ZIP_STORED)
        archive.writestr("content.xml", xml)
    return path


def an_ods(path, *sheets):
    return packed(path, content(*sheets))


def imported(path):
    return read_contacts(path, list_name="press", read_on=date(2017, 12, 4))


def test_cells_read_as_somebody_would_type_them(tmp_path):
    path = an_ods(
        tmp_path / "a.ods",
        sheet(
            row(
                "Hélène",
                value("float", "33", value="33"),
                value("float", "1,5", value="1.5"),
                value("boolean", "VRAI", boolean_value="true"),
                value("date", "09/12/2017", date_value="2017-12-09"),
                value("date", "09/12/2017 09:30", date_value="2017-12-09T09:30:00"),
                value("time", "09:30", time_value="PT09H30M00S"),
                value("string", "#N/A", string_value=""),
                "<table:table-cell office:value-type='string'><text:p>a<text:s text:c='2'/>b</text:p>"
                "<text:p>c<text:tab/><text:a>d</text:a></text:p></table:table-cell>",
            )
        ),
    )

    (table,) = read_workbook(path)

    assert table.rows[0].cells == (
        *("Hélène", "33", "1.5", "oui", "2017-12-09", "2017-12-09T09:30:00", "09:30:00", "#N/A"),
        "a b\nc d",
    )


def test_it_is_read_as_the_same_workbook_of_excel_is(tmp_path):
    ods = an_ods(
        tmp_path / "a.ods",
        sheet(
            row(*HEADERS),
            row("Ada", "Petit", text("ada@a.example", note="ne plus contacter")),
            row(*(text(each, style="struck") for each in ("Bea", "Roy", "bea@a.example"))),
            row(*(text(each, style="red") for each in ("Cléo", "Lec", "cleo@a.example"))),
            row("Dan", "Lu", "dan@a.example", more=' table:visibility="filter"'),
            f'<table:table-row table:number-rows-repeated="2">{REST}</table:table-row>',
            row(text("Ève", more=' table:number-rows-spanned="2"'), "Bo", "eve@a.example"),
            row("<table:covered-table-cell/>", "Ba", "ba@a.example"),
            columns='<table:table-column/><table:table-column table:visibility="collapse"/>'
            '<table:table-column table:number-columns-repeated="16382"/>',
        ),
        sheet(row("E-mail"), row("z@a.example"), name="Cachée", style="hidden"),
    )
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        shown = book.add_worksheet("Presse")
        struck, red = (
            book.add_format({"font_strikeout": True}),
            book.add_format({"bg_color": "red"}),
        )
        shown.write_row(0, 0, HEADERS)
        shown.write_row(1, 0, ["Ada", "Petit", "ada@a.example"])
        shown.write_comment(1, 2, "ne plus contacter")
        shown.write_row(2, 0, ["Bea", "Roy", "bea@a.example"], struck)
        shown.write_row(3, 0, ["Cléo", "Lec", "cleo@a.example"], red)
        shown.write_row(4, 0, ["Dan", "Lu", "dan@a.example"])
        shown.set_row(4, None, None, {"hidden": True})
        shown.write_row(7, 1, ["Bo", "eve@a.example"])
        shown.write_row(8, 1, ["Ba", "ba@a.example"])
        shown.merge_range(7, 0, 8, 0, "Ève")
        shown.set_column(1, 1, None, None, {"hidden": True})
        hidden = book.add_worksheet("Cachée")
        hidden.write_column(0, 0, ["E-mail", "z@a.example"])
        hidden.hide()

    assert read_workbook(ods) == read_workbook(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        (row("Bea", "Roy", "bea@a.example", more=' table:visibility="collapse"'),),
        (
            '<table:table-row-group table:display="false">',
            row("Bea", "Roy", "bea@a.example"),
            "</table:table-row-group>",
        ),
        (row(*(text(each, style="struck") for each in ("Bea", "Roy", "bea@a.example"))),),
        (
            row(
                "Bea",
                "Roy",
                '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">'
                "bea@a.example</text:span></text:p></table:table-cell>",
            ),
        ),
        (row("Bea", "Roy", text("bea@a.example", note="a demandé à ne plus recevoir nos mails")),),
    ],
    ids=["filtered", "folded", "struck cells", "struck words", "a comment"],
)
def test_who_is_not_shown_or_refuses_is_not_ready_to_be_written_to(tmp_path, rows):
    path = an_ods(
        tmp_path / "a.ods", sheet(row(*HEADERS), row("Ada", "Petit", "ada@a.example"), *rows)
    )

    found = imported(path)

    assert [str(each.address) for each in found.ready] == ["ada@a.example"]


def test_a_sheet_of_refusals_bars_and_a_hidden_sheet_is_left_out(tmp_path):
    path = an_ods(
        tmp_path / "a.ods",
        sheet(row(*HEADERS), row("Ada", "Petit", "ada@a.example")),
        sheet(row(*HEADERS), row("Bea", "Roy", "bea@a.example"), name="Désinscrits"),
        sheet(row(*HEADERS), row("Cléo", "Lec", "c@a.example"), name="2019", style="hidden"),
    )

    found = imported(path)

    assert [str(each.address) for each in found.ready] == ["ada@a.example"]
    assert [str(each.contact.address) for each in found.barred] == ["bea@a.example"]


def test_columns_without_width_are_hidden(tmp_path):
    columns = f'<table:table-column/><table:table-column table:style-name="no-width"/>{COLUMNS}'

    (table,) = read_workbook(an_ods(tmp_path / "a.ods", sheet(row("a", "b"), columns=columns)))

    assert table.hidden_columns == {1}


def test_repeated_rows_are_there_as_often_and_copies_of_other_files_are_not(tmp_path):
    foreign = (
        '<table:table table:name="ext"><table:table-source/><table:table-row>'
        "<table:table-cell><text:p>x@a.example</text:p></table:table-cell></table:table-row></table:table>"
    )
    path = an_ods(
        tmp_path / "a.ods",
        sheet(row("a", more=' table:number-rows-repeated="3"'), row("b")),
        foreign,
    )

    (table,) = read_workbook(path)

    assert [(each.number, each.cells) for each in table.rows] == [
        *((number, ("a",)) for number in (1, 2, 3)),
        (4, ("b",)),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        row("a", more=f' table:number-rows-repeated="{MAX_ROWS + 1}"'),
        row(text("a", more=f' table:number-columns-repeated="{MAX_COLUMNS + 1}"')),
        row("<table:table-cell/>" * 20_001),
    ],
    ids=["rows", "columns", "cells"],
)
def test_what_no_list_has_is_refused_without_being_unfolded(tmp_path, cells):
    with pytest.raises(ContentError, match=r"too large|more than a contact list"):
        read_workbook(an_ods(tmp_path / "a.ods", sheet(cells)))


def test_a_file_with_a_password_or_a_document_type_is_refused_in_words(tmp_path):
    with pytest.raises(ContentError, match="damaged or protected by a password"):
        read_workbook(packed(tmp_path / "a.ods", b"\x8f\x01 not XML"))
    with pytest.raises(ContentError, match="document type"):
        read_workbook(packed(tmp_path / "b.ods", f"<!DOCTYPE x>{content(sheet(row('a')))[38:]}"))


GOOD = content(
    sheet(row(*HEADERS), row("Ada", "Petit", text("ada@a.example", note="x")), name="Liste")
).encode()


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 12), st.binary(max_size=12))
def test_whatever_is_damaged_in_it_it_is_read_or_refused(tmp_path_factory, start, length, instead):
    path = tmp_path_factory.mktemp("damaged") / "a.ods"
    damaged = packed(path, GOOD[:start] + instead + GOOD[start + length :])
    with suppress(ContentError):
        read_workbook(damaged)
