"""Send a proof to the team only, without any effect on the recipients."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.campaigns.audience import Recipient
from mailer.model.contacts.contact import Contact, ContactId
from mailer.model.mailings.delivery import Accepted
from mailer.model.mailings.message import proof_id
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.previews.proof_results import detail_of_test
from mailer.operations.campaigns.sign_offs.sign_off_requests import asked_to_sign
from mailer.operations.restore import require_in_place
from mailer.operations.sending.compose import versions_of
from mailer.operations.sending.start import new_delivery_id
from mailer.render.fingerprint import content_hash
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.draft import Draft
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import CompiledMessage, Message
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.sign_offs.sign_off_requests import SignOffRequests
    from mailer.operations.sending.compose import Composer
    from mailer.ports import Backend, Ledger


@dataclass(frozen=True, slots=True)
class SentProofs:
    """What the server answered to each message of a test send, with its recipient."""

    outcomes: tuple[tuple[Address, Outcome], ...]

    @property
    def refused(self) -> tuple[tuple[Address, Outcome], ...]:
        return tuple(each for each in self.outcomes if not isinstance(each[1], Accepted))


def send_test(
    reference: str,
    step: str,
    *,
    team: Sequence[Address],
    actor: Actor,
    drafts: Drafts,
    composer: Composer,
    backend: Callable[[], Backend],
    requests: SignOffRequests | None = None,
) -> SentProofs:
    """Send every version of a step to the team only. Journalled.

    With `requests`, the signatories among the team are asked for their sign-off in the mail.
    Raises RuleError, sending nothing, for a step that the campaign does not have.
    """
    require(actor, Act.SEND_PROOF)
    revision = drafts.revision_of(reference)
    draft = drafts.draft(reference)
    if step not in {each.step.id for each in draft.plan}:
        what, remedy = _("no step was chosen"), _("Choose the step of which a test is sent.")
        raise RuleError(Problem(Place(draft.campaign.file, key="step"), what, remedy))
    now = drafts.clock.now()

    def asking(message: CompiledMessage, address: Address) -> CompiledMessage:
        person = asked_to_sign(address, draft)
        if requests is None or person is None:
            return message
        return requests.above(
            message, person, draft, revision=revision, ledger=drafts.ledger, now=now
        )

    sent = send_proofs(
        list(proofs(draft, step, team=team, composer=composer, now=now, asking=asking)),
        backend=backend(),
        ledger=drafts.ledger,
        subject=f"{draft.campaign.slug}/{step}",
        version=draft.fingerprint,
        actor=actor,
        now=now,
    )
    return SentProofs(tuple((message.recipient.address, outcome) for _of, message, outcome in sent))


def tests_sent(campaign: str, *, ledger: Ledger) -> Sequence[JournalEntry]:
    """Return the lines of the journal about the tests of a campaign, the oldest first."""
    return ledger.journal.entries(campaign, action="proof")


def last_tests(campaigns: Collection[str], *, ledger: Ledger) -> Mapping[str, JournalEntry]:
    """Return the newest of those lines for each campaign that was tested."""
    return ledger.journal.newest_about(campaigns, action="proof")


def proofs(
    draft: Draft,
    step: str,
    *,
    team: Sequence[Address],
    composer: Composer,
    now: datetime,
    asking: Callable[[CompiledMessage, Address], CompiledMessage] = lambda message, _to: message,
) -> Iterator[tuple[VariantKey, Message]]:
    """Yield every version of `step` for every team member, with `[TEST]` in the subject.

    The text is filled with a real recipient's data, so that a long or missing name is visible,
    but the last name and the address are masked. It is dated now: receivers distrust what comes
    from a day ahead. `asking` adds what is for one member alone.
    """
    test_draft = replace(
        draft,
        messages={key: _as_test(message) for key, message in draft.messages.items()},
    )
    for variant in versions_of(draft, step):
        readers = (r for r in draft.audiences[step].recipients if r.variant == variant)
        sample = next((r.contact for r in composer.with_full_contacts(islice(readers, 1))), None)
        for address in team:
            proof_reader = _masked(sample, address)
            own = {(step, variant): asking(test_draft.messages[step, variant], address)}
            message = composer.for_recipient(
                replace(test_draft, messages=own),
                step,
                Recipient(proof_reader, variant),
                delivery_id=proof_id(new_delivery_id()),
                sent_at=now,
            )
            yield variant, message


def _as_test(message: CompiledMessage) -> CompiledMessage:
    """Return the message with `[TEST]` in its subject, and a new content hash."""
    test_draft = replace(message, subject=("[TEST] ", *message.subject))
    return replace(test_draft, content_hash=content_hash(test_draft))


def send_proofs(
    proofs: Sequence[tuple[VariantKey, Message]],
    *,
    backend: Backend,
    ledger: Ledger,
    subject: str,
    version: str,
    actor: Actor,
    now: datetime,
) -> Sequence[tuple[VariantKey, Message, Outcome]]:
    """Send the proofs and journal it, with the version and each answer. No delivery is created or
    changed.

    Returns each message that was tried with its outcome. Raises RuleError, sending nothing, when
    the actor may not do this, and in a copy of the ledger.
    """
    require(actor, Act.SEND_PROOF)
    require_in_place(ledger)
    connection = backend.connect()
    try:
        outcomes = dict(connection.deliver([message for _of, message in proofs]))
    finally:
        connection.close()
    sent = [
        (variant, message, outcomes[message.delivery_id])
        for variant, message in proofs
        if message.delivery_id in outcomes
    ]
    ledger.journal.add(
        at=now,
        actor=actor,
        action="proof",
        subject=subject,
        detail=detail_of_test(sent, version=version),
    )
    return sent


def _masked(sample: Contact | None, address: Address) -> Contact:
    """Return `sample` with the given address, and with every letter of the last name masked."""
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
