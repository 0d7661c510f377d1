"""Reads what a mail program will make of an image file: its size, and what may go wrong with it.

PNG, GIF and JPEG are read by their structure and not decoded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PIXELS = 12_000_000
"""A photo of a telephone; decoded, it takes 48 MB in the reader's mail program."""

MAX_IMAGE_BYTES = 500_000
"""Of an image that a mail brings along; press offices report that heavier mails are unwelcome."""

SHOWN_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif"})
"""The image types that all mail programs show; some, like Outlook, do not show SVG and WebP."""

MAX_RATIO = 3
"""Of height to width. A taller image is several screens high."""


class ImageFault(Enum):
    """What readers may see instead of the image."""

    CUT_OFF = auto()
    TURNED = auto()
    CMYK = auto()
    GIANT = auto()
    TALL = auto()


@dataclass(frozen=True, slots=True)
class ImageFile:
    """The size of an image in pixels, upright, and its faults."""

    width: int
    height: int
    faults: tuple[ImageFault, ...] = ()


def size_in_pixels(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG image, upright; None for other files."""
    image = read_image(content)
    return (image.width, image.height) if image else None


@lru_cache(maxsize=64)
def read_image(content: bytes) -> ImageFile | None:
    """Return what is known of a PNG, GIF or JPEG image; None for other files."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = content[16:20], content[20:24]
        return _image(_number(width), _number(height), is_whole=_is_whole_png(content))
    if content.startswith(b"GIF8") and len(content) >= 10:
        width, height = content[6:8][::-1], content[8:10][::-1]
        is_whole = content.rstrip(b"\0").endswith(b";")
        return _image(_number(width), _number(height), is_whole=is_whole)
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    return None


def _image(
    width: int,
    height: int,
    *,
    is_whole: bool,
    is_turned: bool = False,
    is_cmyk: bool = False,
) -> ImageFile | None:
    if not width or not height:
        return None
    faults = {
        ImageFault.CUT_OFF: not is_whole,
        ImageFault.TURNED: is_turned,
        ImageFault.CMYK: is_cmyk,
        ImageFault.GIANT: width * height > MAX_PIXELS,
        ImageFault.TALL: height > MAX_RATIO * width and height > 1000,
    }
    return ImageFile(width, height, tuple(fault for fault, is_there in faults.items() if is_there))


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "big")


def _is_whole_png(content: bytes) -> bool:
    """Return whether the chunks of a PNG reach the last one (PNG, third edition, §5.3)."""
    return any(name == b"IEND" for name, _data in png_chunks(content))


def png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of the chunks of a PNG that are there whole (third edition, §5.3)."""
    at = 8
    while at + 12 <= len(content):
        end = at + 8 + _number(content[at : at + 4])
        yield content[at + 4 : at + 8], content[at + 8 : end]
        at = end + 4


def _jpeg(content: bytes) -> ImageFile | None:
    width = height = components = 0
    orientation = 1
    end_of_head = 0
    for marker, start, end in _jpeg_segments(content):
        segment = content[start:end]
        if marker == 0xE1 and segment.startswith(b"Exif\0\0"):
            orientation = _orientation(segment[6:])
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC} and len(segment) >= 5:
            height, width = _number(segment[1:3]), _number(segment[3:5])
            components = segment[5] if len(segment) > 5 else 0
        end_of_head = end
    # From 5 on, rows and columns change places (Exif 3.0 §4.6.5.1.6).
    if orientation >= 5:
        width, height = height, width
    return _image(
        width,
        height,
        is_whole=content.find(b"\xff\xd9", end_of_head) >= 0,
        is_turned=orientation > 1,
        is_cmyk=components == 4,
    )


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment before the scan (ITU T.81 §B.1.1.4)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        length = _number(content[at + 2 : at + 4])
        yield marker, at + 4, at + 2 + length
        if marker == 0xDA or length < 2:  # the scan begins, or the file is broken
            return
        at += 2 + length


def _orientation(tiff: bytes) -> int:
    """Return the orientation that EXIF gives, 1 to 8; 1 when there is none or it is broken."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 1
    is_little = order == "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if is_little else "big")

    directory = number(4, 4)
    for n in range(min(number(directory, 2), 500)):
        entry = directory + 2 + 12 * n
        if number(entry, 2) == 0x0112:
            found = number(entry + 8, 2)
            return found if 1 <= found <= 8 else 1
    return 1
