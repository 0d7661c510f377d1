"""Is every person called by one name within a text?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, note
from mailer.checks.reading.names.persons import (
    PersonInText,
    alone,
    is_almost,
    is_joined_otherwise,
    is_one_letter_off,
    is_slip_of,
    is_turned_round,
    persons,
)
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.errors import Place
from mailer.model.campaigns.campaign import Campaign

WHY = _("Names are sacred to whoever bears them, and a desk asks whether these are two.")
SOURCE = sources.PRACTICE

_MAX_NAMES = 60
"""How many names of a text are compared with each other; only a list of people has more."""
_BREAK = re.compile(r"[.!?][”\"»]\s|\n|;[ \u00a0]")
"""What separates two people in what `sentence_at` takes for one sentence: a list, a quotation."""
_KIN = matches(in_any_language(lambda phrases: phrases.kin))


def check(draft: Draft) -> Findings:
    """Yield a note for a name that is almost that of somebody whom the text has named before.

    They may be two people all the same: of one family, for instance.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        known: list[PersonInText] = []
        for person in persons(passage, is_everywhere=True):
            if _is_known(person, known):
                continue
            other = next((each for each in known if may_be_one_person(passage, each, person)), None)
            if other:
                yield _question(passage.at(person.start), person, other)
            if len(known) < _MAX_NAMES:
                known.append(person)
        yield from _alone(passage, [it for it in known if it.first])
    yield from _contacts(draft.campaign)


def _alone(passage: Passage, known: list[PersonInText]) -> Findings:
    """Yield a note for a last name that stands alone and is almost that of somebody."""
    for name in alone(passage, known):
        if other := next((it for it in known if is_slip_of(name.last, it.last)), None):
            yield _question(passage.at(name.start), name, other)


def _contacts(campaign: Campaign) -> Findings:
    """Yield a note for a press contact with the name of another one in another spelling."""
    known: list[PersonInText] = []
    for index, contact in enumerate(campaign.press_contacts[:_MAX_NAMES]):
        first, _blank, last = " ".join(contact.name.split()).partition(" ")
        person = PersonInText(first, last, 0)
        if other := next((it for it in known if last and is_joined_otherwise(it, person)), None):
            yield _question(place_of(campaign, f"press_contacts.{index}.name"), person, other)
        known.append(person)


def _question(place: Place, person: PersonInText, other: PersonInText) -> Finding:
    return note(
        place,
        what=_(
            "“{words}” and “{name}”: are these two people, or one?",
            words=person.name,
            name=other.name,
        ),
        why=WHY,
        remedy=_("Ask how the name is written, and write it so everywhere."),
    )


def _is_known(person: PersonInText, known: list[PersonInText]) -> bool:
    """Return whether this name, or this last name without a first one, is of somebody known."""
    return any(each.last == person.last and person.first in {"", each.first} for each in known)


def may_be_one_person(passage: Passage, one: PersonInText, other: PersonInText) -> bool:
    """Return whether two different names may be those of one person, one of them misspelt.

    Names that are merely alike are of two people in one sentence, or where the text speaks of kin.
    """
    if is_joined_otherwise(one, other) or is_turned_round(one, other):
        return True
    if not is_almost(one, other):
        return False
    sentence = passage.sentence_at(other.start)
    if one.first and one.first == other.first and is_one_letter_off(one.last, other.last):
        return True
    is_apart = passage.sentence_at(one.start) != sentence or _BREAK.search(
        passage.text, one.start, other.start
    )
    return bool(is_apart) and not _KIN.search(sentence)
