"""The phrases of a language that checks look for in texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Words that the checks look for in texts, as regular expressions; capitals do not matter."""

    event: str
    """Words that show that a sentence is about the event."""
    limit: str
    """Words before a date that is a limit and not the day of an event: `avant le`."""
    at_hour: str
    """Words before an hour: `à`, `dès`."""
    embargo: str
    time_zone: str
    """Names the clock of an hour: `heure de Paris`."""
    vague_link: str
    """The whole text of a link that does not say where it leads: `cliquez ici`."""
    document: str
    """The whole subject of a mail that names a kind of document only: `communiqué`."""
    to_complete: str
    """Marks a gap: `à compléter`."""
    gap_names: str
    """What people write between brackets for a gap: `[nom]`."""
    other_bodies: str = r"(?!)"
    """Kinds of bodies besides the institutions of a release: `mutuelle`."""
    edition_of: str = r"(?!)"
    """What is held again and again, in the singular: `rencontre`."""
    ordinals_from_third: tuple[str, ...] = ()
    """Ordinals in words; `première` and `second` are said of too much."""
    number_words: Mapping[str, int] = field(default_factory=dict)
    """Numbers in words, from ten on."""
    small_number_words: Mapping[str, int] = field(default_factory=dict)
    """Numbers in words, from two to nine."""
    counted_anew: str = r"(?!)"
    """What is counted anew unless an article says that it is the same: `places`."""
    definite: str = r"(?!)"
    """Before the number of what has been spoken of: `les`."""
    part_of: str = r"(?!)"
    """Before the number of a part: `dont`."""
    says: str = r"(?!)"
    """Says that somebody speaks: `explique`, `selon`."""
    presents: str = r"(?!)"
    """What several bodies do together: `présentent`."""
    chromosomes: str = r"(?!)"
    """What `XX` describes in biology: `cellules`."""
    numbered_parts: str = r"(?!)"
    """What a Roman number stands behind: `chapitre`."""
    no_reply: str
    """The part before the @ of an address that nobody reads."""
    may_repeat: str = r"(?!)"
    """Words that may stand twice in a row: `nous nous`."""
    suspended: str = r"(?!)"
    """What may follow a hyphen and a blank, the second half standing further on: `pré- et`."""
    kind_label: str = r"(?!)"
    """The kind of a document as it stands above one: `communiqué de presse`."""
    street: str = r"(?!)"
    """Words of a street address, or of a place that needs none: `rue`, `campus`."""
    held_online: str = r"(?!)"
    """Says that an event has no place to go to: `en visioconférence`."""
    answers_that_day: str = r"(?!)"
    """Says that somebody can be called outside office hours: `d’astreinte`."""
    measured: str = r"(?!)"
    """What is counted anew in each sentence, so that two numbers contradict nothing: `heures`."""
    before_noun: str = r"(?!)"
    """Stands between a number and what it counts: `premières`."""
    compared: str = r"(?!)"
    """Words of a sentence that sets one figure against another: `contre`."""
    measured_apart: str = r"(?!)"
    """Words of a sentence whose sums and sizes are its own: `tarif`, `reste`."""
    at_least: str = r"(?!)"
    """Before a number that may be higher: `plus de`."""
    about: str = r"(?!)"
    """Before a number that is rounded: `près de`."""
    qualifier: str = r"(?!)"
    """Folded words of a name that are often left out: `nationale`."""
    exchanged_bodies: str = r"(?!)"
    """Folded kinds of bodies that are often taken for each other: `fondation`, `fonds`."""
    partner_of: str = r"(?!)"
    """Stands before a body with which something was done: `financé par`."""
    vague_words: str = r"(?!)"
    """Asks for a click without saying on what, in a text: `cliquez ici`."""
    gap_dates: str = r"(?!)"
    """A date that is still to be filled in: `JJ/MM`."""
    arrives: str = r"(?!)"
    """Says when people are let in, before an event begins: `ouverture des portes`."""
    begins: str = r"(?!)"
    """Says when an event begins: `commence`."""
    follows: str = r"(?!)"
    """Says that something comes after the beginning: `suivie`."""
    takes_place: str = r"(?!)"
    """Says that people will come together: `aura lieu`."""
    venue: str = r"(?!)"
    """Words of a place in which people can meet: `salle`."""
    asks_for_place: str = r"(?!)"
    """Says how to ask to be let in: `écrire`."""
    must_ask: str = r"(?!)"
    """Says that nobody is let in without having asked."""
    press: str = r"(?!)"
    """Stands above whoever answers journalists: `presse`."""
    answers_calls: str = r"(?!)"
    """Says that somebody answers the telephone: `répond`."""
    other_editions: str = r"(?!)"
    """Words of a sentence about another edition than this one: `précédente`."""
    muses: str = r"(?!)"
    """How a lead begins that only sets a mood: `et si`."""
    known_acronyms: str = r"(?!)"
    """Acronyms that need no words: `UNESCO`."""
    invites_press: str = r"(?!)"
    """Says that journalists may come: `la presse est invitée`."""
    shared_by_chance: str = r"(?!)"
    """Words that two sentences have without being about one thing: `avec`, `dure`."""
    programme: str = r"(?!)"
    """Says that hours follow each other: `programme`, `puis`."""
    out_of_turn: str = r"(?!)"
    """Words of a sentence that may name a later hour first: `avant`."""
    other_list: str = r"(?!)"
    """What hours of another place or day stand under: `salle B`."""
    kin: str = r"(?!)"
    """Says that two people are of one family: `sœur`."""
    akin_words: tuple[str, ...] = ()
    """Folded words of names that mean one thing, each group as an expression."""
    reports: str = r"(?!)"
    """Words of a sentence that only say where its figures are from: `enquête`, `montre`."""
    counted_alike: tuple[str, ...] = ()
    """Nouns that count the same people, each group as an expression: `readers?|readership`."""
    collective: str = r"(?!)"
    """Names a crowd whose number follows: `readership`."""
    founded: str = r"(?!)"
    """Stands before the year in which something began: `fondée en`."""
    says_age: tuple[str, ...] = ()
    """Says how old something is, with NUMBER for its years: `fête ses NUMBER ans`."""
    lasts_since: tuple[str, ...] = ()
    """Says how long something has been done, with NUMBER for its years: `depuis NUMBER ans`."""
    is_partner: str = r"(?!)"
    """Follows a body that takes part: `, partenaire`."""
    each_time: str = r"(?!)"
    """Says that something happens again, which compares nothing: `chaque semaine`."""
    every_year: str = r"(?!)"
    """Before a day that comes every year: `chaque`."""
