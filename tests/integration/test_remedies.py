"""Remedies: sentences below the doors name no command, and each act has one that exists."""

import ast
import re
import shlex
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from typer.main import get_command

from mailer.cli.main import build
from mailer.cli.terminal.remedies import COMMAND_LINES, PLACEHOLDERS, command_line
from mailer.errors import Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import Text

PACKAGE = Path(__file__).parents[2] / "mailer"
BELOW = sorted(
    file
    for file in PACKAGE.rglob("*.py")
    if file.relative_to(PACKAGE).parts[0] not in {"cli", "__main__.py"}
)
COMMANDS = get_command(build())
A_WHOLE_COMMAND = re.compile(
    rf"\bmailer ((?:--workspace \S+ )?(?:{'|'.join(COMMANDS.commands)})\b[^;,()“”«»\n\"<]*)"
)
VALUES = {
    "NUMBER": "1",
    "NUMÉRO": "1",
    "OUTCOME": "reached",
    "RÉSULTAT": "reached",
    "FILE": __file__,
}
A_COMMAND = re.compile(rf"\bmailer ({'|'.join(COMMANDS.commands)})\b|(?<![\w-])--[a-z]")


def places(line):
    return {name for _text, name, _format, _conversion in Formatter().parse(line) if name}


def sentences(file):
    """What a person may read: the texts given to `_` and `_n` in a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "_n"}:
            yield from (
                each.value
                for each in node.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def remedies(file):
    """The acts that a file names, each with the keys of its values."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Remedy":
            values = node.args[1].keys if len(node.args) > 1 else []
            yield RemedyAct[node.args[0].attr], {key.value for key in values}


def test_no_sentence_below_the_doors_names_a_command_or_an_option():
    told = [
        f"{file.relative_to(PACKAGE)}: {sentence}"
        for file in BELOW
        for sentence in sentences(file)
        if A_COMMAND.search(sentence)
    ]

    assert told == []


def test_every_act_is_asked_for_somewhere_with_values_that_its_command_shows():
    asked = [each for file in BELOW for each in remedies(file)]

    assert {act for act, _names in asked} == set(RemedyAct)
    assert [each for each in asked if not each[1] <= places(COMMAND_LINES[each[0]])] == []


def test_whoever_is_asked_for_a_name_gives_it_to_the_command_that_asked():
    with_a_name = [
        command
        for command in COMMANDS.commands.values()
        if any("--by" in each.opts for each in command.params)
    ]

    assert COMMAND_LINES[RemedyAct.NAME_ACTOR] == "mailer {command} --by {name}"
    assert with_a_name


def whole(line):
    """Whether a command line lacks nothing that the program would ask for, and has nothing it
    does not know. The words in capitals, and the places, stand for values.
    """
    words = shlex.split(re.sub(r"\{\w+\}", "x", line))
    words = words[2:] if words[0] == "--workspace" else words
    command = COMMANDS
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    assert not hasattr(command, "commands"), line
    command.make_context("mailer", [VALUES.get(word, word) for word in words])
    return True


def told_commands():
    """Each command that a sentence names, in English and as it is translated."""
    with (PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "mailer.po").open("rb") as file:
        for message in read_po(file):
            for text in (message.id, message.string):
                for sentence in (text,) if isinstance(text, str) else text:
                    for said in A_WHOLE_COMMAND.findall(sentence):
                        yield re.split(r"[.:](?:\s|$)|\s:", said)[0].strip()


@pytest.mark.parametrize("line", sorted(set(told_commands())))
def test_a_command_that_a_sentence_names_lacks_nothing(line):
    assert whole(line)


@pytest.mark.parametrize("act", [act for act in RemedyAct if act is not RemedyAct.NAME_ACTOR])
def test_the_command_of_an_act_lacks_nothing(act):
    values = {name: VALUES.get(name.upper(), "x") for name in PLACEHOLDERS}
    _program, line = COMMAND_LINES[act].format_map(values).split(" ", 1)

    assert whole(line)


@pytest.mark.parametrize("act", [act for act in RemedyAct if act is not RemedyAct.NAME_ACTOR])
def test_the_command_of_an_act_exists_with_these_options_and_arguments(act):
    assert places(COMMAND_LINES[act]) <= set(PLACEHOLDERS)
    program, *words = shlex.split(COMMAND_LINES[act])
    command = COMMANDS
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    options = {name: each for each in command.params for name in each.opts if name[:2] == "--"}
    given = [word for word in words if word.startswith("--")]
    flags = [word for word in given if word in options and options[word].is_flag]
    arguments = len(words) - 2 * len(given) + len(flags)
    taken = [each for each in command.params if each.param_type_name == "argument"]

    assert program == "mailer"
    assert not hasattr(command, "commands")
    assert set(given) <= set(options)
    assert {name for name, each in options.items() if each.required} <= {*given}
    assert sum(each.required for each in taken) <= arguments <= len(taken)


def test_a_command_shows_what_is_known_quoted_and_the_rest_in_capitals(monkeypatch):
    for name in ("MAILER_LANG", "LANGUAGE"):
        monkeypatch.setenv(name, "en")
    known = Remedy(RemedyAct.RESOLVE_STEP, {"campaign": "a b", "step": "reminder"})

    command, _space, reason = command_line(known).rpartition(" ")

    assert re.fullmatch(
        r"mailer resolve --campaign 'a b' --step reminder --as-sent --confirm [A-Z]+ --by [A-Z]+"
        r" --why",
        command,
    )
    assert reason.isupper()


def test_problems_that_differ_in_nothing_are_one_whatever_remedy_they_carry():
    def problem():
        remedy = Remedy(RemedyAct.APPROVE, {"campaign": "meeting"})
        return Problem(Place("campaign.toml"), Text("unsigned"), Text("sign"), remedy)

    assert len({problem(), problem()}) == 1
