"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages.en.amendment_texts import AMENDMENT_TEXTS
from mailer.languages.en.answers import ANSWERS
from mailer.languages.en.blocks import BLOCK_WORDS
from mailer.languages.en.compared import COMPARED
from mailer.languages.en.phrases import PHRASES
from mailer.languages.en.refusals import REFUSALS
from mailer.languages.en.release import RELEASE
from mailer.languages.en.replies import ABSENCES, REPLIES
from mailer.languages.en.starter_texts import STARTER_TEXTS
from mailer.languages.en.typography import TYPOGRAPHY
from mailer.languages.language import (
    NBSP,
    BeforePeriod,
    Civility,
    ContactListWords,
    DatePatterns,
    DateWords,
    Language,
    Letters,
    NearDays,
    RelativeDay,
)
from mailer.model.contacts.contact_import import Field

if TYPE_CHECKING:
    from datetime import time


def _hour(at: time) -> str:
    if (at.hour, at.minute) == (12, 0):
        return f"12{NBSP}noon"
    return f"{at.hour % 12 or 12}:{at.minute:02d}{NBSP}{'am' if at.hour < 12 else 'pm'}"


DATE_WORDS = DateWords(
    # For an international readership: in the order other languages use, without commas.
    day=f"EEEE d{NBSP}MMMM{NBSP}y",
    hour=_hour,
    clock=lambda at: f"{at:%H:%M}",
    moment=f"{{day}} at{NBSP}{{time}}",
    period="from {first} to {last}",
    bare_period="{first} to {last}",
    day_without_year=f"EEEE d{NBSP}MMMM",
    day_without_month="EEEE d",
    before_period=(
        BeforePeriod(r"until|till|through", "{words} {last}"),
        BeforePeriod(r"before|by|since|as of|starting|beginning|now and", "{words} {first}"),
        BeforePeriod(r"after", "{words} {last}"),
        BeforePeriod(r"starting on|beginning on|starting from|from", "from {first}"),
        BeforePeriod(r"(?P<kept>save|reserve|keep|note|block|book) the date of", "{words} {bare}"),
        BeforePeriod(
            r"for|of|to|is|are|save|reserve|keep|note|block|book|the|this", "{words} {bare}"
        ),
        BeforePeriod(r"on", "{period}"),
    ),
    hours="from {first} to {last}",
    near=NearDays(
        morning="this morning",
        afternoon="this afternoon",
        evening="this evening",
        today="today",
        tomorrow="tomorrow",
        in_days="in {count} days",
        counts=("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ),
)

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_ANNOUNCES = (
    r"(?i)\b(?:present|launch|publish|announc|unveil|inaugurat|open|sign|host|welcom|releas|meet)"
    r"(?:e?s|ed)\b"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

DATE_PATTERNS = DatePatterns(
    weekdays=tuple(_DAYS.split("|")),
    short_weekdays=("Mon", "Tues?", "Wed", "Thu(?:rs?)?", "Fri", "Sat", "Sun"),
    months=(
        r"January|Jan\.?",
        r"February|Feb\.?",
        r"March|Mar\.?",
        r"April|Apr\.?",
        "May",
        r"June|Jun\.?",
        r"July|Jul\.?",
        r"August|Aug\.?",
        r"September|Sept?\.?",
        r"October|Oct\.?",
        r"November|Nov\.?",
        r"December|Dec\.?",
    ),
    article="the",
    forms=(
        rf"(?<!\w)WEEKDAY{_DAY}\s+(?:of\s+)?MONTH(?!\w)(?:,?\s+(?P<year>\d{{4}}))?",
        # `31 May` and an hour on the line below are no 9 May
        rf"(?<!\w)(?<!\d\s)WEEKDAYMONTH\s+{_DAY}(?!\w|[.:]\d\d|\s*[ap]\.?m\b)(?:,?\s+(?P<year>\d{{4}}))?",
    ),
    before_second=r"(?P<day>\d{1,2})\s*(?:and|to|or|,|–|-)\s+",
    # A capital is required, because “may” and “march” are also verbs.
    ignores_case=False,
    relative=(
        RelativeDay(pattern=rf"(?i)\bnext\s+(?:{_DAYS}|week|weekend|month|year)\b"),
        RelativeDay(pattern=rf"\b[Tt]his\s+(?:{_DAYS}|week|weekend)\b"),
        RelativeDay(pattern=r"(?i)\bin\s+(?:\d+|two|three|four|five|six|seven|ten)\s+days\b"),
        RelativeDay(pattern=rf"(?i)\blast\s+(?:{_DAYS}|week|weekend|month|night(?! of\b))\b"),
        RelativeDay(
            pattern=(
                r"(?<!\b[Tt]he )(?<!\bevery )(?<!\beach )(?<!\ba )(?<!, )(?<!\bto )(?<!\band )(?<!\bor )"
                rf"(?<!Every )(?<!\blast )(?<!\bnext )(?<!\bthis )\b(?:{_DAYS})\b"
                r"(?!,?\s+(?:\d|to\b|and\b|or\b|[A-Z][a-z]+\s+\d))"
            ),
            beside=_ANNOUNCES,
            may_be_usual=True,
        ),
        RelativeDay(pattern=r"(?i)\b(?:day\s+before\s+)?yesterday\b(?![’'])"),
        RelativeDay(
            pattern=(
                r"(?i)\b(?:a|one|two|three|four|some|\d)\s+(?:days?|weeks?|fortnight)\s+ago\b|\bin\s+a\s+(?:week|fortnight)(?:[’']s\s+time)?\b"
                r"|\b(?:earlier|later)\s+this\s+(?:month|year)\b|\bthe\s+other\s+day\b|\bby\s+the\s+end\s+of\s+(?:the|this)\s+(?:week|month)\b"
            ),
            may_be_usual=True,
        ),
        RelativeDay(pattern=r"(?i)\bday\s+after\s+tomorrow\b", days_ahead=2),
        RelativeDay(pattern=r"(?i)(?<!after )(?<!of )\btomorrow\b(?![’'])", days_ahead=1),
        RelativeDay(
            pattern=r"(?i)(?:earlier\s+|later\s+)?\bthis\s+(?:morning|afternoon|evening)\b|\btonight\b",
            days_ahead=0,
        ),
        RelativeDay(pattern=r"(?i)\btoday\b(?![’'])", days_ahead=0, beside=_ANNOUNCES),
        RelativeDay(pattern=r"(?i)\btoday,?\s+(?:at|from)\s+[\d\ue000]", days_ahead=0),
    ),
    relative_suffix="",
)

CONTACT_LISTS = ContactListWords(
    headers={
        Field.ADDRESS: "mail, mails, e mail, e mails, email, emails, e mail address, email address",
        Field.CIVILITY: "civility, salutation, name prefix, prefix, honorific",
        Field.FIRST_NAME: "first name, firstname, given name, forename",
        Field.LAST_NAME: "last name, lastname, surname, family name",
        Field.FULL_NAME: (
            "contact, name, full name, contact name, contact person, display name, gecos"
        ),
        Field.ORGANISATION: (
            "outlet, media outlet, publication, organization, company, company name, "
            "organization name, organization 1 name, account name, associated company, "
            "primary associated company"
        ),
        Field.ROLE: "role, job title, position, organization title, organization 1 title",
        Field.BEAT: "beat, section",
        Field.REGION: "area",
        Field.MEDIA: "media type, type of media, kind of media, outlet type, type of outlet",
        Field.LANGUAGE: "language, lang",
        Field.MOBILE: "mobile phone, mobile number, cell, cell phone",
        Field.PHONE: (
            "phone, phone number, telephone number, business phone, work phone, home phone, "
            "primary phone, phone 1 value"
        ),
        Field.DO_NOT_CONTACT: "do not contact, dnc, unsubscribed, opt out",
        Field.SENSITIVE: "disease, illness, condition, disability",
        Field.OURS: "row, reason, suggestion",
        Field.DECISION: "write to them",
    },
    qualifiers="",
    civilities={
        **dict.fromkeys(("mr", "mister"), Civility.MR),
        **dict.fromkeys(("mrs", "ms", "miss", "madam"), Civility.MS),
        **dict.fromkeys(("dr", "doctor"), Civility.DOCTOR),
        **dict.fromkeys(("prof", "professor"), Civility.PROFESSOR),
    },
    no=("no", "n", "0", "false"),
    desks=frozenset(
        [
            "contact",
            "desk",
            "editor",
            "editorial",
            "hello",
            "info",
            "news",
            "newsdesk",
            "newsroom",
            "office",
            "press",
        ]
    ),
    desk_beginnings=(),
    articles=frozenset(),
    recipient_labels=frozenset(
        [
            *("to", "cc", "bcc", "from", "reply to", "recipients", "recipient", "sent to", "copy"),
            *("email", "emails", "e mail", "e mails", "mail", "mailto", "address", "addresses"),
        ]
    ),
    group_words=frozenset(["group", "groups", "list", "newsroom", "team", "desk", "press"]),
    refusals=REFUSALS,
    address_headers=r"mails?|e ?mails?",
    no_address_headers=(
        r"type|label|display|name|consent\w*|status|date|time|at|on|count|sent|open\w*|click\w*"
        r"|domain|provider|client|list|id|hash|subject|frequency|format|html|source|owner|valid\w*"
        r"|verif\w*|confirm\w*|reason|bounce\w*|rating|engagement|template|link|notes?|merge"
        r"|password|server|invalid|quarantined|delivered|replied|last|first|next"
    ),
    main_address_headers=r"primary|main|preferred|direct|work|business|1",
    second_address_headers=r"secondary|second|other|alternate|alternative|home|personal|private|2|3|4|5",
    desk_address_headers=r"desk|newsroom|general|generic|company|office|organi[sz]ation|outlet",
    titles=("title",),
)

ENGLISH = Language(
    code="en",
    names=("en", "eng", "anglais", "anglaise", "english", "gb", "uk", "us"),
    contact_lists=CONTACT_LISTS,
    dates=DATE_WORDS,
    letters=Letters(
        formal="Dear {civility} {last_name}",
        by_name="Dear {first_name} {last_name}",
        plain="Hello",
        civilities={
            Civility.MR: "Mr",
            Civility.MS: "Ms",
            Civility.DOCTOR: "Dr",
            Civility.PROFESSOR: "Professor",
        },
    ),
    typography=TYPOGRAPHY,
    date_patterns=DATE_PATTERNS,
    phrases=PHRASES,
    absences=ABSENCES,
    replies=REPLIES,
    answers=ANSWERS,
    release=RELEASE,
    starter_texts=STARTER_TEXTS,
    block_words=BLOCK_WORDS,
    amendment_texts=AMENDMENT_TEXTS,
    compared=COMPARED,
)
