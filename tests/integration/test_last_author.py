"""Whoever wrote the last change of a campaign is never the only one who signs it off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import RuleError
from mailer.model.drafts.revision import Revision
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.actor import PROGRAM, Via
from mailer.model.team.person import Person, Role
from mailer.operations.amendments.act import (
    approve_what_is_open,
    draft_amendment,
    launch_amendment,
)
from mailer.operations.campaigns.plans.plan import plan_campaign
from mailer.operations.campaigns.sign_offs.sign_offs import (
    is_by_author_alone,
    is_signed_by_author_alone,
    signed_by,
)
from tests.counterparts.builders import NOON
from tests.counterparts.desk import signed_in
from tests.counterparts.drafts import a_draft
from tests.desk.signatories import ALONE, actor, launch, office, sign, write
from tests.desk.visitors import EXAMPLE


def test_who_wrote_the_last_change_does_not_sign_alone_and_is_told_who_may(tmp_path):
    with office(tmp_path) as app:
        write(app, "Ada Morel", "Une phrase.")

        with pytest.raises(RuleError) as refused:
            sign(app, "Ada Morel")
        sign(app, "Bea Roy")

        (problem,) = refused.value.problems
        assert "Ada Morel wrote the last change" in str(problem.what)
        assert str(problem.remedy).endswith("signs it off: Bea Roy.")
        assert plan_campaign(EXAMPLE, drafts=app.drafts).signed_by == ("Bea Roy",)
        assert launch(app).mailings


def test_after_the_change_of_another_the_earlier_author_may_sign(tmp_path):
    with office(tmp_path) as app:
        write(app, "Ada Morel", "Une phrase.")
        write(app, "Nadia Leroy", "Une autre.")

        assert sign(app, "Ada Morel").by == "Ada Morel"


def test_an_author_whose_change_another_has_signed_may_sign_the_same_text_again(tmp_path):
    with office(tmp_path) as app:
        write(app, "Ada Morel", "Une phrase.")
        sign(app, "Bea Roy")

        assert sign(app, "Ada Morel").by == "Ada Morel"


def test_a_change_after_the_signature_of_another_needs_another_again(tmp_path):
    with office(tmp_path) as app:
        write(app, "Ada Morel", "Une phrase.")
        sign(app, "Bea Roy")
        write(app, "Ada Morel", "Une phrase de plus.")

        with pytest.raises(RuleError):
            sign(app, "Ada Morel")


def test_a_change_in_the_folder_hides_nobody_who_wrote_before_it(tmp_path):
    with office(tmp_path) as app:
        write(app, "Ada Morel", "Une phrase.")
        text = app.campaigns.folder(EXAMPLE) / "announcement.md"
        text.write_text(f"{text.read_text('utf-8')}\nUne autre.\n", "utf-8")

        with pytest.raises(RuleError):
            sign(app, "Ada Morel")


def test_taking_an_earlier_version_back_is_writing_too(tmp_path):
    with office(tmp_path) as app:
        write(app, "Nadia Leroy", "Une phrase.")
        head = app.revisions.open_campaign(EXAMPLE).head.number
        app.revisions.take_back(EXAMPLE, 1, base=head, actor=actor(app, "Bea Roy"))

        with pytest.raises(RuleError):
            sign(app, "Bea Roy")


def test_the_page_offers_no_signature_to_the_author_and_names_who_may_give_it(tmp_path):
    with office(tmp_path) as app:
        write(app, "Ada Morel", "Une phrase.")
        people = app.roster.people()
        app.ledger.team.add(people, actor=PROGRAM, at=app.clock.now())
        ada, bea = (signed_in(app, each) for each in people[:2])
        page = f"/campagnes/{EXAMPLE}/bon-a-tirer"

        shown, offered = ada.get(page), bea.get(page)
        refused = ada.post(page, {"fingerprint": offered.hidden("fingerprint")})

        assert "I sign off" not in shown.text + refused.text
        assert "Je donne le bon à tirer" not in shown.text
        assert "donne le bon à tirer\u00a0: Bea Roy." in shown.text
        assert "Je donne le bon à tirer" in offered.text
        assert refused.status == 422


def test_where_two_sign_the_author_is_one_of_them_and_never_the_only_one(tmp_path):
    with office(tmp_path, required=2) as app:
        write(app, "Ada Morel", "Une phrase.")

        sign(app, "Ada Morel")
        plan = plan_campaign(EXAMPLE, drafts=app.drafts)
        with pytest.raises(RuleError) as refused:
            launch(app, required=1)  # as if fewer were asked for afterwards
        sign(app, "Bea Roy")

        assert "somebody else has to sign too" in str(plan.sign_off_state)
        assert "may not be the only one" in str(refused.value.problems[0].what)
        assert launch(app, required=2).mailings


def test_an_office_of_one_signatory_is_not_locked_out(tmp_path):
    with office(tmp_path, ALONE) as app:
        write(app, "Ada Morel", "Une phrase.")

        assert sign(app, "Ada Morel").by == "Ada Morel"


def test_a_save_that_leaves_the_version_as_it_was_takes_nothing_from_its_signature(tmp_path):
    with office(tmp_path) as app:
        write(app, "Nadia Leroy", "Une phrase.")
        sign(app, "Ada Morel")
        opened = app.revisions.open_campaign(EXAMPLE)
        facts = opened.files["campaign.toml"] + b"\n# seen\n"
        app.revisions.save_files(
            EXAMPLE,
            {"campaign.toml": facts},
            base=opened.head.number,
            actor=actor(app, "Ada Morel"),
        )

        assert launch(app).mailings


def correct(app, name, note):
    return draft_amendment(
        EXAMPLE, AmendmentKind.CORRECTION, note=note, actor=actor(app, name), drafts=app.drafts
    )


def sign_correction(app, name, *, required=1):
    return approve_what_is_open(
        EXAMPLE, actor=actor(app, name), drafts=app.drafts, signatures_required=required
    )


def launch_correction(app, name):
    return launch_amendment(
        EXAMPLE,
        confirm=0,
        signatures_required=1,
        actor=actor(app, name),
        drafts=app.drafts,
        back_up=False,
    )


def test_who_prepared_a_correction_does_not_sign_it_alone_even_after_another_signed_the_campaign(
    tmp_path,
):
    with office(tmp_path) as app:
        sign(app, "Bea Roy")
        launch(app)
        correct(app, "Ada Morel", "La salle a changé.")

        with pytest.raises(RuleError) as refused:
            sign_correction(app, "Ada Morel")

        (problem,) = refused.value.problems
        assert "Ada Morel wrote the last change" in str(problem.what)
        assert str(problem.remedy).endswith("signs it off: Bea Roy.")
        assert sign_correction(app, "Bea Roy").by == "Bea Roy"
        assert launch_correction(app, "Ada Morel").mailings


def test_a_correction_signed_by_its_author_as_one_of_two_is_not_launched_with_that_alone(tmp_path):
    with office(tmp_path, required=2) as app:
        sign(app, "Ada Morel")
        sign(app, "Bea Roy")
        launch(app, required=2)
        correct(app, "Ada Morel", "La salle a changé.")
        sign_correction(app, "Ada Morel", required=2)

        with pytest.raises(RuleError) as refused:
            launch_correction(app, "Ada Morel")  # as if fewer were asked for afterwards

        assert "may not be the only one" in str(refused.value.problems[0].what)


def test_who_changes_a_fact_after_the_drafting_is_the_author_from_then_on(tmp_path):
    with office(tmp_path) as app:
        sign(app, "Bea Roy")
        launch(app)
        correct(app, "Ada Morel", "La salle a changé.")
        app.clock.wait_until(app.clock.now() + timedelta(minutes=1))
        base = app.editing.facts(EXAMPLE).opened.head.number
        app.editing.amend_facts(
            EXAMPLE, {"event.venue": "Autre salle"}, base=base, actor=actor(app, "Bea Roy")
        )

        with pytest.raises(RuleError):
            sign_correction(app, "Bea Roy")
        assert sign_correction(app, "Ada Morel").by == "Ada Morel"
        assert launch_correction(app, "Ada Morel").mailings


def test_asking_for_the_same_draft_again_is_no_change_of_it(tmp_path):
    with office(tmp_path) as app:
        sign(app, "Bea Roy")
        launch(app)
        correct(app, "Ada Morel", "La salle a changé.")
        app.clock.wait_until(app.clock.now() + timedelta(minutes=1))
        correct(app, "Bea Roy", "La salle a changé.")

        assert sign_correction(app, "Bea Roy").by == "Bea Roy"


def test_the_page_of_a_correction_offers_no_signature_to_who_prepared_it(tmp_path):
    with office(tmp_path) as app:
        people = app.roster.people()
        app.ledger.team.add(people, actor=PROGRAM, at=app.clock.now())
        sign(app, "Bea Roy")
        launch(app)
        correct(app, "Ada Morel", "La salle a changé.")
        ada, bea = (signed_in(app, each) for each in people[:2])
        page = f"/campagnes/{EXAMPLE}/rectifier"

        shown, offered = ada.get(page), bea.get(page)
        refused = ada.post(f"{page}/bon-a-tirer", {"fingerprint": offered.hidden("fingerprint")})

        assert f'action="{page}/bon-a-tirer"' not in shown.text
        assert "donne le bon à tirer\u00a0: Bea Roy." in shown.text
        assert f'action="{page}/bon-a-tirer"' in offered.text
        assert refused.status == 422


def test_an_office_of_one_signatory_corrects_alone_too(tmp_path):
    with office(tmp_path, ALONE) as app:
        sign(app, "Ada Morel")
        launch(app, by="Ada Morel")
        correct(app, "Ada Morel", "La salle a changé.")

        assert sign_correction(app, "Ada Morel").by == "Ada Morel"
        assert launch_correction(app, "Ada Morel").mailings


PEOPLE = tuple(
    Person(name.lower(), name, frozenset({Role.SIGNATORY, Role.EDITOR}))
    for name in ("Ada", "Bea", "Cy")
)
ACTS = st.lists(st.tuples(st.sampled_from(["edit", "sign"]), st.sampled_from(PEOPLE)), max_size=12)


@given(ACTS)
def test_in_any_order_of_edits_and_signatures_somebody_else_has_seen_what_leaves(acts):
    draft, number = replace(a_draft(), signatories=PEOPLE), 0
    authors = {}
    for what, person in acts:
        if what == "edit":
            number += 1
            edit = Revision(
                draft.campaign.slug, number, person.id, person.name, Via.DESK, NOON, files={}
            )
            draft = replace(draft, last_edit=edit, fingerprint=str(number))
            authors[number] = person
            continue
        signed = SignOff(
            draft.campaign.slug, draft.fingerprint, person.name, NOON, person.id, number
        )
        if not is_by_author_alone(signed, draft):
            draft = replace(draft, sign_offs=(*draft.sign_offs, signed))

    names = signed_by(draft)

    assert not is_signed_by_author_alone(draft)
    assert not number or names != {authors[number].name}
    assert not names or number == 0 or names - {authors[number].name}
