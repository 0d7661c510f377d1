"""A release: what the public may read of one signed version of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PressRoomRules:
    """Which steps of a campaign the press room shows, and from when on.

    `since` of None means: as soon as the step has left. `steps` are the announcement or, in an
    amendment, the message that tells it and the announcement in its new state.
    """

    steps: tuple[str, ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleaseFact:
    """A line such as the date or the place, with its label."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ReleaseChange:
    """What was announced before and what holds now; `new` is empty for what was withdrawn."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ReleaseContact:
    """Whom the press calls. The telephone of the day of the event is not public."""

    name: str
    role: str = ""
    organisation: str = ""
    address: str = ""
    phone: str = ""
    dialled: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseLink:
    """A link, or with an empty `url` a name alone; `note` says more of it."""

    label: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReleasePicture:
    """A picture of the text, its description for those who do not see it, and its caption."""

    filename: str
    media_type: str
    content: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file that the mail has attached and the page offers.

    `filename` is its address beside the page, made of its content; `name` is that under which it
    is saved.
    """

    filename: str
    name: str
    label: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Release:
    """One version in one language, as the press room shows it. It names no reader.

    It is compiled with the message, covered by the same signature, and frozen by the launch.
    `lead` and `body` are HTML, in which a picture is named as its file; `text` has both as plain
    text. `public_from` is None for a text that is public as soon as it has left.
    """

    language: str
    kind: str
    label: str
    dateline: str
    headline: str
    lead: str
    body: str
    text: str
    summary: str
    facts: tuple[ReleaseFact, ...] = ()
    withdrawn: tuple[ReleaseFact, ...] = ()
    changes: tuple[ReleaseChange, ...] = ()
    accreditation: str = ""
    accreditation_addresses: tuple[str, ...] = ()
    partners: tuple[ReleaseLink, ...] = ()
    links: tuple[ReleaseLink, ...] = ()
    contacts: tuple[ReleaseContact, ...] = ()
    pictures: tuple[ReleasePicture, ...] = ()
    files: tuple[ReleaseFile, ...] = ()
    public_from: datetime | None = None
    left_out: int = 0
    """How many paragraphs of the mail speak to one reader, and are not shown."""
    code: str = ""
    """The code of this version, made of all that is above except `public_from` and `left_out`."""

    @property
    def beside_page(self) -> tuple[ReleasePicture | ReleaseFile, ...]:
        """What has an address of its own below that of the page."""
        return (*self.pictures, *self.files)
