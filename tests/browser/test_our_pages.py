"""The pages that the program writes, on a telephone and by keyboard: preview, report, look."""

import pytest

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.pages.preview import write_preview
from mailer.pages.report import write_report
from tests.browser.test_pages import axe_violations
from tests.integration.test_pages import (
    ENGLISH,
    PEOPLE,
    a_draft,
    a_person,
    a_report,
    a_sample,
)

TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The pages by name."""
    folder = tmp_path_factory.mktemp("pages")
    people = (
        *PEOPLE,
        a_person(
            DeliveryStatus.BOUNCED,
            9,
            name="Maximilienne-Alexandrine de La Rochefoucauld-Montmorency",
            address="maximilienne.alexandrine.de.la.rochefoucauld@redaction-nationale.example",
            organisation="Fédération nationale des associations de patients",
            phone="01 99 00 00 68",
            reason="user-unknown",
        ),
    )
    report = write_report(
        folder / "report",
        a_report(*people, accreditations={AccreditationState.ACCEPTED: 5}),
        say=str,
        language="en",
    )
    preview = write_preview(
        folder / "preview",
        draft=a_draft(),
        samples=[a_sample(), a_sample(variant=ENGLISH)],
        findings=(),
        say=str,
        language="en",
    )
    return {"report": report, "preview": preview}


@pytest.mark.parametrize("name", ["report", "preview"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_telephone_and_nothing_scrolls_sideways(
    page, axe, written, name, scheme
):
    page.set_viewport_size(TELEPHONE)
    page.emulate_media(color_scheme=scheme)
    page.set_content(written[name].read_text("utf-8"), wait_until="domcontentloaded")

    page.evaluate(axe)  # not as a tag: the policy of the page runs none

    assert axe_violations(page, {"iframes": False}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


def test_on_a_telephone_every_person_to_call_is_a_card_with_a_number_to_touch(page, written):
    page.set_viewport_size(TELEPHONE)
    page.set_content(written["report"].read_text("utf-8"), wait_until="domcontentloaded")

    links = page.locator("a[href^='tel:']")

    assert links.count() == 5
    for link in links.all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= TELEPHONE["width"]
        assert box["height"] >= 24  # WCAG 2.2, 2.5.8


def test_the_mail_is_on_the_first_screen_of_the_preview(page, written):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(written["preview"].as_uri(), wait_until="domcontentloaded")

    frame = page.locator("iframe:visible").first

    assert frame.bounding_box()["y"] < 450


def test_13_on_a_telephone_the_steps_scroll_and_leave_the_screen_to_the_mail(page, written):
    page.set_viewport_size(TELEPHONE)
    page.goto(written["preview"].as_uri(), wait_until="domcontentloaded")

    steps = page.locator("nav")

    assert steps.evaluate("it => it.scrollHeight > it.clientHeight")
    assert steps.bounding_box()["height"] <= 160
    assert page.locator("iframe:visible").first.bounding_box()["y"] < 1000
