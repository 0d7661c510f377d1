"""Writing a campaign in the browser, without script."""

import json
import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from mailer.model.mailings.mailing import SignOff
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Role
from mailer.operations.campaigns.approval.approval import approve_campaign
from mailer.operations.campaigns.overviews.board import CampaignTask, TaskProgress, board
from mailer.pages.quoted import unmarked
from tests.counterparts.builders import ACTOR, NOON, a_mailing
from tests.counterparts.form_browser import Browser, forms_of
from tests.desk import signatories
from tests.desk.visitors import example_app

SLUG = "2017-12-09-recherche-associations"
HERE = f"/campagnes/{SLUG}"
CLAIRE = Actor("", "Claire Delmas", Via.CLI, frozenset(Role))
TEXT = f"{HERE}/textes/announcement.md"
FACTS = f"{HERE}/faits"


@pytest.fixture
def bea(app):
    return Browser(app, "Bea")


@pytest.fixture
def folder(app):
    return app.workspace / "campaigns" / SLUG


def head(app):
    return app.revisions.open_campaign(SLUG).head.number


def every_page():
    for name in ("faits", "textes", "textes/announcement.md", "versions", "versions/0..1"):
        yield f"{HERE}/{name}"
    yield f"{HERE}/textes/announcement.press.md"
    yield "/campagnes/nouvelle"


