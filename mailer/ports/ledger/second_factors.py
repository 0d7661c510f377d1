"""The second factors of the people of the team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.second_factor import CodeGenerator, Passkey


class SecondFactors(Protocol):
    """Code generators, recovery codes and passkeys. Each change has its line in the journal."""

    def generator(self, person: str) -> CodeGenerator | None:
        """Return the code generator of a person, None without one."""

    def set_up(
        self, generator: CodeGenerator, recovery: Collection[str], *, session: str, actor: Actor
    ) -> None:
        """Store a code generator in the place of an earlier one, with the hashes of new recovery
        codes. The session with the hash `session` then counts as one with a code.
        """

    def remove(self, person: str, *, actor: Actor, at: datetime) -> bool:
        """Remove the code generator and the recovery codes; False when there were none."""

    def reset(self, person: str, *, actor: Actor, at: datetime) -> None:
        """Remove the code generator, the recovery codes and every passkey of a person, and end
        their sessions, all at once.
        """

    def use_step(self, person: str, step: int) -> bool:
        """Record that the code of this half minute was used. False when it, or a later one, was."""

    def use_recovery(self, person: str, code_hash: str, *, actor: Actor, at: datetime) -> bool:
        """Use a recovery code up. Returns False when it is unknown or was used."""

    def recovery_left(self, person: str) -> int:
        """Return how many recovery codes a person still has."""

    def passkeys(self, person: str) -> Sequence[Passkey]:
        """Return the passkeys of a person, the oldest first."""

    def passkey(self, passkey_id: str) -> Passkey | None:
        """Return a passkey by its id."""

    def add_passkey(self, passkey: Passkey, *, actor: Actor) -> bool:
        """Store a passkey. Returns False when somebody has it already."""

    def remove_passkey(self, passkey_id: str, *, person: str, actor: Actor, at: datetime) -> bool:
        """Remove a passkey of this person; False when it is none of theirs."""

    def note_passkey(self, passkey_id: str, *, sign_count: int, at: datetime) -> None:
        """Record that a passkey was used."""
