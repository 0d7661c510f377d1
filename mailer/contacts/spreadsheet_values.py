"""Recognises what spreadsheets leave in cells and no person typed: error values, dates, marks."""

from __future__ import annotations

import re

from mailer.contacts.folding import folded
from mailer.contacts.refusals.refusal_words import NO, NOTHING, words

_ERROR = re.compile(
    r"#(?:N/?[AVD]|REF!|BEZUG!|RIF!|¡REF!|VERW!|DIV/0!|VALUE!|VALEUR!|WERT!|VALORE!|¡VALOR!"
    r"|WAARDE!|NAME\?|NOM\s?\?|NOME\?|¿NOMBRE\?|NAAM\?|NULL!|NUL!|NULO!|NUM!|NOMBRE\s?!|ZAHL!"
    r"|¡NUM!|GETAL!|SPILL!|PROPAGATION!|CALC!|CALCUL!|FIELD!|CHAMP!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|GETTING_DATA|ERROR!|ERREUR!|#+)|#{2,}|Err:5\d\d|#MACRO\?",
    re.IGNORECASE,
)
"""Error values of Excel in several languages, of Google Sheets, and of LibreOffice."""

_MONTHS = (
    r"jan\w*|feb\w*|fev\w*|mar[sz]?|march|apr\w*|avr\w*|may|mai|june?|juin|july?|juil\w*|aug\w*"
    r"|aout|sept?\w*|oct\w*|okt\w*|nov\w*|dec\w*|dez\w*"
)
_DATE = re.compile(
    r"\d{4} \d{1,2} \d{1,2}(?: ?t?\d{1,2} \d{2}(?: \d{2})?)?|\d{1,2} \d{1,2} \d{2,4}"
    rf"|\d{{1,2}} (?:{_MONTHS})(?: \d{{2,4}})?|(?:{_MONTHS}) \d{{2,4}}|\d{{1,2}} \d{{2}} \d{{2}}"
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?|\d{2}:\d{2}:\d{2}")
_LETTER = re.compile(r"[^\W\d_]")
_NO_NAMES = frozenset(
    {
        *("oui", "vrai", "true", "false", "faux", "yes", "x", "xx", "xxx", "inconnu", "inconnue"),
        *("unknown", "anonyme", "anonymous", "a completer", "a renseigner", "a preciser", "tbc"),
        *("tbd", "todo", "n c", "n d", "nc", "nsp", "idem", "non precise", "non communique"),
        *("mail", "e mail", "email", "courriel", "mail pro", "mail perso", "adresse mail"),
        *("pas de nom", "sans nom", "no name", "nom", "prenom", "first name", "last name", "name"),
        *("test", "vide", "neant", "null", "nan", "none", "undefined", "fname", "lname"),
        *("non renseigne", "non renseignee", "empty", "blank", "n a", "ras", "aucun", "aucune"),
    }
)
_TRUTHS = frozenset({"oui", "non", "vrai", "faux", "true", "false"}) & (
    words("yes") | NO | {"faux", "false"}
)


def is_error(text: str) -> bool:
    """Return whether a cell holds an error value (`#N/A`, `#REF!`), which nobody typed."""
    return text.startswith(("#", "E", "e")) and _ERROR.fullmatch(text) is not None


def cannot_be_name(text: str) -> bool:
    """Return whether a cell cannot be the name of a person: a mark, a date, an address, a number.

    Short words that are somebody's name (`Non`, `Ok`, `Na`) are left alone.
    """
    if not _LETTER.search(text) or "@" in text or "://" in text:
        return True
    name = folded(text)
    return name in _NO_NAMES or _DATE.fullmatch(name) is not None


def cannot_be_outlet(text: str) -> bool:
    """Return whether a cell cannot be an outlet or a subject. Figures can (`24`, `20 Minutes`)."""
    if not re.search(r"\w", text) or _ISO_DATE.fullmatch(text):
        return True
    name = folded(text)
    return name in _TRUTHS or name in NOTHING
