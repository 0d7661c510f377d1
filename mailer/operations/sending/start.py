"""Start the mailings that are due with their present audience, or give up the expired ones."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.errors import MailerError, Place, Problem, unexpected
from mailer.model.mailings.delivery import Delivery
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.message import DeliveryId
from mailer.model.team.actor import PROGRAM
from mailer.operations.sending.answers_seen import stale_answers, waits_for_a_look
from mailer.operations.sending.audience import audience_of_answers, audience_of_mailing
from mailer.operations.sending.compose import fields_of
from mailer.operations.sending.contradicting_folder import ask_about_folder, contradiction
from mailer.operations.sending.newest_answers import newest_answers
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n, as_note, to_administrator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.errors import UnexpectedFailure
    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.campaigns.audience import Audience
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.mailing import Mailing, MailingSummary
    from mailer.ports import Ledger
    from mailer.wording import Text


_BEGUN = frozenset({MailingState.ACTIVE, MailingState.PAUSED})


@dataclass(frozen=True, slots=True)
class Started:
    """A mailing that was started, with its audience."""

    mailing: Mailing
    audience: Audience[Contact]


@dataclass(frozen=True, slots=True)
class Missed:
    """A mailing that was not started, because it had expired."""

    mailing: Mailing


@dataclass(frozen=True, slots=True)
class Held:
    """A mailing that is due and was not started or does not go on, and why.

    It goes on once the reason is gone or, if `is_paused`, once somebody resumes it.
    """

    mailing: Mailing | MailingSummary
    problem: Problem
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """A mailing that is due and could not be started, for a reason that nobody foresaw.

    The next tick tries again.
    """

    mailing: Mailing
    error: UnexpectedFailure


@dataclass(frozen=True, slots=True)
class Guards:
    """What is asked before a mailing starts, beside the ledger."""

    allows: Callable[[Address], bool] | None = None
    """Outside production: whether mail to an address may be sent. None allows everybody."""
    folder_facts: Callable[[str, str], Mapping[str, str] | None] | None = None
    """What the folder of a campaign says about a step now, by their names. It returns None when
    that is unknown.
    """
    provider: str = ""
    """The provider by which this service sends; empty if it does not matter."""
    fresh_for: timedelta = timedelta()
    """For how long the register may be relied on after somebody has looked; zero for ever."""

    def is_left_to_another(self, mailing: Mailing | MailingSummary) -> bool:
        """Return whether the mailing was launched to leave by another provider."""
        return bool(self.provider and mailing.provider not in {"", self.provider})


NO_GUARDS = Guards()


def start_due(
    ledger: Ledger, *, now: datetime, guards: Guards = NO_GUARDS
) -> Iterator[Started | Missed | Held | Failed]:
    """Start every mailing that is due, or set it to missed past `expires_at`. It is idempotent.

    Yields what was done, so that a missed mailing is reported and nothing leaves too late. A
    mailing to people whom mail may not reach outside production is held as it is, so that our own
    rule marks nobody. It starts once production is switched on, within its validity. A mailing
    whose folder has another date, hour, place or deadline than was signed off is paused, once
    for each change: somebody must decide. One that depends on answers is held until somebody has
    looked at them lately. One that cannot be started does not stop the others.
    While everything is suspended none starts. Beside a message to those who hold an older version
    nothing else of its campaign starts: they are told first.
    """
    is_suspended = ledger.suspensions.present() is not None
    telling: set[str] = set()
    for mailing in ledger.mailings.due(now):
        result: Started | Missed | Held | Failed | None
        try:
            if is_suspended or now >= mailing.expires_at:
                result = _miss_expired(mailing, ledger, now=now)
            elif mailing.campaign in telling:
                continue
            else:
                result = _start(mailing, ledger, now=now, guards=guards)
        except MailerError:
            raise
        except Exception as error:  # noqa: BLE001 — one mailing must not stop the others
            name = f"{mailing.campaign}/{mailing.step}"
            result = Failed(mailing, unexpected(error, doing=name))
        if isinstance(result, Started) and mailing.rule.informed:
            telling.add(mailing.campaign)
        if result is not None:
            yield result


def _miss_expired(mailing: Mailing, ledger: Ledger, *, now: datetime) -> Missed | None:
    """Set an expired mailing to missed. Returns None when somebody else was faster."""
    if now < mailing.expires_at:
        return None
    why = as_note(_too_late(mailing))
    is_missed = ledger.mailings.change_state(
        mailing.id, to=MailingState.MISSED, actor=PROGRAM, why=why, at=now
    )
    return Missed(mailing) if is_missed else None


def _start(
    mailing: Mailing, ledger: Ledger, *, now: datetime, guards: Guards
) -> Started | Held | None:
    """Start a mailing that is due. Returns None when somebody else was faster."""
    if guards.is_left_to_another(mailing):
        return None  # `left_to_another` says so
    if (contradicted := _contradicted_by_folder(mailing, ledger, guards)) is not None:
        return _paused_for_folder(mailing, contradicted, ledger, now)
    if mailing.rule.is_for_readers and ledger.amendments.is_being_sent(mailing.campaign):
        return None  # the next tick knows who holds what
    if stale := stale_answers(mailing, at=now, fresh_for=guards.fresh_for, ledger=ledger):
        return Held(mailing, waits_for_a_look(stale, mailing.campaign))
    audience, deliveries = audience_and_deliveries(mailing, ledger=ledger, now=now)
    if outside := _not_allowed_among(deliveries, guards):
        return Held(mailing, not_allowed(outside, of=len(deliveries)))
    # Who has not given the answer that triggers a step is not left out: they may still give it.
    exclusions = () if mailing.rule.on else audience.exclusions
    is_started = ledger.mailings.start(
        mailing.id, deliveries=deliveries, exclusions=exclusions, at=now
    )
    return Started(mailing, audience) if is_started else None


def answer_newcomers(
    ledger: Ledger, *, now: datetime, guards: Guards = NO_GUARDS
) -> Iterator[Started | Held | Failed]:
    """Add those who have given the answer that triggers a step since the last time. Idempotent.

    Yields a step once for the people who were added. As at the start, it is held for people whom
    mail may not reach outside production, and paused when the folder says otherwise than what was
    signed off. One that fails does not stop the others.
    """
    for summary in ledger.mailings.summaries():
        if not summary.rule.on or summary.state is not MailingState.ACTIVE:
            continue
        answers = _unanswered(summary, ledger) if now < summary.expires_at else []
        if not answers:
            continue
        if guards.is_left_to_another(summary):
            continue  # `left_to_another` says so
        result: Started | Held | Failed | None
        try:
            mailing = ledger.mailings.get(summary.id)
            result = _answer(mailing, answers, ledger, now=now, guards=guards)
        except MailerError:
            raise
        except Exception as error:  # noqa: BLE001 — one step must not stop the others
            name = f"{summary.campaign}/{summary.step}"
            result = Failed(ledger.mailings.get(summary.id), unexpected(error, doing=name))
        if result is not None:
            yield result


def _unanswered(mailing: MailingSummary, ledger: Ledger) -> list[Accreditation]:
    """Return the entries that have the state of the step by an answer without a delivery."""
    register = ledger.accreditations.of_campaign(mailing.campaign)
    # Who is asked again after a move was told so by the move itself.
    wanted = [
        each for each in register if each.state == mailing.rule.on and not each.is_asked_again
    ]
    if not wanted:
        return []
    have = ledger.deliveries.answered(mailing.id)
    return [each for each in wanted if (each.address.key, each.answer) not in have]


def _answer(
    mailing: Mailing,
    answers: Sequence[Accreditation],
    ledger: Ledger,
    *,
    now: datetime,
    guards: Guards,
) -> Started | Held | None:
    """Add a delivery for each of these answers that has none. Returns None for nobody."""
    audience, new = _deliveries_of_answers(mailing, answers, ledger, now=now)
    if not new:
        return None
    if (contradicted := _contradicted_by_folder(mailing, ledger, guards)) is not None:
        return _paused_for_folder(mailing, contradicted, ledger, now)
    if outside := _not_allowed_among(new, guards):
        return Held(mailing, not_allowed(outside, of=len(new)))
    added = ledger.deliveries.add_triggered(mailing.id, new, at=now)
    return Started(mailing, audience) if added else None


def _deliveries_of_answers(
    mailing: Mailing, answers: Sequence[Accreditation], ledger: Ledger, *, now: datetime
) -> tuple[Audience[Contact], list[Delivery]]:
    audience = audience_of_answers(mailing, answers, ledger=ledger, now=now)
    have = ledger.deliveries.answered(mailing.id)
    made = _deliveries(mailing, audience, ledger)
    return audience, [each for each in made if (each.address.key, each.answer) not in have]


def untold_answers(ledger: Ledger, *, now: datetime) -> Iterator[tuple[Mailing, list[Delivery]]]:
    """Yield each step that answers trigger, if it has begun, with the deliveries that it lacks."""
    for summary in ledger.mailings.summaries():
        is_open = summary.rule.on and summary.state in _BEGUN and now < summary.expires_at
        answers = _unanswered(summary, ledger) if is_open else []
        if answers and (mailing := ledger.mailings.get(summary.id)).started_at is not None:
            yield mailing, _deliveries_of_answers(mailing, answers, ledger, now=now)[1]


def _paused_for_folder(
    mailing: Mailing, contradicted: str, ledger: Ledger, now: datetime
) -> Held | None:
    is_paused = ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=PROGRAM, why=contradicted, at=now
    )
    problem = ask_about_folder(mailing, contradicted)
    return Held(mailing, problem, is_paused=True) if is_paused else None


def left_to_another(ledger: Ledger, *, now: datetime, guards: Guards) -> Iterator[Held]:
    """Yield the mailings due now that leave by another provider than this service's.

    They are left alone: a way of sending that was tried out somewhere must not take them, and
    what one provider has in doubt, another must not send.
    """
    for mailing in ledger.mailings.summaries():
        is_due = mailing.state is MailingState.ACTIVE or (
            mailing.state is MailingState.SCHEDULED and mailing.due_at <= now < mailing.expires_at
        )
        if is_due and guards.is_left_to_another(mailing):
            yield Held(mailing, _way_of_sending(mailing, guards.provider))


def _way_of_sending(mailing: MailingSummary, provider: str) -> Problem:
    return Problem(
        Place("config.toml", key="transport.backend"),
        _(
            "it was launched to leave by {launched}, and this service sends by {provider}",
            launched=mailing.provider,
            provider=provider,
        ),
        _(
            "Start a service that sends by {launched}, or resume it for this one.",
            launched=mailing.provider,
        ),
        Remedy(RemedyAct.RESUME_BY, {"campaign": mailing.campaign, "provider": provider}),
    )


def _contradicted_by_folder(mailing: Mailing, ledger: Ledger, guards: Guards) -> str | None:
    """Return a note of how the folder contradicts a mailing, unless somebody has resumed it despite
    that.
    """
    if guards.folder_facts is None or not mailing.facts:
        return None
    present = guards.folder_facts(mailing.campaign, mailing.step)
    return None if present is None else contradiction(mailing, present, ledger=ledger)


def _not_allowed_among(deliveries: Sequence[Delivery], guards: Guards) -> int:
    if guards.allows is None:
        return 0
    return sum(not guards.allows(delivery.address) for delivery in deliveries)


def not_allowed(count: int, *, of: int) -> Problem:
    """Say that mail to some people may not leave outside production."""
    return Problem(
        Place("config.toml", key="transport.allow_list"),
        _n(
            "production is switched off, and {count} recipient of {of} is not on the allow-list",
            "production is switched off, and {count} recipients of {of} are not on the allow-list",
            count=count,
            of=of,
        ),
        to_administrator(
            _(
                "Set production = true under [transport] when everything is ready; to try it out,"
                " rehearse."
            )
        ),
    )


def audience_and_deliveries(
    mailing: Mailing, *, ledger: Ledger, now: datetime
) -> tuple[Audience[Contact], list[Delivery]]:
    """Return the present audience of a mailing, and a new delivery for each recipient."""
    audience = audience_of_mailing(mailing, ledger=ledger, now=now)
    return audience, _deliveries(mailing, audience, ledger)


def _deliveries(mailing: Mailing, audience: Audience[Contact], ledger: Ledger) -> list[Delivery]:
    """Return a new delivery for each recipient."""
    answers = newest_answers(ledger.accreditations.of_campaign(mailing.campaign))
    return [
        Delivery(
            id=new_delivery_id(),
            mailing_id=mailing.id,
            contact_id=recipient.contact.id,
            address=recipient.contact.address,
            name=recipient.contact.name,
            variant=recipient.variant,
            fields=fields_of(
                recipient,
                to=mailing.rule.to,
                default_language=mailing.default_language,
                answer=answers.of(recipient.contact),
            ),
            answer=answers.number(recipient.contact) if mailing.rule.on else 0,
        )
        for recipient in audience.recipients
    ]


def readdressed(delivery: Delivery, address: Address) -> Delivery:
    """Return a new delivery of the same message to the corrected address of the same person."""
    return replace(
        delivery,
        id=new_delivery_id(),
        address=address,
        fields={**delivery.fields, "email": str(address)},
    )


def new_delivery_id() -> DeliveryId:
    """Return 128 random bits as 26 characters of lower-case base32 (RFC 4648 §6, unpadded)."""
    return DeliveryId(base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower())


def _too_late(mailing: Mailing) -> Text:
    zone = ZoneInfo(mailing.time_zone)
    return _(
        "it was due at {due_at} and useful until {expires_at}",
        due_at=mailing.due_at.astimezone(zone),
        expires_at=mailing.expires_at.astimezone(zone),
    )
