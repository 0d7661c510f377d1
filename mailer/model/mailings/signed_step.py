"""What a sign-off was given for: each step, and who was to receive it on that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.contacts.contact import ContactId
    from mailer.model.mailings.mailing import AudienceRule


@dataclass(frozen=True, slots=True)
class SignedStep:
    """A step as it was signed off last. `local_time` is ISO 8601 with its offset.

    `texts` gives the content hash of each version by its name. `recipients` are the people who
    were to receive it then; the rule is what is signed, so that they may change.
    """

    step: str
    local_time: str
    rule: AudienceRule
    texts: Mapping[str, str] = field(hash=False)
    recipients: frozenset[ContactId]
