"""Pages that would eat the machine end as a clear error, in a child that may die instead of us."""

import os
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import pytest

from mailer.calendar.timetable import plan
from mailer.errors import ContentError, Place
from mailer.files.bundled import bundled
from mailer.files.templates import load_template
from mailer.model.campaigns.campaign import Content, VariantKey
from mailer.model.campaigns.office import Office
from mailer.render.compile import compile_message
from mailer.sandbox.children import Sandbox
from tests.counterparts.campaigns import load_campaign

MEMORY = 600 * 2**20
OFFICE = Office(name="Institut")
FOLDER = bundled("campaigns") / "2017-12-09-recherche-associations"
FRENCH = VariantKey("", "fr")
RENDERER = ("mailer.render.compile",)


@pytest.fixture(scope="module")
def asked():
    """What compiling the example's announcement takes."""
    campaign = load_campaign(FOLDER, office=OFFICE)
    planned = plan(campaign, office=OFFICE)[0]
    return {
        "campaign": campaign,
        "step": planned.step,
        "content": planned.step.contents[FRENCH],
        "variant": FRENCH,
        "planned_local": planned.local,
        "office": OFFICE,
        "template": load_template("press", (bundled("templates"),), theme=""),
        "translations": NullTranslations(),
    }


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(cpu_s=1, memory_bytes=MEMORY, imports=RENDERER) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def patient_sandbox():
    """For what must compile, on however slow a machine."""
    with Sandbox(cpu_s=120, memory_bytes=MEMORY, imports=RENDERER) as sandbox:
        yield sandbox


def text(words):
    """The change to what is asked: another text."""
    return lambda _asked: {"content": Content("announcement.md", words)}


def layout(body):
    """The change to what is asked: another template."""
    page = f'<mjml lang="fr" dir="ltr"><mj-body><mj-section><mj-column><mj-text>{body}</mj-text></mj-column></mj-section></mj-body></mjml>'
    files = {"press/body.mjml.j2": page, "press/body.txt.j2": "{{ lead }}"}
    return lambda given: {"template": replace(given["template"], files=files)}


DEEP = 10_000
BOMBS = {
    "nested elements": layout("<b>" * DEEP + "x" + "</b>" * DEEP),
    "nested quotations": text("> " * DEEP + "x"),
    "nested lists": text("".join(f"{' ' * n}- x\n" for n in range(600))),
    "nested conditions": text("{% if 1 %}" * 3_000 + "x" + "{% endif %}" * 3_000),
    "nested parentheses": text("{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}"),
    "fifty megabytes": text("mot " * 12_500_000),
    "fifty megabytes of template": layout("mot " * 12_500_000),
    "a billion turns": text("{% for i in range(10**9) %}x{% endfor %}"),
    "many turns": text(
        "".join("{% for a in '" + "x" * 30 + "' %}" for _ in range(9)) + "x" + "{% endfor %}" * 9
    ),
    "a long text by multiplication": text("{{ 'x' * 10**10 }}"),
    "a large number": text("{{ 10**(10**10) }}"),
    "a wide number": text("{{ '%1000000000d' % 1 }}"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_page_that_would_eat_the_machine_is_a_clear_error(sandbox, asked, bomb):
    changed = asked | BOMBS[bomb](asked)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(ContentError) as caught:
        sandbox.run(compile_message, where=Place("announcement.md"), **changed)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB, our own
    assert str(caught.value.problems[0].what)
    assert len(str(caught.value)) < 2_000


@pytest.mark.parametrize(
    "words",
    ["[" * 20_000 + "x" + "]" * 20_000, "![[" * 50_000, "*_" * 60_000],
)
def test_what_only_looks_terrible_compiles(patient_sandbox, asked, words):
    message = patient_sandbox.run(compile_message, where=Place("x"), **asked | text(words)(asked))

    assert message.content_hash


def test_what_is_large_and_fair_still_compiles(patient_sandbox, asked):
    long = "\n\n".join(
        f"Paragraphe {n}, avec [un lien](https://a.example/{n})." for n in range(900)
    )

    message = patient_sandbox.run(
        compile_message, where=Place("x"), **asked | text(f"# T\n\n{long}")(asked)
    )

    assert "Paragraphe 899" in "".join(each for each in message.text if isinstance(each, str))


def test_compiling_needs_neither_network_nor_files(asked, tmp_path):
    """In a network namespace of its own where the machine allows, and an empty folder."""
    unshare = shutil.which("unshare")
    cut_off = [unshare, "-rn"] if unshare and _works([unshare, "-rn", "true"]) else []
    if not cut_off:
        pytest.skip("this machine allows no network namespaces: unshare -rn fails")
    root = Path(__file__).parents[2]

    done = subprocess.run(
        [*cut_off, sys.executable, "-c", CHILD],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.split() == ["compiled", "opened", "0"]
    assert list(tmp_path.iterdir()) == []


def _works(command):
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


CHILD = """
import sys
from dataclasses import replace
from gettext import NullTranslations
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.campaigns.office import Office
from mailer.render.compile import compile_message
from mailer.files.bundled import bundled
from tests.counterparts.campaigns import load_campaign
from mailer.files.templates import load_template
from mailer.calendar.timetable import plan

office = Office(name="Institut")
folder = bundled("campaigns") / "2017-12-09-recherche-associations"
campaign = load_campaign(folder, office=office)
planned = plan(campaign, office=office)[0]
template = load_template("press", (bundled("templates"),), theme="")
planted = '''<mj-style>@import url(http://fonts.example/a.css); @import "file:///etc/hosts";
@font-face { font-family: x; src: url(file:///etc/hosts) }</mj-style>
<mj-style inline="inline">@import "/etc/hosts"; @import url("https://fonts.example/b.css");
p { background: url(file:///etc/hosts) }</mj-style></mj-head>'''
files = {
    name: text.replace("</mj-head>", planted) for name, text in template.files.items()
}
asked = dict(
    campaign=campaign, step=planned.step, content=planned.step.contents[VariantKey("", "fr")],
    variant=VariantKey("", "fr"), planned_local=planned.local, office=office,
    template=replace(template, files=files), translations=NullTranslations(),
)
compile_message(**asked)  # modules that are loaded late are files too
opened = []
sys.addaudithook(
    lambda event, told: opened.append((event, told))
    if event in {"open", "socket.connect", "socket.getaddrinfo", "socket.__new__"} else None
)
text = asked["content"].text + " Encore."
compile_message(**asked | {"content": replace(asked["content"], text=text)})
print("compiled opened", len(opened), *opened)
"""
