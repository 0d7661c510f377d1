"""Logos drawn as PNG files: dark or light ink, with or without a ground, wide and tall."""

import struct
from zlib import compress, crc32

DARK, LIGHT, RED = (20, 34, 60), (250, 250, 246), (196, 18, 48)
WHITE, YELLOW, BLUE = (255, 255, 255), (252, 181, 3), (0, 111, 184)


def a_mark(width, height, ink, ground=None):
    """Return a frame with a bar in it, as `ink` on `ground`; without a ground, on nothing."""
    paper = (*ground, 255) if ground else (0, 0, 0, 0)
    full = bytes((*ink, 255))
    blank = bytes(paper)
    edge = max(2, height // 12)
    rows = []
    for y in range(height):
        if y < edge or y >= height - edge or height * 2 // 5 <= y < height * 3 // 5:
            rows.append(b"\0" + full * width)
        else:
            rows.append(b"\0" + full * edge + blank * (width - 2 * edge) + full * edge)
    return _png(width, height, b"".join(rows))


def _png(width, height, rows):
    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", compress(rows)) + chunk(b"IEND", b"")


MARKS = {
    "round.png": a_mark(200, 200, DARK),
    "wide.png": a_mark(640, 96, RED),
    "tall.png": a_mark(120, 320, BLUE, BLUE),
    "ground.png": a_mark(400, 130, DARK, WHITE),
    "light.png": a_mark(360, 120, LIGHT),
    "yellow.png": a_mark(300, 160, DARK, YELLOW),
}
"""By file name: transparent with dark ink, wide, tall and opaque, on white, white ink, on yellow."""
