"""The press office of another institution: what it finds at the desk, and what it signs."""

import re
from html import unescape

import pytest

from mailer.errors import RuleError
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.person import Role
from mailer.operations.campaigns.approval.approval import approve_campaign
from mailer.operations.campaigns.launching.launch import first_audience_size, launch_campaign
from mailer.operations.team.people import change_roles
from mailer.web.routes import SCREENS
from tests.counterparts.desk import signed_in
from tests.counterparts.team import ADA, a_person
from tests.desk.visitors import EXAMPLE, example_app

PIA = a_person("Pia Sauvage", Role.PARTNER)
LEO = a_person("Léo Brun", Role.PARTNER, id="leo")
SIG = a_person("Sig Noël", Role.SIGNATORY)
CAMPAIGN = f"/campagnes/{EXAMPLE}"
SEEN = {
    "/",
    "/campagnes/{slug}",
    *(
        f"/campagnes/{{slug}}/{page}"
        for page in ("apercu", "apercu/cadre", "bon-a-tirer", "accreditations")
    ),
}
"""What a partner sees of a campaign."""
ACTED_ON = {f"/campagnes/{{slug}}/{page}" for page in ("bon-a-tirer", "accreditations")}
ACCOUNT = {
    "/sortir",
    "/confirmer",
    "/entrer",
    "/entrer/fournisseur",
    "/entrer/retour",
    "/entrer/code",
    "/entrer/cle",
    "/bienvenue/{token}",
    "/signer/{token}",
    "/signer/{token}/cadre",
    "/repris/{form}",
    "/moi",
    "/moi/mot-de-passe",
    "/moi/second-facteur",
    "/moi/second-facteur/retirer",
    "/moi/cles",
    "/moi/cles/retirer",
    "/moi/relier",
    "/moi/sessions",
    "/moi/identites",
}
"""Where everybody comes in and keeps their own account."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The example campaign, whose first partner has Pia, and signs."""
    with example_app(tmp_path_factory.mktemp("partners") / "office") as app:
        app.ledger.team.add([ADA, PIA, LEO, SIG], actor=PROGRAM, at=app.clock.now())
        name_partner(app, 'people = ["pia"]\nsigns = true')
        yield app


def name_partner(app, lines):
    file = app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    text = re.sub(r"(?m)^(people|signs) = .*\n", "", file.read_text("utf-8"))
    file.write_text(text.replace("[[partners]]\n", f"[[partners]]\n{lines}\n", 1), "utf-8")


def path_of(screen, app):
    contact = app.ledger.contacts.summaries()[0]
    values = {
        "slug": EXAMPLE,
        "file": "announcement.md",
        "step": "announcement",
        "first": "0",
        "second": "1",
        "person": "ada",
        "contact": contact.id,
        "entry": contact.id,
    }
    return re.sub(r"{(\w+)}", lambda found: values.get(found[1], "x"), screen.path)


def acts_of_pia(app):
    return [line for line in app.ledger.journal.entries() if line.name == PIA.name]


def actor_of(person, app):
    return Actor(person.id, person.name, Via.DESK, person.roles, proved_at=app.clock.now())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_but_a_partners_own_is_unknown_to_a_partner(office, method):
    browser = signed_in(office, PIA)
    before = acts_of_pia(office)

    found = {
        screen.path
        for screen in SCREENS
        if screen.path not in ACCOUNT
        if browser.send(method, path_of(screen, office)).status != 404
        and (method == "GET" or screen.act)
    }

    assert found == (SEEN if method == "GET" else ACTED_ON)
    assert acts_of_pia(office) == before


@pytest.mark.parametrize(
    "page", ["", "/apercu", "/apercu/cadre", "/bon-a-tirer", "/accreditations"]
)
def test_a_campaign_that_does_not_name_them_is_as_unknown_as_one_that_does_not_exist(office, page):
    browser = signed_in(office, LEO)

    other, nowhere = (browser.get(f"{it}{page}") for it in (CAMPAIGN, "/campagnes/nowhere"))

    assert (other.status, nowhere.status) == (404, 404)
    assert other.text.replace(EXAMPLE, "nowhere") == nowhere.text


