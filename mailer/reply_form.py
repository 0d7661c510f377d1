"""A reply that is filled in: without a page to answer on, one tap sends it, and it is read back.

Its labels have both languages, because the mail program of a reader shows them as they are. Phones
change line ends, add a signature or turn a space into a no-break space; people change a name. The
code and the answer must be whole, and what else a person wrote beside them is given back as well:
a form with a sentence in it is for a person to read.
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
_CODE_FORM = re.compile(r"[a-z2-7]{26}")
_LONGEST = 20_000


class FormAnswer(StrEnum):
    """What a filled-in reply says."""

    COMES = "comes"
    DECLINES = "declines"
    UNDO = "undo"
    """The answer that a mail confirmed was not theirs."""


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
        """Whether it says nothing but what the form asks."""
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
    """Return the form in what a person wrote; None when its code or its answer is not whole.

    `text` must not hold the message that the reply quotes: an old form in it is no answer. A field
    that stands there twice is read from its first line, and the second counts as written beside.
    """
    found: dict[str, str] = {}
    beside: list[str] = []
    for line in text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        field = _LINE.fullmatch(line.replace("\u00a0", " "))
        label = _LABELS.get(_folded(field["label"]), "") if field else ""
        if field and label and label not in found:
            found[label] = " ".join(field["value"].split())
        elif line.strip():
            beside.append(" ".join(line.split()))
    codes = _CODE_FORM.findall(found.get(_CODE, "").lower())
    answer = _answer(found.get(_ANSWER, ""))
    if len(codes) != 1 or answer is None:
        return None
    name, outlet, card = (found.get(label, "") for label in (_NAME, _OUTLET, _CARD))
    own = tuple(_without_signature(beside, known=(name, outlet)))
    return ReplyForm(DeliveryId(codes[0]), answer, name, outlet, card, own)


def _answer(value: str) -> FormAnswer | None:
    """Return what the answer says; None when it says nothing, two things, or more than that."""
    said = {_ANSWERS.get(_folded(each)) for each in value.split("/")}
    return said.pop() if len(said) == 1 else None


_SIGNED_BY_A_PHONE = re.compile(
    r"(?:envoye|sent|obtenez|get) (?:de(?:puis)?|a partir de|from|via|outlook)\b.{0,60}"
)
_CONTACT_LINE = re.compile(
    r"(?:[\w ./]{0,12}: ?)?(?:[+(]?\d[\d .()/-]{7,}|\S+@\S+\.\S+|(?:https?://|www\.)\S+)"
)


def _without_signature(lines: list[str], *, known: tuple[str, ...]) -> list[str]:
    """Return the lines without those of a signature: what stands after two hyphens (RFC 3676 §4.3),
    the advertisement of a phone, numbers and addresses, and what repeats the form.
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
    """Return a label or an answer as it is compared: apostrophes, accents and case do not count."""
    plain = text.replace("’", "'").casefold().translate(_ACCENTS)
    return " ".join(plain.strip(" .!*_").split())


_LABELS = {_folded(each): each for each in (_ANSWER, _OTHERWISE, _NAME, _OUTLET, _CARD, _CODE)}
