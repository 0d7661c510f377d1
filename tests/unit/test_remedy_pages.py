"""A remedy is offered to those who may carry it out, by the same table as its page."""

import re

import pytest

from mailer.model.team.permission import Act
from mailer.remedies import Remedy, RemedyAct
from mailer.web.remedies import NEEDS, link_to
from mailer.web.routes import SCREENS

READ_BY_ALL = {RemedyAct.APPROVE, RemedyAct.REHEARSE, RemedyAct.SEE_STATUS, RemedyAct.PAUSE}
"""They lead to pages that everybody may read, and that say what else is needed."""
STEERED = {RemedyAct.RESUME, RemedyAct.RESUME_BY}
"""They lead to a page of the campaign, where the form is that of another address."""


def screen_of(remedy):
    address = link_to(Remedy(remedy, {"campaign": "mer"}))
    return next(
        each for each in SCREENS if re.fullmatch(re.sub(r"{[^}]+}", "[^/]+", each.path), address)
    )


@pytest.mark.parametrize(
    "remedy", [each for each in RemedyAct if link_to(Remedy(each, {"campaign": "mer"}))]
)
def test_a_remedy_needs_what_its_page_needs(remedy):
    screen = screen_of(remedy)

    if remedy in READ_BY_ALL | STEERED or remedy is RemedyAct.SEE_DIRECTORY:
        assert remedy in STEERED or remedy not in NEEDS
    elif screen.names_everybody:
        assert NEEDS[remedy] in {screen.needs, Act.SEE_EVERYBODY}
    else:
        assert NEEDS[remedy] is screen.needs
