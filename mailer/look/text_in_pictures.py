"""Finds out whether a picture consists of text: a poster, a scan, a screenshot of a release.

Letters are not read. In a line of text, dark and light change often from left to right, in a band
that is long, flat and of one thickness; between the lines they do not. Nature and buildings have
such changes as well, but not in such bands. The picture is looked at in three sizes, because the
letters of a title are many times as large as those below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from mailer.look.image_files import MAX_IMAGE_BYTES, read_image
from mailer.model.campaigns.text_in_picture import TextInPicture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_SIDE = 800
_MOST_PIXELS = 9_000_000
_MOST_BYTES = 13_000_000
"""Of a PNG or a GIF when it is decoded: a sheet of paper in colours takes a twentieth of a second."""
_MOST_PACKED = 2 * MAX_IMAGE_BYTES
_STRIP = 32
"""Pixels side by side whose edges are counted together."""
_EDGE = 26
"""The difference of two pixels side by side from which there is an edge between them."""
_GRAIN = 4
"""How many times the difference that half of all pixels have, where paper or film has a grain."""
_DENSE = 30
"""Of 255: the part of the pixels of a row that are edges, from which it may cross letters."""
_CHANGING = 0.25
"""The part of the edges that is elsewhere one row below: nearly none in windows and fences."""
_THICKEST = 16
_DEEP = 3
"""How many times fewer edges there are between lines than in them."""


def text_in_picture(content: bytes) -> TextInPicture | None:
    """Return how much text a PNG, GIF or JPEG shows; None for what is not, or too large to be, read."""
    file = read_image(content)
    if file is None or file.width * file.height > _MOST_PIXELS:
        return None
    try:
        grey = _grey(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if grey is None or min(grey.size) < _STRIP:
        return None
    pieces = [piece for size in (1, 2, 4) for piece in _pieces(grey, size)]
    lines = sum(piece.width * piece.thickness for piece in pieces)
    return TextInPicture(
        letters=sum(piece.width // piece.thickness for piece in pieces),
        share=min(1.0, 1.6 * lines / (grey.width * grey.height)),
        explained=_explained(grey, pieces),
    )


def _explained(grey: Image.Image, pieces: Iterable[_LinePiece]) -> float:
    """Return the part of all edges that are those of letters."""
    strips = _strips(_edges(grey))
    left = [bytearray(strip) for strip in strips]
    for piece in pieces:
        margin = piece.thickness // 2  # letters like l and p are taller than the others
        rows = slice(max(0, piece.top - margin), piece.top + piece.thickness + margin)
        for strip in left[piece.left // _STRIP : (piece.left + piece.width) // _STRIP]:
            strip[rows] = bytes(len(strip[rows]))
    total = sum(map(sum, strips))
    return 1 - sum(map(sum, left)) / total if total else 0.0


def _grey(content: bytes) -> Image.Image | None:
    """Return the first picture of a file in shades of grey, small, and transparency as white."""
    with Image.open(BytesIO(content), formats=("PNG", "GIF", "JPEG")) as image:
        pixels = image.width * image.height
        decoded = pixels * len(image.getbands())
        if image.format != "JPEG" and (decoded > _MOST_BYTES or len(content) > _MOST_PACKED):
            return None
        image.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))  # a JPEG is decoded small at once
        is_clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
        plain: Image.Image = image
        if image.mode not in {"L", "RGB", "RGBA"}:
            plain = image.convert("RGBA" if is_clear else "L")
        small = plain.reduce(max(1, *(side // _LONGEST_SIDE for side in image.size)))
    if is_clear:
        rgba = small.convert("RGBA")
        small = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    grey = small.convert("L")
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.BOX)
    return grey


@dataclass(frozen=True, slots=True)
class _LinePiece:
    """A piece of a line of text, in pixels of the grey picture."""

    left: int
    top: int
    width: int
    thickness: int


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of a strip that may cross the letters of one line."""

    top: int
    bottom: int

    @property
    def thickness(self) -> int:
        return self.bottom - self.top

    def goes_on_in(self, others: Iterable[_Band]) -> bool:
        """Return whether the line goes on in a strip beside it, on a sheet that may lean."""
        return any(
            abs(self.top + self.bottom - other.top - other.bottom) <= 5
            and abs(self.thickness - other.thickness) <= 2 + self.thickness / 3
            for other in others
        )


def _pieces(grey: Image.Image, size: int) -> Iterator[_LinePiece]:
    """Yield the pieces of lines whose letters are small in a picture that is `size` times smaller."""
    small = grey.reduce(size) if size > 1 else grey
    if min(small.size) < 2 * _STRIP:
        return
    edges = _edges(small)
    changed = ImageChops.difference(edges, ImageChops.offset(edges, 0, 1))
    thinnest = 3 if size == 1 else _THICKEST // 2
    strips = [
        [band for band in _bands(dense, moving) if thinnest <= band.thickness <= _THICKEST]
        for dense, moving in zip(_strips(edges), _strips(changed), strict=True)
    ]
    for at, bands in enumerate(strips):
        beside = [
            *(strips[at - 1] if at else ()),
            *(strips[at + 1] if at + 1 < len(strips) else ()),
        ]
        for band in bands:
            if band.goes_on_in(beside):
                yield _LinePiece(
                    at * _STRIP * size, band.top * size, _STRIP * size, band.thickness * size
                )


def _edges(grey: Image.Image) -> Image.Image:
    """Return white where a pixel differs from the one to its left by more than a grain."""
    differences = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0))
    total = accumulate(differences.histogram())
    median = next(at for at, count in enumerate(total) if 2 * count >= grey.width * grey.height)
    least = max(_EDGE, _GRAIN * median)
    return differences.point([255 * (value >= least) for value in range(256)])


def _strips(marks: Image.Image) -> list[bytes]:
    """Return for each strip from left to right how many marks each of its rows has, of 255."""
    width, height = marks.width // _STRIP, marks.height
    rows = marks.resize((width, height), Image.Resampling.BOX)
    columns = rows.transpose(Image.Transpose.TRANSPOSE).tobytes()
    return [columns[at * height : (at + 1) * height] for at in range(width)]


def _bands(dense: bytes, moving: bytes) -> Iterator[_Band]:
    """Yield the rows between two where the edges are half as many, if the edges change in them."""
    top, peak, low = -1, 0, 0
    for y, count in enumerate(dense):
        if top < 0:
            low = min(low, count)
            if count >= max(_DENSE, _DEEP * low):
                top, peak = y, count
        elif _DEEP * count < max(peak := max(peak, count), 1):
            inside = slice(top + 1, y)
            if sum(moving[inside]) >= _CHANGING * sum(dense[inside]):
                yield _Band(top, y)
            top, low = -1, count
