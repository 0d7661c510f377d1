"""Suggests corrections for domains that are probably mistyped; a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROVIDERS = {
    "gmail": ("com",),
    "hotmail": ("fr", "com"),
    "outlook": ("fr", "com"),
    "yahoo": ("fr", "com"),
    "icloud": ("com",),
    "orange": ("fr",),
    "wanadoo": ("fr",),
    "laposte": ("net",),
    "protonmail": ("com",),
    "numericable": ("fr",),
    "club-internet": ("fr",),
}
"""Providers of private mailboxes in France, and the top-level domains that they use."""

_ONE_ENDING = frozenset({"gmail", "wanadoo"})
"""Providers that have no mailboxes under another top-level domain."""

_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "vom", "xom", "comm", "cpm", "coml"), "com"),
    **dict.fromkeys(("fe", "ff", "frr", "fer", "f", "rf", "ft"), "fr"),
    **dict.fromkeys(("nte", "ner", "nett"), "net"),
    **dict.fromkeys(("ogr", "orgg", "rog"), "org"),
}
"""Misspelled top-level domains, and the correct ones."""

_MIN_LABEL_LENGTH = 8
"""Minimum length of a domain name, without its ending, for one wrong letter to count as a slip."""


def well_known(domain: str) -> str | None:
    """Return `gmail.com` for `gmial.com` or `journal.fr` for `journal.fe`; None when `domain` looks
    right.
    """
    label, _dot, ending = domain.rpartition(".")
    ending = _ENDINGS.get(ending, ending)
    name = next((name for name in _PROVIDERS if name == label or is_slip(label, name)), label)
    endings = _PROVIDERS.get(name, (ending,))
    if ending not in endings and (name != label or name in _ONE_ENDING):
        ending = endings[0]
    meant = f"{name}.{ending}"
    return meant if meant != domain else None


def near_neighbours(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the domains that occur once in a list and are one slip away from a more frequent one,
    with that one.

    `counts` is how often each domain occurs. A different digit is not a slip, because it
    distinguishes outlets (`radio1`, `radio2`).
    """
    frequent: dict[str, str] = {}
    for domain in sorted(counts):
        if counts[domain] > 1:
            frequent.update(dict.fromkeys(_shortened(domain), domain))
    found = {}
    for domain in counts:
        label, _dot, ending = domain.rpartition(".")
        if counts[domain] > 1 or len(label) < _MIN_LABEL_LENGTH:
            continue
        for other in sorted({frequent[key] for key in _shortened(domain) if key in frequent}):
            other_label, _dot, other_ending = other.rpartition(".")
            if (
                ending == other_ending
                and _digits(label) == _digits(other_label)
                and is_slip(label, other_label)
            ):
                found[domain] = other
    return found


def _shortened(domain: str) -> set[str]:
    """Return `domain` and its variants without one letter: domains one slip apart share one."""
    return {domain, *(domain[:i] + domain[i + 1 :] for i in range(len(domain)))}


def is_slip(text: str, meant: str) -> bool:
    """Return whether `text` is `meant` with one letter missing, added or wrong, or two swapped."""
    if text == meant or abs(len(text) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(text, meant, strict=False)) if a != b),
        min(len(text), len(meant)),
    )
    rest, meant_rest = text[start:], meant[start:]
    return (
        rest[1:] == meant_rest[1:]
        or rest[1:] == meant_rest
        or rest == meant_rest[1:]
        or (rest[:2] == meant_rest[1::-1] and rest[2:] == meant_rest[2:])
    )


def _digits(label: str) -> str:
    return "".join(filter(str.isdigit, label))
