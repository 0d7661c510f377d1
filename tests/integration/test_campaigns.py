"""A campaign folder is read whole, or refused with all its problems, each in its place."""

import json
import os
from datetime import datetime, time
from pathlib import Path
from textwrap import dedent
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.calendar.timetable import localise, plan
from mailer.errors import ContentError
from mailer.files.campaigns.folder import survey_campaign
from mailer.files.campaigns.folders import state_of_folder
from mailer.model.address import Address
from mailer.model.campaigns.campaign import CalendarOffset, CampaignKind, FixedTime, VariantKey
from mailer.model.campaigns.office import Office
from mailer.render.markdown import document
from mailer.render.markdown.attachments import attachments, pictures
from mailer.render.markdown.typed_text import read_typed
from tests.counterparts.campaigns import load_campaign
from tests.unit.render.test_image_files import jpeg

IMAGE = jpeg()

OFFICE = Office("Institut")
EXAMPLE = Path(__file__).parents[2] / "campaigns" / "2017-12-09-recherche-associations"
FACTS = """\
kind = "advisory"
title = "Rencontre"
[event]
name = "Rencontre"
starts_at = 2017-12-09T09:30:00
[[steps]]
id = "announcement"
send = "J-5 09:30"
to = ["press", "associations"]
subject = "Invitation"
"""


def a_folder(tmp_path, facts=FACTS, **texts):
    folder = tmp_path / "rencontre"
    folder.mkdir(exist_ok=True)
    (folder / "campaign.toml").write_text(facts, "utf-8")
    for name, text in ({"announcement": "# Titre\n"} | texts).items():
        if text is not None:
            (folder / f"{name.replace('__', '.')}.md").write_text(text, "utf-8")
    return folder


def refusals(folder):
    with pytest.raises(ContentError) as refused:
        load_campaign(folder, office=OFFICE)
    return refused.value.problems


def said(problems):
    return [f"{Path(p.where.file).name}:{p.where.line} {p.what} {p.remedy}" for p in problems]


@pytest.mark.parametrize("year", ["0001", "1200", "2207", "9999"])
@pytest.mark.parametrize("form", ["{}-01-01T00:00:00", '"{}-12-31 23:59"', "{}-12-31T23:59:59Z"])
@pytest.mark.parametrize(
    ("before", "key"),
    [
        ("[embargo]\n", "until"),
        ("[event]\nname = 'X'\n", "starts_at"),
        ("[event]\nname = 'X'\nstarts_at = 2017-12-09T09:30:00\n", "ends_at"),
        ("[accreditation]\n", "deadline"),
        ("[[steps]]\nid = 'a'\nto = ['press']\nsubject = 'S'\n", "send"),
    ],
)
def test_a_year_that_cannot_be_meant_is_a_problem_in_its_line(tmp_path, before, key, form, year):
    facts = f"kind = 'advisory'\ntitle = 'X'\n{before}{key} = {form.format(year)}\n"

    problems = refusals(a_folder(tmp_path, facts))

    line = facts.count("\n")
    assert any(f":{line} " in each and f"The year {int(year)} " in each for each in said(problems))


# The example


def test_the_example_campaign_is_read_whole():
    campaign = load_campaign(EXAMPLE, office=OFFICE)

    assert campaign.kind is CampaignKind.ADVISORY
    assert campaign.slug == "2017-12-09-recherche-associations"
    assert campaign.event.starts_at == localise(
        datetime.fromisoformat("2017-12-09 09:30"), zone="Europe/Paris"
    )
    assert f"{campaign.accreditation.deadline:%a %d %b %H:%M}" == "Fri 08 Dec 12:00"
    assert campaign.accreditation.addresses[1] == Address("presse", "academie.example")
    assert campaign.event.translations["en"]["theme"].startswith("Sharing")
    assert [step.id for step in campaign.steps] == [
        "announcement",
        "reminder",
        "practical",
        "morning",
    ]
    assert set(campaign.steps[0].contents) == {
        VariantKey("", "fr"),
        VariantKey("", "en"),
        VariantKey("associations", "fr"),
    }


