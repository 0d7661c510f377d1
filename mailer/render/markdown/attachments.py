"""What travels inside a message besides its words: the images it shows, the files it brings.

Newsrooms read on telephones and behind filters: images stay light, a small document may
come along, everything else is put online and linked.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.errors import Place, Problem
from mailer.model.message import Embedded
from mailer.render.markdown.document import Picture
from mailer.render.media_types import media_type, size_in_pixels
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.campaign import Campaign
    from mailer.render.markdown.document import Shown

HEAVIEST_IMAGE = 500_000
HEAVIEST_IMAGES = 1_500_000
HEAVIEST_ATTACHMENT = 300_000
"""Octets. Press offices report that larger files are filtered or resented."""

_ALLOWED = frozenset("csv docx gif ics jpeg jpg odt pdf png txt xlsx".split())  # noqa: SIM905 - a list of names
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})


def pictures(
    campaign: Campaign, shown: Iterable[Shown], *, widest: int
) -> tuple[dict[str, Picture], list[Embedded], list[Problem]]:
    """The images a text shows, by the name it uses, none wider than `widest` CSS pixels.

    They are embedded, or online below `campaign.images_url`. An https address is left where
    it is.
    """
    found: dict[str, Picture] = {}
    embedded: dict[str, Embedded] = {}
    problems: list[Problem] = []
    for image in shown:
        file = campaign.files.get(image.source)
        if file is None and image.source.startswith("https://"):
            found[image.source] = Picture(image.source)
            continue
        refused = _refused_image(image, file)
        if refused or file is None:
            problems += refused
            continue
        width, height = size_in_pixels(file) or (1, 1)
        scale = min(1.0, widest / width)
        url = f"{campaign.images_url}{quote(image.source)}"
        if not campaign.images_url:
            whole = embedded.setdefault(image.source, _inline(image.source, file))
            url = f"cid:{whole.content_id}"
        found[image.source] = Picture(url, round(width * scale), max(1, round(height * scale)))
    weight = sum(len(it.content) for it in embedded.values())
    if weight > HEAVIEST_IMAGES:
        problems.append(
            Problem(
                Place(campaign.file),
                _("the images of this text weigh {size} kB together", size=weight // 1000),
                _("Keep them below {most} kB, or give images_url.", most=HEAVIEST_IMAGES // 1000),
            )
        )
    return found, list(embedded.values()), problems


def attachments(campaign: Campaign) -> tuple[list[Embedded], list[Problem]]:
    """The files that come with the message, and what may not."""
    found: list[Embedded] = []
    problems: list[Problem] = []
    for n, attachment in enumerate(campaign.attachments):
        line = campaign.lines.get(f"attachments.{n}.path", 0)
        place = Place(campaign.file, line, key="attachments")
        file = campaign.files.get(attachment.path)
        name = attachment.path.rpartition("/")[2]
        if file is None:
            problems.append(
                Problem(
                    place,
                    _("the attachment “{path}” is not in the folder", path=attachment.path),
                    _("Put the file there, or correct its name."),
                )
            )
        elif not _is_what_it_says(name, file):
            problems.append(
                Problem(
                    place,
                    _("mail programs refuse files like “{path}”", path=attachment.path),
                    _("Send a PDF, or put the file online and link to it."),
                )
            )
        elif len(file) > HEAVIEST_ATTACHMENT:
            problems.append(
                Problem(
                    place,
                    _("“{path}” weighs {size} kB", path=attachment.path, size=len(file) // 1000),
                    _(
                        "Put it online and link to it; below {most} kB a file may be attached.",
                        most=HEAVIEST_ATTACHMENT // 1000,
                    ),
                )
            )
        else:
            shown = _shown_name(name, attachment.label)
            found.append(Embedded(shown, media_type(name, file), file))
    return found, problems


def _shown_name(name: str, label: str) -> str:
    """The file's name in the reader's mail program: its label, with the suffix of the file."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", label).strip(" .-")
    return f"{plain}.{name.rpartition('.')[2]}" if plain else name


def _is_what_it_says(name: str, file: bytes) -> bool:
    """An allowed kind, and not another kind under its name."""
    suffix = name.rpartition(".")[2].lower()
    is_program = file.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe"))
    claims = {"pdf": "application/pdf", "png": "image/png", "gif": "image/gif"}
    return (
        suffix in _ALLOWED
        and not is_program
        and claims.get(suffix, media_type(name, file)) == media_type(name, file)
    )


def _refused_image(image: Shown, file: bytes | None) -> list[Problem]:
    if file is None:
        return [
            Problem(
                image.place,
                _("the image “{source}” is not in the campaign's folder", source=image.source),
                _("Put the file there, or give its https address."),
            )
        ]
    if media_type(image.source, file) not in _SHOWN or size_in_pixels(file) is None:
        return [
            Problem(
                image.place,
                _("“{source}” is not an image that every mail program shows", source=image.source),
                _("Save it as PNG, JPEG or GIF."),
            )
        ]
    if len(file) > HEAVIEST_IMAGE:
        return [
            Problem(
                image.place,
                _(
                    "the image “{source}” weighs {size} kB",
                    source=image.source,
                    size=len(file) // 1000,
                ),
                _(
                    "Save it smaller, below {most} kB: 1,080 pixels are wide enough.",
                    most=HEAVIEST_IMAGE // 1000,
                ),
            )
        ]
    return []


def _inline(name: str, file: bytes) -> Embedded:
    return Embedded(
        filename=name.rpartition("/")[2],
        media_type=media_type(name, file),
        content=file,
        content_id=f"{sha256(file).hexdigest()[:20]}@mailer.invalid",
    )
