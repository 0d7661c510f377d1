"""The command line and the desk do the same: one walk by each leaves the same rows."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from mailer.files.campaigns.scaffold import Answers, new_campaign
from mailer.files.workspace import make_workspace
from mailer.ledger.storage.definitions import tables
from mailer.model.campaigns.campaign import CampaignKind
from mailer.wiring.app import App
from tests.desk.visitors import ADMINISTRATOR, SIGNATORY, running_desk
from tests.e2e.commands import mailer

SLUG = "rencontre"
ROWS = b"""Nom;Pr\xc3\xa9nom;M\xc3\xa9dia;Courriel
Durand;L\xc3\xa9a;Gazette;lea@gazette.example
Petit;Ana;Radio;ana@radio.example
Bon;Luc;Web;luc@web.example
"""
COMPARED = {
    tables.contact: ("address", "civility", "first_name", "last_name", "organisation", "language"),
    tables.membership: ("contact_id", "list"),
    tables.suppression: ("address", "scope", "reason", "evidence"),
    tables.accreditation: ("campaign", "address", "state", "name"),
    tables.sign_off: ("campaign", "fingerprint", "by", "person"),
    tables.mailing: ("campaign", "step", "state", "local_time", "fingerprint", "time_zone"),
    tables.journal: ("person", "by", "action", "subject"),
}
"""What must be equal: neither ids, nor instants, nor the door an act came in by."""


def test_the_same_walk_by_command_and_by_desk_leaves_the_same_rows(tmp_path):
    commanded, visited = (_workspace(tmp_path / name) for name in ("commands", "desk"))

    _by_command(commanded, tmp_path / "liste.csv")
    _by_desk(visited)

    assert _rows(visited) == _rows(commanded)


def _by_command(workspace, file):
    file.write_bytes(ROWS)
    by = ("--by", ADMINISTRATOR.name)
    mailer("contacts", "import", file, "--list", "press", *by, workspace=workspace)
    mailer("contacts", "suppress", "luc@web.example", "--why", "lettre", *by, workspace=workspace)
    mailer(
        *("accreditations", "add", SLUG, "ana@radio.example", "--name", "Ana Petit"),
        *("--state", "asked", *by),
        workspace=workspace,
    )
    mailer("approve", SLUG, "--by", SIGNATORY.name, workspace=workspace)
    mailer("launch", SLUG, "--confirm", "2", "--by", SIGNATORY.name, workspace=workspace)
    mailer("pause", SLUG, "--by", SIGNATORY.name, workspace=workspace)


def _by_desk(workspace):
    with App(workspace) as app, running_desk(app) as desk:
        administrator, signatory = desk.visitor(ADMINISTRATOR), desk.visitor(SIGNATORY)
        file = {"file": ("liste.csv", ROWS)}
        kept = administrator.upload(file, list="press")
        administrator.finished(administrator.post(kept.location))
        administrator.post("/oppositions", act="bar", address="luc@web.example", why="lettre")
        administrator.post(
            f"/campagnes/{SLUG}/accreditations",
            address="ana@radio.example",
            name="Ana Petit",
            state="asked",
        )
        version = signatory.get(f"/campagnes/{SLUG}/bon-a-tirer").hidden("fingerprint")
        signatory.post(f"/campagnes/{SLUG}/bon-a-tirer", fingerprint=version)
        launched = signatory.post(f"/campagnes/{SLUG}/lancement", fingerprint=version, confirm="2")
        assert launched.status == 303, launched.text
        signatory.post(f"/campagnes/{SLUG}/suspendre")


def _workspace(folder):
    workspace = make_workspace(folder)
    day = datetime.now(tz=UTC).date() + timedelta(days=100)
    new_campaign(
        workspace / "campaigns" / SLUG,
        CampaignKind.ADVISORY,
        Answers(
            title="La mer, cartographiée",
            event=f"{day.isoformat()} 09:30",
            venue="Station marine, Brest",
            contact="Claire Delmas",
            phone="06 39 98 12 34",
            address="presse@institut.example",
            language="fr",
        ),
        today=datetime.now(tz=UTC).date(),
    )
    for text in (workspace / "campaigns" / SLUG).glob("*.md"):
        written = re.sub("(?i)à compléter[^\n]*", "Le texte est écrit.", text.read_text())
        text.write_text(written)
    return workspace


def _rows(workspace):
    with App(workspace) as app:
        engine = app.ledger.contacts._database.engine
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    tuple(map(str, row))
                    for row in connection.execute(select(*(table.c[name] for name in columns)))
                    if table is not tables.journal or row.action not in _OF_ONE_DOOR
                )
                for table, columns in COMPARED.items()
            }


_OF_ONE_DOOR = {"configure-people"}
"""What is no act of the walk: the command line notes at its first act who the people are, and
`mailer web` takes them in when it starts, before anybody visits.
"""
