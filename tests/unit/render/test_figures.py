"""Figures, captions, quotations and portraits as the tables that Word keeps."""

import re

import pytest

from mailer.render.markdown import document
from mailer.render.markdown.pictures import Picture

HIGH, WIDE, SQUARE = (
    Picture("cid:a", 300, 400),
    Picture("cid:b", 540, 300),
    Picture("cid:c", 90, 90),
)

NO_BLOCK = str
"""No text here has a press block to write."""


def html(markdown, **pictures):
    tokens = document.read(f"# T\n\nLead.\n\n{markdown}").body
    images = {f"{name}.png": picture for name, picture in pictures.items()}
    shown = document.to_html(
        tokens, images=images, is_block=lambda _it: False, write_block=NO_BLOCK
    )
    return re.sub(r' role="presentation"[^>]*', "", shown)


def test_13_a_figure_and_its_caption_are_two_rows():
    shown = html('![Une table](b.png "La table. © Agence")\n\nTexte.', b=WIDE)

    assert shown.startswith('<table class="figure"><tr><td><img src="cid:b"')
    assert (
        '<tr><td class="caption">La table. <span class="credit">©\u00a0Agence</span></td></tr></table>'
        in (shown)
    )
    assert "<p>Texte.</p>" in shown


def test_13_a_figure_without_a_caption_is_one_row():
    shown = html("![Une table](b.png)\n\nTexte.", b=WIDE)

    assert re.fullmatch(
        r'<table class="figure"><tr><td><img[^>]*></td></tr></table>\n<p>Texte.</p>\n', shown
    )


def test_13_a_quotation_stands_in_a_cell():
    shown = html("> Lire, c’est chercher.\n>\n> — Jeanne Fictive\n")

    assert shown.startswith('<table class="quote"><tr><td><blockquote>')
    assert shown.rstrip().endswith("</blockquote>\n</td></tr></table>")
    assert '<p class="attribution">' in shown


def test_13_a_portrait_stands_beside_the_paragraph_after_it():
    shown = html('![Debout](a.png "Jeanne. © A")\n\nElle lit.\n\nElle écrit.', a=HIGH)

    assert shown.count('<table class="portrait"') == 1
    assert re.search(
        r'<td class="beside"><p>Elle lit.</p>\n</td></tr></table>\n<p>Elle écrit.</p>', shown
    )
    assert 'width="150" height="200"' in shown


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("![x](a.png)\n\nTexte.", WIDE),
        ("![x](a.png)\n\nTexte.", SQUARE),
        ("![x](a.png)\n\n## Titre", HIGH),
        ("![x](a.png)\n\n![y](a.png)", HIGH),
        ("![x](a.png)\n\n- point", HIGH),
        ("Texte.\n\n![x](a.png)", HIGH),
    ],
)
def test_13_other_pictures_keep_the_width_of_the_text(text, picture):
    assert "portrait" not in html(text, a=picture)


def test_13_every_table_that_opens_is_closed():
    shown = html(
        '![x](a.png "C. © D")\n\nT.\n\n> Q.\n>\n> > R.\n\n- ![y](b.png)\n\n![z](b.png "E")\n\n> ![y](b.png)\n',
        a=HIGH,
        b=WIDE,
    )

    for tag in ("table", "tr", "td"):
        assert len(re.findall(rf"<{tag}\b", shown)) == shown.count(f"</{tag}>")
