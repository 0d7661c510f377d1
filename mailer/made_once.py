"""A part of an object that is made on first use, once for all threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Part = TypeVar("Part")


class made_once(Generic[Part]):  # noqa: N801 - read as the decorator it is
    """A part of an object that is made on first use, once for all threads.

    `functools.cached_property` has no lock since Python 3.12, and there must not be two ledgers
    or two pools of child processes. The object has a lock `making`, which is held while a part is
    made; it is reentrant where a part may need another.
    """

    def __init__(self, make: Callable[[Any], Part]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, maker: None, owner: type) -> Self: ...

    @overload
    def __get__(self, maker: object, owner: type) -> Part: ...

    def __get__(self, maker: Any, owner: type) -> Self | Part:
        if maker is None:
            return self
        with maker.making:
            # Once the part is in the instance's `__dict__`, Python no longer calls this method.
            made = vars(maker)
            if self._name not in made:
                made[self._name] = self._make(maker)
            part: Part = made[self._name]
            return part
