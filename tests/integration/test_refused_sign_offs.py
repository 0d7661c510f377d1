"""Who signs off may refuse, and what was refused does not leave."""

import pytest

from mailer.errors import RuleError
from mailer.model.team.actor import PROGRAM
from mailer.operations.campaigns.overviews.board import CampaignTask, TaskProgress, board
from mailer.operations.campaigns.plans.plan import plan_campaign
from tests.counterparts.desk import signed_in
from tests.desk.signatories import launch, office, refuse, sign, write
from tests.desk.visitors import EXAMPLE


def test_what_somebody_refused_is_not_launched_though_another_has_signed_it(tmp_path):
    with office(tmp_path) as app:
        sign(app, "Bea Roy")
        refuse(app, "Ada Morel", "the hour of the press point is wrong")

        with pytest.raises(RuleError) as refused:
            launch(app)

        (problem,) = refused.value.problems
        assert "Ada Morel" in str(problem.what)
        assert "the hour of the press point is wrong" in str(problem.what)
        assert not app.ledger.mailings.summaries(EXAMPLE)


def test_who_refused_may_sign_the_same_version_after_all(tmp_path):
    with office(tmp_path) as app:
        refuse(app, "Ada Morel", "a doubt")
        sign(app, "Ada Morel")

        assert launch(app).mailings


def test_a_refusal_after_a_signature_of_the_same_person_counts(tmp_path):
    with office(tmp_path) as app:
        sign(app, "Ada Morel")
        refuse(app, "Ada Morel", "seen too late")

        with pytest.raises(RuleError, match="seen too late"):
            launch(app)


def test_who_signed_and_then_refused_is_asked_again_and_may_sign_after_all(tmp_path):
    with office(tmp_path) as app:
        (ada, *_others) = people = app.roster.people()
        app.ledger.team.add(people, actor=PROGRAM, at=app.clock.now())
        sign(app, "Ada Morel")
        browser, page = signed_in(app, ada), f"/campagnes/{EXAMPLE}/bon-a-tirer"
        signed = browser.get(page)
        refuse(app, "Ada Morel", "seen too late")
        refused = browser.get(page)

        browser.post(page, {"fingerprint": refused.hidden("fingerprint")})

        assert "Vous avez donné le bon à tirer" in signed.text
        assert "Vous avez donné le bon à tirer" not in refused.text
        assert "Je donne le bon à tirer" in refused.text
        assert launch(app).mailings


def test_a_correction_ends_the_refusal_and_asks_for_a_new_sign_off(tmp_path):
    with office(tmp_path) as app:
        refuse(app, "Ada Morel", "the hour is wrong")
        write(app, "Nadia Leroy", "L’heure est juste.")
        before = plan_campaign(EXAMPLE, drafts=app.drafts)
        sign(app, "Ada Morel")

        assert before.refused_by == ()
        assert launch(app).mailings


@pytest.mark.parametrize("why", ["", "  ", "\n\t"])
def test_a_refusal_without_a_reason_is_refused_and_leaves_nothing(tmp_path, why):
    with office(tmp_path) as app:
        with pytest.raises(RuleError, match="a refusal needs its reason"):
            refuse(app, "Ada Morel", why)

        assert app.ledger.mailings.sign_offs(EXAMPLE) == []


def test_who_may_not_sign_may_not_refuse(tmp_path):
    with office(tmp_path) as app, pytest.raises(RuleError, match="Nadia Leroy may not"):
        refuse(app, "Nadia Leroy", "no")


def test_the_board_and_the_plan_say_that_it_was_refused_and_why(tmp_path):
    with office(tmp_path) as app:
        refuse(app, "Ada Morel", "the hour is wrong")

        found = board(EXAMPLE, signatures_required=1, drafts=app.drafts)

        assert found.tasks[CampaignTask.SIGN_OFF] is TaskProgress.TO_CORRECT
        assert found.tasks[CampaignTask.LAUNCH] is TaskProgress.NOT_YET
        assert str(found.plan.sign_off_state) == "Refused by Ada Morel: the hour is wrong"
