"""Draws the neutral logos of the shipped themes: a sheet with three lines, on a coloured ground;
and the picture of the sample text that `mailer look` shows.

Transparent around the shape, with a pale rim, so that they stand on light and dark alike.
"""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

LOGOS = Path(__file__).resolve().parent.parent / "templates" / "press" / "logos"
SIZE = 80  # twice as shown
SAMPLES = 4  # in each direction, for smooth edges
WHITE = (255, 255, 255)
CLEAR, RIM = (0, 0, 0, 0), (*WHITE, 255)
LINES = ((0.34, 0.34, 0.66), (0.475, 0.34, 0.66), (0.61, 0.34, 0.54))  # y, from x, to x


Shape = Callable[[float, float, float], bool]
Colour = tuple[int, ...]


def disc(x: float, y: float, radius: float) -> bool:
    return (x - 0.5) ** 2 + (y - 0.5) ** 2 <= radius**2


def rounded_square(x: float, y: float, half: float, corner: float) -> bool:
    dx, dy = max(abs(x - 0.5) - half + corner, 0), max(abs(y - 0.5) - half + corner, 0)
    return abs(x - 0.5) <= half and abs(y - 0.5) <= half and dx * dx + dy * dy <= corner * corner


def colour(x: float, y: float, ground: Colour, shape: Shape, *, lines: Colour) -> Colour:
    if not shape(x, y, 0.49):
        return CLEAR
    if not shape(x, y, 0.455):
        return RIM
    for top, left, right in LINES:
        if left <= x <= right and top <= y <= top + 0.07:
            return (*lines, 255)
    return (*ground, 255)


def png(ground: Colour, shape: Shape, *, lines: Colour = WHITE) -> bytes:
    rows = bytearray()
    for row in range(SIZE):
        rows.append(0)
        for column in range(SIZE):
            found = [
                colour(
                    (column + (i + 0.5) / SAMPLES) / SIZE,
                    (row + (j + 0.5) / SAMPLES) / SIZE,
                    ground,
                    shape,
                    lines=lines,
                )
                for i in range(SAMPLES)
                for j in range(SAMPLES)
            ]
            alpha = sum(each[3] for each in found)
            rows += bytes(
                round(sum(each[n] * each[3] for each in found) / alpha) if alpha else 0
                for n in range(3)
            )
            rows.append(round(alpha / len(found)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def table_in_a_room() -> bytes:
    """A pale table under a window, in four grounds: a photograph’s place, in two kilobytes."""
    width, height = 1240, 620
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            is_window = 120 < y < 300 and 180 < x % 420 < 380
            is_table = y > 430 and abs(x - width / 2) < 180 + (y - 430) * 1.6
            wall = (0xC9, 0xC2, 0xB6) if y < 380 else (0x8B, 0x7F, 0x70)
            rows += bytes(
                (0xE8, 0xEE, 0xF2) if is_window else (0xE6, 0xD9, 0xC3) if is_table else wall
            )
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + chunk(b"IEND", b"")
    )


if __name__ == "__main__":
    (LOGOS.parents[1] / "look" / "table.png").write_bytes(table_in_a_room())
    LOGOS.mkdir(exist_ok=True)
    (LOGOS / "classic.png").write_bytes(png((0xB4, 0x4A, 0x43), disc))
    (LOGOS / "clear.png").write_bytes(
        png((0x0B, 0x80, 0x82), lambda x, y, half: rounded_square(x, y, half, 0.14))
    )
    (LOGOS / "institutional.png").write_bytes(
        png(WHITE, lambda x, y, half: rounded_square(x, y, half, 0.02), lines=(0x1B, 0x2A, 0x7A))
    )
