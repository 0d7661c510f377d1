"""The people whom a journalist can call, with all that is said of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.times.on_duty import is_on_duty
from mailer.operations.campaigns.writing.recognising.accreditation import (
    MAIL,
    accreditation_sentences,
)
from mailer.operations.campaigns.writing.recognising.contact_parts import (
    INITIALS,
    REACHES,
    parts,
    take,
)
from mailer.operations.campaigns.writing.recognising.lines import (
    NOTHING,
    Recognised,
    first_sentence,
    sentences_of,
)
from mailer.operations.campaigns.writing.recognising.people import (
    IS_ROLE,
    NAME,
    NO_NUMBER,
    PHONE,
    NamedPerson,
    add_phones,
    bears,
    heads_a_person,
    is_person,
    named_by_mail,
    names_somebody,
)
from mailer.operations.campaigns.writing.recognising.words import (
    INSTITUTIONS,
    LABELS,
    kind_labels,
    label,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line

_MOST_LINES = 24
_LONGEST = 160
_SIGNATURE = 6
"""How many lines below a name belong to its signature at most."""
_HEAD = 6
"""Among how many first lines a label of contacts may belong to a letterhead."""
_FEW = 8
"""How many words beside numbers and addresses a line about a person has at most."""
_REGISTERS = re.compile(words(lambda release: release.registers))
_SAYS_CONTACT = re.compile(r"(?i)(?:[^\W\d_]+[ \u00a0]){0,3}(?:contact|enquir|inquir)")
_SWITCHBOARD = re.compile(rf"\b(?:{words(lambda release: release.switchboard)})\b")
_END_SIGN = re.compile(words(lambda release: release.end_sign))
_OF_THE_PRESS = re.compile(
    rf"(?:{words(lambda release: release.of_the_press)})(?:,[^:@\d]{{2,40}})?(?:[\s\u00a0]*[:,][\s\u00a0]*(?={NAME.pattern})|[\s\u00a0]*:?\Z)"
)
_TASK_BEFORE = re.compile(
    rf"(?:{words(lambda release: release.roles)})\b[^:@\d]{{0,40}}[ \u00a0]?:[ \u00a0](?={NAME.pattern})"
)
"""What somebody does, before the name: `Head of media: Ann Low`."""
_KIND = re.compile(
    rf"(?:{'|'.join(each.pattern for each in kind_labels().values())}|{words(lambda release: release.no_kind)})\W*"
)
_ASKS_PRESS = re.compile(rf"(?:{words(lambda release: release.asks_press)})\b")
_ROLE = re.compile(
    r", (?P<role>(?!(?:qui|dont|who|whose|au|aux|à|at|on|ou|or|et|and|se|par|via|by|pour|for|will|can)\b)"
    r"[a-zà-ÿ][^,;()@\d]{2,60}),"
)
"""Between commas behind a name in a sentence: `, head of press,`."""
_OF_HOUSE = re.compile(
    rf"(?P<of>{NAME.pattern}|(?=[A-ZÀ-Ý])[^:;@\d]{{0,40}}?\b(?:{INSTITUTIONS})\b[^:;@\d]{{0,30}})[ \u00a0]?:[ \u00a0](?={NAME.pattern}(?:[ \u00a0]*[,;|/(–—]|[ \u00a0]-|\Z))"
)
"""Before somebody's name, a name and a colon are those of a house: `Greater Leeds: Ann Low`."""
_FOR_THE_PRESS = re.compile(
    rf"(?<!\w)(?:{in_any_language(lambda phrases: phrases.press)}|(?i:communications?|public information|publicity))(?!\w)"
)
_SHORT = re.compile(r"[^:@\d.!?]{4,60}")
_LABELS = tuple(name for name in LABELS if name != "contact")


def contact_facts(lines: Sequence[Line], margins: Sequence[Sequence[Line]] = ()) -> Recognised:
    """Return the people below the labels of contacts, and take their lines out of the text.

    `margins` are the headers and footers, which are read one by one.
    """
    people: dict[str, NamedPerson] = {}
    remains: dict[int, str] = {}
    for part in (lines, *margins):
        for at, line in enumerate(part):
            here = [] if line.number in remains else _labelled(part, at)
            is_head = at < _HEAD and not _SAYS_CONTACT.match(line.text)
            if is_head and not any(each.is_reachable() for each in here):
                here = []  # the press office of a letterhead, above a headline
            while here and not here[-1].is_reachable() and here[0].is_reachable():
                here = here[:-1]  # a name below the contacts is none of them
            if here and all(person.is_whole() for person in here):
                taken = [line, *(each for person in here for each in person.lines)]
                remains |= {
                    each.number: each.source if is_on_duty(each.text) else _left(each, here)
                    for each in taken
                }
            for person in here or _in_sentences(part, at):
                people.setdefault(person.name, person)
    if not any(person.is_reachable() for person in people.values()):
        people = {**people, **{each.name: each for each in list(_asked_for(lines))[:1]}}
    every = enumerate(people.values())
    facts = tuple(fact for index, person in every for fact in person.facts(index))
    return Recognised(facts, remains) if people else NOTHING


