"""The file `STOP` in the workspace: while it is there, no message of any campaign leaves.

It works without the program: somebody who can only reach the folder makes the file, with any
tool and any content. It stands also for a ledger that cannot be written at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "STOP"


@dataclass(frozen=True, slots=True)
class StopFile:
    """The file of one workspace."""

    workspace: Path

    @property
    def path(self) -> Path:
        return self.workspace / NAME

    def is_there(self) -> bool:
        return self.path.exists()

    def write(self) -> None:
        """Make the file."""
        self.path.touch()

    def remove(self) -> None:
        """Remove the file, if it is there. Raises OSError when the system refuses."""
        self.path.unlink(missing_ok=True)
