"""Reads an old release, whatever it was written in: Word, LibreOffice, a page, a mail, a text."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

from mailer.contacts.formats.encodings import decode
from mailer.errors import ContentError, Place, Problem
from mailer.files.given_files import given_bytes
from mailer.files.mail_subjects import with_headline
from mailer.files.open_documents import is_open_document, read_open_document
from mailer.files.quoted_mails import release_in
from mailer.files.text_limits import beyond_limits
from mailer.files.word_files import read_word
from mailer.model.campaigns.tracked_changes import TrackedChanges
from mailer.render.markdown.from_html import ATTACHED_FILES, ConvertedText, markdown_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 20_000_000
_ZIP = b"PK\x03\x04"
_UNREADABLE = (
    (b"%PDF-", _("this is a PDF: its lines and hyphens are those of the page")),
    (b"\xd0\xcf\x11\xe0", _("this is an old Word document (.doc)")),
    (b"{\\rtf", _("this is a document in Rich Text (.rtf)")),
)
_DRAWING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype svg[^>]*>\s*|<!--.{0,2000}?-->\s*)*<svg\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"\A(?:[!-9;-~]{1,60}:(?:[ \t].*)?\r?\n(?:[ \t].*\r?\n)*){2,}\r?\n")
_HTML = re.compile(
    r"\A\s*(?:<!doctype html|<html|<head|<body|<(?:p|div|h[1-6])[\s>]"
    r"|(?:<!--.{0,2000}?-->\s*|<(?:a|img|table|center|section|article|main|meta|span|font|strong)\b)"
    r"(?=.*</(?:p|div|h[1-6]|td|body|html)>))",
    re.IGNORECASE | re.DOTALL,
)


def read_document(
    content: bytes, *, name: str, changes: TrackedChanges = TrackedChanges.ACCEPT
) -> ConvertedText:
    """Return the text of a document, recognised by its content, and what of it was left out.

    `changes` says what becomes of tracked changes. Raises ContentError for what cannot be read, and
    for what nobody wrote as a text for people (`text_limits`).
    """
    converted = _converted(content, name, changes)
    if beyond := beyond_limits(converted.markdown, name):
        raise ContentError(*beyond)
    return converted


def _converted(content: bytes, name: str, changes: TrackedChanges) -> ConvertedText:
    for mark, what in _UNREADABLE:
        if content.startswith(mark):
            raise ContentError(Problem(Place(name), what, _("Save it as .docx, then try again.")))
    if _DRAWING.match(content):
        what, remedy = _("this is a picture (SVG)"), _("Choose the document with the text.")
        raise ContentError(Problem(Place(name), what, remedy))
    if content.startswith(_ZIP):
        read = read_open_document if is_open_document(content) else read_word
        return read(content, changes=changes)
    if _MAIL.match(content):
        return _of_mail(content, name)
    try:
        return _of_text(decode(content, file=name).text)
    except ContentError as error:
        what = _("this is no Word document, page, mail or plain text")
        remedy = _("Save it as .docx or in UTF-8, then try again.")
        raise ContentError(Problem(Place(name), what, remedy)) from error


def document_bytes(file: Path) -> bytes:
    """Return the content of a document. Raises ContentError when it cannot be read."""
    return given_bytes(file, most_bytes=MAX_BYTES, if_too_large=_("Take the pictures out."))


def _of_text(text: str) -> ConvertedText:
    if _HTML.match(text):
        return markdown_of(text)
    said = release_in(text.replace("\r\n", "\n").strip("\n"), is_mail=False)
    return ConvertedText(said.text, said.left_out)


def _of_mail(content: bytes, name: str) -> ConvertedText:
    """Return the release in a saved mail, below its subject if it has no headline of its own; of
    the HTML part where there is one.
    """
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("html", "plain"))
    try:
        text = body.get_content() if body is not None else ""
    except (LookupError, ValueError) as error:
        what = _("the body of this mail cannot be read")
        raise ContentError(Problem(Place(name), what, _("Paste its text instead."))) from error
    text = text.replace("\r\n", "\n").strip("\n")
    converted = markdown_of(text) if _HTML.match(text) else ConvertedText(text)
    subject = " ".join(str(mail.get("subject", "")).split())
    said = release_in(converted.markdown, subject=subject)
    markdown = with_headline(said.text, subject=subject)
    left_out = (*converted.left_out, *said.left_out, *_attached(mail))
    return ConvertedText(markdown.strip(), left_out, faults=converted.faults)


def _attached(mail: EmailMessage) -> Iterator[Text]:
    names = [part.get_filename() or "" for part in mail.iter_attachments()]
    if names:
        yield Text(ATTACHED_FILES, {"names": ", ".join(filter(None, names))})
