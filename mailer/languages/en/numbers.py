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