def test_no_page_of_a_partner_has_an_address_or_a_name_of_the_lists(office):
    browser = signed_in(office, PIA)
    first = browser.get(f"{CAMPAIGN}/apercu")
    numbers = sorted(set(re.findall(r"\?texte=(\d+)", first.text)))
    pages = [browser.get(f"{CAMPAIGN}{it}") for it in ("/bon-a-tirer", "/accreditations")]
    pages.append(browser.get("/"))
    for number in numbers:
        pages += [browser.get(f"{CAMPAIGN}/apercu{it}?texte={number}") for it in ("", "/cadre")]

    shown = unescape("".join(page.text for page in pages)).casefold()
    people = office.ledger.contacts.summaries()
    named = {
        word
        for each in people
        for word in (each.key, each.name)
        if word and word.casefold() in shown
    }

    assert all(page.status == 200 for page in pages)
    assert len(numbers) > 2
    assert len(people) > 10
    assert named == set()


def test_a_partner_signs_beside_the_office_and_never_in_its_place(office):
    browser = signed_in(office, PIA)
    version = browser.get(f"{CAMPAIGN}/bon-a-tirer").hidden("fingerprint")

    signed = browser.post(f"{CAMPAIGN}/bon-a-tirer", {"fingerprint": version})

    assert signed.status == 303
    assert 'class="good lead"' in browser.get(signed.location).text
    draft = office.drafts.draft(EXAMPLE)
    assert (len(draft.sign_offs), len(draft.partner_sign_offs)) == (0, 1)
    with pytest.raises(RuleError, match="needs 1 sign-off"):
        launched(office, draft)


def test_a_launch_waits_for_the_partner_and_says_whom_to_ask(office):
    name_partner(office, 'people = ["leo"]\nsigns = true')
    approve_campaign(EXAMPLE, actor=actor_of(SIG, office), drafts=office.drafts)

    with pytest.raises(RuleError, match="has not signed this version off") as refused:
        launched(office, office.drafts.draft(EXAMPLE))

    assert [problem.remedy.values for problem in refused.value.problems] == [{"names": "Léo Brun"}]
    name_partner(office, 'people = ["pia"]\nsigns = true')


def test_a_refusal_of_a_partner_holds_the_launch_until_they_are_no_longer_asked(office):
    browser = signed_in(office, PIA)
    version = browser.get(f"{CAMPAIGN}/bon-a-tirer").hidden("fingerprint")

    silent, refused = (
        browser.post(
            f"{CAMPAIGN}/bon-a-tirer", {"fingerprint": version, "decision": "refuse", "why": why}
        )
        for why in (" ", "Our name is wrong")
    )

    assert (silent.status, refused.status) == (422, 303)
    assert [each.by for each in office.drafts.draft(EXAMPLE).refusals] == [PIA.name]
    name_partner(office, 'people = ["pia"]')
    assert office.drafts.draft(EXAMPLE).refusals == ()
    asked = browser.post(f"{CAMPAIGN}/bon-a-tirer", {"fingerprint": version})
    assert asked.status == 422
    name_partner(office, 'people = ["pia"]\nsigns = true')


def asked_by(browser, address, **fields):
    form = {"address": address, "name": "Cy Roy", "organisation": "Radio Fictive", **fields}
    return browser.post(f"{CAMPAIGN}/accreditations", form)


def request_of(app, address):
    found = app.ledger.partner_requests.of_campaign(EXAMPLE)
    return [each for each in found if str(each.address) == address][-1]


def decided_by(browser, number, decision, **fields):
    return browser.post(
        f"{CAMPAIGN}/accreditations/demandes/{number}", {"decision": decision, **fields}
    )


def test_a_partner_asks_the_office_accepts_and_the_partner_sees_it(office):
    partner, signatory = signed_in(office, PIA), signed_in(office, SIG)
    page = f"{CAMPAIGN}/accreditations"

    asked = asked_by(partner, "cy@radio.example", seats="2", card_kind="CCIJP", card_number="77")
    number = request_of(office, "cy@radio.example").id
    waiting = partner.get(page).text
    task = f'href="{page}#demandes"'
    told = task in signed_in(office, SIG).get("/").text
    shown = f"{page}/demandes/{number}" in signatory.get(page).text
    decided = decided_by(signatory, number, "accepted")

    assert (asked.status, decided.status) == (303, 303)
    assert "has not decided yet" in waiting or "n’a pas encore décidé" in waiting
    assert (told, shown) == (True, True)
    assert 'class="tag accepted"' in partner.get(page).text
    assert task not in signatory.get("/").text
    (entry,) = [
        each
        for each in office.ledger.accreditations.of_campaign(EXAMPLE)
        if str(each.address) == "cy@radio.example"
    ]
    assert (entry.name, entry.seats, entry.card.number) == ("Cy Roy", 2, "77")
    assert [(line.action, line.name) for line in office.ledger.journal.entries(EXAMPLE)][-3:] == [
        ("request-place", PIA.name),
        ("accreditation", SIG.name),
        ("decide-place", SIG.name),
    ]


