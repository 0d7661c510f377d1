"""Where a page asks more of a mail program than it has, and what its reader loses by that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.compatibility.clients import CLIENTS
from mailer.compatibility.features import features_of
from mailer.compatibility.support import SupportLevel, support_table
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.compatibility.support import Feature
    from mailer.compatibility.traits import Use

_WORD = "outlook.windows"
"""Classic Outlook shows mail with Word, which passes over what `[if !mso]` encloses."""


class Loss(StrEnum):
    """What the reader loses when a program does not know a feature."""

    CONTENT = "content"
    ORDER = "order"
    VALUE = "value"
    HIDING = "hiding"
    ORNAMENT = "ornament"


LOSSES: Mapping[Loss, Text] = {
    Loss.CONTENT: _("what stands there"),
    Loss.ORDER: _("order and place"),
    Loss.VALUE: _("sizes or colours"),
    Loss.HIDING: _("what was to be hidden is seen"),
    Loss.ORNAMENT: _("an ornament"),
}
"""What is lost, in words."""


def _features(prefix: str, names: str) -> list[str]:
    return [f"{prefix}-{name}" for name in names.split()]


_LOSSES: Mapping[str, Loss] = {
    **dict.fromkeys(
        (
            *_features("html", "audio video object svg picture dialog popover meter progress form"),
            *_features("html", "select textarea image-maps marquee button-submit input-checkbox"),
            *_features("html", "input-radio input-submit input-text"),
            *_features("image", "apng avif base64 bmp hdr heif ico mp4 svg tiff webp"),
            *_features("css", "background-image pseudo-element-marker"),
        ),
        Loss.CONTENT,
    ),
    **dict.fromkeys(
        _features(
            "css",
            "display-flex display-grid grid-template flex-direction flex-wrap column-count "
            "column-layout-properties position inset left-right-top-bottom transform "
            "writing-mode text-orientation z-index clip-path mask-image shape-outside float "
            "aspect-ratio object-fit mix-blend-mode",
        ),
        Loss.ORDER,
    ),
    **dict.fromkeys(
        _features(
            "css",
            "variables function-clamp function-min function-max function-light-dark modern-color "
            "unit-calc unit-rem unit-vh unit-vw unit-vmin unit-vmax unit-ch intrinsic-size nesting "
            "at-import background-blend-mode linear-gradient radial-gradient conic-gradient",
        ),
        Loss.VALUE,
    ),
    **dict.fromkeys(
        [
            *_features("css", "display-none visibility opacity pseudo-class-checked"),
            *_features("css", "pseudo-class-target inert-attribute"),
            "html-hidden",
        ],
        Loss.HIDING,
    ),
}
"""What is more than an ornament; a page without the rest is plainer, and says the same."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A feature that a page uses, and the programs that support it partly or not at all."""

    feature: Feature
    use: Use
    missing: tuple[str, ...]
    partly: tuple[str, ...]

    @property
    def loss(self) -> Loss:
        """What the readers of those programs lose."""
        return _LOSSES.get(self.feature.slug, Loss.ORNAMENT)

    @property
    def is_telling(self) -> bool:
        """Whether the readers of a program see something else than what was written."""
        return bool(self.missing) and self.loss is not Loss.ORNAMENT

    @property
    def remarks(self) -> dict[str, tuple[str, ...]]:
        """What the table says of each program that supports it partly, in English."""
        return {it: notes for it in self.partly if (notes := self.feature.by(it).notes)}


def gaps(html: str, clients: Iterable[str] = tuple(CLIENTS)) -> tuple[Gap, ...]:
    """Return the gaps of a page in these programs, those with the greatest loss first."""
    return _gaps(html, tuple(clients))


@lru_cache(maxsize=64)  # each look at a campaign asks for those of the same messages
def _gaps(html: str, clients: tuple[str, ...]) -> tuple[Gap, ...]:
    features = support_table().features
    without_word = tuple(it for it in clients if it != _WORD)
    found = []
    for slug, use in features_of(html).items():
        shown = without_word if use.hidden_from_word else clients
        missing = _supporting(slug, SupportLevel.NO, shown)
        partly = _supporting(slug, SupportLevel.PARTLY, shown)
        if missing or partly:
            found.append(Gap(features[slug], use, missing, partly))
    order = list(Loss)
    return tuple(sorted(found, key=lambda it: (order.index(it.loss), -len(it.missing))))


@lru_cache(maxsize=2_000)  # the messages of a campaign use nearly all features in common
def _supporting(slug: str, level: SupportLevel, clients: tuple[str, ...]) -> tuple[str, ...]:
    """Return the programs that support a feature as little as `level` says."""
    feature = support_table().features[slug]
    return tuple(it for it in clients if feature.by(it).level is level)
