"""Whatever an author gets wrong in an expression is said in our words, in the author's language."""

import ast
import re
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType

import jinja2
import pytest

from mailer.errors import ContentError, Place
from mailer.files.catalogues import translations_for
from mailer.render.jinja.environment import content_environment, render
from mailer.render.jinja.faults import _MESSAGES, NEVER_CLOSED
from mailer.wording import Quoted, say

LEXER = [
    "{{ $ }}",
    "{{ ? }}",
    "{{ ) }}",
    "{{ (1] }}",
    "{{ [1) }}",
    "{{ 'a }}",
    "{# a",
    "{% raw %} a",
]
PARSER = [
    "{{ }}",
    "{% %}",
    "{% 3 %}",
    "{{ a b }}",
    "{{ (1 }}",
    "{{ [1, }}",
    "{{ {1: } }}",
    "{{ {'a' 1} }}",
    "{{ a. }}",
    "{{ a.+ }}",
    "{{ a[] }}",
    "{{ a| }}",
    "{{ a|5 }}",
    "{{ a is }}",
    "{{ a is odd is even }}",
    "{{ f(a=1, b) }}",
    "{{ f(*a, *b) }}",
    "{{ not }}",
    "{{ 1 + }}",
    "{{ a if }}",
    "{{ event.date",
    "{% if event",
    "{{ event.nimporte }} {% for",
    "{% if true %}a",
    "{% if true %}{% for a in b %}a{% endif %}",
    "{% for a in b %}a",
    "{% for a %}a{% endfor %}",
    "{% for 3 in b %}a{% endfor %}",
    "{% for loop in [1] %}a{% endfor %}",
    "{% endif %}",
    "{% endfor %}",
    "{% else %}",
    "{% si true %}a{% finsi %}",
    "{% set %}",
    "{% set 3 = 4 %}",
    "{% set a = %}",
    "{% set a.b = 4 %}",
    "{% set a = event %}{% set a.b = 4 %}",
    "{% block a-b %}{% endblock %}",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}",
    "{% block a required %}x{% endblock %}",
    "{% macro a(b=1, c) %}{% endmacro %}",
    "{% macro %}{% endmacro %}",
    "{% call 3 %}{% endcall %}",
    "{% call(caller) a() %}{% endcall %}",
    "{% from 'a' import _b %}",
    "{% import 'a' %}",
    "{% include 'a.md' %}",
    "{% extends 'a' %}",
    "{% if true %}{% extends 'a' %}{% endif %}",
    "{% filter %}{% endfilter %}",
    "{% filter nimporte %}a{% endfilter %}",
    "{{ a|nimporte }}",
    "{{ 1 is nimporte }}",
    "{% trans %}a",
    "{% trans %}{% if a %}b{% endif %}{% endtrans %}",
    "{% trans %}{% trans %}a{% endtrans %}{% endtrans %}",
    "{% trans a=1, a=2 %}b{% endtrans %}",
    "{% trans a=1 %}b{% pluralize c %}d{% endtrans %}",
    "{% trans %}b{% pluralize %}d{% endtrans %}",
    "{% trans a=1 %}b{% pluralize %}d{% pluralize %}e{% endtrans %}",
]
RUNTIME = [
    "{{ nimporte }}",
    "{{ event.nimporte }}",
    "{{ nimporte.rien }}",
    "{{ 'abc'[7] }}",
    "{{ [1][3] }}",
    "{{ none.rien }}",
    "{{ 1 / 0 }}",
    "{{ 1 % 0 }}",
    "{{ 10.0 ** 400 }}",
    "{{ 'a' + 1 }}",
    "{{ 1 + 'a' }}",
    "{{ -'a' }}",
    "{{ 'a' < 1 }}",
    "{{ event() }}",
    "{{ 3() }}",
    "{% for a in 3 %}{% endfor %}",
    "{% for a, b in [1] %}{% endfor %}",
    "{% for a, b in [[1]] %}{% endfor %}",
    "{% for a, b in [[1, 2, 3]] %}{% endfor %}",
    "{{ 3|length }}",
    "{{ 3|join }}",
    "{{ 'a'|round(1, 'vers le haut') }}",
    "{{ 3|round(1, 'vers le haut') }}",
    "{{ [3, 'a']|sort }}",
    "{{ ['a', 3]|sum }}",
    "{{ {1: 2}|dictsort(by='rien') }}",
    "{{ [1]|map|list }}",
    "{{ [1]|map(rien=3)|list }}",
    "{{ [1]|select('nimporte')|list }}",
    "{{ [1]|map('nimporte')|list }}",
    "{{ 'a'|truncate }}{{ 'a'|truncate('b', 'c', 'd', 'e', 'f') }}",
    "{{ 'a'|batch }}",
    "{{ 'a'.index('b') }}",
    "{{ '{rien}'.format() }}",
    "{{ '%d'|replace }}",
    "{{ '%d' % 'a' }}",
    "{{ ''.__class__ }}",
    "{{ event.__class__.__mro__ }}",
    "{{ [].append(1) }}",
    "{% macro a() %}{% endmacro %}{{ a(1) }}",
    "{% macro a() %}{% endmacro %}{{ a(b=1) }}",
    "{% macro a(b) %}{{ b }}{% endmacro %}{{ a() }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% for a in [1] %}{{ loop.cycle() }}{% endfor %}",
    "{% for a in [[1]] %}{{ loop(a) }}{% endfor %}",
]
OUR_OWN = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
FACTS = MappingProxyType({"event": MappingProxyType({"date": "17 décembre"})})


