"""Reading what comes back: our reader beside flufl.bounce and a plain RFC 3464 reader.

    python benchmarks/feedback.py

Messages per second (CPU time, median of several rounds of this one run) and what each
recognised: recipients that failed or are delayed, and living ones it would give up. On our
own fixtures, and on the shared development set where it is present (MAILER_SHARED).
flufl.bounce judges permanent or temporary, the plain reader by the class of the status;
both are taken here at their word that "permanent" means "do not write again".
"""

from __future__ import annotations

import json
import logging
import os
import tomllib
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from flufl.bounce import all_failures

from mailer.feedback.reader import read_report
from mailer.feedback.reading import DsnAction, MailKind
from mailer.model.feedback.event import Deadness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROUNDS = 5
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)
ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests/corpus/bounces"
SHARED = Path(os.environ.get("MAILER_SHARED", ROOT.parent / "shared")) / "corpora/bounces"

Answer = dict[str, bool]
"""Failed or delayed recipients, lower case; true: give the address up."""
Truth = dict[str, bool | None]
Mail = tuple[bytes, Truth, dict[str, str]]
"""The octets, who failed and is dead, and other addresses of the same recipients."""


def ours(raw: bytes) -> Answer:
    reading = read_report(raw)
    if reading.kind not in {MailKind.BOUNCE, MailKind.DELAYED}:
        return {}
    return {
        result.recipient.lower(): result.dead is Deadness.YES
        for result in reading.results
        if result.outcome in {DsnAction.FAILED, DsnAction.DELAYED}
    }


def flufl(raw: bytes) -> Answer:
    message = message_from_bytes(raw, policy=policy.compat32)
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - it raises on some From fields; that is an answer too
        return {}
    answer = {address.decode("utf-8", "replace").lower(): False for address in temporary}
    return answer | {address.decode("utf-8", "replace").lower(): True for address in permanent}


def plain_rfc3464(raw: bytes) -> Answer:
    answer: Answer = {}
    for part in message_from_bytes(raw, policy=policy.compat32).walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.get_payload():
            named = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
            address = named.rpartition(";")[2].strip().strip("<>").lower()
            action = str(block.get("Action") or "").strip().lower()
            if address and action not in {"delivered", "relayed", "expanded"}:
                status = str(block.get("Status") or "").strip()
                answer[address] = action != "delayed" and not status.startswith("4")
    return answer


READERS: Mapping[str, Callable[[bytes], Answer]] = {
    "mailer": ours,
    "flufl.bounce": flufl,
    "RFC 3464 by the standard library": plain_rfc3464,
}


def own_set() -> list[Mail]:
    labels = tomllib.loads((OWN / "labels.toml").read_text("utf-8"))
    return [
        (
            (OWN / f"{name}.eml").read_bytes(),
            {
                row["recipient"].lower(): {"yes": True, "no": False}.get(row["dead"])
                for row in label.get("results", [])
                if row["outcome"] in {"failed", "delayed"}
            },
            {},
        )
        for name, label in labels.items()
    ]


def shared_set() -> list[Mail]:
    if not SHARED.exists():
        return []
    labels = json.loads((SHARED / "labels.json").read_text("utf-8"))
    return [
        (
            (SHARED / "messages" / name).read_bytes(),
            {row["recipient"]: row["dead"] for row in _failed(label)},
            {other: row["recipient"] for row in _failed(label) for other in row["also"]},
        )
        for name, label in labels.items()
    ]


def _failed(label: dict[str, Any]) -> list[dict[str, Any]]:
    return label["results"] if label["kind"] == "bounce" else []


def measured(read: Callable[[bytes], Answer], mails: list[Mail]) -> dict[str, float]:
    rounds = []
    answers: list[Answer] = []
    for _round in range(ROUNDS):
        start = process_time()
        answers = [read(raw) for raw, _, _ in mails]
        rounds.append(process_time() - start)
    found = [
        ({same.get(who, who): end for who, end in answer.items()}, truth)
        for answer, (_, truth, same) in zip(answers, mails, strict=True)
    ]
    ends = [
        (answer.get(who, False), dead) for answer, truth in found for who, dead in truth.items()
    ]
    return {
        "mails/s": len(mails) / median(rounds),
        "right address": share(
            [bool(answer.keys() & truth.keys()) for answer, truth in found if truth]
        ),
        "dead known": share([end for end, dead in ends if dead]),
        "alive given up": share([end for end, dead in ends if dead is False]),
        "no bounce, taken for one": share([bool(answer) for answer, truth in found if not truth]),
    }


def share(hits: list[bool]) -> float:
    return 100 * sum(hits) / len(hits) if hits else 0.0


def main() -> None:
    sets = {"our own fixtures": own_set()}
    shared = shared_set()
    if shared:
        sets["shared development set"] = shared
    else:
        print(f"NOT MEASURED: the shared set, which is not at {SHARED}\n")
    for title, mails in sets.items():
        print(f"{title}: {len(mails)} mails")
        for name, read in READERS.items():
            row: dict[str, Any] = measured(read, mails)
            speed = row.pop("mails/s")
            shares = "   ".join(f"{what} {value:5.1f} %" for what, value in row.items())
            print(f"  {name:34s} {speed:7.0f} mails/s   {shares}")
        print()


if __name__ == "__main__":
    main()
