"""The words by which a language says an absence, a departure, or that one wants no more mail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceWords:
    """What an automatic reply says of its sender, as regular expressions on folded text."""

    months: tuple[str, ...]
    """The names and abbreviations of each month, with spaces between them."""
    day_suffix: str
    """What may follow the number of a day: `er`, `st`."""
    between: str
    """Words allowed between the words below and the day: a weekday, an article."""
    back: str
    """Announces the day of return."""
    until: str
    """Announces the last day of absence."""
    span: str
    """A span of days up to its last one, which follows, in forms that `joiner` does not cover."""
    left: str
    """Says that the sender no longer works there."""
    not_left: str = ""
    """Beside such words, shows that the person only left for the day, `jusqu'a lundi`."""
    weekdays: str = ""
    """The names of the weekdays, Monday first, with spaces between them."""
    tomorrow: str = ""
    starting: str = ""
    """Announces a first day, `a partir du`; together with `answers` it is the day of return."""
    answers: str = ""
    """Says that the person reads and answers mail again, `je vous repondrai`."""
    after: str = ""
    """Announces the last day of absence before an answer, `apres le`."""
    joiner: str = ""
    """Stands between the first and the last day of an absence, `au`."""
    back_behind: str = ""
    """Announces the return behind its day: `16. juni wieder`."""
    whole_month: str = ""
    """Announces a month of absence, `tout le mois de`."""
    this_week: str = ""
    next_week: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OppositionWords:
    """What one says who wants no more mail, as regular expressions on folded text."""

    sentences: str
    """One expression on each line, anywhere in the text."""
    please: str
    """What may stand before `alone`, with its space."""
    alone: str
    """Such words at the beginning of a subject or of a short text."""
    parts: str
    """Beside such words, shows that only a part is refused: `par la poste`, or a list of guests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWords:
    """Phrases that identify automatic replies, one on each line of a folded text; ` * ` in a
    challenge matches any text.
    """

    automatic_subjects: str
    automatic_sentences: str
    challenges: str
    opposition: OppositionWords
    quoting: str
    """A line after which another mail is quoted, as a regular expression: `Le … a écrit :`."""
