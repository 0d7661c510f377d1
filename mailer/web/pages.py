"""Renders the templates of the desk in a reader's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from mailer.calendar.timetable import in_zone
from mailer.calendar.written_days import written_day
from mailer.files.catalogues import translations_for
from mailer.journal.words import act_name, detail_of, name_of, subject_of
from mailer.labels import (
    TRIGGERS,
    change_in_words,
    evidence_in_words,
    label_of,
)
from mailer.languages import language_of
from mailer.model.mailings.amendment import AmendmentKind
from mailer.own_diagnoses import diagnosis, why_uncertain, why_unread
from mailer.pages.page import environment
from mailer.pages.quoted import marked
from mailer.web.fact_fields import field_of, file_called
from mailer.web.labels import SPOKEN, WORST_CASES, readers_in_words, task_after
from mailer.web.notices import NOTICES
from mailer.web.remedies import editor_of, with_line
from mailer.wording import from_note, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from mailer.wording import Text

TEMPLATES = Path(__file__).resolve().parent / "templates"


class Pages:
    """The templates. `version` is in the addresses of styles and scripts, which may be cached."""

    def __init__(self, *, version: str, office: str, time_zone: str) -> None:
        self._globals = {
            "version": version,
            "office": office,
            "editor_of": editor_of,
            "field_of": field_of,
            "task_after": task_after,
            "journal_act": act_name,
            "journal_subject": subject_of,
            "name_of": name_of,
        }
        self._time_zone = time_zone

    def render(self, template: str, *, language: str, notice: str, **values: Any) -> str:
        """Return the page in a language, with the notice of this name if there is one."""
        return (
            _environment(language, self._time_zone)
            .get_template(template)
            .render(
                **self._globals,
                language=language,
                notice=NOTICES.get(notice),
                **values,
            )
        )


@lru_cache(maxsize=8)
def _environment(language: str, time_zone: str) -> jinja2.Environment:
    translate, dates = (
        partial(say, translations=translations_for(language), quoted=marked),
        language_of(language).dates,
    )
    made = environment(TEMPLATES, say=translate, language=language)
    made.filters |= {
        "local": partial(in_zone, zone=time_zone),
        "in_zone": in_zone,
        "parsed": datetime.fromisoformat,
        "change_in_words": change_in_words,
        "file_called": lambda path: translate(file_called(path)),
        "readers": lambda variant: translate(readers_in_words(variant)),
        "trigger": lambda state: translate(TRIGGERS[state]),
        "spoken_role": lambda role: translate(SPOKEN[role]),
        "worst_case": lambda case: translate(WORST_CASES[case]),
        "amendment_kind": lambda kind: translate(label_of(AmendmentKind(kind))),
        "from_note": from_note,
        "with_line": with_line,
        "evidence_in_words": evidence_in_words,
        "diagnosis": diagnosis,
        "why_unread": why_unread,
        "why_uncertain": why_uncertain,
        "journal_detail": detail_of,
        "with_days": partial(_with_days, filters=made.filters),
        "short_day": partial(written_day, pattern="EEE d MMM", language=language),
        "month_name": partial(format_date, format="LLLL y", locale=language),
        "hour": lambda at: dates.clock(at.time()) if dates else f"{at:%H:%M}",
    }
    return made


def _with_days(text: Text, filters: Mapping[str, Any]) -> Text:
    """Return a sentence whose days are written as pages write them, with the day of the week."""

    def written(value: object) -> object:
        if isinstance(value, datetime):
            return filters["long"](value)
        return filters["day"](value) if isinstance(value, date) else value

    return replace(text, values={name: written(each) for name, each in text.values.items()})
