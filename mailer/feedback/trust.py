"""Decides whether a mail comes from a sender that the configuration trusts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.feedback.reading import Reading


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose reports are believed without a token of ours, and which server proves who wrote them.

    `senders` are addresses, or domains. Without `server` nobody is trusted.
    """

    server: str = ""
    senders: tuple[str, ...] = ()

    def covers(self, reading: Reading) -> bool:
        """Return whether the author is one of the senders, as our server has proven.

        The domain must be the one in From, not only one of the same organisation (RFC 7489 §3.1
        allows both): a part of it may be lent to somebody.
        """
        domain = reading.author.rpartition("@")[2].lower()
        return (
            bool(domain) and self._names(reading.author.lower()) and domain in self._proven(reading)
        )

    def _names(self, author: str) -> bool:
        names = {name.lower().removeprefix("@") for name in self.senders}
        return author in names or author.rpartition("@")[2] in names

    def _proven(self, reading: Reading) -> set[str]:
        server = self.server.lower()
        return {
            domain
            for each in reading.authentications
            if server and each.server == server
            for _method, domain in each.passed
        }


NOBODY = Trust()
