"""`python -m tests.matrix.hostile`: every payload in every field, cell, mail and file name.

Each form of each screen is filled with payloads and sent, as often as `--rounds` says: after 200
rounds every payload was in every field. Chromium shows each answer under the policy it came with,
and at the end every screen with what was stored. Nothing may run, be fetched or be reported.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from mailer.model.feedback.event import EventKind
from tests.conftest import CHROMIUM, QUIET
from tests.counterparts.builders import an_event
from tests.counterparts.strange_mails import strange_mail
from tests.matrix.browsing import opened
from tests.matrix.forms import ask, forms_of
from tests.matrix.offices import EVERYTHING, office
from tests.matrix.payloads import ALL
from tests.matrix.screens import View, views_of

LEFT_ALONE = ("/sortir", "/moi/", "/confirmer", "/entrer", "/annuler")
"""Forms that end the session, or after which there is nothing left to fill in."""
_NO_DAY = "does not conform to the required format"
"""What the browser says of a payload in a field for days, where nobody can type one."""
_WRITTEN = {"text", "search", "email", "tel", "url", "number", "date", "time"}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.matrix.hostile")
    parser.add_argument("--rounds", type=int, default=len(ALL))
    asked = parser.parse_args()
    begun = time.monotonic()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with office(Path(folder) / "office", "under way") as place:
            attack = Attack(browser, place)
            attack.bring_mail()
            for number in range(asked.rounds):
                attack.fill_every_form()
                print(f"round {number + 1}: {attack.tally()}", flush=True)
            attack.look_at_what_is_stored(searched=ALL[: asked.rounds])
        browser.close()
    print(f"{attack.tally()} in {time.monotonic() - begun:.0f} s")
    sys.exit(bool(attack.faults))


class Attack:
    """Somebody who may do everything, types payloads, and looks at every answer in Chromium."""

    def __init__(self, browser, place):
        self.browser, self.place = browser, place
        self.faults, self.sent, self.shown = [], 0, 0
        self.statuses = Counter()
        self._next = count()

    def tally(self):
        return (
            f"{self.sent} forms sent {dict(self.statuses)}, {self.shown} pages shown, "
            f"{len(self.faults)} executions or reports"
        )

    def bring_mail(self):
        """Store mails that nobody can read or understand, and notices with a quotation, for every payload."""
        ledger, now = self.place.app.ledger, self.place.app.clock.now()
        first = ledger.mailings.summaries(self.place.values["slug"])[0]
        deliveries = list(ledger.deliveries.of_mailing(first.id))
        for number, payload in enumerate(ALL):
            raw = f"From: {payload}\nSubject: {payload}\n\n{payload}".encode("utf-8", "replace")
            ledger.inbox.record_failure(raw, source=payload, why=payload, at=now)
            strange_mail(ledger, payload, at=now, subject=payload, kind="text/html")
            delivery = deliveries[number % len(deliveries)]
            event = an_event(
                EventKind.BOUNCED,
                key=f"payload{number}",
                delivery_id=delivery.id,
                address=delivery.address,
                quote=payload.replace("\x00", ""),
                at=now,
            )
            ledger.events.record(event)

    def fill_every_form(self, of=""):
        """Fill in and send each form of each screen once; `of` is a part of their addresses."""
        for view in self._views():
            if of not in view.path:
                continue
            page = ask(self.place, "GET", view.path, person=EVERYTHING.id)
            if not page.headers.get("content-type", "").startswith("text/html"):
                continue
            for form in _distinct(forms_of(view.path, page.body.decode())):
                self._send(form)

    def look_at_what_is_stored(self, *, searched):
        """Show every screen, the page of everybody who was added, and searches for payloads."""
        for view in self._views():
            self._show_address(view.path)
        after = ""
        while found := self.place.app.ledger.contacts.page(after=after, limit=100):
            after = found[-1].key
            for contact in found:
                if "broken" in repr(contact):
                    self._show_address(f"/contacts/{contact.id}")
        for payload in searched:
            for path in ("/contacts?q=", "/journal?sujet=", "/campagnes?q=", "/oppositions?q="):
                self._show_address(path + quote(payload, safe=""))

    def _views(self):
        return [each for each in views_of("under way", self.place.values) if _is_own(each)]

    def _send(self, form):
        if any(part in form.action for part in LEFT_ALONE):
            return
        fields, files = [], {}
        for field in form.fields:
            if field.kind == "file":
                files[field.name] = (self._payload(), self._list())
            else:
                written = field.kind in _WRITTEN
                fields.append((field.name, self._payload() if written else field.value))
        answer = ask(
            self.place, "POST", form.action, person=EVERYTHING.id, fields=fields, files=files
        )
        self.sent += 1
        self.statuses[answer.status] += 1
        if answer.status >= 500:
            self.faults.append(f"{form.action}: {answer.status}")
        is_shown = "attachment" not in answer.headers.get("content-disposition", "")
        if b"broken" in answer.body and is_shown:
            self._show_answer(form.action, answer)

    def _payload(self):
        return ALL[next(self._next) % len(ALL)]

    def _list(self):
        """A list whose every cell is a payload but for the addresses."""
        quoted = [f'"{self._payload().replace(chr(34), chr(34) * 2)}"' for _cell in range(6)]
        rows = f"{';'.join(quoted[:3])};x{next(self._next)}@lab.example\n"
        rows += f"{';'.join(quoted[3:])};a b@c.example\n"
        return f"Nom;Média;Fonction;Courriel\n{rows}".encode()

    def _show_answer(self, path, answer):
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in {"content-length", "transfer-encoding", "connection"}
        }

        def fulfil(route):
            route.fulfill(status=200, headers=headers, body=answer.body)

        self._show(path, answer_with=fulfil)

    def _show_address(self, path):
        self._show(path)

    def _show(self, path, *, answer_with=None):
        with opened(self.browser, self.place, View("", "/moi"), "fr", go=False) as page:
            asked_for = []
            page.on("request", lambda request: asked_for.append(request.url))
            page.on("dialog", lambda dialog: dialog.dismiss())
            if answer_with is not None:
                page.route(f"{self.place.base}/**", _once(answer_with))
            page.goto(f"{self.place.base}{path}")
            page.wait_for_load_state()
            self.shown += 1
            if page.evaluate("'broken' in window"):
                self.faults.append(f"{path}: executed")
            said = (each for each in page.said if _NO_DAY not in each)
            wrong = [*said, *(url for url in asked_for if "broken.invalid" in url[:40])]
            self.faults += [f"{path}: {each[:200]}" for each in wrong]
            for each in wrong:
                print(f"  {path[:80]}: {each[:200]}", flush=True)


def _once(answer_with):
    """Answer the page itself, and let its styles and scripts come from the desk."""

    def answer(route):
        if route.request.is_navigation_request() and route.request.frame.parent_frame is None:
            answer_with(route)
        else:
            route.continue_()

    return answer


def _is_own(view):
    return view.person == EVERYTHING.id and not view.refused


def _distinct(forms):
    """Of forms that differ by a row of a table only, the first."""
    seen = set()
    for form in forms:
        key = (form.action, tuple((field.name, field.kind) for field in form.fields))
        if key not in seen:
            seen.add(key)
            yield form


if __name__ == "__main__":
    main()
