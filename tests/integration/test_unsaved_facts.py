"""What is typed into the facts is kept for its author, and never enters the history by itself."""

import re

from tests.counterparts.form_browser import Browser, forms_of

SLUG = "2017-12-09-recherche-associations"
FACTS = f"/campagnes/{SLUG}/faits"


def typed(page, **changed):
    return dict(forms_of(page.text)[FACTS]) | changed


def kept_in(page):
    return re.findall(r'href="([^"]+\?brouillon=[^"]+)"', page.text)


def test_facts_that_are_being_typed_come_back_in_another_tab_with_every_field(app, ada):
    fields = typed(ada.get(FACTS), **{"event.venue": "Ailleurs", "event.starts_at.hour": "99"})

    kept = ada.post(f"{FACTS}/brouillon", fields, accept="application/json")

    (address,) = kept_in(ada.get(FACTS))
    shown = dict(forms_of(ada.get(address).text)[FACTS])
    assert kept.status == 200
    assert (shown["event.venue"], shown["event.starts_at.hour"]) == ("Ailleurs", "99")
    assert shown["base"] == fields["base"]
    assert app.revisions.open_campaign(SLUG).head.number == 1


def test_what_somebody_types_is_shown_to_nobody_else(app, ada):
    ada.post(f"{FACTS}/brouillon", typed(ada.get(FACTS), **{"event.venue": "Secret"}))

    theirs = Browser(app, "Bea").get(FACTS)

    assert kept_in(theirs) == []
    assert "Secret" not in theirs.text


def test_a_save_ends_the_unsaved_version_of_its_tab_alone(ada):
    first, second = typed(ada.get(FACTS)), typed(ada.get(FACTS), **{"event.venue": "Là"})
    ada.post(f"{FACTS}/brouillon", first | {"event.theme": "Autre"})
    ada.post(f"{FACTS}/brouillon", second)

    saved = ada.post(FACTS, second)

    (address,) = kept_in(ada.get(FACTS))
    assert saved.status == 303
    assert first["tab"] in address


def test_what_was_kept_once_more_while_it_was_saved_is_not_offered_as_unsaved(ada):
    fields = typed(ada.get(FACTS), **{"event.venue": "Là"})
    ada.post(FACTS, fields)
    ada.post(f"{FACTS}/brouillon", fields)

    assert kept_in(ada.get(FACTS)) == []


def test_what_was_thrown_away_is_gone(ada):
    fields = typed(ada.get(FACTS), **{"event.venue": "Ailleurs"})
    ada.post(f"{FACTS}/brouillon", fields)

    thrown = ada.post(f"{FACTS}/abandonner", {"scratch": fields["tab"]})

    assert thrown.status == 303
    assert kept_in(ada.get(FACTS)) == []


def test_a_conflict_about_facts_keeps_what_was_typed(app, ada):
    mine = typed(ada.get(FACTS), **{"event.venue": "Chez moi"})
    bea = Browser(app, "Bea")
    bea.submit(bea.get(FACTS), FACTS, **{"event.venue": "Chez elle"})

    refused = ada.post(FACTS, mine)

    (address,) = kept_in(ada.get(FACTS))
    assert refused.status == 409
    assert dict(forms_of(ada.get(address).text)[FACTS])["event.venue"] == "Chez moi"


def test_a_version_that_nobody_kept_is_no_error(ada):
    assert ada.get(f"{FACTS}?brouillon=rien").status == 200
