"""The press room in the desk: what is public, what will be and when, and withdrawing a text."""

import pytest

from tests.counterparts.press_room import PublishingOffice
from tests.desk.visitors import ADMINISTRATOR, SIGNATORY, WRITER, running_desk


@pytest.fixture(scope="module")
def publishing(tmp_path_factory):
    """An office with a public text, one under embargo, one that waits, and its desk."""
    office = PublishingOffice(tmp_path_factory.mktemp("desk"))
    public = office.writes("marees")
    embargoed = office.writes("houle", headline="La houle", embargo="2027-03-10T12:00:00")
    waiting = office.writes("plancton", headline="Le plancton")
    waiting.edits("2027-03-08 09:30", "2027-03-12 09:30")
    office.writes("sonde", headline="La sonde")
    for each in (public, embargoed, waiting):
        each.launches()
    public.runs("2027-03-08 09:30")
    with running_desk(office.app) as desk:
        yield office, desk
    office.close()


def test_the_screen_says_what_is_public_and_what_will_be(publishing):
    _office, desk = publishing

    text = desk.visitor(WRITER).get("/salle-de-presse").text

    for words in ("public à son heure", "public dès qu’il sera parti", "mercredi 10 mars"):
        assert words in text or words.replace("mercredi", "mer.") in text
    assert text.index("La houle") < text.index("Le plancton")
    assert text.index("Le plancton") < text.index("Les marées, prévues")


def test_a_signatory_withdraws_with_a_reason_and_a_writer_is_not_offered_it(publishing):
    office, desk = publishing
    assert "Retirer" not in desk.visitor(WRITER).get("/salle-de-presse").text
    signatory = desk.visitor(SIGNATORY)

    refused = signatory.post("/salle-de-presse", campaign="plancton", why=" ")
    done = signatory.post("/salle-de-presse", campaign="plancton", why="Un chiffre était faux.")
    by_writer = desk.visitor(WRITER).post("/salle-de-presse", campaign="marees", why="Faux")

    assert refused.status == 422
    row = refused.html.partition('value="plancton"')[2].partition("</tr>")[0]
    assert 'id="why" name="why"' in row
    assert 'aria-describedby="why-wrong-1"' in row
    assert refused.html.count("<details open>") == 1
    assert done.status == 303
    assert by_writer.status in {403, 409, 422}
    page = desk.visitor(ADMINISTRATOR).get("/salle-de-presse").text
    assert "Un chiffre était faux." in page
    assert office.asks("/fr/marees/").status == 200


def test_a_writer_makes_a_campaign_public_in_its_facts(publishing):
    office, desk = publishing
    path = office.workspace / "campaigns" / "sonde" / "campaign.toml"
    path.write_text(path.read_text("utf-8").replace("public = true\n", ""), "utf-8")
    writer = desk.visitor(WRITER)
    form = writer.get("/campagnes/sonde/faits")

    saved = writer.post(
        "/campagnes/sonde/faits",
        **{
            "base": form.hidden("base"),
            "tab": form.hidden("tab"),
            "press_room.public": "1",
            "press_room.since.day": "2027-03-11",
            "press_room.since.hour": "08:00",
        },
    )

    assert saved.status == 303, saved.text
    written = path.read_text("utf-8")
    assert "public = true" in written
    assert "2027-03-11" in written


def test_who_signs_sees_the_public_page_and_without_pictures_of_elsewhere(publishing):
    office, desk = publishing
    if not (office.workspace / "campaigns" / "bassin").exists():
        office.writes("bassin", headline="Le bassin d’essai")
    visitor = desk.visitor(SIGNATORY)

    offered = visitor.get("/campagnes/bassin/bon-a-tirer").links()
    page = visitor.get("/campagnes/bassin/apercu/salle-de-presse")
    english = visitor.get("/campagnes/bassin/apercu/salle-de-presse?langue=en")

    assert "/campagnes/bassin/apercu/salle-de-presse" in offered
    assert "Le bassin d’essai" in page.text
    assert 'href="?langue=en"' in page.html
    assert "Vous nous aviez écrit" not in page.text
    assert 'src="data:image/png;base64,' in page.html
    assert page.headers["content-security-policy"].startswith("sandbox")
    assert "Tides, forecast to the minute" in english.text
