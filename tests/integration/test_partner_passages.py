"""Several institutions each sign their own passages and name."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from mailer.calendar.instants import read_instant
from mailer.cli.terminal.remedies import command_line
from mailer.errors import RuleError
from mailer.model.address import Address
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.person import Role
from mailer.operations.campaigns.approval.partner_approval import refuse_as_partner, sign_as_partner
from mailer.operations.campaigns.launching.launch import launch_campaign
from mailer.operations.campaigns.plans.plan import plan_campaign
from mailer.operations.campaigns.previews.static_preview import static_preview
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners
from mailer.service.service import Service
from mailer.web.serving import desk_of
from tests.counterparts.desk import PORT, Browser, give_password, signed_in
from tests.counterparts.signing_links import (
    CLAIRE,
    CONFIG,
    NADIA,
    PUBLIC,
    WITH_ADDRESS,
    links,
    mails_in_outbox,
    mails_of_test,
    parts,
    signing_office,
)
from tests.counterparts.team import a_person
from tests.desk.signatories import actor, sign, write
from tests.desk.visitors import EXAMPLE

PIA = a_person("Pia Sauvage", Role.PARTNER, address=Address.parse("pia@academie.example"))
PIAS = "une phrase de Pia seule"
ACADEMY, MEDICINE = "Académie des sciences", "Académie nationale de médecine"
CAMPAIGN = f"/campagnes/{EXAMPLE}"
SIGN = {"decision": "sign", "password": PIAS}
PASSAGE = """
::: passage académie des sciences
L’Académie accueille la journée le {{ event.date }} dans sa grande salle.
:::

> Nous ouvrons nos portes.
>
> — Yves Renard, président de l’Académie des sciences

