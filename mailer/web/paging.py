"""Pages of a list that an operation returns whole: which entries are shown, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """A part of a list. `next_after` is the cursor of its last entry, or "" at the end of the list."""

    entries: Sequence[T]
    next_after: str
    total: int


def page_after(
    entries: Sequence[T],
    last: str,
    *,
    cursor_of: Callable[[T], str],
    limit: int,
    wanted: Callable[[T], bool] = lambda _entry: True,
) -> ListPage[T]:
    """Return at most `limit` of the `wanted` entries that follow the one with the cursor `last`.

    `last` may be the cursor of any entry, so that one which is no longer wanted still says where
    the next page begins. If no entry has that cursor any more, the first page is returned: an
    entry may be shown twice, but none is passed over. A cursor stands in addresses, so it names
    nobody.
    """
    cursors = [cursor_of(entry) for entry in entries] if last else []
    begin = cursors.index(last) + 1 if last in cursors else 0
    following = [entry for entry in entries[begin:] if wanted(entry)]
    shown = following[:limit]
    has_more = len(following) > limit
    return ListPage(
        entries=shown,
        next_after=cursor_of(shown[-1]) if has_more else "",
        total=sum(map(wanted, entries)),
    )
