"""What a new campaign says in French before its author has said anything."""

from __future__ import annotations

from mailer.languages.language import StarterTexts, StepText

STARTER_TEXTS = StarterTexts(
    gap="à compléter",
    to_confirm="to_confirm : ce qui a été lu dans le document, à comparer ; une fois juste : mailer confirm",
    taken_out="Retiré du texte : la page l’écrit elle-même, à partir de campaign.toml",
    heading="Les faits (date, heure, lieu, contact) s’écrivent ici une fois ; les textes les reprennent.",
    steps={
        "announcement": StepText(
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
        "reminder": StepText(
            "Rappel presse – {{ event.date }}",
            "Accréditations jusqu’au {{ accreditation.deadline }}",
            """\
{{ recipient.salutation }},

Nous n’avons pas encore reçu votre réponse. Vous pouvez demander votre accréditation jusqu’au
{{ accreditation.deadline }}.

# {{ campaign.title }}

À compléter : ce qui est nouveau depuis l’invitation.
""",
        ),
        "practical": StepText(
            "Infos pratiques – {{ event.date }}",
            "Votre accréditation est enregistrée.",
            """\
{{ recipient.salutation }},

Votre accréditation est enregistrée.

# Informations pratiques

À compléter : l’accueil, l’accès, les prises de vues, les entretiens.
""",
        ),
        "morning": StepText(
            "Ce matin – {{ campaign.title }}",
            "L’essentiel pour venir",
            """\
{{ recipient.salutation }},

# À tout à l’heure

À compléter : l’heure d’accueil et le numéro à appeler sur place.
""",
        ),
        "release": StepText(
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
        "save-the-date": StepText(
            "À noter – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

Réservez le {{ event.date }}. L’invitation et le programme suivront.

À compléter : le sujet, en deux phrases.
""",
        ),
        "kit": StepText(
            "Dossier de presse – {{ campaign.title }}",
            "",
            """\
{{ recipient.salutation }},

# {{ campaign.title }}

À compléter : ce que contient le dossier, et le lien pour le télécharger.
""",
        ),
        "follow-up": StepText(
            "Après la rencontre – {{ campaign.title }}",
            "Les documents et les images sont en ligne.",
            """\
{{ recipient.salutation }},

# {{ campaign.title }}

À compléter : ce qui s’est dit le {{ event.date }}, ce qu’il faut en retenir, et les liens vers
les documents et les images.
""",
        ),
        "correction": StepText(
            "Rectificatif – {{ campaign.title }}",
            "Annule et remplace notre précédent envoi",
            """\
# Rectificatif : {{ campaign.title }}

Notre envoi précédent contenait une erreur. À compléter : ce qui était écrit, et ce qu’il faut
lire. Le présent message annule et remplace le précédent.
""",
        ),
        "postponement": StepText(
            "REPORTÉ – {{ campaign.title }}",
            "L’événement n’aura pas lieu à la date annoncée",
            """\
# Reporté : {{ campaign.title }}

L’événement n’aura pas lieu à la date annoncée. À compléter : la raison, et ce que deviennent les
accréditations. Quand la nouvelle date est connue, inscrivez-la dans [event] et l’ancienne dans
[[corrections]] ; supprimez alors cette phrase.
""",
        ),
        "cancellation": StepText(
            "ANNULÉ – {{ campaign.title }}",
            "L’événement n’aura pas lieu",
            """\
# Annulé : {{ campaign.title }}

L’événement prévu le {{ event.date }} n’aura pas lieu. À compléter : la raison, et s’il y a lieu
la nouvelle date.
""",
        ),
    },
)
