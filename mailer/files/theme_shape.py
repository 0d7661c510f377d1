"""The shape of a theme file, and what its values may be.

Every key may be missing: what a file does not say comes from the theme below it, or follows from
what it says (`look.following`).
"""

import re
from dataclasses import dataclass, field
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import AfterValidator, Field

from mailer.errors import Unreadable
from mailer.files.toml.values import Filled, Slug
from mailer.look.fonts import GENERIC
from mailer.model.campaigns.theme import BoxStyle
from mailer.wording import _

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_SHORT_COLOUR = re.compile(r"#[0-9a-f]{3}", re.IGNORECASE)
_PIXELS = re.compile(r"\d{1,3}(?:\.\d{1,2})?px")
_SPACING = re.compile(r"0|-?0?\.\d{1,3}em|-?\d(?:\.\d{1,2})?px")
_BORDER = re.compile(r"0 none|\d{1,2}px (?:solid|double|dotted|dashed) #[0-9a-f]{6}", re.IGNORECASE)
_FONTS = re.compile(r"[\w .'-]+(?:,[\w .'-]+)*")
_SERIFS = re.compile(
    r"(?i)georgia|times|garamond|palatino|cambria|book|serif(?<!sans-serif)|charter|baskerville"
)


def _colour(text: str) -> str:
    if _SHORT_COLOUR.fullmatch(text):
        long = "#" + "".join(2 * digit for digit in text[1:])
        raise Unreadable(_("Outlook wants six digits: write {colour}.", colour=long))
    if not _COLOUR.fullmatch(text):
        raise Unreadable(_("“{value}” is no colour: write for instance #1f2f46.", value=text))
    return text.lower()


def _pixels(text: str) -> str:
    if not _PIXELS.fullmatch(text):
        raise Unreadable(_("“{value}” is no size: write for instance 18px.", value=text))
    return text


def _text_size(text: str) -> str:
    # Below 14 CSS pixels nobody reads on a telephone; above 64 no headline fits.
    if not 14 <= float(_pixels(text).removesuffix("px")) <= 64:
        raise Unreadable(_("A text has between 14px and 64px; this says {value}.", value=text))
    return text


def _spacing(text: str) -> str:
    if not _SPACING.fullmatch(text):
        raise Unreadable(_("“{value}” is no spacing: write 0, 0.08em or 1px.", value=text))
    return text


def _border(text: str) -> str:
    if not _BORDER.fullmatch(text):
        raise Unreadable(
            _(
                "“{value}” is no line: write for instance {example}, or 0 none.",
                value=text,
                example="5px solid #00696b",
            )
        )
    return text


def _fonts(text: str) -> str:
    if not _FONTS.fullmatch(text):
        raise Unreadable(
            _(
                "“{value}” is no list of fonts: write names with commas, without quotes.",
                value=text,
            )
        )
    names = [name.strip().strip("'") for name in text.split(",")]
    if names[-1] not in GENERIC:
        names.append("serif" if _SERIFS.search(text) else "sans-serif")
    return ", ".join(names)


def _composed(text: str) -> str:
    return normalize("NFC", text)


PictureFile = Annotated[str, AfterValidator(_composed)]
"""The path of a picture, whose accents a file system may write as characters of their own."""
Colour = Annotated[str, AfterValidator(_colour)]
Pixels = Annotated[str, AfterValidator(_pixels)]
TextSize = Annotated[str, AfterValidator(_text_size)]
Spacing = Annotated[str, AfterValidator(_spacing)]
Border = Annotated[str, AfterValidator(_border)]
FontList = Annotated[str, AfterValidator(_fonts)]
Weight = Annotated[int, Field(ge=300, le=900)]
LineHeight = Annotated[float, Field(ge=1.2, le=2)]
SheetWidth = Annotated[int, Field(ge=480, le=720)]
"""Below 480 CSS pixels a computer's screen is wasted; many mail programs cut above 720."""
PictureWidth = Annotated[int, Field(ge=16, le=640)]
Align = Literal["left", "center"]
Case = Literal["none", "uppercase"]


