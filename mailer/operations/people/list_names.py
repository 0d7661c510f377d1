"""The name of a list that people are put on: one that campaigns can write, spelt in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError, Unreadable
from mailer.model.contacts.list_names import plain_name, read_list_name
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.ports import Ledger

_MOST = 1000


def require_list_name(text: str, *, ledger: Ledger) -> str:
    """Return the name of a list, known or new. Raises RuleError for one that no campaign could
    name, or that is a known list written otherwise (`Presse`, beside `presse`).
    """
    if not text.strip():
        what = _("the list has no name")
        remedy = _("Write the list these people belong to, for instance: presse.")
        raise RuleError(Problem(Place("", key="list"), what, remedy))
    try:
        name = read_list_name(text)
    except Unreadable as error:
        what = _("this cannot be the name of a list")
        raise RuleError(Problem(Place("", key="list"), what, error.reason)) from error
    known = [each.name for each in ledger.contacts.lists(limit=_MOST)]
    same = [each for each in known if plain_name(each) == plain_name(name)]
    if same and name not in same:
        raise RuleError(
            Problem(
                Place("", key="list"),
                _("“{name}” is written like the list “{known}”", name=name, known=same[0]),
                _("Write “{known}”, or give the new list another name.", known=same[0]),
            )
        )
    return name
