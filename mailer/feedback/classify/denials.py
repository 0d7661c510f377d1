"""Composes "not … known", "nobody … registered" and their like from the lists of `denials.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GAP = "(?: |(?<='))"
"""Between two words; nothing behind an elided one ("n'a")."""
_MAX_BETWEEN = 6
_MAX_TO_NEGATION = 5
"""Words between a verb and the negation behind it ("kennen wir diesen Benutzer nicht")."""


@dataclass(frozen=True, slots=True)
class Denials:
    """Alternatives for the predicates of the grammar, one expression each; all of them bounded."""

    denied: tuple[str, ...]
    """Said behind the noun: "is not one the system knows", "n'a jamais été créée"."""
    before: tuple[str, ...]
    """Said before the noun: "we do not host", "former"."""
    whole: tuple[str, ...]
    """With the subject in it: "nobody is registered"."""
    gone: tuple[str, ...]
    """"Abandoned", "désaffectée"."""


def read_denials() -> Denials:
    """Return the denials of all languages, composed from the lists shipped with the package."""
    source = resources.files("mailer.feedback.classify").joinpath("denials.toml")
    languages = [
        {name: words.strip().split("\n") for name, words in lists.items()}
        for lists in tomllib.loads(source.read_text("utf-8")).values()
    ]
    return Denials(
        denied=tuple(each for lists in languages for each in _denied(lists)),
        before=tuple(each for lists in languages for each in _before(lists)),
        whole=tuple(
            word + _tail(lists, "denied") for lists in languages for word in lists.get("nobody", ())
        ),
        gone=tuple(word for lists in languages for word in lists.get("gone", ())),
    )


def _denied(lists: Mapping[str, list[str]]) -> Iterator[str]:
    for word in lists["not"]:
        yield word + _tail(lists, "denied")
    negation = "|".join(lists["not"])
    for verb in lists.get("first", ()):
        yield rf"{verb}(?: [^\s.;:!?,]{{1,60}}){{0,{_MAX_TO_NEGATION}}}? (?:{negation})"


def _before(lists: Mapping[str, list[str]]) -> Iterator[str]:
    yield from lists.get("former", ())
    if "verbs" in lists:
        yield from (word + _tail(lists, "verbs") for word in lists["not"])


def _tail(lists: Mapping[str, list[str]], name: str) -> str:
    between, words = "|".join(lists["between"]), "|".join(lists[name])
    return rf"(?:{_GAP}(?:{between})){{0,{_MAX_BETWEEN}}}?{_GAP}(?:{words})"
