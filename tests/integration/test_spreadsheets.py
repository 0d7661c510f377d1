"""Workbooks of strangers."""

import contextlib
import io
import random
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

from mailer.errors import ContentError
from mailer.files.workbooks import read_workbook


def a_workbook(path, *rows, dates=False):
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"} if dates else {}) as book:
        sheet = book.add_worksheet("F")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def changed(path, change):
    """The workbook at `path` with every part passed through `change(name, content)`."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts.items():
            after.writestr(name, change(name, content))
    return path


def in_sheet(old, new):
    def change(name, content):
        return content.replace(old, new) if name.endswith("sheet1.xml") else content

    return change


def cells(path):
    return [row.cells for table in read_workbook(path) for row in table.rows]


def test_cells_read_as_somebody_would_type_them(tmp_path):
    row = [
        "Hélène",
        33,
        1.5,
        True,
        False,
        date(2017, 12, 9),
        datetime.fromisoformat("2017-12-09T09:30:00"),
        time(9, 30),
    ]

    path = a_workbook(tmp_path / "a.xlsx", row, dates=True)

    assert cells(path) == [
        ("Hélène", "33", "1.5", "oui", "non", "2017-12-09", "2017-12-09T09:30:00", "09:30:00")
    ]


def test_rows_keep_the_numbers_a_person_sees(tmp_path):
    (table,) = read_workbook(a_workbook(tmp_path / "a.xlsx", ["a"], [], [], ["b"]))

    assert [row.number for row in table.rows] == [1, 4]


def test_a_declared_size_that_lies_hides_no_row(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a", "b"], ["c", "d"])
    changed(path, in_sheet(b'ref="A1:B2"', b'ref="A1:A1"'))

    assert cells(path) == [("a", "b"), ("c", "d")]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/media/zeros.bin", b"\0" * 20_000_000)

    with pytest.raises(ContentError, match="unpacks to more"):
        read_workbook(path)


def test_too_many_parts_are_refused(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    with zipfile.ZipFile(path, "a") as bomb:
        for number in range(2_001):
            bomb.writestr(f"xl/media/{number}.bin", b"")

    with pytest.raises(ContentError, match="unpacks to more"):
        read_workbook(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"])
def test_a_document_type_is_refused_in_any_part_and_encoding(tmp_path, part, encoding):
    hostile = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    changed(
        path,
        lambda name, content: hostile.encode(encoding) if name == part else content,
    )

    with pytest.raises(ContentError, match="document type"):
        read_workbook(path)


def test_a_document_type_behind_a_long_comment_is_refused(tmp_path):
    comment = "".join(random.Random(1).choices("abcdefgh", k=200_000))
    hostile = f'<!--{comment}--><!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'.encode()
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    changed(path, lambda name, content: hostile if name.endswith("workbook.xml") else content)

    with pytest.raises(ContentError, match="document type"):
        read_workbook(path)


def test_a_cell_at_the_end_of_the_world_costs_little(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    changed(path, in_sheet(b'<row r="1"', b'<row r="1048577"'))

    assert cells(path) == []


def test_too_wide_a_sheet_is_refused(tmp_path):
    with pytest.raises(ContentError, match="too large"):
        read_workbook(a_workbook(tmp_path / "a.xlsx", ["x"] * 201))


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", b"PK\x05\x06" + b"\0" * 18])
def test_a_stump_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(ContentError):
        read_workbook(path)


def test_another_archive_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")

    with pytest.raises(ContentError, match="a text document of LibreOffice"):
        read_workbook(path)


def test_an_encrypted_part_is_refused(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)

    with pytest.raises(ContentError):
        read_workbook(path)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused_but_never_a_crash(tmp_path, seed):
    chance = random.Random(seed)
    path = a_workbook(tmp_path / "a.xlsx", ["Nom", "Mél"], ["Durand", "ada@lab.example"])

    def damage(_name, content):
        spoiled = bytearray(content)
        for _time in range(chance.randrange(3)):
            at = chance.randrange(len(spoiled))
            spoiled[at : at + chance.randrange(1, 9)] = chance.choice(
                [b"", b"9" * 12, b'"', b"<", b"\xff", b"-1", b"A"]
            )
        return bytes(spoiled)

    changed(path, damage)

    with contextlib.suppress(ContentError):
        read_workbook(path)


def test_a_truncated_workbook_is_refused(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a"] * 50)
    content = path.read_bytes()

    for length in range(4, len(content) - 1, len(content) // 40):
        path.write_bytes(content[:length])
        with pytest.raises(ContentError):
            read_workbook(path)


def test_escaped_characters_come_back(tmp_path):
    path = a_workbook(tmp_path / "a.xlsx", ["a"])
    part = io.BytesIO(b"a_x000A_b").getvalue()
    changed(
        path,
        lambda name, content: (
            content.replace(b"<t>a</t>", b"<t>" + part + b"</t>")
            if name.endswith("sharedStrings.xml")
            else content
        ),
    )

    assert cells(path) == [("a\nb",)]
