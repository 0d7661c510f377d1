"""On which ground a logo is seen: decided from its own pixels, whatever filter the PNG used."""

import struct
from zlib import compress, crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.campaigns.campaign import Partner
from mailer.model.campaigns.template import Template
from mailer.render.facts.logos import AREA, HIGHEST, WIDEST, partner_logos
from mailer.render.logo_ink import Plate, colour, ink_of, plate_for
from tests.counterparts.drawn_marks import BLUE, DARK, LIGHT, MARKS, WHITE, YELLOW, a_mark

PAPER, NIGHT = (255, 255, 255), (29, 34, 41)


def png(width, height, rows, *, kind=6, extra=b""):
    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", compress(rows)) + chunk(b"IEND", b"")
    )


def chunked(name, content):
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", crc32(body))


@pytest.mark.parametrize(
    ("mark", "plate"),
    [
        (a_mark(200, 200, DARK), Plate.LIGHT),
        (a_mark(640, 96, (0, 0, 0)), Plate.LIGHT),
        (a_mark(90, 300, LIGHT), Plate.DARK),
        (a_mark(200, 80, YELLOW), Plate.DARK),
        (a_mark(200, 80, WHITE), Plate.DARK),
        (a_mark(200, 80, (70, 120, 90)), Plate.NONE),  # told from both
        (a_mark(200, 80, DARK, WHITE), Plate.NONE),  # on a ground of its own
        (a_mark(200, 80, DARK, YELLOW), Plate.NONE),
        (b"\xff\xd8 a photograph", Plate.NONE),
        (b"GIF89a of unknown ink", Plate.LIGHT),
    ],
)
def test_13_a_mark_gets_the_ground_on_which_it_is_seen(mark, plate):
    assert plate_for(mark, light=PAPER, dark=NIGHT) is plate


def test_13_a_white_ground_with_a_clear_margin_is_no_white_ink():
    margin = b"\0" + bytes(4 * 40)
    line = b"\0" + bytes(8) + b"\xff\xff\xff\xff" * 10 + b"\x14\x22\x3c\xff" * 16 + b"\xff" * 40
    mark = png(40, 12, margin + (line + bytes(8)) * 10 + margin)

    assert plate_for(mark, light=PAPER, dark=NIGHT) is not Plate.DARK


def test_13_a_dark_disc_with_white_letters_is_seen_on_white():
    line = b"\0" + bytes(8) + b"\x14\x22\x3c\xff" * 8 + b"\xff" * 80 + b"\x14\x22\x3c\xff" * 8
    mark = png(40, 4, (line + bytes(8)) * 4)

    assert plate_for(mark, light=PAPER, dark=NIGHT) is Plate.LIGHT


@given(st.data())
def test_13_pixels_are_read_alike_from_every_filter(data):
    width, height = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 6))
    pixels = [data.draw(st.binary(min_size=4 * width, max_size=4 * width)) for _ in range(height)]
    kinds = [data.draw(st.integers(0, 4)) for _ in range(height)]
    plain = png(width, height, b"".join(b"\0" + row for row in pixels))

    above, rows = bytes(4 * width), b""
    for kind, row in zip(kinds, pixels, strict=True):
        rows += bytes([kind]) + filtered(kind, row, above)
        above = row

    assert ink_of(png(width, height, rows)) == ink_of(plain)


def filtered(kind, row, above):
    """PNG, third edition, §9.2, written down from the other side."""
    left, corner = bytes(4) + row[:-4], bytes(4) + above[:-4]
    guesses = {
        0: lambda _a, _b, _c: 0,
        1: lambda a, _b, _c: a,
        2: lambda _a, b, _c: b,
        3: lambda a, b, _c: (a + b) // 2,
        4: lambda a, b, c: min((a, b, c), key=lambda it: abs(a + b - c - it)),
    }
    columns = zip(row, left, above, corner, strict=True)
    return bytes((x - guesses[kind](a, b, c)) % 256 for x, a, b, c in columns)


def test_13_a_palette_and_a_grey_mark_are_read_too():
    palette = chunked(b"PLTE", bytes((*DARK, *WHITE))) + chunked(b"tRNS", b"\xff\x00")
    by_palette = png(6, 2, (b"\0" + b"\1\0\0\0\0\1") * 2, kind=3, extra=palette)
    grey = png(4, 2, (b"\0" + b"\0\0\x10\xff\x10\xff\0\0") * 2, kind=4)

    assert plate_for(by_palette, light=PAPER, dark=NIGHT) is Plate.LIGHT
    assert plate_for(grey, light=PAPER, dark=NIGHT) is Plate.LIGHT


@pytest.mark.parametrize("cut", [0, 9, 30, 60, 200])
def test_13_a_broken_file_is_taken_for_dark_ink_and_breaks_nothing(cut):
    broken = MARKS["round.png"][: len(MARKS["round.png"]) - cut - 1]

    assert plate_for(broken, light=PAPER, dark=NIGHT) in {Plate.LIGHT, Plate.NONE}


def test_13_a_bomb_is_not_unpacked():
    bomb = png(20_000, 20_000, bytes(1000))

    assert ink_of(bomb) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [("#1f2f46", (31, 47, 70)), ("#fff", (255, 255, 255)), ("red", WHITE), ("", WHITE)],
)
def test_colours_of_a_theme_are_read(written, read):
    assert colour(written) == read


def test_13_marks_of_every_shape_have_one_area(press):
    marks = {f"{n}.png": a_mark(*size, BLUE) for n, size in enumerate(SHAPES)}
    partners = tuple(Partner(name, logo=name) for name in marks)
    campaign = press.campaign(partners=partners, files=marks)

    logos = partner_logos(campaign, Template("press", {}))

    shown = [logo.attributes for logo in logos.values()]
    areas = [logo["width"] * logo["height"] for logo in shown]

    assert max(areas) <= AREA * 1.05
    assert min(areas) >= AREA * 0.75
    assert all(logo["width"] <= WIDEST and logo["height"] <= HIGHEST for logo in shown)


SHAPES = [(200, 200), (640, 160), (400, 100), (300, 200), (160, 320), (700, 110)]
