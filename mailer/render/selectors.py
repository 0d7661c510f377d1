"""Finds the elements of a page that a CSS selector matches.

Selectors of tags, classes and descendants, the last one perhaps the first or last child, as templates
have them, are looked up in an index made once; for any other, lxml searches the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml.cssselect import CSSSelector

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = re.compile(r"\.?[\w-]+")
# Of tags, classes, descendants and children: it matches nothing where one of them is missing.
_NAMES_ONLY = re.compile(r"[\w.>\s-]+")
_DESCENDANTS_ONLY = re.compile(r"[\w.\s-]+")
_CHILD = re.compile(r"(?P<names>[\w.>\s-]*[\w-]):(?P<which>first|last)-child")


@lru_cache(maxsize=1024)
def _child(selector: str) -> tuple[str, str]:
    """Return a selector without a last `:first-child` or `:last-child`, and which of the two it is."""
    found = _CHILD.fullmatch(selector)
    return (found["names"], found["which"]) if found else (selector, "")


@lru_cache(maxsize=1024)
def required_names(selector: str) -> frozenset[str]:
    """Return the tags and classes (`.box`) without which `selector` matches nothing."""
    names = _child(selector)[0]
    return frozenset(_NAME.findall(names) if _NAMES_ONLY.fullmatch(names) else ())


@lru_cache(maxsize=1024)
def _steps(selector: str) -> tuple[frozenset[str], ...]:
    """Return the names of each step of a selector, the innermost first; none for another kind."""
    if not _DESCENDANTS_ONLY.fullmatch(selector):
        return ()
    return tuple(frozenset(_NAME.findall(step)) for step in reversed(selector.split()))


_search = lru_cache(maxsize=256)(CSSSelector)


class ParsedPage:
    """The elements of a page by tag and by class, as long as nothing is added or renamed."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._by_name: dict[str, list[Any]] = {}
        self._own: dict[Any, frozenset[str]] = {}
        self._around: dict[Any, frozenset[str]] = {}
        self._inside: dict[Any, frozenset[str]] = {None: frozenset()}
        for element in root.iter("*"):
            self._add(element)
        self.names = frozenset(self._by_name)
        """The tags and the classes (`.box`) that occur."""

    def matching(self, selector: str) -> Sequence[Any]:
        """Return the elements that `selector` matches, in the order of the page."""
        selector, which = _child(selector)
        if which:
            is_first = which == "first"
            return [it for it in self.matching(selector) if _is_outermost(it, is_first)]
        steps = _steps(selector)
        if not steps:
            return _search(selector)(self._root)  # type: ignore[no-any-return]
        innermost, *outer = steps
        if not innermost <= self.names:
            return ()
        found = min((self._by_name[name] for name in innermost), key=len)
        if len(innermost) > 1:
            found = [it for it in found if innermost <= self._own[it]]
        if not outer:
            return found
        (name, *more), *others = outer
        found = [it for it in found if name in self._around[it]]  # this decides nearly always
        if not more and not others:
            return found
        return [it for it in found if self._is_inside(it, outer)]

    def _is_inside(self, element: Any, steps: Sequence[frozenset[str]]) -> bool:
        """Return whether each step is an ancestor of the one before it."""
        around = self._around[element]
        if not all(step <= around for step in steps):
            return False
        for step in steps:
            element = element.getparent()
            while element is not None and not step <= self._own[element]:
                element = element.getparent()
            if element is None:
                return False
        return True

    def _add(self, element: Any) -> None:
        own = _names(element.tag, element.get("class", ""))
        around = self._inside[element.getparent()]
        self._own[element], self._around[element] = own, around
        self._inside[element] = around | own
        for name in own:
            self._by_name.setdefault(name, []).append(element)


def _is_outermost(element: Any, is_first: bool) -> bool:  # noqa: FBT001 - the caller names it
    """Return whether no element stands before it, or after it, within its parent."""
    return next(element.itersiblings("*", preceding=is_first), None) is None


@lru_cache(maxsize=1024)
def _names(tag: str, classes: str) -> frozenset[str]:
    return frozenset((tag, *(f".{it}" for it in classes.split())))
