"""The look of the mails: a theme with every value set.

What an office writes in `templates/press/themes/<name>.toml` is only what differs; the rest
follows from it (`look.following`) or from the theme below it. Templates get a theme as
plain values: `theme.colours.accent`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.errors import Place


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as `#rrggbb`. `on_…` is the text on a ground of that name."""

    page: str
    paper: str
    tint: str
    line: str
    ink: str
    soft: str
    title: str
    label: str
    accent: str
    on_accent: str
    alert: str
    on_alert: str
    header: str
    on_header: str
    footer: str
    on_footer: str
    soft_on_footer: str


@dataclass(frozen=True, slots=True)
class DarkColours:
    """The colours of a mail program in the dark; titles are in `ink`, labels in `accent`."""

    page: str
    paper: str
    tint: str
    line: str
    ink: str
    soft: str
    accent: str
    header: str
    footer: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts of the reader's machine, as CSS lists that end in a generic family."""

    body: str
    heading: str
    lead: str
    labels: str


@dataclass(frozen=True, slots=True)
class ThemePicture:
    """An image of the office: `file` in the template's folder, `width` in CSS pixels as shown."""

    file: str
    width: int = 48
    alt: str = ""


class BoxStyle(StrEnum):
    """How the practical box is set off from the text."""

    BAR = "bar"
    """A tinted ground with a bar at its left."""
    RULES = "rules"
    """A rule above, as each part of the letter has one."""
    FRAME = "frame"
    """A frame, and a rule between its lines."""
    PLAIN = "plain"
    """A tinted ground alone."""


@dataclass(frozen=True, slots=True)
class Header:
    """The band with the name of the office, and what stands above and below it."""

    show_name: bool = True
    """False beside a logotype, which says the name already."""
    align: str = "left"
    padding: str = "18px"
    name_size: str = "19px"
    name_weight: int = 700
    name_spacing: str = "0"
    name_case: str = "none"
    line: str = "0 none"
    """A border below the band."""
    picture: str = ""
    """A picture across the sheet, below the band."""
    picture_alt: str = ""


@dataclass(frozen=True, slots=True)
class Footer:
    """The logo above the address of the office."""

    logo: str = ""
    logo_width: int = 96
    logo_alt: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, and the kind and date above it."""

    size: str = "31px"
    phone_size: str = "26px"
    weight: int = 700
    align: str = "left"
    mark: bool = False
    """A short bar of the accent above the kind."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The first paragraph."""

    size: str = "18px"
    style: str = "normal"


@dataclass(frozen=True, slots=True)
class Body:
    """The text itself; `height` is that of a line, in letters."""

    size: str = "16px"
    height: float = 1.6


@dataclass(frozen=True, slots=True)
class Labels:
    """The small titles: the kind, and those of blocks."""

    size: str = "14px"
    spacing: str = "0"
    case: str = "none"


@dataclass(frozen=True, slots=True)
class Parts:
    """The rule above each block, in the colour of that name."""

    width: str = "1px"
    colour: str = "line"


@dataclass(frozen=True, slots=True)
class Layout:
    """`width` of the sheet in CSS pixels; `top` is a border above the header."""

    width: int = 620
    radius: str = "0px"
    top: str = "0 none"
    box: BoxStyle = BoxStyle.BAR


@dataclass(frozen=True, slots=True)
class Theme:
    """One look, complete. `own` holds what only the office's own templates read."""

    name: str
    colours: Colours
    dark: DarkColours
    fonts: Fonts
    logos: tuple[ThemePicture, ...] = ()
    institutions: tuple[ThemePicture, ...] = ()
    """A second row below the header: those in whose name the office also writes."""
    header: Header = field(default_factory=Header)
    footer: Footer = field(default_factory=Footer)
    headline: Headline = field(default_factory=Headline)
    lead: Lead = field(default_factory=Lead)
    text: Body = field(default_factory=Body)
    labels: Labels = field(default_factory=Labels)
    parts: Parts = field(default_factory=Parts)
    layout: Layout = field(default_factory=Layout)
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeLook:
    """How the office's own pages look: like its mails."""

    theme: Theme
    logo: bytes = b""
    """The first logo of the theme; empty where it has none."""


READABLE = 4.5
"""The least contrast of a text on its ground (WCAG 2.2, 1.4.3)."""


class Scheme(StrEnum):
    """How a mail program colours a message."""

    LIGHT = "light"
    DARK = "dark"
    """Its dark mode, with the colours of `[dark]`."""
    INVERTED = "inverted"
    """All colours turned round by the program itself, as Gmail does on a telephone."""
    HALF_INVERTED = "half-inverted"
    """Only light grounds and dark texts turned round, as Outlook.com does."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """The measured contrast of a text on its ground (WCAG 2.2, 1.4.3), by the keys of a theme."""

    scheme: Scheme
    text: str
    ground: str
    text_colour: str
    ground_colour: str
    ratio: float


@dataclass(frozen=True, slots=True)
class WeakContrast:
    """A contrast too low to be read, and where its colour is given."""

    contrast: Contrast
    where: Place
