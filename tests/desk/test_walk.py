"""A campaign from its board to its report, by forms alone."""

import io
import re
import zipfile

import pytest

from mailer.model.mailings.mailing import MailingState
from mailer.pages.received import read_back
from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER, SIGNATORY

PAGES = (
    "/",
    "/campagnes",
    "/campagnes/nouvelle",
    CAMPAIGN,
    f"{CAMPAIGN}/faits",
    f"{CAMPAIGN}/calendrier/reminder",
    f"{CAMPAIGN}/textes",
    f"{CAMPAIGN}/textes/announcement.md",
    f"{CAMPAIGN}/versions",
    f"{CAMPAIGN}/calendrier",
    f"{CAMPAIGN}/destinataires/announcement",
    f"{CAMPAIGN}/verifications",
    f"{CAMPAIGN}/messageries",
    f"{CAMPAIGN}/apercu",
    f"{CAMPAIGN}/apercu?mode=texte",
    f"{CAMPAIGN}/apercu?mode=en-tetes",
    f"{CAMPAIGN}/repetition",
    f"{CAMPAIGN}/essai",
    f"{CAMPAIGN}/bon-a-tirer",
    f"{CAMPAIGN}/lancement",
    "/aide/lancement",
    "/aide/mots",
    f"{CAMPAIGN}/bilan",
    f"{CAMPAIGN}/accreditations",
    "/calendrier",
    "/contacts",
    "/contacts/importer",
    "/accreditations",
    "/a-rappeler",
    "/courrier",
    "/oppositions",
    "/salle-de-presse",
    "/journal",
    "/reglages",
    "/sante",
    "/sante?tout=1",
    "/moi",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_has_one_heading_and_its_language(shown_desk, path, language):
    page = shown_desk.visitor(language=language).get(path)

    assert page.status == 200
    assert f'<html lang="{language}"' in page.html
    assert len(re.findall(r"<h1\b", page.html)) == 1
    assert " style=" not in page.html
    assert not re.search(r"\son[a-z]+=", page.html)


def test_every_link_of_the_pages_leads_somewhere(shown_desk):
    visitor = shown_desk.visitor()
    seen = {link.partition("?")[0] for path in PAGES for link in visitor.get(path).links()}

    broken = {
        link: status
        for link in sorted(seen)
        if (status := visitor.get(link).status) not in {200, 409}
    }

    assert broken == {}


def test_what_is_not_there_is_said_in_words(shown_desk):
    page = shown_desk.visitor().get("/nulle-part")

    assert page.status == 404
    assert "Il n’y a pas de page à cette adresse." in page.text


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/campagnes", "/campagnes"),
        (CAMPAIGN, "/campagnes"),
        ("/listes/press", "/contacts"),
        ("/conservation", "/contacts"),
        ("/sante", "/reglages"),
        ("/reglages", "/reglages"),
    ],
)
def test_one_part_of_the_navigation_is_the_present_one(shown_desk, path, part):
    page = shown_desk.visitor().get(path)

    assert re.findall(r'<a href="([^"]*)" aria-current="page"', page.html)[:1] == [part]


def test_an_hour_that_is_past_is_to_correct_and_is_changed_in_the_form_of_its_step(desk):
    writer, step = desk.visitor(), f"{CAMPAIGN}/calendrier/announcement"
    name = "steps.announcement.send"

    writer.post(step, base=writer.get(step).hidden("base"), **{name: "2017-11-20 09:30"})
    late, calendar = writer.get(CAMPAIGN), writer.get(f"{CAMPAIGN}/calendrier")
    form = writer.get(step)
    writer.post(step, base=form.hidden("base"), **{name: "J-5 09:30"})

    assert "Calendrier à corriger" in late.text
    assert f'href="{step}#{name}"' in calendar.html
    assert f'id="{name}"' in form.html
    assert "Calendrier terminé" in writer.get(CAMPAIGN).text


def test_a_campaign_is_signed_by_one_and_launched_by_another(desk):
    writer, signatory = desk.visitor(), desk.visitor(SIGNATORY)

    signing = signatory.get(f"{CAMPAIGN}/bon-a-tirer")
    signed = signatory.follow(
        signatory.post(f"{CAMPAIGN}/bon-a-tirer", fingerprint=signing.hidden("fingerprint"))
    )
    launching = writer.get(f"{CAMPAIGN}/lancement")
    launched = writer.follow(
        writer.post(
            f"{CAMPAIGN}/lancement", fingerprint=launching.hidden("fingerprint"), confirm="64"
        )
    )

    assert "Claire Delmas" in signed.text
    assert "La campagne est lancée." in launched.text
    condition = "Ne part que si quelqu’un a regardé les réponses dans les 24 heures qui précèdent."
    assert launching.text.count(condition) == launched.text.count(condition) > 0
    acts = {each.action: (each.name, each.via) for each in desk.app.ledger.journal.entries(EXAMPLE)}
    assert acts["sign-off"] == ("Claire Delmas", "desk")
    assert acts["launch"] == ("Nadia Leroy", "desk")
    assert len(desk.app.ledger.mailings.summaries(EXAMPLE)) == 4


