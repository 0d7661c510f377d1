"""Tables at a terminal of 80 columns."""

import pytest

from mailer.cli.terminal import show
from mailer.cli.terminal.language import speak

ADDRESS = "accueil@maison-des-associations-de-sante.example"


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    speak("fr")


@pytest.mark.parametrize("columns", [1, 2, 6])
def test_no_word_and_no_address_is_ever_broken(capsys, columns):
    words = [
        ADDRESS,
        "Maison des associations",
        "pris en charge\u00a0: 62",
        "01\u00a099\u00a000\u00a000\u00a000",
    ]

    show.table([f"Colonne{n}" for n in range(columns)], [[word] * columns for word in words])

    shown = capsys.readouterr().out
    assert shown.count(ADDRESS) == columns
    assert shown.count("charge\u00a0: 62".replace(" ", "")[:7]) == columns
    assert shown.count("01\u00a099\u00a000\u00a000\u00a000") == columns


def test_paths_below_the_workspace_are_shown_from_there(tmp_path):
    show.stand_in(tmp_path)

    assert show.path(tmp_path / "campaigns" / "x") == "campaigns/x"
    assert show.path("/elsewhere/x") == "/elsewhere/x"


def test_a_table_without_rows_prints_no_headings(capsys):
    show.table(["Campagne", "Étape"], [])

    assert not capsys.readouterr().out
