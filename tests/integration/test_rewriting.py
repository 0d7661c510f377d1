"""What a form saves: nothing but what somebody changed, and that byte for byte."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import ContentError
from mailer.files.campaigns.form_keys import LISTS
from mailer.files.campaigns.line_ends import restore_line_ends, with_lf
from mailer.files.campaigns.rewriting import entries, fact_fields, rewrite_facts
from mailer.files.campaigns.text_rewriting import rewrite_text, text_fields
from mailer.model.drafts.revision import TextFields

EXAMPLE = Path(__file__).parents[2] / "campaigns" / "2017-12-09-recherche-associations"
FACTS = (EXAMPLE / "campaign.toml").read_bytes()
SPACES = "\u00a0\u202f\u2009\t"


def by_browser(text):
    """What a form sends back for a text that it shows: CRLF for every line end."""
    return with_lf(text).replace("\n", "\r\n")


def sent(fields):
    return {name: by_browser(text) for name, text in fields.items()}


def comments(content):
    """The comments of the example, none of which holds a quote."""
    return re.findall(r"(?m)(?:^|(?<=[\"\] \d]))#[^\"\n\r]*$", with_lf(content.decode()))


words = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=30
)
line_end = st.sampled_from(["\n", "\r\n", "\r"])
bodies = st.builds(
    lambda parts, last: "".join(f"{line}{end}" for line, end in parts) + last,
    st.lists(st.tuples(words | st.just("") | st.just(SPACES), line_end), max_size=8),
    words | st.just(""),
)
fronts = st.sampled_from(
    [
        "",
        '+++\nsubject = "Objet"\n+++\n',
        "+++\r\n# un commentaire\r\nsubject = 'Objet' # la suite\r\n\r\npreheader=\"a\"\r\n+++\r\n",
        '+++ \n\npreheader = """\nun\n"""\n+++',
        "+++\nnot toml\n+++\n",
        "+++\nsubject = 'open'\n",
    ]
)
boms = st.sampled_from([b"", b"\xef\xbb\xbf"])
texts = st.builds(lambda bom, front, body: bom + (front + body).encode(), boms, fronts, bodies)


@given(texts)
def test_a_text_saved_without_a_change_has_the_same_bytes(stored):
    shown = text_fields(stored, name="a.md")

    saved = rewrite_text(
        stored,
        TextFields(with_lf(by_browser(shown.body)), shown.subject, shown.preheader),
        name="a.md",
    )

    assert saved == stored


@given(texts, words.map(with_lf))
def test_a_changed_body_is_read_back_as_it_was_typed(stored, added):
    shown = text_fields(stored, name="a.md")
    typed = TextFields(f"{shown.body}{added}", shown.subject, shown.preheader)

    again = text_fields(rewrite_text(stored, typed, name="a.md"), name="a.md")

    has_front = not shown.body.startswith("+++")
    assert not has_front or again == typed


@given(bodies, words.map(with_lf))
def test_lines_that_stay_keep_their_line_ends(stored, added):
    lines = with_lf(stored).split("\n")
    edited = "\n".join([*lines, added])

    restored = restore_line_ends(stored, edited)

    assert with_lf(restored) == edited
    assert restored.startswith(stored) or "\r" in stored.replace("\r\n", "")


def test_one_corrected_line_changes_one_line_of_the_bytes():
    stored = "\n\nun\r\ndeux\u00a0?\rtrois\n\u202fquatre".encode()

    saved = rewrite_text(
        stored, TextFields("\n\nun\nDeux\u00a0?\ntrois\n\u202fquatre"), name="a.md"
    )

    assert saved == stored.replace(b"deux", b"Deux").replace(b"?\r", b"?\n")


def test_a_subject_is_changed_in_its_front_matter_and_the_rest_stays():
    stored = (
        b"+++\r\n# les deux\r\nsubject = 'Objet' # court\r\npreheader = 'avant'\r\n+++\r\ntexte"
    )
    shown = text_fields(stored, name="a.md")

    saved = rewrite_text(
        stored, TextFields(shown.body, "L’objet « neuf »", shown.preheader), name="a.md"
    )

    assert saved == stored.replace(b"'Objet'", '"L’objet « neuf »"'.encode())


def test_a_text_without_front_matter_gets_one_for_its_subject_and_loses_it_again():
    saved = rewrite_text(b"texte\n", TextFields("texte\n", "Objet"), name="a.md")

    assert saved == b'+++\nsubject = "Objet"\n+++\ntexte\n'
    assert text_fields(saved, name="a.md") == TextFields("texte\n", "Objet")
    emptied = rewrite_text(saved, TextFields("texte\n"), name="a.md")
    assert text_fields(emptied, name="a.md") == TextFields("texte\n")


@pytest.mark.parametrize("content", [b"\xff\xfeb\0", "été".encode("latin-1"), b"a\0b"])
def test_what_is_no_text_is_refused_and_never_guessed(content):
    with pytest.raises(ContentError):
        text_fields(content, name="a.md")
    with pytest.raises(ContentError):
        fact_fields(content)


VARIANTS = {
    "the example": FACTS,
    "with CRLF": FACTS.replace(b"\n", b"\r\n"),
    "with a BOM": b"\xef\xbb\xbf" + FACTS,
    "without a last line end": FACTS.rstrip(b"\n"),
    "with blank lines in front": b"\n\n" + FACTS,
    "with mixed line ends": FACTS.replace(b"\n", b"\r\n", 40),
    "with inline tables": (
        b'title = "a" # t\npress_contacts = [ { name = "A", phone = "1" }, # un\n'
        b' { name = "B" } ]\nevent = { name = "E", starts_at = "2017-12-09 09:30" }\n'
    ),
    "with dotted keys": b'title = "a"\nevent.name = "E" # e\nevent.starts_at = 2017-12-09\n',
    "without any table": b"# rien\n",
    "empty": b"",
    "with tables out of order": b'[event]\nname = "E"\n[embargo]\nuntil = "2017-12-09 09:00"\n[event.en]\nname = "F"\n[accreditation]\n# a\nrequired = true\n',
}
each_variant = pytest.mark.parametrize("stored", VARIANTS.values(), ids=VARIANTS)


@each_variant
def test_facts_saved_without_a_change_have_the_same_bytes(stored):
    assert rewrite_facts(stored, sent(fact_fields(stored))) == stored


CHANGES = {
    "title": "Un « autre » titre",
    "kind": "press-release",
    "short_names": "Institut X, Paris\nl’Institut",
    "place": "Lyon\u00a0!",
    "event.name": 'Rencontre \\ "citée"',
    "event.venue": "Salle #3 # non",
    "event.access": "",
    "event.starts_at.day": "2018-01-02",
    "event.starts_at.hour": "18:05",
    "embargo.until.day": "2018-01-01",
    "embargo.until.hour": "06:00",
    "accreditation.deadline": "J-2 working 12:00",
    "accreditation.addresses": "a@press.example\nb@press.example",
    "accreditation.total": "40",
    "accreditation.order": "next-that-fits",
    "accreditation.confirm_within_hours": "24",
    "press_contacts.1.phone": "01 99 00 00 01",
    "press_contacts.3.name": "Zoé Exemple",
    "press_contacts.3.email": "zoe@office.example",
    "partners.1.url": "https://neuf.example/",
    "partners.2.signs": "passages",
    "links.1.group": "press-room",
    "links.6.label": "Un lien",
    "links.6.url": "https://six.example/",
    "attachments.1.path": "dossier.pdf",
    "steps.reminder.subject": "Rappel {{ event.date }}",
    "steps.announcement.send": "J-6 09:00",
    "steps.reminder.to": "presse\nassociations",
    "steps.reminder.beats": "santé",
    "steps.announcement.exclude": "équipe",
    "steps.announcement.most_per_week": "3",
    "steps.announcement.fixed": "1",
    "steps.announcement.calendar": "1",
    "steps.reminder.kind": "follow-up",
    "steps.reminder.only": "waiting\nasked",
    "steps.reminder.unless": "refused",
    "steps.reminder.reason": "La salle a changé",
}


@given(st.sets(st.sampled_from(sorted(CHANGES)), min_size=1))
def test_any_fields_change_and_every_comment_and_every_other_value_stays(names):
    shown = fact_fields(FACTS)
    if "embargo.until.hour" in names:
        names = names | {"embargo.until.day"}
    typed = shown | {name: CHANGES[name] for name in names}

    saved = rewrite_facts(FACTS, sent(typed))

    again = fact_fields(saved)
    assert {name: again[name] for name in names} == {name: CHANGES[name] for name in names}
    unchanged = shown.keys() - names
    new = {name.rpartition(".")[0] for name in names if name not in shown or not shown[name]}
    assert all(
        again[name] == shown[name] for name in unchanged if name.rpartition(".")[0] not in new
    )
    assert comments(saved) == comments(FACTS)
    assert tomllib.loads(saved.decode())["steps"][0]["id"] == "announcement"


@each_variant
def test_a_changed_fact_is_read_back_from_every_way_of_writing(stored):
    saved = rewrite_facts(
        stored, {"title": "neuf", "press_contacts.1.name": "Neuve", "event.venue": "Ici"}
    )

    again = tomllib.loads(saved.decode("utf-8-sig"))
    assert again["title"] == "neuf"
    assert again["press_contacts"][0]["name"] == "Neuve"
    assert again["event"]["venue"] == "Ici"


def test_one_changed_value_changes_one_line():
    saved = rewrite_facts(FACTS, {"event.starts_at.hour": "10:00"})

    changed = [
        (old, new)
        for old, new in zip(FACTS.split(b"\n"), saved.split(b"\n"), strict=True)
        if old != new
    ]
    assert changed == [
        (
            b"starts_at = 2017-12-09T09:30:00 # heure fictive",
            b"starts_at = 2017-12-09T10:00:00 # heure fictive",
        )
    ]


def test_a_moment_stays_of_the_kind_that_the_file_has():
    text = b'[event]\nname = "E"\nstarts_at = "2017-12-09 09:30"\nends_at = 2017-12-10\n'

    saved = rewrite_facts(
        text, {"event.starts_at.day": "2017-12-11", "event.ends_at.hour": "18:00"}
    )

    event = tomllib.loads(saved.decode())["event"]
    assert event["starts_at"] == "2017-12-11 09:30"
    assert event["ends_at"] == datetime.fromisoformat("2017-12-10T18:00")
    no_hour = rewrite_facts(saved, {"event.ends_at.hour": ""})
    assert tomllib.loads(no_hour.decode())["event"]["ends_at"] == date(2017, 12, 10)
    none = rewrite_facts(no_hour, {"event.ends_at.day": ""})
    assert "ends_at" not in tomllib.loads(none.decode())["event"]


def test_a_moment_that_the_inputs_cannot_show_stays_when_nothing_is_typed():
    stored = b'[event]\nname = "E"\nstarts_at = "un samedi"\n'

    assert fact_fields(stored)["event.starts_at.day"] == ""
    assert rewrite_facts(stored, sent(fact_fields(stored))) == stored


@pytest.mark.parametrize("day", ["2017-02-30", "demain", "12/09/2017"])
def test_a_day_that_does_not_exist_is_refused_at_its_field(day):
    with pytest.raises(ContentError) as refused:
        rewrite_facts(FACTS, {"event.starts_at.day": day})

    assert refused.value.problems[0].where.key == "event.starts_at"


@pytest.mark.parametrize("number", ["quarante", "-1", "4,5", "²"])
def test_what_is_no_whole_number_is_refused_at_its_field(number):
    with pytest.raises(ContentError) as refused:
        rewrite_facts(FACTS, {"accreditation.total": number})

    assert refused.value.problems[0].where.key == "accreditation.total"


def test_a_number_with_blanks_is_one_and_an_emptied_one_is_removed():
    saved = rewrite_facts(FACTS, {"accreditation.total": " 1 200 "})

    assert tomllib.loads(saved.decode())["accreditation"]["total"] == 1200
    assert rewrite_facts(saved, {"accreditation.total": ""}) == FACTS


@pytest.mark.parametrize("name", ["press_contacts", "partners", "links"])
def test_a_removed_entry_takes_its_translations_along_and_nothing_else(name):
    before = tomllib.loads(FACTS.decode())

    saved = rewrite_facts(FACTS, {}, removed=[f"{name}.1", f"{name}.99", "steps.1", f"{name}.x"])

    after = tomllib.loads(saved.decode())
    assert after[name] == before[name][1:]
    assert after["steps"] == before["steps"]
    assert entries(saved, name) == entries(FACTS, name) - 1


def test_all_entries_removed_leave_no_empty_list():
    saved = rewrite_facts(FACTS, {}, removed=["press_contacts.1", "press_contacts.2"])

    assert "press_contacts" not in tomllib.loads(saved.decode())


def test_a_new_entry_needs_more_than_its_choice_of_group():
    assert rewrite_facts(FACTS, {"links.6.group": "press-room"}) == FACTS
    assert {*LISTS} == {"press_contacts", "partners", "links", "attachments", "corrections"}


def test_broken_toml_is_refused_with_its_line():
    with pytest.raises(ContentError) as refused:
        fact_fields(b'title = "a"\nkind = \n')

    assert refused.value.problems[0].where.line == 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [("true", "version"), ("false", ""), ('"version"', "version"), ('"passages"', "passages")],
)
def test_what_a_partner_signs_is_shown_as_one_choice_and_kept_as_it_was_written(written, shown):
    stored = f'[[partners]]\nname = "Inserm"\nsigns = {written}\n'.encode()
    fields = fact_fields(stored)

    assert fields["partners.1.signs"] == shown
    assert rewrite_facts(stored, fields) == stored
    chosen = rewrite_facts(stored, fields | {"partners.1.signs": ""})
    assert (b"signs" in chosen) == (not shown)
