"""Mutated mails through the reader: none may raise, none may take long.

    python benchmarks/mutations.py [COUNT] [SEED]

Each input is one of our fixtures with up to eight pieces cut out, doubled, swapped with
another fixture's or replaced by hostile ones; the seed makes a run repeatable. Prints how
many were read, how many raised, and the slowest (CPU time).
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from time import process_time

from mailer.feedback.reader import read_report

OWN = Path(__file__).parents[1] / "tests/corpus/bounces"
HOSTILE = (
    *(b"\r", b"\n", b"\r\n\r\n", b"\x00", b"\xff", b"<", b">", b"@", b":", b";", b'"', b"--"),
    *(b"=?utf-8?q?", b"?=", b"\\x{d800}", b"\x1b$B", b"\xf0\x9f", b"\n" * 200, b" " * 200),
    *(b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/html; charset=utf-16\n"),
    *(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"Content-Type: message/rfc822\n\n"),
    *(b"Final-Recipient: rfc822; a@b.test\n", b"Action: failed\n", b"Status: 5.1.1\n"),
    *(b"550 5.1.1 ", b"recipient " + b"a@" * 60, b"\nX-Failed-Recipients: " + b"a@b.test," * 30),
    b'{"notificationType":"Bounce","bounce":{"bouncedRecipients":[1,{}]}}',
)


def mutated(mails: list[bytes], chance: random.Random) -> bytes:
    """One fixture, damaged."""
    mail = chance.choice(mails)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randint(0, len(mail)), chance.choice((0, 0, 1, 4, 40, 200))
        other = chance.choice(mails)
        start = chance.randint(0, len(other))
        piece = chance.choice(
            (
                chance.choice(HOSTILE),
                chance.randbytes(chance.randint(0, 12)),
                other[start : start + chance.randint(0, 300)],
                mail[at : at + 100] * 2,
            )
        )
        mail = mail[:at] + piece + mail[at + length :]
    return mail


def main(count: int, seed: int) -> int:
    """How many raised."""
    chance = random.Random(seed)
    mails = [path.read_bytes() for path in sorted(OWN.glob("*.eml"))]
    kinds: Counter[str] = Counter()
    raised, slowest_s = 0, 0.0
    for number in range(count):
        mail = mutated(mails, chance)
        began = process_time()
        try:
            kinds[read_report(mail).kind] += 1
        except Exception as error:  # noqa: BLE001 - what is being looked for
            raised += 1
            print(f"input {number} of seed {seed}: {error!r}")
        slowest_s = max(slowest_s, process_time() - began)
    print(f"{count} inputs, {raised} raised, slowest {slowest_s * 1000:.0f} ms (CPU)")
    print(", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))
    return raised


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(bool(main(*(numbers + [100_000, 1][len(numbers) :]))))
