"""Recognise what a relay says of our login, our account, our quota and what we may send.

It says so at any phase, with any code, and usually where a recipient is named. English, French and
German; compared in lower case and without accents (`plain_text`).
"""

from __future__ import annotations

import re
from functools import cache

# A recipient who takes mail from some people only, or whose own limit it is.
_RECIPIENT = (
    r"(?:recipient(?:'s)?|mail ?box|inbox|addressee|(?:distribution )?(?:list|group)|member"
    r"|destinataire|boite(?: aux lettres| de reception)?|liste|groupe"
    r"|empfanger|postfach|verteiler(?:liste)?|gruppe|mailingliste)"
)
_NOT = r"\b(?:not|n't|nicht|pas|keine?)\b(?:[^.;]|\.(?=\S)){0,60}"
_THIS = r"(?:this|that|these|the|ce|cet|cette|ces|la|le|votre|diese[nmrs]?|den|die)"
_CLOSED_TO_SOME = (
    (
        rf"\b{_RECIPIENT}\b(?!(?:[^.;:]|\.(?=\S)){{0,20}}(?:address )?rejected)(?:[^.;:]|\.(?=\S)){{0,40}}\b(?:accepts?|only|requires?|restricted|configured"
        r"|limited to|allows|n'accepte|accepte|exige|reservee?|nimmt|akzeptiert|verlangt|erfordert|erlaubt)\b"
    ),
    r"\bresolver\.rst\b|\bsender ?not ?authenticated|\b5\.7\.1(?:2[49]|3[346])\b",
    rf"{_NOT} (?:to|a|an) {_THIS} (?:\w+ )?(?:{_RECIPIENT}|person|user|users|address|adresse|contact|personne)\b",
    rf"{_NOT} (?:for|by|pour|par|fur|von) {_THIS} (?:\w+ )?(?:recipient|list|group|destinataire|liste|groupe|empfanger|verteiler|gruppe)\b",
)
# Said of a blocklist, or of relaying, a list or a recipient decides nothing.
_OF_A_RELAY = (
    r"\brelay|\brelais\b|\b(?:block|black|deny)[ -]?list|\bblocked using\b|\b(?:rbl|dnsbl)\b",
)
_OF_A_MAILBOX = (
    (
        r"\b(?:recipient(?! (?:limit|rate|quota))|mail ?box|inbox|addressee|destinataire|boite|postfach|speicher\w*|storage|disk"
        r"|space|espace|quota of the user|receiving|receives?|incoming|inbound|recoit|recus|reception"
        r"|entrants?|eingehende\w*|empfang|empfangt|(?:des|der|dem|den|dieser|dieses|ihres) empfangers?)\b"
        r"|\b[45]\.2\.[12]\b"
    ),
)

