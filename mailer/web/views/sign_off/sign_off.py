"""The sign-off: a signatory approves exactly the version that the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.permission import Act
from mailer.operations.campaigns.approval.approval import approve_campaign, refuse_campaign
from mailer.operations.campaigns.approval.late_signature import told_of
from mailer.operations.campaigns.overviews.board import board
from mailer.operations.campaigns.sign_offs.partner_sign_offs import asked_partners
from mailer.operations.campaigns.sign_offs.partner_words import PART_NAMES
from mailer.operations.campaigns.sign_offs.passage_changes import passage_change
from mailer.web.views.campaign import page_of
from mailer.web.views.campaigns.comments import before_signing

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from mailer.operations.campaigns.overviews.board import Board
    from mailer.web.forms import Form
    from mailer.web.visit import Visit
    from mailer.wording import Text


def show(visit: Visit) -> Response:
    """Show what is signed: every version, its hour and its readers, and what blocks it."""
    team = visit.app.settings.team
    found = board(
        visit.slug, signatures_required=team.signatures_required, drafts=visit.app.page_drafts
    )
    partners = asked_partners(found.draft) if found.draft else ()
    return visit.page(
        "campaigns/sign_off.html.j2",
        board=found,
        held=held_of(found, now=visit.now),
        required=team.signatures_required,
        signatories=(found.draft or visit.app.roster.signing_team()).signatories,
        partners=partners,
        changes={each.name: passage_change(each, ledger=visit.app.ledger) for each in partners},
        passages={each.fingerprint for each in partners if each.words},
        part_names=PART_NAMES,
        comments=before_signing(visit, visit.slug) if visit.may(Act.COMMENT) else (),
    )


def held_of(found: Board, *, now: datetime) -> Text | None:
    """Return what to say of the steps whose hour has passed without a sign-off."""
    if found.draft is None or found.is_launched:
        return None
    return told_of(found.draft.plan, now=now)


def sign(visit: Visit, form: Form) -> Response:
    """Sign off the version whose fingerprint the form carries, or refuse it with a reason."""
    version = form.text("fingerprint") or "-"
    if form.text("decision") == "refuse":
        refuse_campaign(
            visit.slug,
            why=form.text("why"),
            actor=visit.actor,
            drafts=visit.app.drafts,
            version=version,
        )
        return visit.done(page_of(visit, "bon-a-tirer"), "refused")
    approve_campaign(
        visit.slug,
        actor=visit.actor,
        drafts=visit.app.drafts,
        version=version,
        signatures_required=visit.app.settings.team.signatures_required,
    )
    return visit.done(page_of(visit, "bon-a-tirer"), "signed")
