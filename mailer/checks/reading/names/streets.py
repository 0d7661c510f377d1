"""Recognise a street with its number behind it, as Belgium, Switzerland and Germany write it."""

from __future__ import annotations

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern

_STREET = in_any_language(lambda phrases: phrases.street)
_ROOM = in_any_language(lambda phrases: phrases.room)
_NUMBER = r",? \d{1,3}(?: ?[A-Za-z])?(?!\w)"
POSTCODE = r"(?:[A-Z]{1,2}-)?\d{4,5} [A-ZÀ-Ý]"
NUMBER_BEHIND = RarePattern(
    rf"(?:\A|(?<=[,:] ))(?!{_ROOM}\b)(?:{_STREET} [^,:\d\n]{{2,50}}?{_NUMBER}(?=[,;.)\n]|\Z)(?!, {_STREET}\b)"
    rf"|[A-ZÀ-Ý][^,:\d\n]{{2,50}}?{_NUMBER}(?=, {POSTCODE}))",
)
"""`allée des Tilleuls 5`; with a postcode behind it also `Bahnhofstrasse 3, 3600 Thoune`."""
