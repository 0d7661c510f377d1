"""A small French campaign, the structure and quantities of a real advisory; all of it fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from gettext import NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailer.files.templates import load_template
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    CalendarOffset,
    Campaign,
    CampaignKind,
    Content,
    Event,
    Link,
    Partner,
    PressContact,
    Step,
    VariantKey,
)
from mailer.model.campaigns.office import Office
from mailer.model.contacts.contact import Contact, ContactId
from mailer.model.mailings.message import DeliveryId, Letterhead
from mailer.render.compile import compile_message
from mailer.render.facts.recipient import merge_fields
from mailer.render.personalise import Personaliser

ROOT = Path(__file__).parents[3]
PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2017, 12, 4, 9, 30, tzinfo=PARIS)

ANNOUNCEMENT = """\
{{ recipient.salutation }},

# Chercheurs et associations de malades : sept éditions de dialogue

Plus de 120 représentants d’associations et plus de 100 chercheurs et académiciens se
retrouvent {{ event.date }} à {{ event.time }} à Paris pour la septième rencontre nationale
« {{ event.name }} », consacrée cette année au thème « {{ event.theme }} ».

## Quand les malades deviennent partenaires

Une maladie se décrit de deux façons : par ceux qui l’étudient et par ceux qui la vivent. La
**recherche participative** fait travailler ensemble ces deux savoirs, du choix des questions
à la lecture des résultats.

Les échanges porteront sur la reconnaissance de ce que savent les malades et leurs proches, sur
la rencontre de ce savoir avec le travail des équipes, et sur les liens à nouer avec les
laboratoires universitaires.

> Une association ne nous demande pas d’aller plus vite : elle nous montre où regarder.

## Un dialogue ouvert depuis 2003

L’Institut anime un réseau de plus de 500 associations, qui couvre l’ensemble des maladies et
des handicaps. Deux instances portent cette politique :

- le **Groupe de réflexion avec les associations**, qui propose les orientations du partenariat ;
- la **Mission associations, recherche et société**, qui coordonne les actions entre chercheurs
  et associations.

