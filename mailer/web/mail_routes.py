"""The addresses of what comes back: whom to call, and the mail that waits for a decision."""

from __future__ import annotations

from mailer.model.team.permission import Act
from mailer.web.screen import Screen

MAIL_SCREENS: tuple[Screen, ...] = (
    Screen(
        "/a-rappeler",
        "contacts.call_back:show",
        "contacts.call_back:note",
        Act.CALL_BACK,
        names_people=True,
    ),
    Screen(
        "/a-rappeler/ne-plus-ecrire",
        "contacts.call_back:show",
        "contacts.call_back:stop",
        Act.SUPPRESS,
    ),
    Screen(
        "/courrier",
        "contacts.inbox:show",
        "contacts.inbox:decide",
        Act.SUPPRESS,
        names_everybody=True,
    ),
    Screen(
        "/courrier/{mail}",
        "contacts.unknown_mail:show",
        "contacts.unknown_mail:decide",
        Act.SUPPRESS,
        names_everybody=True,
    ),
    Screen("/courrier/{mail}/cadre", "contacts.unknown_mail:frame", names_everybody=True),
    Screen(
        "/courrier/{mail}/courrier.eml",
        "contacts.unknown_mail:show",
        "contacts.unknown_mail:save",
        Act.EXPORT_PEOPLE,
        names_everybody=True,
        hands_over_file=True,
    ),
)
"""A mail is named by a part of its hash: nothing personal stands in an address."""
