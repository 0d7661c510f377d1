"""What a browser sent: the fields and files of a submitted form."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailer.addresses import require_address
from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.requests import Request

    from mailer.model.address import Address

MAX_UPLOAD_BYTES = 20_000_000
MAX_FIELDS = 2_000
_MOST_DIGITS = 15
"""No number of ours is longer, and no database takes a whole number of more than 18 digits."""

_NUMBER_OF_FILE = re.compile(r"\.\d+$")
"""What `_free_name` adds."""


def whole_number(text: str) -> int | None:
    """Return a number that somebody typed or an address holds; None if it is none of ours.

    `str.isdigit` is true of “²”, which `int` refuses.
    """
    is_ours = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_ours else None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody chose. The name is only shown, and is never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form by name. Line ends are LF, which browsers send as CRLF."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the first value of a field, or "" if it was not sent."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that may be repeated."""
        return tuple(self.fields.get(name, ()))

    def number(self, name: str) -> int | None:
        """Return a field as a whole number, with blanks between digits; None if it is none."""
        return whole_number("".join(self.text(name).split()))

    def address(self, name: str) -> Address:
        """Return the address in a field. Raises ContentError, at that field, when it is none."""
        try:
            return require_address(self.text(name))
        except ContentError as refused:
            raise ContentError(
                *(replace(each, where=Place("", key=name)) for each in refused.problems)
            ) from refused

    def upload(self, name: str) -> Upload:
        """Return the file that was chosen. Raises RuleError when there is none."""
        if (found := self.uploads.get(name)) is not None:
            return found
        raise RuleError(
            Problem(
                Place("", key=name),
                _("no file was chosen"),
                _("Choose a file of at most 20 MB, then send the form again."),
            )
        )


class Refusals:
    """Collects what is wrong with several fields, so that all of it is told at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Keep the problems of a field that is refused in the block."""
        try:
            yield
        except (ContentError, RuleError) as refused:
            self._problems += refused.problems

    def raise_any(self) -> None:
        """Raise RuleError with all of them, if there are any."""
        if self._problems:
            raise RuleError(*self._problems)


def to_choose_again(form: Form, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return a problem for each file that was chosen in a refused form: no browser keeps it.

    A file that is refused itself has its own.
    """
    told = {problem.where.key for problem in problems}
    chosen = ((_NUMBER_OF_FILE.sub("", name), upload) for name, upload in form.uploads.items())
    return tuple(
        Problem(
            Place("", key=name),
            _("the file “{name}” has to be chosen again", name=upload.name),
            _("A form that is sent back does not keep the file; the rest stays as you typed it."),
        )
        for name, upload in chosen
        if name not in told
    )


async def read_form(request: Request) -> Form:
    """Read the body of a POST. Raises RuleError when it is larger than an upload may be."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MAX_UPLOAD_BYTES:
        raise RuleError(
            Problem(
                Place(""),
                _("what was sent is larger than 20 MB"),
                _("Choose a smaller file, or split it."),
            )
        )
    async with request.form(
        max_fields=MAX_FIELDS, max_files=20, max_part_size=MAX_UPLOAD_BYTES
    ) as sent:
        fields: dict[str, list[str]] = {}
        uploads: dict[str, Upload] = {}
        for name, value in sent.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
            elif value.filename:
                upload = Upload(value.filename, await value.read())
                uploads[_free_name(name, uploads)] = upload
    return Form(fields, uploads)


def _free_name(name: str, uploads: Mapping[str, Upload]) -> str:
    """Return a name for a further file of a field that takes several, such as `file.2`."""
    number, free = 1, name
    while free in uploads:
        number += 1
        free = f"{name}.{number}"
    return free
