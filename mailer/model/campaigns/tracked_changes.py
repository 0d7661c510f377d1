"""What becomes of changes that were tracked in a document and not decided."""

from __future__ import annotations

from enum import StrEnum


class TrackedChanges(StrEnum):
    """Whether they are taken as done, or as never made."""

    ACCEPT = "accept"
    REFUSE = "refuse"
