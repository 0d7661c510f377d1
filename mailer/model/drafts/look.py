"""What a designer looks at: every page of a template in one theme, and the contrasts of its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.errors import Problem
    from mailer.model.campaigns.theme import Contrast, Theme
    from mailer.model.mailings.message import Message


@dataclass(frozen=True, slots=True)
class SampleMail:
    """One page with a sample text: its message, or the problems for which there is none."""

    page: str
    message: Message | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, measured and shown. `known` are the names of all themes of the template."""

    template: str
    theme: Theme
    known: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    mails: tuple[SampleMail, ...]
