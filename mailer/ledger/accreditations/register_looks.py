"""When the answers to a campaign were last looked at, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mailer.ledger.accreditations.partner_requests import newest_open_request
from mailer.ledger.storage.database import insert
from mailer.ledger.storage.definitions import service_tables, tables
from mailer.ledger.storage.definitions.register_tables import accreditation_change, register_look
from mailer.ledger.storage.journal import write_entry
from mailer.model.accreditations.accreditation import AnswerSources
from mailer.model.feedback.reply import SHOWN_SORTS
from mailer.model.mailings.progress import Task
from mailer.model.team.actor import Actor, Via

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from mailer.ledger.storage.database import Database

_mailing, _reply = tables.mailing.c, tables.proposal.c
_change, _look, _task = accreditation_change.c, register_look.c, service_tables.heartbeat.c
_SORTS = [sort.value for sort in SHOWN_SORTS]
_OFFICE = (Via.CLI.value, Via.DESK.value)
"""Where a person of the office acts. An answer by link shows that somebody else did."""


class SqlRegisterLooks:
    """One row for each campaign whose register somebody confirmed, and what else tells it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def confirm(self, campaign: str, *, actor: Actor, at: datetime) -> None:
        with self._database.writing() as connection:
            line = insert(connection, register_look).values(
                campaign=campaign, at=at, person=actor.person, by=actor.name
            )
            connection.execute(
                line.on_conflict_do_update(
                    index_elements=["campaign"],
                    set_={name: line.excluded[name] for name in ("at", "person", "by")},
                )
            )
            write_entry(
                connection, at=at, actor=actor, action="answers-seen", subject=campaign, detail=""
            )

    def sources(self, campaign: str) -> AnswerSources:
        with self._database.reading() as connection:
            return AnswerSources(
                first_sent_at=connection.scalar(
                    select(func.min(_mailing.started_at)).where(_mailing.campaign == campaign)
                ),
                looked_at=_last_look(connection, campaign),
                newest_reply_at=_newest_reply(connection, campaign),
                mailbox_read_at=_mailbox_read(connection),
            )


def _last_look(connection: Connection, campaign: str) -> datetime | None:
    noted = select(func.max(_change.at)).where(
        _change.campaign == campaign, _change.via.in_(_OFFICE)
    )
    confirmed = select(_look.at).where(_look.campaign == campaign)
    found = (connection.scalar(query) for query in (noted, confirmed))
    return max((at for at in found if at is not None), default=None)


def _newest_reply(connection: Connection, campaign: str) -> datetime | None:
    """Return when the newest reply came that waits for a person; one may be to any campaign.

    What a partner asks for waits in the same way.
    """
    query = select(func.max(_reply.at)).where(
        _reply.scope.in_([campaign, ""]), _reply.decision.is_(None), _reply.reason.in_(_SORTS)
    )
    came = (connection.scalar(query), newest_open_request(connection, campaign))
    return max((at for at in came if at is not None), default=None)


def _mailbox_read(connection: Connection) -> datetime | None:
    query = select(_task.succeeded_at).where(_task.name == Task.MAILBOX.value)
    read_at: datetime | None = connection.scalar(query)
    return read_at
