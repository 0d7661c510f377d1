"""What is wrong in a TOML file is said with its line, in words, and all at once."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailer.files.toml.parsing import SYNTAX
from mailer.files.toml.reading import fill, parse_toml


@dataclass(frozen=True)
class Part:
    name: str
    size: int = 0


@dataclass(frozen=True)
class Whole:
    title: str
    parts: tuple[Part, ...] = ()
    main: Part | None = None
    ratio: float = 1.0


def problems_of(text, shape=Whole):
    problems = []
    file = parse_toml(text, name="f.toml", problems=problems)
    if file is not None:
        fill(shape, file, problems=problems)
    return [f"{p.where} {p.what} {p.remedy}" for p in problems]


def test_an_unknown_key_leaves_the_rest_readable():
    problems = []
    file = parse_toml('title = "t"\ntitel = 1\n', name="f.toml", problems=problems)

    filled = fill(Whole, file, problems=problems)

    assert filled == Whole("t")
    assert len(problems) == 1


def test_a_value_that_cannot_be_used_leaves_nothing():
    problems = []
    file = parse_toml("title = 1\n", name="f.toml", problems=problems)

    assert fill(Whole, file, problems=problems) is None
    assert len(problems) == 1


def test_a_good_file_becomes_its_shape():
    problems = []
    file = parse_toml('title = "t"\n[[parts]]\nname = "a"\nsize = 2\n', name="f", problems=problems)

    assert fill(Whole, file, problems=problems) == Whole("t", (Part("a", 2),))
    assert not problems


def test_every_unknown_key_has_its_place_and_the_nearest_name():
    text = 'title = "t"\n[[parts]]\nnam = "a"\nname = "b"\n[main]\nname = "c"\nsise = 1\n'

    assert problems_of(text) == [
        "f.toml:3, parts.1.nam There is no key called “nam”. Did you mean “name”?",
        "f.toml:7, main.sise There is no key called “sise”. Did you mean “size”?",
    ]


def test_every_wrong_value_has_its_place():
    text = "title = 1\nratio = 'x'\nmain = 3\nparts = [{name = 'a', size = 'x'}, 'b']\n"

    assert [problem.split(" ")[0] for problem in problems_of(text)] == [
        "f.toml:1,", "f.toml:4,", "f.toml:4,", "f.toml:3,", "f.toml:2,",
    ]  # fmt: skip


def test_a_missing_key_stands_where_its_table_does():
    assert problems_of('title = "t"\n\n[main]\nsize = 1\n') == [
        "f.toml:3, main.name name under [main] is missing. Fill in name = … under [main]."
    ]


def test_every_message_of_the_toml_reader_is_said_in_our_words():
    """Reads the messages out of tomllib itself, so that a new Python cannot surprise us."""
    source = Path(tomllib.__file__).with_name("_parser.py").read_text("utf-8")
    source = source.replace("suffixed_err(src, pos,", "TOMLDecodeError(").replace(
        "suffixed_err(src, new_pos,", "TOMLDecodeError("
    )
    messages = re.findall(r'TOMLDecodeError\(\s*f?"((?:[^"\\]|\\.)*)"', source)
    messages += re.findall(r'suffixed_err\(\s*src, pos, f?"((?:[^"\\]|\\.)*)"', source)
    messages = [message for message in messages if "{msg}" not in message]

    assert len(messages) > 20
    for message in messages:
        assert any(message.replace("\\\\", "\\").startswith(known) for known in SYNTAX), message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = oui", 1, "Put text between quotes"),
        ("a = 2017-12-09 09:30", 1, "between quotes"),
        ("a = 1\nb = 'x\n", 2, "quote that is missing"),
        ('a = """x\ny', 2, "quote that is missing"),
        ("[a\nb = 1", 1, "bracket"),
        ("[a]\n[a]", 2, "A table is written twice. Keep one of them, and put the lines of both"),
        ("a = 1\n\na = 2\nb = 3", 3, "twice"),
        ("abc\n", 1, "="),
        ("= 3", 1, "key = value"),
        ("é = 3", 1, "plain letters"),
        ("a = [1,\n2", 2, "]"),
        ('a = "C:\\q"', 1, "Double it"),
        ("a = {b = 1\n}", 1, "brace"),
        ("a = 2017-02-30", 1, "no such date"),
        ("a = 'x\x01'", 1, "control character"),
    ],
)
def test_a_file_that_is_no_toml_says_where_and_what_to_do(text, line, words):
    (problem,) = problems_of(text)

    assert problem.startswith(f"f.toml:{line} ")
    assert words in problem


def test_lines_are_those_of_the_file_around_the_document():
    problems = []
    file = parse_toml("a = 1", name="text.md", problems=problems, first_line=2)
    assert fill(Whole, file, problems=problems) is None
    parse_toml("\na = x", name="text.md", problems=problems, first_line=2)

    assert [problem.where.line for problem in problems] == [2, 2, 3]