def test_the_example_campaign_leaves_when_the_advisory_did():
    entries = plan(load_campaign(EXAMPLE, office=OFFICE), office=OFFICE)

    assert [f"{entry.step.id} {entry.local:%a %d %b %Y %H:%M}" for entry in entries] == [
        "announcement Mon 04 Dec 2017 09:30",
        "reminder Thu 07 Dec 2017 09:30",
        "practical Fri 08 Dec 2017 15:00",
        "morning Sat 09 Dec 2017 07:30",
    ]
    assert not any(entry.moved_from for entry in entries)


def test_nobody_in_the_example_can_be_written_to():
    for file in (*EXAMPLE.glob("*.md"), *EXAMPLE.glob("*.toml")):
        text = file.read_text("utf-8")
        for word in text.replace('"', " ").replace("(", " ").replace(")", " ").split():
            if "@" in word:
                assert word.rstrip(".,;]").endswith(".example")


# What a folder may say


def test_times_are_wall_times_of_the_campaigns_zone(tmp_path):
    facts = FACTS.replace('title = "Rencontre"', 'title = "R"\ntime_zone = "America/New_York"')
    facts = facts.replace('"J-5 09:30"', '"2017-12-04 09:30"')

    campaign = load_campaign(a_folder(tmp_path, facts), office=OFFICE)

    assert campaign.event.starts_at.isoformat() == "2017-12-09T09:30:00-05:00"
    assert campaign.steps[0].send.at.isoformat() == "2017-12-04T09:30:00-05:00"


CLOCKS = {
    "2026-03-29 02:30": "There is no 02:30 on that day: the clocks go forward. Write 03:30.",
    "2026-10-25 02:30": "02:30 comes twice on that day: the clocks go back.",
}
WRITTEN = {
    "steps.announcement.send": ('send = "J-5 09:30"', 'send = "{at}"'),
    "steps.announcement.send, as a date": ('send = "J-5 09:30"', "send = {toml}"),
    "event.starts_at": ("starts_at = 2017-12-09T09:30:00", 'starts_at = "{at}"'),
    "event.ends_at": (
        "starts_at = 2017-12-09T09:30:00",
        "starts_at = 2017-12-09T09:30:00\nends_at = {toml}",
    ),
    "accreditation.deadline": ("[[steps]]", '[accreditation]\ndeadline = "{at}"\n[[steps]]'),
    "embargo.until": ("[[steps]]", "[embargo]\nuntil = {toml}\n[[steps]]"),
    "corrections.1.old": (
        "[[steps]]",
        '[[corrections]]\nwhat = "date"\nold = {toml}\nnew = "x"\n[[steps]]',
    ),
}


@pytest.mark.parametrize(("at", "expected"), CLOCKS.items())
@pytest.mark.parametrize("key", WRITTEN)
def test_an_hour_that_the_clocks_skip_or_repeat_is_asked_wherever_it_is_written(
    tmp_path, key, at, expected
):
    before, after = WRITTEN[key]
    toml = f"{at.replace(' ', 'T')}:00"
    facts = FACTS.replace(before, after.format(at=at, toml=toml))

    (problem,) = refusals(a_folder(tmp_path, facts))

    assert problem.where.key == key.partition(",")[0]
    assert expected in str(problem.what)


@pytest.mark.parametrize("day", ["2026-03-30", "2026-10-26"])
def test_a_deadline_counted_from_the_event_is_asked_too(tmp_path, day):
    facts = FACTS.replace("2017-12-09", day).replace(
        "[[steps]]", '[accreditation]\ndeadline = "J-1 02:30"\n[[steps]]'
    )

    (problem,) = refusals(a_folder(tmp_path, facts))

    assert problem.where.key == "accreditation.deadline"


def test_an_hour_that_exists_in_the_zone_of_the_campaign_is_not_asked(tmp_path):
    facts = FACTS.replace('title = "Rencontre"', 'title = "R"\ntime_zone = "America/New_York"')
    facts = facts.replace('"J-5 09:30"', '"2026-03-29 02:30"')

    assert load_campaign(a_folder(tmp_path, facts), office=OFFICE)


