"""What is pasted from a word processor: the words and their order survive, nothing hidden does."""

import pytest

from mailer.render.markdown.from_html import markdown_of

WORD_LIST = """
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Premier</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Second<o:p></o:p></p>
"""
WORD_NUMBERS = """
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Un</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Deux</p>
"""
CASES = {
    "headings": ("<h1>Titre</h1><h2><b>Intertitre</b></h2>", "# Titre\n\n## Intertitre"),
    "bold and italic": ("<p>a <b>b</b> <i>c</i> d</p>", "a **b** *c* d"),
    "typography": (
        "<p>« L’eau\u00a0» : 12\u202f000&nbsp;€ – l’été…</p>",
        "« L’eau\u00a0» : 12\u202f000\u00a0€ – l’été…",
    ),
    "links": ("<p><a href='https://a.example/b?c=1'>ici</a></p>", "[ici](https://a.example/b?c=1)"),
    "a script in a link": ("<p><a href='javascript:alert(1)'>ici</a></p>", "ici"),
    "Word's bullets": (WORD_LIST, "- Premier\n- Second"),
    "Word's numbers": (WORD_NUMBERS, "1. Un\n2. Deux"),
    "plain lists": ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    "Google's false bold": (
        (
            "<b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:400'>a </span>"
            "<span style='font-weight:700'>b</span></p></b>"
        ),
        "a **b**",
    ),
    "italic by style": ("<p><span style='font-style:italic'>a</span> b</p>", "*a* b"),
    "LibreOffice": (
        "<p lang='fr' style='margin:0'><font face='Arial'>Un <b>mot</b></font></p>",
        "Un **mot**",
    ),
    "two paragraphs": ("<p>a</p><p>b</p>", "a\n\nb"),
    "a footnote": (
        (
            "<p>a<a style='mso-footnote-id:ftn1' href='#_ftn1'><sup>[1]</sup></a></p>"
            "<div style='mso-element:footnote-list'><p><a href='#_ftnref1'>[1]</a> la note</p></div>"
        ),
        "a[1]\n\n[1] la note",
    ),
    "an empty paragraph": ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
    "style sheets and scripts": (
        "<html><head><title>t</title><style>p{}</style></head><body><script>x()</script><p>a</p></body></html>",
        "a",
    ),
    "conditional comments": ("<!--[if gte mso 9]><xml>x</xml><![endif]--><p>a</p>", "a"),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_what_can_be_written_survives(html, expected):
    assert markdown_of(html).markdown == expected


LEFT_OUT = {
    "deleted text": ("<p>a <del>supprimé</del>b</p>", "supprimé"),
    "struck text": (
        "<p>a <span style='text-decoration:line-through'>supprimé</span>b</p>",
        "supprimé",
    ),
    "a comment of Word": (
        (
            "<p>a<span class=MsoCommentReference><a class=msocomanchor id='_anchor_1'>[CD1]</a></span></p>"
            "<div style='mso-element:comment-list'><div style='mso-element:comment'>à revoir</div></div>"
        ),
        "à revoir",
    ),
    "the mark of a comment beside its words": (
        (
            "<p>a <a style='mso-comment-reference:CD_1;mso-comment-date:20261130T0930'>b</a>"
            "<span class=MsoCommentReference><a class=msocomanchor id='_anchor_1'>[CD1]</a>"
            "<span style='mso-special-character:comment'>&nbsp;</span></span></p>"
            "<div style='mso-element:comment-list'><div style='mso-element:comment'>à revoir</div></div>"
        ),
        "CD1",
    ),
    "hidden text": ("<p>a <span style='display:none;mso-hide:all'>caché</span>b</p>", "caché"),
    "invisible text": ("<p>a <span style='visibility: hidden'>caché</span>b</p>", "caché"),
    "a picture": ("<p>a <img src='https://spy.example/x.png' alt='espion'>b</p>", "spy"),
    "a header": ("<div style='mso-element:header'>SOUS EMBARGO</div><p>a</p>", "EMBARGO"),
    "an svg": ("<p>a</p><svg><text>dessin</text></svg>", "dessin"),
}


@pytest.mark.parametrize(("html", "gone"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_hidden_deleted_or_commented_never_enters(html, gone):
    converted = markdown_of(html)

    assert gone not in converted.markdown
    assert "a" in converted.markdown
    assert converted.left_out or "svg" in html


def test_the_words_of_a_table_are_taken_as_lines_and_it_is_said():
    converted = markdown_of("<table><tr><td>un</td><td>deux</td></tr></table>")

    assert converted.markdown == "un\n\ndeux"
    assert "table" in str(converted.left_out[0])


PROGRAMME = (
    "<table><tr><th>Heure</th><th>Séance</th></tr><tr><td>9 h 30</td><td>Accueil</td><td>Hall</td></tr>"
    "<tr><td>10 h – 11 h</td><td>Visite</td><td></td></tr></table>"
)


@pytest.mark.parametrize(
    ("above", "title"),
    [("<h2>La matinée</h2>", " La matinée"), ("<p><b>Programme :</b></p>", " Programme"), ("", "")],
)
def test_a_table_of_hours_becomes_a_programme_below_its_heading(above, title):
    converted = markdown_of(f"<p>a</p>{above}{PROGRAMME}")

    block = f"::: programme{title}\n\n- 9 h 30 : Accueil, Hall\n- 10 h – 11 h : Visite\n\n:::"
    assert converted.markdown == f"a\n\n{block}"
    assert converted.left_out == ()


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Date</td><td>8 avril</td></tr><tr><td>Heure</td><td>9 h</td></tr></table>",
        "<table><tr><td>9 h</td><td><a href='https://a.example'>a</a></td></tr><tr><td>10 h</td><td>b</td></tr></table>",
        "<table><tr><td>9 h</td><td>Un seul rendez-vous</td></tr></table>",
    ],
)
def test_another_table_is_no_programme(table):
    assert ":::" not in markdown_of(table).markdown


@pytest.mark.parametrize(
    "part",
    [
        "<nav><ul><li><a href='https://a.example'>Accueil</a></li></ul></nav>",
        "<div class='breadcrumb'>Accueil</div>",
        "<header><p>Accueil</p></header>",
        "<footer>Accueil</footer>",
        "<div role='navigation'>Accueil</div>",
    ],
)
def test_the_navigation_of_a_page_is_left_out_and_said(part):
    converted = markdown_of(f"<body>{part}<main><h1>Titre</h1><p>a</p></main></body>")

    assert converted.markdown == "# Titre\n\na"
    assert [str(each) for each in converted.left_out] == ["navigation of the page: “Accueil”"]


@pytest.mark.parametrize(
    "page",
    [
        "<header><h1>Titre</h1><p>a</p></header>",
        "<article><header><p>Titre</p></header><footer><p>a</p></footer></article>",
        "<div class='navigational-study'>a</div>",
    ],
)
def test_what_belongs_to_the_text_stays(page):
    assert "a" in markdown_of(page).markdown.split("\n\n")


def test_hidden_text_is_said_in_its_words():
    converted = markdown_of("<p>a</p><p style='display:none'>Budget</p><p hidden>Secret</p>")

    assert [str(each) for each in converted.left_out] == ["hidden text: “Budget / Secret”"]


def test_a_long_and_deep_page_ends():
    assert markdown_of("<div>" * 500 + "a" + "</div>" * 500).markdown == "a"


COMMENTED = {
    "one comment": (
        (
            "<p>Le budget atteint <a style='mso-comment-reference:RD_1;mso-comment-date:20261130T0930'>"
            "douze millions</a><span class=MsoCommentReference><a class=msocomanchor>[RD1]</a></span> d'euros.</p>"
        ),
        "Le budget atteint douze millions d'euros.",
    ),
    "one inside the other": (
        (
            "<p><a style='mso-comment-reference:RD_1'>douze <span style='mso-comment-continuation:2'>"
            "<a style='mso-comment-reference:RD_2'>millions</a></span></a> d'euros</p>"
        ),
        "douze millions d'euros",
    ),
    "a link": (
        (
            "<p><a style='mso-comment-reference:RD_1' href='https://a.example/'>douze</a> "
            "<b style='mso-comment-continuation:1'>millions</b></p>"
        ),
        "[douze](https://a.example/) **millions**",
    ),
}


@pytest.mark.parametrize(("html", "expected"), COMMENTED.values(), ids=COMMENTED)
def test_words_that_a_comment_is_about_stay_and_the_comment_is_named(html, expected):
    converted = markdown_of(html)

    assert converted.markdown == expected
    assert [str(each) for each in converted.left_out] == ["comments"]
