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

from mailer.errors import Busy, ContentError, Place, Problem, RuleError, nearest
from mailer.model.actor import PROGRAM
from mailer.model.mailing import MailingState
from mailer.model.permission import Act, require
from mailer.model.revision import (
    NOTHING,
    ConflictingFile,
    EditConflict,
    Revision,
    Scratch,
)
from mailer.operations.campaigns.folder_changes import compare_folder, hashes, sha256
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from mailer.model.actor import Actor
    from mailer.operations.campaigns.folder_changes import FolderChanges
    from mailer.ports import Clock, Ledger

MAX_SCRATCH = 200_000
"""How many characters of an unsaved text are kept: as many as a text may have."""

_TRIES = 20
"""How often the folder is read again when something changes in it meanwhile."""

PAGE = 50
"""How many revisions are shown at once."""


class Keep(Enum):
    """Whose version of a file is kept when the folder and the ledger have both changed it."""

    LEDGER = "ledger"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class OpenedCampaign:
    """A campaign's newest revision with its files.

    `folder_conflicts` are files that were saved here and changed in the folder at the same time:
    somebody has to choose. `read_only` says why nothing may be changed, or is None.
    """

    head: Revision
    files: Mapping[str, bytes]
    folder_conflicts: tuple[ConflictingFile, ...] = ()
    read_only: Text | None = None


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision of the history, and the paths of the files that it changed."""

    revision: Revision
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRevisions:
    """The revisions of the workspace's campaigns.

    `hold` keeps everybody else from writing to a folder, and `read` returns its files by path.
    `write` replaces or removes (None) one of them; it returns False when that has not the
    expected content. `exists` says whether there is a folder with a campaign.
    """

    ledger: Ledger
    clock: Clock
    exists: Callable[[str], bool]
    names: Callable[[], list[str]]
    hold: Callable[[str], AbstractContextManager[None]]
    read: Callable[[str], Mapping[str, bytes]]
    write: Callable[..., bool]

    def open_campaign(self, slug: str) -> OpenedCampaign:
        """Return the newest revision, after taking in what was changed in the folder.

        Completes a save that was interrupted. Raises ContentError when there is no such campaign.
        """
        self._require_campaign(slug)
        with self.hold(slug):
            return self._synchronised(slug)

    def create(
        self, slug: str, files: Mapping[str, bytes], *, actor: Actor, why: str = ""
    ) -> Revision:
        """Make a new campaign of these files. Raises RuleError when there is one of this name."""
        require(actor, Act.EDIT_CAMPAIGN)
        if self.exists(slug) or self.ledger.revisions.head(slug) is not None:
            raise RuleError(_name_is_taken(slug))
        with self.hold(slug):
            revision = None
            if not self.read(slug):
                revision = self._add(slug, files, parent=NOTHING, actor=actor, why=why)
            if revision is None:  # somebody else has made it at this moment
                raise RuleError(_name_is_taken(slug))
            self._synchronised(slug)
        return revision

    def save_files(
        self,
        slug: str,
        changes: Mapping[str, bytes | None],
        *,
        base: int,
        actor: Actor,
        why: str = "",
    ) -> Revision | EditConflict:
        """Save files (None removes one) that were changed in revision `base`. Journalled.

        Returns the new revision, or the newest one when nothing differs from it. When somebody
        else has changed one of the same files since `base`, saves nothing and returns the
        conflict. Raises RuleError when the campaign was launched.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        return self._save(slug, changes, base=base, actor=actor, why=why)

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
        return self._save(slug, changes, base=base, actor=actor, why=why, restores=number)

    def settle_folder(self, slug: str, path: str, *, keep: Keep, actor: Actor) -> Revision:
        """Decide about a file that was saved here and changed in the folder at the same time.

        The version of the folder becomes a revision in any case, so that neither is lost.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        with self.hold(slug):
            opened = self._synchronised(slug)
            found = {each.path: each.theirs for each in opened.folder_conflicts}
            if path not in found:
                return opened.head
            head = self._take_in(slug, opened.head, {path: found[path]})
            if keep is Keep.LEDGER and head is not None:
                restored = opened.head.number
                self._add(slug, opened.files, parent=head.number, actor=actor, restores=restored)
            return self._synchronised(slug).head

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

    def why_read_only(self, slug: str) -> Text | None:
        """Return why the files may not be changed any more; None when they may.

        A campaign that was cancelled before anything left may be written and launched again.
        """
        mailings = self.ledger.mailings.summaries(slug)
        if all(each.state is MailingState.CANCELLED and not each.has_started for each in mailings):
            return None
        return _("This campaign was launched: its texts and facts can no longer be changed.")

    def save_scratch(
        self, slug: str, path: str, text: str, *, base: int, tab: str, actor: Actor
    ) -> Scratch:
        """Keep a text that the actor is still writing, for this browser tab. Not a revision."""
        require(actor, Act.EDIT_CAMPAIGN)
        if len(text) > MAX_SCRATCH:
            raise RuleError(
                Problem(
                    Place(path),
                    _("the text is too long: its limit is {most} characters", most=MAX_SCRATCH),
                    _("Shorten it, or put a part of it into an attachment."),
                )
            )
        scratch = Scratch(
            person=actor.person,
            tab=tab,
            campaign=slug,
            path=path,
            base=base,
            text=text,
            at=self.clock.now(),
        )
        self.ledger.revisions.save_scratch(scratch)
        return scratch

    def own_scratches(self, slug: str, path: str, *, actor: Actor) -> tuple[Scratch, ...]:
        """Return the actor's own unsaved versions of a file, the newest first."""
        return tuple(
            each
            for each in self.ledger.revisions.scratches(slug, path)
            if each.person == actor.person
        )

    def others_writing(self, slug: str, path: str, *, actor: Actor, within_s: float) -> set[str]:
        """Return the ids of the other people who wrote in a file during the last seconds."""
        now = self.clock.now()
        return {
            each.person
            for each in self.ledger.revisions.scratches(slug, path)
            if each.person != actor.person and (now - each.at).total_seconds() < within_s
        }

    def discard_scratch(self, slug: str, path: str, *, tab: str, actor: Actor) -> bool:
        """Delete the unsaved text of one of the actor's browser tabs."""
        return self.ledger.revisions.discard_scratch(
            person=actor.person, tab=tab, campaign=slug, path=path
        )

    def _save(
        self,
        slug: str,
        changes: Mapping[str, bytes | None],
        *,
        base: int,
        actor: Actor,
        why: str,
        restores: int = NOTHING,
    ) -> Revision | EditConflict:
        self._require_campaign(slug)
        with self.hold(slug):
            while True:
                opened = self._synchronised(slug)
                own = self._own_changes(slug, opened, changes, base=base)
                new = _merged(opened.files, own)
                if new == opened.files:
                    return opened.head
                if opened.read_only is not None:
                    raise RuleError(_launched(slug, opened.read_only))
                if conflict := self._conflict(slug, opened, own, base=base):
                    return conflict
                saved = self._add(
                    slug,
                    new,
                    parent=opened.head.number,
                    actor=actor,
                    why=why,
                    restores=restores,
                )
                if saved is not None:
                    self._synchronised(slug)
                    return saved

    def _own_changes(
        self,
        slug: str,
        opened: OpenedCampaign,
        changes: Mapping[str, bytes | None],
        *,
        base: int,
    ) -> dict[str, bytes | None]:
        """Return the changes without files that are as they were in `base`: only others may have
        changed those since.
        """
        if base == opened.head.number:
            return dict(changes)
        began = self._files_at(slug, base)
        return {
            path: content
            for path, content in changes.items()
            if began.get(path) != (None if content is None else sha256(content))
        }

    def _conflict(
        self,
        slug: str,
        opened: OpenedCampaign,
        changes: Mapping[str, bytes | None],
        *,
        base: int,
    ) -> EditConflict | None:
        """Return the files that both this save and somebody else have changed since `base`."""
        if base == opened.head.number:
            return None
        began = self._files_at(slug, base)
        contested = [
            path
            for path, mine in changes.items()
            if began.get(path) != opened.head.files.get(path) and mine != opened.files.get(path)
        ]
        if not contested:
            return None
        contents = self.ledger.revisions.contents(
            {began[path] for path in contested if path in began}
        )
        return EditConflict(
            opened.head,
            self._last_to_change(slug, contested, since=base) or opened.head,
            tuple(
                ConflictingFile(
                    path,
                    mine=changes[path],
                    theirs=opened.files.get(path),
                    base=contents.get(began.get(path, "")),
                )
                for path in contested
            ),
        )

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

    def _require_campaign(self, slug: str) -> None:
        """Raise ContentError for an unknown campaign, before its folder is made to be held."""
        if not self.exists(slug) and self.ledger.revisions.head(slug) is None:
            raise ContentError(self._unknown(slug))

    def _synchronised(self, slug: str) -> OpenedCampaign:
        """Bring the newest revision and the folder together. The folder is held."""
        for _try in range(_TRIES):
            if opened := self._synchronised_once(slug):
                return opened
        raise Busy(
            Problem(
                Place(slug),
                _("The folder of this campaign is being changed all the time."),
                _("Try again when the other program has ended."),
            )
        )

    def _synchronised_once(self, slug: str) -> OpenedCampaign | None:
        head = self.ledger.revisions.head(slug)
        found = self.read(slug)
        if head is None:
            if not found:
                raise ContentError(self._unknown(slug))
            self._take_in(slug, None, found)
            return None
        written = self.ledger.revisions.written(slug)
        changes = compare_folder(head.files, written=written, folder=hashes(found))
        if changes.outside:
            self._take_in(slug, head, {path: found.get(path) for path in changes.outside})
            return None
        files = self._complete(slug, head, changes, found)
        return (
            None
            if files is None
            else OpenedCampaign(
                head,
                files,
                tuple(
                    ConflictingFile(path, mine=files.get(path), theirs=found.get(path), base=None)
                    for path in changes.conflicts
                ),
                self.why_read_only(slug),
            )
        )

    def _complete(
        self,
        slug: str,
        head: Revision,
        changes: FolderChanges,
        found: Mapping[str, bytes],
    ) -> dict[str, bytes] | None:
        """Write what is pending to the folder, and return the files of `head`.

        Returns None when another program has changed one of them at this moment.
        """
        by_hash = {sha256(content): content for content in found.values()}
        missing = {*head.files.values()} - by_hash.keys()
        if missing:
            by_hash |= self.ledger.revisions.contents(missing)
        for path, digest in changes.pending.items():
            content = None if digest is None else by_hash[digest]
            if not self.write(slug, path, content, expected=found.get(path)):
                return None
        self.ledger.revisions.record_written(slug, {**changes.known, **changes.pending})
        return {path: by_hash[digest] for path, digest in head.files.items()}

    def _take_in(
        self, slug: str, head: Revision | None, outside: Mapping[str, bytes | None]
    ) -> Revision | None:
        """Make a revision of what another program changed; None when somebody was faster."""
        contents = {sha256(each): each for each in outside.values() if each is not None}
        changed = {path: None if each is None else sha256(each) for path, each in outside.items()}
        revision = self._next(
            slug,
            _with_hashes(head.files if head else {}, changed),
            parent=head.number if head else NOTHING,
            actor=PROGRAM,
        )
        is_added = self.ledger.revisions.add(revision, contents=contents, in_folder=changed)
        return revision if is_added else None

    def _add(
        self,
        slug: str,
        files: Mapping[str, bytes],
        *,
        parent: int,
        actor: Actor,
        why: str = "",
        restores: int = NOTHING,
    ) -> Revision | None:
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


def changed_paths(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths whose content differs between two revisions."""
    return tuple(sorted(path for path in {*old, *new} if old.get(path) != new.get(path)))


def _merged(files: Mapping[str, bytes], changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    merged: dict[str, bytes | None] = {**files, **changes}
    return {path: content for path, content in merged.items() if content is not None}


def _with_hashes(files: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    merged: dict[str, str | None] = {**files, **changes}
    return {path: digest for path, digest in merged.items() if digest is not None}


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
        _(
            "To tell people what has changed, write a new campaign: a correction, a postponement or"
            " a cancellation."
        ),
        Remedy(RemedyAct.NEW_CAMPAIGN, {"kind": "correction"}),
    )
