"""The page for whoever signs off: one file, every version, and nobody of the lists."""

import base64
import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest

from mailer.model.drafts.accepted_finding import AcceptedFinding
from mailer.operations.campaigns.previews.static_preview import static_preview
from mailer.pages.static_preview import LARGEST, static_page
from tests.counterparts.builders import NOON
from tests.desk.signatories import office, sign, write
from tests.desk.visitors import EXAMPLE
from tests.e2e.commands import mailer

WORD = "Nous-ajoutons-ceci"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with office(tmp_path_factory.mktemp("office")) as made:
        sign(made, "Ada Morel")
        write(made, "Nadia Leroy", WORD)
        yield made


@pytest.fixture(scope="module")
def shown(app):
    return static_preview(
        EXAMPLE, signed_texts=app.signed_texts, drafts=app.drafts, composer=app.composer
    )


@pytest.fixture(scope="module")
def page(shown):
    return static_page(shown, say=str, language="en").content.decode()


def test_it_has_every_version_the_timetable_and_the_counts(shown, page):
    frames = re.findall(r'<iframe sandbox [^>]*srcdoc="([^"]*)"', page)

    assert len(frames) == len(shown.draft.messages)
    assert all("data:image/" in unescape(frame) for frame in frames)
    for step in shown.steps:
        assert f"{step.planned.local:%d}".lstrip("0") in page
    assert len(page.encode()) <= LARGEST


def test_it_names_nobody_of_the_lists_in_any_encoding(app, shown, page):
    people = [*app.ledger.contacts.page(limit=10_000)]
    said = {unescape(page).casefold(), page.casefold()}
    public = " ".join(
        str(each.address) for each in shown.draft.campaign.press_contacts if each.address
    )

    assert len(people) > 50
    for person in people:
        for secret in (person.key, person.name):
            if len(secret) < 4 or secret in public:
                continue
            for written in (secret, quote(secret), quote(secret, safe=""), *_in_base64(secret)):
                assert not any(written.casefold() in each for each in said), secret


def test_only_the_changed_version_shows_what_was_added_since_the_sign_off(shown, page):
    changed = [each for each in shown.versions if not each.changes.is_empty]

    assert [(each.step, str(each.variant)) for each in changed] == [("announcement", "fr")]
    assert WORD.split("-", maxsplit=1)[0] in "".join(
        re.findall(r"<ins>(.*?)</ins>", page, re.DOTALL)
    )


def test_an_accepted_finding_is_told_and_its_reason_names_nobody_of_the_lists(app, shown):
    reader = app.ledger.contacts.page(limit=1)[0]
    why = {"open": "Le lieu est connu de tous.", "named": f"Vu avec {reader.key}."}
    findings = tuple(
        replace(
            shown.findings[0],
            accepted=AcceptedFinding(EXAMPLE, name, "check", why[name], NOON, "ada", "Ada Morel"),
        )
        for name in why
    )

    made = static_page(replace(shown, findings=findings), say=str, language="en").content.decode()

    assert made.count("Ada Morel") >= 2
    assert why["open"] in made
    assert reader.key not in made


def test_pictures_are_left_out_of_a_page_that_would_be_too_large(shown, monkeypatch):
    monkeypatch.setattr("mailer.pages.static_preview.LARGEST", 250_000)

    made = static_page(shown, say=str, language="en")

    assert not made.has_pictures
    assert b"data:image/" not in made.content
    assert b"Pictures are left out" in made.content


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_it_asks_nothing_of_the_network_and_axe_finds_nothing(chromium, axe, page, tmp_path, size):
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    asked, said = [], []
    context = chromium.new_context(viewport=dict(zip(("width", "height"), size, strict=True)))
    shown = context.new_page()
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))

    shown.goto(file.as_uri())
    shown.locator("iframe").first.scroll_into_view_if_needed()
    words = shown.frame_locator("iframe").first.locator("body").inner_text()
    width = shown.evaluate("document.documentElement.scrollWidth")
    silent = list(said)  # axe itself tries to speak to the frames, which cannot hear it
    shown.evaluate(axe)
    found = shown.evaluate("axe.run(document, {iframes: false})")["violations"]
    context.close()

    assert "Madame Exemple" in words or "Paris" in words
    assert width <= size[0]
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
    assert silent == []
    assert [(each["id"], each["help"]) for each in found] == []


def test_the_command_writes_it_and_replaces_no_other_file(app, tmp_path):
    file, other = tmp_path / "page.html", tmp_path / "letter.html"
    other.write_text("<p>Mine</p>", encoding="utf-8")

    first = mailer("preview", EXAMPLE, "--static", file, workspace=app.workspace)
    mailer("preview", EXAMPLE, "--static", file, workspace=app.workspace)
    mailer("preview", EXAMPLE, "--static", other, workspace=app.workspace, expect=65)

    assert str(file) in first.stdout
    assert '<html lang="fr"' in file.read_text("utf-8")
    assert other.read_text("utf-8") == "<p>Mine</p>"


def _in_base64(secret):
    """Yield what is the same of a secret in base64 wherever in a text it stands."""
    raw = secret.encode()
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + raw).decode().rstrip("=")
        yield whole[4 if shift else 0 : -2]
