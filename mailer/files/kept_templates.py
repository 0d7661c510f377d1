"""Keeps the templates that were read last, until a file of their folders changes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from mailer.files.campaigns.folders import state_of_folder
from mailer.files.templates import load_template

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mailer.model.campaigns.template import Template

MOST_TEMPLATES = 16
"""The looks of an office and those it had an hour ago; each has its pictures in memory."""


class KeptTemplates:
    """The templates of some folders, for any number of threads. Those with problems are not kept."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._lock = Lock()
        self._kept: OrderedDict[object, Template] = OrderedDict()

    def load(self, name: str, theme: str) -> Template:
        """Return what `load_template` returns, or returned when every file was as it is now."""
        # Before anything is read: what changes in between makes the next call read again.
        key = (name, theme, tuple(map(state_of_folder, self._folders)))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        template = load_template(name, self._folders, theme=theme)
        with self._lock:
            self._kept[key] = template
            while len(self._kept) > MOST_TEMPLATES:
                self._kept.popitem(last=False)
        return template
