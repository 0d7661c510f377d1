"""Finds which ground a logo can be seen on, from the colours of its own pixels.

A mark with a ground of its own, and every JPEG, is seen on any sheet. A transparent PNG is
decoded: dark ink is lost where a mail program turns the sheet dark, white ink on the white sheet.
What must be told from the sheet is the edge of the ink: a dark disc with white letters is seen on
white though its letters are not.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

from mailer.look.image_files import png_chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAX_PIXELS = 300_000
"""Larger marks are not decoded; they are taken for dark ink."""

SEEN = 3.0
"""The contrast of a graphic with its ground (WCAG 2.2, 1.4.11)."""

_ENOUGH = 0.8
"""Of the edge: a small part in a light colour does not make a mark invisible."""
_ALMOST_NONE = 0.1
"""Of the ink: white marks have less on white; white grounds with a transparent margin have more."""
_SOLID = 128
"""An alpha from which a pixel counts as ink."""
_PALETTE, _GRAY_ALPHA, _RGBA = 3, 4, 6
_CHANNELS = {_PALETTE: 1, _GRAY_ALPHA: 2, _RGBA: 4}

Colour = tuple[int, int, int]


class Plate(StrEnum):
    """The ground that a logo must be given; its value is a class of the templates."""

    NONE = ""
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Ink:
    """The pixels of a mark, and those at its edge, counted by luminance in hundredths."""

    all: Mapping[int, int]
    edge: Mapping[int, int]


_WHITE = (255, 255, 255)


@lru_cache(maxsize=256)
def plate_for(content: bytes, *, light: Colour, dark: Colour) -> Plate:
    """Return the plate that a logo needs on a ground that is `light`, and `dark` in the evening.

    A band may be dark by day: then dark ink needs a light plate also there.
    """
    if not _may_be_transparent(content):
        return Plate.NONE
    ink = ink_of(content)
    if ink is None:
        return Plate.LIGHT
    if _share_seen(ink.edge, light) < _ENOUGH and _share_seen(ink.all, light) < _ALMOST_NONE:
        return Plate.LIGHT if _share_seen(ink.edge, _WHITE) >= _ENOUGH else Plate.DARK
    return Plate.LIGHT if _share_seen(ink.edge, dark) < _ENOUGH else Plate.NONE


def _share_seen(pixels: Mapping[int, int], ground: Colour) -> float:
    """Return the share of the pixels whose contrast with `ground` is enough; 1 for no pixels."""
    below = luminance(ground) + 0.05
    seen = sum(n for percent, n in pixels.items() if _ratio(percent / 100 + 0.05, below) >= SEEN)
    return seen / sum(pixels.values()) if pixels else 1.0


def colour(text: object) -> Colour:
    """Return a colour of a theme, `#1f2f46` or `#fff`; white for anything else."""
    digits = str(text).removeprefix("#")
    if len(digits) == len("fff"):
        digits = "".join(digit * 2 for digit in digits)
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return 255, 255, 255
    return red, green, blue


def luminance(shade: Colour) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = (_LINEAR[channel] for channel in shade)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_LINEAR = [
    c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
    for c in range(256)
]


def _ratio(one: float, other: float) -> float:
    return max(one, other) / min(one, other)


def _may_be_transparent(content: bytes) -> bool:
    if content.startswith(b"GIF8"):
        return True
    if not content.startswith(b"\x89PNG"):
        return False
    kind = content[25]
    return kind in {_GRAY_ALPHA, _RGBA} or b"tRNS" in content[:4096]


@lru_cache(maxsize=256)
def ink_of(content: bytes) -> Ink | None:
    """Return the ink of a PNG with 8 bits and transparency; None for what is not decoded."""
    if not content.startswith(b"\x89PNG") or content[24] != 8 or content[28]:
        return None
    width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    kind = content[25]
    if kind not in _CHANNELS or not 0 < width * height <= MAX_PIXELS:
        return None
    chunks = dict[bytes, bytes]()
    for name, data in png_chunks(content):
        chunks[name] = chunks.get(name, b"") + data
    stride = width * _CHANNELS[kind]
    try:
        packed = zlib.decompressobj().decompress(chunks.get(b"IDAT", b""), height * (stride + 1))
    except zlib.error:
        return None
    rows = _rows(packed, stride, _CHANNELS[kind])
    return _ink(rows, kind, chunks)


def _ink(rows: Iterable[bytes], kind: int, chunks: Mapping[bytes, bytes]) -> Ink:
    size = _CHANNELS[kind]
    solid = _solid_table(kind, chunks)
    pixels, edge = Counter[bytes](), Counter[bytes]()
    for row, times in Counter(rows).items():  # marks are flat: many rows are alike
        alphas = row[size - 1 :: size].translate(solid)
        if b"\1" in alphas:
            for pixel, count in _pixels(row, size).items():
                pixels[pixel] += count * times
            for at in _edges(alphas):
                edge[row[at * size : (at + 1) * size]] += times
    return Ink(_counted(pixels, kind, chunks), _counted(edge, kind, chunks))


def _pixels(row: bytes, size: int) -> Mapping[bytes, int]:
    cells = memoryview(row)
    if size > 1:
        cells = cells.cast("I") if size == _CHANNELS[_RGBA] else cells.cast("H")
    found = Counter[int](cells)
    return {pixel.to_bytes(size, sys.byteorder): count for pixel, count in found.items()}


def _edges(alphas: bytes) -> Iterator[int]:
    """Yield the places in a row where ink begins or ends: 1 beside 0."""
    for found in _EDGE.finditer(alphas):
        yield found.start() + (found[0] == b"\0")


_EDGE = re.compile(b"\x00(?=\x01)|\x01(?=\x00)")


def _solid_table(kind: int, chunks: Mapping[bytes, bytes]) -> bytes:
    """Return 1 for each alpha, or colour of a palette, that counts as ink."""
    if kind != _PALETTE:
        return bytes(alpha >= _SOLID for alpha in range(256))
    transparent = chunks.get(b"tRNS", b"").ljust(256, b"\xff")
    return bytes(alpha >= _SOLID for alpha in transparent[:256])


def _counted(
    pixels: Mapping[bytes, int], kind: int, chunks: Mapping[bytes, bytes]
) -> Mapping[int, int]:
    found = Counter[int]()
    for pixel, count in pixels.items():
        *shade, alpha = _shade(pixel, kind, chunks)
        if alpha >= _SOLID:
            found[round(100 * luminance((shade[0], shade[1], shade[2])))] += count
    return found


def _shade(pixel: bytes, kind: int, chunks: Mapping[bytes, bytes]) -> tuple[int, int, int, int]:
    if kind == _RGBA:
        return pixel[0], pixel[1], pixel[2], pixel[3]
    if kind == _GRAY_ALPHA:
        return pixel[0], pixel[0], pixel[0], pixel[1]
    at, transparent = pixel[0], chunks.get(b"tRNS", b"")
    entry = chunks.get(b"PLTE", b"")[3 * at : 3 * at + 3].ljust(3, b"\0")
    return entry[0], entry[1], entry[2], transparent[at] if at < len(transparent) else 255


# PNG filters (PNG, third edition, §9.2), each on a whole row: a logo is decoded in milliseconds.

_LOW = (255).__and__


def _rows(packed: bytes, stride: int, size: int) -> Iterator[bytes]:
    above = bytes(stride)
    for at in range(0, len(packed) - stride, stride + 1):
        above = _unfiltered(packed[at], packed[at + 1 : at + 1 + stride], above, size)
        yield above


def _unfiltered(kind: int, row: bytes, above: bytes, size: int) -> bytes:
    if kind == 0:
        return row
    if kind == 1:
        return _summed(row, size)
    if kind == 2:
        return bytes(map(_LOW, map(add, row, above))) if any(above) else row
    if kind == 3:
        return _averaged(row, above, size)
    return _paeth(row, above, size) if any(above) else _summed(row, size)


def _summed(row: bytes, size: int) -> bytes:
    if not any(row):
        return row
    whole = bytearray(len(row))
    for channel in range(size):
        whole[channel::size] = bytes(map(_LOW, accumulate(row[channel::size])))
    return bytes(whole)


def _averaged(row: bytes, above: bytes, size: int) -> bytes:
    whole = bytearray(size) + row
    for at, up in enumerate(above):
        whole[at + size] = (row[at] + (whole[at] + up) // 2) & 255
    return bytes(whole[size:])


def _paeth(row: bytes, above: bytes, size: int) -> bytes:
    whole = bytearray(size) + row
    corners = bytes(size) + above
    for at, up in enumerate(above):
        left, corner = whole[at], corners[at]
        to_left, to_up = abs(up - corner), abs(left - corner)
        to_corner = abs(left + up - 2 * corner)
        if to_left <= to_up and to_left <= to_corner:
            nearest = left
        else:
            nearest = up if to_up <= to_corner else corner
        whole[at + size] = (row[at] + nearest) & 255
    return bytes(whole[size:])