def test_the_report_offers_an_archive_that_anybody_of_the_office_may_keep(desk):
    _launched(desk)
    reader = desk.visitor(READER)

    page = reader.get(f"{CAMPAIGN}/bilan")
    with zipfile.ZipFile(io.BytesIO(reader.get(f"{CAMPAIGN}/archive.zip").content)) as kept:
        names = {name.partition("/")[2] for name in kept.namelist()}

    assert f"{CAMPAIGN}/archive.zip" in page.links()
    assert {"sign-offs.csv", "messages/reminder/fr.eml", "SHA256SUMS"} <= names
    assert "people.csv" not in names


def test_a_wrong_number_is_refused_and_stays_in_its_field(desk):
    _signed(desk)
    writer = desk.visitor()
    page = writer.get(f"{CAMPAIGN}/lancement")

    refused = writer.post(
        f"{CAMPAIGN}/lancement", fingerprint=page.hidden("fingerprint"), confirm="63"
    )

    assert refused.status == 422
    assert 'value="63"' in refused.html
    assert "64" in refused.text
    assert not desk.app.ledger.mailings.summaries(EXAMPLE)


def test_the_number_is_never_filled_in_beforehand(desk):
    _signed(desk)

    page = desk.visitor().get(f"{CAMPAIGN}/lancement")

    assert re.search(r'id="confirm"[^>]*value=""', page.html)


def test_a_version_that_changed_since_the_page_was_shown_is_not_signed(desk):
    signatory = desk.visitor(SIGNATORY)
    page = signatory.get(f"{CAMPAIGN}/bon-a-tirer")
    text = desk.app.campaigns.folder(EXAMPLE) / "announcement.md"
    text.write_text(f"{text.read_text()}\nUne phrase de plus.\n")

    refused = signatory.post(f"{CAMPAIGN}/bon-a-tirer", fingerprint=page.hidden("fingerprint"))

    assert refused.status == 422
    assert "La campagne a changé depuis l’affichage de cette page." in refused.text
    assert not desk.app.ledger.mailings.sign_offs(EXAMPLE)


def test_a_form_without_a_version_signs_nothing(desk):
    refused = desk.visitor(SIGNATORY).post(f"{CAMPAIGN}/bon-a-tirer")

    assert refused.status == 422
    assert not desk.app.ledger.mailings.sign_offs(EXAMPLE)


def test_a_signatory_refuses_on_the_page_and_the_reason_stands_there(desk):
    signatory = desk.visitor(SIGNATORY)
    page = signatory.get(f"{CAMPAIGN}/bon-a-tirer")

    refused = signatory.follow(
        signatory.post(
            f"{CAMPAIGN}/bon-a-tirer",
            fingerprint=page.hidden("fingerprint"),
            decision="refuse",
            why="L’heure est fausse.",
        )
    )

    assert "Vous avez refusé cette version." in refused.text
    assert "L’heure est fausse." in refused.text


def test_a_refusal_without_a_reason_stands_at_its_field(desk):
    signatory = desk.visitor(SIGNATORY)
    page = signatory.get(f"{CAMPAIGN}/bon-a-tirer")

    answer = signatory.post(
        f"{CAMPAIGN}/bon-a-tirer", fingerprint=page.hidden("fingerprint"), decision="refuse"
    )

    assert answer.status == 422
    assert "Un refus demande un motif" in answer.text
    assert "<details open>" in answer.html


def test_a_reader_may_pause_and_may_not_resume_what_another_paused(desk):
    _launched(desk)

    paused = desk.visitor(SIGNATORY).post(f"{CAMPAIGN}/suspendre")
    refused = desk.visitor(READER).post(f"{CAMPAIGN}/reprendre")

    assert paused.status == 303
    assert refused.status == 422
    assert _states(desk) == {MailingState.PAUSED}
    assert "rien ne part avant la reprise" in desk.visitor(READER).get(CAMPAIGN).text
    shown = desk.visitor(READER).get(f"{CAMPAIGN}/en-cours").text
    assert "Devait partir le" in shown
    assert "Part le" not in shown


def test_the_start_page_calls_a_paused_campaign_by_its_title(desk):
    _launched(desk)
    desk.visitor(SIGNATORY).post(f"{CAMPAIGN}/suspendre")

    shown = desk.visitor(READER).get("/").text

    assert (
        "La campagne Recherche & Associations de malades : 7e rencontre nationale est suspendue"
        in shown
    )
    assert EXAMPLE not in shown


