"""A draft without fault, and the same with what a test changes in it."""

from dataclasses import replace
from datetime import UTC, datetime

from mailer.calendar.timetable import localise, parse_send_rule, plan
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.audience import Audience, Exclusion, ExclusionReason, Recipient
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    Campaign,
    CampaignKind,
    Content,
    Event,
    PressContact,
    Step,
    VariantKey,
)
from mailer.model.campaigns.office import Office
from mailer.model.contacts.contact import Contact, ContactId
from mailer.model.drafts.draft import Draft
from mailer.model.mailings.message import CompiledMessage, Letterhead

PARIS = "Europe/Paris"
MAIN = VariantKey("", "fr")
OFFICE = Office(
    "Institut",
    postal_address="1 rue de l’Exemple, 75000 Paris",
    privacy_url="https://www.institut.example/donnees",
)
LETTERHEAD = Letterhead(Mailbox(Address("presse", "institut.example"), "Service de presse"))
CLEAN = "# Rencontre\n\nLe {{ event.date }}, chercheurs et malades se retrouvent à Paris.\n"


def paris(text):
    return localise(datetime.fromisoformat(text), zone=PARIS)


def an_event(starts_at="2017-12-09 09:30", **changes):
    event = {
        "starts_at": paris(starts_at) if starts_at else None,
        "venue": "Académie",
        "address": "1 rue de l’Exemple, 75000 Paris" if changes.get("venue", "x") else "",
    }
    return Event("Recherche & Associations", **(event | changes))


def a_step(id="announcement", send="J-5 09:30", text=CLEAN, *, language="fr", **changes):  # noqa: A002 - the step's own field
    contents = {
        VariantKey("", language): Content(f"{id}.md", text, line=changes.pop("line", 1))
    } | changes.pop("versions", {})
    step = {"to": ("press",), "subject": "Invitation presse – Recherche & Associations"}
    return Step(
        id=id,
        send=parse_send_rule(send, zone=PARIS),
        contents=contents,
        **(step | changes),
    )


CONFIRMATION = Step(
    id="accepted",
    send=None,
    on="accepted",
    only=("accepted",),
    to=("press",),
    subject="Votre accréditation – Recherche & Associations",
    contents={MAIN: Content("accepted.md", CLEAN)},
)
"""What tells people that they are accredited, as soon as they are."""


def a_version(list="", language="en", text="# Meeting\n", file="announcement.en.md", **changes):  # noqa: A002 - the variant's own field
    return {VariantKey(list, language): Content(file, text, **changes)}


def an_accreditation(**changes):
    rules = AccreditationRules(
        required=True,
        deadline=paris("2017-12-08 12:00"),
        addresses=(Address("presse", "institut.example"),),
    )
    return replace(rules, **changes)


def a_contact(number=1, *, lists=("press",), language="fr"):
    return Contact(
        ContactId(str(number)),
        Address(f"reader{number}", "outlet.example"),
        lists=frozenset(lists),
        language=language,
    )


def an_audience(*contacts, variant=MAIN, excluded=()):
    return Audience(
        tuple(Recipient(contact, variant) for contact in contacts),
        tuple(Exclusion(contact, ExclusionReason.SUPPRESSED) for contact in excluded),
    )


def a_message(html="<p>x</p>", text="x", subject="s", preheader="p"):
    return CompiledMessage(
        language="fr", subject=(subject,), preheader=(preheader,), html=(html,), text=(text,)
    )


def a_draft(*steps, text=CLEAN, letterhead=LETTERHEAD, office=OFFICE, **changes):
    """An advisory for Saturday 9 December 2017, 9:30, announced five days before.

    `changes` are fields of the campaign, or `messages`, `audiences`, `sent_before`, `problems`
    of the draft.
    """
    of_draft = {
        name: changes.pop(name)
        for name in ("messages", "audiences", "sent_before", "problems", *FOUND)
        if name in changes
    }
    campaign = {
        "slug": "rencontre",
        "title": "Rencontre",
        "kind": CampaignKind.ADVISORY,
        "language": "fr",
        "time_zone": PARIS,
        "event": an_event(),
        "accreditation": an_accreditation(),
        "press_contacts": (PressContact("Claire Delmas", phone="06 39 98 12 34"),),
        "steps": steps or (a_step(text=text), CONFIRMATION),
        "lines": LINES,
    }
    made = Campaign(**(campaign | changes))
    return Draft(
        campaign=made,
        office=office,
        letterhead=letterhead,
        plan=plan(made, office=office),
        now=datetime(2017, 11, 20, tzinfo=UTC),
        **({"messages": {}, "audiences": {}} | of_draft),
    )


FOUND = (
    "audiences_since_signed",
    "unknown_targets",
    "slot_conflicts",
    "event_conflicts",
    "accepted",
    "text_in_pictures",
)
"""What is known beside the campaign, as fields of the draft."""

LINES = {
    "title": 2,
    "event": 5,
    "event.starts_at": 6,
    "accreditation": 10,
    "accreditation.deadline": 11,
    "press_contacts": 15,
    "links": 20,
    "links.0.url": 22,
    "partners.0.url": 25,
    "steps.0": 30,
    "steps.0.send": 31,
    "steps.0.to": 32,
    "steps.0.to.1": 32,
    "steps.0.subject": 33,
    "steps.1": 40,
    "steps.1.send": 41,
    "steps.2": 50,
    "steps.2.send": 51,
}
"""Where the keys of the imaginary `campaign.toml` stand."""