def test_an_instant_with_an_offset_is_moved_to_the_campaigns_zone(tmp_path):
    facts = FACTS.replace("09T09:30:00", "09T09:30:00Z")

    campaign = load_campaign(a_folder(tmp_path, facts), office=OFFICE)

    assert campaign.event.starts_at.isoformat() == "2017-12-09T10:30:00+01:00"


@pytest.mark.parametrize("written", ["2017-12-09", '"2017-12-09"'])
def test_an_event_may_have_a_date_and_no_hour(tmp_path, written):
    facts = FACTS.replace("2017-12-09T09:30:00", written)

    event = load_campaign(a_folder(tmp_path, facts), office=OFFICE).event

    assert (event.has_hour, f"{event.starts_at:%F %H:%M}") == (False, "2017-12-09 00:00")


def test_a_step_may_leave_at_a_time_that_toml_itself_knows(tmp_path):
    facts = FACTS.replace('"J-5 09:30"', "2017-12-04T09:30:00")

    (step,) = load_campaign(a_folder(tmp_path, facts), office=OFFICE).steps

    assert step.send == FixedTime(
        localise(datetime.fromisoformat("2017-12-04 09:30"), zone="Europe/Paris")
    )


def test_every_variant_of_a_text_is_found_by_its_name(tmp_path):
    folder = a_folder(
        tmp_path,
        announcement__associations="# A\n",
        announcement__en="# B\n",
        announcement__press__en="# C\n",
    )

    (step,) = load_campaign(folder, office=OFFICE).steps

    assert {str(variant): content.text for variant, content in step.contents.items()} == {
        "fr": "# Titre\n",
        "associations.fr": "# A\n",
        "en": "# B\n",
        "press.en": "# C\n",
    }


def test_the_text_of_a_list_has_its_plain_name_in_the_name_of_its_file(tmp_path):
    facts = FACTS.replace('"associations"', '"Journalistes mer"')
    folder = a_folder(tmp_path, facts, **{"announcement__journalistes-mer": "# A\n"})

    (step,) = load_campaign(folder, office=OFFICE).steps

    assert step.to == ("press", "Journalistes mer")
    assert step.contents[VariantKey("Journalistes mer", "fr")].text == "# A\n"


def test_a_text_that_is_refused_is_not_said_to_have_no_subject_too(tmp_path):
    facts = FACTS.replace('subject = "Invitation"\n', "")
    text = '+++\nsubject = "Invitation"\n+++\n# Titre\n\n'
    folder = a_folder(tmp_path, facts, announcement=f"{text}{'> ' * 300}x\n")

    (problem,) = refusals(folder)

    assert Path(problem.where.file).name == "announcement.md"


def test_a_text_for_each_list_needs_no_common_one(tmp_path):
    folder = a_folder(
        tmp_path, announcement=None, announcement__press="p", announcement__associations="a"
    )

    assert len(load_campaign(folder, office=OFFICE).steps[0].contents) == 2


def test_a_translation_alone_does_not_stand_in_for_the_text(tmp_path):
    folder = a_folder(tmp_path, announcement=None, announcement__en="Hello.")

    assert "announcement.md" in said(refusals(folder))[0]


def test_front_matter_gives_a_version_its_own_subject(tmp_path):
    text = '+++\n# une remarque\nsubject = "Advisory"\n\npreheader = "Paris"\n+++\n\n# Title\n'

    campaign = load_campaign(a_folder(tmp_path, announcement__en=text), office=OFFICE)
    content = campaign.steps[0].contents[VariantKey("", "en")]

    assert (content.subject, content.preheader) == ("Advisory", "Paris")
    assert content.text == "\n# Title\n"
    assert content.line == 7
    assert campaign.lines[f"{content.file}:subject"] == 3


