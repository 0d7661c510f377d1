"""Take requests into the register from a list, pasted addresses or mails; and the register as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.responses import Response

from mailer.accreditations import RequestChoice
from mailer.addresses import read_address
from mailer.errors import Place, Problem, RuleError, Unreadable
from mailer.files.workbook_writing import WORKBOOK, workbook_bytes
from mailer.operations.people.accreditations import why_refused
from mailer.operations.people.register_export import export_register, register_table
from mailer.operations.people.register_import import (
    DecidedRow,
    RequestRow,
    row_of_mail,
    rows_of_list,
    survey_requests,
    take_in_requests,
)
from mailer.web.views.campaign import page_of, title_of
from mailer.wording import Text, _, said_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.accreditations import RequestsDecided
    from mailer.web.forms import Form, Upload
    from mailer.web.visit import Visit

CHOICES: tuple[tuple[RequestChoice, Text], ...] = (
    (RequestChoice.RULES, _("by the rules")),
    (RequestChoice.ASKED, _("note the request")),
    (RequestChoice.ACCEPTED, _("accept")),
    (RequestChoice.WAITING, _("put on the waiting list")),
    (RequestChoice.DECLINED, _("will not come")),
    (RequestChoice.LEAVE_OUT, _("leave out")),
)
"""What can be decided about a request, in the order of the screen."""
_FILE = "file"


def show(visit: Visit) -> Response:
    """Show the form for a file or a pasted list, or the requests of one that was refused."""
    return _page(visit, _rows_of(visit.typed))


def submit(visit: Visit, form: Form) -> Response:
    """Show what the requests that were chosen would become, or take in those that were decided."""
    if form.text("act") != "take-in":
        return _page(visit, list(_chosen(visit, form)))
    decided = list(_decided(form))
    if not decided:
        return visit.done(page_of(visit, "accreditations"), "unchanged")
    done = take_in_requests(
        visit.slug,
        decided,
        terms=visit.app.drafts.terms(visit.slug),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return _result(visit, done)


def table(visit: Visit) -> Response:
    """Return the register as a workbook. Journalled."""
    register = export_register(
        visit.slug, actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    zone = ZoneInfo(visit.app.settings.office.time_zone)
    rows = (said_row(row, visit.say_plainly) for row in register_table(register, zone=zone))
    return Response(
        workbook_bytes(rows, title=visit.say(_("Accreditations"))),
        media_type=WORKBOOK,
        headers={"Content-Disposition": 'attachment; filename="accreditations.xlsx"'},
    )


def _page(visit: Visit, rows: Sequence[RequestRow]) -> Response:
    surveyed = survey_requests(
        visit.slug,
        rows,
        terms=visit.app.drafts.terms(visit.slug),
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.page(
        "people/register_import.html.j2",
        title=title_of(visit),
        surveyed=surveyed,
        packed=_packed(rows, visit),
        choices=CHOICES,
        done=None,
    )


def _result(visit: Visit, done: RequestsDecided) -> Response:
    """Show what became of each request; those that a rule is against are named with the rule."""
    return visit.page(
        "people/register_import.html.j2",
        title=title_of(visit),
        surveyed=(),
        done=done,
        why_refused=why_refused,
    )


def _chosen(visit: Visit, form: Form) -> Iterator[RequestRow]:
    """Yield the requests of the files that were chosen, and of what was pasted."""
    uploads = [each for name, each in form.uploads.items() if name.partition(".")[0] == _FILE]
    pasted = form.text("pasted").strip()
    if not uploads and not pasted:
        form.upload(_FILE)  # raises: nothing was chosen
    for upload in uploads:
        yield from _rows_in(visit, upload)
    if pasted:
        yield from _read_list(visit, visit.say(_("pasted")) + ".txt", pasted.encode())


def _rows_in(visit: Visit, upload: Upload) -> Iterator[RequestRow]:
    if upload.name.lower().endswith(".eml"):
        yield row_of_mail(upload.name, visit.app.children.mail_excerpt(upload.content))
    else:
        yield from _read_list(visit, upload.name, upload.content)


def _read_list(visit: Visit, name: str, content: bytes) -> tuple[RequestRow, ...]:
    read = visit.app.children.read_contact_bytes(
        name, content, list_name="register", read_on=visit.now.date()
    )
    return rows_of_list(read)


def _packed(rows: Sequence[RequestRow], visit: Visit) -> str:
    """Return the requests for a hidden field: nothing is stored before somebody decides."""
    return json.dumps(
        [
            {
                "where": row.where,
                "address": str(row.address or ""),
                "name": row.name,
                "organisation": row.organisation,
                "card": row.card,
                "said": row.said,
                "why": visit.say(row.why) if row.why else "",
                "meant": row.meant,
            }
            for row in rows
        ],
        ensure_ascii=False,
    )


def _rows_of(form: Form) -> list[RequestRow]:
    """Return the requests that a form brings back."""
    if not (packed := form.text("rows")):
        return []
    try:
        return [_row_of(each) for each in json.loads(packed)]
    except (ValueError, TypeError, AttributeError) as error:
        raise _not_whole() from error


def _row_of(packed: dict[str, str]) -> RequestRow:
    texts = {name: str(packed.get(name, "")) for name in ("name", "organisation", "card", "said")}
    address = str(packed.get("address", ""))
    return RequestRow(
        str(packed.get("where", "")),
        read_address(address) if address else None,
        meant=RequestChoice(packed.get("meant", RequestChoice.RULES)),
        why=Text("{why}", {"why": str(packed["why"])}) if packed.get("why") else None,
        **texts,
    )


def _not_whole() -> RuleError:
    what, remedy = _("the list of requests is not whole any more"), _("Choose the file again.")
    return RuleError(Problem(Place("", key=_FILE), what, remedy))


def _decided(form: Form) -> Iterator[DecidedRow]:
    """Yield each request with what was chosen for it. Raises RuleError for an address that is none."""
    problems: list[Problem] = []
    for number, row in enumerate(_rows_of(form)):
        choice = form.text(f"choice-{number}")
        if choice not in set(RequestChoice) or choice == RequestChoice.LEAVE_OUT:
            continue
        try:
            meant = row.address or read_address(form.text(f"address-{number}").strip())
        except Unreadable as error:
            remedy = _("Write the address that is meant, or leave the row out.")
            problems.append(Problem(Place("", key=f"address-{number}"), error.reason, remedy))
            continue
        named = RequestRow(row.where, meant, row.name, row.organisation, row.card)
        yield DecidedRow(named, RequestChoice(choice))
    if problems:
        raise RuleError(*problems)
