"""Correct a wrong address, and send the step that did not arrive to the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.mailings.delivery import Delivery
from mailer.model.team.permission import Act, require
from mailer.operations.sending.audience import audience_of_mailing
from mailer.operations.sending.compose import fields_of
from mailer.operations.sending.start import new_delivery_id, readdressed
from mailer.operations.sight import require_free
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact
    from mailer.model.mailings.mailing import Mailing
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Corrected:
    """The contact with the new address, and the mailing that is sent to it again, if any."""

    contact: Contact
    resent: Mailing | None


def correct_address(
    old: Address, new: Address, *, actor: Actor, why: str, ledger: Ledger, now: datetime
) -> Corrected:
    """Replace the address `old` by `new`, and resend the newest step that did not arrive.

    What is known of the person follows, and what was still to be sent to `old` is sent to `new`.
    The missed step is sent to this person only, if it has not expired and they are still in its
    audience. Earlier steps are not resent. Journalled.

    Raises RuleError when the actor may not do this, nobody has `old`, the owner of `new` asked to
    be forgotten, or `new` is the former address of somebody else.
    """
    require(actor, Act.CORRECT_ADDRESS)
    require_free(actor, (old, new), ledger=ledger)
    if ledger.erasure.is_forgotten(new):
        raise RuleError(
            Problem(
                Place(str(new)),
                _("whoever has this address asked to be forgotten"),
                _("Do not write to this address."),
            )
        )
    _refuse_former_of_another(old, new, ledger)
    contact = ledger.contacts.correct_address(
        old, new, readdress=readdressed, actor=actor, why=why, at=now
    )
    if contact is None:
        raise RuleError(
            Problem(
                Place(str(old)),
                _("nobody in the directory has this address"),
                _("Look the person up in the directory."),
                Remedy(RemedyAct.SEE_DIRECTORY),
            )
        )
    addresses = ledger.contacts.addresses_of_person(new)
    for mailing in reversed(ledger.mailings.missed_by(addresses)):
        delivery = _delivery_for(contact, mailing, ledger, now)
        if delivery is not None and ledger.deliveries.add(
            delivery, actor=actor, why=f"{old}", at=now
        ):
            return Corrected(contact, mailing)
    return Corrected(contact, None)


def _refuse_former_of_another(old: Address, new: Address, ledger: Ledger) -> None:
    """Raise RuleError when `new` was replaced by a correction of another contact.

    It may be the same person under two contacts, or a wrong correction: only a person knows.
    """
    contact, other = ledger.contacts.find(old), ledger.contacts.find(new)
    if contact is None or other is None or other.key == new.key or other.id == contact.id:
        return
    raise RuleError(
        Problem(
            Place(str(new)),
            _("this is the former address of {present}", present=other.address),
            _(
                "If both are the same person, correct {old} to {present}. If the former correction "
                "was wrong, correct {present} to {new} first.",
                old=old,
                new=new,
                present=other.address,
            ),
        )
    )


def _delivery_for(
    contact: Contact, mailing: Mailing, ledger: Ledger, now: datetime
) -> Delivery | None:
    """Return the delivery that the start would have made, by the rule that was signed off.

    Returns None when the person is no longer in the audience (answered, opted out, left the list).
    """
    audience = audience_of_mailing(mailing, ledger=ledger, now=now)
    for recipient in audience.recipients:
        if recipient.contact.id == contact.id:
            return Delivery(
                id=new_delivery_id(),
                mailing_id=mailing.id,
                contact_id=contact.id,
                address=contact.address,
                name=contact.name,
                variant=recipient.variant,
                fields=fields_of(
                    recipient, to=mailing.rule.to, default_language=mailing.default_language
                ),
            )
    return None
