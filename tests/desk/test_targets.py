"""Quotas, the rule of the waiting list and the targets of steps are set in forms."""

import re

from tests.desk.visitors import CAMPAIGN, EXAMPLE

FACTS = f"{CAMPAIGN}/faits"
STEP = f"{CAMPAIGN}/calendrier/announcement"


def base(page):
    return re.search(r'name="base" value="(\d+)"', page.html)[1]


def save(visitor, path=FACTS, **fields):
    page = visitor.get(path)
    return visitor.post(path, base=base(page), **fields)


def test_the_places_of_an_event_are_set_on_screen_and_hold_at_once(desk):
    visitor = desk.visitor()

    done = save(
        visitor,
        **{
            "accreditation.total": "40",
            "accreditation.per_outlet": "2",
            "accreditation.order": "next-that-fits",
            "accreditation.confirm_within_hours": "24",
        },
    )

    rules = desk.app.drafts.terms(EXAMPLE).rules
    assert done.status == 303
    assert (rules.total, rules.per_outlet, rules.confirm_within_hours) == (40, 2, 24)
    assert rules.order.value == "next-that-fits"
    assert "sur 40" in visitor.get(f"{CAMPAIGN}/accreditations").text


def test_whom_a_step_is_for_is_set_on_screen_and_the_count_follows(desk):
    visitor = desk.visitor()
    file = desk.app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    comments = re.findall(r"#[^\n]*", file.read_text("utf-8"))
    recipients = f"{CAMPAIGN}/destinataires/announcement"
    before = visitor.get(recipients).text

    done = save(
        visitor,
        STEP,
        **{"steps.announcement.exclude": "associations", "steps.announcement.most_per_week": "9"},
    )

    after = visitor.get(recipients).text
    assert done.status == 303
    assert f"{STEP}#steps.announcement.to" in visitor.get(recipients).html
    assert before != after
    step = next(e for e in desk.app.campaigns.load(EXAMPLE).steps if e.id == "announcement")
    assert (step.target.exclude, step.target.most_per_week) == (("associations",), 9)
    assert re.findall(r"#[^\n]*", file.read_text("utf-8")) == comments


def test_a_number_that_is_none_is_refused_at_its_field_and_kept(desk):
    refused = save(desk.visitor(), **{"accreditation.total": "beaucoup"})

    assert refused.status == 422
    assert 'id="accreditation.total-wrong-1"' in refused.html
    assert 'value="beaucoup"' in refused.html
