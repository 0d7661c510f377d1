"""The DNS, as far as mail depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mailer.model.health.dns import DnsAnswer, RecordType


class Dns(Protocol):
    """Asks the DNS: over the network, or not at all."""

    def ask(self, name: str, kind: RecordType) -> DnsAnswer:
        """Return the records of a name, that there are none, or that nobody answered.

        It never raises. An answer is remembered, so that one examination asks once.
        """
