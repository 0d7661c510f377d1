"""The test send: every version of a step, to the team only."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.operations.campaigns.plans.plan_for_person import plan_for
from mailer.operations.campaigns.previews.proof import send_test
from mailer.operations.campaigns.previews.proof_results import outcome_in_words, sent_tests
from mailer.web.views.campaign import page_of
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.address import Address
    from mailer.model.mailings.delivery import Outcome
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show who receives a test, and the steps of which one can be sent."""
    app = visit.app
    return visit.page(
        "campaigns/proof.html.j2",
        plan=plan_for(visit.actor, visit.slug, drafts=app.page_drafts),
        team=app.settings.team.proofs,
        destination=app.destination,
        tests=sent_tests(visit.slug, ledger=app.ledger),
    )


def send(visit: Visit, form: Form) -> Response:
    """Send the test. Raises RuleError with the answer for each address that was refused."""
    app = visit.app
    sent = send_test(
        visit.slug,
        form.text("step"),
        team=app.settings.team.proofs,
        actor=visit.actor,
        drafts=app.drafts,
        composer=app.composer,
        backend=lambda: app.backend,
        requests=app.sign_off_requests,
    )
    if sent.refused:
        raise RuleError(*dict.fromkeys(starmap(_refusal, sent.refused)))
    return visit.done(page_of(visit, "essai"), "tested")


def _refusal(address: Address, outcome: Outcome) -> Problem:
    return Problem(
        Place(""),
        _(
            "the test for {address}: {answer}",
            address=str(address),
            answer=outcome_in_words(outcome),
        ),
        _("Show this answer to the administrator."),
    )