def _signed(lines: Sequence[Line], at: int) -> list[NamedPerson]:
    """Return who signs a mail or a release: a name alone, what they do for the press right below,
    and how to reach them.
    """
    name, _comma, role = lines[at].text.partition(", ")
    name = name.rstrip(",")
    is_mark = _KIND.fullmatch(name) or _END_SIGN.fullmatch(name) or _is_sentence(lines[at].text)
    is_other = lines[at].level or is_mark
    if is_other or not is_person(name) or MAIL.search(role) or PHONE.search(role):
        return []
    below = [*_task_of(lines, at), *_below(lines, at + len(_task_of(lines, at)))][:_SIGNATURE]
    said = (role, *(MAIL.sub("", each.text) for each in below[:2]))
    if not any(map(_FOR_THE_PRESS.search, said)):
        return []
    person = NamedPerson(name, lines[at].text, role=role)
    for line in below:
        is_house = NAME.fullmatch(line.text) and not IS_ROLE.search(line.text)
        if person.is_told() and not (MAIL.search(line.text) or PHONE.search(line.text)):
            break
        for part in [] if is_house else parts(line.text):
            take([person], part, "", is_new_line=False)
        person.organisation = person.organisation or (line.text if is_house else "")
        person.lines.append(line)
    return [person] if person.is_reachable() else []


