"""Compose the message for one person from the compiled message and the person's fields."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.address import Mailbox
from mailer.model.campaigns.audience import Recipient
from mailer.model.contacts.contact import Contact
from mailer.render.facts.recipient import merge_fields
from mailer.render.personalise import Personaliser
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import ContactId, ContactSummary
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import Mailing, MailingId
    from mailer.model.mailings.message import CompiledMessage, DeliveryId, Letterhead, Message


class Composer:
    """Composes messages and keeps one prepared `Personaliser` per version of a mailing.

    `link_for` returns a link of `LINK_NAMES` for a message, or "" when there is no page for it.
    """

    def __init__(
        self,
        *,
        link_for: Callable[[str, DeliveryId], str],
        contacts_of: Callable[[Collection[ContactId]], Mapping[ContactId, Contact]],
    ) -> None:
        self._link_for = link_for
        self._contacts_of = contacts_of
        self._personalisers: dict[tuple[MailingId, VariantKey, str], Personaliser] = {}

    def for_delivery(self, mailing: Mailing, delivery: Delivery, *, sent_at: datetime) -> Message:
        """Return the message of a delivery, from the content frozen at launch."""
        compiled = mailing.variants[delivery.variant].as_of(sent_at)
        key = (mailing.id, delivery.variant, compiled.content_hash)
        personaliser = self._personalisers.get(key)
        if personaliser is None:
            personaliser = self._personalisers[key] = Personaliser(
                compiled,
                mailing.letterhead,
                campaign=mailing.campaign,
                step=mailing.step,
            )
        return self._write(
            personaliser,
            delivery.id,
            Mailbox(delivery.address, delivery.name),
            delivery.fields,
            sent_at,
        )

    def for_recipient(
        self,
        draft: Draft,
        step: str,
        recipient: Recipient[Contact],
        *,
        delivery_id: DeliveryId,
        sent_at: datetime | None = None,
    ) -> Message:
        """Return the message that `recipient` would get if `step` left as it is in the draft.

        It is dated when it is sent, or by the hour of the step.
        """
        (message,) = self.for_recipients(
            draft, step, [recipient], id_of=lambda _: delivery_id, sent_at=sent_at
        )
        return message

    def for_recipients(
        self,
        draft: Draft,
        step: str,
        recipients: Iterable[Recipient[Contact]],
        *,
        id_of: Callable[[Address], DeliveryId],
        sent_at: datetime | None = None,
    ) -> Iterator[Message]:
        """Yield the message of each recipient of a draft, prepared once for each version."""
        planned = next(planned for planned in draft.plan if planned.step.id == step)
        prepared: dict[VariantKey, Personaliser] = {}
        for recipient in recipients:
            variant, contact = recipient.variant, recipient.contact
            if variant not in prepared:
                prepared[variant] = _personaliser_of_draft(
                    draft.messages[step, variant], draft.letterhead, draft.campaign.slug, step
                )
            yield self._write(
                prepared[variant],
                id_of(contact.address),
                Mailbox(contact.address, contact.name),
                fields_of(recipient, to=planned.step.to, default_language=draft.campaign.language),
                sent_at or planned.due_at,
            )

    def for_reader(
        self,
        mailing: Mailing,
        variant: VariantKey,
        reader: Contact,
        *,
        delivery_id: DeliveryId,
        sent_at: datetime,
    ) -> Message:
        """Return the message that a reader who is not in the ledger would have got."""
        personaliser = Personaliser(
            mailing.variants[variant].as_of(sent_at),
            mailing.letterhead,
            campaign=mailing.campaign,
            step=mailing.step,
        )
        fields = fields_of(
            Recipient(reader, variant),
            to=mailing.rule.to,
            default_language=mailing.default_language,
        )
        mailbox = Mailbox(reader.address, reader.name)
        return self._write(personaliser, delivery_id, mailbox, fields, sent_at)

    def with_full_contacts(
        self, recipients: Iterable[Recipient[ContactSummary | Contact]]
    ) -> list[Recipient[Contact]]:
        """Return the recipients of a draft as full contacts, with every field a message may use.

        Contacts that were erased since the draft was made are left out.
        """
        asked = list(recipients)
        known = self._contacts_of(
            [each.contact.id for each in asked if not isinstance(each.contact, Contact)]
        )
        return [
            Recipient(contact, each.variant)
            for each in asked
            if (contact := _full_contact(each.contact, known)) is not None
        ]

    def _write(
        self,
        personaliser: Personaliser,
        delivery_id: DeliveryId,
        mailbox: Mailbox,
        fields: Mapping[str, str],
        sent_at: datetime,
    ) -> Message:
        return personaliser.message(
            delivery_id=delivery_id,
            recipient=mailbox,
            fields={
                **fields,
                **{name: self._link_for(name, delivery_id) for name in personaliser.links},
            },
            sent_at=sent_at,
        )


@lru_cache(maxsize=16)  # of the campaigns that people look at; nothing but these four is in it
def _personaliser_of_draft(
    compiled: CompiledMessage, letterhead: Letterhead, campaign: str, step: str
) -> Personaliser:
    return Personaliser(compiled, letterhead, campaign=campaign, step=step)


def _full_contact(
    contact: ContactSummary | Contact, known: Mapping[ContactId, Contact]
) -> Contact | None:
    return contact if isinstance(contact, Contact) else known.get(contact.id)


def versions_of(draft: Draft, step: str) -> dict[VariantKey, CompiledMessage]:
    """Return the compiled versions of one step. Raises ContentError when there is none."""
    if draft.problems:
        raise ContentError(*draft.problems)
    versions = {
        variant: message
        for (step_id, variant), message in draft.messages.items()
        if step_id == step
    }
    if not versions:
        known = ", ".join(planned.step.id for planned in draft.plan)
        raise ContentError(
            Problem(
                Place(draft.campaign.file, key="steps"),
                _("there is no step called “{step}”", step=step),
                _("The steps are: {known}.", known=known),
            )
        )
    return versions


def fields_of(
    recipient: Recipient[Contact],
    *,
    to: tuple[str, ...],
    default_language: str,
    answer: Accreditation | None = None,
) -> dict[str, str]:
    """Return the merge fields of one recipient of a step that is sent to the lists `to`.

    `answer` is what the person answered to the campaign, if they did.
    """
    via = next(
        (name for name in to if name in recipient.contact.lists), recipient.variant.named_list
    )
    return merge_fields(
        recipient.contact,
        variant=recipient.variant,
        default_language=default_language,
        list_label=via,
        reason=answer.reason if answer else "",
    )
