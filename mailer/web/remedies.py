"""The page on which a remedy is done."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.model.team.permission import Act
from mailer.remedies import RemedyAct
from mailer.web.fact_fields import ON_TEXTS, field_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.errors import Place
    from mailer.remedies import Remedy

_PAGES: Mapping[RemedyAct, str] = {
    RemedyAct.AMEND: "/campagnes/{campaign}/rectifier",
    RemedyAct.CONFIRM_LAUNCH: "/campagnes/{campaign}/lancement",
    RemedyAct.REHEARSE: "/campagnes/{campaign}/repetition",
    RemedyAct.IMPORT_CONTACTS: "/contacts/importer",
    RemedyAct.SEE_DIRECTORY: "/contacts",
    RemedyAct.SEE_ACCREDITATIONS: "/campagnes/{campaign}/accreditations",
    RemedyAct.CONFIRM_FACTS: "/campagnes/{campaign}/faits",
    RemedyAct.CONFIRM_ANSWERS: "/campagnes/{campaign}/accreditations",
    RemedyAct.SUPPRESS: "/oppositions",
    RemedyAct.SEE_PROPOSALS: "/courrier",
    RemedyAct.SEE_REPLIES: "/courrier",
    RemedyAct.APPROVE: "/campagnes/{campaign}/bon-a-tirer",
    RemedyAct.LAUNCH_AGAIN: "/campagnes/{campaign}/lancement",
    RemedyAct.SEE_STATUS: "/",
    RemedyAct.CONFIRM_CLOCK: "/horloge",
    RemedyAct.PAUSE: "/campagnes/{campaign}",
    RemedyAct.RESUME: "/campagnes/{campaign}",
    RemedyAct.RESUME_BY: "/campagnes/{campaign}/en-cours",
    RemedyAct.RESOLVE_CAMPAIGN: "/campagnes/{campaign}/incertains",
    RemedyAct.RESOLVE_STEP: "/campagnes/{campaign}/incertains",
}
NEEDS: Mapping[RemedyAct, Act] = {
    RemedyAct.AMEND: Act.EDIT_CAMPAIGN,
    RemedyAct.CONFIRM_LAUNCH: Act.LAUNCH,
    RemedyAct.IMPORT_CONTACTS: Act.IMPORT_CONTACTS,
    RemedyAct.SEE_ACCREDITATIONS: Act.SEE_EVERYBODY,
    RemedyAct.CONFIRM_FACTS: Act.EDIT_CAMPAIGN,
    RemedyAct.CONFIRM_ANSWERS: Act.ACCREDIT,
    RemedyAct.SUPPRESS: Act.SUPPRESS,
    RemedyAct.SEE_PROPOSALS: Act.SEE_EVERYBODY,
    RemedyAct.SEE_REPLIES: Act.SEE_EVERYBODY,
    RemedyAct.LAUNCH_AGAIN: Act.LAUNCH,
    RemedyAct.CONFIRM_CLOCK: Act.CONFIRM_CLOCK,
    RemedyAct.RESUME: Act.RESUME_OWN_PAUSE,
    RemedyAct.RESUME_BY: Act.RESUME,
    RemedyAct.RESOLVE_CAMPAIGN: Act.RESOLVE,
    RemedyAct.RESOLVE_STEP: Act.RESOLVE,
}
"""What somebody must be allowed for a remedy to be offered; the others lead to pages that everybody
may read. The page of the sign-off is one of these: it says who may sign.
"""


def editor_of(campaign: str, where: Place) -> str:
    """Return the address where a finding is corrected, or "" where the desk has no page for it."""
    file = PurePath(where.file)
    if file.suffix == ".md":
        return f"/campagnes/{campaign}/textes/{quote(file.name)}"
    if file.name != "campaign.toml" or (where.line and not where.key):
        return ""
    table, _dot, step = where.key.partition(".")
    if table == "steps":
        if step.rpartition(".")[2] in ON_TEXTS:
            return f"/campagnes/{campaign}/textes"
        page = f"calendrier/{quote(step.partition('.')[0])}" if step else "nouvelle-etape"
    else:
        page = "faits"
    return f"/campagnes/{campaign}/{page}" + (f"#{quote(field_of(where.key))}" if where.key else "")


def with_line(address: str, line: int) -> str:
    """Return the address of the page of a text, such that it begins at a line of its file."""
    return f"{address}#ligne-{line}" if line and "/textes/" in address else address


def link_to(remedy: Remedy | None) -> str:
    """Return the address of the page where the remedy is done, or "" if the desk has none."""
    if remedy is None or remedy.act not in _PAGES:
        return ""
    return _PAGES[remedy.act].format_map({"campaign": "", **remedy.values})
