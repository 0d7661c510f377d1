"""Debian's Firefox, driven by Marionette, the protocol that it brings for that.

A message is its length in bytes, a colon and JSON: a command is [0, id, name, parameters], its
answer [1, id, error, result].
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from itertools import count

from tests.counterparts.waiting import wait_until

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
_PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("browser.startup.page", 0);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""
"""Whatever Firefox itself wants of the world goes to a proxy that is not there."""
_CONSOLE = """
const {classes: Cc, interfaces: Ci} = Components;
const console = Cc["@mozilla.org/consoleservice;1"].getService(Ci.nsIConsoleService);
const said = console.getMessageArray();
console.reset();
return said.filter(it => it instanceof Ci.nsIScriptError && it.sourceName.startsWith(arguments[0]))
  .map(it => it.errorMessage)
  // Said where somebody asks for the size of a page that is still being read, as Marionette does.
  .filter(it => !it.startsWith("Layout was forced"));
"""


@contextmanager
def firefox(folder):
    """A Firefox without a window whose profile is in `folder`; yields its only tab."""
    profile = folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(_PREFERENCES, "utf-8")
    chosen = ["--profile", str(profile)]
    process = subprocess.Popen(
        # What the console says is shown to nobody without that access.
        [FIREFOX, "--headless", "--marionette", "--remote-allow-system-access", *chosen],
        env=os.environ | {"HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with socket.create_connection(("127.0.0.1", _port(profile, process))) as line:
            yield Tab(line)
    finally:
        process.kill()
        process.wait()


def _port(profile, process):
    said = profile / "MarionetteActivePort"
    wait_until(lambda: said.exists() and said.read_text().strip(), process=process)
    return int(said.read_text())


class Tab:
    """A page, and what is done there. The names of commands are those of WebDriver."""

    def __init__(self, line):
        self._line, self._ids = line, count(1)
        self._receive()  # a greeting
        self.command("WebDriver:NewSession")

    def open(self, url):
        self.command("WebDriver:Navigate", url=url)

    def ask(self, script, *values):
        """What a script returns, run beside those of the page, which its policy does not bind."""
        return self.command("WebDriver:ExecuteScript", script=script, args=list(values))["value"]

    def ask_later(self, script, *values):
        """As `ask`, of a script that calls its last argument with the answer."""
        asked = self.command("WebDriver:ExecuteAsyncScript", script=script, args=list(values))
        return asked["value"]

    def type(self, selector, keys):
        """Type keys into an element, as a person would."""
        self.command("WebDriver:ElementSendKeys", id=self._element(selector), text=keys)

    def words_in_frame(self, selector):
        """What the page inside a frame says; nothing while another page takes its place."""
        try:
            self.command("WebDriver:SwitchToFrame", element=self._element(selector))
            return self.ask("return document.body ? document.body.innerText : ''") or ""
        except LookupError:
            return ""
        finally:
            self.command("WebDriver:SwitchToFrame", element=None)

    def _element(self, selector):
        found = self.command("WebDriver:FindElement", using="css selector", value=selector)
        (element,) = found["value"].values()
        return element

    def resize(self, width, height):
        self.command("WebDriver:SetWindowRect", width=width, height=height)

    def said(self, origin):
        """The errors and warnings of the pages of `origin` since this was asked last."""
        self.command("Marionette:SetContext", value="chrome")
        found = self.ask(_CONSOLE, origin)
        self.command("Marionette:SetContext", value="content")
        return found

    def command(self, name, **parameters):
        sent = json.dumps([0, next(self._ids), name, parameters]).encode()
        self._line.sendall(b"%d:%b" % (len(sent), sent))
        _kind, _id, error, result = self._receive()
        if error is not None:
            raise LookupError(error["error"], error["message"])
        return result

    def _receive(self):
        length = b""
        while (sign := self._line.recv(1)) != b":":
            assert sign, "Firefox hung up"
            length += sign
        return json.loads(b"".join(self._parts(int(length))))

    def _parts(self, missing):
        while missing:
            part = self._line.recv(missing)
            assert part, "Firefox hung up"
            missing -= len(part)
            yield part
