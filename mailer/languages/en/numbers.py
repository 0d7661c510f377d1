"""English numbers in words, from ten to a hundred."""

from __future__ import annotations

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

NUMBERS = (
    {word: 10 + n for n, word in enumerate(_TEENS)}
    | {word: ten for ten, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {
        f"{word}-{unit}": ten + n
        for ten, word in zip(range(20, 100, 10), _TENS, strict=True)
        for n, unit in enumerate(_UNITS, start=1)
    }
    | {"a hundred": 100, "one hundred": 100}
)

SMALL_NUMBERS = {word: n for n, word in enumerate(_UNITS, start=1) if n > 1}
"""Those below ten, but for one, which is also an article."""

ANNIVERSARIES = {
    "tenth": 10,
    "fifteenth": 15,
    "twentieth": 20,
    "twenty-fifth": 25,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "hundredth": 100,
    "centenary": 100,
    "bicentenary": 200,
}
"""The anniversaries that are kept, in words."""
