"""What most checks may read of a draft. What they found in it is kept by just that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from mailer.model.drafts.draft import Draft


@dataclass(frozen=True, slots=True)
class DraftWithoutReaders:
    """All of a draft but its audiences, and of `now` the day. It is a key: nothing is forgotten,
    because a check is shown nothing else.
    """

    draft: Draft

    def __hash__(self) -> int:
        return hash((self.draft.campaign.slug, self.draft.fingerprint))


def without_readers(draft: Draft) -> DraftWithoutReaders:
    """Return what a check may read that does not say `READS_AUDIENCES`."""
    day = draft.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return DraftWithoutReaders(replace(draft, now=day, audiences=_UNREAD))


class _Unread:
    """Stands where the audiences were: nothing is kept by them."""

    def __getattr__(self, name: str) -> NoReturn:
        message = f"a check that does not say READS_AUDIENCES asks for the audiences ({name})"
        raise RuntimeError(message)


_UNREAD: Any = _Unread()
