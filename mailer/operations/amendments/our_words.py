"""Tell what we write into an amendment from what the office writes, which is what it can change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.errors import Place
    from mailer.operations.amendments.draft import AmendmentDraft


def is_ours(where: Place, found: AmendmentDraft) -> bool:
    """Return whether a place is in what stands above a text of the folder, which no file holds."""
    begins = found.first_lines.get(where.file)
    if begins is None:
        return where.file.endswith(".md")
    return not where.key and bool(where.line) and where.line < begins


def stands_in_our_words(where: Place, found: AmendmentDraft) -> bool:
    """Return whether a place is a subject, a preheader or a sentence of ours, which no screen
    changes: the office adds only its note.
    """
    is_a_line = bool(where.key or where.line)
    return is_a_line and is_ours(where, found) and not _is_in_note(where, found)


def _is_in_note(where: Place, found: AmendmentDraft) -> bool:
    noted = {line for line in found.amendment.note.splitlines() if line.strip()}
    contents = (each for step in found.draft.plan for each in step.step.contents.values())
    return not where.key and any(
        line in noted
        for each in contents
        if each.file == where.file
        for number, line in enumerate(each.text.splitlines(), start=each.line)
        if number == where.line
    )
