"""The words of a language for being let in as a journalist, and for having to ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionWords:
    """Regular expressions of whole words; capitals do not matter."""

    press: str = r"(?!)"
    """What lets journalists in, and nobody else: `brassard`."""
    anybody: str = r"(?!)"
    """What lets anybody in: it is for the press where the press is named beside it."""
    accreditation: str = r"(?!)"
    """What journalists must ask for wherever it is named: `accréditation`."""
    left_out: str = r"(?!)"
    """Says of those who have not asked that they stay outside: `non accrédités`."""
    obliges: str = r"(?!)"
    """Says that somebody has to ask, or asks for it: `obligatoire`, `prière de`."""
    denies: str = r"(?!)"
    """One says that nothing is needed, two that nobody comes without: `aucun`, `sans`."""
    later: str = r"(?!)"
    """A limit without a date: `la veille`."""
    at_the_door: str = r"(?!)"
    """Says that what one needs is given to those who come: `sur place`."""
