"""`mailer bounces proposals`, `accept`, `dismiss`: decide what mails ask for without proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.model.contacts.suppression import EVERYWHERE
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from mailer.feedback.excerpt import MailExcerpt
    from mailer.model.feedback.proposal import Proposal
    from mailer.operations.feedback.proposals import ShownProposal, WaitingProposals

Names = Annotated[
    list[str], typer.Argument(help=N_("The proposals, as the list names them."), metavar="ID…")
]
Why = Annotated[str, typer.Option(help=N_("How you know."), show_default=False)]


def proposals(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help=N_("Show the mail of this one."), show_default=False, metavar="ID")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help=N_("For other programs: JSON."))] = False,
) -> None:
    from mailer.operations.feedback.proposals import show_proposal, waiting_proposals

    with opened(context) as app:
        if name:
            found = show_proposal(name, excerpt=app.children.mail_excerpt, ledger=app.ledger)
            print_mail(found.mail)
            return
        waiting = waiting_proposals(excerpt=app.children.mail_excerpt, ledger=app.ledger)
    if json:
        for each in waiting.shown:
            show.as_json(_as_json(each))
        return
    if not waiting.shown:
        show.print_line(_("No mail waits for your decision."))
        return
    _print_table(waiting)


def accept(context: typer.Context, names: Names, by: By = "", why: Why = "") -> None:
    from mailer.operations.feedback.proposals import accept_proposals

    with opened(context) as app:
        decided = accept_proposals(
            names,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    for each in decided:
        reason = label_of(each.reason)
        show.print_line(
            _("{address}: no longer written to ({reason}).", address=each.address, reason=reason)
        )


def dismiss(context: typer.Context, names: Names, by: By = "", why: Why = "") -> None:
    from mailer.operations.feedback.proposals import dismiss_proposals

    with opened(context) as app:
        decided = dismiss_proposals(
            names,
            actor=current_actor(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    for each in decided:
        show.print_line(
            _("{address}: dismissed, written to as before.", address=each.address),
        )


def print_mail(mail: MailExcerpt) -> None:
    for title, value in (
        (_("From"), mail.sender),
        (_("To"), mail.to),
        (_("Date"), mail.date),
        (_("Subject"), mail.subject),
    ):
        show.print_line(Text("{title}: {value}", {"title": title, "value": value}))
    show.print_line()
    show.print_line(mail.text)


def _print_table(waiting: WaitingProposals) -> None:
    show.table(
        (_("Proposal"), _("Since"), _("Address"), _("What it asks"), _("The mail")),
        (
            (
                each.proposal.id,
                show.wall_time(each.proposal.asked_at),
                "\n".join(_who(each)),
                "\n".join(show.translated(line) for line in _asked(each.proposal)),
                f"{each.mail.sender}\n{each.mail.subject}",
            )
            for each in waiting.shown
        ),
    )
    more = waiting.count - len(waiting.shown)
    if more:
        show.print_line(_n("{count} more waits.", "{count} more wait.", count=more))
    show.print_line(
        _("Nothing proves who wrote these mails: anybody can name somebody else’s address.")
    )
    show.print_line(
        _("Read one: mailer bounces proposals ID. Then: mailer bounces accept ID, or dismiss ID.")
    )


def _who(shown: ShownProposal) -> list[str]:
    known = (shown.contact.name, shown.contact.organisation) if shown.contact else ()
    return [str(shown.proposal.address), *filter(None, known)]


def _asked(proposal: Proposal) -> list[Text | str]:
    lines: list[Text | str] = [label_of(proposal.reason)]
    if proposal.scopes != (EVERYWHERE,):
        lines.append(", ".join(filter(None, proposal.scopes)))
    if proposal.mails > 1:
        lines.append(_n("{count} mail", "{count} mails", count=proposal.mails))
    lines.append(proposal.quote[:80])
    return lines


def _as_json(shown: ShownProposal) -> dict[str, Any]:
    proposal, contact = shown.proposal, shown.contact
    return {
        "id": proposal.id,
        "address": str(proposal.address),
        "name": contact.name if contact else "",
        "organisation": contact.organisation if contact else "",
        "reason": proposal.reason,
        "lists": [scope for scope in proposal.scopes if scope != EVERYWHERE],
        "quote": proposal.quote,
        "since": proposal.asked_at.isoformat(),
        "mails": proposal.mails,
        "from": shown.mail.sender,
        "subject": shown.mail.subject,
    }
