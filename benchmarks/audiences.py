"""A draft of four steps with a hundred thousand contacts: every audience, and `mailer plan`.

    python benchmarks/audiences.py [CONTACTS]

CPU time of this one run, and of `plan` with its children. The plain selection of the tests, which
looks at every person for every rule, is the measure: the ratio holds on a busy machine, the seconds
are this machine's. Linux only, like `commands.py`.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.commands import adopt_orphans, cpu_seconds, keep_bytecode
from benchmarks.directory import LISTS, NOON, fill
from mailer.ledger import open_ledger
from mailer.model.campaigns.campaign import Content, VariantKey
from mailer.model.mailings.mailing import AudienceRule
from mailer.operations.sending.audience import Directory
from mailer.selection import index_people, select
from tests.counterparts import plain_selection
from tests.counterparts.drafts import a_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.ports import Ledger

CONTACTS = 100_000
ROUNDS = 3
RULES = (
    AudienceRule(LISTS),
    AudienceRule(LISTS, unless=("accredited", "declined")),
    AudienceRule(LISTS, only=("accredited",)),
    AudienceRule(LISTS[::-1], cancels=True),
)
VARIANTS = (VariantKey("", "fr"), VariantKey("", "en"), VariantKey("associations", "fr"))


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median CPU time of one call."""
    taken = []
    for _round in range(rounds):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return median(taken)


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else CONTACTS
    adopt_orphans()
    with TemporaryDirectory() as folder:
        keep_bytecode(Path(folder) / "bytecode")
        workspace = Path(folder) / "office"
        command("init", str(workspace))
        (campaign,) = (path.name for path in (workspace / "campaigns").iterdir())
        of_plan(workspace, campaign)  # makes the ledger and the bytecode
        ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
        fill(ledger, count=count, campaign=campaign)
        print(f"{count:,} contacts, {len(RULES)} steps; CPU seconds")
        of_audiences(ledger, campaign)
        ledger.close()
        print(f"  mailer plan, all in all       {of_plan(workspace, campaign):6.2f}")


def of_audiences(ledger: Ledger, campaign: str) -> None:
    asked: dict[str, Any] = {
        "variants": VARIANTS,
        "default_language": "fr",
        "suppressions": ledger.suppressions.all(),
        "accreditations": ledger.accreditations.of_campaign(campaign),
        "now": NOON,
    }
    # The contacts of the plain one are gone before ours is measured: the more objects live, the
    # longer the collector takes.
    contacts = [ledger.contacts.all()]
    plain = seconds(
        lambda: plain_selection.select(contacts=contacts.pop(), rule=RULES[1], **asked), rounds=1
    )
    people = index_people(ledger.contacts.summaries())
    gc.disable()  # as `Directory` does while it selects
    one = seconds(lambda: select(people, rule=RULES[1], **asked))
    gc.enable()
    every = seconds(lambda: audiences(ledger, campaign))
    print(f"  selection of one step         {one:6.2f}   the plain one ÷ this: {plain / one:.0f}")
    print(
        f"  every audience, read and all  {every:6.2f}   the plain one ÷ this: {plain / every:.1f}"
    )


def audiences(ledger: Ledger, campaign: str) -> None:
    draft = a_draft(slug=campaign)
    planned = draft.plan[0]
    step = replace(planned.step, contents=dict.fromkeys(VARIANTS, Content("announcement.md", "")))
    steps = [
        replace(planned, step=replace(step, id=str(number)), rule=rule)
        for number, rule in enumerate(RULES)
    ]
    Directory(ledger, now=NOON).audiences(steps, campaign=draft.campaign)


def of_plan(workspace: Path, campaign: str) -> float:
    return cpu_seconds("-m", "mailer", "--workspace", str(workspace), "plan", campaign).all


def command(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mailer", *arguments],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    main()