def test_a_subject_in_front_of_the_main_text_is_the_steps(tmp_path):
    facts = FACTS.replace('subject = "Invitation"\n', "")
    text = '+++\nsubject = "Invitation"\n+++\n# Titre\n'

    (step,) = load_campaign(a_folder(tmp_path, facts, announcement=text), office=OFFICE).steps

    assert step.subject == "Invitation"


def test_several_steps_may_share_a_text(tmp_path):
    second = '[[steps]]\nid = "again"\ncontent = "announcement"\nsend = "J+1 working 10:00"\n'
    facts = f'{FACTS}{second}to = ["press"]\nsubject = "Encore"\n'

    _first, again = load_campaign(a_folder(tmp_path, facts), office=OFFICE).steps

    assert again.send == CalendarOffset(1, time(10), working=True)
    assert again.contents[VariantKey("", "fr")].text == "# Titre\n"


def test_images_and_attachments_come_along(tmp_path):
    facts = f'{FACTS}[[attachments]]\npath = "dossier.pdf"\n'
    folder = a_folder(
        tmp_path,
        facts,
        announcement="![Plan](images/plan%20acc%C3%A8s.png) ![](https://x.example/a.png)\n",
    )
    (folder / "images").mkdir()
    (folder / "images" / "plan accès.png").write_bytes(b"png")
    (folder / "dossier.pdf").write_bytes(b"pdf")

    files = load_campaign(folder, office=OFFICE).files

    assert files == {"dossier.pdf": b"pdf", "images/plan accès.png": b"png"}


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("salle-été.jpg", "salle-été.jpg"),
        ("photo (1).jpg", "photo (1).jpg"),
        ("photo (1).jpg", "<photo (1).jpg>"),
        ("grande salle.jpg", "grande salle.jpg"),
        ("grande salle.jpg", "grande%20salle.jpg"),
        ("a%20b.jpg", "a%20b.jpg"),
        ("100%.jpg", "100%.jpg"),
        ("100 % don.jpg", "100 % don.jpg"),
        ("l'été & l’hiver.jpg", "l'été & l’hiver.jpg"),
        ("photo [2].jpg", "photo [2].jpg"),
        ("photo#3+4;5,6=7.jpg", "photo#3+4;5,6=7.jpg"),
        ("été.jpg", normalize("NFD", "été.jpg")),
        (normalize("NFD", "Été à la mer.jpg"), "Été à la mer.jpg"),
        (normalize("NFD", "sous dossier/été.jpg"), "./sous dossier/été.jpg"),
        ("«photo»_finale__v2.jpg", "«photo»_finale__v2.jpg"),
    ],
)
def test_a_file_is_found_whatever_an_office_calls_it(tmp_path, stored, typed):
    folder = a_folder(
        tmp_path,
        f"{FACTS}[[attachments]]\npath = {json.dumps(typed.strip('<>'), ensure_ascii=False)}\n",
        announcement=f"Texte.\n\n![Plan]({typed})\n",
    )
    (folder / stored).parent.mkdir(exist_ok=True)
    (folder / stored).write_bytes(IMAGE)

    campaign = load_campaign(folder, office=OFFICE)

    step = campaign.steps[0]
    content = step.contents[VariantKey("", "fr")]
    parts = document.read(read_typed(content.text).markdown)
    found, embedded, problems = pictures(
        campaign, document.shown_images(parts, content), max_width=540
    )
    page = document.to_html(
        parts.tokens,
        images=found,
        is_block=lambda _sentinel: False,
        write_block=lambda _block, _values: "",
    )
    assert problems == []
    assert f'src="cid:{embedded[0].content_id}"' in page
    assert attachments(campaign)[1] == []


def test_a_file_saved_on_windows_reads_the_same(tmp_path):
    folder = a_folder(tmp_path)
    plain = load_campaign(folder, office=OFFICE)
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    assert load_campaign(folder, office=OFFICE) == plain


# What is wrong, and where