def test_what_was_paused_goes_on_when_it_is_resumed(desk):
    _launched(desk)
    signatory = desk.visitor(SIGNATORY)
    signatory.post(f"{CAMPAIGN}/suspendre")

    signatory.post(f"{CAMPAIGN}/reprendre")

    assert _states(desk) == {MailingState.SCHEDULED}


def test_a_cancellation_asks_for_the_number_of_steps(desk):
    _launched(desk)
    signatory = desk.visitor(SIGNATORY)

    asked = signatory.get(f"{CAMPAIGN}/annuler")
    refused = signatory.post(f"{CAMPAIGN}/annuler", confirm="3")
    done = signatory.post(f"{CAMPAIGN}/annuler", confirm="4")

    assert "Une annulation est définitive." in asked.text
    assert refused.status == 422
    assert done.status == 303
    assert _states(desk) == {MailingState.CANCELLED}


def test_two_launches_of_one_page_make_one_mailing(desk):
    _signed(desk)
    writer = desk.visitor()
    version = writer.get(f"{CAMPAIGN}/lancement").hidden("fingerprint")

    first = writer.post(f"{CAMPAIGN}/lancement", fingerprint=version, confirm="64")
    second = writer.post(f"{CAMPAIGN}/lancement", fingerprint=version, confirm="64")

    assert first.status == 303
    assert second.status == 422
    assert len(desk.app.ledger.mailings.summaries(EXAMPLE)) == 4


def test_a_rehearsal_writes_every_message_and_sends_none(desk):
    visitor = desk.visitor()
    page = visitor.follow(visitor.finished(visitor.post(f"{CAMPAIGN}/repetition")))

    assert page.status == 200
    assert "rien n’a été envoyé" in page.text
    assert "Annonce" in page.text
    assert not desk.app.ledger.mailings.summaries(EXAMPLE)


def test_the_frame_shows_the_bytes_of_the_mail(shown_desk):
    visitor = shown_desk.visitor()
    draft = shown_desk.app.drafts.draft(EXAMPLE)
    people = draft.audiences["announcement"].recipients[:50]

    for person in people:
        asked = f"?etape=announcement&pour={person.contact.key}"
        frame = visitor.get(f"{CAMPAIGN}/apercu/cadre{asked}")
        mail = read_back(visitor.get(f"{CAMPAIGN}/apercu/message.eml{asked}").content)

        assert _as_sent(frame.html, mail.images) == mail.html
        assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_13_the_preview_offers_what_to_post_of_a_step_that_everybody_gets(shown_desk):
    visitor = shown_desk.visitor()

    announced = visitor.get(f"{CAMPAIGN}/apercu?etape=announcement")
    practical = visitor.get(f"{CAMPAIGN}/apercu?etape=practical")
    [offered] = [it for it in announced.links() if "reseaux.zip" in it]
    with zipfile.ZipFile(io.BytesIO(visitor.get(offered).content)) as cards:
        names = cards.namelist()

    assert "announcement.fr.txt" in names
    assert not any("reseaux.zip" in it for it in practical.links())


def test_the_dark_of_a_mail_is_shown_whatever_the_browser_is_set_to(shown_desk):
    visitor = shown_desk.visitor()

    shown = {
        mode: visitor.get(f"{CAMPAIGN}/apercu/cadre?etape=announcement&mode={mode}").html
        for mode in ("bureau", "sombre")
    }

    assert "prefers-color-scheme" not in shown["bureau"] + shown["sombre"]
    assert "@media not all" in shown["bureau"]
    assert "@media not all" not in shown["sombre"]


def _as_sent(html, images):
    """Undo what a frame changes: our policy in the head, pictures as data, and the answer to the
    query for the dark.
    """
    guard = r'<meta http-equiv="Content-Security-Policy" content="[^"]*"><base target="_blank">'
    html = re.sub(guard, "", html, count=1)
    html = html.replace("@media not all", "@media (prefers-color-scheme: dark)")
    for content_id, data in images.items():
        html = html.replace(data, f"cid:{content_id}")
    return html


def _signed(desk):
    signatory = desk.visitor(SIGNATORY)
    version = signatory.get(f"{CAMPAIGN}/bon-a-tirer").hidden("fingerprint")
    assert signatory.post(f"{CAMPAIGN}/bon-a-tirer", fingerprint=version).status == 303


def _launched(desk):
    _signed(desk)
    writer = desk.visitor()
    version = writer.get(f"{CAMPAIGN}/lancement").hidden("fingerprint")
    done = writer.post(f"{CAMPAIGN}/lancement", fingerprint=version, confirm="64")
    assert done.status == 303


def _states(desk):
    return {mailing.state for mailing in desk.app.ledger.mailings.summaries(EXAMPLE)}
