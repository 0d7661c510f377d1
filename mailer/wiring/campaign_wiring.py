"""How the operations on a campaign's files are connected to the folders that hold them.

A part of `app`, which imports it where somebody reads or writes a campaign.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.files.campaigns import rewriting, steps
from mailer.files.campaigns.fact_problems import fact_problems
from mailer.files.campaigns.proposed_facts import confirm, flag_copied
from mailer.files.campaigns.scaffold import starter_files
from mailer.files.campaigns.text_rewriting import rewrite_text, text_fields
from mailer.files.campaigns.working_copy import WorkingCopies
from mailer.operations.campaigns.revisions.edited import CampaignFormat
from mailer.operations.campaigns.revisions.folder_sync import CampaignFolderSync
from mailer.operations.campaigns.revisions.revisions import CampaignRevisions

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.model.campaigns.office import Office
    from mailer.ports import Clock, Ledger


def campaign_revisions(workspace: Path, *, ledger: Ledger, clock: Clock) -> CampaignRevisions:
    """Return the history of the campaigns' files, with the folders as its working copies."""
    copies = WorkingCopies(workspace)
    return CampaignRevisions(
        ledger=ledger,
        folders=CampaignFolderSync(
            ledger=ledger,
            clock=clock,
            exists=copies.exists,
            names=copies.names,
            hold=copies.hold,
            read=copies.read,
            write=copies.write,
            identity=copies.identity,
        ),
    )


def campaign_format(office: Office) -> CampaignFormat:
    """Return the functions that read and rewrite the files of a campaign."""
    return CampaignFormat(
        text_fields=text_fields,
        rewrite_text=rewrite_text,
        fact_fields=rewriting.fact_fields,
        rewrite_facts=rewriting.rewrite_facts,
        entries=rewriting.entries,
        fact_problems=partial(fact_problems, office=office),
        starter_files=starter_files,
        confirm=confirm,
        flag_copied=flag_copied,
        offered_steps=steps.offered_steps,
        with_step=partial(steps.with_step, language=office.language),
        without_step=steps.without_step,
        texts_of_step=steps.texts_of_step,
    )
