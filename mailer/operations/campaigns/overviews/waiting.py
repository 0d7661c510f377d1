"""What waits for one person: signatures, comments, refused texts, rows in doubt, requests of partners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.model.team.permission import Act, may
from mailer.operations.campaigns.previews.proof import last_tests
from mailer.operations.campaigns.sign_offs.open_amendments import amendment_to_sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.partner_request import PartnerRequest
    from mailer.model.drafts.revision import Revision
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


class WaitingFor(StrEnum):
    """What somebody is waited for to do."""

    SIGN = "sign"
    SIGN_AMENDMENT = "sign-amendment"
    CORRECT = "correct"
    ANSWER = "answer"
    DECIDE_ROWS = "decide-rows"
    ACCREDIT = "accredit"


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """One thing that waits. `subject` is a campaign, or the id of a list with rows in doubt.

    `words` are those of who waits: a comment, the reason of a refusal, the name of a list or of an
    institution; of an amendment, its kind.
    """

    what: WaitingFor
    subject: str
    by: str
    at: datetime
    words: str = ""
    file: str = ""
    number: int = 0
    """Of a comment or a partner’s newest request: its number."""
    passage: str = ""
    """Of a comment: the words of the text that it is about; empty for all of it."""

    @property
    def key(self) -> str:
        """What tells it from any other task of the same person, for ever."""
        at = self.at.isoformat()
        return " ".join((self.what, self.subject, str(self.number), at))

    @property
    def is_of_campaign(self) -> bool:
        return self.what is not WaitingFor.DECIDE_ROWS

    @property
    def path(self) -> str:
        """The address at the desk of the screen where it is done."""
        subject = quote(self.subject, safe="")
        match self.what:
            case WaitingFor.SIGN:
                return f"/campagnes/{subject}/bon-a-tirer"
            case WaitingFor.SIGN_AMENDMENT:
                return f"/campagnes/{subject}/rectifier"
            case WaitingFor.CORRECT:
                return f"/campagnes/{subject}/textes"
            case WaitingFor.ANSWER:
                file = quote(self.file, safe="")
                return f"/campagnes/{subject}/textes/{file}#commentaire-{self.number}"
            case WaitingFor.DECIDE_ROWS:
                return f"/imports/{subject}"
            case WaitingFor.ACCREDIT:
                return f"/campagnes/{subject}/accreditations#demandes"


def waiting_for(actor: Actor, campaigns: Sequence[str], *, ledger: Ledger) -> list[WaitingTask]:
    """Return what waits for this person, the longest first. `campaigns` are not launched yet.

    Read from the ledger alone, without compiling a text: a signature waits once a test of the
    campaign was sent, which is how one asks for it.
    """
    found: list[WaitingTask] = []
    edits = ledger.revisions.last_edits(campaigns)
    decided = ledger.mailings.sign_offs_of(campaigns)
    tests = last_tests(campaigns, ledger=ledger) if may(actor, Act.SIGN_OFF) else {}
    for campaign, test in tests.items():
        found += _to_sign(actor, test, campaign, decided.get(campaign, ()), edits.get(campaign))
    for campaign, decisions in decided.items():
        found += _to_correct(actor, campaign, decisions[-1], edits.get(campaign))
    found += _to_answer(actor, campaigns, edits, ledger)
    found += _amendments_to_sign(actor, ledger)
    found += _rows_to_decide(actor, ledger)
    found += _places_to_decide(actor, ledger)
    return sorted(found, key=lambda each: (each.at, each.subject))


def _to_sign(
    actor: Actor,
    test: JournalEntry,
    campaign: str,
    decisions: Sequence[SignOff],
    author: Revision | None,
) -> Iterator[WaitingTask]:
    """Yield the last tested version of a campaign, unless this person has decided about it."""
    has_decided = any(each.person == actor.person and each.at >= test.at for each in decisions)
    is_author = author is not None and author.person == actor.person
    if not has_decided and not is_author:
        yield WaitingTask(WaitingFor.SIGN, campaign, test.name, test.at)


def _amendments_to_sign(actor: Actor, ledger: Ledger) -> Iterator[WaitingTask]:
    """Yield what is drafted to be told of launched campaigns, and was last changed by others."""
    drafted = ledger.amendments.open() if may(actor, Act.SIGN_OFF) else ()
    if not drafted:
        return
    campaigns = [each.amendment.campaign for each in drafted]
    edits = ledger.revisions.last_edits(campaigns)
    decided = ledger.mailings.sign_offs_of(campaigns)
    for each, campaign in zip(drafted, campaigns, strict=True):
        found = amendment_to_sign(each, edits.get(campaign))
        if found.waits_for(actor, decided.get(campaign, ())):
            kind = found.amendment.kind.value
            yield WaitingTask(WaitingFor.SIGN_AMENDMENT, campaign, found.by, found.at, kind)


def _to_correct(
    actor: Actor, campaign: str, refused: SignOff, last: Revision | None
) -> Iterator[WaitingTask]:
    """Yield a refusal of what this person wrote, until somebody has saved another version."""
    if last is None or last.person != actor.person:
        return
    if refused.refused_because and last.at < refused.at and may(actor, Act.EDIT_CAMPAIGN):
        yield WaitingTask(
            WaitingFor.CORRECT, campaign, refused.by, refused.at, refused.refused_because
        )


def _to_answer(
    actor: Actor, campaigns: Sequence[str], edits: Mapping[str, Revision], ledger: Ledger
) -> Iterator[WaitingTask]:
    """Yield the open comments in which somebody else spoke last, to who wrote the text or spoke.

    What its author asks waits for those who sign, until one of them answers.
    """
    if not may(actor, Act.COMMENT):
        return
    for each in ledger.comments.open():
        if each.last_speaker == actor.person or each.campaign not in campaigns:
            continue
        edit = edits.get(each.campaign)
        author = edit.person if edit else ""
        is_of_author = each.speakers == {author} and may(actor, Act.SIGN_OFF)
        if actor.person in {author, *each.speakers} or is_of_author:
            last = each.answers[-1] if each.answers else each
            yield WaitingTask(
                WaitingFor.ANSWER,
                each.campaign,
                last.by,
                last.at,
                last.words,
                each.file,
                each.id,
                each.quote,
            )


def _rows_to_decide(actor: Actor, ledger: Ledger) -> Iterator[WaitingTask]:
    """Yield the lists that this person uploaded, and that wait with rows in doubt."""
    if may(actor, Act.IMPORT_CONTACTS):
        for file in ledger.list_files.waiting():
            if file.by == actor.name:
                yield WaitingTask(WaitingFor.DECIDE_ROWS, file.id, file.by, file.at, file.name)


def _places_to_decide(actor: Actor, ledger: Ledger) -> Iterator[WaitingTask]:
    """Yield each campaign for which requests of partners wait, with the institutions that ask."""
    if not may(actor, Act.ACCREDIT):
        return
    waiting: dict[str, list[PartnerRequest]] = {}
    for each in ledger.partner_requests.open():
        waiting.setdefault(each.campaign, []).append(each)
    for campaign, requests in waiting.items():
        first, institutions = requests[0], dict.fromkeys(each.partner for each in requests)
        words, newest = ", ".join(institutions), requests[-1].id
        yield WaitingTask(WaitingFor.ACCREDIT, campaign, first.by, first.at, words, number=newest)
