"""The port for the files of campaigns: their revisions, and texts that are not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mailer.model.drafts.revision import Revision, Scratch


class Revisions(Protocol):
    """The linear history of each campaign's files. The newest revision is the campaign; its folder
    is a working copy.
    """

    def head(self, campaign: str) -> Revision | None:
        """Return the newest revision; None when the campaign has none."""

    def get(self, campaign: str, number: int) -> Revision:
        """Return a revision. Raises KeyError when there is none with this number."""

    def history(
        self, campaign: str, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Revision]:
        """Return at most `limit` revisions, the newest first; with `before`, only those whose number
        is lower.
        """

    def last_edit(self, campaign: str) -> Revision | None:
        """Return the newest revision that a person saved here; None when there is none.

        A revision that the program made of changes in the folder does not count.
        """

    def last_edits(self, campaigns: Collection[str]) -> Mapping[str, Revision]:
        """Return the `last_edit` of each of these campaigns by name; those without one are missing."""

    def contents(self, hashes: Collection[str]) -> Mapping[str, bytes]:
        """Return the stored files with these SHA-256 hashes, by hash."""

    def add(
        self,
        revision: Revision,
        *,
        contents: Mapping[str, bytes],
        in_folder: Mapping[str, str | None] | None = None,
        folder: str = "",
    ) -> bool:
        """Add the next revision of a campaign, with an entry in the journal.

        `contents` gives those of its files that may be new, by hash. The same transaction records
        the hashes `in_folder` of the files in `folder`, as `record_written` does. Returns False,
        and writes nothing, when `revision.parent` is no longer the newest revision.
        """

    def written(self, campaign: str, folder: str) -> Mapping[str, str] | None:
        """Return by path the hash of each file as the program last wrote or read it in a folder.

        Returns None for a folder that it does not know: each host may have its own folder of a
        campaign.
        """

    def record_written(
        self, campaign: str, files: Mapping[str, str | None], *, folder: str
    ) -> None:
        """Record the hashes of files in the folder; None for one that was removed there."""

    def save_scratch(self, scratch: Scratch) -> None:
        """Keep a text that is not saved yet, in place of an earlier one of the same tab."""

    def scratches(self, campaign: str, path: str = "") -> Sequence[Scratch]:
        """Return the unsaved texts of a campaign, or of one of its files, the newest first."""

    def discard_scratch(self, *, person: str, tab: str, campaign: str, path: str) -> bool:
        """Delete an unsaved text; returns False when there was none."""
