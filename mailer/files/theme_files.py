"""Reads theme files, and makes one complete theme of them.

A theme is made of layers: our `theme.toml`, the office's, then those of the named theme. Every
file is read over: unknown keys, values that are none, pictures that are missing, with the line.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from mailer.errors import Place, Problem, nearest
from mailer.files.bundled import bundled
from mailer.files.text_files import read_text
from mailer.files.theme_names import PLAIN, existing, plain_theme, themes_in
from mailer.files.theme_shape import ThemeTable
from mailer.files.toml.reading import fill, parse_toml
from mailer.look.contrasts import contrasts
from mailer.look.following import complete_colours, complete_dark, complete_fonts, sources_of
from mailer.look.image_files import MAX_IMAGE_BYTES, SHOWN_SUFFIXES, size_in_pixels
from mailer.model.campaigns.theme import (
    READABLE,
    Body,
    Footer,
    Header,
    Headline,
    Labels,
    Layout,
    Lead,
    OfficeLook,
    Parts,
    Scheme,
    Theme,
    ThemePicture,
    WeakContrast,
)
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from mailer.files.toml.lines import KeyPath
    from mailer.files.toml.reading import TomlFile
    from mailer.model.campaigns.theme import Contrast
    from mailer.wording import Text

OFFICE_TEMPLATE = "press"
"""The template whose themes an office names in `config.toml`."""

_TABLES: Mapping[str, type[Any]] = {
    "header": Header,
    "footer": Footer,
    "headline": Headline,
    "lead": Lead,
    "text": Body,
    "labels": Labels,
    "parts": Parts,
    "layout": Layout,
}
"""The tables of a theme whose missing values have a default, with their complete form."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One theme file, read over."""

    file: TomlFile
    table: ThemeTable

    def said(self, table: str) -> dict[str, Any]:
        """Return the values that the file gives in a table."""
        values = getattr(self.table, table)
        given = {each.name: getattr(values, each.name) for each in fields(values)}
        return {key: value for key, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ReadTheme:
    """A complete theme, with its layers to find the place of a value."""

    theme: Theme
    layers: tuple[Layer, ...]

    def place(self, *path: str | int) -> Place:
        """Return where the value at `path` is given, in the uppermost file that gives it."""
        for layer in reversed(self.layers):
            if path in layer.file.lines:
                return layer.file.place(path)
        return self.layers[-1].file.place(()) if self.layers else Place("theme.toml")


def read_theme(
    name: str, folders: Sequence[Path], theme: str, *, problems: list[Problem]
) -> ReadTheme:
    """Return the theme called `theme` of the template `name`, or its own look for "".

    Each file that is wrong adds all its problems, and does not count further.
    """
    files = list(reversed(existing(folders, f"{name}/theme.toml")))
    wanted = theme or plain_theme(name, folders)
    named = list(reversed(existing(folders, f"{name}/themes/{wanted}.toml")))
    if wanted not in themes_in(name, folders) and theme:
        problems.append(_unknown_theme(name, folders, theme))
    layers = tuple(layer for path in (*files, *named) if (layer := _layer(path, problems=problems)))
    return ReadTheme(_complete(wanted, layers), layers)


def office_look(templates: Path, theme: str) -> OfficeLook:
    """Return the look of the office for pages that are no mail.

    What is wrong in its files was said where it is designed; here the rest of it serves.
    """
    folders = (templates, bundled("templates"))
    found = read_theme(OFFICE_TEMPLATE, folders, theme, problems=[]).theme
    pictures = [
        path
        for logo in found.logos[:1]
        for form in ("NFC", "NFD")  # macOS writes é as two characters
        for path in existing(folders, f"{OFFICE_TEMPLATE}/{normalize(form, logo.file)}")
    ]
    return OfficeLook(found, pictures[0].read_bytes() if pictures else b"")


def picture_problems(
    name: str, read: ReadTheme, images: Mapping[str, bytes], *, refused: AbstractSet[str]
) -> Iterator[Problem]:
    """Yield a problem for each picture of the theme that is not there, or cannot be shown.

    What is wrong with the files in `refused` was said when they were read.
    """
    known = [key.removeprefix(f"{name}/") for key in images if key.startswith(f"{name}/")]
    for path, file in _pictures(read.theme):
        key = f"{name}/{file}"
        if key not in refused and (fault := _fault(file, images.get(key), known)):
            what, remedy = fault
            yield Problem(read.place(*path), what, remedy)


def _fault(file: str, content: bytes | None, known: Sequence[str]) -> tuple[Text, Text] | None:
    """Return what is wrong with a picture, and the remedy."""
    is_shown = PurePosixPath(file).suffix.lower() in SHOWN_SUFFIXES
    if not is_shown or (content is not None and size_in_pixels(content) is None):
        return _(
            "The picture “{file}” is no PNG, JPEG or GIF; Outlook and others show nothing else.",
            file=file,
        ), _("Export it as a PNG, twice as wide as it is shown.")
    if content is None:
        remedy = nearest(file, known) if known else _("Put the image there, or correct its name.")
        return _("The picture “{file}” is missing.", file=file), remedy
    if len(content) > MAX_IMAGE_BYTES:
        return _(
            "The picture “{file}” weighs {size} kB, in every mail.",
            file=file,
            size=len(content) // 1000,
        ), _(
            "Make it smaller: twice as wide as it is shown is enough, and at most {most} kB.",
            most=MAX_IMAGE_BYTES // 1000,
        )
    return None


def weak_contrasts(read: ReadTheme) -> tuple[WeakContrast, ...]:
    """Return each text of the theme that is hard to read, with the line that gives its colour."""
    return tuple(
        WeakContrast(measured, _place_of(read, measured))
        for measured in contrasts(read.theme)
        if measured.ratio < READABLE
    )


def _place_of(read: ReadTheme, measured: Contrast) -> Place:
    """Return the line of the colour, or of that which it follows, in the uppermost file."""
    is_dark = measured.scheme is Scheme.DARK
    pair = (measured.text, measured.ground)
    followed = [it for key in pair for it in sources_of(key, in_the_dark=is_dark)]
    paths = [("dark" if is_dark else "colours", key) for key in pair]
    paths += [("colours", key) for key in followed]
    for layer in reversed(read.layers):
        if given := [path for path in paths if path in layer.file.lines]:
            return layer.file.place(given[0])
    return read.place(*paths[0])


def _pictures(theme: Theme) -> Iterator[tuple[KeyPath, str]]:
    for table in ("logos", "institutions"):
        for index, picture in enumerate(getattr(theme, table)):
            yield (table, index, "file"), picture.file
    if theme.header.picture:
        yield ("header", "picture"), theme.header.picture
    if theme.footer.logo:
        yield ("footer", "logo"), theme.footer.logo


def _layer(path: Path, *, problems: list[Problem]) -> Layer | None:
    text = read_text(path, problems=problems, within=path.parent)
    file = parse_toml(text, name=path.as_posix(), problems=problems) if text is not None else None
    table = fill(ThemeTable, file, problems=problems) if file else None
    return Layer(file, table) if file and table else None


def _complete(name: str, layers: Sequence[Layer]) -> Theme:
    by_day = [layer.said("colours") for layer in layers]
    colours = complete_colours(by_day)
    tables = {
        table: complete(
            **{key: value for layer in layers for key, value in layer.said(table).items()}
        )
        for table, complete in _TABLES.items()
    }
    return Theme(
        name=name,
        colours=colours,
        dark=complete_dark([layer.said("dark") for layer in layers], colours, by_day),
        fonts=complete_fonts([layer.said("fonts") for layer in layers]),
        logos=_uppermost(layers, "logos"),
        institutions=_uppermost(layers, "institutions"),
        own={key: value for layer in layers for key, value in layer.table.own.items()},
        **tables,
    )


def _uppermost(layers: Sequence[Layer], table: str) -> tuple[ThemePicture, ...]:
    """Return the pictures of the last layer that names any: a list is not joined, but replaced."""
    lists = [found for layer in layers if (found := getattr(layer.table, table)) is not None]
    return tuple(ThemePicture(**asdict(each)) for each in lists[-1]) if lists else ()


def _unknown_theme(name: str, folders: Sequence[Path], theme: str) -> Problem:
    where = Place((folders[0] / name / "themes" / f"{theme}.toml").as_posix())
    what = _("The template “{name}” has no theme “{theme}”.", name=name, theme=theme)
    known = [each for each in themes_in(name, folders) if each != PLAIN]
    return Problem(where, what, nearest(theme, known) if known else _("Remove the key “theme”."))
