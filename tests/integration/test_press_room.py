"""The public press room: nothing before its hour, nothing personal, and what became of a text."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape

import pytest

from mailer.errors import RuleError
from mailer.model.mailings.delivery import Deferred
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.person import Role
from mailer.operations.press_room.withdraw import withdraw_release
from tests.counterparts.builders import ACTOR, an_actor
from tests.counterparts.drafts import paris
from tests.counterparts.feed_rules import broken_in_atom, broken_in_json
from tests.counterparts.press_room import JOURNALISTS, TOML, PublishingOffice

HOUR = "2027-03-10 12:00"
SHOWN = {"content-type", "content-length", "cache-control", "etag", "location", "allow"}
VALIDATORS = (
    {},
    {"if-none-match": "*"},
    {"if-none-match": '"0000"'},
    {"if-modified-since": "Mon, 01 Mar 2027 09:00:00 GMT"},
    {"range": "bytes=0-10"},
)


@pytest.fixture
def office(tmp_path):
    made = PublishingOffice(tmp_path)
    yield made
    made.close()


def sent(office, slug="marees", **how):
    """Write a campaign, launch it, and let its announcement leave."""
    campaign = office.writes(slug, **how)
    assert campaign.drafts.draft(slug).problems == ()
    campaign.launches()
    campaign.runs("2027-03-08 09:30")
    return campaign


def public_paths(office):
    """Every address that exists at this instant, as a reader finds them by following links."""
    found, to_ask = {}, ["/", "/sitemap.xml", "/robots.txt"]
    while to_ask:
        path = to_ask.pop()
        if path in found:
            continue
        found[path] = office.asks(path)
        if found[path].headers["content-type"].startswith("text/html"):
            links = re.findall(r'(?:href|src)="([^":#]+)"', found[path].text)
            to_ask += [joined(path, link) for link in links]
        to_ask += re.findall(r"https://presse\.institut\.example(/[^<\"\s]*)", _text(found[path]))
    return found


def _text(answer):
    return answer.body.decode("utf-8", "replace")


def joined(path, link):
    parts = path.rpartition("/")[0].split("/")
    for piece in link.split("/"):
        if piece == "..":
            parts.pop()
        else:
            parts.append(piece)
    return "/".join(parts) or "/"


def code_of(office, slug="marees"):
    codes = {
        each.language: each.code
        for each in office.app.ledger.press_room.record().releases
        if each.campaign == slug
    }
    return codes["fr"]


def told(answer):
    """What an answer tells whoever asks: everything but the hour."""
    headers = {name: value for name, value in answer.headers.items() if name in SHOWN}
    return answer.status, headers, answer.body


def test_before_its_hour_an_embargoed_text_is_as_one_that_does_not_exist(tmp_path):
    with_text, empty = (PublishingOffice(tmp_path / each) for each in ("with", "without"))
    sent(with_text, embargo="2027-03-10T12:00:00")
    paths = every_path_after_the_hour(tmp_path)
    pasted = {"data": {"text": with_text.app.ledger.press_room.record().releases[0].summary * 3}}
    for each in (with_text, empty):
        each.is_at("2027-03-10 11:59:59")

    for path in paths:
        asked = [("HEAD", {}), *(("GET", headers) for headers in VALIDATORS)]
        for method, headers in asked:
            one, other = (
                told(each.asks(path, method=method, headers=headers)) for each in (with_text, empty)
            )
            assert one == other, (method, path, headers)
    compared = [
        told(each.asks("/fr/verifier/", method="POST", **pasted)) for each in (with_text, empty)
    ]
    assert compared[0] == compared[1]
    with_text.is_at(HOUR)
    assert {with_text.asks(path).status for path in paths} == {200, 308}
    for each in (with_text, empty):
        each.close()


def every_path_after_the_hour(folder):
    """Each address that exists when the embargo has ended, found in an office of its own."""
    office = PublishingOffice(folder / "after")
    sent(office, embargo="2027-03-10T12:00:00")
    office.is_at(HOUR)
    found = [*public_paths(office), "/fr/marees", f"/fr/verifier/?code={code_of(office)}"]
    office.close()
    return found


def test_no_cache_keeps_an_answer_a_second_over_the_hour_and_none_keeps_a_404(office):
    sent(office, embargo="2027-03-10T12:00:00")

    for left_s in (90, 60, 45.5, 7, 1.5, 0.5):
        office.clock._now = paris(HOUR) - timedelta(seconds=left_s)
        listed, unknown = office.asks("/fr/"), office.asks("/fr/marees/")
        kept_s = int(listed.headers["cache-control"].rpartition("=")[2])

        assert kept_s <= max(1, left_s)
        assert unknown.headers["cache-control"] == "no-store"
    etag = office.asks("/fr/").headers["etag"]
    office.is_at(HOUR)

    again = office.asks("/fr/", headers={"if-none-match": etag})
    assert again.status == 200
    assert "Les marées, prévues à la minute" in again.text
    same = office.asks("/fr/", headers={"if-none-match": f'W/{again.headers["etag"]}, "x"'})
    assert (same.status, same.body) == (304, b"")


def test_a_text_without_embargo_is_public_when_it_has_left_and_not_before(office):
    campaign = office.writes()
    campaign.launches()
    office.is_at("2027-03-08 09:29:59")
    campaign.runs()
    before = office.asks("/fr/marees/").status

    campaign.runs("2027-03-08 09:30")

    assert (before, office.asks("/fr/marees/").status) == (404, 200)
    mails = [mail for mail in campaign.post.mails if mail.step == "announcement"]
    assert all("https://presse.institut.example/" in mail.text for mail in mails)


def test_since_holds_a_text_back_and_its_mails_have_no_link_until_then(office):
    campaign = sent(office, since="2027-03-12T08:00:00")
    office.is_at("2027-03-12 07:59:59")
    before = office.asks("/fr/marees/").status
    office.is_at("2027-03-12 08:00")

    assert (before, office.asks("/fr/marees/").status) == (404, 200)
    campaign.runs("2027-03-15 09:30")
    linked = {mail.step for mail in campaign.post.mails if "/marees/" in mail.text}
    assert linked == {"reminder"}


def test_a_campaign_that_is_not_public_has_no_page_and_its_mails_no_word_of_one(office):
    campaign = office.writes()
    campaign.edits("public = true", "public = false")
    campaign.launches()
    campaign.runs("2027-03-15 09:30")

    assert office.asks("/fr/marees/").status == 404
    assert all("presse.institut.example" not in mail.text for mail in campaign.post.mails)


def test_no_public_byte_names_a_reader_or_holds_a_link_of_theirs(office):
    campaign = sent(office)
    words = [*JOURNALISTS, *(each.partition("@")[0].capitalize() for each in JOURNALISTS)]
    words += ["unsubscribe", "stop@institut", "Bonjour", "Vous nous aviez écrit", "06 39 98 12 34"]
    words += [each.partition(".")[2].partition("@")[0] for each in JOURNALISTS]
    found = public_paths(office)

    assert len(found) >= 12
    for path, answer in found.items():
        if answer.headers["content-type"].startswith("image/"):
            continue
        for word in words:
            assert word not in _text(answer).replace("\u00a0", " "), (path, word)
        assert "set-cookie" not in answer.headers
        assert "<script" not in _text(answer)
    assert len(campaign.post.mails) == 2


@pytest.mark.parametrize("state", [MailingState.PAUSED, MailingState.CANCELLED])
def test_a_mailing_stopped_before_the_hour_of_its_text_holds_it_back(office, state):
    campaign = office.writes(embargo="2027-03-10T12:00:00")
    campaign.post.answers = lambda _number, _mail: Deferred("450 later")
    campaign.launches()
    campaign.runs("2027-03-08 09:30")
    (active,) = (
        each for each in office.app.ledger.mailings.summaries("marees") if each.has_started
    )
    now = office.clock.now()
    office.app.ledger.mailings.change_state(active.id, to=state, actor=ACTOR, why="", at=now)
    office.is_at(HOUR)

    assert office.asks("/fr/marees/").status == 404


def test_a_suspension_of_everything_holds_back_what_is_not_public_yet(office):
    sent(office, embargo="2027-03-10T12:00:00")
    suspensions = office.app.ledger.suspensions
    suspensions.suspend(actor=ACTOR, why="faux", at=office.clock.now())
    office.is_at(HOUR)
    held = office.asks("/fr/marees/").status
    suspensions.lift(actor=ACTOR, why="juste", at=office.clock.now())
    shown = office.asks("/fr/marees/").status
    suspensions.suspend(actor=ACTOR, why="autre", at=office.clock.now())

    assert (held, shown, office.asks("/fr/marees/").status) == (404, 200, 200)


def test_a_correction_takes_the_place_of_the_text_and_the_old_code_says_so(office):
    campaign = sent(office)
    old = code_of(office)
    campaign.edits("Station marine", "Grand amphithéâtre")
    campaign.tells("correction", at="2027-03-09 10:00")

    page = office.asks("/fr/marees/").text
    checked = office.asks(f"/fr/verifier/?code={old}").text

    assert "Ce texte remplace une version antérieure." in page
    assert re.search(r"<s>Station marine[^<]*</s>", page)
    assert "Grand amphithéâtre" in page
    assert "Il a été remplacé par une version plus récente." in checked
    assert code_of(office) != old


def test_a_correction_that_moves_the_embargo_holds_the_first_text_back_too(office):
    campaign = sent(office, embargo="2027-03-10T12:00:00")
    campaign.edits("2027-03-10T12:00:00", "2027-03-11T12:00:00")
    campaign.tells("correction", at="2027-03-09 10:00", note="L’embargo est reporté.")
    office.is_at("2027-03-11 11:59:59")
    before = office.asks("/fr/marees/").status
    office.is_at("2027-03-11 12:00")

    assert (before, office.asks("/fr/marees/").status) == (404, 200)


def test_a_cancelled_event_is_shown_as_cancelled(office):
    campaign = sent(office)
    campaign.tells("cancellation", at="2027-03-09 10:00")

    page, listed = office.asks("/fr/marees/").text, office.asks("/fr/").text

    assert "n’aura pas lieu" in page
    assert "Annulation" in listed


def test_a_withdrawn_text_is_gone_from_every_page_and_says_why(office):
    sent(office)
    gone = "trois minutes près"
    text = office.asks("/fr/marees/texte.txt").text
    assert gone in text
    office.is_at("2027-03-09 10:00")
    ledger, now = office.app.ledger, office.clock.now()

    assert withdraw_release("marees", why="Faux chiffre", actor=ACTOR, ledger=ledger, now=now)
    assert not withdraw_release("marees", why="Encore", actor=ACTOR, ledger=ledger, now=now)

    found = public_paths(office)
    assert "Faux chiffre" in found["/fr/marees/"].text
    assert not [path for path, answer in found.items() if gone in _text(answer)]
    assert office.asks("/fr/marees/texte.txt").status == 404
    altered = text.replace("douze ondes", "treize ondes")
    compared = office.asks("/fr/verifier/", method="POST", data={"text": altered}).text
    assert "n’est aucun" in compared
    assert "douze" not in compared
    assert ledger.journal.entries("marees")[-1].action == "withdraw-release"


def test_a_text_withdrawn_before_its_hour_never_appears(office):
    sent(office, embargo="2027-03-10T12:00:00")
    now = office.clock.now()
    withdraw_release("marees", why="Faux", actor=ACTOR, ledger=office.app.ledger, now=now)
    office.is_at("2027-03-20 12:00")

    assert office.asks("/fr/marees/").status == 404
    assert "marees" not in office.asks("/fr/").text


def test_withdrawing_asks_for_the_right_a_reason_and_something_to_withdraw(office):
    ledger, now = office.app.ledger, office.clock.now()
    editor = an_actor("Hugo", roles={Role.EDITOR})

    for actor, why in ((editor, "Faux"), (ACTOR, "  "), (ACTOR, "Faux")):
        with pytest.raises(RuleError):
            withdraw_release("marees", why=why, actor=actor, ledger=ledger, now=now)


DOSSIER = """
[[attachments]]
path = "dossier.pdf"
label = "Le dossier de presse"
public = true