def test_all_problems_of_a_folder_come_at_once(tmp_path):
    facts = dedent(
        """\
        kind = "advisry"
        titel = "Rencontre"
        language = "français"
        time_zone = "Paris"
        [event]
        name = "Rencontre"
        starts_at = "samedi"
        venu = "Académie"
        [accreditation]
        required = "peut-être"
        addresses = ["presse@institut"]
        [[links]]
        label = "Programme"
        url = "https://institut.example"
        group = "pressroom"
        [[attachments]]
        path = "../secret.pdf"
        [[steps]]
        id = "announcement"
        send = "J-5"
        to = "press"
        subject = "s"
        [[steps]]
        id = "reminder"
        content = "remainder"
        send = "J-2 25:00"
        to = ["press"]
        subject = "s"
        unless = ["acredited"]
        """
    )

    problems = said(refusals(a_folder(tmp_path, facts, reminder="r")))

    for line, word in [
        (1, "“advisory”"),
        (2, "“title”"),
        (3, "not a language"),
        (4, "time zone"),
        (7, "not a time"),
        (8, "“venue”"),
        (10, "true or false"),
        (11, "no dot"),
        (15, "“press-room”"),
        (17, "does not name a file"),
        (20, "J-5"),
        (21, "A list between brackets"),
        (25, "remainder.md is missing. Did you mean “reminder”?"),
        (26, "not an hour"),
        (29, "“accredited”"),
    ]:
        assert [p for p in problems if p.startswith(f"campaign.toml:{line} ") and word in p], word
    assert len(problems) == 16  # the key “title” is missing, too


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (('kind = "advisory"', "kind = advisory"), 1, "between quotes"),
        (("[event]", "[event"), 3, "bracket"),
        (('name = "Rencontre"', 'name = "Rencontre'), 4, "quote that is missing"),
        (("starts_at", "name"), 5, "twice"),
        (('to = ["press", "associations"]', "to = []"), 9, "no list"),
        (('id = "announcement"', 'id = "Annonce 1"'), 7, "plain name"),
        (("starts_at = 2017-12-09T09:30:00", ""), 8, "no date"),
        (("starts_at = 2017", "ends_at = 2017-12-10\nstarts_at = 2017"), 5, "none at which it ends"),
        (
            ("starts_at = 2017", "ends_at = 2017-12-08T10:00:00\nstarts_at = 2017"),
            5,
            "ends before it starts",
        ),
        (('title = "Rencontre"', 'title = " "'), 2, "is empty"),
        (('name = "Rencontre"', 'name = ""'), 4, "is empty"),
        (('subject = "Invitation"', 'subject = ""'), 10, "no subject"),
        (('subject = "Invitation"', "subject = 3"), 10, "text between quotes"),
        (("[event]\n", "[embargo]\nuntil = 2017-12-04\n[event]\n"), 4, "hour is missing"),
        (("starts_at = 2017-12-09T09:30:00", "starts_at = 3"), 5, "A date is expected"),
        (("[event]\n", "[accreditation]\naddresses = [3]\n[event]\n"), 4, "text between quotes"),
        (("[event]\n", "attachments = [3]\n[event]\n"), 3, "A table of keys"),
        (("[event]\n", "x = " + "[" * 3000 + "\n[event]\n"), 1, "nested"),
    ],
)  # fmt: skip
def test_a_problem_stands_on_its_line(tmp_path, change, line, words):
    problems = refusals(a_folder(tmp_path, FACTS.replace(*change, 1)))

    assert [p for p in said(problems) if p.startswith(f"campaign.toml:{line} ") and words in p]


def test_a_campaign_without_steps_says_so(tmp_path):
    facts = "steps = []\n" + FACTS[: FACTS.index("[[steps]]")]

    (problem,) = refusals(a_folder(tmp_path, facts))

    assert (problem.where.line, str(problem.what)) == (1, "The campaign has no step.")


def test_a_folder_in_the_place_of_a_text_cannot_be_read(tmp_path):
    folder = a_folder(tmp_path, announcement=None)
    (folder / "announcement.md").mkdir()

    assert "announcement.md:0 The file cannot be read" in said(refusals(folder))[0]


