"""What is said in French on a bad day, and on the day after."""

from __future__ import annotations

from mailer.languages.amendment_words import AmendmentText, AmendmentTexts

_WHAT = "{% if corrections %} ({{ corrections | map(attribute='label') | join(', ') | lower }}){% endif %}"

_EVENT = "{{ event.name if event is defined else campaign.title }}"
"""Shorter than the title of the campaign: a subject is read to its end."""

AMENDMENT_TEXTS = AmendmentTexts(
    salutation="{{ recipient.salutation }},",
    correction=AmendmentText(
        subject=f"Rectificatif{_WHAT} – {_EVENT}",
        preheader="Annule et remplace notre précédent envoi",
        headline="Rectificatif : {{ campaign.title }}",
        opening=(
            "Notre précédent envoi doit être corrigé. Le présent message l’annule et le remplace."
        ),
        accredited="Votre accréditation reste valable.",
        entry=(
            "Si vous avez noté la date avec le fichier d’agenda de l’annonce, vérifiez-la : selon"
            " le logiciel, l’ancienne entrée reste à côté de la nouvelle (Outlook) ou ne change"
            " pas (Google Agenda)."
        ),
        accredited_entry="Le fichier joint met à jour l’entrée de votre agenda.",
    ),
    move=AmendmentText(
        subject=f"REPORTÉ au {{{{ event.date }}}} – {_EVENT}",
        preheader="L’événement n’aura pas lieu à la date annoncée",
        headline="Reporté au {{ event.date }} : {{ campaign.title }}",
        opening="L’événement n’aura pas lieu à la date annoncée. Il est reporté.",
        accredited=(
            "Votre accréditation valait pour l’ancienne date. **Merci de confirmer votre venue en"
            " répondant à ce message** : sans réponse, elle ne vaut pas pour la nouvelle."
        ),
        entry=(
            "Si vous avez noté la date avec le fichier d’agenda de l’annonce, effacez l’ancienne"
            " entrée : Outlook la garde à côté de la nouvelle, Google Agenda ne la déplace pas."
        ),
        accredited_entry="Le fichier joint déplace l’entrée de votre agenda.",
    ),
    cancellation=AmendmentText(
        subject=f"ANNULÉ – {_EVENT}",
        preheader="L’événement n’aura pas lieu",
        headline="Annulé : {{ campaign.title }}",
        opening="L’événement prévu le {{ event.date }} n’aura pas lieu.",
        accredited="Votre accréditation est sans objet. Vous n’avez rien à faire.",
        entry=(
            "Si vous avez noté la date avec le fichier d’agenda de l’annonce, effacez-la"
            " vous-même : Google Agenda et Outlook ne la retirent pas."
        ),
        accredited_entry="Le fichier joint retire l’entrée de votre agenda.",
    ),
    thanks=AmendmentText(
        subject=f"Merci de votre venue – {_EVENT}",
        preheader="Documents et photos",
        headline="Merci de votre venue",
        opening=(
            "Merci d’avoir participé à cet événement. Vous trouverez ci-dessous les documents et"
            " les photos."
        ),
    ),
    kit=AmendmentText(
        subject=f"Dossier de presse – {_EVENT}",
        preheader="Ce qui a été présenté, et les documents",
        headline="{{ campaign.title }} : le dossier de presse",
        opening=(
            "L’événement a eu lieu le {{ event.date }}. Pour celles et ceux qui n’ont pas pu"
            " venir, voici les documents."
        ),
    ),
)
