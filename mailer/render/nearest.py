"""Suggests the nearest known name for an unknown one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> Text:
    """Return a remedy that names the nearest known name, if any is similar, and all known names."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return _("Did you mean “{close}”? Known: {names}.", close=close[0], names=", ".join(names))
    return _("Known: {names}.", names=", ".join(names))