def test_two_steps_need_two_names(tmp_path):
    step = FACTS[FACTS.index("[[steps]]") :]

    (problem,) = refusals(a_folder(tmp_path, FACTS + step))

    assert (problem.where.line, problem.where.key) == (12, "steps.announcement.id")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("Titre\ndeuxième".encode("cp1252"), 2, "UTF-8"),
        ("Titre".encode("utf-16"), 1, "UTF-16"),
        (b"PK\x03\x04\n\0\0", 2, "null"),
        (b"x" * 300_000, 0, "too big"),
        (b"+++\nsubject = 'a'\n", 1, "not closed"),
        (b"+++\nsubject = a\n+++\n", 2, "cannot be read"),
        (b"+++\n\nsubjct = 'a'\n+++\n", 3, "“subject”"),
        (b"un\n\n![](absent.png)\n", 3, "no file"),
        (b"+++\n+++\nun\n![](../x.png)\n", 4, "does not name"),
    ],
)
def test_a_text_that_cannot_be_used_says_where(tmp_path, content, line, words):
    folder = a_folder(tmp_path)
    (folder / "announcement.md").write_bytes(content)

    problems = said(refusals(folder))

    assert [p for p in problems if p.startswith(f"announcement.md:{line} ") and words in p]


def test_only_pictures_are_named_in_the_place_of_one_that_is_missing(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "announcement.md").write_text("![Une photo](absent.png)\n", encoding="utf-8")
    (folder / "original.txt").write_text("Communiqué", encoding="utf-8")

    (problem,) = refusals(folder)
    assert str(problem.remedy) == "Put the file into the folder."

    (folder / "salle.jpg").write_bytes(b"x")
    (problem,) = refusals(folder)
    assert "salle.jpg" in str(problem.remedy)


def test_a_version_for_a_list_that_the_step_does_not_have_is_refused(tmp_path):
    (problem,) = refusals(a_folder(tmp_path, announcement__asociations="x"))

    assert "announcement.asociations.md" in problem.where.file
    assert "associations" in str(problem.remedy)


def test_a_version_written_twice_is_refused(tmp_path):
    (problem,) = refusals(a_folder(tmp_path, announcement__fr="x"))

    assert problem.where.file.endswith("announcement.md") != problem.where.file.endswith(".fr.md")


def test_a_missing_text_and_a_missing_file_are_named(tmp_path):
    folder = a_folder(tmp_path, announcement=None)
    (folder / "anouncement.md").write_text("x")

    assert "Did you mean “anouncement”?" in said(refusals(folder))[0]

    (folder / "campaign.toml").unlink()
    assert "missing" in said(refusals(folder))[0]


def test_a_folder_that_is_not_there_suggests_the_nearest(tmp_path):
    a_folder(tmp_path)

    (problem,) = refusals(tmp_path / "recontre")

    assert "rencontre" in str(problem.remedy)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x.png",
        "images/../../x.png",
        "..\\x.png",
        "C:\\x.png",
        "C:x.png",
        "//server/share/x.png",
        "\\\\server\\share",
        "images/con.png",
        "NUL",
        "lpt1.txt",
        "a.png:stream",
        "a.png ",
        "a.png.",
        "./",
        "",
        "~/x.png",
        "a\0b",
        "images//..//..//x",
        "a|b",
    ],
)
def test_no_path_leads_out_of_the_folder(tmp_path, path):
    (tmp_path / "x.png").write_bytes(b"outside")
    quoted = path.replace("\\", "\\\\").replace("\0", "\\u0000")

    problems = refusals(a_folder(tmp_path, f'{FACTS}[[attachments]]\npath = "{quoted}"\n'))

    assert [problem.where.line for problem in problems] == [12]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_no_link_leads_out_of_the_folder(tmp_path):
    (tmp_path / "outside.png").write_bytes(b"outside")
    folder = a_folder(tmp_path, announcement="![](inside.png)\n![](linked.png)\n![](loop.png)")
    (folder / "real.png").write_bytes(b"inside")
    (folder / "inside.png").symlink_to(folder / "real.png")
    (folder / "linked.png").symlink_to(tmp_path / "outside.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")

    problems = said(refusals(folder))

    assert len(problems) == 2
    assert "leads out" in problems[0]


