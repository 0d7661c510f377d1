"""`mailer preview`: the desk's preview room by itself, which follows the files."""

import re
import signal
import subprocess
import sys
from html import unescape
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest

from mailer.clock import SimulatedClock
from mailer.web.preview_room import room_of
from mailer.web.views.campaigns.preview import MODES
from mailer.wiring.app import App
from tests.counterparts.builders import NOON
from tests.counterparts.desk import HOST, PORT, Browser, a_workspace
from tests.desk.signatories import office, sign, write
from tests.e2e.commands import EXAMPLE

PAGE = f"/campagnes/{EXAMPLE}/apercu"
EDITOR = '[web]\neditor = "vscode://file/{file}:{line}"\n'
TOKEN = "a-token-of-this-test"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    with App(a_workspace(folder), clock=SimulatedClock(NOON)) as made:
        yield made


@pytest.fixture
def stranger(app):
    return Browser(room_of(app, port=PORT, token=TOKEN, start=PAGE))


@pytest.fixture
def writer(stranger):
    """A browser that has opened the printed address."""
    assert stranger.get(f"/ouvrir/{TOKEN}").location == PAGE
    return stranger


@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}/cadre", "/ouvrir/", f"/ouvrir/{TOKEN}x"])
def test_nobody_comes_in_without_the_printed_address(stranger, path):
    answer = stranger.get(path)

    assert answer.status == 403
    assert EXAMPLE not in answer.text


@pytest.mark.parametrize("path", ["/contacts", "/journal", f"/campagnes/{EXAMPLE}/lancement"])
def test_the_room_has_no_other_page_of_the_desk(writer, path):
    assert writer.get(path).status == 404


def test_another_host_or_a_page_of_another_site_gets_nothing(app, writer):
    elsewhere = Browser(writer._desk, host="attacker.example")
    elsewhere.cookies = writer.cookies
    framed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}

    assert elsewhere.get(PAGE).status == 421
    assert writer.get(PAGE, **framed, sec_fetch_dest="iframe").status == 403
    assert writer.post(PAGE, headers={"host": HOST, "origin": "http://x.example"}).status == 403


def test_the_page_shows_the_mail_and_nothing_that_acts(writer):
    page = writer.get(PAGE)

    assert page.status == 200
    assert "<iframe" in page.text
    assert 'method="post"' not in page.text
    assert "<script" not in writer.get(f"{PAGE}/cadre").text


@pytest.mark.parametrize("mode", [name for name, _label in MODES])
def test_every_way_of_showing_a_mail_is_there_and_runs_nothing(writer, mode):
    page = writer.get(f"{PAGE}?mode={mode}")
    frame = writer.get(f"{PAGE}/cadre?mode={mode}")

    assert page.status == frame.status == 200
    assert re.search(rf'mode={mode}[^>]*aria-current="page"', page.text)
    assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "<script" not in frame.text


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    """An office with contacts, which works in French, and a room of it that is open."""
    with office(tmp_path_factory.mktemp("office")) as made:
        room = Browser(room_of(made, port=PORT, token=TOKEN, start=PAGE))
        room.get(f"/ouvrir/{TOKEN}")
        yield made, room


def test_one_is_led_from_reader_to_reader_and_comes_back(readers):
    _office, room = readers
    first = room.get(f"{PAGE}?etape=reminder").text

    second = room.get(_led(first, "next")).text
    back = room.get(_led(second, "prev")).text

    assert _shown(second) != _shown(first)
    assert _shown(back) == _shown(first)


def test_one_is_led_to_a_reader_by_chance_who_then_stays(readers):
    _office, room = readers

    led = room.get(f"{PAGE}?etape=reminder&mode=texte&hasard=1").location

    assert led.startswith(f"{PAGE}?etape=reminder&mode=texte&pour=")
    assert "hasard" not in led
    assert _shown(room.get(led).text) == _shown(room.get(led).text)


def test_all_readers_are_counted_and_the_worst_cases_lead_to_their_mails(readers):
    _office, room = readers

    counted = room.get(f"{PAGE}?etape=announcement&mode=lecteurs").text
    longest = unescape(re.search(r'href="([^"]*)">Le nom le plus long', counted)[1])

    assert "64 messages sont complets" in counted
    assert room.get(longest).status == 200


