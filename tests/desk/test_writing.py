"""Writing with scripts in Chromium: the mail beside the text, unsaved versions, buttons, paste."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from mailer.web.security import PAGE_POLICY
from tests.desk.visitors import CAMPAIGN, EXAMPLE, SIGNATORY, WRITER

TEXT = f"{CAMPAIGN}/textes/announcement.md"
LONG_MS = 240_000  # a net for what hangs; the machine may be busy


@pytest.fixture
def writing(chromium, desk):
    """Opens the page of the text in a browser, with the policy that pages have."""
    opened = []

    def page_of(person=WRITER, path=TEXT):
        context = chromium.new_context(
            viewport={"width": 1440, "height": 900},
            locale="fr-FR",
            extra_http_headers={"x-person": person.id},
        )
        opened.append(context)
        context.set_default_timeout(LONG_MS)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.route("**/*", _with_policy)
        page.goto(f"http://127.0.0.1:{desk.port}{path}")
        return page

    yield page_of
    for context in opened:
        context.close()


def _with_policy(route):
    """Add the headers of pages, which the outer wall of the desk gives them."""
    if route.request.resource_type not in {"document", "iframe"}:
        route.continue_()
        return
    with suppress(Error):  # a preview that is still being fetched when the page is left
        answer = route.fetch(timeout=LONG_MS)
        headers = dict(answer.headers)
        headers.setdefault("content-security-policy", PAGE_POLICY)
        headers.setdefault("cache-control", "no-store")
        route.fulfill(response=answer, headers=headers)


def mail(page):
    """The body of the shown mail."""
    return page.frame_locator("iframe[name=apercu]").locator("body")


def wait_for_mail(page, words):
    mail(page).get_by_text(words).first.wait_for(timeout=LONG_MS)


def test_the_exact_mail_follows_the_typing_and_caret_and_focus_stay(writing):
    page = writing()
    wait_for_mail(page, "malades")
    page.locator("#body").press("Control+End")

    page.keyboard.type("\n\nUne phrase tapée à l’instant.", delay=20)

    wait_for_mail(page, "Une phrase tapée à l’instant.")
    assert page.evaluate("document.activeElement.id") == "body"
    body = page.locator("#body").input_value()
    assert body.endswith("\n\nUne phrase tapée à l’instant.")
    assert page.evaluate("document.getElementById('body').selectionStart") == len(body)
    assert page.locator("iframe").count() == 1
    assert page.said == []


def test_a_mistake_leaves_the_last_mail_and_says_why(writing):
    page = writing()
    wait_for_mail(page, "malades")

    page.locator("#body").press("Control+End")
    page.keyboard.type(" {{ event.rien }}")
    page.locator("#raison:not([hidden])").wait_for(timeout=LONG_MS)

    assert "rien" in page.locator("#raison").inner_text()
    assert "malades" in mail(page).inner_text()
    assert page.locator("#cadre.stale").count() == 1


def test_typing_is_kept_and_offered_in_the_next_tab(writing, desk):
    page = writing()
    page.locator("#body").press("Control+End")
    page.keyboard.type("gardé")
    page.locator("#kept:not(:empty)").wait_for(timeout=LONG_MS)

    other = writing()
    other.get_by_role("link", name="La voir").click()

    assert other.locator("#body").input_value().endswith("gardé")
    assert desk.app.revisions.open_campaign(EXAMPLE).head.number == 1


def test_buttons_write_markdown_and_the_browser_can_undo_them(writing):
    page = writing()
    area = page.locator("#body")
    area.fill("un mot ici")
    page.evaluate("document.getElementById('body').setSelectionRange(3, 6)")

    page.get_by_role("button", name="Gras").click()
    assert area.input_value() == "un **mot** ici"
    page.keyboard.press("Control+z")
    assert area.input_value() == "un mot ici"
    page.get_by_role("button", name="Liste", exact=True).click()
    assert area.input_value() == "- un mot ici"


def test_what_is_pasted_from_word_becomes_markdown(writing):
    page = writing()
    page.locator("#body").fill("")

    page.evaluate(
        """() => {
          const copied = new DataTransfer();
          copied.setData("text/html", "<h2>Un titre</h2><p>du <b>gras</b><del>supprimé</del></p>");
          copied.setData("text/plain", "Un titre du gras");
          document.getElementById("body").dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: copied, bubbles: true, cancelable: true}));
        }"""
    )
    page.locator("#left-out", has_text="supprimé").wait_for(timeout=LONG_MS)
    page.locator("#kept:not(:empty)").wait_for(timeout=LONG_MS)

    assert page.locator("#body").input_value() == "## Un titre\n\ndu **gras**"
    assert "supprimé" in page.locator("#left-out").inner_text()  # also after the text was kept


def test_control_s_saves_and_a_conflict_shows_both_texts(writing, desk):
    mine, theirs = writing(), writing(SIGNATORY)
    theirs.locator("#body").fill("# De Claire\n")
    theirs.get_by_role("button", name="Enregistrer", exact=True).click()
    theirs.get_by_text("Enregistré.", exact=True).wait_for(timeout=LONG_MS)

    mine.locator("#body").fill("# De Nadia\n")
    mine.keyboard.press("Control+s")
    mine.get_by_role("heading", level=1, name="Deux versions").wait_for(timeout=LONG_MS)

    assert mine.locator("#body").input_value() == "# De Nadia\n"
    assert mine.locator("#leur-texte").input_value() == "# De Claire\n"
    mine.get_by_role("button", name="Enregistrer cette version").click()
    mine.get_by_text("Enregistré.", exact=True).wait_for(timeout=LONG_MS)
    files = desk.app.revisions.open_campaign(EXAMPLE).files
    assert files["announcement.md"] == b"# De Nadia\n"


def test_a_lost_connection_is_said_and_the_text_stays(writing):
    page = writing()
    wait_for_mail(page, "malades")
    page.context.set_offline(True)

    page.locator("#body").press("Control+End")
    page.keyboard.type("hors ligne")
    page.locator("#kept:not(:empty)").wait_for(timeout=LONG_MS)

    assert "pas de connexion" in page.locator("#kept").inner_text()
    assert page.locator("#body").input_value().endswith("hors ligne")


def test_saving_while_nobody_answers_leaves_the_page_as_it_is(writing):
    page = writing()
    page.locator("#body").press_sequentially("Sans réseau. ")
    page.route("**/*", lambda route: route.abort())

    page.get_by_role("button", name="Enregistrer", exact=True).click()

    page.get_by_text("pas de connexion").wait_for(timeout=LONG_MS)
    assert page.url.endswith(TEXT)
    assert "Sans réseau. " in page.locator("#body").input_value()


def test_a_subject_with_a_fact_is_counted_as_it_is_read(writing):
    page, counted = writing(), "#subject ~ .count"
    page.locator("#subject").fill("Le {{ event.date }}")
    assert page.locator(counted).is_hidden()

    page.locator(counted).wait_for(timeout=LONG_MS)

    assert page.locator(counted).inner_text() == "25 caractères"


def test_a_chosen_day_shows_its_weekday(writing):
    page = writing(path=f"{CAMPAIGN}/faits")

    page.locator("[id='event.starts_at.day']").fill("2018-01-02")

    assert "mardi 2 janvier 2018" in page.locator("[data-day]").first.inner_text()


def test_a_rule_says_its_day_while_it_is_typed(writing):
    page = writing(path=f"{CAMPAIGN}/faits")
    place = page.locator("[data-rule]").first
    field, said = place.locator("input"), place.locator("output")
    assert "vendredi 8 décembre 2017" in place.locator("[data-saved]").inner_text()

    field.fill("J-3 12:00")
    assert said.inner_text().startswith("mercredi 6 décembre 2017")
    assert not place.locator("[data-saved]").is_visible()
    field.fill("2017-12-07 12:00")
    assert said.inner_text().startswith("jeudi 7 décembre 2017")
    field.fill("J-2 ouvrés 12:00")  # counted by the server alone
    assert said.inner_text() == ""
    assert "Heure de Paris." in place.inner_text()
    assert page.said == []


def test_who_comes_back_to_a_refused_form_finds_its_page(writing):
    page = writing(path="/contacts/importer")
    page.locator("main form button").last.click()
    page.locator(".refused[role=alert]").wait_for(timeout=LONG_MS)

    page.get_by_role("link", name="Journal").click()
    page.wait_for_url("**/journal")
    page.go_back()

    page.get_by_role("heading", name="Importer une liste").wait_for(timeout=LONG_MS)
    page.reload()
    page.get_by_role("heading", name="Importer une liste").wait_for(timeout=LONG_MS)


def test_the_menu_puts_a_filled_block_on_lines_of_its_own(writing):
    page = writing()
    area = page.locator("#body")
    area.fill("# Titre\n\nAvant.\nAprès.")
    page.evaluate("document.getElementById('body').setSelectionRange(10, 10)")

    page.get_by_role("combobox", name="Insérer un bloc").select_option(label="Chiffres clés")
    page.get_by_role("button", name="Insérer : Insérer un bloc").click()

    text = area.input_value()
    assert text.startswith("# Titre\n\nAvant.\n\n::: chiffres ")
    assert text.endswith("\n:::\n\nAprès.")
    wait_for_mail(page, "500")
    assert page.said == []


def test_a_mistake_in_a_block_is_said_beside_its_line_and_leads_to_it(writing):
    page = writing()
    area = page.locator("#body")

    area.fill("# Titre\n\n::: programme\n- 9 h : Accueil\n  prese : photos\n:::\n")

    note = page.locator("#notes li.error", has_text="prese")
    note.wait_for(timeout=LONG_MS)
    assert "presse" in note.inner_text()
    sign = page.locator(".gutter span.error")
    box, top = sign.bounding_box(), area.bounding_box()["y"]
    line_px = float(area.evaluate("it => parseFloat(getComputedStyle(it).lineHeight)"))
    assert abs((box["y"] - top) / line_px - 4) < 1
    note.get_by_role("button", name="Ligne 5").click()
    assert page.evaluate("document.activeElement.id") == "body"
    chosen = area.evaluate("it => it.value.slice(it.selectionStart, it.selectionEnd)")
    assert chosen == "  prese : photos"
    area.fill("# Titre\n\n::: programme\n- 9 h : Accueil\n  presse : photos\n:::\n")
    note.wait_for(state="detached", timeout=LONG_MS)


def test_who_may_not_write_any_more_is_told_so_and_not_to_sign_in(writing):
    page = writing()
    page.route("**/brouillon", lambda route: route.fulfill(status=422, body=""))

    page.locator("#body").press_sequentially("Sans rôle. ")

    page.get_by_text("votre compte ne permet plus d’écrire ici").wait_for(timeout=LONG_MS)
    assert "Sans rôle. " in page.locator("#body").input_value()
