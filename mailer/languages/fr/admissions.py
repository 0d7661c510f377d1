"""French words for being let in as a journalist, and for having to ask."""

from __future__ import annotations

PRESS_ADMISSION = r"(?:pré)?accrédit\w+|laissez-passer|coupe-file|brassards?|chasubles?|dossards?|pass[ -]presse|pass[ -]médias?|badges?"
"""What lets journalists in, and nobody else."""
ADMISSION = r"(?:pré-?)?inscri\w+|(?:pré-?)?enregistre\w+|s[’']annonc\w+|se signal\w+|se faire connaître|réserv(?:er|ez|ations?)|cartons?|invitations?|autorisations?|sésame|passe?|liste|gilets?|bracelets?"
"""What lets anybody in: it is for the press where the press is named beside it."""
OBLIGES = (
    r"obligatoires?|obligatoirement|doi(?:t|vent)|devr(?:a|ont|ez)|il faut|faudra|nécessaires?|requise?s?|exigée?s?|indispensables?|impérati\w+|uniquement|seulement|seule?s?|exclusivement|réservée?s?|limitée?s?|strictement"
    r"|merci de|prière de|veuillez|demand(?:er|ez|ée?s?)|préalable\w*|soumise?s?|condition\w*|sur(?= accréd| inscri| réserv| invit)|priée?s?|tenue?s?|invitée?s? à"
)
"""Says that somebody has to ask, or asks for it."""
DENIES = r"sans|aucune?|pas|ni|personne|nul(?:le)?|jamais|refusée?s?|interdite?s?|impossible"
ASKED_LATER = r"(?:la )?veille|avant-veille|\d+[ \u00a0](?:heures|jours)[ \u00a0](?:avant|à l[’']avance)|(?:deux|trois|quarante-huit|vingt-quatre)[ \u00a0](?:heures|jours)[ \u00a0](?:avant|à l[’']avance|ouvrés)|sur place|à l[’']entrée|à l[’']accueil|le jour même"
"""A limit without a date, or none: `la veille`, `sur place`."""
MUST_ASK = (
    r"accréditation (?:est )?(?:obligatoire|nécessaire|requise|exigée|indispensable)|doivent être accrédité"
    r"|doi(?:t|vent) (?:impérativement |obligatoirement )?s[’']accréditer"
    r"|uniquement sur accréditation|sur accréditation (?:uniquement|seulement)|seuls les journalistes accrédités"
)
"""Says outright that nobody is let in without having asked."""
