"""Rendering, stage by stage: the naive chain for every person against compiling once and filling.

    python benchmarks/render.py

CPU time, medians of several rounds of this one run: the ratio holds on a busy machine, the
microseconds are this machine's. The naive chain is what a script does for each recipient:
Jinja, MJML, premailer with its usual options (but for the network), `EmailMessage`.
"""

from __future__ import annotations

import importlib.util
import sys
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mjml import mjml2html
from premailer import Premailer

from mailer.errors import Place
from mailer.model.address import Address, Mailbox
from mailer.model.message import DeliveryId
from mailer.render import inline, mjml
from mailer.render.landing import SENTINEL
from mailer.render.personalise import Personaliser, filled

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
PEOPLE = 1000
HERE = Place("benchmark")


def example() -> Any:
    """The campaign of the renderer's own tests."""
    path = Path(__file__).parents[1] / "tests/unit/render/conftest.py"
    spec = importlib.util.spec_from_file_location("render_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def main() -> None:
    press = example()
    template = press.a_template()
    compiled = press.compiled(template=template)
    people = [press.fields(salutation=f"Bonjour Madame Durand-{n}") for n in range(PEOPLE)]
    turn = count()
    personaliser = Personaliser(
        compiled, press.a_letterhead(), campaign="benchmark", step="announcement"
    )

    def message() -> bytes:
        n = next(turn)
        return personaliser.message(
            delivery_id=DeliveryId(f"{n:026d}"),
            recipient=Mailbox(Address(f"reader{n}", "press.example"), "Anne Durand"),
            fields=people[n % PEOPLE],
            sent_at=press.MONDAY,
        ).raw

    def variant() -> object:
        """A text that was never compiled before, as after each edit of an author."""
        content = press.a_content(f"{press.ANNOUNCEMENT}\n\nVersion {next(turn)}.")
        return press.compiled(template=template, content=content)

    layout = overheard(mjml, "normalised", variant)[0]
    css = overheard(inline, "put_inline", variant)[1]
    page = Environment(autoescape=True).from_string(
        SENTINEL.sub("{{ recipient.salutation }}", mjml.normalised(layout)).replace(
            "</mj-head>", f"<mj-style>{css}</mj-style></mj-head>"
        )
    )
    html, _css = mjml.to_html(layout, place=HERE)
    text = filled(compiled.text, people[0])

    def naive() -> bytes:
        finished = Premailer(
            mjml2html(page.render(recipient=people[next(turn) % PEOPLE]), fonts={}),
            allow_network=False,
        ).transform(pretty_print=False)
        mail = EmailMessage(policy=SMTP)
        mail["From"] = "Presse <presse@institut.example>"
        mail["To"] = "Anne Durand <anne@press.example>"
        mail["Subject"] = "Invitation presse"
        mail.set_content(text)
        mail.add_alternative(finished, subtype="html")
        return bytes(mail)

    costs = {
        "MJML to HTML": microseconds(lambda: mjml.to_html(layout, place=HERE), 20),
        "inlining": microseconds(lambda: inline.put_inline(html, css), 10),
        "compile one variant": microseconds(variant, 5),
        "fill the HTML": microseconds(
            lambda: filled(compiled.html, people[next(turn) % PEOPLE]), 5000
        ),
        "personalise + MIME": microseconds(message, 5000),
        "naive chain": microseconds(naive, 3),
    }
    size = len(filled(compiled.html, people[0])) / 1000
    print(
        f"{size:.1f} kB of HTML, {len(message()) / 1000:.1f} kB message, {sys.version.split()[0]}"
    )
    for name, cost in costs.items():
        print(f"{name:24}{cost:12,.1f} µs")
    ratio = costs["naive chain"] / costs["personalise + MIME"]
    print(f"{'naive ÷ ours':24}{ratio:12,.0f} ×")
    print("budgets: compile ≤ 12 000 µs, personalise + MIME ≤ 25 µs, ratio ≥ 300")


if __name__ == "__main__":
    main()
