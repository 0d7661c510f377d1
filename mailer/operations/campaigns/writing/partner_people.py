"""The people of a partner as the facts name them: by the ids of their accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.revisions.edited import CampaignFormat

_PEOPLE = re.compile(r"partners\.\d+\.people")


def added_problems(
    stored: bytes, edited: bytes, *, slug: str, files: CampaignFormat, drafts: Drafts
) -> list[Problem]:
    """Return the problems that an edit adds to the facts, and the people whom it gives a partner
    and who have no account.
    """
    if edited == stored:
        return []
    partners = sorted(each.id for each in drafts.team().partners)

    def problems(content: bytes) -> Iterator[Problem]:
        yield from files.fact_problems(content, slug)
        yield from _without_account(files.fact_fields(content), partners)

    known = {(each.what, each.where.key) for each in problems(stored)}
    return [each for each in problems(edited) if (each.what, each.where.key) not in known]


def _without_account(fields: Mapping[str, str], partners: Collection[str]) -> Iterator[Problem]:
    known = ", ".join(partners) or "–"
    for name, text in fields.items():
        if _PEOPLE.fullmatch(name):
            for person in filter(None, text.split("\n")):
                if person not in partners:
                    yield Problem(
                        Place("campaign.toml", key=name),
                        _("no account of a partner has the id “{id}”", id=person),
                        _(
                            "Write ids of people with the role “partner” ({known}). An"
                            " administrator adds them under Settings, People.",
                            known=known,
                        ),
                    )
