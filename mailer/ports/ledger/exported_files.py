"""The files that were exported in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.service.exported_file import ExportedFile
    from mailer.model.team.actor import Actor


class ExportedFiles(Protocol):
    """The file of each export, until it is removed. Forgetting somebody removes all of them."""

    def keep(self, file: ExportedFile) -> None:
        """Store the file of a job; one that its job had made before is replaced."""

    def keep_export(
        self, file: ExportedFile, *, actor: Actor, subject: str, detail: str, at: datetime
    ) -> None:
        """Store the file of an export with its line in the journal, in one transaction; nothing
        when its job has made one before.
        """

    def get(self, job_id: str) -> ExportedFile | None:
        """Return the file that a job has made; None when it was removed, or never made."""

    def remove_older(self, than: datetime) -> int:
        """Remove the files that were made before this instant; returns how many."""
