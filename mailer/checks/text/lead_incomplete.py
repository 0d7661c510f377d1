"""Does the lead say who does what, when and where?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import BLANK, Passage, PassagePart, messages
from mailer.checks.reading.texts.sections import ENDS_SENTENCE, first_sentences
from mailer.checks.reading.times.dates import mentions
from mailer.languages import LANGUAGES
from mailer.model.campaigns.campaign import CampaignKind, Event
from mailer.render.markdown.press_blocks.words import folded
from mailer.wording import Text

_FIGURE = re.compile(r"\d")
_MOST_LABELS = 5

WHY = _("A desk reads the lead and decides: what is not in it did not happen.")
SOURCE = sources.STANDARD_OF_THE_DESK

_LEAD = re.compile(
    r"^[ \t]{0,3}#[ \t][^\n]*\n\s*(?P<lead>[^\s#>:-].+?)(?=\n[ \t]*\n|\Z)", re.MULTILINE | re.DOTALL
)
_LABEL = re.compile(r"\A(?:[^\n]{1,110}(?<![.!?…»”:])\n){1,3}[ \t]*\n\s*(?=[^\s#>:-])")
"""Lines above the lead: a letterhead, a dateline, or what kind of document it is."""
_DATELINE = re.compile(r"\A[^\n.!?,]{1,50},[^\n.!?]{0,30}\d{4}[*_]*[ \u00a0]*[–—:.-]\s+")
_QUESTION = r"[*_|> \t-]*(?i:qui|quoi|quand|où|pourquoi|comment|who|what|when|where|why|how)[ \u00a0*_]*[:?|][^\n]*(?:\n(?!\s*\n)[^\n]+)*"
_LAYOUT = re.compile(rf"{_QUESTION}(?:\s*\n{_QUESTION})+")
"""Paragraphs that answer `WHO`, `WHAT`, `WHEN` and `WHERE` one by one, and are the lead together."""
_WHEN = re.compile(r"\{\{[^{}]{0,200}\b(?:date|hours|time|weekday|end_time)\b")
_WHERE = re.compile(r"\{\{[^{}]{0,200}\b(?:place|venue|address)\b")
_PLACE = re.compile(
    rf"(?<!\w)(?:à|au|aux|dans|chez|devant|at|in|near|outside) (?:(?:the|la|le|les) |l[’'])?"
    rf"(?:[^\s,.;]+ )?(?:[A-ZÀ-ÖØ-Þ]|{in_any_language(lambda phrases: phrases.venue)}\b)"
    rf"|\d,? (?:[A-Z][\w’'-]+ )?{in_any_language(lambda phrases: phrases.street)}\b"
)
"""A town or a room after its preposition; a street behind its number."""
_WHO = re.compile(r"\{\{[^{}]{0,200}\b(?:office|partner|organisation|event\.name)\b")
_MUSES = re.compile(
    rf"[«“\"\s]*(?:{in_any_language(lambda phrases: phrases.muses)})(?!\w)|\A[^.!\n]{{3,120}}\?"
)
_LONG_AGO = re.compile(
    rf"\W*(?:(?i:in|en|depuis|since|back in|dès|around|vers)[ \u00a0](?P<year>1\d{{3}}|20\d\d)\b|(?:{in_any_language(lambda phrases: phrases.long_ago)})(?!\w))"
)
_OLD = 4
"""How many years before this one a lead may begin, at least, to be a piece of history."""
_NAME = re.compile(rf"(?<![.!?…:]\s)(?<!^)(?<=[\s(«’'“{BLANK}])[A-ZÀ-ÖØ-Þ][\w’'-]+")
_INSTITUTION = re.compile(
    "|".join(
        rf"(?:(?<=\W)|(?<=\A))(?i:{release.article})(?i:{release.institution})(?!\w)"
        for release in (language.release for language in LANGUAGES)
        if release
    )
)
_KINDS = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})
_AMENDMENTS = frozenset(
    {CampaignKind.CORRECTION, CampaignKind.POSTPONEMENT, CampaignKind.CANCELLATION}
)
"""What begins with what has changed, mostly in the program's own words."""


