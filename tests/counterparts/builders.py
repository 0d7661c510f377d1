"""Small builders of frozen values."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.audience import Exclusion, ExclusionReason
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.campaigns.release import Release, ReleaseContact, ReleaseFile, ReleasePicture
from mailer.model.contacts.contact import Contact, ContactId
from mailer.model.contacts.suppression import EVERYWHERE, Suppression, SuppressionReason
from mailer.model.drafts.revision import Revision
from mailer.model.feedback.event import DeliveryEvent, EventKind
from mailer.model.journal.line import JournalEntry
from mailer.model.mailings.delivery import Delivery
from mailer.model.mailings.mailing import AudienceRule, Mailing, MailingId
from mailer.model.mailings.message import (
    CompiledMessage,
    DeliveryId,
    Embedded,
    Hole,
    Letterhead,
    Message,
)
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role

NOON = datetime(2017, 12, 4, 12, tzinfo=UTC)
FRENCH = VariantKey("", "fr")
COMPILED = CompiledMessage(
    language="fr",
    subject=("Invitation : ", Hole("recipient.name"), " !"),
    preheader=(),
    html=("<p>", Hole("recipient.salutation | e"), "</p>"),
    text=("Bonjour ", Hole("recipient.name"), "\n"),
    embedded=(Embedded("logo.png", "image/png", bytes(range(256)), "logo@x"),),
    content_hash="0" * 64,
)

A_RELEASE = Release(
    language="fr",
    kind="press-release",
    label="Communiqué de presse",
    dateline="Brest, lundi 8 mars 2027",
    headline="Les marées",
    lead="<p>Une équipe</p>",
    body="",
    text="Une équipe",
    summary="Une équipe",
    contacts=(ReleaseContact("Claire"),),
    pictures=(ReleasePicture("a.png", "image/png", bytes(range(256)), "La sonde", "© Nous"),),
    files=(ReleaseFile("a.pdf", "Dossier.pdf", "Le dossier", "application/pdf", b"%PDF-1.7"),),
    code="2345" * 3,
)
LETTERHEAD = Letterhead(
    sender=Mailbox(Address.parse("press@office.example"), "Service de presse"),
    return_path_domain="bounce.office.example",
    unsubscribe_mailto=Address.parse("stop@office.example"),
)


def after(**duration):
    return NOON + timedelta(**duration)


def an_actor(name, *, roles=frozenset(Role), via=Via.CLI):
    """Somebody who acts, with every role unless told otherwise."""
    return Actor(f"id-{name.lower()}", name, via, frozenset(roles))


ACTOR = an_actor("Ada")


def a_revision(number, *, files, campaign="meeting", actor=ACTOR, at=NOON, **more):
    """A state of a campaign's files, which are given by their hashes."""
    return Revision(
        campaign=campaign,
        number=number,
        person=actor.person,
        name=actor.name,
        via=actor.via,
        at=at,
        files=files,
        **more,
    )


def an_entry(action, subject, detail="", *, actor=ACTOR, at=NOON):
    """A line of the journal."""
    return JournalEntry(at, actor.person, actor.name, actor.via, action, subject, detail)


def a_contact(address="ada@press.example", **fields):
    return Contact(**{"id": ContactId(f"c-{address}"), "address": Address.parse(address)} | fields)


def a_mailing(step="announcement", **fields):
    campaign = fields.get("campaign", "meeting")
    return Mailing(
        **{
            "id": MailingId(f"{campaign}-{step}"),
            "campaign": campaign,
            "step": step,
            "rule": AudienceRule(to=("press",)),
            "due_at": NOON,
            "expires_at": after(days=5),
            "local_time": "2017-12-04 13:00",
            "time_zone": "Europe/Paris",
            "fingerprint": "f" * 64,
            "letterhead": LETTERHEAD,
            "variants": {FRENCH: COMPILED},
            "default_language": "fr",
        }
        | fields
    )


def a_delivery_id(*parts):
    digest = sha256("/".join(map(str, parts)).encode()).digest()
    return DeliveryId(
        "".join("abcdefghijklmnopqrstuvwxyz234567"[byte % 32] for byte in digest[:26])
    )


def a_delivery(number=0, *, mailing, **fields):
    return Delivery(
        **{
            "id": a_delivery_id(mailing.id, number),
            "mailing_id": mailing.id,
            "contact_id": ContactId(f"c-{number}"),
            "address": Address(f"reader{number}", "press.example"),
            "name": f"Reader {number}",
            "variant": FRENCH,
            "fields": {"salutation": f"Bonjour Reader {number},"},
        }
        | fields
    )


def an_exclusion(address="out@press.example", reason=ExclusionReason.SUPPRESSED, detail=""):
    return Exclusion(a_contact(address, lists=frozenset({"press"})), reason, detail)


def a_bar(address, *, reason=SuppressionReason.OPT_OUT, scope=EVERYWHERE, **fields):
    return Suppression(
        **{
            "address": Address.parse(address),
            "reason": reason,
            "since": NOON,
            "scope": scope,
        }
        | fields
    )


def an_event(kind=EventKind.DELIVERED, *, key="k", delivery_id=None, **fields):
    return DeliveryEvent(
        **{"kind": kind, "at": NOON, "source": "smtp", "key": key, "delivery_id": delivery_id}
        | fields
    )


def a_message(delivery, *, mailing=None, body="Bonjour.\r\n"):
    """A small RFC 5322 message for one delivery."""
    raw = (
        "From: Service de presse <press@office.example>\r\n"
        f"To: <{delivery.address}>\r\n"
        "Subject: Invitation\r\n"
        f"Message-ID: <{delivery.id}@office.example>\r\n"
        f"X-Mailer-Delivery: {delivery.id}\r\n"
        f"\r\n{body}"
    ).encode()
    return Message(
        delivery_id=delivery.id,
        envelope_sender=Address(f"b+{delivery.id}", "bounce.office.example"),
        recipient=Mailbox(delivery.address, delivery.name),
        sent_at=NOON,
        compiled=COMPILED,
        values=(delivery.fields.get("salutation", ""), delivery.name, delivery.name),
        headers={
            "Message-ID": f"<{delivery.id}@office.example>",
            "X-Mailer-Delivery": delivery.id,
        },
        letterhead=LETTERHEAD,
        shared_headers={"List-Id": "<meeting.office.example>"},
        write=lambda _: raw,
    )


def started(ledger, *, count=3, step="announcement", exclusions=(), **fields):
    """A mailing under way, with `count` recipients; returns it and its deliveries."""
    mailing = a_mailing(step, **fields)
    deliveries = [a_delivery(number, mailing=mailing) for number in range(count)]
    assert ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    assert ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=exclusions, at=NOON)
    return mailing, deliveries


def statuses(ledger, mailing):
    return [delivery.status.value for delivery in ledger.deliveries.of_mailing(mailing.id)]
