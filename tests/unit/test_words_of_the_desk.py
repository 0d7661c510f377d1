"""A press officer never sees our files: the desk speaks of pages and fields, not of TOML."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import mailer
from mailer.cli.commands import COMMANDS
from mailer.errors import BackendMisconfigured, ConfigError, Place, Problem
from mailer.files.catalogues import translations_for
from mailer.render.jinja.environment import _KEYS, _SECTIONS
from mailer.web.fact_fields import field_called, named_on_pages, place_on_pages
from mailer.wording import (
    FactKey,
    ForAdministrator,
    Text,
    TextFile,
    _,
    as_note,
    from_note,
    say,
    to_administrator,
)

ROOT = Path(mailer.__file__).parent
LANGUAGES = ("en", "fr")
OF_A_FILE = re.compile(
    r"\w+\.toml\b"  # a file of ours
    r"|\[\[?[a-z_.]+\]\]?(?!\()"  # a table; [words](address) is a link of a text
    r"|\b[a-z_]+ = "  # a key with its value
    r"|\b[a-z]+_[a-z_]+\b"  # a key of several words
)
EXCEPT = {
    "cli/": "whoever types commands edits the files",
    "config/": "said before the desk starts, which needs a configuration",
    "providers/": "raised for the administrator, and the desk says so: see `ForAdministrator`",
    "mailbox/": "as those of the providers",
    "certificates.py": "as those of the providers",
    "openid/settings.py": "a setting, refused before the desk starts",
    "monitoring/traces.py": "a setting, refused before the desk starts",
    "receiver/serving.py": "said on the terminal where the receiver starts",
    "wiring/event_collector.py": "said on the terminal, and raised for the administrator",
    "web/serving.py": "said on the terminal where the desk starts",
    "web/offices.py": "said on the terminal where the desk starts",
    "files/workspace.py": "said on the terminal: without a workspace there is no desk",
    "operations/people/who.py": "a name that the desk has from whoever signed in",
    "operations/doctor/": "the page Health says that this is for the administrator",
    "web/templates/settings.html.j2": "tells the administrator in which file the settings stand",
    "files/toml/parsing.py": "a file that somebody broke by hand; the desk says that the administrator mends it",
    "files/campaigns/confirming.py": "as a broken file: only a hand writes it so",
    "files/organisations.py": "as a broken file; the desk has no page for organisations",
    "ledger/storage/engines.py": "names a package of Python to install, psycopg[binary]",
    "checks/look/not_supported.py": "[if mso] is written in a template, in HTML",
}
"""Where a sentence may name files and keys, and why no page shows it or to whom it speaks."""
FOR_THE_TERMINAL = {"cli/"}
"""Where a sentence may name a command: everybody else names an act (`remedies`), or a page."""


@cache
def modules():
    """Return each module of the program, parsed."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}


@cache
def sentences():
    """Return file and sentence of each message, but for those that are for an administrator."""
    return tuple(_sentences())


def _sentences():
    for path, module in modules().items():
        yield from ((path, it) for it in _of_module(module))
    for path in sorted(ROOT.rglob("*.j2")):
        for found in re.finditer(r'_n?\("((?:[^"\\]|\\.)*)"', path.read_text("utf-8")):
            yield path, found[1]


def _of_module(node):
    name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    if name in {"to_administrator", "ForAdministrator"}:
        return
    if name in {"_", "_n"}:
        yield from (it.value for it in node.args if isinstance(it, ast.Constant))
    for child in ast.iter_child_nodes(node):
        yield from _of_module(child)


def keys():
    """Yield each key of a campaign that a sentence of the program names."""
    yield from (*_SECTIONS.values(), *_KEYS.values())
    for module in modules().values():
        for node in ast.walk(module):
            match node:
                case ast.Call(func=ast.Name("FactKey"), args=[ast.Constant(str(key)), *_values]):
                    yield key


def within(path):
    inside = path.relative_to(ROOT).as_posix()
    return next((each for each in EXCEPT if inside.startswith(each)), None)


def named(sentence):
    return OF_A_FILE.search(re.sub(r"\{\w*\}", "", sentence))


def test_no_sentence_that_the_desk_can_show_names_a_file_or_a_key():
    told = {
        f"{path.relative_to(ROOT)}: {sentence}"
        for path, sentence in sentences()
        if named(sentence) and not within(path)
    }

    assert told == set()


def test_each_exception_is_still_one():
    assert {within(path) for path, sentence in sentences() if named(sentence)} >= {*EXCEPT}


def test_no_sentence_that_the_desk_can_show_names_a_command_or_an_option():
    commands = "|".join(re.escape(each.name) for each in COMMANDS)
    typed = re.compile(rf"\bmailer (?:{commands})\b|(?<![-\w])--[a-z]")

    told = [(path, sentence) for path, sentence in sentences() if typed.search(sentence)]

    # The command line names them, so that the pattern is known to find them.
    assert {within(path) for path, _sentence in told} == FOR_THE_TERMINAL, told