_LOGIN = (
    r"auth(?:entication|orization)? (?:is )?(?:required|needed|mandatory|necessary)",
    r"(?:requires?|required|needs?) (?:smtp )?(?:auth|authentication|authorization|login)",
    r"(?:please|must|need to|have to|should)(?: be)?(?: first)? authenticated?",
    r"authenticate (?:first|before|yourself|to (?:send|relay|use))",
    r"(?:not|n't|without being) (?:yet )?(?:been )?(?:authenticated|logged in|signed in)",
    r"(?:please|must|need to|have to)(?: first)? (?:log|sign)[ -]?in",
    r"log[ -]?in (?:is )?required|no authentication|without authentication|unauthenticated (?:relay|user|client|sen)",
    r"(?:issue|use) (?:a )?starttls|(?:smtp )?auth first|invalid credentials",
    r"(?:authentification|identification|connexion) (?:smtp )?(?:est )?(?:requise|obligatoire|necessaire|demandee|exigee|manquante)",
    r"(?:s'|vous )(?:authentifier|identifier)|(?:authentifiez|identifiez|connectez)-vous",
    r"(?:pas|non|n'etes pas) (?:encore )?(?:authentifiee?|identifiee?|connectee?)",
    r"sans (?:authentification|s'etre authentifie)",
    r"authentifizierung (?:ist )?(?:erforderlich|notwendig|notig|benotigt|fehlt)",
    r"(?:anmeldung|login|authentisierung)(?: am server)? (?:ist )?(?:erforderlich|notwendig|notig|fehlt)",
    r"(?:bitte|mussen sie sich|mussen sich|sie sich)(?: zuerst| erst| zunachst)?(?: am server)? (?:authentifizieren|anmelden|einloggen)",
    r"(?:authentifizieren|melden|loggen) sie sich",
    r"(?:nicht|ohne) (?:authentifiziert|angemeldet|eingeloggt|authentifizierung|anmeldung)",
)
# What is ours: "your account", and not "your recipient's account".
_YOUR = (
    r"\byour (?:(?!message|e?-?mail to|to |recip|contact|corresp|address|friend)[\w.'-]+ ){0,3}?"
    r"(?:accounts?|mail ?box|user|domain|ip|ip address|server|host|service|subscription|plan|access|credentials"
    r"|hosting|package|sender|login)\b"
)
_VOTRE = (
    r"\b(?:votre|vos) (?:(?!message|destinataire|correspondant|contact)[\w.'-]+ ){0,2}?"
    r"(?:comptes?|abonnement|boite|offre|service|serveur|domaine|ip|acces|forfait|hebergement|expediteur)\b"
)
_IHR = (
    r"\b(?:ihre?[mnrs]?|ihres) (?:(?!nachricht|empfanger|kontakt)[\w.'-]+ ){0,2}?"
    r"(?:[\w-]*kontos?|[\w-]*accounts?|postfach|zugang|tarif|vertrag|server|domain|absender\w*|benutzer\w*|paket)\b"
)
_STOPPED = (
    r"(?:suspended|disabled|blocked|limited|locked|restricted|deactivated|closed|expired|on hold|frozen"
    r"|terminated|compromised|banned|inactive|unpaid|revoked|cancell?ed|quarantined"
    r"|not (?:been )?(?:allowed|permitted|authori[sz]ed|enabled|active|activated|verified|confirmed))"
)
_ARRETE = (
    r"(?:suspendue?s?|bloquee?s?|desactivee?s?|limitee?s?|restreinte?s?|verrouillee?s?|fermee?s?|expiree?s?"
    r"|resiliee?s?|gelee?s?|pas (?:encore )?(?:autorisee?|active|activee|verifie|habilitee?)|pas le droit)"
)
_GESPERRT = (
    r"(?:gesperrt|deaktiviert|eingeschrankt|blockiert|beschrankt|abgelaufen|geschlossen|stillgelegt"
    r"|gekundigt|nicht (?:berechtigt|freigeschaltet|aktiv|aktiviert|verifiziert|bestatigt))"
)
_ACCOUNT = (
    rf"{_YOUR}(?:[^.;]|\.(?=\S)){{0,60}}\b{_STOPPED}\b",
    rf"\b{_STOPPED}\b (?:for|on|in) your (?:\w+ ){{0,2}}(?:account|plan|subscription)\b",
    rf"\b(?:sending|sender(?:'s)?|smtp|submission|originating|outgoing|outbound|customer) (?:mail )?(?:accounts?|privileges?|rights?|service|access)\b(?:[^.;]|\.(?=\S)){{0,30}}\b{_STOPPED}\b",
    r"\b(?:spam|abuse|abusive|unusual)\b(?:[^.;]|\.(?=\S)){0,40} from your (?:account|server|domain)\b",
    rf"\b{_STOPPED}\b (?:for|from) (?:sending|outgoing|outbound)\b",
    rf"\b(?:sending|outgoing|outbound)(?: (?:of )?(?:mails?|e-?mails?|messages?|smtp))?(?: from \S+(?: (?:account|address|domain))?)? (?:is |are |was |has been |have been ){{0,2}}{_STOPPED}\b",
    rf"{_VOTRE}(?:[^.;]|\.(?=\S)){{0,60}}\b{_ARRETE}(?:$|\W)",
    rf"\b(?:compte|adresse|droits?|service|serveur) (?:de l'|d'|des? |smtp )?(?:expediteur|emetteur|emission|envois?|expedition|client)\b(?:[^.;]|\.(?=\S)){{0,40}}\b{_ARRETE}(?:$|\W)",
    r"\benvois?(?: de (?:messages|courriels|mails))?(?: (?:est|sont|vous est|a ete|ont ete))? (?:interdits?|suspendus?|bloques?|desactives?)\b(?! (?:a|vers|pour) \w+ (?:destinataires?|adresses?|boites?)\b)",
    rf"{_IHR}(?:[^.;]|\.(?=\S)){{0,60}}\b{_GESPERRT}\b",
    rf"\b(?:versand|absender|sende|smtp|kunden)-?(?:konto|account|zugang|berechtigung)\b(?:[^.;]|\.(?=\S)){{0,40}}\b{_GESPERRT}\b",
    rf"\b(?:\w*versand|senden|versenden)(?: (?:von|fur) (?:[^.;]|\.(?=\S)){{1,40}}?)? (?:ist |wurde |wurden |sind )?(?:derzeit |vorubergehend )?(?:{_GESPERRT}|gestoppt|nicht (?:erlaubt|gestattet|zulassig)|untersagt|verboten)\b",
)
_SENDING = r"(?:send(?:ing)?|sent|outgoing|outbound|submission|relay(?:ing)?|smtp|throughput)"
_PERIOD = r"(?:hourly|daily|weekly|monthly|(?:per|an|a|each|every|/)[ -]?(?:second|minute|hour|day|month)|24[ -]?hours?)"
_BOUND = r"(?:limit(?:ation)?s?|quotas?|rates?|allowance|cap|maximum)"
_PASSED = r"(?:exceed(?:ed|s|ing)?|reached|used up|exhausted|hit|over|spent|consumed)"
_ERREICHT = r"(?:erreicht|uberschritten|ausgeschopft|aufgebraucht|erschopft|verbraucht)"
_GRENZE = (
    r"(?:limits?|kontingente?s?|quotas?|grenze|begrenzung|obergrenze|volumen|hochstzahl|anzahl)"
)
_LIMITE = r"(?:limites?|quotas?|plafonds?|nombre|cadence|debit)"
_ATTEINT = r"(?:atteinte?s?|depassee?s?|epuisee?s?|excedee?s?|consommee?s?)"
_QUOTA = (
    rf"\b(?:{_SENDING}|{_PERIOD}|messages?|recipients) (?:[\w@.-]+ ){{0,3}}{_BOUND}\b(?:[^.;]|\.(?=\S)){{0,60}}\b{_PASSED}\b",
    rf"\b{_BOUND} (?:of|for|on) (?:\S+ ){{0,3}}(?:{_SENDING}|messages|recipients|mails|e-?mails)\b(?:[^.;]|\.(?=\S)){{0,60}}\b{_PASSED}\b",
    rf"\b{_PASSED}\b(?:[^.;]|\.(?=\S)){{0,60}}\b(?:{_SENDING}|{_PERIOD})\b(?:[^.;]|\.(?=\S)){{0,30}}\b{_BOUND}\b",
    rf"\b{_PASSED}\b(?:[^.;]|\.(?=\S)){{0,50}}\b{_BOUND}\b(?:[^.;]|\.(?=\S)){{0,40}}(?:\b(?:{_SENDING}|messages|recipients|mails|e-?mails)\b|{_PERIOD})",
    rf"\b(?:messages|mails|e-?mails|recipients)\b(?: sent| submitted)? {_PERIOD}",
    rf"\btoo many (?:messages|mails|e-?mails|recipients)\b(?:[^.;]|\.(?=\S)){{0,30}}(?:\b(?:sent|today)\b|{_PERIOD}|\bfrom your\b)",
    rf"{_YOUR}(?:[^.;]|\.(?=\S)){{0,40}}\b{_PASSED}\b|\byou (?:have |'ve )?{_PASSED}\b(?:[^.;]|\.(?=\S)){{0,60}}\b{_BOUND}\b",
    r"\bcredits? d'envois?\b(?:[^.;]|\.(?=\S)){0,30}\bepuise|\bcredits? (?:ist |wurde |est |are |is )?(?:aufgebraucht|epuise|used up)",
    r"\b(?:no|not enough|insufficient|out of|zero) (?:\w+ )?credits?\b",
    rf"\b{_LIMITE} (?:\S+ ){{0,4}}?(?:d'envois?|d'emission|de (?:messages|mails|courriels|courriers|debit)|d'e-?mails|horaires?|quotidien(?:ne)?s?|journali(?:er|ere)s?|mensuel(?:le)?s?|par (?:heure|jour|minute|mois)|sortants?)(?:\W|$)(?:[^.;]|\.(?=\S)){{0,60}}\b{_ATTEINT}(?:\W|$)",
    rf"\b(?:quotidien(?:ne)?|journali(?:er|ere)|horaire|mensuel(?:le)?) (?:\S+ ){{0,2}}{_LIMITE}\b(?:[^.;]|\.(?=\S)){{0,60}}\b{_ATTEINT}",
    rf"\bvous avez (?:deja )?(?:{_ATTEINT})(?:[^.;]|\.(?=\S)){{0,60}}\b{_LIMITE}\b|{_VOTRE}(?:[^.;]|\.(?=\S)){{0,40}}\ba {_ATTEINT}",
    rf"\b(?:votre|vos) {_LIMITE}\b",
    r"\btrop de (?:messages|mails|courriels|courriers|destinataires)\b(?:[^.;]|\.(?=\S)){0,30}\b(?:envoyes|par (?:heure|jour|minute)|aujourd'hui)",
    rf"\b(?:stundliche|tagliche|monatliche|tages|stunden|minuten|monats|versand|sende|nachrichten|mail)[rsnm]?-?(?: ?\w+ ?){{0,2}}?{_GRENZE}\b(?:[^.;]|\.(?=\S)){{0,60}}\b{_ERREICHT}\b",
    rf"\b{_GRENZE}\b(?:[^.;]|\.(?=\S)){{0,40}}\bpro (?:stunde|tag|minute|monat)\b(?:[^.;]|\.(?=\S)){{0,40}}\b{_ERREICHT}\b",
    rf"\b{_GRENZE} (?:von|fur|der|an|an den) (?:[^.;]|\.(?=\S)){{0,40}}\b(?:nachrichten|mails|e-mails|versand)\b(?:[^.;]|\.(?=\S)){{0,40}}\b{_ERREICHT}\b",
    r"\bzu viele (?:nachrichten|mails|e-mails|empfanger)\b(?:[^.;]|\.(?=\S)){0,30}\b(?:versendet|gesendet|verschickt|pro (?:stunde|tag|minute))\b",
)
_NOT_ALLOWED = (
    (
        r"\b(?:you|sender|user|client|account|customer|host|ip|domain|address|login)\b(?:[^.;:]|\.(?=\S)){0,60}(?:\bnot|n't|\bno longer) (?:been |have )?(?:allowed|permitted|authori[sz]ed|entitled|enabled|permissions?|the right)"
        r" (?:to (?:send|relay|submit|mail|e-?mail|use)|for (?:sending|relay))\b"
    ),
    r"\b(?:sending|relaying|submission)(?: mail| messages)? (?:is )?not (?:allowed|permitted|enabled|authori[sz]ed)\b",
    r"\b(?:not (?:allowed|permitted|authori[sz]ed)|no permissions?|cannot|may not) to? ?send (?:mail |e-?mail |messages )?(?:as|from|on behalf|using)\b",
    r"\b(?:vous|expediteur|emetteur|compte|utilisateur|client|domaine|adresse)\b(?:[^.;:]|\.(?=\S)){0,50}\b(?:pas|plus) (?:autorisee?|habilitee?|le droit|la permission|l'autorisation)s? (?:a|d'|de) ?(?:envoyer|emettre|expedier|l'envoi|relayer|utiliser|poster)",
    r"\b(?:sender|client|relaying) (?:is )?not (?:allowed|permitted|authori[sz]ed)\b|\bnot (?:allowed|permitted) to relay\b",
    r"\b(?:expediteur|emetteur)\b(?:[^.;]|\.(?=\S)){0,20} (?:non|pas|n'est pas) autorise|\b(?:envoi|emission|relais) (?:non|pas|n'est pas) (?:autorise|permis)",
    r"\b(?:sie|absender\w*|benutzer\w*|konto|nutzer|kunde|domain|server)\b(?:[^.;:]|\.(?=\S)){0,60}\b(?:nicht|keine?)\b(?:[^.;:]|\.(?=\S)){0,40}\b(?:\w*senden|\w*versand\w*|verschicken|sendeberechtigung|senderechte?)\b",
    r"\bkeine? (?:versand|sendeberechtigung|senderechte?)\b",
    r"\b(?:absender\w*|benutzer\w*|nutzer|client) (?:ist |wird )?nicht (?:zugelassen|berechtigt|erlaubt|autorisiert|freigeschaltet)",
)


_SURELY_OURS = (
    rf"\b(?:sending|outgoing|outbound|submission)\b|{_YOUR}|{_VOTRE}|{_IHR}|envoi|versand",
)


@cache  # compiling them takes long, and few mailings meet a refusal
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def is_about_our_account(text: str) -> bool:
    """Return whether a refusal is about us as a sender, and not about the recipient."""
    if is_closed_to_some(text):
        return False
    if any(_any(patterns).search(text) for patterns in (_LOGIN, _ACCOUNT, _NOT_ALLOWED)):
        return True
    return bool(_any(_QUOTA).search(text)) and not _is_of_a_mailbox(text)


def is_closed_to_some(text: str) -> bool:
    """Return whether a recipient takes mail, but not ours: from members or colleagues alone."""
    return bool(_any(_CLOSED_TO_SOME).search(text)) and not _any(_OF_A_RELAY).search(text)


def _is_of_a_mailbox(text: str) -> bool:
    return bool(_any(_OF_A_MAILBOX).search(text)) and not _any(_SURELY_OURS).search(text)