def test_the_words_that_changed_since_the_sign_off_are_shown(readers):
    made, room = readers
    never = room.get(f"{PAGE}?mode=changements").text

    sign(made, "Ada Morel")
    write(made, "Nadia Leroy", "Ajouté-depuis")
    changed = room.get(f"{PAGE}?mode=changements").text
    other = room.get(f"{PAGE}?mode=changements&etape=reminder").text

    assert "il n’y a rien à comparer" in never
    assert re.findall(r"<ins>\s*(.*?)\s*</ins>", changed, re.DOTALL) == ["Ajouté-depuis"]
    assert "<ins>" not in other
    assert "Identique au dernier bon à tirer." in other


@pytest.fixture
def faulty(tmp_path):
    """The room of a campaign whose text has a doubled word, in an office with an editor."""
    made = App(a_workspace(tmp_path, EDITOR), clock=SimulatedClock(NOON))
    text = made.campaigns.folder(EXAMPLE) / "announcement.md"
    text.write_text(text.read_text("utf-8") + "\nVenez nombreux nombreux samedi.\n", "utf-8")
    with made:
        browser = Browser(room_of(made, port=PORT, token=TOKEN, start=PAGE))
        browser.get(f"/ouvrir/{TOKEN}")
        yield browser, text


def test_the_verdict_stands_beside_the_mail_and_leads_to_the_words_and_to_the_editor(faulty):
    room, text = faulty
    line = text.read_text("utf-8").count("\n")
    page = room.get(f"{PAGE}?etape=announcement").text

    verdict = room.get(unescape(re.search(r'data-live="([^"]*/remarques[^"]*)"', page)[1])).text
    words = unescape(re.search(r'href="([^"#]*ligne=\d+)#mail"', verdict)[1])
    frame = re.search(r'<iframe[^>]* src="([^"]*)"', room.get(words).text)[1]
    mail = room.get(unescape(frame).partition("#")[0]).text

    assert f"vscode://file/{quote(str(text))}:{line}" in unescape(verdict)
    assert frame.endswith(f"ligne={line}#remarque")
    assert re.search(r'id="remarque"[^>]*>\s*Venez nombreux', mail)
    assert "twice" in room.get(f"{PAGE}?etape=announcement&mode=remarques").text
    assert "twice" not in room.get(f"{PAGE}?etape=reminder&mode=remarques").text


def test_whoever_edits_the_files_reads_of_facts_by_their_keys(faulty):
    room, text = faulty
    embargo = "\nSous embargo jusqu’au 8 décembre 2017 à 10 h.\n"
    text.write_text(text.read_text("utf-8") + embargo, "utf-8")

    shown = unescape(room.get(f"{PAGE}?etape=announcement&mode=remarques").text)

    assert "Fill in until = … under [embargo]" in shown


def test_a_saved_file_leads_the_page_to_the_new_mail(app, writer):
    query = "?etape=reminder&mode=texte"
    followed = re.search(r'data-live="([^"]*)"', writer.get(PAGE + query).text)[1]
    text = app.campaigns.folder(EXAMPLE) / "reminder.md"

    unchanged = writer.get(followed).text
    text.write_text(text.read_text("utf-8") + "\n\nOne more line.\n", encoding="utf-8")
    changed = writer.get(followed).text

    assert "data-next" not in unchanged
    led = re.search(r'data-next="([^"]*)"', changed)[1]
    assert "One more line." in writer.get(led).text


def test_the_command_prints_its_address_and_ends_at_ctrl_c(tmp_path):
    workspace = a_workspace(tmp_path)
    command = [sys.executable, "-m", "mailer", "--workspace", str(workspace), "--lang", "en"]
    with subprocess.Popen(
        [*command, "preview", EXAMPLE, "--no-browser"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            address = re.search(r"http://\S+", process.stdout.readline())[0]
            asked = HTTPConnection(urlsplit(address).netloc)
            asked.request("GET", urlsplit(address).path)
            answer = asked.getresponse()
            asked.close()
        finally:
            process.send_signal(signal.SIGINT)

    assert answer.status == 303
    assert answer.headers["location"] == PAGE
    assert process.returncode == 0


def _led(page, where):
    return unescape(re.search(rf'rel="{where}" href="([^"]*)"', page)[1])


def _shown(page):
    return re.search(r"Destinataire (\d+) sur", page)[1]
