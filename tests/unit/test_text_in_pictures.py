"""Which pictures consist of text, on drawings of both kinds and on files that are broken."""

from io import BytesIO

import pytest
from PIL import Image

from mailer.checks import run_checks
from mailer.look.text_in_pictures import text_in_picture
from mailer.model.campaigns.text_in_picture import TextInPicture
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, a_step
from tests.counterparts.drawn_pictures import OTHERS, TEXTS, drawn, landscape, release

DRAWN = 3


def of_text(kind):
    """Which of some pictures of a kind consist mostly of text, by their numbers."""
    found = {number: text_in_picture(drawn(kind, number)) for number in range(DRAWN)}
    return [number for number, shown in found.items() if shown and shown.is_most]


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.__name__)
def test_a_picture_of_text_is_known(kind):
    assert len(of_text(kind)) >= DRAWN - 1  # other fonts make other letters


@pytest.mark.parametrize("kind", OTHERS, ids=lambda kind: kind.__name__)
def test_another_picture_is_not_taken_for_a_text(kind):
    assert of_text(kind) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        drawn(landscape, 1)[:900],
        b"GIF89a\x0a\0\x0a\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0" + bytes(60),
    ],
)
def test_what_is_no_picture_or_broken_or_a_bomb_shows_no_text(content):
    shown = text_in_picture(content)

    assert shown is None or not shown.is_most


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (TextInPicture(letters=900, share=0.4, explained=0.9), [Severity.WARNING]),
        (TextInPicture(letters=100, share=0.3, explained=0.9), [Severity.NOTE]),
        (TextInPicture(letters=900, share=0.3, explained=0.6), [Severity.NOTE]),
        (TextInPicture(letters=20, share=0.3, explained=0.9), []),
        (TextInPicture(letters=100, share=0.05, explained=0.9), []),
        (TextInPicture(letters=900, share=0.4, explained=0.3), []),
    ],
)
def test_a_text_sent_as_a_picture_is_told_and_warned_of_where_it_is_plain(shown, expected):
    draft = a_draft(
        a_step(text="# Titre\n\n![L’affiche](images/affiche%20A.png)\n"),
        text_in_pictures={"images/affiche A.png": shown},
    )

    found = [it for it in run_checks(draft) if it.check == "image-of-text"]

    assert [it.severity for it in found] == expected


@pytest.mark.parametrize("size", [(1, 1), (31, 900), (900, 3), (32, 32)])
def test_a_picture_that_is_small_or_flat_shows_no_text(size):
    content = BytesIO()
    Image.new("RGBA", size).save(content, "PNG")

    shown = text_in_picture(content.getvalue())

    assert shown is None or shown.letters == 0


def test_the_longer_text_has_more_letters():
    small, large = (text_in_picture(drawn(kind, 2)) for kind in (landscape, release))

    assert small
    assert large
    assert small.letters < 60
    assert large.letters > 250
