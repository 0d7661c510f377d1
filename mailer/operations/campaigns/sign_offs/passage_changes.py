"""What has changed in the name of a partner since it signed last, and who has written since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.team.actor import Via
from mailer.operations.campaigns.sign_offs.partner_words import words_changed, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.model.mailings.mailing import SignOff
    from mailer.operations.campaigns.revisions.differences import DiffLine
    from mailer.operations.campaigns.sign_offs.partner_sign_offs import AskedPartner
    from mailer.operations.campaigns.sign_offs.partner_words import PartnerWords
    from mailer.ports import Ledger
    from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class PassageChange:
    """The words that a partner signed last, and those that stand there now.

    `editors` saved the campaign since, the newest first; it is empty when only its folder, a look
    or the organisations of the workspace were changed.
    """

    since: SignOff
    before: PartnerWords
    now: PartnerWords
    editors: tuple[str, ...]

    def lines(self, say: Callable[[Text], str]) -> tuple[DiffLine, ...]:
        """Return the lines that differ, in the language of `say`."""
        return words_changed(self.before, self.now, say=say)


def passage_change(asked: AskedPartner, *, ledger: Ledger) -> PassageChange | None:
    """Return what voided the last sign-off of a partner's passages; None while one is in force, and
    before the first.
    """
    if asked.signed or not (asked.words and asked.before):
        return None
    fingerprint = asked.before.fingerprint
    kept = ledger.revisions.contents([fingerprint]).get(fingerprint)
    if kept is None:  # they signed a whole version, before the campaign asked for passages
        return None
    since = ledger.revisions.history(asked.before.campaign)
    editors = (
        each.name
        for each in since
        if each.number > asked.before.revision and each.via is not Via.PROGRAM
    )
    return PassageChange(asked.before, words_of(kept), asked.words, tuple(dict.fromkeys(editors)))
