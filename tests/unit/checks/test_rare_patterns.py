"""The sign of a rare pattern stands in every text that the pattern matches."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mailer import checks
from mailer.checks.reading.texts.rare import RarePattern


def patterns_in(value):
    if isinstance(value, RarePattern):
        yield value
    elif isinstance(value, dict | tuple | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(each)


RARE = [
    pytest.param(pattern, id=f"{module.name.rpartition('.')[2]}-{name.strip('_').lower()}-{number}")
    for module in walk_packages(checks.__path__, "mailer.checks.")
    for name, value in vars(import_module(module.name)).items()
    for number, pattern in enumerate(patterns_in(value))
]


def test_the_rare_patterns_are_found():
    assert len(RARE) > 30


@pytest.mark.parametrize("rare", RARE)
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_what_the_pattern_matches_has_its_sign(rare, data):
    text = data.draw(st.from_regex(rare.pattern))
    assume(rare.pattern.search(text))

    assert rare.search(text)
    assert list(rare.finditer(text))


def test_a_text_without_the_sign_is_not_searched():
    rare = RarePattern(r"(\w+) houses", sign="houses")

    assert rare.search("twenty castles") is None
    assert list(rare.finditer("twenty castles")) == []
    assert "pattern" not in vars(rare)
    assert rare.search("twenty houses")[1] == "twenty"
