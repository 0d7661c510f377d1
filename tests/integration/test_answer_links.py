"""Answering by one click: only a pressed button acts, on the person the message was written to."""

import pytest

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.operations.people.accreditations import Ruling, register_accreditation
from tests.counterparts.answers import AnswerOffice
from tests.counterparts.builders import ACTOR, NOON, after
from tests.counterparts.empty_ledger import empty_ledger

BEFORE_DEADLINE, AFTER_DEADLINE, AFTER_EVENT = after(days=1), after(days=4), after(days=6)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Makes an office with the given rules of accreditation."""
    monkeypatch.setenv("LINK_KEY", "k" * 40)
    offices = []

    def make(rules="", **more):
        offices.append(
            AnswerOffice(tmp_path, empty_ledger(tmp_path / "ledger.db"), rules=rules, **more)
        )
        return offices[-1]

    yield make
    for each in offices:
        each.close()


def everything(office):
    """All that an act could change."""
    ledger = office.ledger
    return (
        office.register(),
        ledger.suppressions.all(),
        [(each.action, each.detail) for each in ledger.journal.entries()],
        [ledger.accreditations.history("meeting", each.address) for each in office.deliveries],
    )


def test_a_scanner_that_opens_every_link_of_500_mails_changes_nothing(office):
    office = office(count=500)
    before = everything(office)

    for name in ("answer_url", "undo_url", "unsubscribe_url"):
        links = [office.link(number, name) for number in range(500)]
        for method in ("GET", "HEAD"):
            assert office.statuses(method, links) == {200}
    for method in ("OPTIONS", "PUT", "DELETE"):
        assert office.ask(method, office.link(0)).status == 405

    assert everything(office) == before


def test_a_post_without_a_button_changes_nothing(office):
    office = office()
    before = everything(office)

    assert office.ask("POST", office.link(0)).status == 400
    assert office.ask("POST", office.link(0), act="all").status == 400
    assert office.ask("POST", office.link(0), name="Camille").status == 400

    assert everything(office) == before


def test_who_presses_i_come_is_accredited_and_reads_so_on_every_later_visit(office):
    office = office("total = 2")

    pressed = office.press(
        0, "comes", name="Camille Petit", organisation="Le Soir", card_number="42"
    )

    assert "Vous êtes accrédité" in pressed.text
    for _visit in range(3):
        opened = office.open(0)
        assert opened.status == 200
        assert "Vous êtes accrédité" in opened.text
        assert "Noté le lundi 4 décembre 2017" in opened.text
    (entry,) = office.ledger.accreditations.of_campaign("meeting")
    assert (entry.name, entry.organisation, entry.card.number) == ("Camille Petit", "Le Soir", "42")
    assert entry.card.purge_at is not None
    assert "42" not in opened.text.partition("Numéro")[0]


def test_the_same_button_twice_is_one_answer(office):
    office = office()

    office.press(0, "comes")
    office.press(0, "comes")

    (entry,) = office.ledger.accreditations.of_campaign("meeting")
    assert entry.answer == 1
    assert office.register() == {"reader0": "accepted"}


def test_an_answer_can_be_changed_as_often_as_one_likes(office):
    office = office()

    for act, said in (
        ("comes", "accrédité"),
        ("declines", "ne viendrez pas"),
        ("comes", "accrédité"),
    ):
        assert said in office.press(0, act).text

    assert office.register() == {"reader0": "accepted"}


def test_who_is_accredited_brings_a_second_person_by_the_link_while_there_is_room(office):
    office = office("total = 3")
    office.press(0, "comes", freelance="yes")
    office.press(1, "comes")

    opened = office.open(0)
    changed = office.press(0, "comes", seats="2", freelance="yes")
    refused = office.press(1, "comes", seats="2")

    seats = {
        each.address.local: (each.state.value, each.seats, each.is_freelance)
        for each in office.ledger.accreditations.of_campaign("meeting")
    }
    assert "enregistrer ce que j’ai changé" in opened.text
    assert 'value="yes" checked' in opened.html
    assert 'value="2"' in changed.html
    assert "pas assez de places" in refused.text
    assert seats == {"reader0": ("accepted", 2, True), "reader1": ("accepted", 1, False)}


def test_a_second_person_after_the_deadline_is_refused_and_the_first_place_stays(office):
    office = office("total = 9")
    office.press(0, "comes")
    office.app.clock.wait_until(AFTER_DEADLINE)

    refused = office.press(0, "comes", seats="2")

    assert "La date limite est passée" in refused.text
    (entry,) = office.ledger.accreditations.of_campaign("meeting")
    assert (entry.state.value, entry.seats) == ("accepted", 1)


def test_above_the_quota_the_page_says_so_and_offers_the_waiting_list(office):
    office = office("total = 1")
    office.press(0, "comes")

    opened = office.open(1)
    pressed = office.press(1, "comes")

    assert "Toutes les places sont prises" in opened.text
    assert "M’inscrire sur la liste d’attente" in opened.text
    assert "sur la liste d’attente" in pressed.text
    assert "accrédité." not in pressed.text
    assert office.register() == {"reader0": "accepted", "reader1": "waiting"}


def test_a_page_that_was_opened_before_the_last_place_went_gives_no_second_one(office):
    office = office("total = 1")
    assert "M’inscrire" not in office.open(1).text

    office.press(0, "comes")
    office.press(1, "comes")

    assert office.register() == {"reader0": "accepted", "reader1": "waiting"}


def test_after_the_deadline_the_page_says_so_and_takes_the_wish_for_the_waiting_list_only(office):
    office = office("total = 9")
    office.app.clock.wait_until(AFTER_DEADLINE)

    opened = office.open(0)
    office.press(0, "comes")

    assert "La date limite est passée" in opened.text
    assert office.register() == {"reader0": "waiting"}


def test_who_came_in_time_may_still_withdraw_after_the_deadline_and_the_next_one_gets_the_place(
    office,
):
    office = office("total = 1")
    office.press(0, "comes")
    office.press(1, "comes")
    office.app.clock.wait_until(AFTER_DEADLINE)

    office.press(0, "declines")

    assert office.register() == {"reader0": "declined", "reader1": "accepted"}


def test_a_link_ends_with_the_event(office):
    office = office()
    office.app.clock.wait_until(AFTER_EVENT)

    opened = office.open(0)
    office.press(0, "comes")

    assert opened.status == 200
    assert "L’événement est passé" in opened.text
    assert "<form" not in opened.html
    assert office.register() == {}


def test_a_forwarded_link_asks_who_is_there_and_touches_the_first_person_in_nothing(office):
    office = office("total = 5")
    office.press(0, "comes")
    before = office.ledger.accreditations.of_campaign("meeting")

    opened = office.open(0)
    pressed = office.press(
        0, "other", name="Bo Martin", organisation="La Croix", address="bo@ailleurs.example"
    )

    assert "Vous n’êtes pas Reader 0 ?" in opened.text
    assert "La demande est notée" in pressed.text
    after_it = {
        each.address.local: each for each in office.ledger.accreditations.of_campaign("meeting")
    }
    assert after_it["reader0"] == before[0]
    assert after_it["bo"].state is AccreditationState.ASKED


def test_nobody_answers_for_somebody_of_the_register_by_a_forwarded_link(office):
    office = office()
    office.press(1, "declines")
    before = office.ledger.accreditations.of_campaign("meeting")

    pressed = office.press(0, "other", name="X", address=str(office.deliveries[1].address))

    assert "La demande est notée" in pressed.text
    assert office.ledger.accreditations.of_campaign("meeting") == before


@pytest.mark.parametrize(
    "typed", [{}, {"name": "Bo"}, {"name": "Bo", "address": "bo"}, {"address": "bo@x.example"}]
)
def test_a_request_without_a_name_or_an_address_is_asked_again_and_keeps_what_was_typed(
    office, typed
):
    office = office()

    refused = office.press(0, "other", **typed)

    assert refused.status == 422
    assert "Rien n’a été enregistré" in refused.text
    assert all(f'value="{text}"' in refused.html for text in typed.values())
    assert office.register() == {}


def test_a_substitute_takes_over_the_place(office):
    office = office("total = 1")
    office.press(0, "comes")
    office.press(1, "comes")

    pressed = office.press(0, "substitute", name="Bo Martin", address="bo@journal.example")

    assert "ne viendrez pas" in pressed.text
    assert office.register() == {"reader0": "declined", "bo": "accepted", "reader1": "waiting"}


def test_a_machine_that_pressed_is_undone_by_the_mail_about_the_answer_and_the_place_is_not_lost(
    office,
):
    office = office("total = 1")
    office.press(0, "comes")
    office.press(1, "comes")
    office.press(0, "declines")
    assert office.register() == {"reader0": "declined", "reader1": "accepted"}
    assert "Ce n’était pas moi" not in office.open(1).text
    told = office.deliveries[0]
    office.deliveries[0] = a_delivery_about_answer(office, told, answer=2)

    opened = office.open(0, link="undo_url")
    undone = office.press(0, "undo", link="undo_url")

    assert "Ce n’était pas moi" in opened.text
    assert "Cette réponse a été annulée" in undone.text
    assert office.register() == {"reader0": "accepted", "reader1": "accepted"}
    again = office.press(0, "undo", link="undo_url")
    assert again.status == 422
    assert office.register() == {"reader0": "accepted", "reader1": "accepted"}


def a_delivery_about_answer(office, delivery, *, answer):
    """The mail that confirms an answer, as the triggered step sends it."""
    from dataclasses import replace

    from mailer.model.mailings.mailing import AudienceRule
    from mailer.model.mailings.message import DeliveryId
    from tests.counterparts.builders import a_mailing

    mailing = a_mailing(
        "declined", rule=AudienceRule(("press",), only=("declined",), on="declined")
    )
    mail = replace(delivery, id=DeliveryId("z" * 26), mailing_id=mailing.id, answer=answer)
    office.ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    office.ledger.mailings.start(mailing.id, deliveries=[mail], exclusions=(), at=NOON)
    return mail


def test_a_decision_of_the_office_is_not_undone_by_a_link(office):
    office = office()
    register_accreditation(
        "meeting",
        office.deliveries[0].address,
        ruling=Ruling(AccreditationState.REFUSED, reason="hors sujet"),
        actor=ACTOR,
        ledger=office.ledger,
        now=NOON,
    )

    opened = office.open(0)
    for act in ("comes", "declines", "undo"):
        assert office.press(0, act).status == 422

    assert "hors sujet" in opened.text
    assert office.register() == {"reader0": "refused"}


@pytest.mark.parametrize("change", ["x", "", "aa"])
def test_an_altered_link_opens_nothing_and_says_nothing_of_anybody(office, change):
    office = office()
    link = office.link(0)[:-2] + change

    assert office.ask("GET", link).status == 404
    assert office.ask("POST", link, act="comes").status == 404
    assert "Petit" not in office.ask("GET", link).text
    assert office.register() == {}


def test_the_token_of_an_unsubscribe_link_answers_nothing(office):
    office = office()
    token = office.link(0, "unsubscribe_url").rpartition("/")[2]

    assert office.ask("POST", f"/stop/answer/{token}", act="comes").status == 404
    assert office.register() == {}


def test_who_asked_to_be_forgotten_has_no_page_any_more(office):
    office = office()
    link = office.link(0)
    office.ledger.erasure.forget(office.deliveries[0].address, actor=ACTOR, why="", at=NOON)

    assert office.ask("GET", link).status == 404


def test_a_campaign_that_cannot_be_read_accepts_nobody_and_asks_to_come_back(office):
    office = office()
    (office.folder / "campaigns" / "meeting" / "campaign.toml").write_text("kind = ", "utf-8")

    opened, pressed = office.open(0), office.press(0, "comes")

    assert opened.status == pressed.status == 503
    assert opened.headers["retry-after"]
    assert office.register() == {}


def test_the_page_has_no_script_no_link_to_elsewhere_and_nothing_chosen(office):
    office = office()

    page = office.open(0)

    assert "<script" not in page.html
    assert "checked" not in page.html.replace("checked-", "")
    assert 'http-equiv="refresh"' not in page.html
    assert page.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("payload", ["<script>x</script>", '"><img src=x onerror=x>'])
def test_what_is_typed_is_shown_as_text(office, payload):
    office = office()

    page = office.press(0, "comes", name=payload, organisation=payload)

    assert payload not in page.html
    assert payload in page.text


def test_in_english_for_who_asks_for_it(office):
    office = office()

    page = office.ask("GET", office.link(0) + "?lang=en")

    assert "I do not come" in page.text
    assert '<html lang="en"' in page.html
