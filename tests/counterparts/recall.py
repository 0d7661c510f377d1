"""How many of the faults planted in the raw advisories the checks find, kind by kind.

.venv/bin/python -m tests.counterparts.recall
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime

from mailer.files.documents import read_document
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.office import Office
from mailer.model.mailings.message import Letterhead
from mailer.operations.campaigns.writing.diagnosis import diagnose
from tests.counterparts.advisories import FOLDER, advisories, as_word

LETTERHEAD = Letterhead(Mailbox(Address.parse("presse@institut.example")))
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Planted:
    """One planted fault, and whether a check has found it."""

    advisory: str
    kind: str
    words: str
    is_found: bool


def diagnosed(name, text):
    """The text of an advisory as it was read, and its diagnosis."""
    content = text.encode() if name.endswith(".txt") and ".docx" not in name else as_word(text)
    read = read_document(content, name=name)
    return read, diagnose(
        read.markdown,
        name=name,
        office=Office("Institut d’essai"),
        letterhead=LETTERHEAD,
        now=NOW,
        left_out=read.left_out,
        margins=read.margins,
        faults=read.faults,
    )


def planted_faults():
    """Every planted fault."""
    found_by = tomllib.loads((FOLDER / "raw" / "found_by.toml").read_text("utf-8"))
    for name, text, faults in advisories("raw", "faults.toml"):
        read, diagnosis = diagnosed(name, text)
        for kind, places in faults.items():
            for words in places:
                is_found = any(
                    finding.check in found_by[kind] and _is_there(finding, words, read.markdown)
                    for finding in diagnosis.findings
                )
                yield Planted(name, kind, words, is_found)


def _is_there(finding, words, markdown):
    """Whether a finding stands at the line of the words, or is about the whole document."""
    if not words or finding.where.line <= 1:
        return True
    begins = words[:20]
    lines = [n for n, line in enumerate(markdown.split("\n"), start=1) if begins in line]
    return finding.where.line in lines or not lines


if __name__ == "__main__":
    every = list(planted_faults())
    for kind in sorted({each.kind for each in every}):
        of_kind = [each for each in every if each.kind == kind]
        missed = ", ".join(f"{e.advisory[:2]} “{e.words}”" for e in of_kind if not e.is_found)
        print(f"{kind:24} {sum(e.is_found for e in of_kind)}/{len(of_kind)}  {missed}")
    print(f"in all {sum(e.is_found for e in every)} of {len(every)}")
