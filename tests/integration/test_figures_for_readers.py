"""Whoever reads a report reads the figures of everybody, and the names of those whom they may see."""

from mailer.model.address import Address
from mailer.model.team.actor import Via, actor_for
from mailer.model.team.person import Person, Role
from mailer.operations.campaigns.results.report import report, report_for
from mailer.pages.report import tones_of
from tests.counterparts.desk import signed_in
from tests.desk.visitors import EXAMPLE
from tests.matrix.offices import office

LOU = Person(
    "l.keller",
    "Lou Keller",
    frozenset({Role.EDITOR}),
    Address.parse("lou@institut.example"),
    lists=frozenset({"press"}),
)
REA = Person(
    "r.petit", "Réa Petit", frozenset({Role.READER}), Address.parse("rea@institut.example")
)


def test_the_figures_of_a_report_are_those_of_everybody_whoever_reads_it(tmp_path):
    with office(tmp_path, "under way") as found:
        app, at = found.app, {"ledger": found.app.ledger, "now": found.app.clock.now()}
        whole = report(EXAMPLE, title="", **at)

        for person in (LOU, REA):
            seen = report_for(actor_for(person, via=Via.DESK), EXAMPLE, title="", **at)
            names = sum(len(each.people) for each in seen.mailings)

            assert tones_of(seen.mailings) == tones_of(whole.mailings)
            assert tones_of(seen.mailings)["bad"] > 0
            assert [each.left_out for each in seen.mailings] == [
                each.left_out for each in whole.mailings
            ]
            assert names < tones_of(whole.mailings).total()
        app.ledger.team.add([REA], actor=actor_for(LOU, via=Via.PROGRAM), at=app.clock.now())
        printed = signed_in(app, REA).get(f"/campagnes/{EXAMPLE}/bilan/imprimer").text

        assert "Aucun n’a été refusé" not in printed
        assert all(
            person.address not in printed for mailing in whole.mailings for person in mailing.people
        )
