"""Counting peers: each knows whom it took, and kills the sender when it is told to."""

import multiprocessing
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.counterparts import sender, sendgrid_sender
from tests.counterparts.scripted_smtp import REFUSE_AND_DROP, TAKE_AND_DROP, ScriptedServer
from tests.counterparts.sendgrid_sending import KEY
from tests.sendgrid_simulator import Service, Simulator
from tests.sendgrid_simulator.faults import Fault

# Processes of their own, forked from one that has imported everything: 0.02 s instead of 0.5.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.counterparts.sendgrid_sender"])

START = "start"
BROKEN = "broken"
"""A storm leaves a sender without a certain answer."""
_STALLED_S = 120.0
"""A sender that has said nothing for so long hangs. How long the whole takes says nothing: the
machine may be busy.
"""


@dataclass(frozen=True)
class Aim:
    """When to kill: `delay_s` after `point` has passed `still` times."""

    point: str
    still: int = 1
    delay_s: float = 0.0


class Sender:
    """A sender as a process, killed with SIGKILL when an aim is reached."""

    def __init__(self):
        self._lock = threading.Lock()
        self._process, self._aim, self._timer = None, None, None
        self._passed = 0

    def run(self, main, *arguments, aim=None):
        """Its exit code, when it has ended by itself or was killed."""
        self._process = _PROCESSES.Process(target=main, args=arguments)
        self._aim, self._timer = aim, None
        self._process.start()
        self.passes(START)
        try:
            self._wait_while_it_moves()
        finally:
            self._aim = None
            if self._timer is not None:
                self._timer.cancel()
                self._timer.join()
            self._process.kill()
            self._process.join()
        return self._process.exitcode

    def _wait_while_it_moves(self):
        before = None
        while self._process.is_alive() and before != self._passed:
            before = self._passed
            self._process.join(_STALLED_S)

    def passes(self, point):
        """A peer says where it is, before it goes on."""
        with self._lock:
            self._passed += 1
            if self._aim is None or self._aim.point != point:
                return
            aim, self._aim = self._aim, replace(self._aim, still=self._aim.still - 1)
            if aim.still > 1:
                return
            self._aim = None
        if not aim.delay_s:
            self._process.kill()
            return
        self._timer = threading.Timer(aim.delay_s, self._process.kill)
        self._timer.start()


class _Storms:
    """While a storm lasts, answers break: sometimes the message was taken, sometimes not."""

    storm_lasts = 0

    def breaks(self):
        if not self.storm_lasts:
            return False
        self.storm_lasts -= 1
        self.sender.passes(BROKEN)
        return True


class _Server(_Storms, ScriptedServer):
    """Takes every message, but in a storm."""

    sender = None

    def action_at(self, phase, words):
        self.sender.passes(phase)
        if phase == "dot" and self.breaks():
            return REFUSE_AND_DROP if self.storm_lasts % 2 else TAKE_AND_DROP
        return super().action_at(phase, words)


class OverSmtp:
    """Pipelined, phase by phase; the points are the phases of the dialogue."""

    points: tuple[str, ...] = ("MAIL", "RCPT", "DATA", "content", "dot")
    extensions: tuple[str, ...] = ("PIPELINING",)
    counted = "dot"
    connections = 4
    depths: tuple[int, ...] = (1, 2, 4)

    def __init__(self, depth):
        self.depth, self.at_once = depth, 1
        self._sender = Sender()

    @contextmanager
    def running(self):
        with _Server(extensions=self.extensions) as self._server:
            self._server.sender = self._sender
            yield self

    def run(self, url, aim=None, *, main=sender.main):
        settings = str(self._server.port), str(self.connections), str(self.depth)
        return self._sender.run(main, url, *settings, aim=aim)

    def serve(self, url, aim=None):
        return self.run(url, aim, main=sender.serve_smtp)

    @property
    def received(self):
        return self._server.received

    @property
    def storm_lasts(self):
        return self._server.storm_lasts

    @storm_lasts.setter
    def storm_lasts(self, answers):
        self._server.storm_lasts = answers


class Whole(OverSmtp):
    """Sent whole, one behind the other, to a relay that takes chunks."""

    points = ("RSET", "MAIL", "RCPT", "content", "dot")
    extensions = ("PIPELINING", "CHUNKING")
    depths = (2, 8)


class _Service(_Storms, Service):
    """Takes every request, but in a storm."""

    sender = None

    def fault_for(self, path):
        self.sender.passes("arrived")
        if self.breaks():
            return Fault("take-and-drop") if self.storm_lasts % 3 == 0 else Fault(status=503)
        return super().fault_for(path)

    def send(self, body):
        answer = super().send(body)
        self.sender.passes("taken")
        return answer


class OverHttp:
    """SendGrid; the points are before and after a request is taken, not yet answered."""

    points = ("arrived", "taken")
    counted = "taken"
    connections = 3
    depths = (1, 5, 20)

    def __init__(self, depth):
        self.depth, self.at_once = depth, depth
        self._sender = Sender()

    @contextmanager
    def running(self):
        self._service = _Service(clock=time.time, key=KEY, remembers=False)
        self._service.sender = self._sender
        with Simulator(self._service) as self._server:
            yield self

    def run(self, url, aim=None, *, main=sendgrid_sender.main):
        settings = self._server.url, str(self.connections), str(self.depth)
        return self._sender.run(main, url, *settings, aim=aim)

    def serve(self, url, aim=None):
        return self.run(url, aim, main=sendgrid_sender.serve_sendgrid)

    @property
    def received(self):
        return self._service.received

    @property
    def storm_lasts(self):
        return self._service.storm_lasts

    @storm_lasts.setter
    def storm_lasts(self, answers):
        self._service.storm_lasts = answers


PEERS = {"smtp": OverSmtp, "smtp in chunks": Whole, "sendgrid": OverHttp}
