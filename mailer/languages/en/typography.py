"""English typography: what a line may not part, from text to text.

Spelling and signs stay as they are typed. A day stays with its month and year, an hour with its
half of the day, a number with its unit or with the word that it numbers, a title with its name.
"""

from __future__ import annotations

import re
from functools import cache

from mailer.languages.language import NBSP, Typography
from mailer.languages.protected import hidden, shown

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[.]?"
)
_UNITS = (
    r"[ap]\.?m\b|noon\b|midnight\b|km/h\b|k?m²|[kcm]?m\b|miles?\b|m?ph\b|feet\b|[kmµ]?g\b|tonnes?\b|[mc]?[lL]\b|ha\b"
    r"|[kKMGT]B\b|[kMGT]?Wh?\b|px\b|min\b|hrs?\b|euros?\b|pounds?\b|dollars?\b|(?:thousand|[mbtr]+illion)\b|[%‰€£]|°[CF]\b"
)
_NUMBERED = (
    "Room|Hall|Building|Floor|Level|Gate|Door|Platform|Line|Stand|Booth|Suite|Studio|Stage|Terminal"
    "|Amphitheatre|Theatre|Auditorium|Figure|Fig[.]|Table|Chapter|Section|Part|Phase|Article|Page|page"
    "|pp?[.]|Nos?[.]|[Vv]ol[.]|Volume|Issue"
)
# A number stays with its street, also of a French address.
_STREET = (
    r"(?:[A-Z][\w’'-]* ){1,3}(?:Street|Road|Avenue|Square|Lane|Place|Gardens|Drive|Terrace)(?!\w)"
    r"|(?:rue|quai|avenue|boulevard|place|allée|cours|chemin|impasse|square|route) (?:d[eu’']|[A-Z])"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_JOINED = (
    rf"(?<![\d.,:]){_DAY} (?:{_MONTHS})(?:,? \d{{4}})?(?!\w)",  # 9 December 2017
    rf"(?<!\w)(?:{_MONTHS}) (?:{_DAY}(?:,? \d{{4}})?|\d{{4}})(?![\w:])",  # December 9, 2017
    rf"(?<=\d) (?={_UNITS})",
    rf"(?<!\w)(?:{_NUMBERED}) (?:\d+[A-Z]?|[A-Z]\d*)(?!\w)",  # Room 12
    rf"(?<![\d.,:])\d{{1,4}} (?={_STREET})",  # 10 Downing Street
    r"(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof|St)\.? (?=[A-Z])",
    r"(?<![\d+])\+\d{1,3}(?: \d{1,4}){2,5}(?!\d)",  # +44 20 7946 0018
    r"(?<!\d)0\d{2,4} \d{3,4} \d{3,4}(?!\d)",
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(_JOINED))


def joined(text: str, tag: str = "en") -> str:
    """Return `text` with no-break spaces where a line would part what belongs together."""
    del tag
    text, kept = hidden(text, "en")
    return shown(_pattern().sub(lambda it: it[0].replace(" ", NBSP), text), kept)


TYPOGRAPHY = Typography(typeset=None, together=joined)
