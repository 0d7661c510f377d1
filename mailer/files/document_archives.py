"""Opens the archives that documents of word processors are, and parses their parts safely."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

from mailer.errors import ContentError, Place, Problem
from mailer.model.campaigns.tracked_changes import TrackedChanges
from mailer.render.markdown.left_out import quoted
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_UNPACKED = 60_000_000
"""How many bytes the parts of a document may have together."""
DAMAGED = _("the document is damaged")


def read_parts(content: bytes, *, otherwise: Text) -> dict[str, bytes]:
    """Return the parts of an archive by name. Raises ContentError, which says `otherwise` for what
    is no archive.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise ContentError(refused(_("the document is too large when it is unpacked")))
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ContentError(refused(otherwise)) from error


def parsed(part: bytes) -> etree._Element:
    """Parse a part without entities and without reading anything from elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise ContentError(refused(DAMAGED)) from error
    if root.getroottree().docinfo.doctype:  # no word processor writes one; it could hold entities
        raise ContentError(refused(DAMAGED))
    return root


def refused(what: Text) -> Problem:
    """Return the problem of a document that cannot be read."""
    remedy = _("Save it in Word as .docx, or copy its text and paste it.")
    return Problem(Place("", key="word"), what, remedy)


def tracked_in_words(
    count: int, changes: TrackedChanges, *, inserted: Iterable[str], deleted: Iterable[str]
) -> Text:
    """Return how many changes were accepted or refused, with the words of both kinds."""
    said = {"inserted": quoted(inserted) or "–", "deleted": quoted(deleted) or "–"}
    if changes is TrackedChanges.ACCEPT:
        return _n(
            "{count} tracked change was accepted (inserted: “{inserted}”; deleted: “{deleted}”)",
            "{count} tracked changes were accepted (inserted: “{inserted}”; deleted: “{deleted}”)",
            count=count,
            **said,
        )
    return _n(
        "{count} tracked change was refused (inserted: “{inserted}”; deleted: “{deleted}”)",
        "{count} tracked changes were refused (inserted: “{inserted}”; deleted: “{deleted}”)",
        count=count,
        **said,
    )
