"""Deliver messages: claim a chunk, mark each delivery as sending, send it, settle its outcome."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeGuard

from mailer.errors import (
    BackendMisconfigured,
    BackendUnavailable,
    ContentError,
    LedgerError,
    MailerError,
    RuleError,
)
from mailer.log_context import log_event, logged_as
from mailer.model.mailings.delivery import (
    Concern,
    Deferred,
    DeliveryStatus,
    Outcome,
    Rejected,
    Uncertain,
)
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.model.team.actor import PROGRAM
from mailer.operations.sending.circuit_breaker import CircuitBreaker
from mailer.operations.sending.message_source import MessageSource
from mailer.operations.sending.our_faults import tried_again_if_of_content, without_our_faults
from mailer.operations.sending.start import not_allowed
from mailer.own_diagnoses import why_uncertain
from mailer.pacing import gives_up_at, lease_renewal_interval_s, retry_in_s
from mailer.wording import Text, _, _n, as_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.mailings.delivery import Claim, Delivery
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.ports import Backend, Clock, Ledger

_UNREACHABLE_FOR_S = 60.0
"""How long a mailing waits when its provider is unreachable and gave no time to retry."""
_SET_ASIDE_FOR_S = 600.0
"""How long a message is set aside that the provider cannot take, while others are still waiting."""


NO_LIMITS = RatePolicy()


def never() -> bool:
    """Return False: the default for `stopping`."""
    return False


def run_chunk(  # noqa: PLR0913 - as `run_tick`
    *,
    ledger: Ledger,
    backend: Backend,
    message_for: Callable[[Mailing, Delivery], Message],
    clock: Clock,
    worker: str,
    rate_policy: RatePolicy = NO_LIMITS,
    stopping: Callable[[], bool] = never,
    allows: Callable[[Address], bool] | None = None,
    probing: bool = False,
) -> bool:
    """Deliver one chunk over one connection. Returns False when there was none to deliver.

    An engine runs as many of these at once as the backend may have connections. Each has its own
    chunk, and the ledger groups their writes into shared commits. `stopping` is asked before
    each message, for an orderly end. A mailing with too many refusals is paused. `allows` is
    described at `start_due`. With `probing`, only one person is tried, of a mailing whose last
    request got no certain answer.

    After an answer that is not certain, nobody else is tried: the mailing waits a minute, and then
    tries one person. When that is not certain either, it is paused.

    Raises BackendUnavailable after postponing the mailing, by a minute or as long as the provider
    asked. Raises BackendMisconfigured, or the ContentError or RuleError of a message that cannot
    be composed, after pausing the mailing. Raises LedgerError when the ledger cannot be written;
    nothing is sent from then on.
    """
    claim = ledger.sending.claim(
        worker=worker,
        now=clock.now(),
        provider=backend.name,
        probing=probing,
        at_most=rate_policy.connections,
    )
    if claim is None:
        return False
    mailing = ledger.mailings.get(claim.mailing_id)
    if allows is not None:
        _require_allowed(ledger, claim, mailing, allows=allows, now=clock.now())
    source = MessageSource(
        ledger,
        claim,
        compose=partial(message_for, mailing),
        clock=clock,
        depth=backend.depth,
        rate_policy=rate_policy,
        stopping=stopping,
    )
    answers = _AnswerCounter()
    wait_s: float | None = None
    is_ledger_sound = True
    set_aside: Sequence[Deferred] = ()
    try:
        with _renewing_lease(ledger, claim, clock), logged_as(**_ids_of(claim)):
            log_event("claimed", deliveries=len(claim.deliveries))
            set_aside = _send(
                ledger, backend, claim, mailing, source=source, clock=clock, answers=answers
            )
    except BackendUnavailable as error:
        wait_s = error.retry_after_s or _UNREACHABLE_FOR_S
        raise
    except (BackendMisconfigured, ContentError, RuleError) as error:
        _pause(ledger, mailing, _reason(error), now=clock.now())
        raise
    except LedgerError:
        is_ledger_sound = False
        raise
    except Exception:
        wait_s = _UNREACHABLE_FOR_S
        raise
    finally:
        source.return_unsent()
        # What was marked and got no answer becomes uncertain with the release.
        answers.is_uncertain |= source.unanswered > 0
        if is_ledger_sound:
            wait_s = _braked(ledger, claim, mailing, answers, wait_s=wait_s, now=clock.now())
            _settle_uncertain(ledger, claim, answers, now=clock.now())
        if is_ledger_sound or not answers.is_uncertain:
            _release(ledger, claim, source, wait_s=wait_s, now=clock.now())
    if set_aside:
        _pause_for_set_aside(ledger, claim, mailing, set_aside, now=clock.now())
    return True


def _ids_of(claim: Claim) -> dict[str, str]:
    return {"claim": f"{claim.chunk_id}.{claim.epoch}", "mailing": claim.mailing_id}


@dataclass(slots=True)
class _AnswerCounter:
    """What the answers of one connection say about the provider."""

    are_certain: bool = False
    """Somebody got an answer, whatever it was."""
    is_uncertain: bool = False
    """Of somebody, nobody knows whether the message was taken."""
    uncertain: dict[DeliveryId, Uncertain] = field(default_factory=dict)
    """Written after the brake. When that cannot be written, they are left as a worker that died
    leaves them, and the worker that takes its chunk back applies the brake.
    """
    detail: str = ""

    def record(self, delivery_id: DeliveryId, outcome: Outcome) -> None:
        if isinstance(outcome, Uncertain):
            self.is_uncertain, self.detail = True, outcome.detail
            self.uncertain[delivery_id] = outcome
        else:
            self.are_certain = True


def _braked(
    ledger: Ledger,
    claim: Claim,
    mailing: Mailing,
    answers: _AnswerCounter,
    *,
    wait_s: float | None,
    now: datetime,
) -> float | None:
    """Apply or release the brake. Returns how long the mailing waits; None when it need not.

    `wait_s` is how long it would wait without the brake. A probe that did not reach the provider
    waits twice as long as the one before.
    """
    if answers.is_uncertain or (claim.is_probe and wait_s is not None):
        braked_s = ledger.sending.brake(claim)
        if answers.is_uncertain and claim.is_probe:
            reply = why_uncertain(answers.detail)
            why = _("two requests in a row got no certain answer: {reply}", reply=reply)
            _pause(ledger, mailing, why, now=now)
        return max(braked_s, wait_s or 0)
    if claim.is_probe and answers.are_certain:
        ledger.sending.release_brake(claim)
    return wait_s


def _settle_uncertain(
    ledger: Ledger, claim: Claim, answers: _AnswerCounter, *, now: datetime
) -> None:
    for delivery_id, outcome in answers.uncertain.items():
        ledger.sending.settle(claim, delivery_id, outcome, now=now)


def _release(
    ledger: Ledger, claim: Claim, source: MessageSource, *, wait_s: float | None, now: datetime
) -> None:
    hold_until = source.hold_until(now) if wait_s is None else now + timedelta(seconds=wait_s)
    ledger.sending.release(claim, now=now, hold_until=hold_until)


def _send(
    ledger: Ledger,
    backend: Backend,
    claim: Claim,
    mailing: Mailing,
    *,
    source: MessageSource,
    clock: Clock,
    answers: _AnswerCounter,
) -> Sequence[Deferred]:
    """Send what the source gives. Returns the outcomes of the messages that were set aside."""
    set_aside: list[Deferred] = []
    deliveries = {delivery.id: delivery for delivery in claim.deliveries}
    breaker = CircuitBreaker()
    failure: LedgerError | None = None
    connection = backend.connect()
    try:
        for delivery_id, outcome in connection.deliver(source):
            now = clock.now()
            delivery = deliveries[delivery_id]
            judged = without_our_faults(outcome, delivery, mailing)
            timed = _with_retry_time(judged, delivery, mailing, now=now)
            recorded = _spared_once(timed, delivery, mailing, now=now)
            answers.record(delivery_id, outcome)
            if delivery_id not in answers.uncertain:
                ledger.sending.settle(claim, delivery_id, recorded, now=now)
            source.unanswered -= 1
            set_aside += [timed] if _is_set_aside(timed) else []
            if answers.is_uncertain:
                source.stop()
            try:
                source.adapt_rate(delivery, judged)
                if why := breaker.record(timed):
                    source.stop()
                    _pause(ledger, mailing, why, now=now)
            except LedgerError as error:
                # Send no more, but read the answers to the messages already sent.
                source.stop()
                failure = failure or error
    finally:
        connection.close()
    if failure is not None:
        raise failure
    return set_aside


def _pause_for_set_aside(
    ledger: Ledger, claim: Claim, mailing: Mailing, set_aside: Sequence[Deferred], *, now: datetime
) -> None:
    """Pause the mailing when only messages are left that the provider cannot take.

    Until then the others go on: nobody waits for somebody else's address.
    """
    by_status = ledger.deliveries.tally(mailing.id).by_status
    if any(by_status.get(status) for status in (DeliveryStatus.PENDING, DeliveryStatus.SENDING)):
        return
    is_all = by_status.get(DeliveryStatus.DEFERRED, 0) <= len(set_aside)
    if not is_all and len(set_aside) < len(claim.deliveries):
        return  # somebody else's next try is sooner than theirs
    why = _n(
        "{count} message is left that is not taken: {reply}",
        "{count} messages are left that are not taken: {reply}",
        count=len(set_aside),
        reply=set_aside[-1].reply,
    )
    _pause(ledger, mailing, why, now=now)


def _require_allowed(
    ledger: Ledger,
    claim: Claim,
    mailing: Mailing,
    *,
    allows: Callable[[Address], bool],
    now: datetime,
) -> None:
    """Pause the mailing, trying nobody, when somebody in the chunk may not be written to.

    Only people added since the start, or a setting changed since, lead here: see `start_due`.
    """
    outside = sum(not allows(delivery.address) for delivery in claim.deliveries)
    if not outside:
        return
    error = BackendMisconfigured(not_allowed(outside, of=len(claim.deliveries)))
    _pause(ledger, mailing, _reason(error), now=now)
    ledger.sending.release(claim, now=now)
    raise error


def _pause(ledger: Ledger, mailing: Mailing, why: Text, *, now: datetime) -> None:
    """Pause the mailing until somebody resumes it. The journal has the reason."""
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=PROGRAM, why=as_note(why), at=now
    )


def _reason(error: MailerError) -> Text:
    return error.problems[0].what if error.problems else Text(type(error).__name__)


def _with_retry_time(
    outcome: Outcome, delivery: Delivery, mailing: Mailing, *, now: datetime
) -> Outcome:
    """Add the time of the next attempt to a deferral, or reject it if that would be too late."""
    if not isinstance(outcome, Deferred):
        return outcome
    if not outcome.counts_as_try:
        # Otherwise the mailing is held, paused or slowed, and the message goes when that ends.
        least_s = _SET_ASIDE_FOR_S if _is_set_aside(outcome) else 0
        return replace(outcome, retry_after_s=outcome.retry_after_s or least_s)
    attempt = delivery.attempt + 1
    wait_s = retry_in_s(delivery.id, attempt=attempt, requested_s=outcome.retry_after_s)
    if now + timedelta(seconds=wait_s) >= gives_up_at(mailing):
        return Rejected(outcome.reply, given_up_after=attempt)
    return replace(outcome, retry_after_s=wait_s)


def _is_set_aside(outcome: Outcome) -> TypeGuard[Deferred]:
    """Return whether the provider takes others and not this message, through no fault of theirs."""
    return isinstance(outcome, Deferred) and outcome.concern in {
        Concern.CONTENT,
        Concern.ADDRESS_FORM,
    }


def _spared_once(
    outcome: Outcome, delivery: Delivery, mailing: Mailing, *, now: datetime
) -> Outcome:
    """Return a retry for the first refusal of a content (`tried_again_if_of_content`)."""
    spared = tried_again_if_of_content(outcome, delivery, mailing)
    return outcome if spared is outcome else _with_retry_time(spared, delivery, mailing, now=now)


@contextmanager
def _renewing_lease(ledger: Ledger, claim: Claim, clock: Clock) -> Iterator[None]:
    """Renew the lease while the block runs, however long the provider takes to answer."""
    over = Event()
    every_s = lease_renewal_interval_s((claim.lease_until - clock.now()).total_seconds())

    def renew() -> None:
        while not over.wait(every_s):
            # A ledger that cannot be written fails the next mark, which reports the error. Nothing
            # may end this thread: without it the lease runs out, and what is under way is in doubt.
            with suppress(Exception):
                ledger.sending.renew(claim, now=clock.now())

    thread = Thread(target=renew, name=f"lease-{claim.worker}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