::: à propos
- Académie des sciences
- Académie nationale de médecine
:::
"""
FIRST = read_instant("2017-12-04T09:30", zone="Europe/Paris")


def an_office(folder, config=CONFIG):
    app = signing_office(folder, config)
    app.ledger.team.add([PIA], actor=PROGRAM, at=app.clock.now())
    give_password(app, PIA, PIAS)
    edit(
        app,
        "campaign.toml",
        "[[partners]]\n",
        '[[partners]]\npeople = ["pia"]\nsigns = "passages"\n',
    )
    edit(app, "announcement.md", "\n## Deux formes", f"{PASSAGE}\n## Deux formes")
    return app


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path) as app:
        yield app


@pytest.fixture
def public(tmp_path):
    """The same office, whose mails have links to the desk."""
    with an_office(tmp_path, WITH_ADDRESS) as app:
        yield app


def edit(app, file, old, new):
    """Save a change of a file as Nadia."""
    opened = app.revisions.open_campaign(EXAMPLE)
    text = opened.files[file].decode()
    assert old in text
    app.revisions.save_files(
        EXAMPLE,
        {file: text.replace(old, new, 1).encode()},
        base=opened.head.number,
        actor=actor(app, NADIA.name),
    )


def pia():
    return Actor(PIA.id, PIA.name, Via.CLI, PIA.roles)


def asked(app):
    (found,) = asked_partners(app.drafts.draft(EXAMPLE))
    return found


def launched(app):
    return launch_campaign(
        EXAMPLE,
        confirm=64,
        signatures_required=1,
        actor=actor(app, NADIA.name),
        drafts=app.drafts,
        back_up=False,
    )


def test_a_partner_signs_what_the_text_says_in_its_name_and_no_more(office):
    words = [(each.part, each.language, " ".join(each.lines)) for each in asked(office).words.words]

    said = [text for part, language, text in words if (part, language) == ("passage", "fr")]
    assert ("name", "", ACADEMY) in words
    assert ("page", "", "https://www.academie.example/") in words
    assert "L’Académie accueille la journée le samedi 9 décembre 2017 dans sa grande salle." in said
    assert any(
        text.endswith("— Yves Renard, président de l’Académie des sciences") for text in said
    )
    assert any(text.startswith(f"{ACADEMY} ") for text in said)  # what it says of itself
    assert not any(MEDICINE in text or "Vivre avec une maladie" in text for text in said)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("announcement.md", "Vivre avec", "Habiter avec"),
        ("campaign.toml", 'role = "partenaire de la rencontre"', 'role = "partenaire fidèle"'),
        ("reminder.md", "\n", "\nUn mot de plus.\n"),
        ("announcement.md", "grande salle.\n", "grande  salle.\n"),
    ],
)
def test_a_change_elsewhere_or_of_blanks_leaves_its_signature_in_force(office, file, old, new):
    sign_as_partner(EXAMPLE, actor=pia(), drafts=office.drafts)
    before = office.drafts.draft(EXAMPLE).fingerprint

    edit(office, file, old, new)

    assert office.drafts.draft(EXAMPLE).fingerprint != before or "  " in new
    assert asked(office).signed.by == PIA.name


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("announcement.md", "grande salle", "petite salle"),
        ("announcement.md", "ouvrons nos portes", "fermons nos portes"),
        ("campaign.toml", "academie.example/", "academie.example/presse"),
        ("campaign.toml", "qu’elle accueille", "qu’elle reçoit"),
        ("campaign.toml", "ends_at = 2017-12-09", "ends_at = 2017-12-10"),
    ],
)
def test_a_change_of_its_passages_voids_it_and_says_what_and_since_whom(office, file, old, new):
    sign_as_partner(EXAMPLE, actor=pia(), drafts=office.drafts)

    edit(office, file, old, new)

    assert asked(office).signed is None
    shown = signed_in(office, PIA).get(f"{CAMPAIGN}/bon-a-tirer").text
    assert "<del>" in shown
    assert "<ins>" in shown
    assert NADIA.name in shown
    with pytest.raises(RuleError, match="were changed after Pia Sauvage signed them off"):
        launched(office)


def test_the_launch_waits_for_it_beside_the_office_and_an_edit_asks_only_the_office_again(office):
    sign_as_partner(EXAMPLE, actor=pia(), drafts=office.drafts)
    write(office, NADIA.name, "Un mot de plus.")

    with pytest.raises(RuleError) as refused:
        launched(office)
    assert len(refused.value.problems) == 1  # the office has not signed
    sign(office, CLAIRE.name)

    assert len(launched(office).mailings) > 1


def test_a_refusal_holds_the_launch_until_its_passages_change(office):
    sign(office, CLAIRE.name)
    refuse_as_partner(EXAMPLE, why="Our name", actor=pia(), drafts=office.drafts)

    plan = plan_campaign(EXAMPLE, drafts=office.drafts)
    assert "Our name" in str(plan.partners[0].state)
    assert [each.by for each in plan.refused_by] == [PIA.name]
    write(office, NADIA.name, "Un mot de plus.")
    assert office.drafts.draft(EXAMPLE).refusals
    edit(office, "announcement.md", "grande salle", "petite salle")
    assert office.drafts.draft(EXAMPLE).refusals == ()


def test_nobody_of_the_office_signs_for_it(office):
    with pytest.raises(RuleError, match="may not sign off for a partner"):
        sign_as_partner(EXAMPLE, actor=actor(office, CLAIRE.name), drafts=office.drafts)
    sign(office, CLAIRE.name)

    assert asked(office).signed is None


def test_at_the_desk_it_sees_its_passages_framed_in_the_whole_mail_and_signs_them(office):
    browser = signed_in(office, PIA)
    frame = browser.get(f"{CAMPAIGN}/apercu/cadre").text
    page = browser.get(f"{CAMPAIGN}/bon-a-tirer")

    signed = browser.post(f"{CAMPAIGN}/bon-a-tirer", {"fingerprint": page.hidden("fingerprint")})

    framed = [each for each in frame.split("<")[1:] if "3px solid #b35900" in each]
    assert any("grande salle" in each for each in framed)
    assert not any("Vivre avec une maladie" in each for each in framed)
    assert "Vivre avec une maladie" in frame
    assert page.hidden("fingerprint") == asked(office).fingerprint
    assert (signed.status, asked(office).signed.by) == (303, PIA.name)
    (line,) = office.ledger.journal.entries(EXAMPLE, action="sign-off")
    assert (line.name, line.detail) == (PIA.name, asked(office).fingerprint)
    of_office = signed_in(office, CLAIRE).get(f"{CAMPAIGN}/bon-a-tirer").text
    assert "its passages are signed off by Pia Sauvage" in of_office


def test_what_was_shown_before_a_change_of_its_passages_is_not_signed(office):
    browser = signed_in(office, PIA)
    page = browser.get(f"{CAMPAIGN}/bon-a-tirer")
    edit(office, "announcement.md", "grande salle", "petite salle")

    late = browser.post(f"{CAMPAIGN}/bon-a-tirer", {"fingerprint": page.hidden("fingerprint")})

    assert late.status == 422
    assert asked(office).signed is None


def link_to(app):
    """The link of the mail that reminds Pia a day before, and what it opens for a stranger."""
    app.clock.wait_until(FIRST - timedelta(hours=20))
    Service(app, instruct=command_line).notify_team(lambda _alert: None)
    mails = mails_in_outbox(app)
    text, _html = parts(mails["pia@academie.example"][0])
    (link,) = links(text)
    return text, urlsplit(link).path


def test_a_reminder_leads_it_to_a_page_that_wants_its_password_and_survives_an_edit_elsewhere(
    public,
):
    text, path = link_to(public)
    write(public, NADIA.name, "Un mot de plus.")
    stranger = Browser(desk_of(public, port=PORT), host=PUBLIC)
    own = {"origin": f"https://{PUBLIC}"}
    sign(public, CLAIRE.name)
    before = public.ledger.mailings.sign_offs(EXAMPLE)

    page, frame = stranger.get(path), stranger.get(f"{path}/cadre")
    wrong = stranger.post(path, SIGN | {"password": "une autre phrase"}, own)
    unchanged = public.ledger.mailings.sign_offs(EXAMPLE) == before
    signed = stranger.post(path, SIGN, own)

    assert f"in the name of {ACADEMY}" in text
    assert (page.status, frame.status, wrong.status, unchanged) == (200, 200, 422, True)
    assert "grande salle" in page.text
    assert "press, associations" not in page.text  # nothing of the lists
    assert (signed.status, asked(public).signed.by) == (303, PIA.name)
    assert public.ledger.journal.entries(EXAMPLE, action="sign-off")[-1].via is Via.LINK


def test_its_link_signs_nothing_after_an_edit_of_its_passages(public):
    _text, path = link_to(public)
    edit(public, "announcement.md", "grande salle", "petite salle")
    stranger = Browser(desk_of(public, port=PORT), host=PUBLIC)

    page = stranger.get(path)
    late = stranger.post(path, SIGN, {"origin": f"https://{PUBLIC}"})

    assert "has changed since this mail" in page.text
    assert late.status == 422
    assert asked(public).signed is None


def test_whoever_has_signed_is_not_reminded_and_no_signatory_for_a_missing_partner(public):
    sign(public, CLAIRE.name)
    link_to(public)
    reminded = public.ledger.journal.entries(EXAMPLE, action="remind-signatory")

    assert [each.detail.partition(":")[0] for each in reminded] == ["pia"]


def test_a_partner_who_reads_tests_is_asked_in_them(public):
    asking, _html = parts(mails_of_test(public, PIA.address)[str(PIA.address)])
    sign_as_partner(EXAMPLE, actor=pia(), drafts=public.drafts)
    silent, _html = parts(mails_of_test(public, PIA.address)[str(PIA.address)])

    assert (len(links(asking)), len(links(silent))) == (1, 0)


def test_the_page_for_signatories_says_who_has_still_to_sign(office):
    shown = static_preview(
        EXAMPLE, signed_texts=office.signed_texts, drafts=office.drafts, composer=office.composer
    )

    assert f"{ACADEMY} has still to sign its passages off: {PIA.name}." in map(str, shown.partners)


def test_a_campaign_without_such_partners_has_the_fingerprint_that_it_had(office):
    opened = office.revisions.open_campaign(EXAMPLE)
    with_passages = office.drafts.draft(EXAMPLE)
    plain = opened.files["announcement.md"].decode()
    for mark in ("::: passage académie des sciences\n", "grande salle.\n:::\n"):
        plain = plain.replace(mark, "grande salle.\n" if "salle" in mark else "")
    (office.workspace / "campaigns" / EXAMPLE / "announcement.md").write_text(plain, "utf-8")

    without = office.drafts.draft(EXAMPLE)

    assert without.fingerprint == with_passages.fingerprint
    assert asked(office).fingerprint != without.fingerprint
