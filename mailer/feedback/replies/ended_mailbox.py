"""Tells from an automatic reply that a mailbox is closed for good, or that nobody reads it.

Both say where to write instead of the person: "this inbox is now closed", "cette boîte n'est pas
relevée". A mailbox that is closed or unread for a while lives, and so does another thing that is
closed: a ticket, the office.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class _MailboxWords(NamedTuple):
    """What one language says of a mailbox; expressions over folded text."""

    noun: str
    closed: str
    """Said behind the noun: "is now closed"."""
    unread: str
    """Said behind the noun: "is not monitored"."""
    whole: str
    """With the mailbox in it: "unmonitored mailbox", "nobody reads this address"."""


_ENGLISH = _MailboxWords(
    noun=r"mail ?box|inbox|(?:e-?mail )?(?:address|account)",
    closed=(
        r"(?:is|was|(?:has|have)(?: \w+)? been)(?: \w+)? (?:closed|shut(?: down)?|retired|decommissioned|discontinued"
        r"|deactivated|deleted|obsolete|defunct|abandoned|withdrawn|replaced|taken (?:offline|out of (?:use|service)))|(?:has|have)(?: \w+)? (?:ceased|lapsed)|(?:is|are) not in use|do(?:es)?(?: not|n't) exist|(?:no longer|ceases to) exists?"
    ),
    unread=(
        r"(?:(?:is|are|was)(?: not|n't)|will not be|won't be|is never|is no longer(?: being)?)(?: \w+)?"
        r" (?:monitored|checked|read|attended|reviewed|staffed|manned|watched|looked after|in use)|is (?:unmonitored|unattended|unmanned)"
    ),
    whole=(
        r"(?:unmonitored|unattended|unmanned|(?:send|outgoing)[- ]only) {noun}|(?:we|i) (?:no longer|don't|do not) (?:check|monitor|read) (?:this|the|our) {noun}|(?:has|have)(?: \w+)? closed (?:this|the|our) (?:[\w-]+ )?{noun}"
        r"|(?:nobody|no ?one) (?:\w+ )?(?:reads|checks|monitors|looks after|looks at) (?:this|the|our) (?:\w+ )?{noun}"
        r"|(?:messages?|mails?|e-?mails?) (?:sent |written )?to this {noun} (?:is|are|will)(?: not|n't) (?:be )?(?:read|monitored|seen)"
    ),
)
_FRENCH = _MailboxWords(
    noun=(
        r"boite(?: aux lettres| mail| e-?mail| de (?:messagerie|reception|courriel))?|bal|messagerie"
        r"|adresse(?: e-?mail| mail| electronique| de courriel)?|compte"
    ),
    closed=(
        r"(?:est|a ete|sera)(?: \w+)? (?:fermee?|close?|cloturee?|desactivee?|supprimee?|inactive|inactif|abandonnee?"
        r"|obsolete|hors service|remplacee? par)|ne fonctionne(?:ra)? plus|a(?: \w+)? cesse d'(?:exister|etre)|n'existe(?:ra)? (?:pas|plus)"
    ),
    unread=(
        r"n'est(?: \w+)? (?:pas|plus|jamais|ni)(?: \w+)? (?:lue?|relevee?|consultee?|surveillee?|suivie?|geree?|utilisee?|active?)"
        r"|n'est (?:lue?|relevee?|consultee?|surveillee?) par personne"
    ),
    whole=(
        r"personne ne (?:lit|consulte|releve|surveille)(?: plus)? (?:cette|ce|la) {noun}|fermeture (?:definitive )?de (?:cette|ce) {noun}"
        r"|(?:messages?|mails?|e-?mails?|courriels?) (?:\w+ )?a cette {noun} ne (?:sont|seront) (?:pas|plus)(?: \w+)? (?:lus|traites|releves|consultes)"
    ),
)
_GERMAN = _MailboxWords(
    noun=r"(?:e-?mail-?)?(?:postfach|adresse|konto)|mailbox|mailadresse|mailkonto",
    closed=(
        r"(?:ist|wurde|wird)(?: [^\s.!?]+){0,4} (?:geschlossen|stillgelegt|aufgelost|abgeschaltet|geloscht|deaktiviert|veraltet|erloschen|aufgehoben|aufgegeben|ungultig)|existiert nicht|gibt es nicht mehr"
    ),
    unread=(
        r"(?:(?:wird|ist)(?: \w+){0,2} )?(?:nicht|nie)(?: mehr)? (?:uberwacht|gelesen|betreut|abgerufen|bearbeitet"
        r"|kontrolliert|besetzt|in (?:gebrauch|benutzung|betrieb))|wird von niemand\w{0,2} (?:mehr )?(?:gelesen|betreut|abgerufen)"
    ),
    whole=(
        r"niemand (?:\w+ )?(?:liest|uberwacht|betreut) (?:dieses|diese|das|die) {noun}"
        r"|unter diese[rm] {noun} [^.!?]{0,30}nicht mehr (?:erreichbar|zu erreichen)"
    ),
)
_SPANISH = _MailboxWords(
    noun=r"buzon|cuenta(?: de correo)?|direccion(?: de correo)?|casilla|correo",
    closed=(
        r"(?:esta|ha sido|ha quedado|fue|se ha)(?: \w+)? (?:cerrad[oa]|dad[oa] de baja|desactivad[oa]|eliminad[oa]|cancelad[oa])|ha dejado de (?:existir|funcionar|estar|ser)|ya no existe"
    ),
    unread=(
        r"no (?:esta|es|se)(?: \w+)? (?:supervisad[oa]|atendid[oa]|monitoread[oa]|monitorizad[oa]|revisad[oa]|revisa|lee"
        r"|atiende|supervisa|consulta)"
    ),
    whole=r"nadie (?:lee|revisa|atiende|consulta) (?:este|esta) {noun}",
)
_ITALIAN = _MailboxWords(
    noun=r"casella(?: di posta| e-?mail)?|indirizzo|account|mailbox",
    closed=(
        r"(?:e|e stat[oa]|verra|sara)(?: \w+)? (?:chius[oa]|disattivat[oa]|dismess[oa]|soppress[oa]|eliminat[oa]|cessat[oa])|ha cessato|non esiste(?: piu)?"
    ),
    unread=(
        r"non (?:e|viene|sara)(?: \w+)? (?:presidiat[oa]|monitorat[oa]|lett[oa]|controllat[oa]|consultat[oa])"
    ),
    whole=r"nessuno (?:legge|controlla|consulta)(?: piu)? (?:quest[oa]|la|l') ?{noun}",
)
_DUTCH = _MailboxWords(
    noun=r"mailbox|postvak|inbox|(?:e-?)?mailadres|adres|account",
    closed=(
        r"(?:is|wordt|werd)(?: \w+){0,2} (?:gesloten|opgeheven|afgesloten|verwijderd|gedeactiveerd|opgezegd|vervallen)|bestaat niet|houdt op te bestaan"
    ),
    unread=(
        r"(?:wordt|is) niet(?: meer| langer)? (?:gelezen|gemonitord|bekeken|gecontroleerd|beheerd|bemand|gebruikt)"
    ),
    whole=r"niemand leest (?:deze|dit) {noun}",
)
_PORTUGUESE = _MailboxWords(
    noun=r"caixa(?: de correio| postal| de entrada)?|endereco(?: de e-?mail)?|conta|e-?mail",
    closed=(
        r"(?:foi|esta|sera)(?: \w+)? (?:encerrad[oa]|desativad[oa]|desactivad[oa]|fechad[oa]|eliminad[oa]|cancelad[oa])|deixou de (?:existir|funcionar|estar|ser)|(?:ja )?nao existe(?: mais)?"
    ),
    unread=(
        r"nao (?:e|esta|sera)(?: \w+)? (?:monitorad[oa]|monitorizad[oa]|lid[oa]|verificad[oa]|consultad[oa])"
    ),
    whole=r"ninguem (?:le|consulta|verifica) (?:este|esta) {noun}",
)
_LANGUAGES = (_ENGLISH, _FRENCH, _GERMAN, _SPANISH, _ITALIAN, _DUTCH, _PORTUGUESE)
# "Your account is closed" is about ours; "not monitored at weekends" ends on Monday.
_OURS = r"(?<!for the )(?<!for an )(?<!your )(?<!votre )(?<!ihr )(?<!ihre )(?<!ihrem )(?<!uw )(?<!seu )(?<!sua )(?<!vostro )(?<!tuo )"
_GAP = r"(?:[^.!?;,]|\.(?=\S)|(?<=\b\w)\.)"
_FOR_A_WHILE = re.compile(
    r"\b(?:until|till|jusqu\w*|bis|hasta|fino|tot|ate|during|while|pendant|durant|wahrend|durante|tijdens|enquanto"
    r"|week-?ends?|weekenden?|wochenenden?|fin(?:es)? de semana|as (?:often|usual)|chaque jour|tous les jours|every day|daily|taglich|cada dia|fine settimana|fim de semana|(?:office|business|working|opening) hours"
    r"|heures?|uhr|holidays?|leave|vacation|conges?|vacances|urlaubs?|ferien|vacaciones|ferie|vakantie|ferias|today|tonight"
    r"|aujourd'hui|heute|hoy|oggi|vandaag|hoje|night|nuit|nachts|temporar\w*|provisoire\w*|momentane?\w*|vorubergehend"
    r"|temporal\w*|tijdelijk|between|entre|zwischen|maintenance|wartung|absen\w+|abwesen\w+|ausen\w+|assen\w+"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|lundis?|vendredis?|samedis?|dimanches?|(?:mon|diens|donners|frei|sams|sonn)tags?"
    r"|before|avant|vor|antes|prima|voor|back|retour|zuruck|regularly|regulierement|regelmassig|constantly|always|toujours)\b"
)

# Who is away writes of a mailbox that nobody reads meanwhile.
_AWAY = re.compile(
    r"\b(?:leave|vacation|holidays?|sick|ill|travel\w*|away|conges?|vacances|arret|maladie|malade|deplacement|formation|mission"
    r"|urlaubs?|krank\w*|elternzeit|mutterschutz|dienstreise|unterwegs|vacaciones|enferm\w+|viaje|ferie|malat\w+|viaggio"
    r"|vakantie|ziek\w*|reis|verlof|ferias|doente|viagem|absen\w+|abwesen\w+|ausen\w+|assen\w+|afwezig\w*)\b"
)


def _behind(name: str) -> re.Pattern[str]:
    each = (
        rf"{_OURS}\b(?:{words.noun})\b{_GAP}{{0,60}}? (?:{getattr(words, name)})\b"
        for words in _LANGUAGES
    )
    return re.compile("|".join(each))


_CLOSED = _behind("closed")
_UNREAD = re.compile(
    "|".join(
        (
            _behind("unread").pattern,
            *(
                rf"\b(?:{words.whole.replace('{noun}', f'(?:{words.noun})')})\b"
                for words in _LANGUAGES
            ),
        )
    )
)


def is_closed(sentence: str) -> bool:
    """Return whether a folded sentence says that the mailbox is closed, and not for a while."""
    return bool(_CLOSED.search(sentence)) and not _FOR_A_WHILE.search(sentence)


def is_read_by_nobody(sentences: Sequence[str]) -> bool:
    """Return whether one of the folded sentences says that nobody reads the mailbox, none of them of
    an absence, and not for a while.
    """
    is_unread = any(_UNREAD.search(each) and not _FOR_A_WHILE.search(each) for each in sentences)
    return is_unread and not any(map(_AWAY.search, sentences))
