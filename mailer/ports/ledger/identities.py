"""Which identities of a provider belong to which people of the team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.model.team.identity import LinkedIdentity, ProviderIdentity, WaitingIdentity
    from mailer.model.team.person import Person, PersonChange
    from mailer.model.team.sign_in import DeskSession


class Identities(Protocol):
    """The identities by issuer and subject. Names and addresses find nobody here."""

    def of(self, identity: ProviderIdentity) -> LinkedIdentity | None:
        """Return whose identity this is; None when nobody has it."""

    def of_person(self, person: str) -> Sequence[LinkedIdentity]:
        """Return the identities of a person, the last used first."""

    def enter(
        self,
        session: DeskSession,
        linked: LinkedIdentity,
        *,
        before: Person | None,
        person: Person,
        link: str = "",
        actor: Actor,
    ) -> PersonChange:
        """Open a session by an identity, and store the identity with its person, in one transaction.

        `before` is the person as the ledger has them, None for a newcomer; `person` has today's
        roles. Other sessions of somebody who lost a role end. `link` is the hash of an invitation
        that is used up. The journal has a line for each change. Nothing changes unless DONE is
        returned: STALE also when the identity is somebody else's or the invitation has ended.
        """

    def shut_out(
        self, linked: LinkedIdentity, *, before: Person, person: Person, actor: Actor, at: datetime
    ) -> PersonChange:
        """Take the roles that groups had given, and end every session of the person."""

    def link(self, linked: LinkedIdentity, *, actor: Actor) -> bool:
        """Store whose identity this is, with a line in the journal. Returns False, and changes
        nothing, when it is somebody's already or the person is unknown or disabled.
        """

    def unlink(
        self, identity: ProviderIdentity, *, person: str, actor: Actor, at: datetime
    ) -> bool:
        """Forget that an identity is this person's, and end the sessions that it began. Roles that
        its groups had given stay until an administrator changes them.
        """

    def wait(self, waiting: WaitingIdentity) -> None:
        """Store somebody of whom an administrator has to say who it is."""

    def waiting(self) -> Sequence[WaitingIdentity]:
        """Return those who wait, the oldest first."""

    def dismiss(self, identity: ProviderIdentity, *, actor: Actor, at: datetime) -> None:
        """Forget somebody who waits, with a line in the journal."""

    def use_once(self, proof_hash: str, *, until: datetime, at: datetime) -> bool:
        """Record that a proof was used. Returns False when it was used before. What has ended at
        `at` is forgotten: `until` is when the proof itself ends.
        """