def test_every_page_opens_with_one_heading_and_a_label_for_each_field(ada):
    ada.get(HERE)
    for page in every_page():
        answer = ada.get(page)

        assert answer.status == 200, page
        assert answer.text.count("<h1") == 1, page
        ids = set(re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', answer.text))
        assert ids <= set(re.findall(r'<label for="([^"]+)"', answer.text)), page
        hidden = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", answer.text)
        assert all('autocomplete="off"' in each for each in hidden), page
        assert not re.search(r"\son\w+=|style=\"|<style|<script>", answer.text), page


ENDS = {
    "as it is": lambda text: text,
    "with CRLF": lambda text: text.replace(b"\n", b"\r\n"),
    "without a last line end": lambda text: text.rstrip(b"\n"),
    "with blank lines in front": lambda text: b"\n\n" + text,
    "with odd spaces": lambda text: text + "a\u00a0b\u202fc\td  \n".encode(),
    "with a BOM": lambda text: b"\xef\xbb\xbf" + text,
    "with markup": lambda text: text + b"</textarea><b>&amp; &lt;\n",
}


@pytest.mark.parametrize("change", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("file", ["announcement.md", "announcement.en.md"])
def test_a_text_opened_and_saved_keeps_its_bytes(app, ada, folder, change, file):
    stored = change((folder / file).read_bytes())
    (folder / file).write_bytes(stored)
    address = f"{HERE}/textes/{file}"
    number = head(app)

    saved = ada.submit(ada.get(address), address)

    assert (saved.status, saved.location) == (303, f"{address}?fait=unchanged")
    assert (folder / file).read_bytes() == stored
    assert head(app) == number


def test_facts_opened_and_saved_keep_their_bytes(app, ada, folder):
    stored, number = (folder / "campaign.toml").read_bytes(), head(app)

    saved = ada.submit(ada.get(FACTS), FACTS)

    assert (saved.status, saved.location) == (303, f"{FACTS}?fait=unchanged")
    assert (folder / "campaign.toml").read_bytes() == stored
    assert head(app) == number


def test_a_changed_text_is_saved_under_the_name_of_its_author(app, ada, folder):
    page = ada.get(TEXT)
    body = dict(forms_of(page.text)[TEXT])["body"]

    saved = ada.submit(page, TEXT, body=f"{body}\nAjout « neuf »\n", subject="Un autre objet")

    assert saved.location.endswith("fait=saved")
    assert (folder / "announcement.md").read_text().endswith("\nAjout « neuf »\n")
    assert 'subject = "Un autre objet"' in (folder / "campaign.toml").read_text()
    newest = app.revisions.open_campaign(SLUG).head
    assert (newest.number, newest.name, newest.via) == (2, "Ada", "desk")


def test_a_change_after_a_sign_off_says_who_changed_what_whom_signed(app, ada):
    page = ada.get(TEXT)
    signed = SignOff(SLUG, "f" * 64, "Claire Delmas", NOON, revision=1)
    app.ledger.mailings.sign(signed, actor=CLAIRE)
    body = dict(forms_of(page.text)[TEXT])["body"]

    saved = ada.submit(page, TEXT, body=f"{body}\nUne virgule, après.\n")
    after, board_page = ada.get(saved.location).text, ada.get(f"{HERE}/bon-a-tirer").text

    assert "Bon à tirer donné sur la version 1 par Claire Delmas." in after
    assert "Bon à tirer donné" not in ada.get(TEXT).text
    assert "Modifiée depuis le bon à tirer de Claire Delmas, par Ada (" in board_page

    app.ledger.mailings.launch([a_mailing(campaign=SLUG)], actor=ACTOR, at=NOON)
    launched = ada.get(f"{HERE}/bon-a-tirer").text
    assert "Ce qui part est ce qui a été signé." in launched
    assert "il en faut un nouveau" not in launched
    assert "annulé par une modification" not in launched


def test_a_conflict_with_the_folder_is_not_signed_with_the_name_of_the_program(ada, folder):
    text, facts = ada.get(TEXT), ada.get(FACTS)
    (folder / "announcement.md").write_text("# Dehors\n")
    stored = (folder / "campaign.toml").read_text()
    (folder / "campaign.toml").write_text(re.sub("(?m)^venue = .*", 'venue = "Dehors"', stored))

    for page, address, typed in (
        (text, TEXT, {"body": "# Le mien\n"}),
        (facts, FACTS, {"event.venue": "Lyon"}),
    ):
        conflict = ada.submit(page, address, **typed)
        assert conflict.status == 409
        assert "quelqu’un, dans le dossier" in conflict.text
        assert "de mailer" not in conflict.text


def test_of_two_editors_the_second_sees_both_texts_and_loses_no_letter(app, ada, bea, folder):
    mine = ada.get(TEXT)
    typed = "\n# Le mien\n\nune ligne\u00a0« à moi »\n\n"
    bea.submit(bea.get(TEXT), TEXT, body="# De Bea\n")

    conflict = ada.submit(mine, TEXT, body=typed)

    assert conflict.status == 409
    assert "Bea" in conflict.text
    assert "# De Bea" in conflict.text
    fields = dict(forms_of(conflict.text)[TEXT])
    assert fields["body"] == typed
    assert (folder / "announcement.md").read_text() == "# De Bea\n"
    ada.submit(conflict, TEXT, body=f"{typed}# De Bea\n")
    assert (folder / "announcement.md").read_text() == f"{typed}# De Bea\n"
    assert head(app) == 3


def test_a_conflict_that_is_left_keeps_the_typed_text_for_its_author_only(ada, bea):
    mine = ada.get(TEXT)
    bea.submit(bea.get(TEXT), TEXT, body="# De Bea\n")
    ada.submit(mine, TEXT, body="# Le mien\n")

    back = ada.get(TEXT)

    (address,) = re.findall(r'href="([^"]+\?brouillon=[^"]+)"', back.text)
    assert dict(forms_of(ada.get(address).text)[TEXT])["body"] == "# Le mien\n"
    assert "brouillon=" not in bea.get(TEXT).text
    assert "Ada" in bea.get(TEXT).text


def test_an_unsaved_version_is_offered_in_another_tab_and_gone_after_its_save(ada):
    page = ada.get(TEXT)
    fields = dict(forms_of(page.text)[TEXT]) | {"body": "# En cours\n"}

    kept = ada.post(f"{TEXT}/brouillon", fields, accept="application/json")

    assert kept.status == 200
    assert "brouillon=" in ada.get(TEXT).text
    ada.post(TEXT, fields)
    assert "brouillon=" not in ada.get(TEXT).text


def test_facts_and_a_text_changed_by_two_people_at_once_are_no_conflict(ada, bea, folder):
    text, facts = ada.get(TEXT), bea.get(FACTS)
    bea.submit(facts, FACTS, **{"event.venue": "Ailleurs"})

    saved = ada.submit(text, TEXT, body="# Neuf\n", subject="Autre objet")

    assert saved.status == 303
    content = (folder / "campaign.toml").read_text()
    assert 'venue = "Ailleurs"' in content
    assert 'subject = "Autre objet"' in content


def test_different_facts_of_two_people_are_put_together_and_the_same_fact_is_asked(
    ada, bea, folder
):
    first, second = ada.get(FACTS), bea.get(FACTS)
    ada.submit(first, FACTS, **{"event.venue": "Ici"})

    together = bea.submit(second, FACTS, **{"event.theme": "Autre thème"})
    conflict = bea.submit(second, FACTS, **{"event.venue": "Là"})

    assert together.status == 303
    assert conflict.status == 409
    assert dict(forms_of(conflict.text)[FACTS])["event.venue"] == "Là"
    assert "Ici" in conflict.text
    bea.submit(conflict, FACTS)
    content = (folder / "campaign.toml").read_text()
    assert 'venue = "Là"' in content
    assert 'theme = "Autre thème"' in content


def test_a_wrong_fact_is_refused_at_its_field_with_what_was_typed(app, ada):
    number = head(app)

    refused = ada.submit(
        ada.get(FACTS), FACTS, **{"press_contacts.2.email": "no address", "event.venue": "Tapé"}
    )

    assert refused.status == 422
    assert 'id="press_contacts.2.email-wrong-1"' in refused.text
    assert 'value="Tapé"' in refused.text
    assert 'value="no address"' in refused.text
    assert head(app) == number


def test_every_wrong_fact_of_one_save_is_refused_at_once(app, ada):
    typed = {
        "accreditation.total": "-3",
        "accreditation.per_outlet": "deux",
        "accreditation.deadline": "mardi prochain",
        "accreditation.promote_until": "J-patate",
        "press_contacts.1.email": "pas une adresse",
        "embargo.until.hour": "10:00",
        "event.venue": "Tapé",
    }

    refused = ada.submit(ada.get(FACTS), FACTS, **typed)

    assert refused.status == 422
    for field in typed.keys() - {"event.venue", "embargo.until.hour"}:
        assert f'id="{field}-wrong-1"' in refused.text, field
    assert 'href="#embargo.until"' in refused.text
    assert "«\u00a0-3\u00a0» est inférieur à 0" in refused.text
    assert 'value="Tapé"' in refused.text
    assert head(app) == 1


def test_an_end_before_the_start_is_told_beside_every_other_refusal(ada):
    refused = ada.submit(
        ada.get(FACTS),
        FACTS,
        **{
            "event.ends_at.day": "2017-12-01",
            "event.ends_at.hour": "09:00",
            "accreditation.addresses": "pas une adresse",
            "press_contacts.1.email": "rien",
        },
    )

    assert "L’événement finit avant de commencer." in refused.text
    assert len(re.findall(r'class="wrong-why"', refused.text)) == 3


def test_each_refusal_of_the_facts_is_tied_to_its_field(ada):
    """A reader who hears the page is told at the field what is wrong with it."""
    typed = {
        "kind": "rien",
        "event.ends_at.day": "2017-12-01",
        "event.ends_at.hour": "09:00",
        "accreditation.addresses": "pas une adresse",
        "press_contacts.1.email": "rien",
    }

    refused = ada.submit(ada.get(FACTS), FACTS, **typed).text

    why = set(re.findall(r'class="wrong-why" id="([^"]+)"', refused))
    tied = re.findall(r'aria-invalid="true" aria-describedby="([^"]+)"', refused)
    assert {each for names in tied for each in names.split()} >= why
    assert why >= {"event.ends_at-wrong-1", "accreditation.addresses-wrong-1"}
    assert why >= {"kind-wrong-1", "press_contacts.1.email-wrong-1"}


def test_a_saved_day_is_told_with_its_weekday_its_distance_and_its_clock(tmp_path):
    with example_app(tmp_path / "workspace") as app:  # on 1 December 2017
        editor = Browser(app)
        typed = {"accreditation.deadline": "2017-12-07 12:00"}
        saved = editor.submit(editor.get(FACTS), FACTS, **typed)
        facts = words_of(editor.get(saved.location))
        step = words_of(editor.get(f"{HERE}/calendrier/announcement"))
        refused = editor.submit(editor.get(FACTS), FACTS, **{"accreditation.deadline": "demain"})

    assert "jeudi 7 décembre 2017, 12 h, J-2, dans 6 jours. Heure de Paris." in facts
    assert "samedi 9 décembre 2017, 9 h 30, dans 8 jours. Heure de Paris." in facts
    assert "lundi 4 décembre 2017, 9 h 30, J-5, dans 3 jours. Heure de Paris." in step
    assert "jeudi 7 décembre 2017" not in words_of(refused)  # beside what was typed instead


def words_of(page):
    return " ".join(
        re.sub(r"<[^>]*>", " ", page.text).replace("\u00a0", " ").replace("\u202f", " ").split()
    )


def test_an_attachment_is_known_by_its_content_and_an_svg_is_refused(app, ada, folder):
    page = ada.get(FACTS)
    pdf = [("attachments.1.file", "../Dossier de presse.exe", b"%PDF-1.7 x")]
    svg = [("attachments.1.file", "logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")]

    refused = ada.submit(page, FACTS, files=svg)
    saved = ada.submit(page, FACTS, files=pdf, **{"attachments.1.label": "Le dossier"})

    assert refused.status == 422
    assert saved.status == 303
    assert (folder / "Dossier-de-presse.pdf").read_bytes() == b"%PDF-1.7 x"
    assert 'path = "Dossier-de-presse.pdf"' in (folder / "campaign.toml").read_text()


def test_a_removed_entry_is_gone_and_can_be_taken_back(app, ada, folder):
    stored = (folder / "campaign.toml").read_bytes()
    ada.submit(ada.get(FACTS), FACTS, remove="partners.1")
    assert "de la rencontre, qu’elle accueille" not in (folder / "campaign.toml").read_text()

    compared = ada.get(f"{HERE}/versions/1..2")
    taken = ada.submit(compared, f"{HERE}/versions")

    assert taken.location.endswith("fait=taken-back")
    assert (folder / "campaign.toml").read_bytes() == stored
    assert head(app) == 3
    assert "comme la version 1" in ada.get(f"{HERE}/versions").text


def test_a_preview_of_what_is_typed_is_a_page_without_origin(ada):
    fields = dict(forms_of(ada.get(TEXT).text)[TEXT]) | {"body": "# Tapé à l’instant\n\nTexte.\n"}

    page = ada.post(f"{TEXT}/apercu", fields)
    script = ada.post(f"{TEXT}/apercu", fields, accept="application/json")

    assert "Tapé à l’instant" in page.text
    assert page.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert b'"frame"' in script.body
    address = re.search(r'"frame":"([^"]+)"', script.text)[1]
    assert ada.get(address).text == page.text


def test_a_preview_belongs_to_whose_typing_made_it(ada, bea):
    fields = dict(forms_of(ada.get(TEXT).text)[TEXT])
    script = ada.post(f"{TEXT}/apercu", fields, accept="application/json")

    address = re.search(r'"frame":"([^"]+)"', script.text)[1]

    assert bea.get(address).status == 303


def test_a_text_that_does_not_compile_says_why_instead_of_a_preview(ada):
    fields = dict(forms_of(ada.get(TEXT).text)[TEXT]) | {"body": "{{ event.rien }}"}

    page = ada.post(f"{TEXT}/apercu", fields)
    script = ada.post(f"{TEXT}/apercu", fields, accept="application/json")

    assert page.status == 422
    assert b'"problems"' in script.body
    assert b'"frame"' not in script.body


@pytest.mark.parametrize(
    ("typed", "french"),
    [
        ("{{ event.date", "Un {{ ou un {% n’est jamais refermé."),
        ("{% if event %}a", "{% if %} n’est jamais refermé."),
        ("{{ 1 / 0 }}", "Ce passage divise par zéro."),
        ("{{ 'a'.index('b') }}", '(<bdi lang="en">substring not found</bdi>).'),
    ],
)
def test_a_fault_of_a_text_is_told_in_french_and_what_jinja_says_is_marked_as_english(
    ada, typed, french
):
    fields = dict(forms_of(ada.get(TEXT).text)[TEXT]) | {"body": typed}

    page = ada.post(f"{TEXT}/apercu", fields)
    script = ada.post(f"{TEXT}/apercu", fields, accept="application/json")

    assert french in page.text
    assert unmarked(json.loads(script.text)["problems"][-1]) in re.sub("<[^>]*>", "", page.text)


def test_a_launched_campaign_says_that_it_is_read_only_and_refuses_every_save(app, ada, folder):
    text, facts = ada.get(TEXT), ada.get(FACTS)
    app.ledger.mailings.launch([a_mailing(campaign=SLUG)], actor=ACTOR, at=NOON)

    page = ada.get(TEXT)
    refused = [
        ada.submit(text, TEXT, body="# Autre\n"),
        ada.submit(facts, FACTS, title="Autre"),
        ada.post(f"{TEXT}/supprimer", {"base": 1}),
    ]

    assert "a été lancée" in page.text
    assert " readonly" in page.text
    assert [each.status for each in refused] == [422, 422, 422]
    assert "# Autre" in refused[0].text
    assert head(app) == 1


def test_a_reader_may_look_and_not_write(app, ada):
    reader = Browser(app, "Leo", {Role.READER})
    page = ada.get(TEXT)

    refused = reader.submit(page, TEXT, body="# x\n")

    assert reader.get(TEXT).status == 200
    assert refused.status == 422
    assert head(app) == 1


def test_a_version_in_another_language_is_made_by_its_first_save(app, ada, folder):
    address = f"{HERE}/textes/reminder.associations.md"
    assert ada.get(address).status == 409
    new = f"{HERE}/textes/announcement.press.en.md"

    saved = ada.submit(ada.get(new), new, body="# Hello\n", subject="News")

    assert saved.status == 303
    assert (folder / "announcement.press.en.md").read_bytes() == (
        b'+++\nsubject = "News"\n+++\n# Hello\n'
    )


NEW = {"kind": "advisory", "title": "Forum des métiers", "event.day": "2018-03-31"}


def test_a_campaign_begins_with_a_few_answers(app, ada):
    made = ada.submit(ada.get("/campagnes/nouvelle"), "/campagnes/nouvelle", **NEW)

    slug = "2018-03-31-forum-des-metiers"
    assert made.location.startswith(f"/campagnes/{slug}?fait=created")
    opened = app.revisions.open_campaign(slug)
    assert (opened.head.number, opened.head.name) == (1, "Ada")
    assert b'title = "Forum des m\xc3\xa9tiers"' in opened.files["campaign.toml"]
    assert app.campaigns.load(slug).title == "Forum des métiers"


def test_the_facts_say_what_of_a_document_was_not_taken(ada):
    ada.submit(
        ada.get("/campagnes/nouvelle"),
        "/campagnes/nouvelle",
        **NEW | {"pasted": "# Forum\n\nEmbargo : mercredi, 18 heures.\n"},
    )

    here = "/campagnes/2018-03-31-forum-des-metiers"
    facts, checks = ada.get(f"{here}/faits").text, ada.get(f"{here}/verifications").text
    assert "«\N{NO-BREAK SPACE}Rien n’est publié avant\N{NO-BREAK SPACE}»" in facts
    assert re.search(
        r"n’est pas repris[^<]*<bdi lang=\"fr\">Embargo : mercredi, 18 heures\.</bdi>", facts
    )
    assert "embargo.until n’est" not in facts
    assert "Le texte annonce un embargo, et aucun n’est fixé" in checks
    assert "n’est pas repris" not in ada.get(FACTS).text

    saved = ada.submit(ada.get(f"{here}/faits"), f"{here}/faits", place="Lyon")
    assert "n’est pas repris" in ada.get(saved.location).text

    ada.language = "en"
    for page in (f"{here}/faits", f"{here}/versions", "/journal"):
        shown = ada.get(page).text
        assert "is not taken, the document does not say it for sure" in shown, page
        assert "n’est pas repris" not in shown, page


def test_wrong_answers_are_refused_at_their_fields_all_at_once(ada):
    refused = ada.submit(
        ada.get("/campagnes/nouvelle"),
        "/campagnes/nouvelle",
        **NEW
        | {"slug": "Pas Bon", "address": "nobody", "phone": "abc", "event.day": "2018-02-30"}
        | {"kind": ""},
    )

    assert refused.status == 422
    for field in ("slug", "address", "phone", "kind"):
        assert f'id="{field}-wrong-1"' in refused.text
    assert 'href="#event"' in refused.text
    for typed in ("Forum des métiers", "abc", "nobody"):
        assert f'value="{typed}"' in refused.text


def test_a_refused_document_is_told_together_with_the_wrong_answers(ada):
    page, unread = ada.get("/campagnes/nouvelle"), [("word", "avis.docx", b"PK\x03\x04")]

    refused = ada.submit(page, "/campagnes/nouvelle", files=unread, **NEW | {"phone": "abc"})

    assert refused.status == 422
    for field in ("word", "phone"):
        assert f'href="#{field}"' in refused.text


def test_a_file_chosen_in_a_refused_form_is_asked_for_again_by_its_name(ada):
    page = ada.get("/campagnes/nouvelle")
    word = [("word", "avis.docx", a_word_file("<w:p><w:r><w:t>Le chapeau.</w:t></w:r></w:p>"))]
    unread = [("word", "avis.docx", b"PK\x03\x04 no document")]

    refused = ada.submit(page, "/campagnes/nouvelle", files=word, **NEW | {"slug": SLUG})
    wrong = ada.submit(page, "/campagnes/nouvelle", files=unread, **NEW)

    assert refused.status == wrong.status == 422
    assert "Le fichier «\u00a0avis.docx\u00a0» est à choisir de nouveau" in refused.text
    assert 'href="#word"' in refused.text
    assert "à choisir de nouveau" not in wrong.text  # its own fault asks for another one


def test_a_file_chosen_beside_facts_in_conflict_is_named_and_not_invented(ada, bea, folder):
    first, second = ada.get(FACTS), bea.get(FACTS)
    ada.submit(first, FACTS, **{"event.venue": "Ici"})

    pdf = [("attachments.1.file", "dossier.pdf", b"%PDF-1.7 x")]
    conflict = bea.submit(second, FACTS, files=pdf, **{"event.venue": "Là"})
    saved = bea.submit(conflict, FACTS)

    assert "dossier.pdf" in conflict.text
    assert "attachments.1.path" not in conflict.text
    assert saved.status == 303
    assert "dossier.pdf" not in (folder / "campaign.toml").read_text()


def a_word_file(body, header=""):
    """A document with this body and header, in the few parts that Word needs."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rels = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{rels}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>"
        )
        if header:
            archive.writestr("word/header1.xml", f"<w:hdr {w}>{header}</w:hdr>")
    return file.getvalue()


def test_a_word_document_gives_headline_and_text(app, ada):
    word = a_word_file(
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Un titre « à nous »</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Le chapeau.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
    )
    page = ada.get("/campagnes/nouvelle")

    made = ada.submit(
        page, "/campagnes/nouvelle", files=[("word", "a.docx", word)], **NEW | {"title": ""}
    )

    slug = made.location.partition("?")[0].rpartition("/")[2]
    text = app.revisions.open_campaign(slug).files["announcement.md"].decode()
    assert app.campaigns.load(slug).title == "Un titre « à nous »"
    assert text == "# Un titre « à nous »\n\nLe chapeau.\n"
    assert "texte masqué" not in made.location
    for page in (made.location, f"/campagnes/{slug}/versions"):
        assert "Pas dans le texte de la campagne\u00a0: du texte masqué" in ada.get(page).text


def test_an_embargo_of_a_header_that_is_put_into_the_text_is_not_told_as_left_out(app, ada):
    def word(header):
        header = f"<w:p><w:r><w:t>{header}</w:t></w:r></w:p>"
        return a_word_file("<w:p><w:r><w:t>Le chapeau.</w:t></w:r></w:p>", header)

    def made(name, header):
        page, files = ada.get("/campagnes/nouvelle"), [("word", "a.docx", word(header))]
        ada.submit(page, "/campagnes/nouvelle", files=files, **NEW | {"slug": name})
        text = app.revisions.open_campaign(name).files["announcement.md"].decode()
        return text, ada.get(f"/campagnes/{name}/faits").text

    embargo, told = made("a", "SOUS EMBARGO — version de travail")
    plain, of_plain = made("b", "Version de travail")

    assert embargo.startswith("SOUS EMBARGO — version de travail\n")
    assert "n’est pas repris" in told
    assert "Pas dans le texte" not in told
    assert "Version de travail" not in plain
    assert "Pas dans le texte de la campagne\u00a0: en-tête ou pied de page" in of_plain


def test_the_facts_of_an_old_release_fill_what_is_empty_and_are_to_confirm(app, ada):
    release = "# La mer\n\nLieu : Brest\n\nContact : Zoé Roy, 01 99 00 12 34\n".encode("cp1252")
    page = ada.get("/campagnes/nouvelle")

    made = ada.submit(
        page, "/campagnes/nouvelle", files=[("word", "a.txt", release)], **NEW | {"title": "Marées"}
    )

    slug = made.location.partition("?")[0].rpartition("/")[2]
    facts = f"/campagnes/{slug}/faits"
    assert app.campaigns.load(slug).title == "Marées"
    assert keys_to_confirm(app, slug) == ["event.venue", "press_contacts.0"]
    assert "Zoé Roy, 01 99 00 12 34</q>" in ada.get(facts).text

    ada.submit(ada.get(facts), f"{facts}/confirmer", fact="press_contacts.0")
    assert keys_to_confirm(app, slug) == ["event.venue"]

    ada.submit(ada.get(facts), facts, **{"event.venue": "Brest, au port"})  # corrected
    assert keys_to_confirm(app, slug) == []
    assert "<q>" not in ada.get(facts).text


def test_a_preview_is_done_when_somebody_has_signed_what_it_shows(tmp_path):
    with signatories.office(tmp_path) as app:
        assert progress(app, SLUG, CampaignTask.PREVIEW) is TaskProgress.READY

        signatories.sign(app, "Ada Morel")

        assert progress(app, SLUG, CampaignTask.PREVIEW) is TaskProgress.DONE


def progress(app, slug, task):
    return board(slug, signatures_required=1, drafts=app.drafts).tasks[task]


def keys_to_confirm(app, slug):
    return [fact.key for fact in app.campaigns.load(slug).to_confirm]


def test_what_is_no_word_document_is_refused_at_its_field(ada):
    refused = ada.submit(
        ada.get("/campagnes/nouvelle"),
        "/campagnes/nouvelle",
        files=[("word", "a.docx", b"PK\x03\x04 not a document")],
        **NEW,
    )

    assert refused.status == 422
    assert 'href="#word"' in refused.text


def test_a_drawing_is_no_text_of_a_campaign(ada):
    svg = b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"
    page = ada.get("/campagnes/nouvelle")

    refused = ada.submit(page, "/campagnes/nouvelle", files=[("word", "avis.svg", svg)], **NEW)

    assert refused.status == 422
    assert "Ceci est une image (SVG)" in refused.text


def test_an_old_campaign_can_be_the_beginning_of_a_new_one_and_stays(app, ada, folder):
    stored = (folder / "announcement.md").read_bytes()

    made = ada.post("/campagnes/nouvelle", {"old": SLUG, "slug": "2018-edition"})
    taken = ada.post("/campagnes/nouvelle", {"old": SLUG, "slug": "2018-edition"})

    assert made.location.startswith("/campagnes/2018-edition?")
    assert taken.status == 422
    assert app.revisions.open_campaign("2018-edition").files["announcement.md"] == stored
    waiting = ["event.starts_at", "event.ends_at", "event.venue", "event.address"]
    assert keys_to_confirm(app, "2018-edition") == [*waiting, "accreditation.deadline"]
    facts = "/campagnes/2018-edition/faits"
    shown = ada.get(facts).text
    assert "de l’ancienne campagne, dont aucun texte ne le dit" in shown
    title = app.campaigns.load(SLUG).title
    assert f"«\u00a0{title}\u00a0»" in unescape(ada.get(made.location).text)
    days = dict.fromkeys(("event.starts_at.day", "event.ends_at.day"), "2018-12-08")
    ada.submit(ada.get(facts), facts, **days)
    assert keys_to_confirm(app, "2018-edition") == [*waiting[2:], "accreditation.deadline"]
    assert progress(app, "2018-edition", CampaignTask.FACTS) is not TaskProgress.DONE


def test_the_facts_of_an_old_campaign_come_with_the_lines_of_its_texts_that_say_them(
    app, ada, folder
):
    line = "Rendez-vous le 9 décembre à l’Institut Imagine, 24, bd du Montparnasse, Paris 15e."
    text = folder / "announcement.md"
    text.write_text(f"{text.read_text('utf-8')}\n{line}\n", "utf-8")
    event = app.campaigns.load(SLUG).event
    assert event.starts_at.day == 9

    ada.post("/campagnes/nouvelle", {"old": SLUG, "slug": "2018-edition"})

    words = {it.key: it.words for it in app.campaigns.load("2018-edition").to_confirm}
    assert words["event.starts_at"] == line
    assert words["accreditation.deadline"] == ""


def test_texts_of_an_old_campaign_are_to_be_looked_at_until_one_has(app, ada):
    ada.post("/campagnes/nouvelle", {"old": SLUG, "slug": "2018-edition"})
    assert progress(app, "2018-edition", CampaignTask.TEXTS) is TaskProgress.READY
    assert progress(app, SLUG, CampaignTask.TEXTS) is TaskProgress.DONE


def test_a_sign_off_keeps_the_number_of_its_revision_and_stands_until_something_changes(tmp_path):
    with example_app(tmp_path / "workspace") as app:
        editor = Browser(app)
        editor.submit(editor.get(TEXT), TEXT, subject="Un objet")

        signed = approve_campaign(SLUG, actor=CLAIRE, drafts=app.drafts)
        same = editor.submit(editor.get(TEXT), TEXT)
        unchanged = app.drafts.draft(SLUG).fingerprint
        voiding = editor.submit(editor.get(TEXT), TEXT, subject="Un objet,")
        saved, board_of = editor.get(voiding.location).text, editor.get(HERE).text
        later = editor.submit(editor.get(TEXT), TEXT, subject="Un autre objet")

        assert same.location.endswith("fait=unchanged")
        assert "Bon à tirer donné sur la version 2 par Claire Delmas." in saved
        assert later.location.endswith("fait=saved")
        assert "Modifiée depuis le bon à tirer de Claire Delmas, par Ada (" in board_of
        assert signed.revision == 2
        assert unchanged == signed.fingerprint
        assert app.drafts.draft(SLUG).fingerprint != signed.fingerprint
        assert "bon à tirer de Claire Delmas" in editor.get(f"{HERE}/versions").text


def test_a_document_is_read_over_before_a_campaign_is_made_of_it(app, ada):
    release = "Brest, le 2 mars 2026\n\n# La mer\n\nLes les algues.\n".encode("cp1252")
    before = app.campaigns.names()

    shown = ada.submit(
        ada.get("/campagnes/nouvelle"),
        "/campagnes/nouvelle",
        files=[("word", "a.txt", release)],
        **NEW | {"read-over": "1"},
    )

    assert shown.status == 200
    assert "figure deux fois de suite" in shown.text or "deux fois" in shown.text
    assert "Les les algues." in shown.text.partition("<textarea")[2]
    assert app.campaigns.names() == before
