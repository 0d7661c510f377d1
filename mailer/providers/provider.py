"""What the program has to know of a provider, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from mailer.errors import Problem
    from mailer.ports import Backend, ProviderLists, ReadPost, WebhookVerifier


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a provider may know of the workspace beside its own settings."""

    folder: Path
    """Where a provider that writes files puts them (`[transport] folder`)."""
    is_production: bool


@dataclass(frozen=True, slots=True)
class Webhook:
    """How a provider reports by itself. `path` is `/` and the provider's name."""

    verifier: Callable[[Sequence[str]], WebhookVerifier]
    """Made of the public keys of `[feedback.webhook]`; raises ConfigError for what is no key."""
    read: ReadPost


def _no_settings(_settings: Any, _surroundings: Surroundings) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider: its name in `config.toml`, and the parts of it that others ask for.

    Functions import what they need when they are called, so that a command loads no package
    of a provider that it does not use. `settings` in their parameters is a value of the class
    `settings`, or None for a provider without any.
    """

    name: str
    label: str
    """How sentences call it: a proper name, the same in every language."""
    backend: Callable[[Any, Surroundings], Backend]
    """Opens nothing yet. Raises ConfigError for settings that cannot be meant."""
    destination: Callable[[Any, Surroundings], Text]
    """Where messages go, in words."""
    settings: type[Any] | None = None
    """The class that `[transport.<name>]` is read into; its `check()`, if any, is called."""
    contradictions: Callable[[Any, Surroundings], Iterable[Problem]] = _no_settings
    """What is right in the settings by itself, and wrong in these surroundings."""
    leaves_machine: bool = True
    """Whether messages reach people: the allow-list guards only those that do."""
    sends_signed: bool = False
    """Whether it hands on our own bytes, so that our DKIM signature (`[dkim]`) holds."""
    webhook: Webhook | None = None
    suppression_lists: Callable[[Any], ProviderLists] | None = None


def to_allow_list_only(name: str, surroundings: Surroundings) -> Text:
    """The usual destination: the provider's name, and outside production that it is guarded."""
    if surroundings.is_production:
        return Text(name)
    return _("{backend}, to the allow-list only", backend=name)