[[attachments]]
path = "programme.txt"
"""


def with_files(office, slug="marees", **how):
    """Launch a campaign that has two attachments, one of which is public."""
    campaign = office.writes(slug, toml=TOML + DOSSIER, **how)
    folder = office.workspace / "campaigns" / slug
    (folder / "dossier.pdf").write_bytes(b"%PDF-1.7 les chiffres")
    (folder / "programme.txt").write_text("10 h", "utf-8")
    campaign.launches()
    campaign.runs("2027-03-08 09:30")
    return campaign


def test_an_attachment_is_offered_where_the_campaign_says_so_and_no_other(office):
    campaign = with_files(office)
    page = unescape(office.asks("/fr/marees/").text)
    found = re.findall(r'<a href="([0-9a-f]{20}\.\w+)" download="([^"]+)">([^<]+)</a>', page)

    assert [each[1:] for each in found] == [("Le dossier de presse.pdf", "Le dossier de presse")]
    assert "programme" not in page.lower()
    file = office.asks(f"/fr/marees/{found[0][0]}")
    assert (file.headers["content-type"], file.body) == (
        "application/pdf",
        b"%PDF-1.7 les chiffres",
    )
    mail = message_from_bytes(campaign.post.mails[0].raw, policy=policy.default)
    attached = [part.get_filename() for part in mail.iter_attachments()]
    assert attached == ["Le dossier de presse.pdf", "programme.txt"]


def test_a_file_is_public_with_its_text_to_the_second_and_gone_with_it(office):
    with_files(office, embargo="2027-03-10T12:00:00")
    (release,) = (
        office.app.ledger.press_room.release(each.key)
        for each in office.app.ledger.press_room.record().releases
        if each.language == "fr"
    )
    path = f"/fr/marees/{release.files[0].filename}"
    statuses = []
    for instant in ("2027-03-10 11:59:59", HOUR):
        office.is_at(instant)
        statuses.append(office.asks(path).status)
    ledger, now = office.app.ledger, office.clock.now()
    withdraw_release("marees", why="Faux", actor=ACTOR, ledger=ledger, now=now)
    statuses.append(office.asks(path).status)

    assert statuses == [404, 200, 404]


def test_the_code_of_a_text_covers_its_files(office):
    campaign = with_files(office)
    old = code_of(office)
    (campaign.folder / "dossier.pdf").write_bytes(b"%PDF-1.7 d'autres chiffres")
    campaign.tells("correction", at="2027-03-09 10:00", note="Le dossier a changé.")

    assert code_of(office) != old


def test_the_feeds_that_are_served_keep_every_rule_of_their_formats(office):
    sent(office)
    corrected = sent(office, slug="houle", headline="La houle, mesurée du ciel & de la mer")
    corrected.edits("Station marine", "Grand amphithéâtre")
    corrected.tells("correction", at="2027-03-09 10:00")
    ledger, now = office.app.ledger, office.clock.now()
    withdraw_release("marees", why="Faux", actor=ACTOR, ledger=ledger, now=now)

    for language in ("fr", "en"):
        in_atom, in_json = (office.asks(f"/{language}/feed.{it}") for it in ("atom", "json"))
        assert in_atom.headers["content-type"].startswith("application/atom+xml")
        assert in_json.headers["content-type"].startswith("application/feed+json")
        assert (broken_in_atom(in_atom.body), broken_in_json(in_json.body)) == ([], [])
        assert in_atom.text.count("<entry") == 2


def test_a_pasted_text_is_the_same_or_differs_where_or_is_unknown(office):
    sent(office)
    text = office.asks("/fr/marees/texte.txt").text
    part = text.partition("Ce que change")[0].partition("Une équipe")[2]

    def compared(pasted):
        return office.asks("/fr/verifier/", method="POST", data={"text": pasted}).text

    assert "Ce texte a les mots du nôtre." in compared(" ".join(part.split()))
    altered = compared(text.replace("trois minutes près", "neuf minutes près"))
    assert "des mots diffèrent" in altered
    assert re.search(r"<td>trois</td>\s*<td>neuf</td>", altered)
    assert "n’est aucun" in compared("Rien de tout cela n’a été écrit par notre institut de Brest.")
    assert "trop court" in compared("Une équipe de Brest")


def test_pages_are_asked_for_by_get_and_head_alone_and_a_slash_is_added(office):
    sent(office)

    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert office.asks("/fr/marees/", method=method).status == 405
    head, got = (office.asks("/fr/marees/", method=each) for each in ("HEAD", "GET"))
    assert (head.body, head.headers["content-length"]) == (b"", str(len(got.body)))
    moved = office.asks("/fr/marees")
    assert (moved.status, moved.headers["location"]) == (308, "marees/")


def test_a_picture_is_served_from_its_page_and_withdrawn_with_it(office):
    sent(office)
    page = office.asks("/fr/marees/").text
    source = re.search(r'<figure><img src="([0-9a-f]{20}\.png)"', page)[1]

    picture = office.asks(f"/fr/marees/{source}")

    assert picture.headers["content-type"] == "image/png"
    assert re.search(r"<figcaption>La sonde de mesure\. <span[^>]*>©.Institut", unescape(page))
    assert office.asks(f"/en/marees/{source}").status == 404
