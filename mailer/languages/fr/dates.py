"""French dates, as messages write them and as authors do.

Messages follow the Imprimerie nationale: "samedi 9 décembre 2017", "9 h 30", "9 h" on the
hour, "1er" for the first day, with no-break spaces that keep a day with its month and an
hour with its minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages.language import (
    NBSP,
    BeforePeriod,
    DatePatterns,
    DateWords,
    NearDays,
    RelativeDay,
)

if TYPE_CHECKING:
    from datetime import time


def _hour(at: time) -> str:
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


DATE_WORDS = DateWords(
    day=f"EEEE d{NBSP}MMMM{NBSP}y",
    first_day="1er",
    hour=_hour,
    clock=_hour,
    moment=f"{{day}} à{NBSP}{{time}}",
    period="du {first} au {last}",
    bare_period="{first} – {last}",
    day_without_year=f"EEEE d{NBSP}MMMM",
    day_without_month="EEEE d",
    before_period=(
        BeforePeriod(r"jusqu[’']au", "{words} {last}"),
        BeforePeriod(r"(?:avant|d[’']ici|dès) (?:le|au)", "{words} {first}"),
        BeforePeriod(r"[àa] (?:partir|compter) du", "{words} {first}"),
        BeforePeriod(r"depuis le", "{words} {first}"),
        BeforePeriod(r"(?:après|passé) le", "{words} {last}"),
        BeforePeriod(
            r"(?P<kept>(?:réserv|reten|not|bloqu|coch|conserv|gard)(?:ez|er|ir|ons)(?: bien)?(?: (?:dès|déjà))?(?: (?:maintenant|à présent))?) le",
            "{words} les dates {period}",
        ),
        BeforePeriod(r"du (?:\w+ )?\d{1,2}(?:er)?(?: \w+)?(?: \d{4})? au", "{words} {last}"),
        BeforePeriod(r"au", "à la période {period}"),
        BeforePeriod(r"le|du|ce|de|les", "{period}"),
    ),
    hours="de {first} à {last}",
    near=NearDays(
        morning="ce matin",
        afternoon="cet après-midi",
        evening="ce soir",
        today="aujourd’hui",
        tomorrow="demain",
        in_days="dans {count} jours",
        counts=("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    ),
)

_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_MONTHS = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
)

_ANNOUNCES = (
    r"(?i)\b(?:présent|lanc|publi|annonc|dévoil|inaugur|remet|réuni|ouvr|sign|accueill|organis)"
    r"(?:e|ent|era|eront|it|issent|t|tent)\b"
)

DATE_PATTERNS = DatePatterns(
    weekdays=tuple(_DAYS.split("|")),
    short_weekdays=("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    months=(
        r"janvier|janv?\.?",
        r"f[ée]vrier|f[ée]vr?\.?",
        "mars",
        r"avril|avr\.?",
        "mai",
        "juin",
        r"juillet|juil\.?",
        "ao[ûu]t",
        r"septembre|sept\.?",
        r"octobre|oct\.?",
        r"novembre|nov\.?",
        r"d[ée]cembre|d[ée]c\.?",
    ),
    article="le",
    forms=(
        r"(?<!\w)WEEKDAY(?P<day>1er|1\u1d49\u02b3|\d{1,2})\s+MONTH(?!\w)(?:\s+(?P<year>\d{4}))?",
        r"(?<![\w/])WEEKDAY(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\w/])",
    ),
    before_second=r"(?P<day>1er|\d{1,2})\s*(?:et|au|ou|,|–|-)\s+(?:le\s+|au\s+)?",
    ignores_case=True,
    # « La médecine de demain » names no day.
    relative=(
        RelativeDay(pattern=rf"(?i)\b(?:\d+\s+)?(?:{_DAYS}|{_MONTHS})\s+prochains?\b"),
        RelativeDay(pattern=r"(?i)\b(?:semaine|année|mois|week-end)s?\s+prochaine?s?\b"),
        RelativeDay(pattern=rf"(?i)\bce\s+(?:{_DAYS}|week-end)\b|\bcette\s+semaine\b"),
        RelativeDay(
            pattern=r"(?i)\bdans\s+(?:\d+|deux|trois|quatre|cinq|six|sept|huit|dix)\s+jours\b"
        ),
        RelativeDay(
            pattern=rf"(?i)\b(?:{_DAYS}|semaine|mois|week-end)\s+(?:derni(?:er|ère)|passée?)\b"
        ),
        RelativeDay(
            pattern=(
                r"(?<!\ble )(?<!\bdu )(?<!\bau )(?<!\bles )(?<!\bun )(?<!\bde )(?<!\bce )(?<!\bet )(?<!\bou )"
                rf"(?<!\bà )(?<!d[’'])(?<!haque )(?<!, )\b(?:{_DAYS})\b"
                rf"(?!,?\s+(?:\d|1er|(?:et|ou|à|au|le)\s+(?:{_DAYS}|\d)|prochain|dernier|passé|gras|saint))"
            ),
            beside=_ANNOUNCES,
            may_be_usual=True,
        ),
        RelativeDay(
            pattern=r"(?i)(?:\bavant-|(?<!\bd[’'])\b)hier(?:\s+(?:matin|midi|soir|après-midi))?\b"
        ),
        RelativeDay(
            pattern=(
                r"(?i)\bil y a (?:une|deux|trois|quatre|quelques|\d) (?:jours?|semaines?)\b|\bla semaine d[’']après\b"
                r"|\bd[’']ici (?:la fin de la semaine|la fin du mois|quelques jours)\b|\bces (?:derniers|prochains|tout derniers) jours\b|\ben fin de semaine\b"
            ),
            may_be_usual=True,
        ),
        RelativeDay(pattern=r"(?i)\bapr[èe]s-demain\b", days_ahead=2),
        RelativeDay(pattern=r"(?i)(?<!\bde )(?<!\bde\u00a0)(?<!-)\bdemain\b", days_ahead=1),
        RelativeDay(pattern=r"(?i)\bce\s+(?:matin|midi|soir)\b|\bcet\s+après-midi\b", days_ahead=0),
        RelativeDay(pattern=r"(?i)\baujourd[’']hui\b", days_ahead=0, beside=_ANNOUNCES),
        RelativeDay(pattern=r"(?i)\baujourd[’']hui,?\s+(?:à|dès|de)\s+[\d\ue000]", days_ahead=0),
    ),
    relative_suffix="prochain|dernier",
)