@dataclass(frozen=True, slots=True)
class ColourTable:
    """`[colours]`."""

    page: Colour | None = None
    paper: Colour | None = None
    tint: Colour | None = None
    line: Colour | None = None
    ink: Colour | None = None
    soft: Colour | None = None
    title: Colour | None = None
    label: Colour | None = None
    accent: Colour | None = None
    on_accent: Colour | None = None
    alert: Colour | None = None
    on_alert: Colour | None = None
    header: Colour | None = None
    on_header: Colour | None = None
    footer: Colour | None = None
    on_footer: Colour | None = None
    soft_on_footer: Colour | None = None


@dataclass(frozen=True, slots=True)
class DarkTable:
    """`[dark]`."""

    page: Colour | None = None
    paper: Colour | None = None
    tint: Colour | None = None
    line: Colour | None = None
    ink: Colour | None = None
    soft: Colour | None = None
    accent: Colour | None = None
    header: Colour | None = None
    footer: Colour | None = None


@dataclass(frozen=True, slots=True)
class FontTable:
    """`[fonts]`."""

    body: FontList | None = None
    heading: FontList | None = None
    lead: FontList | None = None
    labels: FontList | None = None


@dataclass(frozen=True, slots=True)
class PictureTable:
    """An item of `[[logos]]` or `[[institutions]]`."""

    file: Annotated[Filled, AfterValidator(_composed)]
    width: PictureWidth = 48
    alt: str = ""


@dataclass(frozen=True, slots=True)
class HeaderTable:
    """`[header]`."""

    show_name: bool | None = None
    align: Align | None = None
    padding: Pixels | None = None
    name_size: TextSize | None = None
    name_weight: Weight | None = None
    name_spacing: Spacing | None = None
    name_case: Case | None = None
    line: Border | None = None
    picture: PictureFile | None = None
    picture_alt: str | None = None


@dataclass(frozen=True, slots=True)
class FooterTable:
    """`[footer]`."""

    logo: PictureFile | None = None
    logo_width: PictureWidth | None = None
    logo_alt: str | None = None


@dataclass(frozen=True, slots=True)
class HeadlineTable:
    """`[headline]`."""

    size: TextSize | None = None
    phone_size: TextSize | None = None
    weight: Weight | None = None
    align: Align | None = None
    mark: bool | None = None


@dataclass(frozen=True, slots=True)
class LeadTable:
    """`[lead]`."""

    size: TextSize | None = None
    style: Literal["normal", "italic"] | None = None


@dataclass(frozen=True, slots=True)
class BodyTable:
    """`[text]`."""

    size: TextSize | None = None
    height: LineHeight | None = None


@dataclass(frozen=True, slots=True)
class LabelsTable:
    """`[labels]`."""

    size: TextSize | None = None
    spacing: Spacing | None = None
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class PartsTable:
    """`[parts]`."""

    width: Pixels | None = None
    colour: Literal["line", "ink", "accent", "title"] | None = None


@dataclass(frozen=True, slots=True)
class LayoutTable:
    """`[layout]`."""

    width: SheetWidth | None = None
    radius: Pixels | None = None
    top: Border | None = None
    box: BoxStyle | None = None


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """A theme file."""

    name: Slug | None = None
    logos: tuple[PictureTable, ...] | None = None
    institutions: tuple[PictureTable, ...] | None = None
    colours: ColourTable = field(default_factory=ColourTable)
    dark: DarkTable = field(default_factory=DarkTable)
    fonts: FontTable = field(default_factory=FontTable)
    header: HeaderTable = field(default_factory=HeaderTable)
    footer: FooterTable = field(default_factory=FooterTable)
    headline: HeadlineTable = field(default_factory=HeadlineTable)
    lead: LeadTable = field(default_factory=LeadTable)
    text: BodyTable = field(default_factory=BodyTable)
    labels: LabelsTable = field(default_factory=LabelsTable)
    parts: PartsTable = field(default_factory=PartsTable)
    layout: LayoutTable = field(default_factory=LayoutTable)
    own: dict[str, str] = field(default_factory=dict)
    """What only templates of the office's own read."""
