"""The words of refusal of all languages, joined and compiled.

A contact list is in any language, and programs export English headers to everybody, so the words
of all languages are always looked for.
"""

from __future__ import annotations

import re

from mailer.languages import LANGUAGES
from mailer.languages.language import RefusalWords

_OTHERS = (
    RefusalWords(  # German
        refusal_headers=r"abgemeldet\w*|abmeldung|nicht kontaktieren|gesperrt|widerspruch|austritt",
        consent_headers=r"einwilligung|zustimmung|angemeldet|darf kontaktiert werden|newsletter ja",
        refused_phrases=(
            r"(?:nicht|nie|keinesfalls)(?: mehr)? (?:kontaktieren|anschreiben|schreiben|mailen)"
            r"|keine (?:weiteren )?(?:e ?mails?|mails?|newsletter|werbung)|abgemeldet|widersprochen"
            r"|widerspruch|von der liste (?:nehmen|streichen)"
        ),
        refused_statuses="nein|gesperrt|geloscht|abgelehnt",
        left_phrases=r"verstorben|nicht mehr (?:bei|im|dort|tatig)|im ruhestand|ausgeschieden",
        yes=("ja", "j", "wahr", "zugestimmt"),
        subscribed=("angemeldet", "aktiv"),
        negations="nicht|nie|niemals|ohne|noch nicht",
        old_sheets="archiv|alt|alte|veraltet",
    ),
    RefusalWords(  # Spanish
        refusal_headers=r"baja|fecha de baja|no contactar|lista negra|cancelad[oa]",
        consent_headers=r"consentimiento|acepta(?: \w+){0,2} (?:correos?|mails?|emails?)|suscrit[oa]",
        refused_phrases=(
            r"no (?:volver a )?(?:contactar|escribir|enviar|mandar|recibir)|dad[oa] de baja|de baja"
            r"|no (?:desea|quiere|acepta)(?: \w+)? recibir|lista negra|cancelo (?:la|su) suscripcion"
            r"|no quiere (?:mas )?(?:correos?|mails?)"
        ),
        refused_statuses="baja|rechazad[oa]|cancelad[oa]|bloquead[oa]",
        left_phrases=r"fallecid[oa]|jubil\w+|ya no trabaja|dejo (?:el|la)",
        yes=("si", "s", "verdadero", "acepta", "aceptado"),
        subscribed=("suscrito", "suscrita", "alta", "activo"),
        negations="no|nunca|sin",
        old_sheets="archivo|antigu[oa]s?|viej[oa]s?",
    ),
    RefusalWords(  # Italian
        refusal_headers=r"disiscritt[oi]\w*|disiscrizione|cancellat[oi]|non contattare|lista nera",
        consent_headers=r"consenso|accetta(?: \w+){0,2} (?:mail|email|comunicazioni)|iscritt[oa]",
        refused_phrases=(
            r"non (?:piu )?(?:contattare|scrivere|inviare|mandare|ricevere)|disiscritt[oai]|disiscrizione"
            r"|non (?:vuole|desidera)(?: piu)?(?: \w+)? (?:ricevere|mail|email|essere)|lista nera"
        ),
        refused_statuses="cancellat[oa]|rifiutat[oa]|bloccat[oa]|rifiuto",
        left_phrases=r"decedut[oa]|in pensione|pensionat[oa]|non lavora piu",
        yes=("si", "vero", "accetta"),
        subscribed=("iscritto", "iscritta", "attivo"),
        negations="non|mai|senza",
        old_sheets="archivio|vecchi[oae]?",
    ),
    RefusalWords(  # Dutch
        refusal_headers=r"uitgeschreven\w*|uitschrijving|afgemeld\w*|niet (?:contacteren|mailen)",
        consent_headers=r"toestemming|ingeschreven|aangemeld",
        refused_phrases=(
            r"niet (?:meer )?(?:contacteren|mailen|aanschrijven|benaderen)|uitgeschreven|afgemeld"
            r"|geen (?:e ?mails?|mails?|nieuwsbrief)"
        ),
        refused_statuses="nee|geblokkeerd|verwijderd",
        left_phrases=r"overleden|met pensioen|werkt (?:hier |daar )?niet meer",
        yes=("ja", "waar"),
        subscribed=("ingeschreven", "aangemeld", "actief"),
        negations="niet|nooit",
        old_sheets="archief|oude?",
    ),
    RefusalWords(  # Portuguese
        refusal_headers=r"descadastrad[oa]|cancelad[oa]|nao contatar|nao contactar|lista negra",
        consent_headers=r"consentimento|inscrit[oa]|aceita (?:e ?mails?|mensagens)",
        refused_phrases=(
            r"nao (?:contatar|contactar|enviar|escrever|receber)(?: mais)?|descadastrad[oa]|lista negra"
            r"|nao (?:quer|deseja)(?: mais)? receber"
        ),
        refused_statuses="nao|removid[oa]|bloquead[oa]",
        left_phrases=r"falecid[oa]|aposentad[oa]|nao trabalha mais",
        yes=("sim", "verdadeiro"),
        subscribed=("inscrito", "inscrita", "ativo"),
        negations="nao|nunca",
        old_sheets="arquivo|antig[oa]s?",
    ),
)
"""Languages of contact lists, though no texts exist in them yet."""

_WORDS = (*(each.contact_lists.refusals for each in LANGUAGES if each.contact_lists), *_OTHERS)


def pattern(part: str) -> str:
    """Return a part of `RefusalWords` of all languages as one regular expression."""
    return "|".join(filter(None, (getattr(words, part) for words in _WORDS))) or "(?!)"


def anywhere(*parts: str) -> re.Pattern[str]:
    """Compile parts of `RefusalWords` to be found between word boundaries."""
    return re.compile(rf"\b(?:{'|'.join(map(pattern, parts))})(?!\w)")


def whole(*parts: str) -> re.Pattern[str]:
    """Compile parts of `RefusalWords` to match a whole text, with a date or a source after it."""
    after = r"(?: (?:le|la|depuis|du|en|on|since|from|par|by|at|a|de|am|il|el)\b.*| \d.*)?"
    return re.compile(rf"(?:{'|'.join(map(pattern, parts))}){after}")


def words(part: str) -> frozenset[str]:
    """Return the single words of a part of `RefusalWords`, in all languages."""
    return frozenset(word for each in _WORDS for word in getattr(each, part))


NO = frozenset(
    {
        *(word for each in LANGUAGES if each.contact_lists for word in each.contact_lists.no),
        *("f", "off", "jamais", "never", "nein", "falsch", "nee", "falso", "nao", "0 0"),
    }
)
"""How a cell says no, folded."""

NOTHING = frozenset(
    {
        *("", "none", "null", "nil", "nan", "n a", "na", "nd", "nr", "neant", "ras", "blank"),
        *("aucun", "aucune", "not set", "unset", "sans objet", "not applicable", "vide"),
        *("non renseigne", "non communique", "undefined", "empty", "sans"),
    }
)
"""How a cell says that it holds nothing, folded."""
