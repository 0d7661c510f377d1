"""A hundred thousand messages, one after another: what the process holds at its fullest.

    python benchmarks/streaming.py

Runs in a process of its own, so that only rendering counts; Linux and macOS.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

PEOPLE = 100_000


def main() -> None:
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, __file__, "child"], cwd=root, capture_output=True, text=True, check=True
    )
    print(done.stdout, end="")


def child() -> None:
    import resource  # noqa: PLC0415 - not on Windows

    sys.path.insert(0, str(Path(__file__).parents[1]))
    from benchmarks.press_example import CompiledExample  # noqa: PLC0415 - only in the child
    from mailer.model.address import Address, Mailbox  # noqa: PLC0415
    from mailer.model.mailings.message import DeliveryId  # noqa: PLC0415

    example = CompiledExample()
    start, octets = perf_counter(), 0
    for n in range(PEOPLE):
        message = example.personaliser.message(
            delivery_id=DeliveryId(f"{n:026d}"),
            recipient=Mailbox(Address(f"reader{n}", "press.example"), f"Anne Durand-{n}"),
            fields=example.people[n % len(example.people)] | {"salutation": f"Bonjour Madame {n}"},
            sent_at=example.press.MONDAY,
        )
        octets += len(message.raw)
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 if sys.platform == "linux" else 1024
    )
    print(
        f"{PEOPLE:,} messages ({octets / 1e9:.1f} GB) in {seconds:.1f} s: "
        f"{PEOPLE / seconds:,.0f} a second; peak {peak / 1024:.0f} MB resident"
    )


if __name__ == "__main__":
    child() if sys.argv[1:] == ["child"] else main()
