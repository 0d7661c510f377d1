"""French numbers in words, from ten to a hundred."""

from __future__ import annotations

_UNITS = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
_TEENS = [
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def _from_twenty() -> dict[str, int]:
    named = {word: ten for ten, word in _TENS.items()} | {"quatre-vingts": 80}
    for ten, word in (*_TENS.items(), (80, "quatre-vingt")):
        for unit, name in enumerate(_UNITS, start=1):
            is_joined = unit == 1 and ten < 80
            named[f"{word}-et-{name}" if is_joined else f"{word}-{name}"] = ten + unit
            if is_joined:
                named[f"{word} et {name}"] = ten + unit
            if unit == 1:  # of what is feminine
                named[f"{word}-et-une" if is_joined else f"{word}-une"] = ten + unit
                named[f"{word} et une"] = ten + unit
    for ten, word in ((60, "soixante"), (80, "quatre-vingt")):
        named |= {f"{word}-{teen}": ten + 10 + n for n, teen in enumerate(_TEENS)}
    return named | {"soixante et onze": 71}


NUMBERS = {word: 10 + n for n, word in enumerate(_TEENS)} | _from_twenty() | {"cent": 100}

SMALL_NUMBERS = {word: n for n, word in enumerate(_UNITS, start=1) if n > 1}
"""Those below ten, but for one, which is also an article."""

ANNIVERSARIES = {
    "dixième": 10,
    "quinzième": 15,
    "vingtième": 20,
    "vingt-cinquième": 25,
    "trentième": 30,
    "quarantième": 40,
    "cinquantième": 50,
    "soixantième": 60,
    "soixante-dixième": 70,
    "quatre-vingtième": 80,
    "centième": 100,
    "cinquantenaire": 50,
    "centenaire": 100,
    "bicentenaire": 200,
}
"""The anniversaries that are kept, in words."""
