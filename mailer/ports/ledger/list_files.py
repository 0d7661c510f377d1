"""Lists that were uploaded, and decisions about their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.contacts.list_file import ListFile, RowDecision
    from mailer.model.team.actor import Actor


class ListFiles(Protocol):
    """The contact files that wait to be taken in."""

    def keep(self, file: ListFile) -> None:
        """Store a file until it is taken in or discarded."""

    def get(self, file_id: str) -> ListFile | None:
        """Return a file that waits; None when it was taken in, discarded or never there."""

    def waiting(self) -> Sequence[ListFile]:
        """Return the files that wait, the newest first, without their content."""

    def discard(self, file_id: str) -> None:
        """Remove a file and its content, which holds people."""

    def remember(
        self, decisions: Iterable[RowDecision], *, file: str, actor: Actor, at: datetime
    ) -> None:
        """Store decisions about rows, in place of earlier ones; the journal has a line for each
        new or changed decision, without the content of the row.
        """

    def decisions(self, rows: Collection[str]) -> Mapping[str, RowDecision]:
        """Return the decisions about these rows, by row."""
