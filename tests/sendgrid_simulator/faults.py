"""The ways in which a simulator may fail, as told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Happening = Literal["answer", "drop", "take-and-drop", "hang", "take-and-hang", "truncate"]


@dataclass(slots=True)
class Fault:
    """What happens to a request instead of what is usual.

    `answer` gives `status` with `body` and `headers`, taking nothing; `drop` closes the line
    when the request is read, `take-and-drop` after taking it; `hang` and `take-and-hang` say
    nothing for as long as the simulator lives; `truncate` takes it and breaks off its answer.
    It happens to `path` only, `times` times (None: always), after `after` requests in peace.
    """

    happening: Happening = "answer"
    status: int = 503
    body: str = '{"errors": [{"message": "try later", "field": null, "help": null}]}'
    headers: Mapping[str, str] = field(default_factory=dict)
    path: str = "/v3/mail/send"
    times: int | None = 1
    after: int = 0

    def strikes(self, path: str) -> bool:
        """Whether it happens to this request; counts it."""
        if path != self.path or self.times == 0:
            return False
        if self.after:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True
