"""Every key of a TOML document is found on its line, however the document is written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.files.toml.lines import key_lines, line_of


def paths(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield (*path, index)
            yield from paths(inner, (*path, index))


NASTY = '''\
# a comment with [brackets] and "quotes
title = "un [titre] # qui n’en est pas un" # suite
"a.b" = 1
c.d . "e f" = [ # the array begins
  1, [2, 3],

  { x = 1, y.z = """
three
lines""" },   # inline table
]
text = """
[not-a-table]
key = "no"
ends with two quotes"""""
literal = \'\'\'
it\'\'s = literal\'\'\'
'single quoted' = '\\'
when = 1979-05-27 07:32:00
[event]
name = "n"
  starts_at.hour = 9 # dotted

  [event.en]
name = "m"
[[steps]]
id = "one"
[[steps.files]]
path = "a"
[[steps.files]]
path = "b"
[steps.files.more]
deep = true
[[ steps ]] # the second
id = "two"
[steps.extra]
k = {}
empty = []
[later]
[fruit.apple]
color = "red"
[fruit]
name = "pomme"
'''

EXPECTED = {
    ("title",): 2,
    ("a.b",): 3,
    ("c", "d", "e f"): 4,
    ("c", "d", "e f", 0): 5,
    ("c", "d", "e f", 1, 1): 5,
    ("c", "d", "e f", 2): 7,
    ("c", "d", "e f", 2, "y", "z"): 7,
    ("text",): 11,
    ("literal",): 15,
    ("single quoted",): 17,
    ("when",): 18,
    ("event",): 19,
    ("event", "starts_at", "hour"): 21,
    ("event", "en"): 23,
    ("event", "en", "name"): 24,
    ("steps",): 25,
    ("steps", 0): 25,
    ("steps", 0, "id"): 26,
    ("steps", 0, "files", 0, "path"): 28,
    ("steps", 0, "files", 1, "path"): 30,
    ("steps", 0, "files", 1, "more", "deep"): 32,
    ("steps", 1): 33,
    ("steps", 1, "id"): 34,
    ("steps", 1, "extra", "k"): 36,
    ("steps", 1, "extra", "empty"): 37,
    ("later",): 38,
    ("fruit",): 39,
    ("fruit", "apple", "color"): 40,
    ("fruit", "name"): 42,
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "line"), EXPECTED.items(), ids=str)
def test_a_key_stands_where_it_is_written(path, line, newline):
    assert key_lines(NASTY.replace("\n", newline))[path] == line


def test_every_key_of_the_parsed_document_has_a_line():
    assert set(paths(tomllib.loads(NASTY))) == set(key_lines(NASTY))


def test_a_key_that_is_not_written_stands_at_the_table_around_it():
    lines = key_lines(NASTY)

    assert line_of(("steps", 1, "send"), lines) == 33
    assert line_of(("event", "venue"), lines) == 19
    assert line_of(("nowhere",), lines) == 0


keys = st.text(min_size=1, max_size=6).filter(lambda key: key.isprintable())
scalars = st.one_of(st.integers(-9, 9), st.booleans(), st.text(max_size=9))
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def quoted(text, quote):
    escaped = "".join(
        f"\\U{ord(c):08X}" if c in '"\\' or (not c.isprintable() and c != "\n") else c for c in text
    )
    return f"{quote}{escaped if len(quote) > 1 else escaped.replace(chr(10), chr(92) + 'n')}{quote}"


def written(value, draw):
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{quoted(k, chr(34))} = {written(v, draw)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, list):
        gap = draw(st.sampled_from(["", "\n", " # ] } \n"]))
        return "[" + "".join(f"{gap}{written(v, draw)}{gap}," for v in value) + gap + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value, draw(st.sampled_from(['"', '"""'])))
    return str(value)


@given(st.dictionaries(keys, values, max_size=4), st.data())
def test_every_key_of_any_document_is_found(document, data):
    text = ""
    expected = {}
    for key, value in document.items():
        text += "\n" * data.draw(st.integers(0, 2))
        expected[(key,)] = text.count("\n") + 1
        text += f"{quoted(key, chr(34))} = {written(value, data.draw)}\n"

    lines = key_lines(text)

    assert set(lines) == set(paths(tomllib.loads(text)))
    assert {path: lines[path] for path in expected} == expected
