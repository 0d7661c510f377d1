"""Read any release over as the checks read a campaign, without making one of it.

What the document says outright becomes the facts of a campaign that exists in memory only, with
one step that leaves on the day of its dateline. Checks that ask about lists, other steps, the
sender or the look of a mail have nothing to ask here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from mailer.calendar.timetable import localise
from mailer.checks.check import error, note, warning
from mailer.checks.links import image_without_alt, link_without_target
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.years import years_of
from mailer.checks.subject import subject_too_long
from mailer.checks.text import straight_quotes
from mailer.errors import Place
from mailer.model.campaigns.campaign import CampaignKind, Content, FixedTime, Step, VariantKey
from mailer.model.drafts.draft import Draft, PlannedStep
from mailer.model.drafts.finding import Finding, Severity
from mailer.model.mailings.mailing import AudienceRule
from mailer.operations.campaigns.writing.diagnosed_campaign import campaign_of
from mailer.operations.campaigns.writing.recognising.document import recognise
from mailer.operations.campaigns.writing.recognising.event import event_facts
from mailer.operations.campaigns.writing.recognising.in_sentences import (
    asks_a_contact,
    asks_by_other_ways,
    with_sentences,
)
from mailer.operations.campaigns.writing.recognising.issued import issued_on
from mailer.operations.campaigns.writing.recognising.moments import (
    DateContext,
    says_hour,
    written_on,
    years_named,
)
from mailer.render.markdown.from_html import ATTACHED_FILES, DESCRIBED_PICTURES, PageFaultKind
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.model.mailings.message import Letterhead
    from mailer.render.markdown.from_html import PageFault

_NOT_ASKED = frozenset(
    {
        "answer-without-mail",
        "deadline-before-reminder",
        "does-not-compile",
        "embargo-not-set",
        "fact-to-confirm",
        "language-incomplete",
        "no-reply-sender",
        "office-not-identified",
        "text-read-otherwise",
    }
)
"""Checks about the campaign as files and the office, beside those of the groups below."""
_FOLLOWS_FROM = {"event-without-hour": {"weekday-differs", "date-that-is-none"}}
"""Findings that are left out beside others that kept the event from being recognised."""
_GROUPS_NOT_ASKED = ("audience", "look", "steps", "subject")
_ASKED_ALL_THE_SAME = frozenset({"headline-too-long", "kind-in-headline"})
_INVITING = frozenset({CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ASKS = matches(in_any_language(lambda phrases: phrases.asks_for_place))
_EMBARGO = matches(in_any_language(lambda phrases: phrases.embargo))
_FIRST = 6
"""Among how many first lines the subject of a mail is typed."""
_SUBJECT = re.compile(
    rf"^[ \t*_]*(?:{in_any_language(lambda phrases: phrases.subject_label)})[ \u00a0*_]*:[ \u00a0*_]*(?P<subject>\S[^\n]*?)[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WEIGHTS = {Severity.ERROR: 12, Severity.WARNING: 5, Severity.NOTE: 1}
"""How many points each kind of fault costs, however often it stands in the text."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the checks find in a release, and what was recognised in it."""

    findings: tuple[Finding, ...]
    document: RecognisedDocument

    @property
    def score(self) -> int:
        """100 for a text in which nothing is to be corrected, 0 at worst.

        Each check that blocks costs 12 points, each that warns 5, each that notes 1; a check counts
        once. From 95 on a text can leave as it is; below 88 something would block it.
        """
        worst: dict[str, int] = {}
        for finding in self.findings:
            weight = _WEIGHTS[finding.severity]
            worst[finding.check] = max(weight, worst.get(finding.check, 0))
        return max(0, 100 - sum(worst.values()))


def diagnose(
    text: str,
    *,
    name: str,
    office: Office,
    letterhead: Letterhead,
    now: datetime,
    left_out: Sequence[Text] = (),
    margins: Sequence[str] = (),
    faults: Sequence[PageFault] = (),
) -> Diagnosis:
    """Return what is to be corrected in a release. It is judged on the day of its dateline."""
    found = recognise(
        text,
        language=office.language,
        today=now.date(),
        margins=margins,
        zone=office.time_zone,
    )
    if home := found.value("time_zone"):
        office = replace(office, time_zone=str(home))
    how = DateContext(found.language, now.date(), office.time_zone)
    dateline = written_on(text, how)
    written = dateline or issued_on(text, how)
    at = localise(datetime.combine(written, time(9)), zone=office.time_zone) if written else now
    how = replace(
        how,
        trusts_wrong_weekdays=True,
        today=written or now.date(),
        named=years_named(text, how.language),
    )
    read = with_sentences(_with_event(found, how), how)
    draft = _draft(read, name=name, office=office, letterhead=letterhead, at=at)
    is_dated = written is not None and any(years_of(it, at.year) for it in messages(draft))
    undated = () if dateline else (_without_dateline(name, is_dated=written is not None),)
    has_nobody_to_write_to = draft.campaign.press_contacts and not _has_mail(draft)
    unwritten = (_without_mail(name),) if has_nobody_to_write_to else ()
    of_page = (_of_page(name, fault) for fault in faults)
    typed = (*_of_typing(found, name), *_of_subject(text, name), *_of_margins(text, margins, name))
    is_answered = asks_by_other_ways(found) or (_has_mail(draft) and asks_a_contact(found))
    answered = {"accreditation-without-address"} if is_answered else set()
    if any(left.sentence == ATTACHED_FILES for left in left_out):
        answered.add("attachment-missing")
    read_over = (
        *of_page,
        *_of_checks(draft, left_out=answered, is_dated=is_dated),
        *typed,
        *undated,
        *unwritten,
        *_of_reading(name, left_out),
    )
    return Diagnosis(read_over, found)


