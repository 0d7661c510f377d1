"""A file that somebody asked for, made in the background and kept until it is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class ExportKind(StrEnum):
    """What is written to the file."""

    CONTACTS = "contacts"
    REPORT = "report"
    REPORT_CSV = "report-csv"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """The file that a job has made, which names people and is therefore kept for some hours only.

    `job` is its id, or that of the list whose reading it holds.
    """

    job: str
    name: str
    media_type: str
    content: bytes
    made_at: datetime
