"""The desk in Chromium: accessible, narrow, wide, dark, and closed to what strangers write."""

import re

import pytest

from tests.desk.visitors import CAMPAIGN, EXAMPLE, SIGNATORY, WRITER, example_app, running_desk

SCREENS = (
    "/",
    "/campagnes",
    "/campagnes/nouvelle",
    CAMPAIGN,
    f"{CAMPAIGN}/faits",
    f"{CAMPAIGN}/textes",
    f"{CAMPAIGN}/textes/announcement.md",
    f"{CAMPAIGN}/versions",
    f"{CAMPAIGN}/calendrier",
    f"{CAMPAIGN}/calendrier/reminder",
    f"{CAMPAIGN}/destinataires/announcement",
    f"{CAMPAIGN}/verifications",
    f"{CAMPAIGN}/messageries",
    f"{CAMPAIGN}/apercu",
    f"{CAMPAIGN}/apercu?mode=texte",
    f"{CAMPAIGN}/apercu?mode=en-tetes",
    f"{CAMPAIGN}/apercu?mode=lecteur-d-ecran",
    f"{CAMPAIGN}/apercu?mode=boite",
    f"{CAMPAIGN}/apercu?mode=lecteurs",
    f"{CAMPAIGN}/apercu?mode=outlook",
    f"{CAMPAIGN}/apercu?mode=remarques",
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
    "/contacts/sollicitations",
    "/conservation",
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
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAYLOADS = (
    "<script>window.broken=1</script>",
    "<img src=x onerror=window.broken=1>",
    '"><svg onload=window.broken=1>',
    "javascript:window.broken=1",
    "{{ 7*7 }}<b>gras</b>",
    "'-window.broken=1-'",
    "</textarea><script>window.broken=1</script>",
    "</title><script>window.broken=1</script>",
    "<iframe srcdoc='<script>parent.broken=1</script>'>",
    "<a href=javascript:window.broken=1>x</a>",
)


@pytest.fixture
def visit(chromium, shown_desk):
    """Opens a page of the desk as the writer."""
    yield from _visits(chromium, shown_desk)


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing_in_light_and_dark(visit, axe, path):
    page = visit(path)
    said = list(page.said)  # axe itself tries to speak to the frames, which cannot hear it

    found = _violations(page, axe)
    page.emulate_media(color_scheme="dark")
    found += _violations(page, axe)

    assert found == []
    assert said == []


@pytest.mark.parametrize("path", SCREENS)
def test_no_page_scrolls_sideways_at_320_pixels(visit, path):
    page = visit(path)

    page.set_viewport_size({"width": 320, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_a_phone_the_menu_is_folded_until_its_link_is_followed(visit):
    page = visit("/contacts")
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.locator("nav.main").is_visible()
    assert page.locator("h1").bounding_box()["y"] < 200

    page.locator("header .menu").click()
    page.locator("nav.main").get_by_text("Oppositions").click()

    assert page.url.endswith("/oppositions")
    assert not page.locator("nav.main").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("nav.main").is_visible()
    assert not page.locator("header .menu").is_visible()


def test_a_mail_frame_has_an_origin_of_its_own_and_runs_nothing(visit):
    page = visit(f"{CAMPAIGN}/apercu")
    frame = page.locator("iframe.mail")

    assert frame.get_attribute("sandbox") == ""
    assert page.evaluate("document.querySelector('iframe.mail').contentDocument") is None


def test_a_mail_without_pictures_gives_the_browser_nothing_to_tell(visit):
    page = visit(f"{CAMPAIGN}/apercu?mode=sans-images")
    pictures = page.frame_locator("iframe.mail").locator("img")

    assert pictures.count() > 0
    assert {each.get_attribute("src") for each in pictures.all()} == {""}
    assert page.said == []


def test_the_page_of_a_campaign_under_way_follows_it_without_a_reload(chromium, tmp_path):
    with example_app(tmp_path / "workspace") as app, running_desk(app) as desk:
        _launch(desk)
        for page in _first(_visits(chromium, desk)):
            shown = page(f"{CAMPAIGN}/en-cours")
            shown.evaluate("window.same = true")
            shown.focus("#bilan")
            assert shown.locator("#suspendre").count() == 1

            desk.visitor(SIGNATORY).post(f"{CAMPAIGN}/suspendre")
            shown.wait_for_selector(".tag.paused", timeout=60_000)

            assert shown.evaluate("window.same")
            assert shown.locator("#suspendre").count() == 0
            assert shown.evaluate("document.activeElement.id") == "bilan"
            assert shown.locator("#annonce").text_content() == "La campagne est suspendue."
            assert shown.said == []


def test_what_strangers_write_is_shown_and_never_run(chromium, tmp_path):
    with example_app(tmp_path / "workspace") as app, running_desk(app) as desk:
        writer = desk.visitor()
        for number, payload in enumerate(PAYLOADS):
            writer.post(
                "/contacts",
                address=f"x{number}@lab.example",
                list=payload.replace("/", "")[:40],  # which no list may have in its name
                last_name=payload,
                organisation=payload,
            )
            writer.post("/oppositions", act="bar", address=f"y{number}@lab.example", why=payload)
            writer.post(
                f"{CAMPAIGN}/accreditations",
                address=f"z{number}@lab.example",
                name=payload,
                organisation=payload,
                state="asked",
            )
        rows = "\n".join(
            f'"{each.replace(chr(34), chr(34) * 2)}";a b@c.example' for each in PAYLOADS
        )
        kept = writer.upload(
            {
                "file": (
                    "<img src=x onerror=window.broken=1>.csv",
                    f"Nom;Courriel\n{rows}".encode(),
                )
            },
            list="essai",
        )
        people = re.findall(r"/contacts/[a-z2-7]{16}", writer.get("/contacts?q=lab.example").html)
        assert len(people) >= len(PAYLOADS)
        for page in _first(_visits(chromium, desk)):
            for path in (
                "/contacts?q=lab.example",
                *people[:3],
                "/oppositions",
                "/journal",
                kept.location,
                f"{CAMPAIGN}/accreditations",
                f"/contacts?q={PAYLOADS[1]}&liste={PAYLOADS[2]}",
                f"/journal?sujet={PAYLOADS[2]}",
                f"{CAMPAIGN}/apercu?pour={PAYLOADS[2]}&mode={PAYLOADS[1]}",
            ):
                shown = page(path)

                assert not shown.evaluate("'broken' in window"), path
                assert (
                    shown.evaluate(
                        "document.querySelectorAll('svg, img, iframe:not(.mail)').length"
                    )
                    == 0
                )


def _visits(chromium, desk, person=WRITER):
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        locale="fr-FR",
        extra_http_headers={"x-person": person.id},
    )

    def visit(path):
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(f"http://127.0.0.1:{desk.port}{path}")
        return page

    yield visit
    context.close()


def _first(generator):
    """The generator's one value, and its end afterwards."""
    yield next(generator)
    next(generator, None)


def _violations(page, source):
    if not page.evaluate("'axe' in window"):
        page.evaluate(source)
    found = page.evaluate(
        "levels => axe.run(document, {runOnly: levels}).then(found => found.violations)", LEVELS
    )
    return [
        (each["id"], node["target"], node["failureSummary"])
        for each in found
        for node in each["nodes"]
    ]


def _launch(desk):
    signatory, writer = desk.visitor(SIGNATORY), desk.visitor()
    version = signatory.get(f"{CAMPAIGN}/bon-a-tirer").hidden("fingerprint")
    signatory.post(f"{CAMPAIGN}/bon-a-tirer", fingerprint=version)
    writer.post(f"{CAMPAIGN}/lancement", fingerprint=version, confirm="64")
    assert len(desk.app.ledger.mailings.summaries(EXAMPLE)) == 4