Le programme détaillé est disponible sur
[la page de la rencontre](https://www.institut.example/rencontre-2017).
"""

FRENCH = {
    "Media advisory": "Information presse",
    "Invitation": "Invitation",
    "Practical information": "Informations pratiques",
    "Date": "Date",
    "Time": "Horaires",
    "Place": "Lieu",
    "Access": "Accès",
    "Partners": "Partenaires",
    "Accreditation": "Accréditation",
    "Accreditation is compulsory; please ask for it before %(deadline)s.": (
        "L’accréditation est obligatoire ; elle est à demander avant le %(deadline)s."
    ),
    "Accreditation is compulsory; please ask for it before <strong>%(deadline)s</strong>.": (
        "L’accréditation est obligatoire ; elle est à demander avant le"
        " <strong>%(deadline)s</strong>."
    ),
    "Write to:": "Écrire à :",
    "Answer the invitation": "Répondre à l’invitation",
    "By e-mail:": "Par courriel :",
    "Find out more": "Pour en savoir plus",
    "Press contact": "Contact presse",
    "Press contacts": "Contacts presse",
    "Press room": "Salle de presse",
    "Press rooms": "Salles de presse",
    "You receive this message because your address is on our “%(list)s” list.": (
        "Vous recevez ce message parce que votre adresse figure dans notre liste « %(list)s »."
    ),
    "Stop receiving these messages": "Ne plus recevoir ces messages",
    "How we protect your data": "Protection des données",
    "Under embargo until %(until)s": "Sous embargo jusqu’au %(until)s",
    "{until}, {city} time ({zone}), that is {abroad}": (
        "{until}, heure de {city} ({zone}), soit {abroad}"
    ),
    "compulsory, before %(deadline)s": "obligatoire, à demander avant le %(deadline)s",
    "compulsory, before <strong>%(deadline)s</strong>": (
        "obligatoire, à demander avant le <strong>%(deadline)s</strong>"
    ),
    "Map": "Plan",
    "Embargo until {end} – {subject}": "Embargo jusqu’au {end} – {subject}",
    "{city} time, {offset}": "heure de {city}, {offset}",
}


class French(NullTranslations):
    """The words of the templates in French, as a catalogue would give them."""

    def gettext(self, message):
        return FRENCH.get(message, message)

    def ngettext(self, msgid1, msgid2, n):
        return FRENCH.get(msgid1 if n < 2 else msgid2, msgid1 if n < 2 else msgid2)


def a_template(name="press", theme=""):
    """Without its logos: most tests are about words. Those of the templates load it whole."""
    template = load_template(name, [ROOT / "templates"], theme)
    return replace(template, theme={**template.theme, "logos": []}, images={})


def a_content(text=ANNOUNCEMENT, **changes):
    return Content("announcement.md", text, **changes)


def a_step(**changes):
    step = Step(
        id="announcement",
        send=CalendarOffset(5, time(9, 30)),
        to=("press", "associations"),
        subject="Invitation presse – {{ event.name }}, {{ event.date }}",
        preheader="Rencontre nationale, {{ event.date }} à {{ event.time }}, accréditation obligatoire",
        line=30,
    )
    return replace(step, **changes)


def a_campaign(**changes):
    campaign = Campaign(
        slug="2017-12-09-recherche-associations",
        title="Recherche & Associations de malades",
        kind=CampaignKind.ADVISORY,
        language="fr",
        time_zone="Europe/Paris",
        place="Paris",
        event=Event(
            name="Recherche & Associations de malades",
            starts_at=datetime(2017, 12, 9, 9, 30, tzinfo=PARIS),
            ends_at=datetime(2017, 12, 9, 17, 0, tzinfo=PARIS),
            theme="Partage des savoirs et perspectives de recherche",
            venue="Académie des sciences, grande salle des séances",
            address="23 quai de l’Exemple, 75006 Paris",
            access="Entrée par la cour, pièce d’identité demandée ; accès de plain-pied au n° 25",
            translations={"en": {"name": "Research & Patient Associations", "theme": "Sharing"}},
        ),
        accreditation=AccreditationRules(
            required=True,
            deadline=datetime(2017, 12, 8, 12, 0, tzinfo=PARIS),
            addresses=(
                Address("presse", "institut.example"),
                Address("presse", "academie.example"),
            ),
        ),
        press_contacts=(
            PressContact(
                name="Claire Lemoine",
                address=Address("claire.lemoine", "institut.example"),
                phone="01 99 00 12 34",
                role="attachée de presse",
                organisation="Institut",
            ),
        ),
        partners=(
            Partner("Académie des sciences", "hôte de la rencontre", "https://academie.example"),
            Partner("Académie nationale de médecine", "partenaire"),
        ),
        links=(
            Link("L’Académie des sciences", "https://academie.example/presentation"),
            Link("L’Académie nationale de médecine", "https://medecine.example/presentation"),
            Link("Programme de la journée", "https://www.institut.example/rencontre/programme"),
            Link("Salle de presse de l’Institut", "https://presse.institut.example", "press-room"),
            Link("Salle de presse de l’Académie", "https://academie.example/presse", "press-room"),
        ),
    )
    return replace(campaign, **changes)


def an_office():
    return Office(
        name="Institut national de la recherche médicale",
        postal_address="101 rue de l’Exemple, 75013 Paris",
        phone="01 99 00 00 00",
        website="https://www.institut.example",
        privacy_url="https://www.institut.example/donnees-personnelles",
    )


def a_letterhead(**changes):
    letterhead = Letterhead(
        sender=Mailbox(Address("presse", "institut.example"), "Service de presse de l’Institut"),
        reply_to=Mailbox(Address("presse", "institut.example")),
        return_path_domain="retours.institut.example",
        message_id_domain="institut.example",
        unsubscribe_mailto=Address("stop", "institut.example"),
        list_domain="listes.institut.example",
    )
    return replace(letterhead, **changes)


def a_contact(**changes):
    contact = Contact(
        id=ContactId("1"),
        address=Address("anne.durand", "quotidien.example"),
        civility="Mme",
        first_name="Anne",
        last_name="Durand",
        organisation="Le Quotidien",
        notes=(("maladie", "mucoviscidose"),),
    )
    return replace(contact, **changes)


def compiled(**changes):
    arguments = {
        "campaign": a_campaign(),
        "step": a_step(),
        "content": a_content(),
        "variant": VariantKey("", "fr"),
        "planned_local": MONDAY,
        "office": an_office(),
        "template": a_template(),
        "translations": French(),
    }
    return compile_message(**(arguments | changes))


def fields(contact=None, **changes):
    merged = merge_fields(
        contact or a_contact(),
        variant=VariantKey("", "fr"),
        default_language="fr",
        list_label="presse",
    )
    url = "https://desinscription.institut.example/u/k3j2h1"
    return merged | {"unsubscribe_url": url, "answer_url": url} | changes


def a_message(message=None, *, contact=None, letterhead=None, **changes):
    contact = contact or a_contact()
    personaliser = Personaliser(
        message or compiled(),
        letterhead or a_letterhead(),
        campaign="2017-12-09-recherche-associations",
        step="announcement",
    )
    return personaliser.message(
        delivery_id=DeliveryId("abcdefghijklmnopqrstuvwxyz"),
        recipient=Mailbox(contact.address, contact.name),
        fields=fields(contact, **changes),
        sent_at=MONDAY,
    )


class Press:
    """The builders, for tests that ask for `press`."""

    KEY = VariantKey("", "fr")
    MONDAY = MONDAY
    PARIS = PARIS
    French = French
    campaign = staticmethod(a_campaign)
    compiled = staticmethod(compiled)
    contact = staticmethod(a_contact)
    content = staticmethod(a_content)
    fields = staticmethod(fields)
    letterhead = staticmethod(a_letterhead)
    message = staticmethod(a_message)
    office = staticmethod(an_office)
    step = staticmethod(a_step)
    template = staticmethod(a_template)


@pytest.fixture
def press():
    return Press
