"""Renders a page: one file with its style inside, in the reader's language,
under a strict policy.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from babel import Locale
from babel.numbers import format_decimal

from mailer.calendar.written_days import LONG_DAY, written_day
from mailer.labels import TRIGGERS, label_of, state_of, step_title, why_left_out
from mailer.languages import language_of
from mailer.pages.quoted import shown
from mailer.preview.word_changes import has_changed
from mailer.render.facts.dates import city_in_words
from mailer.telephones import dialled
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from enum import StrEnum

    from jinja2.bccache import Bucket

_HERE = Path(__file__).resolve().parent
_SHORT_DATE = "EEE d MMM"
_DATED = "EEE d MMM y"
"""For what is kept for years, such as the journal."""


def render_page(
    template: str,
    *,
    sheets: tuple[str, ...],
    policy: str,
    say: Callable[[Text], str],
    language: str,
    rules: str = "",
    forms: str = "'none'",
    **values: object,
) -> str:
    """Return the page of `template`, styled only by `sheets` and the additional CSS `rules`.

    `policy` is what its Content-Security-Policy allows besides that style: without it, the page can
    fetch, run and submit nothing. A policy with a `style-src` of its own is for a page
    that holds other styles too. `forms` is the policy's `form-action`.
    """
    style = "\n".join([*((_HERE / sheet).read_text("utf-8") for sheet in sheets), rules])
    return (
        environment(_HERE, say=say, language=language)
        .get_template(template)
        .render(
            style=style,
            policy=f"default-src 'none'; base-uri 'none'; form-action {forms}; "
            f"{'' if 'style-src' in policy else f'style-src {_csp_hash(style)}; '}{policy}",
            language=language,
            **values,
        )
    )


class _CompiledTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates in memory. Compiling is nine tenths of the time of a page, and a
    mail gateway opens the links of a whole mailing at once.
    """

    def __init__(self) -> None:
        self._code_by_key: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._code_by_key.get(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code_by_key[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _CompiledTemplates()


def environment(folder: Path, *, say: Callable[[Text], str], language: str) -> jinja2.Environment:
    """Return an environment for the templates of a folder, in the reader's language."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def enum_label(value: StrEnum) -> str:
        return say(label_of(value))

    def date_and_time(instant: datetime, day: str) -> str:
        dates = language_of(language).dates
        hour = dates.clock(instant.time()) if dates else f"{instant:%H:%M}"
        return f"{written_day(instant, day, language=language)}, {hour}"

    def language_name(code: str) -> str:
        return str(Locale.parse(language).languages.get(code, code))

    made.globals |= {
        "_": lambda sentence, **values: say(_(sentence, **values)),
        "_n": lambda one, many, **values: say(_n(one, many, **values)),
    }
    made.filters |= {
        "say": say,
        "dialled": dialled,
        "decimal": lambda number: format_decimal(number, format="0.0", locale=language),
        "named": enum_label,
        "day": lambda day: written_day(day, LONG_DAY, language=language),
        "long": lambda instant: date_and_time(instant, LONG_DAY),
        "short": lambda instant: date_and_time(instant, _SHORT_DATE),
        "dated": lambda instant: date_and_time(instant, _DATED),
        "trigger": lambda trigger: say(TRIGGERS[trigger]),
        "has_changed": has_changed,
        "state_of": lambda mailing: say(state_of(mailing)),
        "why_left_out": lambda each: say(why_left_out(each.reason, each.detail)),
        "step_title": lambda step: say(step_title(step)),
        "language_name": language_name,
        "city": lambda zone: city_in_words(zone, language),
    }
    return made


def _csp_hash(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
