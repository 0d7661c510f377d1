"""Open, save, compare and take back the revisions of a campaign's files.

The newest revision in the ledger is what the campaign is; its folder is a working copy. A save is
one transaction in the ledger, and then the folder is written file by file. What a crash leaves
unwritten is written by the next opening. What another program changed in the folder becomes a
revision of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.drafts.revision import (
    NOTHING,
    ConflictingFile,
    EditConflict,
    Revision,
)
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.revisions.differences import file_differences
from mailer.operations.campaigns.revisions.folder_changes import sha256
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.revisions.differences import FileDifference
    from mailer.operations.campaigns.revisions.folder_sync import CampaignFolderSync, OpenedCampaign
    from mailer.ports import Ledger

PAGE = 50
"""How many revisions are shown at once."""


class Keep(Enum):
    """Whose version of a file is kept when the folder and the ledger have both changed it."""

    LEDGER = "ledger"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision of the history, and the paths of the files that it changed."""

    revision: Revision
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRevisions:
    """The revisions of the workspace's campaigns."""

    ledger: Ledger
    folders: CampaignFolderSync

    def open_campaign(self, slug: str) -> OpenedCampaign:
        """Return the newest revision, after taking in what was changed in the folder.

        Completes a save that was interrupted. Raises ContentError when there is no such campaign.
        """
        self.folders.require_campaign(slug)
        with self.folders.hold(slug):
            return self.folders.synchronise(slug)

    def create(
        self, slug: str, files: Mapping[str, bytes], *, actor: Actor, why: str = ""
    ) -> Revision:
        """Make a new campaign of these files. Raises RuleError when there is one of this name."""
        require(actor, Act.EDIT_CAMPAIGN)
        if self.folders.exists(slug) or self.ledger.revisions.head(slug) is not None:
            self._complete(slug)
            raise RuleError(_name_is_taken(slug))
        with self.folders.hold(slug):
            revision = None
            if not self.folders.read(slug):
                revision = self.folders.add(slug, files, parent=NOTHING, actor=actor, why=why)
            if revision is None:  # somebody else has made it at this moment
                raise RuleError(_name_is_taken(slug))
            self.folders.synchronise(slug)
        return revision

    def save_files(
        self,
        slug: str,
        changes: Mapping[str, bytes | None],
        *,
        base: int,
        actor: Actor,
        why: str = "",
        bases: Mapping[str, int] | None = None,
        after_launch: bool = False,
    ) -> Revision | EditConflict:
        """Save files (None removes one) that were changed in revision `base`. Journalled.

        `bases` gives another base for some of them: those in which somebody's changes were
        already put together with those of others. With `after_launch` they may be those of a
        launched campaign, for what is to be told as an amendment.

        Returns the new revision, or the newest one when nothing differs from it. When somebody
        else has changed one of the same files since `base`, saves nothing and returns the
        conflict. Raises RuleError when the campaign was launched.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        based = dict.fromkeys(changes, base) | dict(bases or {})
        return self._save(slug, changes, bases=based, actor=actor, why=why, locked=not after_launch)

    def save_after_launch(
        self, slug: str, path: str, content: bytes, *, base: int, actor: Actor
    ) -> Revision | EditConflict:
        """Save a file of a launched campaign, for what is to be told as an amendment. Journalled.

        What was launched leaves as it was signed off, or is held, until the amendment is launched.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        return self._save(
            slug, {path: content}, bases={path: base}, actor=actor, why="", locked=False
        )

    def take_back(
        self, slug: str, number: int, *, base: int, actor: Actor, why: str = ""
    ) -> Revision | EditConflict:
        """Give every file the content it had in revision `number`, in a new revision.

        Raises RuleError when there is no such revision, or `base` is no longer the newest.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        old = self.revision(slug, number)
        contents = self.ledger.revisions.contents(set(old.files.values()))
        head = self.open_campaign(slug).head
        if base != head.number:
            raise RuleError(_changed_meanwhile(slug, head))
        changes: dict[str, bytes | None] = dict.fromkeys(head.files, None)
        changes |= {path: contents[digest] for path, digest in old.files.items()}
        based = dict.fromkeys(changes, base)
        return self._save(slug, changes, bases=based, actor=actor, why=why, restores=number)

    def choose_version(self, slug: str, path: str, *, keep: Keep, actor: Actor) -> Revision:
        """Decide about a file that was saved here and changed in the folder at the same time.

        The version of the folder becomes a revision in any case, so that neither is lost.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        with self.folders.hold(slug):
            opened = self.folders.synchronise(slug)
            found = {each.path: each.theirs for each in opened.folder_conflicts}
            if path not in found:
                return opened.head
            head = self.folders.add_from_folder(slug, opened.head, {path: found[path]})
            if keep is Keep.LEDGER and head is not None:
                restored = opened.head.number
                self.folders.add(
                    slug, opened.files, parent=head.number, actor=actor, restores=restored
                )
            return self.folders.synchronise(slug).head

    def revision(self, slug: str, number: int) -> Revision:
        """Return a revision. Raises RuleError when there is none with this number."""
        try:
            return self.ledger.revisions.get(slug, number)
        except KeyError:
            raise RuleError(
                Problem(
                    Place(slug),
                    _("there is no version {number} of this campaign", number=number),
                    _("Choose one from the list of versions."),
                )
            ) from None

    def first_remark(self, slug: str) -> str:
        """Return what was kept with the first revision of a campaign."""
        has_any = self.ledger.revisions.head(slug) is not None
        return self.ledger.revisions.get(slug, 1).why if has_any else ""

    def files_of(self, revision: Revision) -> dict[str, bytes]:
        """Return the files of a revision by path."""
        contents = self.ledger.revisions.contents(set(revision.files.values()))
        return {path: contents[digest] for path, digest in revision.files.items()}

    def history(self, slug: str, *, before: int | None = None) -> tuple[RevisionLine, ...]:
        """Return a page of revisions with what each changed, the newest first."""
        found = self.ledger.revisions.history(slug, before=before, limit=PAGE + 1)
        parents = (*(each.files for each in found[1:]), {})
        return tuple(
            RevisionLine(each, changed_paths(parent, each.files))
            for each, parent in zip(found[:PAGE], parents, strict=False)
        )

    def compare(self, slug: str, first: int, second: int) -> tuple[FileDifference, ...]:
        """Return what differs between two revisions; 0 is the state before the first."""
        old, new = (
            self.files_of(self.revision(slug, number)) if number else {}
            for number in (first, second)
        )
        return file_differences(old, new)

    def _complete(self, slug: str) -> None:
        """Write the folder of a campaign whose making was cut off before anything was recorded
        there: without it no list shows the campaign, and its name is taken.
        """
        is_made = self.ledger.revisions.head(slug) is not None
        if is_made and self.ledger.revisions.written(slug, self.folders.identity()) is None:
            with self.folders.hold(slug):
                self.folders.synchronise(slug)

    def _save(
        self,
        slug: str,
        changes: Mapping[str, bytes | None],
        *,
        bases: Mapping[str, int],
        actor: Actor,
        why: str,
        restores: int = NOTHING,
        locked: bool = True,
    ) -> Revision | EditConflict:
        self.folders.require_campaign(slug)
        with self.folders.hold(slug):
            while True:
                opened = self.folders.synchronise(slug)
                own = self._own_changes(slug, opened, changes, bases=bases)
                new = _merged(opened.files, own)
                if new == opened.files:
                    return opened.head
                if locked and opened.read_only is not None:
                    raise RuleError(_launched(slug, opened.read_only))
                if conflict := self._conflict(slug, opened, own, bases=bases):
                    return conflict
                saved = self.folders.add(
                    slug,
                    new,
                    parent=opened.head.number,
                    actor=actor,
                    why=why,
                    restores=restores,
                )
                if saved is not None:
                    self.folders.synchronise(slug)
                    return saved

    def _own_changes(
        self,
        slug: str,
        opened: OpenedCampaign,
        changes: Mapping[str, bytes | None],
        *,
        bases: Mapping[str, int],
    ) -> dict[str, bytes | None]:
        """Return the changes without files that are as they were at their base: only others may
        have changed those since.
        """
        began = self._hashes_at(slug, opened, bases)
        return {
            path: content
            for path, content in changes.items()
            if bases[path] == opened.head.number
            or began[path] != (None if content is None else sha256(content))
        }

    def _conflict(
        self,
        slug: str,
        opened: OpenedCampaign,
        changes: Mapping[str, bytes | None],
        *,
        bases: Mapping[str, int],
    ) -> EditConflict | None:
        """Return the files that both this save and somebody else have changed since their base."""
        began = self._hashes_at(slug, opened, bases)
        contested = [
            path
            for path, mine in changes.items()
            if began[path] != opened.head.files.get(path) and mine != opened.files.get(path)
        ]
        if not contested:
            return None
        contents = self.ledger.revisions.contents(
            {digest for path in contested if (digest := began[path]) is not None}
        )
        since = min(bases[path] for path in contested)
        return EditConflict(
            opened.head,
            self._last_to_change(slug, contested, since=since) or opened.head,
            tuple(
                ConflictingFile(
                    path,
                    mine=changes[path],
                    theirs=opened.files.get(path),
                    base=contents.get(began[path] or ""),
                )
                for path in contested
            ),
        )

    def _hashes_at(
        self, slug: str, opened: OpenedCampaign, bases: Mapping[str, int]
    ) -> dict[str, str | None]:
        """Return the hash of each file at its base."""
        states = {
            number: opened.head.files
            if number == opened.head.number
            else self._files_at(slug, number)
            for number in set(bases.values())
        }
        return {path: states[number].get(path) for path, number in bases.items()}

    def _files_at(self, slug: str, number: int) -> Mapping[str, str]:
        return self.revision(slug, number).files if number else {}

    def _last_to_change(self, slug: str, paths: Sequence[str], *, since: int) -> Revision | None:
        lines = self.history(slug)
        return next(
            (
                each.revision
                for each in lines
                if each.revision.number > since and not set(paths).isdisjoint(each.changed)
            ),
            None,
        )


def changed_paths(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths whose content differs between two revisions."""
    return tuple(sorted(path for path in {*old, *new} if old.get(path) != new.get(path)))


def _merged(files: Mapping[str, bytes], changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    merged: dict[str, bytes | None] = {**files, **changes}
    return {path: content for path, content in merged.items() if content is not None}


def _name_is_taken(slug: str) -> Problem:
    return Problem(
        Place(slug), _("There is something of this name already."), _("Choose another name.")
    )


def _changed_meanwhile(slug: str, head: Revision) -> Problem:
    return Problem(
        Place(slug),
        _("somebody else has saved this campaign meanwhile: {name}", name=head.name),
        _("Look at the newest version, then choose again."),
    )


def _launched(slug: str, why: Text) -> Problem:
    return Problem(
        Place(slug),
        why,
        _("To tell people what has changed, correct, move or cancel this campaign."),
        Remedy(RemedyAct.AMEND, {"campaign": slug}),
    )
