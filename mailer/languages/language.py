"""What belongs to a language: one value for each subject, and what a language lacks.

A part that is `None` is missing. Mails are still drawn without it, for a preview, in the
plainest way; the check `language-incomplete` keeps them from being sent.

Regular expressions are kept as text; the module that uses one compiles it, with its flags.
Those that read incoming mails are matched against folded text (no accents, no capitals).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import time

    from mailer.languages.amendment_words import AmendmentTexts
    from mailer.languages.answer_words import AnswerWords
    from mailer.languages.compared_words import ComparedWords
    from mailer.languages.phrases import Phrases
    from mailer.languages.release_words import ReleaseWords
    from mailer.languages.reply_words import AbsenceWords, ReplyWords
    from mailer.model.contacts.contact_import import Field

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class BeforePeriod:
    """What becomes of a period of days after words that were written for one day: `le`.

    `words` is a regular expression; letter case does not matter. `becomes` may name `{words}` (or
    those of them in the group `kept`), `{period}`, `{bare}` (the period without its preposition),
    and its `{first}` and `{last}` day.
    """

    words: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDays:
    """How soon a day is, for a reader on the day that the message leaves: `demain`."""

    morning: str
    """`ce matin`, before noon of the same day."""
    afternoon: str
    evening: str
    """From six o'clock."""
    today: str
    tomorrow: str
    in_days: str
    """`dans {count} jours`, two at least."""
    counts: tuple[str, ...]
    """The numbers written as words, two first; larger ones are figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How dates and hours are written in a message."""

    day: str
    """A CLDR pattern, `EEEE d MMMM y`."""
    first_day: str = "1"
    """How the first of a month is written: `1er` in French."""
    hour: Callable[[time], str]
    clock: Callable[[time], str]
    """An hour in the tables of our own pages."""
    moment: str
    """`{day} à {time}`."""
    period: str
    """`du {first} au {last}`, of days."""
    bare_period: str = "{first} – {last}"
    """A period of days without a preposition: `{first} to {last}`."""
    day_without_year: str = ""
    """The pattern of the first day of a period within a year; empty for the whole date."""
    day_without_month: str = ""
    """The pattern of the first day of a period within a month: `samedi 27`."""
    before_period: tuple[BeforePeriod, ...] = ()
    """The first rule whose words stand before a period applies."""
    hours: str
    """`de {first} à {last}`, of hours."""
    near: NearDays


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeDay:
    """Words whose meaning depends on the day they are read, `demain`.

    `days_ahead` is how far off the event must be when the message leaves for them to be
    right; None where no message makes them clear.
    """

    pattern: str
    days_ahead: int | None = None
    beside: str = ""
    """A regular expression of which the sentence must hold a match; empty for nothing."""
    may_be_usual: bool = False
    """Whether they may also mean a day of every week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePatterns:
    """How authors write dates, as regular expressions.

    In `forms`, WEEKDAY and MONTH are replaced by the names of the language, and the groups `day`
    and `year` are read; a form with the groups `day`, `month` and `year` needs no MONTH.
    `before_second` is what joins the two days of `samedi 9 et dimanche 10 décembre`.
    """

    weekdays: tuple[str, ...]
    """Whole names, Monday first."""
    short_weekdays: tuple[str, ...]
    months: tuple[str, ...]
    article: str
    """A word allowed between weekday and day: `le`."""
    forms: tuple[str, ...]
    before_second: str
    ignores_case: bool
    relative: tuple[RelativeDay, ...]
    relative_suffix: str
    """What makes a date without year relative: `9 décembre prochain`; empty for nothing."""


class Civility(StrEnum):
    """The titles that we know, as the directory keeps them."""

    MR = "M."
    MS = "Mme"
    DOCTOR = "Dr"
    PROFESSOR = "Pr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How a letter begins: with a title and a name, with a first name and a name, with neither."""

    formal: str
    by_name: str
    plain: str
    civilities: Mapping[Civility, str]
    """Each title as a letter writes it out: `Madame`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalWords:
    """What contact lists say about people who must not be written to.

    The texts are regular expressions on folded text, without groups that capture; an empty one
    matches nothing. A phrase counts wherever it stands in a cell, a word only as the whole cell.
    """

    refusal_headers: str = ""
    """Columns in which a yes, a date or a reason means "do not write": `desinscrit`."""
    consent_headers: str = ""
    """Columns in which a no means "do not write": `accepte les mails`."""
    weak_consent_headers: str = ""
    """Whole headers of columns in which a no must be looked at: `actif`."""
    status_headers: str = ""
    refused_phrases: str = ""
    wishes: str = ""
    """Say that somebody does not want what follows, which may be our mails: `ne veut pas`."""
    refused_words: str = ""
    refused_statuses: str = ""
    """Words that refuse only in a column of states: `non`."""
    left_phrases: str = ""
    """Say that a person has left or that an address is no longer used: `a quitte`."""
    left_words: str = ""
    """Phrases as well, but not in names, outlets and subjects, where they mean other things."""
    left_statuses: str = ""
    bounced: str = ""
    """Says that mail to the address came back."""
    yes: tuple[str, ...] = ()
    subscribed: tuple[str, ...] = ()
    """A yes to mail, whatever the column asks: `abonne`."""
    undecided: tuple[str, ...] = ()
    """Answers that are neither yes nor no: `a verifier`."""
    negations: str = ""
    """Words that turn the phrase after them round: `pas`."""
    reversals: str = ""
    """Words that say that a refusal was taken back: `reinscrit`."""
    limits: str = ""
    """Words that limit the phrase before them: `avant`."""
    other_channels: str = ""
    """Ways other than e-mail: `sms`. A refusal of these alone does not bar e-mail."""
    mail: str = ""
    """Words for e-mail and what is sent by it."""
    old_sheets: str = ""
    """Names of sheets that are kept only for the record: `archives`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactListWords:
    """What people write into contact lists, folded."""

    headers: Mapping[Field, str]
    """What a column may be called, with `, ` between the names."""
    qualifiers: str
    """What may follow such a name, `pro`: a regular expression, empty for nothing."""
    civilities: Mapping[str, Civility]
    """How a title may be spelled."""
    no: tuple[str, ...]
    """How a cell says no."""
    desks: frozenset[str]
    """First words of the addresses of a desk rather than a person."""
    desk_beginnings: tuple[str, ...]
    """How the first word of such an address may begin."""
    articles: frozenset[str]
    """Articles allowed before such a word."""
    recipient_labels: frozenset[str] = frozenset()
    """Labels of the recipients of a mail, before pasted addresses: `cc`."""
    group_words: frozenset[str] = frozenset()
    """Words in the name of a group, which no family name has: `groupe`."""
    refusals: RefusalWords = RefusalWords()
    address_headers: str = ""
    """What the header of a column of addresses has in it: a regular expression, `courriel`."""
    no_address_headers: str = ""
    """What shows that such a header is about something else: `type`."""
    main_address_headers: str = ""
    second_address_headers: str = ""
    desk_address_headers: str = ""
    titles: tuple[str, ...] = ()
    """Headers that mean a civility or a function, by what stands below: `titre`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordinals:
    """Abbreviated ordinals: a regular expression for wrong ones, and a function that corrects one."""

    wrong: str
    right: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """The typographic rules of a language; `typeset` takes the text and its language tag."""

    typeset: Callable[[str, str], str] | None
    """None if the language needs no change to what is typed."""
    together: Callable[[str, str], str] | None = None
    """Puts no-break spaces where a line would part a number from its unit; a subject, which is
    one line, does without. None if `typeset` does this too.
    """
    quotes: str = ""
    """The quotation marks that replace straight ones; empty where straight ones are correct."""
    ordinals: Ordinals | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockWords:
    """What authors write for the blocks of a text (`::: chiffres`) and for the keys in them.

    Without capitals, with `, ` between the words that mean the same; authors may leave out accents.
    """

    names: Mapping[str, str]
    """By the name of the block, `figures`."""
    keys: Mapping[str, str]
    """By the name of the key, `source`."""
    examples: Mapping[str, str] = field(default_factory=dict)
    """Each block filled in, for authors to write over."""


@dataclass(frozen=True, slots=True)
class StepText:
    """The text of a new step, which its author completes."""

    subject: str
    preheader: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterTexts:
    """The texts of a new campaign: the sign of a gap, the comment at the top, a text for each step."""

    gap: str
    heading: str
    to_confirm: str
    """The comment on facts that were read in a document."""
    taken_out: str
    """The heading of what was taken out of a document."""
    steps: Mapping[str, StepText]
    """By the id of the step."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """A language and all that belongs to it. `code` is that of ISO 639-1."""

    code: str
    names: tuple[str, ...] = ()
    """What a contact list may call it, folded."""
    contact_lists: ContactListWords | None = None
    dates: DateWords | None = None
    letters: Letters | None = None
    typography: Typography | None = None
    date_patterns: DatePatterns | None = None
    phrases: Phrases | None = None
    absences: AbsenceWords | None = None
    replies: ReplyWords | None = None
    answers: AnswerWords | None = None
    release: ReleaseWords | None = None
    starter_texts: StarterTexts | None = None
    block_words: BlockWords | None = None
    amendment_texts: AmendmentTexts | None = None
    compared: ComparedWords | None = None


PARTS: Mapping[str, Text] = {
    "dates": _("how dates and hours are written"),
    "letters": _("salutations and civilities"),
    "typography": _("its typography"),
    "date_patterns": _("how to find dates in a text"),
    "phrases": _("the phrases that the checks look for"),
    "absences": _("the words of absence messages"),
    "replies": _("the words of automatic replies and of requests to be left out"),
    "answers": _("the words of answers to an invitation"),
    "release": _("the words of a release"),
    "contact_lists": _("the words of contact lists"),
    "starter_texts": _("the texts of a new campaign"),
    "amendment_texts": _("the texts of a bad day"),
    "block_words": _("the words of the blocks of a text"),
    "compared": _("the words by which a text is compared with itself"),
}
"""Each part of a language, in words."""


def missing(language: Language) -> tuple[Text, ...]:
    """Return the parts that `language` lacks; nothing when it is complete."""
    return tuple(
        PARTS[part.name]
        for part in fields(language)
        if part.name in PARTS and getattr(language, part.name) is None
    )