def _task_of(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the line below a name that says what they do as a label would: `Relations presse de …`."""
    return [
        each
        for each in lines[at + 1 : at + 2]
        if _FOR_THE_PRESS.search(each.text)
        and _SHORT.fullmatch(each.text)
        and not _SAYS_CONTACT.match(each.text)
    ]


def _labelled(lines: Sequence[Line], at: int) -> list[NamedPerson]:
    """Return the people behind and below the label of contacts with which a line begins."""
    line = lines[at]
    found = label("contact").match(line.text)
    if found is None:
        return _of_the_press(lines, at) or _signed(lines, at)
    first, organisation = line.text[found.end() :], (found["of"] or "").strip()
    organisation = "" if _FOR_THE_PRESS.fullmatch(organisation) else organisation
    if is_person(organisation) and line.text[found.start("of") - 2] in "–—-":
        first, organisation = f"{organisation}{found[0][found.end('of') :]}{first}", ""
    return _Block(first, organisation, _below(lines, at)).people(line)


def _of_the_press(lines: Sequence[Line], at: int) -> list[NamedPerson]:
    """Return the only person behind or below `Source` or `Pour la presse`, with a way to be reached."""
    text = lines[at].text
    found = _OF_THE_PRESS.match(text) or _TASK_BEFORE.match(text)
    if found is None or (found.re is _TASK_BEFORE and not _FOR_THE_PRESS.search(found[0])):
        return []
    first = lines[at].text[found.end() :]
    people = _Block(first, "", _below(lines, at)).people(lines[at])
    return people if len(people) == 1 and people[0].is_reachable() else []


def _in_sentences(lines: Sequence[Line], at: int) -> Iterator[NamedPerson]:
    """Yield the people whom a sentence names with a number or an address: behind or right below the
    label of contacts, or where it tells journalists whom to ask. The sentence stays in the text.
    """
    found = label("contact").match(lines[at].text)
    text = lines[at].text[found.end() :] if found else lines[at].text
    if found and not text:
        text = next((each.text for each in lines[at + 1 : at + 2]), "")
    for sentence in sentences_of(text):
        if not found and not _ASKS_PRESS.match(sentence):
            continue
        names = [each for each in _names_in(sentence) if is_person(each[0])]
        if not names or _says_only(sentence, names):
            continue
        ends = [start for _name, start in names[1:]] + [len(sentence)]
        people = [
            _person_in(sentence, name, start if index else 0, start, end)
            for index, ((name, start), end) in enumerate(zip(names, ends, strict=True))
        ]
        if all(each.is_reachable() for each in people):
            yield from (each for each in people if each.is_whole())


def _asked_for(lines: Sequence[Line]) -> Iterator[NamedPerson]:
    """Yield the person with whom journalists register, by an address that bears the name: `auprès
    d’Ann Low, a.low@…`.
    """
    for _line, sentence in accreditation_sentences(lines):
        names = [each for each in _names_in(sentence) if is_person(each[0])]
        for name, start in names:
            person = _person_in(sentence, name, 0, start, len(sentence))
            if bears(person.emails, name) and person.is_whole():
                yield person


def _says_only(sentence: str, names: Sequence[tuple[str, int]]) -> bool:
    """Return whether a line says hardly more than names and numbers, and is no sentence."""
    for name, _start in names:
        sentence = sentence.replace(name, "")
    return len(re.findall(r"[^\W\d_]{2,}", MAIL.sub("", PHONE.sub("", sentence)))) < INITIALS


def _names_in(sentence: str) -> Iterator[tuple[str, int]]:
    """Yield the names of a sentence, each without the word that may stand before it."""
    for found in NAME.finditer(sentence):
        before = REACHES.match(found[0])
        name = found[0][before.end() :] if before else found[0]
        yield name.rstrip("."), found.end() - len(name)


def _person_in(sentence: str, name: str, begin: int, start: int, end: int) -> NamedPerson:
    """Return a person with the numbers and addresses between two places of a sentence."""
    person = NamedPerson(name, sentence)
    behind = sentence[start + len(name) : end]
    role = _ROLE.match(behind)
    person.role = role["role"] if role else ""
    said = sentence[begin:end]
    person.emails += (each.rstrip(".") for each in MAIL.findall(said))
    for number in PHONE.finditer(said):
        add_phones(person, said[: number.end()], [number])
    return person


def _left(line: Line, people: Sequence[NamedPerson]) -> str:
    """Return what of a line is in no fact of these people: the parts with the address or the number
    of an office, or else the sentences behind.
    """
    told = {way for each in people for way in (*each.emails, *each.phones, *each.mobiles)}
    parts = re.split(r"[ \u00a0]*[;|][ \u00a0]*", line.text)
    ways = [MAIL.findall(it) + [number[0].strip() for number in PHONE.finditer(it)] for it in parts]
    kept = [part for part, said in zip(parts, ways, strict=True) if not told.issuperset(said)]
    return " ; ".join(kept) or _behind(line)


def _behind(line: Line) -> str:
    """Return the sentences behind what a line says of a person, which speak of something else."""
    behind = first_sentence(line.text)[1]
    return "" if MAIL.search(behind) or PHONE.search(behind) else behind


def _below(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines that may belong to a label: as long as they hold names or numbers."""
    found: list[Line] = []
    for line in lines[at + 1 : at + 1 + _MOST_LINES]:
        text = line.text
        if line.level or any(label(name).match(text) for name in _LABELS):
            break
        if _END_SIGN.fullmatch(text) or _KIND.fullmatch(text) or _OF_THE_PRESS.match(text):
            break
        if _is_label(text) and not MAIL.search(text) and not PHONE.search(text):
            break
        if len(text) > _LONGEST or not _speaks_of_people(text) or _is_sentence(text):
            break
        found.append(line)
    return found


def _is_label(text: str) -> bool:
    return label("contact").match(text) is not None and not IS_ROLE.search(text)


def _is_sentence(text: str) -> bool:
    """Return whether a line says how to be accredited, or speaks of something else."""
    said = len(MAIL.sub("", PHONE.sub("", text)).split())
    return _REGISTERS.search(text) is not None or (text.endswith((".", "!", "?")) and said > _FEW)


def _speaks_of_people(text: str) -> bool:
    if MAIL.search(text) or PHONE.search(text):
        return True
    return len(text) < 80 and text[-1] not in ".!?" and bool(NAME.match(text) or len(text) < 60)


@dataclass(frozen=True)
class _Block:
    """What stands after a label of contacts, and the lines below it."""

    first: str
    organisation: str
    below: list[Line]

    def people(self, labelled: Line) -> list[NamedPerson]:
        """Return the people, each with the lines that speak of them."""
        found: list[NamedPerson] = []
        waiting = self.organisation
        held: list[Line] = []  # the name of an institution, until a person of it follows
        spoken: list[tuple[Line, str]] = [(labelled, self.first)] if self.first.strip() else []
        every = [*spoken, *((each, each.text) for each in self.below)]
        for at, (line, whole) in enumerate(every):
            text = whole.removesuffix(_behind(line)).strip()
            if _is_label(text) and line is not labelled:
                break
            is_next = bool(found) and found[-1].is_told() and heads_a_person(every[at:])
            if is_next or (_SWITCHBOARD.search(text) and not names_somebody(text)):
                held += [line] * is_next  # else the number of all; the line stays in the text
                waiting = text if is_next else waiting
                continue
            before, known = len(found), (repr(found), waiting)
            if house := _OF_HOUSE.match(text):
                waiting, text = house["of"].strip(), text[house.end() :]
            for part in parts(text):
                waiting = take(found, part, waiting, is_new_line=len(found) == before)
            if (
                (repr(found), waiting) == known
                and line is not labelled
                and not NO_NUMBER.fullmatch(text)
            ):
                break  # nothing in it speaks of these people
            if repr(found) == known[0]:
                held += [line] * (
                    re.search(r"\d", text) is None
                )  # a wrong number stays in the text
            elif found:
                found[-1].lines += [*held, line]
                held = []
                for person in found:
                    person.words = person.words or text
        return [named_by_mail(person) for person in found]
