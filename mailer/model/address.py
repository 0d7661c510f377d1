"""An e-mail address in its normal form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """`local@domain`, already validated: domain in lower-case A-labels (RFC 5891), NFC local part.

    Only `mailer.addresses` creates one from foreign text; `Address.parse` merely splits text that
    is already in normal form (our own files and tables).
    """

    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Address:
        local, _, domain = text.rpartition("@")
        return cls(local, domain)

    @property
    def key(self) -> str:
        """The address in a form that ignores case, equal for all spellings of one mailbox.

        RFC 5321 §2.4 lets a host distinguish `Ada@` from `ada@`; no press list ever means that.
        It is no full case folding, which would make one of `groß@` and `gross@`.
        """
        return f"{self.local.lower()}@{self.domain}"

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with its display name (RFC 5322 §3.4 `mailbox`)."""

    address: Address
    name: str = ""