def _with_event(found: RecognisedDocument, how: DateContext) -> RecognisedDocument:
    """Return the document with the day of its event, even if its weekday is wrong.

    That day is no fact for a campaign, and is still the one that a deadline must come before.
    """
    if found.value("event", "starts_at"):
        return found
    return replace(found, facts=(*found.facts, *event_facts(found.original, how, found.kind)))


def _without_dateline(name: str, *, is_dated: bool) -> Finding:
    what = _("The text has no dateline: nobody sees where and when it was written.")
    why = _("A newsroom that finds it again cannot tell whether it is news.")
    if is_dated:
        what = _("The head has the day on which the text was written, and no place.")
        why = _("A newsroom sees by the place whether the news is of its region.")
    remedy = _("Begin it with the place and the date: “Paris, 4 December 2017 –”.")
    finding = note(Place(name), what=what, why=why, remedy=remedy)
    return replace(finding, check="no-dateline")


def _has_mail(draft: Draft) -> bool:
    """Return whether one can write to somebody of those whom the press may call."""
    return any(contact.address for contact in draft.campaign.press_contacts)


def _without_mail(name: str) -> Finding:
    finding = note(
        Place(name),
        what=_("No press contact has an e-mail address."),
        why=_("Whoever cannot call, or wants pictures, has nobody to write to."),
        remedy=_("Write the address beside the name and the number."),
    )
    return replace(finding, check="contact-without-mail")


def _of_checks(draft: Draft, *, left_out: set[str], is_dated: bool) -> Iterator[Finding]:
    from mailer.checks import CHECKS  # noqa: PLC0415 - takes a tenth of a second

    found: dict[tuple[str, str], Finding] = {}
    for check in CHECKS:
        group = check.ask.__module__.split(".")[-2]
        is_asked = check.name not in _NOT_ASKED | left_out and group not in _GROUPS_NOT_ASKED
        if is_asked or check.name in _ASKED_ALL_THE_SAME:
            for finding in _judged(check.findings(draft), draft, is_dated=is_dated):
                # A fact is also in the text: what is said of both is said once.
                found.setdefault((check.name, str(finding.what)), finding)
    names = {name for name, _what in found}
    is_read = draft.campaign.event is not None and draft.campaign.event.starts_at is not None
    kept = [
        it for it in found.values() if is_read or not _FOLLOWS_FROM.get(it.check, set()) & names
    ]
    order = list(Severity)
    yield from sorted(kept, key=lambda it: (order.index(it.severity), it.where.line))


def _judged(findings: Iterator[Finding], draft: Draft, *, is_dated: bool) -> Iterator[Finding]:
    """Yield the findings of a check, those that rest on a guess as notes.

    A weekday that is wrong this year may be right in the year of a text that does not say when it
    was written, and nobody knows where a text bears no year at all; only an invitation must have an
    hour and a place, and its hour may stand apart. Whom to ask may be one of the contacts, the
    clock of an embargo that of the place, and somebody may still attach a file by hand.
    """
    is_invitation = draft.campaign.kind in _INVITING
    has_year = is_dated or any(years_of(passage, 0) for passage in messages(draft))
    for finding in findings:
        if finding.check == "weekday-differs" and not has_year:
            continue
        if finding.check == "event-without-hour" and _names_moment(draft):
            continue
        is_guess = {
            "weekday-differs": not is_dated and not _YEAR.search(str(finding.what)),
            "event-without-hour": not is_invitation or _names_hour(draft),
            "event-without-place": not is_invitation,
            "accreditation-without-address": _has_mail(draft),
            "attachment-missing": True,
            "embargo-without-zone": True,
        }
        yield replace(finding, severity=Severity.NOTE) if is_guess.get(finding.check) else finding


