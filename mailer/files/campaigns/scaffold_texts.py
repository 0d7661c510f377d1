"""What a new campaign says before its author has said anything, in French and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.campaign import CampaignKind

if TYPE_CHECKING:
    from collections.abc import Mapping

GAP = {"fr": "à compléter", "en": "to be completed"}

HEADINGS = {
    "fr": (
        "Les faits (date, heure, lieu, contact) s’écrivent ici une fois ; les textes les"
        " reprennent."
    ),
    "en": "Facts (date, hour, place, contact) are written here once; the texts take them from here.",
}

ANSWERED = ("accredited", "declined")


@dataclass(frozen=True, slots=True)
class Sketch:
    """One step and its text. `send` is a rule, or `now`."""

    id: str
    send: str
    subject: str
    preheader: str
    text: str
    to: tuple[str, ...] = ("press",)
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


FRENCH = {
    CampaignKind.ADVISORY: (
        Sketch(
            "announcement",
            "J-10 09:30",
            "Invitation presse – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

Le {{ event.date }}, à compléter : qui invite, à quoi, où et pourquoi, en deux phrases.

## Premier intertitre

À compléter : le contexte et ce qu’un journaliste verra ou entendra sur place.

## À propos

À compléter : l’institution, en un paragraphe.
""",
        ),
        Sketch(
            "reminder",
            "J-2 09:30",
            "Rappel presse – {{ event.date }}",
            "Accréditations jusqu’au {{ accreditation.deadline }}",
            """\
{{ recipient.salutation }},

Nous n’avons pas encore reçu votre réponse. Vous pouvez demander votre accréditation jusqu’au
{{ accreditation.deadline }}.

# {{ campaign.title }}

À compléter : ce qui est nouveau depuis l’invitation.
""",
            unless=ANSWERED,
        ),
        Sketch(
            "practical",
            "J-1 15:00",
            "Infos pratiques – {{ event.date }}",
            "Votre accréditation est enregistrée.",
            """\
{{ recipient.salutation }},

Votre accréditation est enregistrée.

# Informations pratiques

À compléter : l’accueil, l’accès, les prises de vues, les entretiens.
""",
            only=("accredited",),
        ),
        Sketch(
            "morning",
            "J-0 07:30",
            "Ce matin – {{ campaign.title }}",
            "L’essentiel pour venir",
            """\
{{ recipient.salutation }},

# À tout à l’heure

À compléter : l’heure d’accueil et le numéro à appeler sur place.
""",
            only=("accredited",),
        ),
    ),
    CampaignKind.PRESS_RELEASE: (
        Sketch(
            "release",
            "J-0 09:30",
            "Communiqué – {{ campaign.title }}",
            "",
            """\
# {{ campaign.title }}

À compléter : la nouvelle en deux phrases, avec qui, quoi, quand, où et pourquoi.

## Premier intertitre

À compléter : du plus important au moins important, en paragraphes courts.

## À propos

À compléter : l’institution, en un paragraphe.
""",
        ),
    ),
    CampaignKind.SAVE_THE_DATE: (
        Sketch(
            "save-the-date",
            "J-15 09:30",
            "À noter – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

Réservez le {{ event.date }}. L’invitation et le programme suivront.

À compléter : le sujet, en deux phrases.
""",
        ),
    ),
    CampaignKind.PRESS_KIT: (
        Sketch(
            "kit",
            "J+1 10:00",
            "Dossier de presse – {{ campaign.title }}",
            "",
            """\
{{ recipient.salutation }},

# {{ campaign.title }}

À compléter : ce que contient le dossier, et le lien pour le télécharger.
""",
        ),
    ),
    CampaignKind.CORRECTION: (
        Sketch(
            "correction",
            "now",
            "Rectificatif – {{ campaign.title }}",
            "Annule et remplace notre précédent envoi",
            """\
# Rectificatif : {{ campaign.title }}

Notre envoi précédent contenait une erreur. À compléter : ce qui était écrit, et ce qu’il faut
lire. Le présent message annule et remplace le précédent.
""",
        ),
    ),
    CampaignKind.POSTPONEMENT: (
        Sketch(
            "postponement",
            "now",
            "REPORTÉ – {{ campaign.title }}",
            "L’événement n’aura pas lieu à la date annoncée",
            """\
# Reporté : {{ campaign.title }}

L’événement n’aura pas lieu à la date annoncée. À compléter : la raison, et ce que deviennent les
accréditations. Quand la nouvelle date est connue, inscrivez-la dans [event] et l’ancienne dans
[[corrections]] ; supprimez alors cette phrase.
""",
        ),
    ),
    CampaignKind.CANCELLATION: (
        Sketch(
            "cancellation",
            "now",
            "ANNULÉ – {{ campaign.title }}",
            "L’événement n’aura pas lieu",
            """\
# Annulé : {{ campaign.title }}

L’événement prévu le {{ event.date }} n’aura pas lieu. À compléter : la raison, et s’il y a lieu
la nouvelle date.
""",
        ),
    ),
}

ENGLISH = {
    CampaignKind.ADVISORY: (
        Sketch(
            "announcement",
            "J-10 09:30",
            "Media advisory – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

On {{ event.date }}, to be completed: who invites, to what, where and why, in two sentences.

## First subheading

To be completed: the background, and what a journalist will see or hear on site.

## About

To be completed: the institution, in one paragraph.
""",
        ),
        Sketch(
            "reminder",
            "J-2 09:30",
            "Reminder – {{ event.date }}",
            "Accreditation until {{ accreditation.deadline }}",
            """\
{{ recipient.salutation }},

We have not heard from you yet. You can ask for accreditation until
{{ accreditation.deadline }}.

# {{ campaign.title }}

To be completed: what is new since the invitation.
""",
            unless=ANSWERED,
        ),
        Sketch(
            "practical",
            "J-1 15:00",
            "Practical information – {{ event.date }}",
            "Your accreditation is confirmed.",
            """\
{{ recipient.salutation }},

Your accreditation is confirmed.

# Practical information

To be completed: reception, access, filming, interviews.
""",
            only=("accredited",),
        ),
        Sketch(
            "morning",
            "J-0 07:30",
            "This morning – {{ campaign.title }}",
            "What you need to come",
            """\
{{ recipient.salutation }},

# See you in a moment

To be completed: when the doors open, and the number to call on site.
""",
            only=("accredited",),
        ),
    ),
    CampaignKind.PRESS_RELEASE: (
        Sketch(
            "release",
            "J-0 09:30",
            "Press release – {{ campaign.title }}",
            "",
            """\
# {{ campaign.title }}

To be completed: the news in two sentences, with who, what, when, where and why.

## First subheading

To be completed: from the most to the least important, in short paragraphs.

## About

To be completed: the institution, in one paragraph.
""",
        ),
    ),
    CampaignKind.SAVE_THE_DATE: (
        Sketch(
            "save-the-date",
            "J-15 09:30",
            "Save the date – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

Please save {{ event.date }}. Invitation and programme will follow.

To be completed: the subject, in two sentences.
""",
        ),
    ),
    CampaignKind.PRESS_KIT: (
        Sketch(
            "kit",
            "J+1 10:00",
            "Press kit – {{ campaign.title }}",
            "",
            """\
{{ recipient.salutation }},

# {{ campaign.title }}

To be completed: what the kit contains, and the link to download it.
""",
        ),
    ),
    CampaignKind.CORRECTION: (
        Sketch(
            "correction",
            "now",
            "Correction – {{ campaign.title }}",
            "Replaces our earlier message",
            """\
# Correction: {{ campaign.title }}

Our earlier message contained an error. To be completed: what it said, and what it should have
said. This message replaces it.
""",
        ),
    ),
    CampaignKind.POSTPONEMENT: (
        Sketch(
            "postponement",
            "now",
            "POSTPONED – {{ campaign.title }}",
            "The event will not take place on the day announced",
            """\
# Postponed: {{ campaign.title }}

The event will not take place on the day announced. To be completed: the reason, and what becomes
of accreditations. Once the new day is known, write it in [event] and the old one in
[[corrections]]; then remove this sentence.
""",
        ),
    ),
    CampaignKind.CANCELLATION: (
        Sketch(
            "cancellation",
            "now",
            "CANCELLED – {{ campaign.title }}",
            "The event will not take place",
            """\
# Cancelled: {{ campaign.title }}

The event announced for {{ event.date }} will not take place. To be completed: the reason, and
the new date if there is one.
""",
        ),
    ),
}

SKETCHES: Mapping[str, Mapping[CampaignKind, tuple[Sketch, ...]]] = {
    "fr": FRENCH,
    "en": ENGLISH,
}
"""Language → kind → steps, in the order of leaving."""
