"""Two hosts of one office whose clocks are wrong, and an embargo that ends in some seconds."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import uvicorn

from mailer.clock import WallClock, read_clocks
from mailer.ledger import open_ledger
from mailer.press_room.application import PressRoomApp
from mailer.press_room.live import LivePressRoom
from mailer.wiring.app import App
from tests.counterparts.press_room import PublishingOffice

PARIS = ZoneInfo("Europe/Paris")
WRONG_BY_S = (-5, 5)
SETUP_S = 10
"""Seconds that an office takes at most until its hosts answer."""
TOML = """\
kind = "press-release"
title = "{title}"
language = "fr"
{embargo}

[press_room]
public = true
{since}

[[steps]]
id = "announcement"
send = {send}
fixed = true
to = ["press"]
subject = "Les marées"
"""


class Host:
    """A host of the office on loopback, whose clock is wrong by some seconds."""

    def __init__(self, workspace, ledger_url, *, wrong_by_s):
        def read():
            reading = read_clocks()
            name = f"host{wrong_by_s}"
            wall_at = reading.wall_at + timedelta(seconds=wrong_by_s)
            return replace(reading, wall_at=wall_at, boot=name, host=name)

        self.app = App(workspace, clock=WallClock(read), ledger_url=ledger_url)
        live = LivePressRoom(self.app)
        config = uvicorn.Config(
            PressRoomApp(live), port=0, log_level="error", lifespan="off", access_log=False
        )
        self._socket = config.bind_socket()
        self.port = self._socket.getsockname()[1]
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def close(self):
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self.app.__exit__(None, None, None)


@dataclass(frozen=True)
class Embargo:
    """What becomes public at `hour`, and the hosts that are asked for it."""

    hour: datetime
    hosts: list
    code: str
    picture: str
    text: str

    @property
    def shared_now(self):
        return self.hosts[0].app.ledger.press_room.shared_now


@contextmanager
def an_embargo(folder, ledger_url, *, left_s):
    """Launch a text whose embargo ends `left_s` seconds after its hosts answer; yields it."""
    ledger = open_ledger(ledger_url)
    now = ledger.press_room.shared_now()
    ledger.close()
    hour = (now + timedelta(seconds=left_s + SETUP_S)).replace(microsecond=0)
    leaves = (now - timedelta(minutes=30)).astimezone(PARIS)
    begins = leaves - timedelta(hours=1)
    office = PublishingOffice(folder, at=f"{begins:%Y-%m-%d %H:%M}", ledger_url=ledger_url)
    campaign = office.writes(
        toml=TOML.replace("{send}", f"{leaves:%Y-%m-%dT%H:%M:00}"),
        embargo=f"{hour.astimezone(PARIS):%Y-%m-%dT%H:%M:%S}",
    )
    campaign.launches()
    campaign.runs(f"{leaves:%Y-%m-%d %H:%M}")
    hosts = [Host(office.workspace, ledger_url, wrong_by_s=each) for each in WRONG_BY_S]
    try:
        yield Embargo(hour, hosts, *_what_it_has(office.app.ledger))
    finally:
        for host in hosts:
            host.close()
        office.close()


def _what_it_has(ledger):
    """The code of the French text, the name of its picture, and its words."""
    listed = next(each for each in ledger.press_room.record().releases if each.language == "fr")
    release = ledger.press_room.release(listed.key)
    (picture,) = release.pictures
    return listed.code, picture.filename, release.text
