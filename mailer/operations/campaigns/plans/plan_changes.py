"""How a plan differs from what was signed off last, and from the last mailing of the same rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mailer.labels import why_left_out
from mailer.model.campaigns.audience import come_and_gone
from mailer.model.mailings.signed_step import SignedStep
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.campaigns.audience import Audience
    from mailer.model.contacts.contact import Addressee, Contact, ContactId, ContactSummary
    from mailer.model.drafts.draft import Draft, PlannedStep
    from mailer.ports import Ledger


class ChangedPerson(NamedTuple):
    """Somebody who receives a step and did not before, or the reverse with the reason."""

    name: str
    address: str
    why: Text | str = ""


@dataclass(frozen=True, slots=True)
class AudienceChange:
    """Who has come to an audience and who has gone from it, by address."""

    gained: tuple[ChangedPerson, ...]
    lost: tuple[ChangedPerson, ...]


@dataclass(frozen=True, slots=True)
class StepChange:
    """How a step differs from its sign-off: a sentence for each change of it, and its people."""

    sentences: tuple[Text, ...]
    people: AudienceChange

    @property
    def is_empty(self) -> bool:
        return not (self.sentences or self.people.gained or self.people.lost)


def signed_steps(draft: Draft) -> tuple[SignedStep, ...]:
    """Return what a sign-off of this draft is given for."""
    return tuple(
        SignedStep(
            step=planned.step.id,
            local_time=planned.local.isoformat(timespec="minutes"),
            rule=planned.rule,
            texts=_texts(draft, planned.step.id),
            recipients=draft.audiences[planned.step.id].contact_ids,
        )
        for planned in draft.plan
    )


def since_signed(
    planned: PlannedStep, draft: Draft, signed: SignedStep | None, *, ledger: Ledger
) -> StepChange:
    """Return how a step differs from its sign-off; `signed` is None for a step that is new."""
    audience = draft.audiences[planned.step.id]
    if signed is None:
        return StepChange((_("this step was not there"),), AudienceChange((), ()))
    return StepChange(
        tuple(_sentences(planned, draft, signed)),
        audience_change(audience, signed.recipients, ledger=ledger),
    )


def _sentences(planned: PlannedStep, draft: Draft, signed: SignedStep) -> Iterator[Text]:
    local = planned.local.isoformat(timespec="minutes")
    if local != signed.local_time:
        yield _("it left on {before}", before=signed.local_time.replace("T", " "))
    if planned.rule != signed.rule:
        yield _("its lists or conditions were others")
    texts = _texts(draft, planned.step.id)
    changed = [
        name for name in {**signed.texts, **texts} if signed.texts.get(name) != texts.get(name)
    ]
    if changed:
        yield _("its text was another: {versions}", versions=", ".join(sorted(changed)))


def audience_change(
    audience: Audience[ContactSummary | Contact],
    before: frozenset[ContactId],
    *,
    ledger: Ledger,
) -> AudienceChange:
    """Return who receives a step now and was not among `before`, and the reverse."""
    new, lost = come_and_gone(before, audience.contact_ids)
    if not new and not lost:
        return AudienceChange((), ())
    gained = [each.contact for each in audience.recipients if each.contact.id in new]
    left_out = {each.contact.id: each for each in audience.exclusions if each.contact.id in lost}
    others = ledger.contacts.of_ids(lost.difference(left_out)) if lost else {}
    return AudienceChange(
        _in_order([ChangedPerson(each.name, str(each.address)) for each in gained]),
        _in_order(
            [
                *(
                    _gone(each.contact, why_left_out(each.reason, each.detail))
                    for each in left_out.values()
                ),
                *(_gone(each, _("on none of its lists any more")) for each in others.values()),
                *(
                    ChangedPerson("", "", _("no longer in the directory"))
                    for _id in lost.difference(left_out, others)
                ),
            ]
        ),
    )


def _gone(contact: Addressee, why: Text) -> ChangedPerson:
    return ChangedPerson(contact.name, str(contact.address), why)


def _in_order(people: Sequence[ChangedPerson]) -> tuple[ChangedPerson, ...]:
    return tuple(sorted(people, key=lambda each: (each.address.lower(), each.name)))


def _texts(draft: Draft, step: str) -> dict[str, str]:
    return {
        str(variant): message.content_hash
        for (of, variant), message in draft.messages.items()
        if of == step
    }
