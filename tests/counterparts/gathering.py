"""A campaign that is corrected, moved and called off while it leaves, without folder or renderer.

What must hold of it at the end is said here once, for the simulation and for the kills.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from mailer.errors import RuleError
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    Campaign,
    CampaignKind,
    Content,
    Event,
    FixedTime,
    Step,
)
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import NOT_DELIVERED
from mailer.model.mailings.delivery import DeliveryStatus as Status
from mailer.model.mailings.mailing import MailingState
from mailer.operations.amendments.act import draft_amendment
from mailer.operations.amendments.history import step_of_folder
from mailer.operations.campaigns.drafts.drafts import Drafts
from mailer.operations.campaigns.launching.launch import mailings_of
from tests.counterparts.builders import ACTOR, COMPILED, FRENCH, LETTERHEAD
from tests.counterparts.drafts import OFFICE

SLUG = "gathering"
LISTS = ("press",)
_TEMPLATE = SimpleNamespace(weak_contrasts=(), files={})
_NEVER_LEFT = {Status.PENDING, Status.DEFERRED, Status.CANCELLED}


def the_campaign(begins_at, *, leaves_at):
    """An invitation, a reminder four hours later, and a confirmation for who is accepted."""

    def step(name, at=None, **more):
        send = None if at is None else FixedTime(at)
        texts = {FRENCH: Content(f"{name}.md", "# Rencontre\n")}
        return Step(id=name, send=send, to=LISTS, subject=name, contents=texts, fixed=True, **more)

    return Campaign(
        slug=SLUG,
        title="Rencontre",
        kind=CampaignKind.ADVISORY,
        language="fr",
        time_zone="Europe/Paris",
        event=Event("Rencontre", starts_at=begins_at, venue="Académie"),
        accreditation=AccreditationRules(required=True),
        steps=(
            step("announcement", leaves_at),
            step("reminder", leaves_at + timedelta(hours=4), unless=("accredited", "declined")),
            step("confirmation", on="accepted", only=("accepted",)),
        ),
    )


class Gathering:
    """The office of this campaign, over any ledger, by any clock."""

    def __init__(self, ledger, clock, *, leaves_at):
        self.ledger, self._leaves_at = ledger, leaves_at
        self._begins_at = leaves_at + timedelta(days=2)
        self.drafts = Drafts(
            load=self._load,
            survey=lambda reference: (self._load(reference), ()),
            template_for=lambda _name, _theme: _TEMPLATE,
            compile_=lambda **_words: COMPILED,
            office=OFFICE,
            letterhead=LETTERHEAD,
            ledger=ledger,
            clock=clock,
        )

    def _load(self, _reference):
        return the_campaign(self._begins_at, leaves_at=self._leaves_at)

    def mailings(self):
        """The steps, as a launch freezes them."""
        return mailings_of(self.drafts.draft(SLUG), version=1)

    def amend(self, kind, note, *, about_to_launch=lambda _mailings: None):
        """Draft and launch an amendment; returns whether it was launched.

        A second cancellation, and a draft that something has overtaken, launch nothing.
        """
        days = 2 + self._moves() + (kind is AmendmentKind.MOVE)
        self._begins_at = self._leaves_at + timedelta(days=days)
        try:
            found = draft_amendment(SLUG, kind, note=note, actor=ACTOR, drafts=self.drafts)
        except RuleError:
            return False
        mailings = mailings_of(found.draft, version=found.amendment.version)
        about_to_launch(mailings)
        return self.ledger.amendments.launch(
            replace(found.amendment, fingerprint=found.draft.fingerprint),
            mailings,
            found.amended,
            actor=ACTOR,
            at=self.drafts.clock.now(),
        )

    def _moves(self):
        """How often the event was moved, whoever has moved it."""
        told = self.ledger.amendments.of_campaign(SLUG)
        return sum(
            each.kind is AmendmentKind.MOVE and each.launched_at is not None for each in told
        )


def faults(ledger, *, keys, took, barred=frozenset(), sent_again=frozenset()):
    """Yield what is wrong at the end. `took` says whether a delivery has reached its person.

    Those who had a version were told of the next; those who had nothing got the new version;
    nobody has one step twice, nor one answer; nothing follows a cancellation.
    """
    mailings = list(ledger.mailings.all(SLUG))
    rows = {each.id: list(ledger.deliveries.of_mailing(each.id)) for each in mailings}
    launched = [each for each in ledger.amendments.of_campaign(SLUG) if each.launched_at]
    kinds = [each.kind for each in launched]
    if AmendmentKind.CANCELLATION in kinds[:-1]:
        yield f"something was told after the cancellation: {kinds}"
    for step, key in _twice(mailings, rows, took, sent_again):
        yield f"{key} has {step} twice"
    if not launched:
        return
    telling = [each for each in mailings if each.version == launched[-1].version and _tells(each)]
    if len(telling) != 1:
        yield f"{len(telling)} mailings tell the last amendment"
        return
    yield from _untold(telling[0], mailings, rows, took, barred, sent_again)
    if kinds[-1] is not AmendmentKind.CANCELLATION:
        yield from _left_with_nothing(mailings, rows, keys, barred)


def _tells(mailing):
    return mailing.rule.informed


def _twice(mailings, rows, took, sent_again):
    had = Counter(
        (step_of_folder(mailing), row.address.key, row.answer)
        for mailing in mailings
        if not _tells(mailing)
        for row in rows[mailing.id]
        if took(row.id) and row.id not in sent_again
    )
    return ((step, key) for (step, key, _answer), count in had.items() if count > 1)


def _untold(telling, mailings, rows, took, barred, sent_again):
    """Who holds an older version, and has no message of the last amendment.

    Of a message that was sent again a person has said that it had not arrived: when it is refused
    then, the ledger knows of none.
    """
    if telling.started_at is None:
        return  # a person stopped it, or it was missed: the report says so
    told = {row.address.key for row in rows[telling.id]}
    for mailing in mailings:
        if mailing.version >= telling.version:
            continue
        for row in rows[mailing.id]:
            is_held = took(row.id) and not (row.id in sent_again and row.status in NOT_DELIVERED)
            if is_held and row.address.key not in told | barred:
                yield f"{row.address.key} has {mailing.step} and was not told of {telling.step}"


def _left_with_nothing(mailings, rows, keys, barred):
    """Whom no version of the invitation was for."""
    versions = [each for each in mailings if step_of_folder(each) == "announcement"]
    newest = max(versions, key=lambda each: each.version)
    if newest.state is not MailingState.DONE:
        return  # a person stopped it, or it was missed
    reached = {
        row.address.key
        for each in (*versions, *filter(_tells, mailings))
        for row in rows[each.id]
        # The newest is for whom it names, also where a clock that leapt made it too late for them.
        if row.status not in _NEVER_LEFT or each is newest
    }
    for key in sorted({*keys} - reached - barred):
        yield f"{key} was still to get the invitation, and no version of it was for them"