def _names_moment(draft: Draft) -> bool:
    """Return whether the day of the event is not known because a text tells of several moments."""
    event = draft.campaign.event
    if event is None or event.starts_at is not None:
        return False
    return any(
        mentions(sentence.words, passage.language)
        and says_hour(sentence.words)
        and not _ASKS.search(sentence.words)
        and not _EMBARGO.search(sentence.words)
        for passage in messages(draft)
        for sentence in sentences(passage.text)
    )


def _names_hour(draft: Draft) -> bool:
    """Return whether a text names an hour outside the sentences that ask for an answer."""
    return any(
        not _ASKS.search(sentence) and says_hour(sentence)
        for passage in messages(draft)
        for sentence in re.split(r"(?<=[.!?])\s|\n", passage.text)
    )


def _of_reading(name: str, left_out: Sequence[Text]) -> Iterator[Finding]:
    """Yield what the file holds beside its text, which nobody sees on the page."""
    for left in left_out:
        if left == DESCRIBED_PICTURES:
            continue
        finding = warning(
            Place(name),
            what=_("The file also holds: {what}", what=left),
            why=_("Whoever gets the file reads it, and whoever reads the text does not know it."),
            remedy=_("Decide on it in the document, then save it again."),
        )
        yield replace(finding, check="left-in-document")


def _of_typing(found: RecognisedDocument, name: str) -> Iterator[Finding]:
    """Yield what the layout of a mail mends, and nobody mends in a text that leaves as it is."""
    passage = Passage(PassagePart.TEXT, found.original, found.language, Place(name, 1))
    for finding in straight_quotes.in_passage(passage, found.language):
        yield replace(finding, check="straight-quotes")


def _of_subject(text: str, name: str) -> Iterator[Finding]:
    """Yield the subject that is typed above the text and too long for an inbox."""
    found = _SUBJECT.search("\n".join(text.split("\n")[:_FIRST]))
    longest = subject_too_long.MAX_SUBJECT_LENGTH
    if found and len(found["subject"]) > longest:
        finding = warning(
            Place(name, text.count("\n", 0, found.start("subject")) + 1),
            what=_(
                "The subject has {length} characters: {subject}",
                length=len(found["subject"]),
                subject=found["subject"],
            ),
            why=subject_too_long.WHY,
            remedy=_("Keep kind, event and date; the preheader takes the rest."),
        )
        yield replace(finding, check="subject-too-long")


def _of_margins(text: str, margins: Sequence[str], name: str) -> Iterator[Finding]:
    """Yield an embargo that only a header or footer of the document says."""
    said = next((it for it in margins if _EMBARGO.search(it)), "")
    if said and not _EMBARGO.search(text):
        finding = warning(
            Place(name),
            what=_(
                "The embargo stands in a header, a footer or a box only: {words}",
                words=" ".join(said.split()),
            ),
            why=_("A text that is copied into a newsroom loses it, and is published at once."),
            remedy=_("Write it above the headline too."),
        )
        yield replace(finding, check="embargo-in-header-only")


def _of_page(name: str, fault: PageFault) -> Finding:
    where = Place(name, fault.line)
    if fault.kind is PageFaultKind.IMAGE:
        finding = error(
            where,
            what=_("The image {source} has no description.", source=fault.words),
            why=image_without_alt.WHY,
            remedy=_('Say what it shows: alt="…", or alt="" for a mere decoration.'),
        )
    else:
        finding = error(
            where,
            what=_("The link “{text}” leads nowhere.", text=fault.words),
            why=link_without_target.WHY,
            remedy=_("Give it its address, or remove the link."),
        )
    return replace(finding, check=fault.kind)


def _draft(
    found: RecognisedDocument, *, name: str, office: Office, letterhead: Letterhead, at: datetime
) -> Draft:
    step = Step(
        "release",
        FixedTime(at),
        to=("press",),
        subject="",
        contents={VariantKey("", found.language): Content(name, _with_headline(found))},
    )
    planned = PlannedStep(
        step=step, rule=AudienceRule(to=step.to), local=at, due_at=at, expires_at=at
    )
    return Draft(
        campaign=replace(campaign_of(found, name=name, office=office), steps=(step,)),
        office=office,
        letterhead=letterhead,
        plan=(planned,),
        messages={},
        audiences={},
        now=at,
    )


def _with_headline(found: RecognisedDocument) -> str:
    """Return the text with its headline marked as one, where the document has no style for it."""
    title = next((fact.words for fact in found.facts if fact.path == ("title",)), "")
    lines = found.original.split("\n")
    if not title or any(line.startswith("# ") for line in lines):
        return found.original
    at = next((n for n, line in enumerate(lines) if line.strip() == title), None)
    if at is not None:
        lines[at] = f"# {lines[at]}"
    return "\n".join(lines)
