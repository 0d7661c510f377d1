"""One person whom journalists can call, while what is said of them is read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.model.campaigns.proposals import ProposedFact
from mailer.operations.campaigns.writing.recognising.accreditation import MAIL
from mailer.operations.campaigns.writing.recognising.words import INSTITUTIONS, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line

PHONE = re.compile(
    r"(?<![\d+])(?:\+\d{1,3}(?:[ .\u00a0\u202f()-]{0,3}\d){8,11}|0(?:[ .\u00a0\u202f()-]{0,2}\d){9,10})(?!\d)"
    r"|(?<![\d+/])(?:0\d[ ./]\d{3}|0\d\d[ ./]\d\d)(?:[ .]\d\d){2}(?![ .]?\d)"  # Belgian
    r"|(?<![\d+(])(?:\+?1[ .-]?)?\(?\d{3}\)?[ .\u00a0-]{0,2}\d{3}[ .\u00a0-]\d{4}(?!\d)"
    r"|(?<![\d+])(?:\+1[ .-])?(?<![\d.-])\d{3}-\d{4}(?![\d-])"
)
NAME = re.compile(
    r"(?:(?:M\.|Mme|Mrs?|Ms|Dr\.?|Pr\.?|Madame|Monsieur) )?"
    r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: (?:de |du |d’|Le |La |van |von )?[A-ZÀ-ÖØ-Þ][\w’'.-]*){1,3}"
)
INSTITUTION = re.compile(rf"\b(?:{INSTITUTIONS})s?\b")
ROLES = words(lambda release: release.roles)
FIELD = re.compile(
    r"(?i)(?:t[ée]l(?:[ée]phone|\.)?|phone|direct|office|landline|desk|fixe|bureau|ligne directe|courriel|e-?mail|m[ée]l|"
    r"(?:pr[ée])?noms?|(?:full |first |last |sur)?names?|num[ée]ro|number|fonction|job title|structure|organisme|organi[sz]ation|"
    rf"{words(lambda release: release.mobile)})[\s\u00a0]*:?"
)
NO_NUMBER = re.compile(rf"(?:{FIELD.pattern[4:]})?[\s\u00a0\d+().-]*", re.IGNORECASE)
"""A field without its value, or with a number that lacks a digit: what follows speaks of the same."""
IS_ROLE = re.compile(rf"\A(?:{ROLES})\b|\b(?:{ROLES})\Z")
_MOBILE = re.compile(rf"(?:{words(lambda release: release.mobile)})[\s\u00a0:]*\Z")
_MOBILE_NUMBER = re.compile(
    r"(?:\+33[ .\u00a0]?(?:\(0\)[ ]?)?|0)[67]|\+44[ .\u00a0]?(?:\(0\)[ ]?)?7"
    r"|(?:\+32[ .\u00a0]?|0)4[5-9]\d[ ./\u00a0]|\+41[ .\u00a0]?7"
)
"""In France, Belgium, Switzerland and the United Kingdom a number shows that it is of a mobile."""


@dataclass
class NamedPerson:
    """What was read of one person so far."""

    name: str
    words: str
    organisation: str = ""
    role: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    mobile_follows: bool = False

    def is_whole(self) -> bool:
        """Return whether nothing that was said of the person is said twice."""
        return max(len(self.emails), len(self.phones), len(self.mobiles)) <= 1

    def is_told(self) -> bool:
        """Return whether all was said of the person, so that what follows is about another one."""
        return bool(self.lines and self.phones and self.emails)

    def is_reachable(self) -> bool:
        """Return whether a number or an address was said of the person."""
        return bool(self.emails or self.phones or self.mobiles)

    def facts(self, index: int) -> Iterator[ProposedFact]:
        single = {"email": self.emails, "phone": self.phones, "mobile": self.mobiles}
        if not self.phones and self.mobiles:
            single |= {"phone": self.mobiles, "mobile": []}
        texts = {"name": self.name, "role": self.role, "organisation": self.organisation}
        texts |= {key: found[0] for key, found in single.items() if len(found) == 1}
        for key, value in texts.items():
            if value:
                yield ProposedFact(("press_contacts", index, key), value, self.words)


def add_phones(person: NamedPerson, part: str, phones: Sequence[re.Match[str]]) -> None:
    """Add the numbers of a part, which may only announce that the next one is of a mobile."""
    if not phones:
        person.mobile_follows = _MOBILE.search(part) is not None
    for found in phones:
        number = found[0].strip()
        is_mobile = person.mobile_follows or _MOBILE.search(part, 0, found.start()) is not None
        person.mobile_follows = False
        if is_mobile or (person.phones and _MOBILE_NUMBER.match(number)):
            person.mobiles.append(number)
        elif len(person.phones) == 1 and _is_first_mobile(person):
            person.mobiles, person.phones = person.phones, [number]
        else:
            person.phones.append(number)


def _is_first_mobile(person: NamedPerson) -> bool:
    """Return whether the number that was taken for a landline is that of a mobile."""
    return not person.mobiles and _MOBILE_NUMBER.match(person.phones[0]) is not None


def bears(mails: Sequence[str], name: str) -> bool:
    """Return whether an address has the family name of somebody before its sign, or is of their
    given name alone.
    """
    given, *_middle, family = map(_folded, name.split())
    before = [_folded(mail.partition("@")[0]) for mail in mails]
    return any(family in each or given == each for each in before)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalpha() and not unicodedata.combining(sign))


def is_person(name: str) -> bool:
    """Return whether a name is one of a person, and none of an institution."""
    return NAME.fullmatch(name) is not None and INSTITUTION.search(name) is None


def heads_a_person(lines: Sequence[tuple[Line, str]]) -> bool:
    """Return whether a short line is the house of the person on the next one, who is told how to
    reach: in the next cell of a table.
    """
    house, name, *more = [*(text for _line, text in lines[:4]), "", ""]
    is_house = re.fullmatch(r"[A-ZÀ-Ý][\w’'&.-]*(?: [\w’'&.-]+){0,4}", house) is not None
    is_reached = any(MAIL.search(each) or PHONE.search(each) for each in more[:2])
    return is_house and not IS_ROLE.search(house) and is_person(name) and is_reached


def names_somebody(text: str) -> bool:
    """Return whether a line begins with the name of a person, and not with that of a house."""
    found = NAME.match(text)
    return found is not None and INSTITUTION.search(found[0]) is None


def named_by_mail(person: NamedPerson) -> NamedPerson:
    """Return a person by the name that their address bears: `CHU de Brest – Ann Low – a.low@…`."""
    name, house = person.name, person.organisation
    if is_person(house) and bears(person.emails, house) and not bears(person.emails, name):
        person.name, person.organisation = house, name
    return person
