"""What is not read as a text, and what still is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.files.text_limits import (
    MOST_IN_PARAGRAPH,
    MOST_IN_WORD,
    MOST_QUOTED,
    beyond_limits,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Un mot. " * 2_000,
        "x" * MOST_IN_WORD,
        ("x" * 99 + " ") * (MOST_IN_PARAGRAPH // 100),
        "> " * MOST_QUOTED + "A.",
        "a > b > c > d > e > f > g > h > i > j > k > l > m",
    ],
)
def test_a_long_text_is_a_text(text):
    assert beyond_limits(text, "a.md") == []


def test_each_kind_of_excess_is_said_once_with_its_line():
    text = "\n\n".join(["A.", "x" * 2_001, "y" * 2_001, "> " * 11, "> " * 12, "b " * 10_001])

    said = [(problem.where.line, str(problem.what)) for problem in beyond_limits(text, "a.md")]

    assert [line for line, _what in said] == [11, 3, 7]


def test_a_document_of_hundreds_of_pages_is_no_text():
    (problem,) = beyond_limits("Encore.\n\n" * 12_000, "a.docx")

    assert str(problem.what) == "The text has 108000 signs; its limit is 100000."


@given(st.text("ab >\n![", max_size=400))
def test_a_short_text_is_never_beyond_them(text):
    assert beyond_limits(text, "a.md") == [] or text.count(">") > MOST_QUOTED
