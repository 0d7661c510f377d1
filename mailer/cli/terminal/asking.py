"""Questions at the terminal, with the answers of the screen's language."""

from __future__ import annotations

import typer

from mailer.cli.terminal import show
from mailer.contacts.folding import folded
from mailer.wording import Text, _

_YES, _NO, _HINT = _("y, yes"), _("n, no"), _("[y/N]")
"""The words of each answer with commas between, and how both are shown."""


def confirmed(question: Text) -> bool:
    """Ask until the answer is a yes or a no, which an empty one is too."""
    asked = f"{show.translated(question)} {show.translated(_HINT)}"
    while True:
        answer = folded(typer.prompt(asked, default="", show_default=False, prompt_suffix=" "))
        if not answer or answer in _words(_NO):
            return False
        if answer in _words(_YES):
            return True
        show.warn(_("Answer yes or no."))


def asked_number(question: Text) -> int:
    """Ask until the answer is a number."""
    while True:
        answer = typer.prompt(show.translated(question), prompt_suffix=" ").strip()
        if answer.isascii() and answer.isdigit():
            return int(answer)
        show.warn(_("“{value}” is no whole number: write digits only.", value=answer))


def _words(words: Text) -> set[str]:
    """Return the words of an answer in this language, and in English, which is typed out of habit."""
    return {*str(words).split(", "), *show.translated(words).split(", ")}
