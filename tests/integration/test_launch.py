"""Sign-off and launch: every reason against it, and what is frozen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import LedgerError, Place, Problem, RuleError
from mailer.ledger import open_ledger
from mailer.model.drafts.finding import Finding, Severity
from mailer.model.mailings.mailing import MailingState, SignOff
from mailer.model.team.actor import Via
from mailer.model.team.person import Person, Role, SigningTeam
from mailer.operations.campaigns.approval.approval import (
    approve,
    approve_campaign,
    refuse,
    refuse_campaign,
)
from mailer.operations.campaigns.drafts.drafts import Drafts
from mailer.operations.campaigns.launching.launch import (
    first_audience_size,
    launch,
    launch_campaign,
)
from mailer.operations.campaigns.sign_offs.sign_offs import signed_by
from mailer.wording import Text
from tests.counterparts.builders import a_revision, an_actor
from tests.counterparts.compiling import compile_once, our_template
from tests.counterparts.drafts import (
    LETTERHEAD,
    MAIN,
    a_draft,
    a_message,
    a_step,
    an_audience,
    paris,
)
from tests.counterparts.drafts import a_contact as a_reader
from tests.counterparts.empty_ledger import empty_ledger

NOW = paris("2017-12-01 10:00")
ADA, BEA = (Person(f"id-{name.lower()}", name, frozenset(Role)) for name in ("Ada", "Bea"))


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


def ready(*steps):
    """A compiled draft of these steps, each to two people."""
    draft = a_draft(*(steps or (a_step(),)))
    names = [planned.step.id for planned in draft.plan]
    return replace(
        draft,
        messages={(name, MAIN): a_message(subject=name) for name in names},
        audiences={name: an_audience(a_reader(1), a_reader(2)) for name in names},
        fingerprint="f" * 64,
    )


def a_finding(severity=Severity.ERROR, check="link-without-target"):
    said = Text("what"), Text("why"), Text("remedy")
    return Finding(check, severity, Place("campaign.toml", 3), *said)


def signed(draft, *names, fingerprint=None):
    """The draft as these people have signed it off."""
    sign_offs = tuple(
        SignOff(draft.campaign.slug, fingerprint or draft.fingerprint, name, NOW) for name in names
    )
    return replace(draft, sign_offs=(*draft.sign_offs, *sign_offs))


def launched(draft, ledger, **changes):
    options = {
        "findings": (),
        "confirm": first_audience_size(draft),
        "signatures_required": 1,
        "actor": an_actor("Ada"),
        "now": NOW,
    }
    return launch(draft, ledger=ledger, **(options | changes))


def refusals(draft, ledger, **changes):
    with pytest.raises(RuleError) as refused:
        launched(draft, ledger, **changes)
    assert ledger.mailings.all() == []
    return [str(problem.what) for problem in refused.value.problems]


def test_a_sign_off_is_of_this_version_and_by_somebody(ledger):
    draft = ready()

    warning = a_finding(Severity.WARNING)
    approve(draft, findings=[warning], actor=an_actor("Ada"), ledger=ledger, now=NOW)

    (sign_off,) = ledger.mailings.sign_offs(draft.campaign.slug)
    assert (sign_off.fingerprint, sign_off.by, sign_off.at) == (draft.fingerprint, "Ada", NOW)


def test_nothing_is_signed_off_while_something_blocks(ledger):
    draft = ready()

    with pytest.raises(RuleError) as refused:
        approve(draft, findings=[a_finding()], actor=an_actor("Ada"), ledger=ledger, now=NOW)

    assert len(refused.value.problems) == 1
    assert ledger.mailings.sign_offs(draft.campaign.slug) == []


def test_nobody_signs_off_or_launches_whose_role_does_not_allow_it(ledger):
    draft = signed(ready(), "Ada")
    editor = an_actor("Ada", roles=frozenset({Role.EDITOR}))
    reader = an_actor("Hugo", roles=frozenset({Role.READER}))

    with pytest.raises(RuleError):
        approve(draft, findings=[], actor=editor, ledger=ledger, now=NOW)

    assert len(refusals(draft, ledger, actor=reader)) == 1
    assert ledger.mailings.sign_offs(draft.campaign.slug) == []
    assert launched(draft, ledger, actor=editor)


def written_by_ada(draft):
    """The draft with a change by Ada, of whom and Bea one signs off."""
    edit = a_revision(3, files={}, campaign=draft.campaign.slug, actor=an_actor("Ada"))
    return replace(draft, last_edit=edit, signatories=(ADA, BEA))


def test_who_wrote_the_last_change_signs_only_where_two_sign(ledger):
    draft = written_by_ada(ready())
    options = {"findings": [], "ledger": ledger, "now": NOW, "revision": 3}

    with pytest.raises(RuleError, match="may not be the only one"):
        approve(draft, actor=an_actor("Ada"), **options)

    assert approve(draft, actor=an_actor("Ada"), signatures_required=2, **options).revision == 3
    assert approve(draft, actor=an_actor("Bea"), **options).by == "Bea"


def test_what_only_its_author_has_signed_is_not_launched(ledger):
    draft = written_by_ada(ready())
    by_author = SignOff(draft.campaign.slug, draft.fingerprint, "Ada", NOW, ADA.id, 3)

    (said,) = refusals(replace(draft, sign_offs=(by_author,)), ledger)

    assert "Ada wrote the last change" in said


def test_who_refuses_a_version_says_why_and_may_sign_it_after_all(ledger):
    draft, hugo = ready(), {"actor": an_actor("Hugo"), "ledger": ledger, "now": NOW}

    with pytest.raises(RuleError, match="a refusal needs its reason"):
        refuse(draft, why="  ", **hugo)
    refuse(draft, why=" wrong\n  hour ", revision=3, **hugo)
    approve(draft, findings=[], **hugo)

    refused, signed_off = ledger.mailings.sign_offs(draft.campaign.slug)
    assert (refused.by, refused.refused_because, refused.revision) == ("Hugo", "wrong hour", 3)
    assert (signed_off.by, signed_off.refused_because, signed_off.revision) == ("Hugo", "", 0)


def test_a_version_that_somebody_refused_is_not_launched(ledger):
    draft = ready()
    refusal = refuse(draft, why="wrong hour", actor=an_actor("Bea"), ledger=ledger, now=NOW)

    (said,) = refusals(replace(signed(draft, "Hugo"), refusals=(refusal,)), ledger)

    assert "Bea refused" in said
    assert refusal.revision == 0  # no revision is known


def test_at_the_desk_a_password_typed_long_ago_signs_refuses_and_launches_nothing(ledger):
    draft = signed(ready(), "Ada")
    idle = replace(an_actor("Ada", via=Via.DESK), proved_at=NOW - timedelta(minutes=11))
    options = {"actor": idle, "ledger": ledger, "now": NOW}

    with pytest.raises(RuleError, match="password"):
        approve(draft, findings=[], **options)
    with pytest.raises(RuleError, match="password"):
        refuse(draft, why="wrong hour", **options)

    assert "password" in refusals(draft, ledger, actor=idle)[0]
    assert ledger.mailings.sign_offs(draft.campaign.slug) == []


def test_a_launch_freezes_every_step_as_it_was_signed_off(ledger):
    draft = signed(ready(a_step(), a_step("reminder", "J-2 09:30")), "Ada")

    mailings = launched(draft, ledger)

    stored = ledger.mailings.all()
    assert [mailing.step for mailing in mailings] == ["announcement", "reminder"]
    assert {mailing.id for mailing in stored} == {mailing.id for mailing in mailings}
    for mailing, planned in zip(mailings, draft.plan, strict=True):
        assert (mailing.due_at, mailing.expires_at) == (planned.due_at, planned.expires_at)
        assert mailing.fingerprint == draft.fingerprint
        assert mailing.variants == {
            variant: message
            for (step, variant), message in draft.messages.items()
            if step == mailing.step
        }
        assert mailing.state is MailingState.SCHEDULED


def test_a_second_launch_says_who_launched_first(ledger):
    draft = signed(ready(), "Ada")
    launched(draft, ledger)

    with pytest.raises(RuleError) as refused:
        launched(draft, ledger, actor=an_actor("Hugo"))

    (problem,) = refused.value.problems
    assert "2017-12-01 10:00, Ada" in str(problem.what)
    assert len(ledger.mailings.all()) == len(draft.plan)


def test_every_reason_against_a_launch_is_said_at_once(ledger):
    draft = ready()

    said = refusals(draft, ledger, findings=[a_finding()], confirm=999)

    assert len(said) == 3  # a finding, no sign-off, a wrong number


@pytest.mark.parametrize(("names", "required", "is_refused"), [(1, 2, True), (2, 2, False)])
def test_a_launch_wants_as_many_sign_offs_as_required(ledger, names, required, is_refused):
    draft = signed(ready(), *("Ada", "Hugo")[:names])

    if is_refused:
        assert len(refusals(draft, ledger, signatures_required=required)) == 1
    else:
        assert launched(draft, ledger, signatures_required=required)


def test_only_the_people_who_sign_off_today_count(ledger):
    ada = Person("a.lovelace", "Ada Lovelace", frozenset(Role))
    draft = replace(signed(ready(), "Hugo", "A. Lovelace"), signatories=(ada,))

    said = refusals(draft, ledger, signatures_required=2)

    assert signed_by(draft) == {"Ada Lovelace"}
    assert "Hugo is not among those who sign off" in said[0]
    assert "has 1" in said[1]


def test_who_signed_under_a_former_name_has_signed_and_is_no_stranger(ledger):
    draft = replace(ready(), signatories=(ADA,))
    by_former_name = SignOff(draft.campaign.slug, draft.fingerprint, "Ada Byron", NOW, ADA.id)

    (said,) = refusals(replace(draft, sign_offs=(by_former_name,)), ledger, signatures_required=2)

    assert "has 1" in said


def test_somebody_who_is_not_among_those_who_sign_off_does_not_sign(ledger):
    ada = Person("a.lovelace", "Ada Lovelace", frozenset(Role))
    draft = replace(ready(), signatories=(ada,))

    with pytest.raises(RuleError, match="Those who sign off are: Ada Lovelace"):
        approve(draft, findings=[], actor=an_actor("Hugo"), ledger=ledger, now=NOW)

    assert ledger.mailings.sign_offs(draft.campaign.slug) == []


@pytest.mark.parametrize(("person", "name"), [("", "Ada"), ("id-ada", "Ada Lovelace")])
def test_a_signatory_is_known_by_their_account_or_where_there_is_none_by_name(ledger, person, name):
    draft = replace(ready(), signatories=(ADA,))
    actor = replace(an_actor(name), person=person)

    assert approve(draft, findings=[], actor=actor, ledger=ledger, now=NOW).by == name


@pytest.mark.parametrize("other", ["A. Lovelace", "LOVELACE Ada", "lady Ada Lovelace", "Lovelace"])
def test_several_spellings_of_one_name_are_one_sign_off(ledger, other):
    draft = signed(ready(), "Ada Lovelace", other)

    (said,) = refusals(draft, ledger, signatures_required=2)

    assert "has 1" in said


def test_the_sign_off_of_an_earlier_version_does_not_count_and_is_named(ledger):
    draft = signed(ready(), "Ada", fingerprint="0" * 64)

    (said,) = refusals(draft, ledger)

    assert signed_by(draft) == frozenset()
    assert "changed after Ada signed off" in said


def test_who_signed_this_version_is_not_told_that_it_was_changed(ledger):
    draft = signed(signed(ready(), "Ada", fingerprint="0" * 64), "Hugo")

    (said,) = refusals(draft, ledger, signatures_required=2)

    assert "has 1" in said


@pytest.mark.parametrize(
    ("confirm", "what"), [(None, "was not confirmed"), (1, "was confirmed for 1 people")]
)
def test_the_number_of_the_first_step_must_be_confirmed_exactly(ledger, confirm, what):
    draft = signed(ready(), "Ada")

    (said,) = refusals(draft, ledger, confirm=confirm)

    assert first_audience_size(draft) == 2
    assert what in said
    assert "goes to 2" in said


def test_the_first_step_is_the_one_that_leaves_first(ledger):
    draft = ready(a_step("reminder", "J-2 09:30"), a_step(send="J-5 09:30"))
    sizes = {"reminder": 1, "announcement": 2}
    draft = replace(
        draft,
        audiences={
            step: an_audience(*(a_reader(number) for number in range(size)))
            for step, size in sizes.items()
        },
    )

    assert first_audience_size(draft) == 2


def test_a_campaign_that_lies_in_the_past_is_not_launched(ledger):
    draft = signed(ready(a_step(), a_step("reminder", "J-2 09:30")), "Ada")

    (said,) = refusals(draft, ledger, now=max(planned.expires_at for planned in draft.plan))

    assert "past" in said


def test_a_step_before_the_launch_is_refused_and_never_caught_up(ledger):
    draft = signed(ready(a_step(), a_step("reminder", "J-2 09:30")), "Ada")
    announced_at = draft.plan[0].due_at

    (said,) = refusals(draft, ledger, now=announced_at + timedelta(seconds=1))

    assert "“First announcement” was to leave on 2017-12-04 09:30" in said
    assert ledger.mailings.summaries() == []
    assert launched(draft, ledger, now=announced_at)


def test_a_campaign_of_which_one_step_is_past_is_told_which(ledger):
    draft = signed(ready(a_step(), a_step("reminder", "J-2 09:30")), "Ada")
    first, second = draft.plan
    first = replace(first, expires_at=first.due_at + timedelta(hours=1))

    (said,) = refusals(replace(draft, plan=(first, second)), ledger, now=first.expires_at)

    assert "“First announcement” was to leave" in said


def test_a_campaign_without_a_step_is_not_launched(ledger):
    draft = replace(ready(), plan=())

    assert first_audience_size(draft) == 0
    assert any("no step" in said for said in refusals(draft, ledger, signatures_required=0))


def test_what_people_have_already_is_launched_again_only_by_a_journalled_wish(ledger):
    draft = signed(ready(), "Ada")
    twice = [a_finding(Severity.WARNING, check="already-sent")]

    assert refusals(draft, ledger, findings=twice) == ["what"]
    launched(draft, ledger, findings=twice, again=True)

    actions = [line.action for line in ledger.journal.entries(draft.campaign.slug)]
    assert sorted(actions) == ["launch", "launch-again"]


# A campaign of the workspace


@pytest.fixture
def drafts(ledger):
    """The campaign of `ready`, read and compiled anew for each act, with two readers."""
    campaign, office = a_draft(a_step()).campaign, a_draft().office
    ledger.contacts.save([a_reader(1), a_reader(2)], actor=an_actor("Ada"), at=NOW)
    return Drafts(
        load=lambda _: campaign,
        survey=lambda _: (campaign, ()),
        template_for=our_template,
        compile_=compile_once,
        office=office,
        letterhead=LETTERHEAD,
        ledger=ledger,
        clock=SimulatedClock(NOW),
    )


def test_what_is_signed_or_refused_is_the_newest_revision_and_the_version_that_was_seen(drafts):
    seen = replace(drafts, revision_of={"rencontre": 7}.__getitem__)
    draft, hugo = seen.draft("rencontre"), {"actor": an_actor("Hugo"), "drafts": seen}

    with pytest.raises(RuleError, match="changed after this page was shown"):
        approve_campaign("rencontre", version="another", **hugo)
    with pytest.raises(RuleError, match="changed after this page was shown"):
        refuse_campaign("rencontre", why="the hour", version="another", **hugo)

    signed_off = approve_campaign("rencontre", version=draft.fingerprint, **hugo)
    refused = refuse_campaign("rencontre", why="the hour", version=draft.fingerprint, **hugo)
    assert (signed_off.revision, refused.revision) == (7, 7)
    assert refused.fingerprint == draft.fingerprint


def test_one_sign_off_is_enough_unless_told_otherwise_and_is_not_its_author_s(drafts, ledger):
    edit = a_revision(1, files={}, campaign="rencontre", actor=an_actor("Ada"), at=NOW)
    ledger.revisions.add(edit, contents={}, in_folder={})
    team = replace(drafts, team=lambda: SigningTeam((ADA, BEA)))

    with pytest.raises(RuleError, match="may not be the only one"):
        approve_campaign("rencontre", actor=an_actor("Ada"), drafts=team)


def launched_campaign(drafts, **changes):
    options = {"confirm": 2, "signatures_required": 1, "actor": an_actor("Ada")}
    return launch_campaign("rencontre", drafts=drafts, **(options | changes))


def test_mail_that_receivers_would_refuse_is_not_launched(drafts, ledger):
    problem = Problem(Place("spf"), Text("nobody may send for us"), Text("correct the record"))
    guarded = replace(drafts, refused_mail=lambda _draft: [problem])
    approve_campaign("rencontre", actor=an_actor("Ada"), drafts=drafts)

    with pytest.raises(RuleError) as refused:
        launched_campaign(guarded)

    assert refused.value.problems == (problem,)
    assert ledger.mailings.all() == []


def test_a_campaign_is_signed_off_and_launched_as_it_stands_and_the_ledger_is_copied(
    drafts, ledger, tmp_path
):
    sign_off = approve_campaign("rencontre", actor=an_actor("Ada"), drafts=drafts)

    result = launched_campaign(drafts)

    assert (sign_off.by, sign_off.at) == ("Ada", NOW)
    assert list(result.mailings) == ledger.mailings.all()
    assert {mailing.fingerprint for mailing in result.mailings} == {sign_off.fingerprint}
    assert result.backup_failure is None
    assert len(list(tmp_path.glob("backups/*.db"))) == 1


def test_a_ledger_that_is_not_to_be_copied_is_not(drafts, tmp_path):
    approve_campaign("rencontre", actor=an_actor("Ada"), drafts=drafts)

    assert launched_campaign(drafts, back_up=False).mailings
    assert not (tmp_path / "backups").exists()


def test_a_copy_that_fails_is_told_beside_the_mailings_and_undoes_nothing(drafts, ledger, tmp_path):
    approve_campaign("rencontre", actor=an_actor("Ada"), drafts=drafts)
    (tmp_path / "backups").write_text("a file where the folder should be")

    result = launched_campaign(drafts)

    assert isinstance(result.backup_failure, LedgerError)
    assert list(result.mailings) == ledger.mailings.all() != []


def test_a_campaign_that_was_changed_after_the_page_was_shown_is_not_launched(drafts, ledger):
    approve_campaign("rencontre", actor=an_actor("Ada"), drafts=drafts)

    with pytest.raises(RuleError, match="changed after this page was shown"):
        launched_campaign(drafts, version="another")

    assert ledger.mailings.all() == []


def test_a_campaign_is_not_launched_with_a_wrong_number_or_too_few_sign_offs(drafts, ledger):
    approve_campaign("rencontre", actor=an_actor("Ada"), drafts=drafts)

    with pytest.raises(RuleError):
        launched_campaign(drafts, confirm=1)
    with pytest.raises(RuleError):
        launched_campaign(drafts, signatures_required=2)
    assert ledger.mailings.all() == []


def test_a_text_that_is_already_going_to_these_people_is_launched_again_on_request_only(drafts):
    campaign = drafts.load("rencontre")
    copied = replace(drafts, load=lambda _: replace(campaign, slug="copie"))
    for each in (drafts, copied):
        approve_campaign("rencontre", actor=an_actor("Ada"), drafts=each)
    launched_campaign(drafts)

    with pytest.raises(RuleError, match="already due to go"):
        launched_campaign(copied)
    assert launched_campaign(copied, again=True).mailings
