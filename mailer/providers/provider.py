"""The value that describes a provider to the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from mailer.errors import Problem
    from mailer.model.health.relay import Relay, ServerSession
    from mailer.ports import Backend, ProviderLists, ReadPost, WebhookVerifier


@dataclass(frozen=True, slots=True)
class ProviderContext:
    """What a provider may know of the workspace, beside its own settings."""

    folder: Path
    """The folder for a provider that writes files (`[transport] folder`)."""
    is_production: bool


@dataclass(frozen=True, slots=True)
class Webhook:
    """How a provider's event webhook is verified and read. Its URL path is `/<provider name>`."""

    verifier: Callable[[Sequence[str]], WebhookVerifier]
    """Make a verifier from the public keys of `[feedback.webhook]`. Raises ConfigError for an
    invalid key.
    """
    read: ReadPost


def _no_settings(_settings: Any, _surroundings: ProviderContext) -> Iterable[Problem]:
    return ()


def _unknown(_settings: Any) -> bool | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider: its name in `config.toml`, and the functions that the program calls.

    The functions import what they need when they are called, so that a command does not load the
    packages of a provider it does not use. Their first argument is an instance of the class
    `settings`, or None for a provider without settings.
    """

    name: str
    label: str
    """The provider's proper name for users, the same in every language."""
    backend: Callable[[Any, ProviderContext], Backend]
    """Make the backend without opening a connection. Raises ConfigError for settings that cannot
    work.
    """
    destination: Callable[[Any, ProviderContext], Text]
    """Return a sentence that says where messages go."""
    settings: type[Any] | None = None
    """The class that `[transport.<name>]` is read into. Its `check()`, if any, is called."""
    contradictions: Callable[[Any, ProviderContext], Iterable[Problem]] = _no_settings
    """Return the problems of settings that are valid alone but wrong for this workspace."""
    leaves_machine: bool = True
    """Whether messages can reach people. Only such providers are guarded by the allow-list."""
    sends_signed: bool = False
    """Whether it sends our bytes unchanged, so that our DKIM signature (`[dkim]`) stays valid."""
    carries_beyond_ascii: Callable[[Any], bool | None] = _unknown
    """Return whether it takes addresses with letters beyond ASCII before the @ (RFC 6531). It may
    ask its server; None when that does not answer.
    """
    relay: Callable[[Any], Relay] | None = None
    """Return the relay, for a provider that hands our messages to one whose addresses SPF names."""
    try_session: Callable[[Any], ServerSession] | None = None
    """Connect and log in, sending nothing. Raises BackendUnavailable or BackendMisconfigured."""
    dkim_selectors: tuple[str, ...] = ()
    """Where a provider that signs by itself usually has its keys below the sender's domain."""
    webhook: Webhook | None = None
    suppression_lists: Callable[[Any], ProviderLists] | None = None


def to_allow_list_only(name: str, context: ProviderContext) -> Text:
    """Return the usual destination: the provider's name, with the allow-list outside production."""
    if context.is_production:
        return Text(name)
    return _("{backend}, to the allow-list only", backend=name)
