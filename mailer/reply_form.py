"""Writes the reply form of a mail, and reads it when it comes back.

An office without a web page for answers offers it as a `mailto:` link: one tap opens a reply that
is filled in already. Its labels are in both languages, because nobody translates them on the way.
Phones change line ends, add a signature or turn a space into a no-break space, and people correct
their names; but the code and the answer must be complete. The other lines that somebody wrote are
returned too, because a form with a sentence in it is for a person of the office to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mailer.model.mailings.message import DeliveryId

_ANSWER, _NAME, _OUTLET = "Réponse / Answer", "Nom / Name", "Média / Outlet"
_CARD, _CODE = "Carte de presse / Press card", "Code"
_COMES, _UNDO = "je viens / I will come", "ce n’était pas moi / it was not me"
_DECLINES = "je ne viens pas / I will not come"
_OTHERWISE = "Sinon / Otherwise"
_LINE = re.compile(r"\s*(?P<label>[^:]{3,60}?)\s*:\s*(?P<value>.*)")
_DELIVERY_ID = re.compile(r"[a-z2-7]{26}")
_MAX_CHARACTERS = 20_000


class FormAnswer(StrEnum):
    """What a filled-in reply says."""

    COMES = "comes"
    DECLINES = "declines"
    UNDO = "undo"
    """An answer that we had confirmed by mail was not given by this person."""


_ANSWERS = {
    "je viens": FormAnswer.COMES,
    "i will come": FormAnswer.COMES,
    "oui": FormAnswer.COMES,
    "yes": FormAnswer.COMES,
    "je ne viens pas": FormAnswer.DECLINES,
    "i will not come": FormAnswer.DECLINES,
    "non": FormAnswer.DECLINES,
    "no": FormAnswer.DECLINES,
    "ce n'etait pas moi": FormAnswer.UNDO,
    "it was not me": FormAnswer.UNDO,
}


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """A filled-in reply as it came back."""

    code: DeliveryId
    answer: FormAnswer
    name: str = ""
    outlet: str = ""
    card: str = ""
    beside: tuple[str, ...] = ()
    """The lines that the person wrote beside the form, without a signature."""

    @property
    def is_intact(self) -> bool:
        """Whether the person wrote nothing beside the form."""
        return not self.beside


def reply_form(
    link: str, code: DeliveryId, *, person: str, outlet: str, language: str, campaign: str
) -> tuple[str, str]:
    """Return the subject and the text of the reply for a link: `answer_url` or `undo_url`."""
    if link == "undo_url":
        subject = "Ce n’était pas moi" if language == "fr" else "It was not me"
        return f"{subject} ({campaign})", _lines({_ANSWER: _UNDO, _CODE: code})
    subject = "Accréditation" if language == "fr" else "Accreditation"
    form = {_ANSWER: _COMES, _OTHERWISE: _DECLINES, _NAME: person, _OUTLET: outlet, _CARD: ""}
    return f"{subject} ({campaign})", _lines({**form, _CODE: code})


def _lines(form: dict[str, str]) -> str:
    """Return one line for each field; RFC 6068 §5 asks for CRLF between lines."""
    return "".join(f"{label} : {value}\r\n" for label, value in form.items())


def read_reply_form(text: str) -> ReplyForm | None:
    """Return the form in the text of a reply; None when its code or its answer is incomplete.

    `text` must not hold the quoted message, in which an old form would be taken for an answer. Of
    a field that occurs twice, the first line counts, and the second is one of the lines beside.
    """
    found: dict[str, str] = {}
    beside: list[str] = []
    for line in text[:_MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        field = _LINE.fullmatch(line.replace("\u00a0", " "))
        label = _LABELS.get(_folded(field["label"]), "") if field else ""
        if field and label and label not in found:
            found[label] = " ".join(field["value"].split())
        elif line.strip():
            beside.append(" ".join(line.split()))
    codes = _DELIVERY_ID.findall(found.get(_CODE, "").lower())
    answer = _answer(found.get(_ANSWER, ""))
    if len(codes) != 1 or answer is None:
        return None
    name, outlet, card = (found.get(label, "") for label in (_NAME, _OUTLET, _CARD))
    own = tuple(_without_signature(beside, known=(name, outlet)))
    return ReplyForm(DeliveryId(codes[0]), answer, name, outlet, card, own)


def _answer(value: str) -> FormAnswer | None:
    """Return the answer, in one language or both; None when it is unknown or not only one."""
    said = {_ANSWERS.get(_folded(each)) for each in value.split("/")}
    return said.pop() if len(said) == 1 else None


_SIGNED_BY_A_PHONE = re.compile(
    r"(?:envoye|sent|obtenez|get) (?:de(?:puis)?|a partir de|from|via|outlook)\b.{0,60}"
)
_CONTACT_LINE = re.compile(
    r"(?:[\w ./]{0,12}: ?)?(?:[+(]?\d[\d .()/-]{7,}|\S+@\S+\.\S+|(?:https?://|www\.)\S+)"
)


def _without_signature(lines: list[str], *, known: tuple[str, ...]) -> list[str]:
    """Return the lines without a signature: those after two hyphens (RFC 3676 §4.3), the
    advertisement of a phone, numbers and addresses, and those that repeat a value of the form.
    """
    end = lines.index("--") if "--" in lines else len(lines)
    repeated = {_folded(each) for each in known}
    return [
        line
        for line in lines[:end]
        if not (
            _folded(line) in repeated
            or _SIGNED_BY_A_PHONE.fullmatch(_folded(line))
            or _CONTACT_LINE.fullmatch(line)
        )
    ]


_ACCENTS = str.maketrans("éèêàâîïôûùç", "eeeaaiiouuc")


def _folded(text: str) -> str:
    """Return a label or an answer for comparison, without accents, case and kinds of apostrophe."""
    plain = text.replace("’", "'").casefold().translate(_ACCENTS)
    return " ".join(plain.strip(" .!*_").split())


_LABELS = {_folded(each): each for each in (_ANSWER, _OTHERWISE, _NAME, _OUTLET, _CARD, _CODE)}
