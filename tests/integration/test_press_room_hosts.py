"""Two hosts whose clocks are wrong, one PostgreSQL, and nginx as a cache that had asked before."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import httpx
import pytest
import uvicorn

from mailer.app import App
from mailer.clock import WallClock, read_clocks
from mailer.ledger import open_ledger
from mailer.press_room.application import PressRoomApp
from mailer.press_room.live import LivePressRoom
from tests.counterparts import nginx
from tests.counterparts.ledgers import postgres_url
from tests.counterparts.press_room import PublishingOffice

__all__ = ["postgres_url"]
PARIS = ZoneInfo("Europe/Paris")
WRONG_BY_S = (-5, 5)
LEFT_S = 5
"""Seconds until the embargo ends, while which every address is asked for."""
LATEST_S = 2
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


@pytest.fixture
def hour_and_hosts(tmp_path, postgres_url):
    """The hour of an embargo that is a few seconds away, and the hosts that obey it."""
    # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
    if not nginx.is_installed():
        pytest.skip(nginx.MISSING)
    ledger = open_ledger(postgres_url)
    now = ledger.press_room.shared_now()
    ledger.close()
    hour = (now + timedelta(seconds=LEFT_S + 8)).replace(microsecond=0)
    leaves = (now - timedelta(minutes=30)).astimezone(PARIS)
    begins = leaves - timedelta(hours=1)
    office = PublishingOffice(tmp_path, at=f"{begins:%Y-%m-%d %H:%M}", ledger_url=postgres_url)
    campaign = office.writes(
        toml=TOML.replace("{send}", f"{leaves:%Y-%m-%dT%H:%M:00}"),
        embargo=f"{hour.astimezone(PARIS):%Y-%m-%dT%H:%M:%S}",
    )
    campaign.launches()
    campaign.runs(f"{leaves:%Y-%m-%d %H:%M}")
    hosts = [Host(office.workspace, postgres_url, wrong_by_s=each) for each in WRONG_BY_S]
    yield hour, hosts
    for host in hosts:
        host.close()
    office.close()


PATHS = (
    *("/", "/fr/", "/en/", "/fr/feed.atom", "/fr/feed.json", "/sitemap.xml", "/fr/verifier/"),
    *("/fr/marees/", "/en/marees/", "/fr/marees/texte.txt"),
)


def test_h2_through_a_cache_and_wrong_clocks_nothing_is_early_and_all_is_there_soon(
    tmp_path, hour_and_hosts
):
    hour, hosts = hour_and_hosts
    shared_now = hosts[0].app.ledger.press_room.shared_now
    seen = dict.fromkeys(PATHS, 0)
    late, early, asked = [], [], 0
    with (
        nginx.caching_proxy(tmp_path / "nginx", [each.port for each in hosts]) as url,
        httpx.Client(base_url=url) as cache,
    ):
        etags = {path: cache.get(path).headers.get("etag", "") for path in PATHS}
        while (now := shared_now()) < hour + timedelta(seconds=LATEST_S + 2):
            for path in PATHS:
                began_at = shared_now()
                # A client that has the page of before, and one that has nothing.
                known = {"if-none-match": etags[path]} if asked % 2 and etags[path] else {}
                answer = cache.get(path, headers=known)
                asked += 1
                is_shown = answer.status_code == 200 and (
                    "marees" in answer.text or "Les marées, prévues" in answer.text
                )
                if is_shown and shared_now() < hour:
                    early.append(path)
                if not is_shown and began_at >= hour + timedelta(seconds=LATEST_S):
                    late.append((path, answer.status_code, answer.headers.get("x-cache")))
                seen[path] += is_shown
        del now

    assert early == []
    assert late == []
    assert all(seen.values()), seen
