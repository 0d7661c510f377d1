"""Tells whom a sentence of an automatic reply is about: its writer, another person, or nobody.

A help desk that acknowledges a request quotes what others are told ("mailbox does not exist"), and
who is away writes of a colleague who has left, or has a successor who is on leave.
"""

from __future__ import annotations

import re

_QUOTATION = re.compile(r"[«\"“„][^«»\"“”„]{1,200}[»\"”“]")
_REQUEST = (
    r"\b(?:ticket|demande|requete|signalement|request|enquiry|inquiry|case|incident|anfrage|anliegen|vorgang"
    r"|solicitud|consulta|peticion|richiesta|segnalazione|aanvraag|verzoek|melding|pedido|solicitacao|chamado)\b"
)
_RECEIVED = (
    r"\b(?:recue?|enregistree?|prise? en (?:compte|charge)|ouverte?|creee?|received|opened|created|logged|registered"
    r"|eingegangen|erfasst|registriert|angelegt|erhalten|recibi\w+|registrad[oa]|abiert[oa]|cread[oa]|ricevut[oa]"
    r"|apert[oa]|registrat[oa]|ontvangen|geregistreerd|aangemaakt|recebid[oa]|recebemos|abert[oa])\b"
)
_ACKNOWLEDGEMENT = re.compile(
    rf"{_REQUEST}[^.!?]{{0,80}}?{_RECEIVED}|{_RECEIVED}[^.!?]{{0,80}}?{_REQUEST}"
    r"|\b(?:ticket|case|incident|dossier|vorgang) ?(?:id|no|nr|numero|nummer)?[ .:]{0,3}#? ?\d{2,}"
)
_ANOTHER = re.compile(
    r"\b(?:success(?:or|eurs?|rice)|replacements?|rempla[cs]ante?s?|nachfolger\w{0,3}|vertret(?:er|ung)\w{0,3}|suces[so]+r[ea]?s?"
    r"|sustitut[oa]|successor[ei]|sostitut[oa]|opvolg(?:er|ster)|vervang(?:er|ster)|substitut[oa]|sucessora?"
    r"|(?:prend|prendra|prennent|prendront|assure|assurera) (?:le relais|ma suite|la suite|l'interim)|(?:take|takes|will take|taking) over"
    r"|(?:replaces?|will replace) me|me (?:remplace|remplacera|succede|succedera)|ubernimmt|vertritt mich|me (?:sustituye|reemplaza)"
    r"|mi sostitui\w+|neemt (?:\w+ ){0,3}over|vervangt mij|substitui-me|accueil|reception|rezeption|recepcion"
    r"|standard|switchboard|secretariat|telefonzentrale|centralita|centralino|receptie"
    r"|(?:bureaux|buros|oficinas|uffici|kantoren|escritorios|offices) (?:sont|sind|estan|sono|zijn|estao|are))\b"
)
_ON_RETURN = re.compile(
    r"\b(?:a mon retour|des mon retour|on my return|(?:when|until|once) i(?:'m| am)? (?:return|back|get back)"
    r"|(?:bei|nach) meiner ruckkehr|a mi (?:regreso|vuelta)|al mio (?:rientro|ritorno)|(?:bij|na) mijn terugkeer"
    r"|n[oa] meu regresso|quando (?:eu )?(?:voltar|regressar)|quand je reviendrai|wenn ich zuruck)\b"
)

_FIRST_PERSON = re.compile(
    r"\b(?:i|i've|i'm|je|j'|m'|nous|we|ich|wir|ik|wij|yo|io|eu|me he|he (?:dejado|cambiado|causado)|deje|ya no trabajo|renuncie"
    r"|ho|mi sono|non lavoro|deixei|nao trabalho|reformei|my (?:contract|time|last|new)|mon contrat|mein vertrag)(?!\w)"
)
_OWN_ABSENCE = re.compile(
    r"\b(?:i am|i'm|i will be|i'll be|je suis|je serai|ich bin|ik ben|estoy|estare|sono|saro|estou|estarei)\b[^.!?]{0,40}?"
    r"\b(?:travell?ing|on (?:leave|holidays?|vacation|assignment|a shoot|the road)|away|out of (?:the )?office|(?:en|in) (?:conges?|vacances|deplacement"
    r"|reportage|tournage|mission)|absente?|im urlaub|auf (?:dienst)?reise|unterwegs|abwesend|op (?:reis|vakantie)|afwezig|met verlof"
    r"|de (?:viaje|vacaciones|baja|ferias)|fuera|ausente|in (?:ferie|viaggio|trasferta)|assente|fuori|em viagem)\b"
)


def is_first_person(sentence: str) -> bool:
    """Return whether the writer of a folded sentence speaks of themselves."""
    return bool(_FIRST_PERSON.search(sentence))


def is_own_absence(sentence: str) -> bool:
    """Return whether the writer of a folded sentence says that they are away."""
    return bool(_OWN_ABSENCE.search(sentence))


def without_quotations(folded: str) -> str:
    """Return a folded text without what stands between quotation marks: it is said of others."""
    return _QUOTATION.sub(" ", folded)


def is_acknowledgement(folded: str) -> bool:
    """Return whether a help desk acknowledges a request, which says nothing of any mailbox."""
    return bool(_ACKNOWLEDGEMENT.search(folded))


def is_about_another(sentence: str) -> bool:
    """Return whether a folded sentence is about a successor, a replacement or an office."""
    return bool(_ANOTHER.search(sentence))


def says_return(folded: str) -> bool:
    """Return whether the writer speaks of coming back, whenever that is."""
    return bool(_ON_RETURN.search(folded))
