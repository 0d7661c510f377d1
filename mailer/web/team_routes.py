"""The addresses of the desk where administrators keep the people of the team."""

from __future__ import annotations

from mailer.model.team.permission import Act
from mailer.web.screen import Screen

_PERSON = "/reglages/personnes/{person}"

TEAM_SCREENS: tuple[Screen, ...] = (
    Screen("/reglages/personnes", "account.people:show", "account.people:add", Act.MANAGE_PEOPLE),
    Screen(_PERSON, "account.people:person", "account.people:change_roles", Act.MANAGE_PEOPLE),
    Screen(f"{_PERSON}/listes", "account.people:person", "account.people:limit", Act.MANAGE_PEOPLE),
    Screen(
        f"{_PERSON}/fermer", "account.people:person", "account.people:disable", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/ouvrir", "account.people:person", "account.people:enable", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/sessions",
        "account.people:person",
        "account.people:end_sessions",
        Act.MANAGE_PEOPLE,
    ),
    Screen(
        f"{_PERSON}/identites", "account.people:person", "account.people:unlink", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/second-facteur",
        "account.people:person",
        "account.people:reset_factor",
        Act.MANAGE_PEOPLE,
    ),
    Screen(
        "/reglages/identites", "account.people:show", "account.people:recognise", Act.MANAGE_PEOPLE
    ),
    Screen(
        f"{_PERSON}/invitation", "account.people:person", "account.people:invite", Act.MANAGE_PEOPLE
    ),
)
"""The list of the team, and the page of each person, in the order in which they are matched."""
