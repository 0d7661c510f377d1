"""A command, or a group of them, as the list of commands shows it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Listed(NamedTuple):
    """A command as the list of commands shows it.

    `function` is `module:name` in this package, imported only when the command is run: most of
    the time of a short command is spent on imports.
    """

    name: str
    function: str
    help: str

    def load(self) -> Callable[..., None]:
        """Import and return the function that runs the command."""
        module, _, name = self.function.partition(":")
        function: Callable[..., None] = getattr(import_module(f"mailer.cli.{module}"), name)
        return function


class ListedGroup(NamedTuple):
    """A group of commands: `mailer contacts import`."""

    name: str
    help: str
    commands: tuple[Listed, ...]
