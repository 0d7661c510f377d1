"""Make sample messages: what people would get if a step left now."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailer.model.address import Address
from mailer.model.campaigns.audience import Recipient
from mailer.model.contacts.contact import Contact, ContactId
from mailer.model.drafts.draft import Sample
from mailer.model.mailings.message import DeliveryId
from mailer.model.team.permission import Act, lists_seen, require, require_recent
from mailer.operations.sending.compose import versions_of
from mailer.operations.sight import draft_within

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import ContactSummary
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.message import Message
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.sending.compose import Composer

SAMPLE_READER = Contact(
    id=ContactId("sample"),
    address=Address("camille.exemple", "lecteur.example"),
    civility="Mme",
    first_name="Camille",
    last_name="Exemple",
)
"""An invented reader, for a version without recipients."""


def export_messages(
    reference: str,
    step: str,
    *,
    only: Collection[str] = (),
    actor: Actor,
    drafts: Drafts,
    composer: Composer,
) -> list[Message]:
    """Return the messages of one step of a campaign to those whom the actor sees, for files (see
    `messages_for`). Journalled.

    Raises RuleError when the actor may not do this, and ProofNeeded.
    """
    require(actor, Act.EXPORT_PEOPLE)
    now = drafts.clock.now()
    require_recent(actor, now=now)
    draft = draft_within(drafts.draft(reference), lists_seen(actor))
    messages = messages_for(draft, step, only=only, composer=composer)
    drafts.ledger.journal.add(
        at=now,
        actor=actor,
        action="export",
        subject=f"{draft.campaign.slug}/{step}",
        detail=f"{len(messages)} people",
    )
    return messages


def messages_for(
    draft: Draft, step: str, *, only: Collection[str] = (), composer: Composer
) -> list[Message]:
    """Return the messages of one step, for its whole audience or `only` these addresses.

    Their delivery ids are derived from version and address, so that the same draft gives the
    same bytes. No delivery in the ledger has these ids.
    """
    versions_of(draft, step)
    wanted = {address.casefold() for address in only}
    return [
        composer.for_recipient(
            draft, step, recipient, delivery_id=sample_id(draft, step, recipient.contact.address)
        )
        for recipient in composer.with_full_contacts(
            each
            for each in draft.audiences[step].recipients
            if not wanted or each.contact.key in wanted
        )
    ]


def samples_of(draft: Draft, step: str, *, composer: Composer) -> list[tuple[VariantKey, Message]]:
    """Return sample messages of every version of `step` that compiled."""
    versions = [variant for step_id, variant in draft.messages if step_id == step]
    return _samples_of(draft, step, versions, composer=composer)


def samples_of_version(
    draft: Draft, step: str, variant: VariantKey, *, composer: Composer
) -> list[Message]:
    """Return sample messages of one version, which compiled."""
    found = _samples_of(draft, step, [variant], composer=composer)
    return [message for _variant, message in found]


def _samples_of(
    draft: Draft, step: str, versions: Sequence[VariantKey], *, composer: Composer
) -> list[tuple[VariantKey, Message]]:
    readers = composer.with_full_contacts(
        reader for variant in versions for reader in _representative_readers(draft, step, variant)
    )
    messages = composer.for_recipients(draft, step, readers, id_of=partial(sample_id, draft, step))
    return [(reader.variant, message) for reader, message in zip(readers, messages, strict=True)]


def invented_sample(draft: Draft, step: str, variant: VariantKey, *, composer: Composer) -> Sample:
    """Return the mail that the invented reader would get of a version that compiled."""
    reader = Recipient(replace(SAMPLE_READER, language=variant.language), variant)
    message = composer.for_recipient(
        draft, step, reader, delivery_id=sample_id(draft, step, SAMPLE_READER.address)
    )
    return Sample(step, variant, message)


def _representative_readers(
    draft: Draft, step: str, variant: VariantKey
) -> Sequence[Recipient[ContactSummary | Contact]]:
    """Return the readers of a version with the median, the longest and the shortest name.

    A version without readers, such as a step for the accredited before anybody is accredited,
    gets an invented one.
    """
    invented: Recipient[ContactSummary | Contact] = Recipient(
        replace(SAMPLE_READER, language=variant.language), variant
    )
    return draft.audiences[step].representatives.get(variant, (invented,))


def sample_id(draft: Draft, step: str, address: Address) -> DeliveryId:
    """Return a delivery id made of the version and the address, which no delivery has."""
    seed = f"{draft.fingerprint}/{step}/{address.key}".encode()
    return DeliveryId(
        base64.b32encode(hashlib.sha256(seed).digest()[:16]).decode().rstrip("=").lower()
    )
