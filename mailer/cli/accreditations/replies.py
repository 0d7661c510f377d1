"""`mailer accreditations replies`, `take`, `read`: decide what people wrote back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.feedback.proposals import print_mail
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.operations.people.replies import ShownReply, WaitingReplies

Names = Annotated[
    list[str], typer.Argument(help=N_("The replies, as the list names them."), metavar="ID…")
]
Comes = Annotated[
    bool | None,
    typer.Option(
        "--comes/--declines",
        help=N_("What the person wants, where the reply does not say it."),
        show_default=False,
    ),
]
About = Annotated[
    str,
    typer.Option(
        "--campaign", help=N_("The campaign, where we do not know it."), show_default=False
    ),
]


def replies(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help=N_("Show the mail of this one."), show_default=False, metavar="ID")
    ] = "",
    json: AsJson = False,
) -> None:
    from mailer.operations.people.replies import show_reply, waiting_replies

    with opened(context) as app:
        if name:
            found = show_reply(name, excerpt=app.children.mail_excerpt, ledger=app.ledger)
            print_mail(found.mail)
            return
        waiting = waiting_replies(excerpt=app.children.mail_excerpt, ledger=app.ledger)
    if json:
        for each in waiting.shown:
            show.as_json(_as_json(each))
        return
    if not waiting.shown:
        show.print_line(_("No reply waits for you."))
        return
    _print_table(waiting)


def take(
    context: typer.Context, names: Names, comes: Comes = None, campaign: About = "", by: By = ""
) -> None:
    from mailer.operations.people.replies import take_replies

    with opened(context) as app:
        entries = take_replies(
            names,
            comes=comes,
            campaign=campaign,
            excerpt=app.children.mail_excerpt,
            terms_for=app.drafts.terms,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    for each in entries:
        state = label_of(each.state)
        show.print_line(_("{address}: {state}.", address=each.address, state=state))


def read(context: typer.Context, names: Names, by: By = "") -> None:
    from mailer.operations.people.replies import dismiss_replies

    with opened(context) as app:
        done = dismiss_replies(
            names, actor=current_actor(app, by), ledger=app.ledger, now=app.clock.now()
        )
    show.print_line(_n("{count} reply put aside.", "{count} replies put aside.", count=len(done)))


def _print_table(waiting: WaitingReplies) -> None:
    show.table(
        (_("Reply"), _("Since"), _("Who"), _("What it says"), _("Campaign"), _("The mail")),
        (
            (
                each.reply.id,
                show.wall_time(each.reply.at),
                "\n".join(_who(each)),
                show.translated(label_of(each.reply.sort)),
                each.reply.campaign,
                f"{each.mail.subject}\n{_beginning(each.mail.text)}",
            )
            for each in waiting.shown
        ),
    )
    for sort, count in waiting.tally.count_by_sort:
        show.print_line(_("{name}: {count}", name=label_of(sort), count=count))
    show.print_line(
        _(
            "Read one: mailer accreditations replies ID. Then: mailer accreditations take ID, or"
            " read ID."
        )
    )


def _beginning(text: str) -> str:
    return " ".join(text.split())[:80]


def _who(shown: ShownReply) -> list[str]:
    known = (shown.contact.name, shown.contact.organisation) if shown.contact else ()
    return [str(shown.reply.address), *filter(None, known)]


def _as_json(shown: ShownReply) -> dict[str, Any]:
    reply, contact = shown.reply, shown.contact
    return {
        "id": reply.id,
        "address": str(reply.address),
        "name": contact.name if contact else "",
        "organisation": contact.organisation if contact else "",
        "says": reply.sort,
        "campaign": reply.campaign,
        "since": reply.at.isoformat(),
        "from": shown.mail.sender,
        "subject": shown.mail.subject,
        "text": shown.mail.text,
    }
