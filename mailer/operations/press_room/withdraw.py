"""Take the text of a campaign out of the press room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.press_room.press_room import ReleaseWithdrawal
from mailer.model.team.permission import Act, require
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


def withdraw_release(
    campaign: str, *, why: str, actor: Actor, ledger: Ledger, now: datetime
) -> bool:
    """Take every launched version of a campaign out of the press room. Journalled.

    What was public becomes a page that says that it was withdrawn, with the reason; what was not
    yet public never will be. A correction that is launched afterwards is shown again. Returns
    False when it was withdrawn before. Raises RuleError when the actor may not, when the reason is
    missing, or when nothing of the campaign is or will be public.
    """
    require(actor, Act.CANCEL)
    if not why.strip():
        raise RuleError(
            Problem(
                Place("", key="why"),
                _("the reason is missing"),
                _("Write why the text is withdrawn: the page says it to everybody."),
            )
        )
    versions = [
        each.version for each in ledger.press_room.record().releases if each.campaign == campaign
    ]
    if not versions:
        raise RuleError(
            Problem(
                Place(campaign),
                _("nothing of this campaign is in the press room, or will be"),
                _("See what is public in the press room."),
            )
        )
    withdrawal = ReleaseWithdrawal(campaign, max(versions), now, actor.name, why.strip())
    return ledger.press_room.withdraw(withdrawal, actor=actor)