def check(draft: Draft) -> Findings:
    """Yield a note for the first paragraph of an invitation that leaves out who, when or where, and
    of a release that says none of them, or begins with a thought.
    """
    if not draft.plan or (draft.plan[0].step.kind or draft.campaign.kind) in _AMENDMENTS:
        return
    is_invitation = draft.campaign.event is not None and draft.campaign.kind in _KINDS
    for passage in messages(draft):
        is_first = passage.planned is draft.plan[0] and passage.part is PassagePart.TEXT
        start, lead = _lead(passage.source) if is_first else (0, "")
        missing = tuple(_missing(draft, passage, start, lead)) if lead else ()
        says_nothing = bool(lead) and _says_nothing(passage, lead)
        muses = bool(_MUSES.match(lead)) and not _FIGURE.search(lead)
        muses = muses or (bool(lead) and _is_history(passage, lead))
        missing = missing or ((_("when"),) if muses or says_nothing else ())
        if missing and (says_nothing or is_invitation or muses):
            yield note(
                passage.at(start),
                what=_("The lead does not say {missing}.", missing=missing),
                why=WHY,
                remedy=_("Say in the first sentence who does what, when and where."),
            )


def _says_nothing(passage: Passage, lead: str) -> bool:
    """Return whether a lead has no name, no day and no figure: it could stand above any news."""
    has_name = any(it.search(lead) for it in (_WHO, _NAME, _INSTITUTION))
    return not (
        has_name or "{{" in lead or _FIGURE.search(lead) or any(mentions(lead, passage.language))
    )


def _is_history(passage: Passage, lead: str) -> bool:
    """Return whether a lead begins long ago, and tells of no day of this year."""
    year = passage.planned.local.year if passage.planned else 0
    found = _LONG_AGO.match(lead)
    if found is None or any(
        it.year is None or it.year >= year for it in mentions(lead, passage.language)
    ):
        return False
    later = re.search(rf"(?<!\d){year}(?!\d)|{{{{", lead)
    is_old = found["year"] is None or int(found["year"]) < year - _OLD
    return is_old and later is None


def _says_day(labels: str, language: str, event: Event | None) -> bool:
    """Return whether a line above the lead says the day of the event: `Conférence de presse le …`."""
    day = event.starts_at if event else None
    return day is not None and any(
        (it.day, it.month) == (day.day, day.month) for it in mentions(labels, language)
    )


def _below_headline(text: str) -> int:
    """Return where what follows the headline begins; 0 without a headline."""
    found = _LEAD.search(text)
    return found.start("lead") if found else 0


def _lead(text: str) -> tuple[int, str]:
    """Return the first paragraph below the headline and where it begins, without labels."""
    start = _below_headline(text)
    for _each in range(_MOST_LABELS):
        label = _LABEL.match(text[start:])
        start += label.end() if label else 0
    if not start:
        start = first_sentences(text)
    if layout := _LAYOUT.match(text, start):
        return start, layout[0]
    lead = _paragraph(text, start)
    below = first_sentences(text)
    if not ENDS_SENTENCE.search(lead.rstrip()) and start < below < len(text):  # a long headline
        start = below
        lead = _paragraph(text, start)
    if dateline := _DATELINE.match(lead):
        start, lead = start + dateline.end(), lead[dateline.end() :]
    return start, lead


def _paragraph(text: str, start: int) -> str:
    return re.split(r"\n[ \t]*\n", text[start:], maxsplit=1)[0]


def _missing(draft: Draft, passage: Passage, start: int, lead: str) -> Iterator[Text]:
    event = draft.campaign.event
    labels = passage.source[_below_headline(passage.source) : start]
    if not (_WHO.search(lead) or _NAME.search(lead) or _INSTITUTION.search(lead)):
        yield _("who")
    is_dated = _WHEN.search(lead + labels) or any(mentions(lead, passage.language))
    if not (is_dated or _says_day(labels, passage.language, event)):
        yield _("when")
    places = (*((event.venue, event.address) if event else ()), draft.campaign.place)
    words = {word for place in places for word in folded(place).split() if len(word) > 3}
    if not (
        _WHERE.search(lead) or _PLACE.search(lead) or words & set(re.findall(r"\w+", folded(lead)))
    ):
        yield _("where")
