"""The test send: to the team alone, leaving every recipient as they were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from mailer.model.audience import Recipient
from mailer.model.contact import Contact, ContactId
from mailer.model.delivery import Accepted
from mailer.model.permission import Act, require
from mailer.operations.sending.compose import versions_of
from mailer.operations.sending.start import new_delivery_id
from mailer.render.fingerprint import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.delivery import Outcome
    from mailer.model.draft import Draft
    from mailer.model.message import CompiledMessage, DeliveryId, Message
    from mailer.operations.campaigns.drafts import Drafts
    from mailer.operations.sending.compose import Composer
    from mailer.ports import Backend, Ledger


@dataclass(frozen=True, slots=True)
class SentProofs:
    """What became of the messages of a test send, in the order they were sent."""

    outcomes: tuple[Outcome, ...]

    @property
    def refused(self) -> tuple[Outcome, ...]:
        return tuple(each for each in self.outcomes if not isinstance(each, Accepted))


def send_test(
    reference: str,
    step: str,
    *,
    team: Sequence[Address],
    actor: Actor,
    drafts: Drafts,
    composer: Composer,
    backend: Callable[[], Backend],
) -> SentProofs:
    """Send every version of a step to the team alone. Journalled."""
    draft = drafts.draft(reference)
    outcomes = send_proofs(
        list(proofs(draft, step, team=team, composer=composer)),
        backend=backend(),
        ledger=drafts.ledger,
        campaign=draft.campaign.slug,
        actor=actor,
        now=drafts.clock.now(),
    )
    return SentProofs(tuple(outcome for _id, outcome in outcomes))


def proofs(
    draft: Draft, step: str, *, team: Sequence[Address], composer: Composer
) -> Iterator[Message]:
    """Every version of `step` for every colleague, `[TEST]` first in the subject.

    The text is filled with a real recipient's data, so that a long name or a missing one
    shows, but the person behind it is masked.
    """
    marked = replace(
        draft,
        messages={key: _marked(message) for key, message in draft.messages.items()},
    )
    for variant in versions_of(draft, step):
        readers = (r for r in draft.audiences[step].recipients if r.variant == variant)
        sample = next((r.contact for r in composer.in_full(islice(readers, 1))), None)
        for address in team:
            stand_in = _masked(sample, address)
            yield composer.for_recipient(
                marked, step, Recipient(stand_in, variant), delivery_id=new_delivery_id()
            )


def _marked(message: CompiledMessage) -> CompiledMessage:
    """The same message under a subject that says it is a test: another content, another hash."""
    marked = replace(message, subject=("[TEST] ", *message.subject))
    return replace(marked, content_hash=content_hash(marked))


def send_proofs(
    messages: Sequence[Message],
    *,
    backend: Backend,
    ledger: Ledger,
    campaign: str,
    actor: Actor,
    now: datetime,
) -> list[tuple[DeliveryId, Outcome]]:
    """Send them and note it in the journal; no delivery row is written or changed.

    Raises RuleError, sending nothing, when the actor may not do this.
    """
    require(actor, Act.SEND_PROOF)
    connection = backend.connect()
    try:
        outcomes = list(connection.deliver(messages))
    finally:
        connection.close()
    ledger.journal.add(
        at=now, actor=actor, action="proof", subject=campaign, detail=f"{len(outcomes)} messages"
    )
    return outcomes


def _masked(sample: Contact | None, address: Address) -> Contact:
    """`sample` with another's address and only the shape of its own name."""
    if sample is None:
        return Contact(id=ContactId("proof"), address=address)
    return replace(
        sample,
        address=address,
        last_name="".join("x" if letter.isalpha() else letter for letter in sample.last_name),
        phone="",
        alternates=(),
        notes=(),
    )
