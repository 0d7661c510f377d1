"""What the program notes of a delivery is said in the reader's language, and a server is quoted."""

import ast
from gettext import NullTranslations
from pathlib import Path

import pytest

import mailer
from mailer.own_diagnoses import diagnosis, why_uncertain, why_unread
from mailer.wording import _, as_note, say

PROVIDERS = Path(mailer.__file__).parent / "providers"
NOTING = {
    "Accepted",
    "BrokenLineError",
    "Deferred",
    "NoAnswerError",
    "NotWrittenError",
    "Rejected",
    "Uncertain",
}


def written(node, names):
    """Return a string as it would be noted, with a number for each value in it; else None."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr():
            return "".join(
                each.value if isinstance(each, ast.Constant) else "204" for each in node.values
            )
        case ast.Name(id=name):
            return names.get(name)
    return None


def noted():
    """Yield every note of our own that the code of the providers writes out."""
    for path in PROVIDERS.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            names = {
                each.targets[0].id: written(each.value, {})
                for each in ast.walk(function)
                if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
            }
            yield from _in_calls(function, names)
        yield from _in_calls(tree, {})


def _in_calls(tree, names):
    for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
        is_noted = isinstance(call.func, ast.Name) and call.func.id in NOTING and call.args
        if is_noted and (text := written(call.args[0], names)):
            yield text


def test_every_note_that_a_provider_writes_out_has_its_words():
    notes = sorted(set(noted()))

    assert len(notes) > 10
    assert [each for each in notes if diagnosis(each).sentence in {"{note}", "{reply}"}] == []


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "after the dot: timed out",
            "the whole message was handed over, then: it did not answer in time",
        ),
        ("unknown answer: 204", "it answered 204, which says nothing of the message"),
        ("202 queued as abc", "taken into the queue of the provider, as abc"),
        ("superseded", "a newer version takes its place"),
        ("550 5.1.1 no such user", "<550 5.1.1 no such user>"),
        (
            "after the dot: [Errno 104] Connection reset by peer",
            "the whole message was handed over, then: <[Errno 104] Connection reset by peer>",
        ),
        (as_note(_("it did not answer in time")), "it did not answer in time"),
        ("the words of a person", "the words of a person"),
    ],
)
def test_a_note_is_said_and_what_another_program_said_is_quoted(note, said):
    assert say(diagnosis(note), NullTranslations(), quoted=lambda it: f"<{it}>") == said


def test_nothing_noted_says_that_the_program_stopped():
    assert "the program stopped" in str(why_uncertain(""))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("not-events, 12 octets", "it is no list of events (12 bytes)"),
        ("ValueError", "the program failed to read it (ValueError)"),
        ("UnicodeDecodeError, 12 octets", "the program failed to read it (UnicodeDecodeError)"),
    ],
)
def test_why_a_mail_or_a_post_could_not_be_read_is_said(note, said):
    assert str(why_unread(note)) == said
