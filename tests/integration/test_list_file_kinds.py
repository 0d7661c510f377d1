"""Files that are no contact list, or that would exhaust the machine."""

import os
import zipfile
from datetime import date

import pytest

from mailer.errors import ContentError
from mailer.files.contact_files import read_contacts
from mailer.sandbox.children import Sandbox
from mailer.wiring.app import App

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path, read=read_contacts):
    with pytest.raises(ContentError) as error:
        read(path, list_name="press", read_on=date(2017, 11, 20))
    return str(error.value.problems[0].what)


def stream(name):
    """A compound file whose directory, far from its beginning, names this stream."""
    return COMPOUND + bytes(20_000) + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<table><tr><td>Courriel</td></tr></table>", "web page"),
        (b"\r\n<!-- exported -->\r\n<TABLE border=1><tr>", "web page"),
        ("\ufeff<html><body>".encode("utf-16-le"), "web page"),
        ("\ufeff<!DOCTYPE html>".encode("utf-16-be"), "web page"),
        ("<html>".encode("utf-16-le"), "web page"),
        (b"\n\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "web page saved"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "web page saved"),
        (b"From: ana@radio.example\nMIME-Version: 1.0\n", "mail"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "form of 2003"),
        (b"<contacts>\n<contact/>", "XML"),
        (stream("Workbook"), "old Excel"),
        (stream("WordDocument"), "Word"),
        (stream("EncryptedPackage"), "password"),
        (stream("__properties_version1.0"), "Outlook"),
        (bytes.fromhex("0908080000051000"), "very old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"Rar!\x1a", "compressed"),
        (b"SQLite format 3\0", "database"),
        (b"ID;PWXL;N;E", "SYLK"),
        (b'[{"email": "no@jour.example", "status": "unsubscribed"}]', "JSON"),
        (b'{"email": "no@jour.example"}\n{"email": "ok@jour.example"}', "JSON"),
        (b"{\\rtf1", "formatting"),
    ],
)
def test_a_file_of_another_kind_is_named_whatever_it_calls_itself(tmp_path, content, what):
    path = tmp_path / "list.xls"
    path.write_bytes(content)

    assert what in refused(path)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("content.xml", "LibreOffice"),
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", "Word"),
        ("Index/Document.iwa", "Numbers"),
        ("readme.txt", "zip archive"),
    ],
)
def test_an_archive_of_another_kind_is_named(tmp_path, entry, what):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "x")

    assert what in refused(path)


@pytest.mark.parametrize(
    "text",
    [
        "<ana@radio.example>; Paul Roy <paul@gazette.example>",
        "<ana.petit@radio.example>\n<paul-roy@gazette.example>\n",
        "To: ana@radio.example, paul@gazette.example",
        "Courriel;Nom\nana@radio.example;<b>\npaul@gazette.example;Roy",
    ],
)
def test_addresses_in_angle_brackets_are_no_web_page(tmp_path, text):
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")

    found = read_contacts(path, list_name="press", read_on=date(2017, 11, 20))

    assert len(found.contacts) == 2


def a_wide_workbook(tmp_path, cells=2_000_000):
    """A workbook with one row of so many empty cells, and noise that hides how well it packs."""
    path = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        row = '<row r="1"><c t="inlineStr"><is><t>Courriel</t></is></c></row><row>'
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"<worksheet><sheetData>{row}{'<c/>' * cells}</row></sheetData></worksheet>",
        )
        archive.writestr("xl/media/noise.bin", os.urandom(100_000))
    return path


def test_a_row_that_no_list_has_is_refused_before_it_is_read(tmp_path):
    path = a_wide_workbook(tmp_path)

    with Sandbox(cpu_s=10, memory_bytes=300 * 2**20) as sandbox:
        what = refused(
            path, lambda path, **how: sandbox.run(read_contacts, path, where=None, **how)
        )

    assert "unpacks to more" in what


def test_an_import_reads_its_file_in_a_child_process(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Courriel;Nom\nana@radio.example;Petit\n", encoding="utf-8")

    with App(tmp_path) as app:
        inside = app.children.read_contacts(path, list_name="press", read_on=date(2017, 11, 20))

    assert inside == read_contacts(path, list_name="press", read_on=date(2017, 11, 20))
