"""Images as files: their size upright, and what may go wrong with them."""

import struct

import pytest

from mailer.errors import ContentError
from mailer.look.image_files import ImageFault, read_image
from tests.unit.render.test_blocks import parts, png


def exif(orientation, order="big"):
    sign, pack = {"big": (b"MM\0*", ">"), "little": (b"II*\0", "<")}[order]
    entries = struct.pack(f"{pack}HHIHH", 0x0100, 3, 1, 7, 0)
    entries += struct.pack(f"{pack}HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = sign + struct.pack(f"{pack}IH", 8, 2) + entries
    return b"Exif\0\0" + tiff


def jpeg(width=1200, height=800, *, app1=b"", components=3, is_whole=True, fill=b""):
    def segment(marker, data):
        return fill + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data

    frame = b"\x08" + struct.pack(">HHB", height, width, components) + b"\x01\x11\x00" * components
    head = (segment(0xE1, app1) if app1 else b"") + segment(0xC0, frame) + segment(0xDA, b"\0" * 6)
    return b"\xff\xd8" + head + b"\x12\xff\x00\x34" * 20 + (b"\xff\xd9" if is_whole else b"")


@pytest.mark.parametrize("order", ["big", "little"])
@pytest.mark.parametrize(
    ("orientation", "size"),
    [(1, (1200, 800)), (2, (1200, 800)), (3, (1200, 800)), (6, (800, 1200)), (8, (800, 1200))],
)
def test_a_photo_has_its_size_upright(orientation, size, order):
    image = read_image(jpeg(app1=exif(orientation, order)))

    assert (image.width, image.height) == size
    assert (ImageFault.TURNED in image.faults) == (orientation > 1)


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (jpeg(), ()),
        (jpeg(fill=b"\xff"), ()),
        (jpeg() + b"trailing", ()),
        (jpeg(app1=b"Exif\0\0broken"), ()),
        (jpeg(app1=b"http://ns.adobe.com/xap/1.0/\0\xff\xd9"), ()),
        (jpeg(is_whole=False), (ImageFault.CUT_OFF,)),
        (jpeg(app1=b"thumbnail\xff\xd9", is_whole=False), (ImageFault.CUT_OFF,)),
        (jpeg(components=4), (ImageFault.CMYK,)),
        (jpeg(6000, 4000), (ImageFault.GIANT,)),
        (png(), ()),
        (png()[:-12], (ImageFault.CUT_OFF,)),
        (png(100, 6000), (ImageFault.TALL,)),
        (b"GIF89a" + struct.pack("<HH", 12, 34) + b"\0\0\0;", ()),
        (b"GIF89a" + struct.pack("<HH", 12, 34) + b"\0\0\0", (ImageFault.CUT_OFF,)),
    ],
)
def test_what_may_go_wrong_with_an_image_is_known(content, faults):
    assert read_image(content).faults == faults


def test_a_turned_photo_is_shown_upright(press):
    page = parts(press, "![x](a.jpg)", files={"a.jpg": jpeg(app1=exif(6))})[1]

    assert 'width="540" height="810"' in page


def test_an_image_that_is_cut_off_blocks(press):
    with pytest.raises(ContentError, match="cut off"):
        parts(press, "![x](a.jpg)", files={"a.jpg": jpeg(is_whole=False)})


def test_the_same_picture_under_two_names_is_one_part(press):
    files = {"Photo.JPG": jpeg(), "photo.jpg": jpeg(), "autre.jpg": jpeg(600)}

    message = parts(press, "![x](Photo.JPG)\n\n![y](photo.jpg)\n\n![z](autre.jpg)", files=files)[0]

    ids = [file.content_id for file in message.embedded]
    assert len(ids) == 2
    assert len(set(ids)) == 2
