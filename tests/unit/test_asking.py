"""Questions at the terminal are answered in the language of the screen."""

import pytest
import typer
from typer.testing import CliRunner

from mailer.cli.terminal.asking import asked_number, confirmed
from mailer.cli.terminal.language import speak
from mailer.wording import Text


def answered(ask, typed):
    app = typer.Typer()
    app.command()(lambda: typer.echo(f"={ask(Text('Really?'))}"))
    return CliRunner().invoke(app, input=typed)


@pytest.mark.parametrize("typed", ["o", "OUI", "y", "Yes"])
def test_a_yes_in_french_or_in_english_confirms(typed):
    speak("fr")

    said = answered(confirmed, f"{typed}\n").stdout

    assert "[o/N]" in said
    assert said.endswith("=True\n")


@pytest.mark.parametrize("typed", ["", "n", "Non", "no"])
def test_a_no_and_an_empty_answer_confirm_nothing(typed):
    speak("fr")

    assert answered(confirmed, f"{typed}\n").stdout.endswith("=False\n")


def test_any_other_answer_is_asked_again():
    speak("fr")

    said = answered(confirmed, "peut-être\noui\n")

    assert "oui ou par non" in said.stderr
    assert said.stdout.endswith("=True\n")


def test_a_number_in_words_is_asked_again_in_french():
    speak("fr")

    said = answered(asked_number, "trente\n-3\n37\n")

    assert said.stderr.count("nombre entier") == 2
    assert said.stdout.endswith("=37\n")
