"""The telephone calls to people whom the mail did not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mailer.model.contacts.call import Call
    from mailer.model.team.actor import Actor


class Calls(Protocol):
    """The calls that were noted. None is ever changed: the newest one of an address counts."""

    def add(self, call: Call, *, actor: Actor) -> None:
        """Record a call, and write its line in the journal."""

    def newest(self, address_keys: Collection[str]) -> Mapping[str, Call]:
        """Return the newest call to each of these addresses that was called, by address key."""
