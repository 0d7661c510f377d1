"""Reports MJML that would be accepted silently and rendered wrongly, with its file and line.

Two passes with the same rules. The first reads the template's own files, following blocks,
includes and macros, in every branch; the second reads the rendered MJML, in which each tag
still carries its position.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import Place, Problem, nearest
from mailer.render.markup import LineIndex, Piece, annotated_place, pieces
from mailer.render.mjml import components
from mailer.render.mjml.attributes import tag_faults
from mailer.render.mjml.structure import Branch, TemplateFiles, pieces_in_order
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailer.model.campaigns.template import Template

MAX_DEPTH = 100
"""mrml aborts the process between 1,000 and 9,000 levels; premailer loses text below 250."""

MAX_CHARACTERS = 200_000
"""Limit for one template file; ours have a thirtieth of it."""


def check_template(template: Template) -> tuple[Problem, ...]:
    """Return everything wrong in the files that `body.mjml.j2` of `template` uses."""
    return _check_files(template.name, tuple(sorted(template.files.items())))


@lru_cache(maxsize=8)
def _check_files(name: str, files: tuple[tuple[str, str], ...]) -> tuple[Problem, ...]:
    long = [
        Problem(
            Place(f"templates/{file}"),
            _("the file has {count} characters", count=len(text)),
            _("Keep it below {most}.", most=MAX_CHARACTERS),
        )
        for file, text in files
        if len(text) > MAX_CHARACTERS
    ]
    if long:
        return tuple(long)
    mjml = {file: text for file, text in files if file.endswith(".mjml.j2")}
    lint = _Lint(is_rendered=False)
    known = TemplateFiles(mjml)
    lines = {file: LineIndex(f"templates/{file}", text) for file, text in mjml.items()}
    for step in pieces_in_order(known, f"{name}/body.mjml.j2"):
        if isinstance(step, Branch):
            lint.change_branch(step)
        else:
            file, piece = step
            lint.read(piece, lines[file].place)
    return tuple(dict.fromkeys(lint.problems))


def check_rendered(
    layout: str, *, place: Place, places: Mapping[str, Place]
) -> tuple[Problem, ...]:
    """Return everything wrong in a whole MJML document; `places` are the
    positions of its annotations.
    """
    lint = _Lint(is_rendered=True)
    at = partial(_fixed_place, place)
    for piece in pieces(layout):
        if piece.kind == "open" and (marked := annotated_place(piece.rest, places)):
            at = partial(_fixed_place, marked)
        lint.read(piece, at)
        if len(lint.open) > MAX_DEPTH:
            break
    else:
        lint.end(place)
    return tuple(dict.fromkeys(lint.problems))


def _fixed_place(place: Place, _offset: int) -> Place:
    return place


class _Open(NamedTuple):
    """An open element; `holder` is the component around it whose content is HTML."""

    name: str
    place: Place
    holder: str


# Tags that exist in MJML but must not be used here, and why.
_REFUSED: Mapping[str, tuple[Text, Text]] = {
    "mj-include": (
        _("mj-include is not used here"),
        _('Include the file with {{% include "…" %}}.'),
    ),
    "mj-font": (
        _("mj-font would fetch a font from another machine"),
        _("Name fonts that readers have, with font-family."),
    ),
    "mj-html-attributes": (
        _("mj-html-attributes does not work here"),
        _("Write the attribute where it belongs."),
    ),
    "script": (
        _("mail programs run no scripts"),
        _("Remove the script."),
    ),
}


class _Lint:
    """The rules, and the elements open at the current position."""

    def __init__(self, *, is_rendered: bool) -> None:
        self.is_rendered = is_rendered
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.branches: list[list[_Open]] = []
        self.has_body = False

    def read(self, piece: Piece, at: Callable[[int], Place]) -> None:
        match piece.kind:
            case "open":
                self._open(piece, at)
            case "close":
                self._close(piece, at)
            case "text":
                self._text(piece, at)

    def change_branch(self, change: Branch) -> None:
        """Update the open elements where a condition begins, changes branch, or ends."""
        if change is Branch.BEGIN:
            self.branches.append(list(self.open))
        elif change is Branch.OTHER and self.branches:
            self.open = list(self.branches[-1])
        elif change is Branch.END and self.branches:
            self.branches.pop()
        elif change is Branch.DETACHED:
            self.open = [_Open("…", Place(""), "")]
            self.branches = []

    def end(self, place: Place) -> None:
        """Check what is left open after the last piece of a whole document."""
        for left in self.open[-1:]:
            self._report(
                left.place,
                _("<{name}> is never closed", name=left.name),
                _("Close it with </{name}>.", name=left.name),
            )
        if not self.problems and not self.has_body:
            self._report(place, _("there is no mj-body"), _("Put the sections into <mj-body>."))

    def _report(self, where: Place, what: Text, remedy: Text) -> None:
        self.problems.append(Problem(where, what, remedy))

    @property
    def _parent(self) -> str:
        return self.open[-1].name if self.open else ""

    @property
    def _holder(self) -> str:
        return self.open[-1].holder if self.open else ""

    def _open(self, piece: Piece, at: Callable[[int], Place]) -> None:
        place = at(piece.start)
        if piece.name in _REFUSED:
            self._report(place, *_REFUSED[piece.name])
        elif holder := self._holder:
            self._in_html(piece, place, holder)
        else:
            self._in_mjml(piece, place)
        if piece.name == "mj-body":
            self._body(place)
        for fault in tag_faults(piece.name, piece.rest, self._parent, is_rendered=self.is_rendered):
            where = place if fault.start is None else at(piece.rest_start + fault.start)
            self._report(where, fault.what, fault.remedy)
        if not piece.is_empty and piece.name not in components.VOID:
            component = components.COMPONENTS.get(piece.name)
            holder = piece.name if component and component.holds_html else self._holder
            self.open.append(_Open(piece.name, place, holder))
            if len(self.open) == MAX_DEPTH + 1:
                self._report(
                    place,
                    _("the layout is nested more than {most} levels deep", most=MAX_DEPTH),
                    _("Use fewer elements inside one another."),
                )

    def _body(self, place: Place) -> None:
        # In a file, two of them may be in two branches, of which one is rendered.
        if self.has_body and self.is_rendered:
            self._report(
                place,
                _("there is a second <mj-body>"),
                _("Put all sections into one <mj-body>."),
            )
        self.has_body = True

    def _close(self, piece: Piece, at: Callable[[int], Place]) -> None:
        if self._parent == piece.name:
            self.open.pop()
            return
        if self.is_rendered:
            self._report(
                at(piece.start),
                _("</{name}> does not close <{open}>", name=piece.name, open=self._parent or "…"),
                _("Close what was opened last, first."),
            )
        # Another branch may have opened it; continue as if it were closed.
        for n in range(len(self.open) - 1, -1, -1):
            if self.open[n].name == piece.name:
                del self.open[n:]
                return

    def _text(self, piece: Piece, at: Callable[[int], Place]) -> None:
        if self._holder:
            angle = piece.text.find("<")
            if angle != -1 and self.is_rendered:
                self._report(
                    at(piece.start + angle),
                    _("“<” begins no tag here"),
                    _("Write &lt;, and quote every attribute."),
                )
        elif piece.text.strip() and self._parent in components.COMPONENTS:
            self._report(
                at(piece.start + len(piece.text) - len(piece.text.lstrip())),
                _("text stands directly in <{name}>", name=self._parent),
                _("Put it into <mj-text>."),
            )

    def _in_html(self, piece: Piece, place: Place, holder: str) -> None:
        if piece.name.lower().startswith("mj-"):
            self._report(
                place,
                _("<{name}> cannot stand inside <{parent}>", name=piece.name, parent=holder),
                _("Close <{parent}> before it.", parent=holder),
            )

    def _in_mjml(self, piece: Piece, place: Place) -> None:
        name, parent = piece.name, self._parent
        if parent in {"mj-attributes", "mj-class"}:
            self._default(name, parent, place)
            return
        if name not in components.COMPONENTS:
            self._unknown(name, place)
            return
        allowed = (
            components.COMPONENTS[parent].children if parent in components.COMPONENTS else {"mjml"}
        )
        if parent == "mj-wrapper":
            # mrml renders anything else inside a comment for Outlook; `to_html` frees mj-raw.
            allowed = frozenset({"mj-section", "mj-hero", "mj-raw"})
        if name in allowed or (parent and parent not in components.COMPONENTS):
            return
        self._report(
            place,
            _("<{name}> cannot stand in <{parent}>", name=name, parent=parent)
            if parent
            else _("<{name}> cannot stand by itself", name=name),
            _("It may hold: {names}.", names=", ".join(sorted(allowed)))
            if allowed
            else _("It holds nothing."),
        )

    def _default(self, name: str, parent: str, place: Place) -> None:
        if parent == "mj-class":
            self._report(
                place,
                _("mj-class holds nothing here"),
                _("Put the attributes on the class itself, or use css-class."),
            )
        elif name not in {"mj-all", "mj-class"} and name not in components.COMPONENTS:
            self._unknown(name, place)

    def _unknown(self, name: str, place: Place) -> None:
        if name.lower() in components.COMPONENTS:
            what = _("<{name}> is not written in small letters", name=name)
            self._report(place, what, _("Write <{name}>.", name=name.lower()))
        elif name.lower().startswith("mj"):
            known = [tag for tag in components.COMPONENTS if tag not in _REFUSED]
            self._report(place, _("MJML has no <{name}>", name=name), nearest(name, known))
        elif self._parent in components.COMPONENTS:
            self._report(
                place,
                _("<{name}> stands outside a text", name=name),
                _("Put HTML into <mj-text>, <mj-table> or <mj-raw>."),
            )