def test_an_enormous_attachment_is_refused_unread(tmp_path):
    folder = a_folder(tmp_path, f'{FACTS}[[attachments]]\npath = "film.mp4"\n')
    with (folder / "film.mp4").open("wb") as file:
        file.truncate(200_000_000)

    (problem,) = refusals(folder)

    assert "200 MB" in str(problem.what)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_folder_ever_gives_a_traceback(tmp_path, data):
    """Any file of the example, cut or overwritten anywhere, is read or refused with its place."""
    folder = tmp_path / "spoilt"
    folder.mkdir(exist_ok=True)
    files = sorted(file for file in EXAMPLE.iterdir() if file.is_file())
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    victim = folder / data.draw(st.sampled_from(files)).name
    content = victim.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    noise = data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"[", b"]]", b"\n", b"= 3 "]))
    victim.write_bytes(content[:start] + noise + content[start + data.draw(st.integers(0, 9)) :])

    try:
        load_campaign(folder, office=OFFICE)
    except ContentError as refused:
        for problem in refused.problems:
            assert problem.where.file
            assert str(problem.remedy)


@pytest.mark.parametrize("change", ["write", "add", "remove", "link"])
def test_a_folder_has_another_state_when_one_of_its_files_has(tmp_path, change):
    text = tmp_path / "a.md"
    text.write_text("Un")
    before = state_of_folder(tmp_path)

    match change:
        case "write":
            text.write_text("Deux")
        case "add":
            (tmp_path / "b.md").touch()
        case "remove":
            text.unlink()
        case "link":
            (tmp_path / "c.md").symlink_to(tmp_path / "nowhere")

    assert state_of_folder(tmp_path) != before


@pytest.mark.parametrize("name", ["announcement.md", "campaign.toml"])
def test_a_text_that_is_a_link_out_of_the_folder_is_refused_like_an_attachment(tmp_path, name):
    folder = a_folder(tmp_path)
    outside = tmp_path / "secret"
    outside.write_text((folder / name).read_text("utf-8"), "utf-8")
    (folder / name).unlink()
    (folder / name).symlink_to(outside)

    problems = refusals(folder)

    assert f"{name}:0 The file is a link that leads out of its folder." in said(problems)[0]


def test_a_link_within_the_folder_and_a_folder_that_is_a_link_are_read(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "texts").mkdir()
    (folder / "announcement.md").rename(folder / "texts" / "first.txt")
    (folder / "announcement.md").symlink_to(folder / "texts" / "first.txt")
    (tmp_path / "by-another-name").symlink_to(folder, target_is_directory=True)

    assert load_campaign(tmp_path / "by-another-name", office=OFFICE).steps[0].contents


@pytest.mark.parametrize("name", ["announcement.md", "campaign.toml"])
def test_the_size_and_kind_of_a_text_are_looked_at_before_it_is_read(tmp_path, name):
    folder = a_folder(tmp_path)
    with (folder / name).open("wb") as file:
        file.truncate(2**40)  # a terabyte of nothing, which takes no place

    assert "too big to be a text" in said(refusals(folder))[0]

    (folder / name).unlink()
    os.mkfifo(folder / name)

    assert "it is a folder, a device or a pipe" in said(refusals(folder))[0]


def test_an_attachment_is_measured_before_it_is_read(tmp_path):
    facts = FACTS + '[[attachments]]\npath = "dossier.pdf"\n'
    folder = a_folder(tmp_path, facts)
    with (folder / "dossier.pdf").open("wb") as file:
        file.truncate(2**40)

    assert "“dossier.pdf” is too big" in said(refusals(folder))[0]


def test_a_text_that_is_not_saved_yet_has_the_same_limit(tmp_path):
    folder = a_folder(tmp_path)
    typed = {"announcement.md": b"x" * 200_000}

    survey = survey_campaign(folder, office=OFFICE, unsaved=typed)

    assert "too big to be a text: 200 kB" in said(survey.problems)[0]
