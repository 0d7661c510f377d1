"""Paragraphs with very many open brackets, and the same texts for people as before."""

import pytest
from markdown_it import MarkdownIt

from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.unclosed_brackets import add_bracket_limit
from tests.counterparts.work import calls_of


def plain_parser():
    return MarkdownIt("js-default", {"html": False})


def limited_parser():
    parser = plain_parser()
    add_bracket_limit(parser)
    return parser


@pytest.mark.parametrize(
    "text",
    [
        "Voir [le programme](https://office.example/p) et ![la salle](salle.jpg).",
        "[a [b](https://office.example/b) c] [d](e.html) \\[f\\](g) [`]`](h.html)",
        " ".join(f"[{n}](https://office.example/{n})" for n in range(200)),
        "[ouvert " * 40 + "[lien](https://office.example/)",
        "![" * 40 + "x" + "](y.png)" * 40,
    ],
)
def test_the_texts_of_people_are_read_as_without_a_limit(text):
    assert limited_parser().render(text) == plain_parser().render(text)


def test_a_link_among_very_many_open_brackets_is_still_a_link():
    html = limited_parser().render("[x " * 3_000 + "[lien](https://office.example/)")

    assert '<a href="https://office.example/">lien</a>' in html
    assert html.count("[x") == 3_000


def test_open_brackets_are_kept_as_typed():
    text = "![" * 10_000

    assert new_parser().render(text) == f"<p>{text}</p>\n"


def test_brackets_inside_one_another_without_end_are_text():
    html = limited_parser().render("[" * 5_000 + "x" + "](y)" * 5_000)

    assert html.count("<a href") <= 1


@pytest.mark.parametrize("sign", ["[", "!["])
def test_a_run_of_open_brackets_is_read_in_one_go(sign):
    parser = limited_parser()

    calls = calls_of(lambda: parser.render(sign * 20_000))

    assert calls < 1_000  # it was 23 for each bracket, and a look through the whole text for each


def test_of_a_run_of_brackets_only_those_beyond_the_limit_are_text():
    text = "[" * 60 + "x" + "](y)" * 60

    assert limited_parser().render(text).count("<a href") <= 1
    assert (
        limited_parser()
        .render("[" * 70 + "[lien](https://office.example/)")
        .endswith('[<a href="https://office.example/">lien</a></p>\n')
    )
