"""The words by which the checks recognise the parts of a text that they compare."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWords:
    """Sets of folded words, without hyphens; a text is read word by word."""

    heads: frozenset[str] = frozenset()
    """What somebody is who stands for a whole body: `directrice`."""
    headed: frozenset[str] = frozenset()
    """Says that somebody heads or founded a body: `dirige`, `fondée`."""
    its: frozenset[str] = frozenset()
    """Stands before such a word, in a sentence about the body of the one before: `son`."""
    of: frozenset[str] = frozenset()
    """Links what somebody is with the body: `de`, `at`."""
    once: frozenset[str] = frozenset()
    """Says that somebody is or was something else, too: `ancien`, `également`."""
    ends_name: frozenset[str] = frozenset()
    """Ends the name of a body that began before: `qui`, `est`."""
    speaks_to: frozenset[str] = frozenset()
    """In brackets behind a first name, speaks to its bearer: `tu`, `merci`."""
    you_and_i: frozenset[str] = frozenset()
    """In brackets, in a question, is said among people of an office only: `tu`."""
    among_colleagues: frozenset[str] = frozenset()
    """Stands in no text for the press, but in its quotations: `je`, `tu`."""
    speaks_to_readers: frozenset[str] = frozenset()
    """Speaks to all who read: `vous`."""
    edits: frozenset[str] = frozenset()
    """Tells somebody of the office what to do with a text: `remplace`, `swap`."""
    still: frozenset[str] = frozenset()
    """May stand before what is to be done: `à`."""
    to_edit: frozenset[str] = frozenset()
    """What is to be done with a text: `valider`."""
    begins_sentence: frozenset[str] = frozenset()
    """Stands with a capital and a comma before an order to all readers: `today`."""
    articles: frozenset[str] = frozenset()
    """Articles, and what stands for one: `le`, `chaque`."""
    usual: frozenset[str] = frozenset()
    """Says in a sentence that its weekday comes again and again: `chaque`, `ouvert`."""
    behind_day: frozenset[str] = frozenset()
    """May follow a weekday that is a day, and not part of a name: `soir`, `evening`."""
    set_apart: frozenset[str] = frozenset()
    """Says in a sentence that its count is another one: `chacun`, `first`."""
    links: frozenset[str] = frozenset()
    """Links a count with what it is of, and is neither: `dans`, `des`."""
    labels: frozenset[str] = frozenset()
    """Labels a count without saying of what: `capacité`, `total`."""
    set_apart_sums: frozenset[str] = frozenset()
    """Says in a sentence that its sums are not added up: `chacun`, `contre`."""
    gives: frozenset[str] = frozenset()
    """Stands behind each share before who gives it: `from`."""
    changes: frozenset[str] = frozenset()
    """Says behind a share that something has become more or less: `plus`."""
    several_times: frozenset[str] = frozenset()
    """Says in a sentence that something happens more than once: `chaque`."""
    no_thing: frozenset[str] = frozenset()
    """Stands beside an hour, or a day, and names nothing that has it: `heures`, `monday`."""
    ends: frozenset[str] = frozenset()
    """Ends a programme: `clôture`."""
    prolongs: frozenset[str] = frozenset()
    """Says that a day is no longer that of an end: `prolongée`."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which blanks part."""
    return frozenset(text.split())
