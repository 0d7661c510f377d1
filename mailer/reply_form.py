"""A reply that is filled in: who has no page to answer on sends it with one tap, and it is read back.

Its labels have both languages, because the mail program of a reader shows them as they are. Phones
change line ends, add a signature, quote the text or turn a space into a no-break space; people
change a name. What must be whole is the code and the answer: anything less is for a person to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailer.model.message import DeliveryId

_ANSWER, _NAME, _OUTLET = "Réponse / Answer", "Nom / Name", "Média / Outlet"
_CARD, _CODE = "Carte de presse / Press card", "Code"
_COMES, _UNDO = "je viens / I will come", "ce n’était pas moi / it was not me"
_DECLINES = "je ne viens pas / I will not come"
_LINE = re.compile(r"^[>\s]*(?P<label>[^:\n]{3,60}?)\s*:[^\S\n]*(?P<value>[^\n]*)$", re.MULTILINE)
_CODE_FORM = re.compile(r"[a-z2-7]{26}")
_LONGEST = 20_000
_ANSWERS = {
    "je viens": "comes",
    "i will come": "comes",
    "oui": "comes",
    "yes": "comes",
    "je ne viens pas": "declines",
    "i will not come": "declines",
    "non": "declines",
    "no": "declines",
    "ce n'etait pas moi": "undo",
    "it was not me": "undo",
}


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """A filled-in reply as it came back. `answer` is "comes", "declines" or "undo"."""

    code: DeliveryId
    answer: str
    name: str = ""
    outlet: str = ""
    card: str = ""


def reply_form(
    link: str, code: DeliveryId, *, person: str, outlet: str, language: str
) -> tuple[str, str]:
    """Return the subject and the text of the reply for a link: `answer_url` or `undo_url`."""
    if link == "undo_url":
        subject = "Ce n’était pas moi" if language == "fr" else "It was not me"
        return subject, _lines({_ANSWER: _UNDO, _CODE: code})
    subject = "Accréditation" if language == "fr" else "Accreditation"
    form = {_ANSWER: _COMES, _NAME: person, _OUTLET: outlet, _CARD: "", _CODE: code}
    return subject, f"{_lines(form)}\r\n({_DECLINES})\r\n"


def _lines(form: dict[str, str]) -> str:
    """Return one line for each field; RFC 6068 §5 asks for CRLF between lines."""
    return "".join(f"{label} : {value}\r\n" for label, value in form.items())


def read_reply_form(text: str) -> ReplyForm | None:
    """Return the form in the text of a reply; None when its code or its answer is not whole.

    The first value of each label counts: what follows is what the reply quotes.
    """
    found: dict[str, str] = {}
    for line in _LINE.finditer(_plain_line_ends(text[:_LONGEST])):
        found.setdefault(_folded(line["label"]), " ".join(line["value"].split()))
    codes = _CODE_FORM.findall(found.get(_folded(_CODE), "").lower())
    answer = _answer(found.get(_folded(_ANSWER), ""))
    if len(codes) != 1 or answer is None:
        return None
    values = (found.get(_folded(label), "") for label in (_NAME, _OUTLET, _CARD))
    return ReplyForm(DeliveryId(codes[0]), answer, *values)


def _answer(value: str) -> str | None:
    """Return what the answer says; None when it says nothing, or two things."""
    said = {_ANSWERS[part] for each in value.split("/") if (part := _folded(each)) in _ANSWERS}
    return said.pop() if len(said) == 1 else None


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def _folded(text: str) -> str:
    """Return a label or an answer as it is compared: apostrophes, accents and case do not count."""
    plain = text.replace("’", "'").casefold().translate(_ACCENTS)
    return " ".join(plain.strip(" .!*_").split())


_ACCENTS = str.maketrans("éèêàâîïôûùç", "eeeaaiiouuc")
