"""French words for being let in as a journalist, and for having to ask."""

from __future__ import annotations

from mailer.languages.admission_words import AdmissionWords

MUST_ASK = (
    r"accréditation (?:est )?(?:obligatoire|nécessaire|requise|exigée|indispensable)|doivent être accrédité"
    r"|doi(?:t|vent) (?:impérativement |obligatoirement )?s[’']accréditer"
    r"|uniquement sur accréditation|sur accréditation (?:uniquement|seulement)|seuls les journalistes accrédités"
)
"""Says outright that nobody is let in without having asked."""

WORDS = AdmissionWords(
    press=r"(?:pré)?accrédit\w+|laissez-passer|coupe-file|brassards?|chasubles?|dossards?|pass[ -]presse|pass[ -]médias?|badges?",
    anybody=r"noms?|(?:pré-?)?inscri\w+|(?:pré-?)?enregistre\w+|s[’']annonc\w+|se signal\w+|se faire connaître|réserv(?:er|ez|ations?)|cartons?|invitations?|autorisations?|sésame|passe?|liste|gilets?|bracelets?",
    accreditation=(
        r"accréditations?|accréditée?s|laissez-passer|coupe-file|brassards?|badges? délivrée?s?"
    ),
    left_out=r"non[ -]accréditée?s?|sans (?:accréditation|badge|brassard|laissez-passer),? (?:on|nul|point)|pas de (?:noms?|badge|brassard|carton),? pas d[e’'] ?\w+",
    obliges=(
        r"obligatoires?|obligatoirement|doi(?:t|vent)|devr(?:a|ont|ez)|il faut|faudra|nécessaires?|requise?s?|exigée?s?|indispensables?|impérati\w+|uniquement|seulement|seule?s?|exclusivement|réservée?s?|limitée?s?|strictement"
        r"|merci de|prière de|veuillez|demand(?:er|ez|ée?s?)|préalable\w*|soumise?s?|condition\w*|sur(?= accréd| inscri| réserv| invit)|priée?s?|tenue?s?|invitée?s? à"
    ),
    denies=r"sans|aucune?|pas|ni|personne|nul(?:le)?|jamais|refusée?s?|interdite?s?|impossible",
    later=r"(?:la )?veille|avant-veille|\d+[ \u00a0](?:heures|jours)[ \u00a0](?:avant|à l[’']avance)|(?:deux|trois|quarante-huit|vingt-quatre)[ \u00a0](?:heures|jours)[ \u00a0](?:avant|à l[’']avance|ouvrés)",
    at_the_door=r"sur place|à l[’']entrée|à l[’']accueil|le jour même",
)
