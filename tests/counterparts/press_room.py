"""A press office that publishes: its campaigns, its clock, and its press room as the public asks it."""

from dataclasses import dataclass

import httpx

from mailer.clock import SimulatedClock
from mailer.files.bundled import bundled
from mailer.press_room.application import PressRoomApp
from mailer.press_room.live import LivePressRoom
from mailer.wiring.app import App
from tests.counterparts.amending import PressOffice
from tests.counterparts.desk import run_apart
from tests.counterparts.drafts import paris
from tests.counterparts.workspaces import workspace_with_ledger

URL = "https://presse.institut.example"
CONFIG = f"""\
[office]
name = "Institut des marées"
postal_address = "1 rue de l’Exemple, 29200 Brest"
privacy_url = "https://www.institut.example/donnees"

[press_room]
title = "Salle de presse de l’Institut"
public_url = "{URL}"
"""
TOML = """\
kind = "press-release"
title = "{title}"
language = "fr"
time_zone = "Europe/Paris"
place = "Brest"

[event]
name = "Visite de la station"
starts_at = 2027-03-18T10:00:00
venue = "Station marine"
address = "1 quai de l’Exemple, 29200 Brest"

{embargo}

[press_room]
public = true
{since}

[[press_contacts]]
name = "Claire Delmas"
role = "responsable de la presse"
email = "presse@institut.example"
phone = "01 99 00 12 34"
mobile = "06 39 98 12 34"

[[links]]
label = "Les données"
url = "https://www.institut.example/donnees-marees"

[[steps]]
id = "announcement"
send = "2027-03-08 09:30"
to = ["press"]
subject = "Les marées, mieux prévues"

[[steps]]
id = "reminder"
send = "2027-03-15 09:30"
to = ["press"]
subject = "Rappel : les marées"
"""
TEXT = """\
{{ recipient.salutation }}

# __HEADLINE__

Une équipe de Brest annonce à trois minutes près la hauteur de chaque marée, pour les cinquante ports de la côte.

## Ce que change la méthode

Les modèles d’avant comptaient douze ondes. Celui-ci en compte soixante-deux, et corrige le vent du large.

Vous nous aviez écrit, {{ recipient.name }} : voici la réponse.

![La sonde dans le bassin](sonde.png "La sonde de mesure. © Institut des marées")

{% if recipient.organisation %}
Votre rédaction a suivi ce travail.
{% endif %}

> Nous avons mis neuf ans à comprendre une seule baie.
>
> — Maëlle Riou, océanographe

| Port | Erreur |
|---|---|
| Brest | 2 min |
| Dunkerque | 3 min |
"""
ENGLISH = """\
Dear {{ recipient.name }},

# Tides, forecast to the minute

A team in Brest forecasts the height of each tide, three minutes at most from the truth, for fifty ports.
"""
REMINDER = "# Rappel\n\nLa visite de la station a lieu {{ event.date }}.\n"
JOURNALISTS = ("ada.keriven@journal.example", "bob.morvan@radio.example")


@dataclass(frozen=True)
class Answer:
    """What the press room answered."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class PublishingOffice:
    """One workspace on a simulated clock, with a press room that anybody may ask."""

    def __init__(self, folder, *, at="2027-03-01 09:00", config=CONFIG, ledger_url=""):
        self.workspace = workspace_with_ledger(folder / "bureau")
        (self.workspace / "config.toml").write_text(config, "utf-8")
        self.clock = SimulatedClock(paris(at))
        self.app = App(self.workspace, clock=self.clock, ledger_url=ledger_url)
        self.press_room = PressRoomApp(LivePressRoom(self.app))

    def writes(
        self,
        slug="marees",
        *,
        embargo="",
        since="",
        headline="Les marées, prévues à la minute",
        english=True,
        toml=TOML,
        **files,
    ):
        """Write a campaign in its folder; returns its office."""
        folder = self.workspace / "campaigns" / slug
        folder.mkdir()
        (folder / "campaign.toml").write_text(
            toml.format(
                title=headline,
                embargo=f"[embargo]\nuntil = {embargo}" if embargo else "",
                since=f"since = {since}" if since else "",
            ),
            "utf-8",
        )
        texts = {"announcement.md": TEXT.replace("__HEADLINE__", headline), "reminder.md": REMINDER}
        if english:
            texts["announcement.en.md"] = ENGLISH
        for name, text in (texts | files).items():
            (folder / name).write_text(text, "utf-8")
        logo = bundled("templates") / "press" / "logos" / "classic.png"
        (folder / "sonde.png").write_bytes(logo.read_bytes())
        office = PressOffice(
            folder, self.app.ledger, at="", office=self.app.settings.office, clock=self.clock
        )
        office.knows(JOURNALISTS[0])
        office.knows(JOURNALISTS[1], language="en")
        return office

    def is_at(self, text):
        """Let the clock reach an instant of Paris."""
        self.clock.wait_until(paris(text))

    def asks(self, path, *, method="GET", headers=None, **more):
        """Ask the press room for an address, as a browser or a cache does."""
        return run_apart(_ask(self.press_room, method, path, headers or {}, more))

    def close(self):
        self.app.__exit__(None, None, None)


async def _ask(application, method, path, headers, more):
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        got = await client.request(method, path, headers=headers, **more)
    return Answer(got.status_code, dict(got.headers), got.content)