@pytest.mark.parametrize("key", sorted(set(keys())))
def test_each_key_in_a_sentence_has_a_name_on_a_page(key):
    assert field_called(key)
    for language in LANGUAGES:
        said = say(
            Text("{it}", {"it": FactKey(key, "…")}),
            translations_for(language),
            worded=named_on_pages,
        )
        assert not named(said), said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            FactKey("steps.unless", ("accredited", "declined")),
            "“Not to those who have answered” on the page Calendar, for instance asked to come, whatever was decided; will not come",
        ),
        (
            FactKey("steps.on", "accepted"),
            "“Leaves: as soon as somebody is accredited” on the page Calendar",
        ),
        (FactKey("steps.fixed", value=True), "“Keeps its day, working day or not” on the page Calendar"),
        (FactKey("steps.subject"), "“Subject” on the page Texts"),
        (FactKey("steps"), "“Steps” on the page Calendar"),
    ],
)  # fmt: skip
def test_what_a_step_says_is_named_by_its_field_and_in_the_words_of_its_choices(key, said):
    assert str(named_on_pages(key)) == said


DEADLINE = _("Fill in {fact}.", fact=FactKey("accreditation.deadline", "J-1 12:00"))


def test_a_key_is_named_as_in_the_file_on_the_command_line_and_by_its_field_at_the_desk():
    french = translations_for("fr")

    assert str(DEADLINE) == 'Fill in deadline = "J-1 12:00" under [accreditation].'
    assert say(DEADLINE, french) == 'Renseignez deadline = "J-1 12:00" sous [accreditation].'
    assert say(DEADLINE, french, worded=named_on_pages) == (
        "Renseignez «\N{NO-BREAK SPACE}Date limite d’accréditation\N{NO-BREAK SPACE}» sur la page"
        " Faits, par exemple J-1 12:00."
    )


@pytest.mark.parametrize(
    ("key", "written"),
    [
        (FactKey("press_contacts"), "[[press_contacts]]"),
        (FactKey("partners.signs", "passages"), 'signs = "passages" under [[partners]]'),
        (FactKey("partners.2.name", "…"), "name = … under [[partners]]"),
        (FactKey("steps.unless", ("accredited",)), 'unless = ["accredited"]'),
        (FactKey("steps.fixed", value=True), "fixed = true"),
        (FactKey("short_names"), "short_names"),
        (FactKey("transport.smtp.host"), "host under [transport.smtp]"),
    ],
)
def test_a_key_stands_in_the_file_under_its_table(key, written):
    assert str(Text("{key}", {"key": key})) == written


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("a/campaign.toml", 12, key="event.venue"), "page Facts, “Venue”"),
        (Place("a/campaign.toml", 9, key="partners.2.name"), "page Facts, Partner 2, “Name”"),
        (Place("campaign.toml", 9, key="steps.reminder.send"), "page Calendar, Reminder mailing, “Day and hour”"),
        (Place("campaign.toml", 9, key="steps.reminder.unless"), "page Calendar, Reminder mailing, “Not to those who have answered”"),
        (Place("campaign.toml", 9, key="steps.reminder.id"), "page Texts, Reminder mailing"),
        (Place("campaign.toml", 9, key="steps.reminder.subject"), "page Texts, Reminder mailing, “Subject”"),
        (Place("campaign.toml"), "page Facts"),
        (Place("campaign.toml", 3), "file of the facts, line 3"),
        (Place("config.toml", key="office.name"), "settings of the program"),
    ],
)  # fmt: skip
def test_a_place_in_a_file_is_a_page_and_its_field_at_the_desk(place, shown):
    assert str(place_on_pages(place)) == shown


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("a/announcement.md", 3), "text “First announcement”, line 3"),
        (Place("reminder.press.en.md"), "text “Reminder mailing (press, en)”"),
        (Place("reminder.md", 2, key="subject"), "text “Reminder mailing”, “Subject”"),
        (Place("nos-voeux.md", 1), "text “Nos voeux”, line 1"),
    ],
)
def test_a_text_is_called_by_its_step(place, shown):
    assert str(place_on_pages(place)) == shown


def test_a_sentence_names_a_text_by_its_file_on_the_command_line_and_by_its_step_at_the_desk():
    missing = _("The text {file} is missing.", file=TextFile("reminder.md"))

    assert str(missing) == "The text reminder.md is missing."
    said = say(missing, translations_for("en"), worded=named_on_pages)
    assert said == "The text “Reminder mailing” is missing."


@pytest.mark.parametrize("kind", [BackendMisconfigured, ConfigError])
def test_what_only_the_administrator_can_do_says_so_at_the_desk_alone(kind):
    remedy = _("Check username and password under [transport.smtp].")
    (problem,) = kind(Problem(Place("smtp://relay.example"), _("refused"), remedy)).problems

    assert str(problem.remedy) == remedy.sentence
    said = say(problem.remedy, translations_for("en"), worded=named_on_pages)
    assert said == f"For the administrator: {remedy.sentence}"
    assert to_administrator(problem.remedy) is problem.remedy


@pytest.mark.parametrize(
    "value",
    [
        TextFile("a.md"),
        FactKey("event.venue"),
        FactKey("steps.unless", ("declined",)),
        ForAdministrator(DEADLINE),
    ],
)
def test_a_note_keeps_what_each_door_words_in_its_own_way(value):
    assert from_note(as_note(_("Fill in {fact}.", fact=value))).values == {"fact": value}
