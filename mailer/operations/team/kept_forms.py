"""Keep what somebody typed when their session had ended, and show it to them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.sign_in import KeptForm
from mailer.operations.team.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mailer.operations.team.visitors import Visitor
    from mailer.ports import Ledger

SECRET_FIELDS = frozenset(
    {"password", "current", "new", "again", "username", "code", "ticket", "credential", "sealed"}
)
"""The fields that are never kept: passwords and other proofs, and the name that a browser stores beside one."""
_MOST_SIGNS = 2_000_000
_CHOSEN = "chosen:"
"""Before the name of a field, in a kept form: the value is the name of the file chosen there."""


def keep_form(
    path: str,
    fields: Iterable[tuple[str, str]],
    *,
    files: Mapping[str, str] | None = None,
    visitor: Visitor,
    ledger: Ledger,
    now: datetime,
) -> str:
    """Keep the fields of a form for the person of this browser, without passwords.

    Of `files`, the names of chosen files by field, only the name is kept, so that its person can
    choose it again. Returns the id of the kept form, or "" when it is too long to be kept.
    """
    kept = tuple((name, value) for name, value in fields if name not in SECRET_FIELDS)
    kept += tuple((f"{_CHOSEN}{name}", file) for name, file in (files or {}).items())
    if sum(len(name) + len(value) for name, value in kept) > _MOST_SIGNS:
        return ""
    form = KeptForm(new_token(), visitor.person.id, path, kept, now)
    ledger.sign_ins.keep(form)
    return form.id


def kept_form(form_id: str, *, visitor: Visitor, ledger: Ledger) -> KeptForm | None:
    """Return a form that was kept for this person; None for anybody else."""
    return ledger.sign_ins.kept(form_id, person=visitor.person.id)


def files_of(form: KeptForm) -> list[tuple[str, str]]:
    """Return the field and the name of each file that was chosen in a form."""
    return [
        (name.removeprefix(_CHOSEN), value)
        for name, value in form.fields
        if name.startswith(_CHOSEN)
    ]


def typed_in(form: KeptForm) -> list[tuple[str, str]]:
    """Return the fields of a form that hold no file."""
    return [(name, value) for name, value in form.fields if not name.startswith(_CHOSEN)]


def drop_form(form_id: str, *, visitor: Visitor, ledger: Ledger) -> None:
    """Remove a kept form, as its person asked."""
    ledger.sign_ins.drop_kept(form_id, person=visitor.person.id)
