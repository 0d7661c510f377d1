"""What the image leaves out of Babel's locale data, and what its other data still say."""

import re
import runpy
import shutil
from datetime import date, time
from pathlib import Path

import babel
import pytest
from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_decimal

ROOT = Path(__file__).resolve().parents[2]
ASKED = {
    *("babel.Locale", "babel.dates.format_date", "babel.dates.format_time"),
    *("babel.dates.get_timezone_location", "babel.numbers.format_decimal"),
    *("babel.messages.mofile.write_mo", "babel.messages.pofile.read_po"),
}
"""What mailer asks of Babel; `answers` knows each that needs locale data."""
PATTERNS = ("short", "medium", "long", "full", "LLLL y", "EEEE d MMMM", "d MMM")


def city(zone, locale):
    try:
        return get_timezone_location(zone, locale=locale, return_city=True)
    except KeyError as unknown:  # Babel's own data lack it in some small languages
        return repr(unknown)


def answers(name):
    """All that mailer may be told about a language."""
    locale = Locale.parse(name)
    days = [date(2026, month, month + 4) for month in range(1, 13)]
    return (
        [format_date(day, pattern, locale=locale) for day in days for pattern in PATTERNS],
        [format_time(time(hour, 5), "short", locale=locale) for hour in (0, 9, 12, 18)],
        [city(zone, locale) for zone in ("Europe/Paris", "America/Toronto", "Asia/Tokyo")],
        {width: f"{pattern}" for width, pattern in locale.date_formats.items()},
        dict(locale.languages),
        locale.get_display_name(locale),
        format_decimal(1234.5, format="0.0", locale=locale),
    )


@pytest.fixture
def trim(tmp_path, monkeypatch):
    """Has Babel read from now on a copy of its data, trimmed as in the image.

    What it says of a language depends on those that were asked for before: it begins afresh.
    """
    monkeypatch.setattr(localedata, "_cache", {})
    trimming = runpy.run_path(str(ROOT / ".ci" / "trim_locale_data.py"))["trim_locale_data"]

    def trim():
        whole = Path(babel.__file__).with_name("locale-data")
        copied = Path(shutil.copytree(whole, tmp_path / "locale-data"))
        trimming(copied)
        monkeypatch.setattr(localedata, "_dirname", str(copied))
        monkeypatch.setattr(localedata, "_cache", {})

    return trim


def test_issue_17_each_language_says_in_the_image_what_it_says_elsewhere(trim):
    names = sorted(name for name in localedata.locale_identifiers() if "_" not in name)
    elsewhere = {name: answers(name) for name in (*names, "fr_CA", "en_GB", "pt_BR", "zh_Hant_TW")}

    trim()

    assert len(names) > 300
    assert {name: answers(name) for name in elsewhere} == elsewhere


def test_what_the_image_left_out_and_a_language_that_nobody_knows_are_errors(trim):
    trim()

    with pytest.raises(KeyError, match="currency_names"):
        _ = Locale.parse("fr").currencies
    with pytest.raises(UnknownLocaleError):
        Locale.parse("tlh")


def test_mailer_asks_nothing_else_of_babel():
    imports = [
        f"{module}.{name.strip()}"
        for file in (ROOT / "mailer").rglob("*.py")
        for module, names in re.findall(
            r"(?m)^ *from (babel[\w.]*) import (.+)$", file.read_text("utf-8")
        )
        for name in names.split(",")
    ]

    assert set(imports) == ASKED