class Marked(NullTranslations):
    """A language in which each sentence of ours stands between marks."""

    def gettext(self, message):
        return "⟦" + re.sub(r"(\{\w*\})", r"⟧\1⟦", message) + "⟧"


def refused(text):
    """Return what is wrong with a text; None for one that Jinja takes."""
    environment = content_environment(text)
    try:
        render(
            environment,
            lambda: environment.template_of(text),
            FACTS,
            translations=NullTranslations(),
            first=Place("announcement.md", 1),
        )
    except ContentError as error:
        return error.problems[-1]
    return None


@pytest.mark.parametrize("text", [*LEXER, *PARSER, *RUNTIME])
def test_nothing_but_our_words_and_the_author_s_own_is_said_of_a_fault(text):
    problem = refused(text)

    for said in (problem.what, problem.remedy):
        shown = say(said, Marked(), quoted=lambda _quoted: "")
        assert {*WORD.findall(OUR_OWN.sub(" ", shown))} <= {*WORD.findall(text), *TAGS}, shown


TAGS = {"raw", "trans", "in", "as"}
"""Words of tags, which are the same in every language."""


@pytest.mark.parametrize("text", [*LEXER, *PARSER])
def test_no_fault_of_writing_is_quoted_from_jinja(text):
    problem = refused(text)

    assert not any(isinstance(value, Quoted) for value in problem.what.values.values()), problem


def messages_of_jinja():
    """Yield what Jinja's own code says of a text that cannot be read, each with a name filled in."""
    folder = Path(jinja2.__file__).parent
    for module in ("lexer", "parser", "compiler", "ext"):
        for node in ast.walk(ast.parse((folder / f"{module}.py").read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="fail") | ast.Name(id="TemplateSyntaxError"),
                    args=[ast.Constant() | ast.JoinedStr() as said, *_rest],
                ):
                    yield filled(said)


def filled(said):
    if isinstance(said, ast.Constant):
        return said.value
    parts = [part.value if isinstance(part, ast.Constant) else _name(part) for part in said.values]
    return "".join(parts)


def _name(part):
    if getattr(part.value, "id", "") == "type_name":
        return "filter"
    return "'x'" if part.conversion == ord("r") else "x"


INTERNAL = re.compile(r"'x' (wanted to resolve|yielded empty)")
"""What Jinja says of faults of its own rules, which no text brings about."""


def test_the_messages_of_jinja_are_found_in_each_of_its_modules():
    # Without them, the test below would ask nothing of a later Jinja that is built otherwise.
    assert {*messages_of_jinja()} >= {
        "unexpected char 'x' at x",
        "tag name expected",
        "No filter named 'x'.",
        "unclosed translation block",
    }


@pytest.mark.parametrize("message", sorted({*messages_of_jinja(), NEVER_CLOSED}))
def test_each_message_about_how_a_text_is_written_has_words_of_ours(message):
    assert INTERNAL.match(message) or any(pattern.match(message) for pattern, _ in _MESSAGES)


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("{% if true %}a", "{% if %} n’est jamais refermé"),
        ("{{ event.date", "un {{ ou un {% n’est jamais refermé"),
        ("{{ event date }}", "«\N{NO-BREAK SPACE}date\N{NO-BREAK SPACE}» se trouve là où il faut «\N{NO-BREAK SPACE}}}\N{NO-BREAK SPACE}»"),
        ("{{ 1 / 0 }}", "ce passage divise par zéro"),
        ("{{ 'a'|nimporte }}", "il n’y a pas de filtre «\N{NO-BREAK SPACE}nimporte\N{NO-BREAK SPACE}»"),
    ],
)  # fmt: skip
def test_a_french_author_reads_french(text, french):
    assert say(refused(text).what, translations_for("fr")) == french
