"""What the preview room computes from the HTML of a mail: transcript, Outlook, colours, inbox."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.preview.inbox import cut, inbox_lines
from mailer.preview.inverted import Inversion, inverted
from mailer.preview.transcript import SpokenRole, transcript
from mailer.preview.word_engine import as_word_reads, dropped_styles, is_for_word

PAGE = '<html lang="fr"><head><title>T</title><style>p{}</style></head><body>%s</body></html>'


def spoken(body):
    return [(line.role.value, line.text) for line in transcript(PAGE % body)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h2>Un titre</h2><p>Du <b>texte</b>.</p>", [("heading", "Un titre"), ("text", "Du texte.")]),
        ('<div style="display:none">Caché</div><p>Vu</p>', [("text", "Vu")]),
        ('<p aria-hidden="true">Caché</p><p hidden>Caché</p>Vu', [("text", "Vu")]),
        ("<!--[if mso]><p>Outlook</p><![endif]--><p>Vu</p>", [("text", "Vu")]),
        ('<p>Voir <a href="x">le plan</a>, svp</p>', [("text", "Voir"), ("link", "le plan"), ("text", ", svp")]),
        ('<img src="a.png" alt="Institut">', [("picture", "Institut")]),
        ('<img src="a.png" alt="">', []),
        ('<img src="a.png">', [("unnamed-picture", "a.png")]),
        ('<a href="x"><img src="a.png" alt="Accueil"></a>', [("link", "Accueil")]),
        ('<a href="x"><img src="a.png" alt=""></a>', [("link", "")]),
        ('<a href="x" aria-label="Plan"><img src="a.png" alt=""></a>ici', [("link", "Plan"), ("text", "ici")]),
        ('<p>A</p><a href="x">B</a><a href="y"></a>', [("text", "A"), ("link", "B"), ("link", "")]),
        ('<table role="presentation"><tr><td>A<td>B</table>', [("text", "A"), ("text", "B")]),
        ("<table><tr><td>A</td></tr></table>", [("table", ""), ("text", "A")]),
        ("<ul><li>un</li><li>deux</li></ul>", [("list-item", "un"), ("list-item", "deux")]),
        ("a<br>b<hr>c", [("text", "a b"), ("separator", ""), ("text", "c")]),
        ("re\u00adcher\u200bche", [("text", "recherche")]),
        ('<div role="heading" aria-level="3">Titre</div>', [("heading", "Titre")]),
    ],
)  # fmt: skip
def test_a_screen_reader_says_what_is_there_and_nothing_hidden(body, said):
    assert spoken(body) == said


def test_words_in_another_language_are_said_in_it():
    lines = transcript(PAGE % '<p>Le <span lang="en">press kit</span> est là.</p>')

    assert [(line.text, line.language) for line in lines] == [
        ("Le", ""),
        ("press kit", "en"),
        ("est là.", ""),
    ]


@given(st.text(alphabet="<>/ap =\"'hrefliumg!-[]", max_size=80))
def test_no_broken_html_breaks_the_transcript_or_the_view_of_word(html):
    assert all(isinstance(line.role, SpokenRole) for line in transcript(html))
    assert isinstance(as_word_reads(html), str)
    assert isinstance(inverted(html, Inversion.FULL), str)


@pytest.mark.parametrize(
    ("condition", "is_true"),
    [
        ("mso", True), ("!mso", False), ("mso | IE", True), ("IE", False), ("!IE", True),
        ("gte mso 9", True), ("lt mso 12", False), ("(gte mso 9)|(IE)", True), ("mso 16", True),
        ("(mso)&(!IE)", True), ("lte mso 11", False), ("gt mso 15", True), ("mso 12", False),
    ],
)  # fmt: skip
def test_a_condition_is_answered_as_outlook_answers_it(condition, is_true):
    assert is_for_word(condition) is is_true


def test_word_reads_its_own_parts_and_passes_over_the_others():
    html = (
        "<!--[if mso]><table><tr><td>Word<![endif]-->"
        "<!--[if !mso]><!--><video>Others</video><!--<![endif]-->"
        "<!--[if mso | IE]></td></tr></table><![endif]-->"
        "<!--[if gte mso 9]><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml><![endif]-->"
        '<p style="color:#123456; border-radius:3px; display:flex">Text</p>'
    )

    read = as_word_reads(html)

    assert read == ('<table><tr><td>Word</td></tr></table><p style="color:#123456">Text</p>')
    assert dropped_styles(html) == ("border-radius:3px", "display:flex")


@pytest.mark.parametrize(
    ("style", "partial", "full"),
    [
        ("background:#ffffff", "#121212", "#121212"),
        ("background-color:#101820", "#101820", "#dfe7ef"),
        ("color:#000000", "#ffffff", "#ffffff"),
        ("color:#ffffff", "#ffffff", "#121212"),
        ("border-top:1px solid #fff", "#121212", "#121212"),
        ("background:transparent", "transparent", "transparent"),
    ],
)
def test_colours_are_turned_for_the_dark_and_pictures_are_not(style, partial, full):
    html = f'<p style="{style}"><img src="data:image/png;base64,AAAA" alt="x"></p>'

    for inversion, colour in ((Inversion.PARTIAL, partial), (Inversion.FULL, full)):
        turned = inverted(html, inversion)
        assert colour in re.search(r'<p style="([^"]*)"', turned)[1]
        assert "data:image/png;base64,AAAA" in turned


@given(st.text(max_size=120), st.integers(1, 100))
def test_a_cut_subject_has_room_and_keeps_its_beginning(text, width):
    shown = cut(text, width)

    assert len(shown) <= width
    assert text.startswith(shown.removesuffix("…").rstrip()) or text == shown


def test_the_inbox_is_shown_at_three_widths_and_as_three_programs_cut_it():
    lines = inbox_lines("Invitation " * 8, "Samedi 9 décembre à Paris " * 8)

    assert len(lines) == 6
    assert [len(line.subject) for line in lines[:3]] == [40, 60, 80]
    assert all(line.is_cut for line in lines[:3])
    assert len(lines[3].subject) + len(lines[3].snippet) <= 100
