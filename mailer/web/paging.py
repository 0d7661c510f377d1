"""Pages of a list that an operation returns whole: which entries are shown, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """A part of a list. `next_after` is the mark of its last entry, or "" at the end of the list."""

    entries: Sequence[T]
    next_after: str
    total: int


def page_after(
    entries: Sequence[T],
    last: str,
    *,
    mark_of: Callable[[T], str],
    limit: int,
    wanted: Callable[[T], bool] = lambda _entry: True,
) -> ListPage[T]:
    """Return at most `limit` of the `wanted` entries that follow the one with the mark `last`.

    `last` may mark any entry, so that one which is no longer wanted still says where the next page
    begins. If nobody has that mark any more, the first page is returned: an entry may be shown
    twice, but none is passed over. A mark stands in addresses, so it names nobody.
    """
    marks = [mark_of(entry) for entry in entries] if last else []
    begin = marks.index(last) + 1 if last in marks else 0
    following = [entry for entry in entries[begin:] if wanted(entry)]
    shown = following[:limit]
    has_more = len(following) > limit
    return ListPage(
        entries=shown,
        next_after=mark_of(shown[-1]) if has_more else "",
        total=sum(map(wanted, entries)),
    )
