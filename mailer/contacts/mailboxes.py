"""Recognises the spellings of one mailbox at a provider that ignores some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.address import Address


@dataclass(frozen=True, slots=True)
class _MailboxProvider:
    """A provider of mailboxes: its domains, and whether it ignores dots before the @.

    All of them deliver `name+anything@` to `name@`.
    """

    domains: tuple[str, ...]
    ignores_dots: bool = False


_PROVIDERS = (
    _MailboxProvider(("gmail.com", "googlemail.com"), ignores_dots=True),
    _MailboxProvider(("outlook.com",)),
    _MailboxProvider(("outlook.fr",)),
    _MailboxProvider(("hotmail.com",)),
    _MailboxProvider(("hotmail.fr",)),
    _MailboxProvider(("live.fr",)),
    _MailboxProvider(("icloud.com", "me.com", "mac.com")),
    _MailboxProvider(("proton.me", "protonmail.com", "pm.me"), ignores_dots=True),
    _MailboxProvider(("fastmail.com",)),
)
"""From the providers' help pages (read 2026-11)."""

_BY_DOMAIN = {domain: provider for provider in _PROVIDERS for domain in provider.domains}


def mailbox_key(address: Address) -> str:
    """Return a key that is the same for all spellings of one mailbox; `address.key` when its
    provider has a single one.
    """
    provider = _BY_DOMAIN.get(address.domain)
    if provider is None:
        return address.key
    local = address.local.lower().partition("+")[0]
    if provider.ignores_dots:
        local = local.replace(".", "")
    return f"{local}@{provider.domains[0]}"


def domains_of_mailbox(address: Address) -> tuple[str, ...]:
    """Return the domains under which other spellings of this mailbox may stand; empty when its
    provider has a single spelling.
    """
    provider = _BY_DOMAIN.get(address.domain)
    return provider.domains if provider is not None else ()
