"""Embeds the images of a text and attaches the campaign's files.

Newsrooms read on telephones and behind filters: images are kept small, a small document may be
attached, and everything else is put online and linked.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.errors import Place, Problem
from mailer.look.image_files import MAX_IMAGE_BYTES, ImageFault, read_image
from mailer.model.mailings.message import Embedded
from mailer.render.markdown.pictures import Picture
from mailer.render.media_types import content_type, media_type
from mailer.wording import FactKey, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.campaigns.campaign import Campaign
    from mailer.render.markdown.pictures import ShownImage

MAX_IMAGES_BYTES = 1_500_000
MAX_ATTACHMENT_BYTES = 300_000
"""Press offices report that larger files are filtered or unwelcome."""

_ALLOWED = frozenset("csv docx gif ics jpeg jpg odt pdf png txt xlsx".split())  # noqa: SIM905 - a list of names
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})


def pictures(
    campaign: Campaign, shown: Iterable[ShownImage], *, max_width: int
) -> tuple[dict[str, Picture], list[Embedded], list[Problem]]:
    """Return the images of a text by the name it uses, none wider than `max_width` CSS pixels.

    They are embedded, or linked below `campaign.images_url`. An https URL is kept as it is.
    """
    found: dict[str, Picture] = {}
    embedded: dict[str, Embedded] = {}
    problems: list[Problem] = []
    for image in shown:
        file = campaign.files.get(image.source)
        if file is None and image.source.startswith("https://"):
            found[image.source] = Picture(image.source)
            continue
        problems_found = _refused_image(image, file)
        if problems_found or file is None:
            problems += problems_found
            continue
        size = read_image(file)
        width, height = (size.width, size.height) if size else (1, 1)
        scale = min(1.0, max_width / width)
        url = f"{campaign.images_url}{quote(image.source)}"
        if not campaign.images_url:
            part = _embedded(image.source, file)
            embedded.setdefault(part.content_id, part)
            url = f"cid:{part.content_id}"
        found[image.source] = Picture(url, round(width * scale), max(1, round(height * scale)))
    total_bytes = sum(len(it.content) for it in embedded.values())
    if total_bytes > MAX_IMAGES_BYTES:
        problems.append(
            Problem(
                Place(campaign.file),
                _("the images of this text weigh {size} kB together", size=total_bytes // 1000),
                _(
                    "Keep them below {most} kB, or fill in {fact}.",
                    most=MAX_IMAGES_BYTES // 1000,
                    fact=FactKey("images_url"),
                ),
            )
        )
    return found, list(embedded.values()), problems


def attachments(campaign: Campaign) -> tuple[list[Embedded], list[Problem]]:
    """Return the files to attach, and a problem for each file that may not be attached."""
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
        elif not _is_allowed(name, file):
            problems.append(
                Problem(
                    place,
                    _("mail programs refuse files like “{path}”", path=attachment.path),
                    _("Send a PDF, or put the file online and link to it."),
                )
            )
        elif len(file) > MAX_ATTACHMENT_BYTES:
            problems.append(
                Problem(
                    place,
                    _("“{path}” weighs {size} kB", path=attachment.path, size=len(file) // 1000),
                    _(
                        "Put it online and link to it; below {most} kB a file may be attached.",
                        most=MAX_ATTACHMENT_BYTES // 1000,
                    ),
                )
            )
        else:
            shown = _shown_name(name, attachment.label)
            found.append(Embedded(shown, content_type(name, file), file))
    return found, problems


def _shown_name(name: str, label: str) -> str:
    """Return the file's name in the reader's mail program: its label, with the file's suffix."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", label).strip(" .-")
    return f"{plain}.{name.rpartition('.')[2]}" if plain else name


def _is_allowed(name: str, file: bytes) -> bool:
    """Return whether the file has an allowed type and its content matches its name."""
    suffix = name.rpartition(".")[2].lower()
    is_program = file.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe"))
    claims = {"pdf": "application/pdf", "png": "image/png", "gif": "image/gif"}
    return (
        suffix in _ALLOWED
        and not is_program
        and claims.get(suffix, media_type(name, file)) == media_type(name, file)
    )


def _refused_image(image: ShownImage, file: bytes | None) -> list[Problem]:
    if file is None:
        return [
            Problem(
                image.place,
                _("the image “{source}” is not in the campaign's folder", source=image.source),
                _("Put the file there, or give its https address."),
            )
        ]
    size = read_image(file)
    if media_type(image.source, file) not in _SHOWN or size is None:
        return [
            Problem(
                image.place,
                _("“{source}” is not an image that every mail program shows", source=image.source),
                _("Save it as PNG, JPEG or GIF."),
            )
        ]
    if ImageFault.CUT_OFF in size.faults:
        return [
            Problem(
                image.place,
                _("the image “{source}” is cut off: its end is missing", source=image.source),
                _("Copy it again from where it came, or save it again."),
            )
        ]
    if len(file) > MAX_IMAGE_BYTES:
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
                    most=MAX_IMAGE_BYTES // 1000,
                ),
            )
        ]
    return []


def _embedded(name: str, file: bytes) -> Embedded:
    return Embedded(
        filename=name.rpartition("/")[2],
        media_type=media_type(name, file),
        content=file,
        content_id=f"{sha256(file).hexdigest()[:20]}@mailer.invalid",
    )
