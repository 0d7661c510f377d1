"""`[transport.pigeon]`: messages handed to a loft, and the addresses that it does not fly to."""

import json
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote

from mailer.errors import BackendUnavailable, Place, Problem
from mailer.feedback.reading import Reason
from mailer.model.address import Address
from mailer.model.feedback.provider import ProviderSuppression
from mailer.model.mailings.delivery import (
    Acceptance,
    Accepted,
    Deferred,
    Rejected,
    Stage,
    Uncertain,
)
from mailer.model.team.secret import Secret
from mailer.wording import Text


@dataclass(frozen=True, slots=True)
class PigeonSettings:
    ring: Secret
    port: int = 8300
    timeout_s: float = 30.0


class PigeonBackend:
    name = "pigeon"
    depth = 1

    def __init__(self, settings):
        self._settings = settings

    def connect(self):
        return PigeonConnection(self._settings)


class PigeonConnection:
    def __init__(self, settings):
        self._line = _Line(settings)
        self._line.ask("GET", "/")

    def deliver(self, messages):
        for message in messages:
            try:
                outcome = self._line.sent(message)
            except BackendUnavailable:
                yield message.delivery_id, Deferred("the loft is out of reach")
                raise
            yield message.delivery_id, outcome

    def close(self):
        """Each question has a line of its own."""


class PigeonList:
    name = "pigeon"

    def __init__(self, settings):
        self._line = _Line(settings)

    def listed(self):
        for entry in json.loads(self._line.ask("GET", "/closed")[1]):
            yield ProviderSuppression(
                address=Address.parse(entry["address"]),
                list="closed",
                reason=Reason.PROVIDER_OPTED_OUT.value,
                since=datetime.fromisoformat(entry["since"]),
            )

    def remove(self, address):
        return self._line.ask("DELETE", f"/closed/{quote(str(address))}")[0] == 204


class _Line:
    def __init__(self, settings):
        self._settings = settings

    def sent(self, message):
        letter = {"id": message.delivery_id, "to": str(message.recipient.address)}
        try:
            status, body = self.ask("POST", "/letters", {**letter, "text": message.raw.decode()})
        except HTTPException as lost:
            return Uncertain(f"after the letter: {lost!r}")
        said = f"{status} {body.decode()}"
        if status == 201:
            return Accepted(said, acceptance=Acceptance.QUEUED)
        return Deferred(said) if status == 503 else Rejected(said, Stage.REQUEST)

    def ask(self, method, path, content=None):
        """Raises BackendUnavailable before anything has left, HTTPException after."""
        settings = self._settings
        line = HTTPConnection("127.0.0.1", settings.port, timeout=settings.timeout_s)
        try:
            line.connect()
        except OSError as error:
            where = Place(f"pigeon://{settings.port}")
            raise BackendUnavailable(Problem(where, Text(str(error)), Text(""))) from error
        try:
            body = None if content is None else json.dumps(content)
            line.request(method, path, body, {"Ring": settings.ring.value})
            answer = line.getresponse()
            return answer.status, answer.read()
        except OSError as error:
            raise HTTPException(str(error)) from error
        finally:
            line.close()
