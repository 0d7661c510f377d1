"""Pause, resume or cancel a launched campaign, on a person's request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.labels import step_title
from mailer.model.mailings.mailing import HAS_ENDED, MailingState
from mailer.model.team.permission import Act, require
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class CancelledStep:
    """A step that a cancellation stops, and how many of its messages have not left and have.

    Both counts are 0 for a step that has not started, whose audience is not selected yet.
    """

    mailing: MailingSummary
    unsent: int
    sent: int


def name_of_launched(reference: str, *, slug_of: Callable[[str], str], ledger: Ledger) -> str:
    """Return the name of a launched campaign, whose folder may have been moved or deleted.

    `slug_of` finds the name of a folder; it raises ContentError when there is none.
    """
    return reference if ledger.mailings.summaries(reference) else slug_of(reference)


def pause_campaign(
    campaign: str, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[MailingSummary]:
    """Pause every step that has not ended, the scheduled ones included. Returns those paused.

    No message leaves until the campaign is resumed. Raises RuleError when it was not launched.
    """
    require(actor, Act.PAUSE)
    launched = dict.fromkeys(_launched(campaign, ledger), MailingState.PAUSED)
    return _changed(launched, actor=actor, why=why, ledger=ledger, now=now)


def resume_campaign(
    campaign: str, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> list[MailingSummary]:
    """Resume a paused campaign. Returns its paused steps, each in the state it has now.

    A step that had started goes on. One that had not is scheduled again: it leaves at its hour,
    at once if that has passed meanwhile, and is missed if it has expired. Raises RuleError,
    changing nothing, when the actor may resume only what they paused, and when the campaign was
    not launched.
    """
    paused = [each for each in _launched(campaign, ledger) if each.state is MailingState.PAUSED]
    _require_resume(actor, paused, ledger)
    resumed = {mailing: _resumed_state(mailing, now) for mailing in paused}
    return _changed(resumed, actor=actor, why=why, ledger=ledger, now=now)


def send_by(
    provider: str,
    campaign: str,
    *,
    configured: str,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> None:
    """Let the steps of a campaign that have not ended leave by another provider. Journalled.

    Raises RuleError when that is not the `configured` provider, and when the campaign was not
    launched.
    """
    require(actor, Act.RESUME)
    if provider != configured:
        raise RuleError(
            Problem(
                Place("config.toml", key="transport.backend"),
                _("this workspace sends by {configured}", configured=configured),
                _("Name the provider by which the service sends."),
            )
        )
    others = [
        mailing.id
        for mailing in _launched(campaign, ledger)
        if mailing.state not in HAS_ENDED and mailing.provider not in {"", provider}
    ]
    ledger.mailings.change_provider(others, to=provider, actor=actor, why=why, at=now)


def cancel_campaign(
    campaign: str, *, actor: Actor, why: str, ledger: Ledger, now: datetime, step: str = ""
) -> list[MailingSummary]:
    """Cancel every step that has not ended, or only this one, which has not begun. Returns those
    cancelled.

    It cannot be undone; a campaign of which nothing left may be launched again. An interface
    asks first, with `what_a_cancellation_stops` and `require_confirmation`. Raises RuleError when
    the campaign was not launched.
    """
    require(actor, Act.CANCEL)
    launched = dict.fromkeys(_to_cancel(campaign, step, ledger), MailingState.CANCELLED)
    return _changed(launched, actor=actor, why=why, ledger=ledger, now=now)


def what_a_cancellation_stops(
    campaign: str, *, ledger: Ledger, step: str = ""
) -> tuple[CancelledStep, ...]:
    """Return the steps that a cancellation would stop. Raises RuleError as cancelling does."""
    return tuple(_cancelled_steps(_to_cancel(campaign, step, ledger), ledger))


def require_confirmation(stopped: Sequence[CancelledStep], confirm: int | None) -> None:
    """Raise RuleError unless `confirm` is the number of steps that a cancellation would stop."""
    if confirm == len(stopped):
        return
    raise RuleError(
        Problem(
            Place("--confirm"),
            _n(
                "cancelling cannot be undone; it would stop {count} step: {steps}",
                "cancelling cannot be undone; it would stop {count} steps: {steps}",
                count=len(stopped),
                steps=tuple(step_title(each.mailing.step) for each in stopped) or "-",
            ),
            _("Confirm this number of steps. To hold the campaign for now, pause it instead."),
        )
    )


def _changed(
    to: Mapping[MailingSummary, MailingState],
    *,
    actor: Actor,
    why: str,
    ledger: Ledger,
    now: datetime,
) -> list[MailingSummary]:
    """Change the states of all steps at once: a campaign is never half paused or half cancelled."""
    wanted = {mailing.id: state for mailing, state in to.items()}
    changed = ledger.mailings.change_states(wanted, actor=actor, why=why, at=now)
    return [replace(mailing, state=state) for mailing, state in to.items() if mailing.id in changed]


def _to_cancel(campaign: str, step: str, ledger: Ledger) -> Sequence[MailingSummary]:
    """Return the launched mailings, or that of one step. Raises RuleError if it has begun or ended."""
    mailings = _launched(campaign, ledger)
    ahead = [each for each in mailings if not (each.has_started or each.state in HAS_ENDED)]
    found = [each for each in ahead if each.step == step] if step else mailings
    if step and not found:
        raise RuleError(
            Problem(
                Place("--step"),
                _(
                    "of the steps that have not begun none is “{step}” (there are: {steps})",
                    step=step_title(step),
                    steps=tuple(step_title(each.step) for each in ahead) or "-",
                ),
                _("Cancel one of those alone, or all that has not left."),
            )
        )
    return found


def _cancelled_steps(mailings: Sequence[MailingSummary], ledger: Ledger) -> Iterator[CancelledStep]:
    for mailing in mailings:
        if mailing.state in HAS_ENDED:
            continue
        tally = ledger.deliveries.tally(mailing.id)
        yield CancelledStep(mailing, unsent=tally.waiting, sent=tally.left)


def _resumed_state(mailing: MailingSummary, now: datetime) -> MailingState:
    if mailing.has_started:
        return MailingState.ACTIVE
    return MailingState.MISSED if now >= mailing.expires_at else MailingState.SCHEDULED


def _launched(campaign: str, ledger: Ledger) -> Sequence[MailingSummary]:
    if mailings := ledger.mailings.summaries(campaign):
        return mailings
    raise RuleError(
        Problem(
            Place(campaign),
            _("this campaign was not launched, so nothing of it can leave"),
            _("The status names what was launched."),
            Remedy(RemedyAct.SEE_STATUS),
        )
    )


def _require_resume(actor: Actor, paused: Sequence[MailingSummary], ledger: Ledger) -> None:
    """Require the right to resume what others paused, unless the actor paused all of it."""
    is_own = all(_was_paused_by(actor, mailing, ledger) for mailing in paused)
    require(actor, Act.RESUME_OWN_PAUSE if is_own else Act.RESUME)


def _was_paused_by(actor: Actor, mailing: MailingSummary, ledger: Ledger) -> bool:
    entries = ledger.journal.entries(f"{mailing.campaign}/{mailing.step}")
    last = next((each for each in reversed(entries) if each.action == MailingState.PAUSED), None)
    return last is not None and (last.person, last.name) == (actor.person, actor.name)
