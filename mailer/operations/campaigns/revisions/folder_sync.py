"""Synchronises the newest revision of a campaign with its folder, and adds revisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import Busy, ContentError, Place, Problem, nearest
from mailer.model.drafts.revision import NOTHING, ConflictingFile, Revision
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import PROGRAM
from mailer.operations.campaigns.revisions.folder_changes import compare_folder, hashes, sha256
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.revisions.folder_changes import FolderChanges
    from mailer.ports import Clock, Ledger

_MAX_TRIES = 20
"""How often the folder is read when another program changes it each time."""
_MAX_REVISIONS = 1_000
"""The files of an unknown folder are looked for in so many of the newest revisions."""


@dataclass(frozen=True, slots=True)
class OpenedCampaign:
    """A campaign's newest revision with its files.

    `folder_conflicts` are files that were saved here and changed in the folder at the same time:
    a person has to choose. `read_only` is the reason why nothing may be changed, or None.
    """

    head: Revision
    files: Mapping[str, bytes]
    folder_conflicts: tuple[ConflictingFile, ...] = ()
    read_only: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFolderSync:
    """The folders of the workspace as working copies of the ledger.

    `hold` locks a folder, and `read` returns its files by path. `write` replaces one of them, or
    removes it (None); it returns False, and writes nothing, when the file has not the expected
    content. `exists` says whether there is a folder with a campaign, and `names` lists them.
    `identity` is the id of the folder with all campaigns: each copy of it has its own.
    """

    ledger: Ledger
    clock: Clock
    exists: Callable[[str], bool]
    names: Callable[[], list[str]]
    hold: Callable[[str], AbstractContextManager[None]]
    read: Callable[[str], Mapping[str, bytes]]
    write: Callable[..., bool]
    identity: Callable[[], str]

    def require_campaign(self, slug: str) -> None:
        """Raise ContentError for an unknown campaign. Called before `hold`, which would create its
        folder.
        """
        if not self.exists(slug) and self.ledger.revisions.head(slug) is None:
            raise ContentError(self._unknown(slug))

    def synchronise(self, slug: str) -> OpenedCampaign:
        """Make a revision of what changed in the folder, and write to it what was saved here.

        The caller holds the folder. Raises ContentError when there is no such campaign, and Busy
        when another program changes the folder each time that it is read.
        """
        for _try in range(_MAX_TRIES):
            if opened := self._synchronise_once(slug):
                return opened
        raise Busy(
            Problem(
                Place(slug),
                _("The folder of this campaign is being changed all the time."),
                _("Try again when the other program has ended."),
            )
        )

    def _synchronise_once(self, slug: str) -> OpenedCampaign | None:
        """Return the campaign if it is synchronised; None after a change, to look once more."""
        head = self.ledger.revisions.head(slug)
        found = self.read(slug)
        if head is None:
            if not found:
                raise ContentError(self._unknown(slug))
            self.add_from_folder(slug, None, found)
            return None
        changes = self._compare(slug, head, hashes(found))
        if changes.outside:
            self.add_from_folder(slug, head, {path: found.get(path) for path in changes.outside})
            return None
        files = self._write_pending(slug, head, changes, found)
        if files is None:
            return None
        conflicts = tuple(
            ConflictingFile(path, mine=files.get(path), theirs=found.get(path), base=None)
            for path in changes.conflicts
        )
        return OpenedCampaign(head, files, conflicts, self.why_read_only(slug))

    def _compare(self, slug: str, head: Revision, found: Mapping[str, str]) -> FolderChanges:
        """Compare the newest revision with the hashes that were `found` in the folder."""
        written = self.ledger.revisions.written(slug, self.identity())
        if written is not None:
            return compare_folder(head.files, written=written, folder=found)
        older = self._of_older_revisions(slug, found)
        # Files that are up to date are recorded now, so that an older text copied over them later
        # is an edit and not an old copy.
        same = dict(found.items() & head.files.items())
        return replace(compare_folder(head.files, written=older, folder=found), known=same)

    def _of_older_revisions(self, slug: str, found: Mapping[str, str]) -> Mapping[str, str]:
        """Return the files of an unknown folder that are the same as in some older revision.

        The folder may be an old copy of the workspace, from another host: a file that is merely
        old is no edit, and must not replace a newer one.
        """
        known: set[tuple[str, str]] = set()
        for revision in self.ledger.revisions.history(slug, limit=_MAX_REVISIONS):
            known.update(revision.files.items())
        return {path: digest for path, digest in found.items() if (path, digest) in known}

    def _write_pending(
        self,
        slug: str,
        head: Revision,
        changes: FolderChanges,
        found: Mapping[str, bytes],
    ) -> dict[str, bytes] | None:
        """Write the pending files to the folder, and return all files of `head`.

        Returns None when another program has changed one of them since it was read.
        """
        by_hash = {sha256(content): content for content in found.values()}
        missing = {*head.files.values()} - by_hash.keys()
        if missing:
            by_hash |= self.ledger.revisions.contents(missing)
        for path, digest in changes.pending.items():
            content = None if digest is None else by_hash[digest]
            if not self.write(slug, path, content, expected=found.get(path)):
                return None
        self.ledger.revisions.record_written(
            slug, {**changes.known, **changes.pending}, folder=self.identity()
        )
        return {path: by_hash[digest] for path, digest in head.files.items()}

    def add_from_folder(
        self, slug: str, head: Revision | None, outside: Mapping[str, bytes | None]
    ) -> Revision | None:
        """Add a revision with the files that another program changed in the folder.

        Returns None when `head` is no longer the newest revision.
        """
        contents = {sha256(each): each for each in outside.values() if each is not None}
        changed = {path: None if each is None else sha256(each) for path, each in outside.items()}
        revision = self._next(
            slug,
            _with_hashes(head.files if head else {}, changed),
            parent=head.number if head else NOTHING,
            actor=PROGRAM,
        )
        is_added = self.ledger.revisions.add(
            revision, contents=contents, in_folder=changed, folder=self.identity()
        )
        return revision if is_added else None

    def why_read_only(self, slug: str) -> Text | None:
        """Return why the files may not be changed any more; None when they may.

        A campaign that was cancelled before any mail left may be changed and launched again.
        """
        mailings = self.ledger.mailings.summaries(slug)
        if all(each.state is MailingState.CANCELLED and not each.has_started for each in mailings):
            return None
        return _("This campaign was launched: its texts and facts can no longer be changed.")

    def add(
        self,
        slug: str,
        files: Mapping[str, bytes],
        *,
        parent: int,
        actor: Actor,
        why: str = "",
        restores: int = NOTHING,
    ) -> Revision | None:
        """Add a revision with these files. Returns None when `parent` is no longer the newest one."""
        revision = self._next(
            slug, hashes(files), parent=parent, actor=actor, why=why, restores=restores
        )
        contents = {sha256(content): content for content in files.values()}
        return revision if self.ledger.revisions.add(revision, contents=contents) else None

    def _next(
        self,
        slug: str,
        files: Mapping[str, str],
        *,
        parent: int,
        actor: Actor,
        why: str = "",
        restores: int = NOTHING,
    ) -> Revision:
        return Revision(
            campaign=slug,
            number=parent + 1,
            person=actor.person,
            name=actor.name,
            via=actor.via,
            at=self.clock.now(),
            files=files,
            why=why,
            restores=restores,
        )

    def _unknown(self, slug: str) -> Problem:
        known = self.names()
        create = Remedy(RemedyAct.NEW_CAMPAIGN, {"campaign": slug})
        return Problem(
            Place(slug),
            _("there is no campaign here"),
            nearest(slug, known) if known else _("Create it."),
            None if known else create,
        )


def _with_hashes(files: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return the hashes of files by path after the changes; None removes a file."""
    merged: dict[str, str | None] = {**files, **changes}
    return {path: digest for path, digest in merged.items() if digest is not None}
