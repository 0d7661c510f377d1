"""Reads and writes the files of campaign folders as the working copies of the ledger's revisions."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.errors import Busy, ContentError, Place, Problem, Unreadable, reason_of
from mailer.files.campaigns.folder import MAX_FILE_BYTES
from mailer.files.text_files import resolve_inside
from mailer.host.atomic_write import TEMPORARY_SUFFIX, fsync_folder, write_atomically
from mailer.host.folder_lock import only_one_in
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_OURS = ("lists",)
"""Folders of a campaign that are left out: the lists of contacts in them must stay erasable."""

_IDENTITY = ".folder"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class WorkingCopies:
    """The campaign folders below `campaigns/` of a workspace."""

    workspace: Path

    def folder(self, slug: str) -> Path:
        """Return the folder of a campaign, which may not exist. Raises ContentError for a name
        that leads elsewhere.
        """
        campaigns = self.workspace / "campaigns"
        try:
            inside = resolve_inside(campaigns, slug)
        except Unreadable as refused:
            raise _refused(slug, refused) from refused
        if not slug or slug.startswith(".") or inside.parent != campaigns.resolve():
            raise ContentError(
                Problem(Place(slug), _("there is no campaign here"), _("Choose another name."))
            )
        return inside

    def identity(self) -> str:
        """Return the name of the folder `campaigns/`, which no other has; a copy gets its own.

        It stands in a hidden file with the number of the folder on its disk, which a copy has not.
        Raises ContentError when it cannot be read or written.
        """
        campaigns = self.workspace / "campaigns"
        file = campaigns / _IDENTITY
        try:
            campaigns.mkdir(parents=True, exist_ok=True)
            number = str(campaigns.stat().st_ino)
            name, _blank, of = (
                file.read_text("utf-8").partition(" ") if file.exists() else ("",) * 3
            )
            if of != number:
                name = secrets.token_hex(8)
                write_atomically(file, f"{name} {number}".encode())
        except OSError as error:
            raise _unusable(file, error) from error
        return name

    def exists(self, slug: str) -> bool:
        """Return whether there is a folder with a `campaign.toml`."""
        return (self.folder(slug) / "campaign.toml").is_file()

    def names(self) -> list[str]:
        """Return the names of the folders with a `campaign.toml`."""
        files = self.workspace.glob("campaigns/*/campaign.toml")
        return sorted(path.parent.name for path in files if path.is_file())

    @contextmanager
    def hold(self, slug: str) -> Iterator[None]:
        """Let nobody else write to the folder through this program, in any process, meanwhile.

        The folder is made when it does not exist. On Windows other processes are not kept out.
        """
        folder = self.folder(slug)
        folder.mkdir(parents=True, exist_ok=True)
        with only_one_in(folder):
            yield

    def read(self, slug: str) -> dict[str, bytes]:
        """Return the files that belong to a revision, by path.

        Hidden and temporary files, lists of contacts, links that lead out of the folder and files
        above the limit of the reader are left out. Raises ContentError when one cannot be read, and
        Busy when they are being replaced all the time.
        """
        folder = self.folder(slug)
        for _try in range(_TRIES):
            try:
                return {
                    path.relative_to(folder).as_posix(): path.read_bytes()
                    for path in _tracked(folder)
                }
            except FileNotFoundError:
                continue  # replaced at this moment by another program
            except OSError as error:
                raise _unusable(Path(error.filename or folder), error) from error
        raise Busy(
            Problem(
                Place(slug),
                _("The folder of this campaign is being changed all the time."),
                _("Try again when the other program has ended."),
            )
        )

    def write(self, slug: str, path: str, content: bytes | None, *, expected: bytes | None) -> bool:
        """Write one file atomically and durably; None removes it. Raises ContentError.

        Returns False, and leaves the file alone, when it has not the `expected` content.
        """
        folder = self.folder(slug)
        try:
            target = resolve_inside(folder, path)
            if (target.read_bytes() if target.is_file() else None) != expected:
                return False
            if content is None:
                _remove(target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(target, content)
        except Unreadable as refused:
            raise _refused(path, refused) from refused
        except OSError as error:
            raise _unusable(folder / path, error) from error
        return True


def is_tracked(path: str) -> bool:
    """Return whether a file with this path in a campaign folder belongs to its revisions."""
    parts = path.split("/")
    return (
        not any(part.startswith((".", "~", "#")) for part in parts)
        and not path.endswith((TEMPORARY_SUFFIX, "~", ".tmp", ".swp"))
        and parts[0] not in _NOT_OURS
    )


def _tracked(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if not is_tracked(relative) or not path.is_file():
            continue
        try:
            resolve_inside(folder, relative)
        except Unreadable:
            continue
        if path.stat().st_size <= MAX_FILE_BYTES:
            yield path


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        fsync_folder(path.parent)


def _refused(path: str, refused: Unreadable) -> ContentError:
    return ContentError(Problem(Place(path), refused.reason, _("Choose another name.")))


def _unusable(path: Path, error: OSError) -> ContentError:
    return ContentError(
        Problem(
            Place(path.as_posix()),
            _("The file cannot be read or written: {detail}", detail=reason_of(error)),
            _("Check the disk, and the rights on the file and its folder."),
        )
    )
