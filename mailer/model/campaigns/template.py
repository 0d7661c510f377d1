"""A message template as text, read from its folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaigns.theme import WeakContrast


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an institution says of itself below a press document (boilerplate)."""

    name: str
    about: str
    url: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """Language → field → translated text, from tables such as `[organisations.en]`."""


@dataclass(frozen=True, slots=True)
class Template:
    """Everything that rendering may read.

    `files` maps a path relative to `templates/` (`press/body.mjml.j2`, `base/layout.mjml.j2`) to
    its text; `theme` holds every value of a `Theme`, as templates read it; `images` are its
    pictures by the same paths; `weak_contrasts` are the colours of the theme that are hard to read;
    `organisations` are those of `organisations.toml`.
    """

    name: str
    files: Mapping[str, str]
    theme: Mapping[str, object] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    weak_contrasts: tuple[WeakContrast, ...] = ()
    organisations: tuple[Organisation, ...] = ()
