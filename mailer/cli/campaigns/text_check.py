"""`mailer check --text`: read any release over, without making a campaign of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.cli.terminal import show
from mailer.files.documents import document_bytes
from mailer.model.campaigns.tracked_changes import TrackedChanges
from mailer.wording import _

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.model.drafts.finding import Finding
    from mailer.wiring.app import App


def findings_of_text(app: App, file: Path, *, say_score: bool) -> tuple[Finding, ...]:
    """Return what is to be corrected in a release, and print its score."""
    app.children.fork()  # the ledger is not open: a text needs none
    converted = app.children.read_document(
        document_bytes(file), name=file.name, changes=TrackedChanges.ACCEPT
    )
    diagnosis = app.children.diagnose(
        converted.markdown,
        name=file.name,
        office=app.settings.office,
        letterhead=app.settings.letterhead,
        now=app.clock.now(),
        left_out=converted.left_out,
        margins=converted.margins,
        faults=converted.faults,
    )
    if say_score:
        show.print_line(_("Score: {score} of 100", score=diagnosis.score))
    return diagnosis.findings