def test_a_refusal_needs_its_reason_and_the_partner_reads_it(office):
    partner, signatory = signed_in(office, PIA), signed_in(office, SIG)
    asked_by(partner, "dan@radio.example")
    number = request_of(office, "dan@radio.example").id

    silent = decided_by(signatory, number, "refused", reason=" ")
    refused = decided_by(signatory, number, "refused", reason="The room is full")
    again = decided_by(signatory, number, "accepted")

    assert (silent.status, refused.status, again.status) == (422, 303, 422)
    assert "The room is full" in partner.get(f"{CAMPAIGN}/accreditations").text
    register = office.ledger.accreditations.of_campaign(EXAMPLE)
    assert "dan@radio.example" not in {str(each.address) for each in register}


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "nobody"},
        {"name": " "},
        {"organisation": ""},
        {"seats": "21"},
        {"name": "x" * 201},
    ],
)
def test_a_request_that_lacks_something_is_shown_again_with_what_was_typed(office, fields):
    typed = {"address": "eve@radio.example", "card_kind": "a kind of card", **fields}
    before = office.ledger.partner_requests.of_campaign(EXAMPLE)

    answer = asked_by(signed_in(office, PIA), typed.pop("address"), **typed)

    assert answer.status == 422
    assert "a kind of card" in answer.text
    assert office.ledger.partner_requests.of_campaign(EXAMPLE) == before


def test_an_institution_sees_what_it_asked_for_and_nothing_of_another_or_of_the_register(office):
    asked_by(signed_in(office, PIA), "fay@radio.example")
    file = office.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    before = file.read_text("utf-8")
    file.write_text(f'{before}\n[[partners]]\nname = "Museum"\npeople = ["leo"]\n', "utf-8")

    asked_by(signed_in(office, LEO), "fay@radio.example", name="Fay of the museum")
    theirs = signed_in(office, LEO).get(f"{CAMPAIGN}/accreditations").text
    own = signed_in(office, PIA).get(f"{CAMPAIGN}/accreditations").text

    assert theirs.count("@radio.example") == 1
    assert "Fay of the museum" not in own
    file.write_text(before, "utf-8")


def test_the_same_person_is_asked_for_once_and_the_answer_tells_nothing_of_the_register(office):
    known = next(each for each in office.ledger.contacts.summaries() if each.name)
    partner = signed_in(office, PIA)

    first, second = (asked_by(partner, str(known.address), name="Gil Roy") for _each in "12")

    assert (first.status, second.status) == (303, 422)
    shown = unescape(partner.get(f"{CAMPAIGN}/accreditations").text)
    assert "Gil Roy" in shown
    assert known.name not in shown


def test_too_many_requests_that_wait_are_refused(office, monkeypatch):
    monkeypatch.setattr("mailer.operations.people.partner_requests.MOST_OPEN", 1)
    partner = signed_in(office, PIA)
    asked_by(partner, "hal@radio.example")

    assert asked_by(partner, "ida@radio.example").status == 422


def test_a_partner_has_no_other_role(office):
    with pytest.raises(RuleError, match="no other role"):
        change_roles(
            LEO.id,
            [Role.PARTNER, Role.READER],
            before=LEO.roles,
            actor=actor_of(ADA, office),
            ledger=office.ledger,
            now=office.clock.now(),
        )


def launched(app, draft):
    return launch_campaign(
        EXAMPLE,
        confirm=first_audience_size(draft),
        signatures_required=1,
        actor=actor_of(SIG, app),
        drafts=app.drafts,
        back_up=False,
    )


def test_a_person_of_a_partner_without_an_account_is_refused_at_the_field(office):
    browser = signed_in(office, SIG)
    here, field = f"{CAMPAIGN}/faits", "partners.1.people"

    def save(people):
        return browser.post(here, {"base": browser.get(here).hidden("base"), field: people})

    by_name, of_office, both = save("Pia Sauvage"), save("pia, ada"), save("pia, leo")

    assert by_name.status == of_office.status == 422
    assert f'id="{field}-wrong-1"' in by_name.text
    assert "«\u00a0Pia Sauvage\u00a0»" in by_name.text
    assert "leo, pia" in by_name.text
    assert "«\u00a0ada\u00a0»" in of_office.text
    assert "«\u00a0pia\u00a0»" not in of_office.text
    assert both.status == 303
    name_partner(office, 'people = ["pia"]\nsigns = true')
