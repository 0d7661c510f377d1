"""A message template as text, read from its folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Template:
    """Everything that rendering may read.

    `files` maps a path relative to `templates/` (`press/body.mjml.j2`, `base/layout.mjml.j2`) to
    its text; `theme` is the content of the chosen `theme.toml`; `images` are its logos.
    """

    name: str
    files: Mapping[str, str]
    theme: Mapping[str, object] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
