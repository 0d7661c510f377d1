"""Whether links open is asked of the web, and of no network behind it."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import mailer.network.link_probe
from mailer.model.health.link_answer import LinkOutcome
from mailer.network.link_probe import is_public, probe_links


class Site(BaseHTTPRequestHandler):
    """Answers with the status that the address names; some paths lead elsewhere."""

    hosts: list[str]

    def do_HEAD(self):
        self.server.asked.append((self.command, self.headers["Host"], self.path))
        what = self.path.strip("/").partition("?")[0]
        if what.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", "http://" + what.removeprefix("to/"))
        elif what == "get-only":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif what == "round":
            self.send_response(302)
            self.send_header("Location", "/round")
        else:
            self.send_response(int(what))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the names of http.server

    def log_message(self, *_words):
        """Say nothing."""


class PublicSite(ThreadingHTTPServer):
    address_family = socket.AF_INET6


def public_site(port):
    try:
        return PublicSite(("::1", port), Site)
    except OSError:
        # Of the two loopback networks that tests may use, IPv4 stands for the inner one already.
        pytest.skip("this machine has no IPv6 on its loopback, where the second site stands")


@contextmanager
def a_site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def site(monkeypatch):
    """A site on this machine, whose port counts as one of the web."""
    with a_site() as server:
        port = server.server_address[1]
        monkeypatch.setattr(mailer.network.link_probe, "_PORTS", {None, 80, port})
        server.address = f"127.0.0.1:{port}"
        yield server


def on_this_machine(address):
    return address in {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", LinkOutcome.OPENS),
        ("/206", LinkOutcome.OPENS),
        ("/404", LinkOutcome.GONE),
        ("/410", LinkOutcome.GONE),
        ("/500", LinkOutcome.GONE),
        ("/403", LinkOutcome.REFUSED),
        ("/429", LinkOutcome.REFUSED),
        ("/get-only", LinkOutcome.OPENS),
        ("/round", LinkOutcome.CIRCLE),
        ("/200?q=été", LinkOutcome.OPENS),
    ],
)
def test_what_the_server_says_is_told_apart(site, path, state):
    url = f"http://{site.address}{path}"

    assert probe_links([url], is_allowed=on_this_machine)[url].state is state


def test_a_redirection_is_followed_to_its_end_and_each_address_asked_once(site):
    good, bad = (f"http://{site.address}/to/{site.address}/{status}" for status in (200, 404))

    answers = probe_links([good, bad, good], is_allowed=on_this_machine)

    assert [answers[url].status for url in (good, bad)] == [200, 404]
    assert [path for _method, _host, path in site.asked].count("/200") == 1


def test_nobody_who_does_not_answer_holds_up_the_rest(site, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setattr(mailer.network.link_probe, "_PORTS", {None, port, site.server_address[1]})
    good = f"http://{site.address}/200"
    odd = {
        f"http://127.0.0.1:{port}/": LinkOutcome.SILENT,
        "http://nobody.invalid/": LinkOutcome.NO_NAME,
        "http://[::1": LinkOutcome.SILENT,
        "http:///x": LinkOutcome.NO_NAME,
    }

    answers = probe_links([*odd, good], is_allowed=on_this_machine)

    assert {url: answer.state for url, answer in answers.items()} == {
        **odd,
        good: LinkOutcome.OPENS,
    }


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1",
     "ff02::1", "255.255.255.255"],
)  # fmt: skip
def test_an_address_inside_a_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe"])
def test_any_other_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://{here}/200",
        "http://{outside}/to/{here}/200",
        "http://localhost:{port}/200",
        "http://2130706433:{port}/200",
        "http://0x7f.1:{port}/200",
        "http://[::ffff:127.0.0.1]:{port}/200",
        "http://user:secret@{outside}/200",
        "http://{outside}/to/user:secret@{outside}/200",
    ],
)
def test_no_spelling_and_no_redirection_leads_inside(site, url):
    """Of two sites of one port, that of IPv6 stands for a public one."""
    port = site.server_address[1]
    outside = f"[::1]:{port}"
    with public_site(port) as other:
        other.asked = []
        threading.Thread(target=other.serve_forever, daemon=True).start()
        whole = url.format(here=site.address, outside=outside, port=port)

        answer = probe_links([whole], is_allowed=lambda address: address == "::1")[whole]
        other.shutdown()

    assert answer.state in {LinkOutcome.INSIDE, LinkOutcome.NO_NAME}
    assert site.asked == []
    assert not any(path == "/200" for _method, _host, path in other.asked)


def test_the_connection_goes_to_the_address_that_was_looked_at(site, monkeypatch):
    """A name whose second answer is another address gains nothing by it."""
    answers = iter(["127.0.0.1", "127.0.0.3"])
    real = socket.getaddrinfo

    def rebinding(host, port, *rest, **more):
        asked = next(answers) if host == "rebinding.localhost" else host
        return real(asked, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    url = f"http://rebinding.localhost:{site.server_address[1]}/200"

    answer = probe_links([url], is_allowed=on_this_machine)[url]

    assert answer.state is LinkOutcome.OPENS
    assert site.asked == [("HEAD", f"rebinding.localhost:{site.server_address[1]}", "/200")]
