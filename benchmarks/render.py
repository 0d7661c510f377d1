"""Rendering, stage by stage: the naive chain for every person against compiling once and filling.

    python benchmarks/render.py

CPU time, medians of several rounds of this one run: the ratio holds on a busy machine, the
microseconds are this machine's. Garbage is collected as rarely as in the program. The naive chain is
what a script does for each recipient: Jinja, MJML, premailer with its usual options (but for the
network), `EmailMessage`. premailer remembers 128 style texts; a page with more of them costs it
several times as much, unless PREMAILER_CACHE_MAXSIZE=4096 is set, which is the fairer comparison.
The same page then goes through what a JavaScript programmer would pick, if npm can fetch it.
"""

from __future__ import annotations

import gc
import sys
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from jinja2 import Environment
from mjml import mjml2html
from premailer import Premailer

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import node, streaming
from benchmarks.press_example import PEOPLE, CompiledExample
from mailer.__main__ import GC_THRESHOLD
from mailer.errors import Place
from mailer.model.address import Address, Mailbox
from mailer.model.mailings.message import DeliveryId
from mailer.render import inline
from mailer.render.compile import compile_message
from mailer.render.jinja.escape_context import SENTINEL, html_pieces
from mailer.render.mime.dkim import Signer
from mailer.render.mjml import lint
from mailer.render.mjml import to_html as mjml
from mailer.render.personalise import fill

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
HERE = Place("benchmark")


def microseconds(work: Callable[[], object], calls: int) -> float:
    """Median CPU time of one call."""
    work()
    rounds = []
    for _round in range(ROUNDS):
        start = process_time()
        for _call in range(calls):
            work()
        rounds.append((process_time() - start) / calls * 1e6)
    return median(rounds)


def overheard(module: Any, name: str, act: Callable[[], object]) -> list[Any]:
    """What `act` says to `module.name`, for the naive chain to start from the same page."""
    told: list[Any] = []
    function = getattr(module, name)
    setattr(module, name, lambda *words, **more: (told.extend(words), function(*words, **more))[1])
    act()
    setattr(module, name, function)
    return told


class Bench(CompiledExample):
    """The example, and what the stages of its compilation start from."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = count()
        self.layout = overheard(mjml, "check_rendered", self.variant)[0]
        self.css = overheard(inline, "inline_css", self.variant)[1]
        self.html = mjml.to_html(self.layout, place=HERE)[0]
        self.finished = inline.inline_css(self.html, self.css)

    def variant(self) -> object:
        """A text that was never compiled before, as after each edit of an author."""
        text = f"{self.press.ANNOUNCEMENT}\n\nVersion {next(self.turn)}."
        return compile_message(**self.asked | {"content": self.press.a_content(text)})

    def person(self) -> dict[str, str]:
        return self.people[next(self.turn) % PEOPLE]

    def message(self) -> bytes:
        n = next(self.turn)
        return self.personaliser.message(
            delivery_id=DeliveryId(f"{n:026d}"),
            recipient=Mailbox(Address(f"reader{n}", "press.example"), "Anne Durand"),
            fields=self.people[n % PEOPLE],
            sent_at=self.press.MONDAY,
        ).raw

    def page(self, value: str) -> str:
        """The example as one MJML page, in which `value` stands for the reader's own places."""
        page = SENTINEL.sub(value, mjml.normalise(mjml.split_inline_styles(self.layout)[0]))
        return page.replace("</mj-head>", f"<mj-style>{self.css}</mj-style></mj-head>")

    def naive_chain(self) -> Callable[[], bytes]:
        page = Environment(autoescape=True).from_string(self.page("{{ recipient.salutation }}"))
        text = fill(self.compiled.text, self.people[0])

        def message() -> bytes:
            finished = Premailer(
                mjml2html(page.render(recipient=self.person()), fonts={}), allow_network=False
            ).transform(pretty_print=False)
            mail = EmailMessage(policy=SMTP)
            mail["From"] = "Presse <presse@institut.example>"
            mail["To"] = "Anne Durand <anne@press.example>"
            mail["Subject"] = "Invitation presse"
            mail.set_content(text)
            mail.add_alternative(finished, subtype="html")
            return bytes(mail)

        return message

    def stages(self) -> dict[str, float]:
        raw = self.message()
        at = self.press.MONDAY
        rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        signers = {
            "DKIM RSA-2048": Signer("institut.example", "a", rsa_key),
            "DKIM Ed25519": Signer("institut.example", "b", ed25519.Ed25519PrivateKey.generate()),
        }
        source = mjml.normalise(mjml.split_inline_styles(self.layout)[0])
        return {
            "lint what was rendered": microseconds(
                lambda: lint.check_rendered(self.layout, place=HERE, places={}), 20
            ),
            "normalise": microseconds(lambda: mjml.normalise(self.layout), 20),
            "MJML (mrml)": microseconds(lambda: mjml2html(source, fonts={}), 20),
            "inline (premailer)": microseconds(lambda: inline.inline_css(self.html, self.css), 10),
            "find landing places": microseconds(
                lambda: html_pieces(self.finished, {}, expected=set()), 20
            ),
            "compile one variant": microseconds(self.variant, 5),
            "fill the HTML": microseconds(lambda: fill(self.compiled.html, self.person()), 5000),
            "personalise + MIME": microseconds(self.message, 5000),
            **{
                name: microseconds(lambda signer=signer: signer.sign(raw, at=at), 200)
                for name, signer in signers.items()
            },
            "naive chain": microseconds(self.naive_chain(), 3),
        }


def main() -> None:
    gc.set_threshold(*GC_THRESHOLD)
    bench = Bench()
    costs = bench.stages()
    size = len(fill(bench.compiled.html, bench.people[0])) / 1000
    print(
        f"{size:.1f} kB of HTML, {len(bench.message()) / 1000:.1f} kB message, "
        f"Python {sys.version.split()[0]}"
    )
    for name, cost in costs.items():
        print(f"{name:28}{cost:12,.1f} µs")
    ours = costs["personalise + MIME"]
    print(f"{'naive ÷ ours':28}{costs['naive chain'] / ours:12,.0f} ×")
    streaming.main()
    node.main(
        bench.page("{{salutation}}"), text=fill(bench.compiled.text, bench.people[0]), ours=ours
    )
    print(
        "budgets: compile ≤ 12 000 µs, personalise + MIME ≤ 25 µs, DKIM RSA ≤ 500 µs, naive ≥ 300 ×, "
        "stream ≤ 100 MB"
    )


if __name__ == "__main__":
    main()
