"""What readers, their servers and strangers send to the office, and what must come of it."""

import http.client
import json
import socket
from collections import Counter, deque
from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric import ec

from tests.counterparts.asking_mails import (
    arf,
    dsn,
    failed_recipients,
    hotmail,
    machine_opt_out,
)
from tests.counterparts.webhook import an_event_of, body_of, post, signed

STRANGER = ec.generate_private_key(ec.SECP256R1())
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_CLICK = b"List-Unsubscribe=One-Click"
RETURN_PATH = "b+{}@retours.institut.example"
UNKNOWN_TOKEN = "zzzzzzzzzzzzzzzzzzzzzzzzz7"
_MOST_HALF_OPEN = 60
_WAVES = 25


class Outside:
    """Acts at random, and keeps what was proven or promised: whom it may bar, and what must be known."""

    def __init__(self, office, relay, mailbox, chance):
        self.office, self.relay, self.mailbox, self.chance = office, relay, mailbox, chance
        self.may_be_barred, self.must_be_barred = set(), set()
        self.told = set()
        """Deliveries of which a report with their token was taken from us."""
        self.answered = []
        """(campaign, address, deliveries already on their way) of each answer that was confirmed."""
        self.opted_out = []
        self.counts = Counter()
        self._half_open = deque()
        self.refused, self.unanswered = Counter(), 0
        """The posts that the receiver has refused since its start, and those it has not answered."""

    def acts(self):
        """One of the things below."""
        act = self.chance.choice(
            [
                self._reports_a_bounce,
                self._complains,
                self._forges,
                self._is_absent,
                self._sends_nonsense,
                self._posts_events,
                self._posts_what_is_not_signed,
                self._holds_the_port,
                self._unsubscribes,
                self._tries_a_broken_link,
                self._answers,
            ]
        )
        reader = self._reader()
        if reader is not None:
            act(reader)
            self.counts[act.__name__.strip("_")] += 1

    def _reader(self):
        mails = self.relay.messages
        return self.chance.choice(mails) if mails else None

    # By mail.

    def _reports_a_bounce(self, reader):
        self.may_be_barred.add(reader.recipient)
        self.told.add(reader.delivery)
        to = RETURN_PATH.format(reader.delivery)
        self.mailbox.receives(dsn(reader.recipient, token=reader.delivery, to=to))

    def _complains(self, reader):
        self.may_be_barred.add(reader.recipient)
        self.told.add(reader.delivery)
        self.mailbox.receives(arf(reader.recipient, token=reader.delivery))

    def _forges(self, reader):
        address, other = reader.recipient, self._reader()
        forged = [
            arf(address),
            arf(address, kind="opt-out"),
            arf(address, token=UNKNOWN_TOKEN),
            hotmail(address),
            machine_opt_out(address),
            dsn(address),
            dsn(address, token=UNKNOWN_TOKEN, to=RETURN_PATH.format(UNKNOWN_TOKEN)),
            failed_recipients(address),
            dsn(
                *{each.recipient for each in self.relay.messages[-5:]},
                said="550 5.7.1 Blocked: your IP is on a list",
                status="5.7.1",
            ),
        ]
        if other.recipient != address:  # a token counts for its own recipient alone
            self.may_be_barred.add(other.recipient)
            forged.append(dsn(address, token=other.delivery))
        self.mailbox.receives(self.chance.choice(forged))

    def _is_absent(self, reader):
        about = f"In-Reply-To: <{reader.delivery}@institut.example>\n"
        head = f"From: {reader.recipient}\nTo: presse@institut.example\n{about}"
        self.mailbox.receives(
            self.chance.choice(
                [
                    f"{head}Subject: Absence du bureau\nAuto-Submitted: auto-replied\n\nJusqu’à lundi.\n",
                    f"{head}Subject: Re: Invitation\n\nMerci, je viendrai peut-être.\n",
                    f"{head}Subject: Re: Invitation\n\nMerci de ne plus m’écrire.\n",
                ]
            )
        )

    def _sends_nonsense(self, _reader):
        noise = self.chance.randbytes(self.chance.randint(0, 3000))
        head = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        self.mailbox.receives(self.chance.choice([noise, head + noise, b"A: " + b"x" * 200_000]))

    # To the receiver.

    def _posts_events(self, reader):
        kind = self.chance.choice(["delivered", "deferred", "bounce", "spamreport", "open"])
        if kind in {"bounce", "spamreport"}:
            self.may_be_barred.add(reader.recipient)
        event = an_event_of(
            reader.delivery,
            kind,
            email=reader.recipient,
            timestamp=int(self.office.clock.now().timestamp()),
            sg_event_id=str(self.chance.random()),
            **({"reason": "550 5.1.1 unknown", "status": "5.1.1"} if kind == "bounce" else {}),
        )
        body = body_of(event)
        status = self._posted(body, signed(body, at=self.office.clock.now().timestamp()))
        if status == 204 and kind in {"bounce", "spamreport"}:
            self.told.add(reader.delivery)

    def _posts_what_is_not_signed(self, reader):
        body = body_of(an_event_of(reader.delivery, "spamreport", email=reader.recipient))
        at = self.office.clock.now().timestamp()
        nonsense = self.chance.randbytes(500)
        for sent, headers in (
            (body, {}),
            (body, signed(body, key=STRANGER, at=at)),
            (nonsense, signed(nonsense, key=STRANGER, at=at)),
            (nonsense, signed(nonsense, at=at)),
            (json.dumps({"event": 1}).encode(), {}),
        ):
            status = self._posted(sent, headers)
            is_ours = headers and sent is nonsense
            assert status != 204 or is_ours, "an unsigned post was taken"

    def _posted(self, body, headers):
        with suppress(OSError, http.client.HTTPException):
            status = post(self.office.hook, body, headers)[0]
            self.refused[status] += status != 204
            return status
        self.unanswered += 1
        return None

    def forgets_the_refused(self):
        self.refused, self.unanswered = Counter(), 0

    def floods(self):
        """Hold more lines than the receiver bears, and post what is not signed over others."""
        reader = self._reader()
        for _wave in range(_WAVES):
            self._holds_the_port(reader)
            if reader is not None:
                self._posts_what_is_not_signed(reader)

    def _holds_the_port(self, _reader):
        half = self.chance.choice(
            [b"", b"POST /sendgrid HTTP/1.1\r\nHost: x\r\nX-", b"\x16\x03\x01 GET", b"[" * 100]
        )
        for port in (self.office.hook, self.office.page, self.office.health):
            with suppress(OSError):
                line = socket.create_connection(("127.0.0.1", port))
                self._half_open.append(line)
                line.sendall(half)
        while len(self._half_open) > _MOST_HALF_OPEN:
            self._half_open.popleft().close()

    def _unsubscribes(self, reader):
        more = self.chance.choice(["", "", ".", "/", ")", "%3E"])
        token = self.office.token(reader.delivery)
        self.may_be_barred.add(reader.recipient)
        body = self.chance.choice([ONE_CLICK, b"scope=list", b"scope=everything"])
        if self._acted_on(f"/u/{token}{more}", body)[0] == 200:
            self.must_be_barred.add(reader.recipient)
            self.opted_out.append((reader.recipient, self._on_their_way(reader.recipient)))

    def _tries_a_broken_link(self, reader):
        token = self.office.token(reader.delivery)
        link = self.chance.choice(
            [
                token[:-5],
                token.upper(),
                self.office.token("a" * 26),
                f"{reader.delivery}.{'x' * 43}",
                f"answer/{token}",
                "../../etc/passwd",
            ]
        )
        status, page = self._acted_on(f"/u/{link}", ONE_CLICK)
        assert status in {None, 400, 404, 503}, (link, status)
        assert "Votre demande est enregistrée" not in page, link

    def _answers(self, reader):
        token = self.office.token(reader.delivery, "answer_url")
        act = self.chance.choice([b"act=comes&seats=1", b"act=declines"])
        status, _page = self._acted_on(f"/u/answer/{token}", act)
        if status == 303:
            self.answered.append(
                (reader.delivery, reader.recipient, self._on_their_way(reader.recipient))
            )

    def _on_their_way(self, address):
        """The deliveries to somebody that had begun when we were told that they shall not go on."""
        begun = self.office.asks(
            "SELECT id FROM delivery WHERE status = 'sending' AND address_key = ?", address
        )
        begun = {found for (found,) in begun}
        return begun | {each.delivery for each in self.relay.messages if each.recipient == address}

    def _acted_on(self, path, body):
        with suppress(OSError, http.client.HTTPException):
            status, page, _headers = post(self.office.page, body, FORM, path=path)
            return status, page
        return None, ""

    def close(self):
        while self._half_open:
            self._half_open.pop().close()
