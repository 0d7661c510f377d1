"""Tells what has ended: the mailbox, or something else.

"The user was removed" ends the user; "the user cancelled your subscription", "removed from the
newsletter" and "the message to this user was removed" end something else, and the mailbox lives.
"""

from __future__ import annotations

import re

from mailer.feedback.classify.grammar import bounce_grammar

_NEGATED = re.compile(r"(?<!\w)(?:not?|never|n'|ne|nicht|kein\w*|non|niet|nao|nie|ya)(?!\w)|n't")
_PASSIVE = re.compile(
    r"(?<!\w)(?:was|were|is|are|be|been|being|ete|est|sont|wurde|worden|ist|sind|fue|sido|esta|stat[oa]|e"
    r"|foi|werd|zosta\w{1,3}|byl\w?|ar|er|blev)(?: \w{1,20})?\W?$"
)
# Leaving has an object, and who closes an account closes the mailbox.
_LEAVES = re.compile(r"quit|left|depart|verlass|gekund|dej[oa]|lasci|abandon(?:o|ado)")
_OBJECT = re.compile(
    r" (?:your|our|its|his|her|the|this|consent|permission|votre|vos|son|sa|ses|l'|la|le|les|ihren?|seinen?"
    r"|su(?! richiesta)|sus|tu|la vostra|il vostro|uw|sua|seu)(?! ?\d)(?!\w)"
    r"(?! (?:\w+ )?(?:account|mail ?box|inbox|address|compte|boite|messagerie|adresse|konto|postfach|cuenta|buzon|correo|casella"
    r"|posta|conta|caixa|postvak))"
)
_OUT_OF = re.compile(
    r" (?:from|out of|des?|du|d'|aus|von|vom|dal|dalla|dai|del|della|da|van|uit)"
    r"(?: (?:the|our|your|this|active|la|le|l'|les|votre|vos|notre|nos|dem|der|den|el|il))* ?(?:[^\s.,;]{1,20} )?"
    r"(?:transactions?|messages?|newsletters?|mailings?|(?:mailing )?lists?|listes?|lista|queue|session|routing|bulk"
    r"|verteiler|nachricht|envois?|campaigns?|diffusion|boletin|groups?|envelope|enveloppe)(?!\w)"
)
# What a filter deletes, or the sender calls back, is a message.
_BY_A_FILTER = re.compile(
    r" (?:антивирус|фильтр)\w{0,3}(?!\w)| (?:by|from|par|vom?|durch|por|da|door)(?: (?:the|our|your|its|an?|l'|le|la|notre|votre|den|die|das|unseren?|el|il))?"
    r"[ '](?:\S{0,12}filt\w+|anti-?\w+|virus\w*|spam\w*|polic\w+|politique|richtlinie\w*|content|scanner|\w*scanner"
    r"|gateway|passerelle|firewall|security|securite|rules?|regle|dlp|sender|expediteur|absender|remitente|mittente)(?!\w)"
)
_OUT_OF_AND_END = re.compile(rf"(?:{_OUT_OF.pattern}) $")
"""The same in front of the word: "aus dem Newsletter entfernt"."""
# "Message to this user was deleted", "could not be delivered to her and was abandoned": what the
# predicate is about is our message.
_MAIL_TO = re.compile(
    r"(?:messages?|e-?mails?|deliver(?:y|ies|ed)?|sent|courriels?|courriers?|remise?|envoi|envoyee?"
    r"|nachricht(?:en)?|zustellung|zugestellt|ticket|case|request|connection|session|mensajes?|correos?|messaggi[o]?|mensagem|bericht|wiadomosc"
    r"|zprava|meddelandet?|meddelelsen?|besked)"
    r"(?: [^\s.,;:]{1,20})? (?:to|for|an|fur|pour|a|para|per|voor|aan|do|pro|till|til)"
    r"(?: (?:the|this|that|user|recipient|your|le|la|cet|cette|ce|den|diese[nm]?|este|questo|tego|tohoto))?"
    r"[ '\"<(]{1,3}$"
    r"|(?<!\w)(?:письм|сообщени|вложени)\w{1,3}(?: [^\s.,;:]{1,20}){0,2}[ '\"<(]{1,3}$"
)
_BECAUSE = re.compile(
    r"(?<!\w)(?:because|since|as|which|who|car|parce|qui|weil|da|porque|perche|omdat)(?!\w)"
)


# A closed mailbox may still be open to some: "the mailbox is closed; only members may write".
_CLOSED = re.compile(r"closed|ferme|geschlossen|cerrad|chius|geslot|fechad|encerrad")


def is_closed_to_some(text: str, start: int, end: int) -> bool:
    """Return whether the word of ending at this place is "closed", and the text also says to whom
    the mailbox is open.
    """
    return bool(_CLOSED.search(text, start, end)) and bool(bounce_grammar().closed.search(text))


def ends_something_else(text: str, start: int, end: int) -> bool:
    """Return whether the word of ending at this place of a folded text has an object of its own, or
    only takes the mailbox out of a message or a list.
    """
    if _NEGATED.search(text, start, end) or _LEAVES.search(text, start, end):
        return False
    if (
        _BY_A_FILTER.match(text, end)
        or _OUT_OF.match(text, end)
        or _OUT_OF_AND_END.search(text[max(0, start - 60) : start])
    ):
        return True
    before = text[max(0, start - 30) : end].rpartition(" ")[0]
    return _OBJECT.match(text, end) is not None and _PASSIVE.search(before) is None


def is_said_of_mail(left: str, noun: tuple[int, int]) -> bool:
    """Return whether a predicate behind the folded text `left`, whose last noun stands at `noun`, is
    said of a message to that noun.
    """
    return _MAIL_TO.search(left, 0, noun[0]) is not None and not _BECAUSE.search(left, noun[1])
