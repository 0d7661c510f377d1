"""The press room beside nginx with the same pages as files: requests a second, in one run.

    python benchmarks/press_room.py [SECONDS]

Both are asked for the same pages over kept connections, in turns, by the same client. The ratio
holds on a busy machine; the numbers are this machine's.
"""

from __future__ import annotations

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from multiprocessing import Process, Queue

from mailer.clock import WallClock
from mailer.press_room.exporting import StaticPressRoom
from mailer.press_room.serving import serve
from mailer.wiring.app import App
from tests.counterparts import nginx
from tests.counterparts.press_room import PublishingOffice

ROUNDS = 5
CLIENTS = 8
PATHS = ("/fr/", "/fr/marees/", "/fr/marees/texte.txt", "/fr/feed.atom")


def _serve(workspace: Path, told: Queue[str]) -> None:
    with App(workspace, clock=WallClock()) as app:
        serve(app, print_line=lambda line: told.put(str(line)), port=_free_port())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def _asked(url: str, seconds: float) -> int:
    """Return how many requests one client was answered in so many seconds."""
    connection = HTTPConnection(urlsplit(url).netloc)
    count, end = 0, monotonic() + seconds
    while monotonic() < end:
        connection.request("GET", PATHS[count % len(PATHS)])
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:80])
        count += 1
    connection.close()
    return count


def _rate(url: str, seconds: float) -> float:
    with ThreadPoolExecutor(CLIENTS) as pool:
        counts = pool.map(lambda _client: _asked(url, seconds), range(CLIENTS))
        return sum(counts) / seconds


def main() -> None:
    """Measure both in turns and print the ratio."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    with TemporaryDirectory() as name:
        folder = Path(name)
        office = PublishingOffice(folder, at="2017-03-01 09:00")
        campaign = office.writes()
        for year in ("2027-03-08 09:30", "2027-03-15 09:30"):
            campaign.edits(year, year.replace("2027", "2017"))
        campaign.launches()
        campaign.runs("2017-03-08 09:30")
        StaticPressRoom(office.app, folder / "site").write()
        office.close()
        told: Queue[str] = Queue()
        process = Process(target=_serve, args=(office.workspace, told), daemon=True)
        process.start()
        own = told.get().rpartition(" ")[2].rstrip("/")
        with nginx.file_server(folder / "nginx", folder / "site") as files:
            rounds = [(_rate(own, seconds), _rate(files, seconds)) for _round in range(ROUNDS)]
        process.terminate()
        process.join()
    ours, theirs = (median(each) for each in zip(*rounds, strict=True))
    ratio = median(one / other for one, other in rounds)
    print(f"press room        {ours:8.0f} requests/s")
    print(f"nginx, as files   {theirs:8.0f} requests/s")
    print(f"ratio             {ratio:8.2f}")


if __name__ == "__main__":
    main()
