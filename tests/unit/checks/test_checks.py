"""Each check answers its question: yes where it must, no where it must not."""

from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import pytest

import mailer.checks
from mailer.checks import CHECKS, run_checks, sources
from mailer.checks.check import Findings
from mailer.checks.reading.names.bodies import _bodies
from mailer.checks.reading.quantities.figures import _figures
from mailer.checks.reading.texts.inlines import _tokens
from mailer.checks.reading.texts.prose import _prose
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours
from mailer.checks.reading.times.years import _years
from mailer.checks.steps import step_moved
from mailer.compatibility.gaps import _gaps
from mailer.errors import Place, Problem
from mailer.files.catalogues import translations_for
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.audience import Exclusion, ExclusionReason
from mailer.model.campaigns.campaign import (
    CampaignKind,
    Embargo,
    Link,
    Partner,
    PressContact,
    VariantKey,
)
from mailer.model.campaigns.theme import Contrast, Scheme, WeakContrast
from mailer.model.drafts.draft import Draft
from mailer.model.drafts.finding import Severity
from mailer.model.mailings.mailing import MailingId
from mailer.model.mailings.message import Hole, Letterhead
from mailer.model.mailings.similar import DuplicateMailing, SimilarMailing
from mailer.render.markdown.typed_text import read_typed
from mailer.wording import Text, say
from tests.counterparts.drafts import (
    CLEAN,
    CONFIRMATION,
    LETTERHEAD,
    OFFICE,
    a_contact,
    a_draft,
    a_message,
    a_step,
    a_version,
    an_accreditation,
    an_audience,
    an_event,
    paris,
)
from tests.counterparts.work import calls_of

NBSP = "\u00a0"
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
MAIN = VariantKey("", "fr")
REMEMBERED = (
    _bodies,
    _figures,
    _gaps,
    _prose,
    _tokens,
    _years,
    hours,
    mentions,
    read_typed,
    without_quotations,
)
"""What the checks remember of a text that several of them look at."""


def answers(name, draft):
    """`(severity, file, line)` of each finding of one check."""
    return [
        (finding.severity, finding.where.file, finding.where.line)
        for finding in run_checks(draft)
        if finding.check == name
    ]


def words(name, draft):
    return [
        f"{finding.what} {finding.why} {finding.remedy}"
        for finding in run_checks(draft)
        if finding.check == name
    ]


def in_text(sentence, *, language="fr", send="J-5 09:30", **changes):
    """A draft whose announcement says `sentence`, on its third line."""
    return a_draft(a_step(text=f"# Titre\n\n{sentence}\n", language=language, send=send), **changes)


def a_link(text="Programme", target="#"):
    return in_text(f"[{text}]({target})")


def links(*pairs, group="more"):
    return tuple(Link(label, url, group) for label, url in pairs)


# The whole


def test_a_draft_without_fault_has_no_finding():
    assert run_checks(a_draft()) == ()


def test_every_check_has_a_name_of_its_own_in_kebab_case():
    names = [check.name for check in CHECKS]

    assert len(names) == len(set(names))
    assert all(
        name == name.casefold() and set(name) <= set("abcdefghijklmnopqrstuvwxyz-")
        for name in names
    )


def test_every_file_of_a_check_is_listed_and_asks_a_question_of_a_draft():
    folder = Path(mailer.checks.__file__).parent
    files = {path.stem for path in folder.glob("*/*.py")} - {"__init__"}
    files -= {path.stem for path in (folder / "reading").rglob("*.py")}

    assert {check.name.replace("-", "_") for check in CHECKS} == files
    for check in CHECKS:
        assert check.question.endswith("?")
        assert get_type_hints(check.ask) == {"draft": Draft, "return": Findings}


def test_what_blocks_comes_first_then_the_files_in_their_order():
    draft = in_text(
        "[Programme](#) [Site](http://x.example) La 2ère.",
        event=an_event(venue=""),
        accreditation=an_accreditation(required=False),
    )

    assert [finding.check for finding in run_checks(draft)] == [
        "link-without-target", "event-without-place", "link-over-http", "lead-incomplete",
        "ordinal-suffix",
    ]  # fmt: skip


def test_a_text_that_two_steps_share_is_judged_once():
    draft = a_draft(a_step(text="[x](#)\n"), a_step("again", "J-2 09:30", text="[x](#)\n"))
    shared = [step.contents for step in draft.campaign.steps]
    shared[1].update(shared[0])

    assert len(answers("link-without-target", draft)) == 1


# Facts


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"event": an_event(has_hour=False)}, 6),
        ({"event": an_event(starts_at=None), "steps": (a_step(send="2017-12-04 09:30"),)}, 6),
        ({"event": None, "steps": (a_step(send="2017-12-04 09:30"),)}, 1),
    ],
)
def test_an_event_needs_its_day_and_hour(changes, line):
    draft = a_draft(**({"lines": {"event": 5, "event.starts_at": 6}} | changes))
    if draft.campaign.event is None:
        line = 5

    assert answers("event-without-hour", draft) == [(ERROR, "campaign.toml", line)]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": CampaignKind.SAVE_THE_DATE, "event": an_event(has_hour=False)},
        {
            "kind": CampaignKind.PRESS_RELEASE,
            "event": None,
            "steps": (a_step(send="2017-12-04 09:30"),),
        },
    ],
)
def test_what_invites_later_or_not_at_all_needs_no_hour(changes):
    assert answers("event-without-hour", a_draft(**changes)) == []


def test_an_event_needs_its_place():
    assert answers("event-without-place", a_draft(event=an_event(venue=""))) == [
        (ERROR, "campaign.toml", 5)
    ]
    assert not answers("event-without-place", a_draft(event=an_event(venue="", address="Quai")))
    assert not answers(
        "event-without-place",
        a_draft(event=an_event(venue=""), place="Paris", kind=CampaignKind.SAVE_THE_DATE),
    )


@pytest.mark.parametrize(
    "contacts", [(), (PressContact("Claire Delmas"),), (PressContact(" ", phone="01"),)]
)
def test_somebody_can_be_called(contacts):
    assert answers("press-contact-without-phone", a_draft(press_contacts=contacts)) == [
        (ERROR, "campaign.toml", 15)
    ]


def test_compulsory_accreditation_has_a_deadline_and_an_address():
    draft = a_draft(accreditation=an_accreditation(deadline=None, addresses=()))

    assert answers("accreditation-without-deadline", draft) == [(ERROR, "campaign.toml", 11)]
    assert answers("accreditation-without-address", draft) == [(ERROR, "campaign.toml", 10)]


CONFIRMED_LATER = a_step("practical", "J-1 16:00", only=("accredited",))
WAITING = replace(CONFIRMATION, id="waiting", on="waiting", only=("waiting",))


@pytest.mark.parametrize(
    ("steps", "rules", "lines"),
    [
        ((a_step(),), {}, [10]),
        ((a_step(), CONFIRMATION), {}, []),
        ((a_step(), CONFIRMED_LATER), {}, []),
        ((a_step(), WAITING), {"total": 40}, [10]),
        ((a_step(), CONFIRMATION), {"total": 40}, [10]),
        ((a_step(), CONFIRMED_LATER), {"per_outlet": 2}, [10]),
        ((a_step(), CONFIRMATION, WAITING), {"total": 40, "per_outlet": 2}, []),
        ((a_step(),), {"total": 40}, [10, 10]),
        ((a_step(),), {"total": 40, "required": False}, []),
    ],
)
def test_everybody_who_answers_is_told_what_became_of_it(steps, rules, lines):
    draft = a_draft(*steps, accreditation=an_accreditation(**rules))

    assert [line for _severity, _file, line in answers("answer-without-mail", draft)] == lines


def test_optional_accreditation_needs_neither():
    draft = a_draft(accreditation=an_accreditation(required=False, deadline=None, addresses=()))

    assert run_checks(draft) == ()


@pytest.mark.parametrize(
    ("deadline", "severity"),
    [("2017-12-09 09:30", ERROR), ("2017-12-10 09:30", ERROR), ("2017-12-09 09:29", None)],
)
def test_accreditation_closes_before_the_event(deadline, severity):
    draft = a_draft(accreditation=an_accreditation(deadline=paris(deadline)))

    assert [found[0] for found in answers("deadline-after-event", draft)] == [severity] * bool(
        severity
    )


def test_no_step_asks_for_what_is_no_longer_possible():
    late = a_step("reminder", "J-1 15:00", unless=("accredited", "declined"))
    practical = a_step("practical", "J-1 16:00", only=("accredited",))

    draft = a_draft(a_step(), late, practical)

    assert answers("deadline-before-reminder", draft) == [(WARNING, "campaign.toml", 41)]


def test_no_step_tells_until_when_one_can_ask_when_that_is_past():
    text = "# Infos\n\nJusqu’au {{ accreditation.deadline }}.\n"
    practical = a_step("practical", "J-1 16:00", only=("accredited",), text=text)
    earlier = a_step("earlier", "J-2 16:00", only=("accredited",), text=text)

    assert answers("deadline-before-reminder", a_draft(a_step(), practical)) == [
        (WARNING, "campaign.toml", 41)
    ]
    assert answers("deadline-before-reminder", a_draft(a_step(), earlier)) == []


@pytest.mark.parametrize(
    ("send", "changes", "is_told"),
    [
        ("J-2 16:00", {"only": ("accredited",)}, True),
        ("J-2 16:00", {"only": ("accepted",)}, True),
        ("J-2 16:00", {"only": ("declined",)}, False),
        ("J-2 16:00", {}, False),
        ("J-1 16:00", {"only": ("accredited",)}, False),
    ],
)
def test_what_goes_to_the_accredited_leaves_when_nobody_can_be_accredited_any_more(
    send, changes, is_told
):
    draft = a_draft(a_step(), a_step("practical", send, **changes))

    told = [(NOTE, "campaign.toml", 41)] if is_told else []
    assert answers("accredited-after-step", draft) == told


@pytest.mark.parametrize(
    ("lists", "required", "is_told"),
    [
        (("elus",), True, True),
        (("elus", "amis"), True, True),
        (("elus", "Journalistes mer"), True, False),
        (("press",), True, False),
        (("elus",), False, False),
    ],
)
def test_an_invitation_says_that_one_must_be_accredited(lists, required, is_told):
    draft = a_draft(a_step(to=lists), accreditation=an_accreditation(required=required))

    found = answers("lists-without-accreditation", draft)
    assert [severity for severity, _file, _line in found] == [WARNING] * is_told


def test_the_office_says_who_it_is():
    nameless = OFFICE.__class__("", postal_address=" ")

    assert len(answers("office-not-identified", a_draft(office=nameless))) == 2


@pytest.mark.parametrize(
    "local", ["no-reply", "noreply", "do-not-reply", "ne-pas-repondre", "no_reply2"]
)
def test_a_sender_who_does_not_answer_is_found(local):
    deaf = Mailbox(Address(local, "institut.example"))

    assert answers("no-reply-sender", a_draft(letterhead=Letterhead(deaf))) == [
        (ERROR, "config.toml", 0)
    ]
    assert answers(
        "no-reply-sender", a_draft(letterhead=Letterhead(deaf, reply_to=LETTERHEAD.sender))
    ) == [(WARNING, "config.toml", 0)]
    assert answers(
        "no-reply-sender", a_draft(letterhead=Letterhead(LETTERHEAD.sender, reply_to=deaf))
    ) == [(ERROR, "config.toml", 0)]


# Dates


@pytest.mark.parametrize(
    ("sentence", "language", "right"),
    [
        ("Rendez-vous le vendredi 9 décembre 2017.", "fr", "samedi"),
        (f"le vendredi{NBSP}9{NBSP}déc. 2017", "fr", "samedi"),
        ("le samedi 1er décembre 2017", "fr", "vendredi"),
        ("vendredi 9 décembre à Paris", "fr", "samedi"),
        ("on Friday 9 December 2017", "en", "Saturday"),
        ("on Fri, December 9, 2017", "en", "Saturday"),
    ],
)
def test_a_wrong_weekday_blocks_and_the_right_one_is_proposed(sentence, language, right):
    draft = in_text(sentence, language=language)

    assert answers("weekday-differs", draft) == [(ERROR, "announcement.md", 3)]
    (found,) = (each for each in run_checks(draft) if each.check == "weekday-differs")
    assert f"“{right}”" in str(found.remedy)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("le samedi 9 décembre 2017", "fr"),
        ("depuis le 31 décembre 2016", "fr"),
        ("samedi 9 et dimanche 10 décembre 2017", "fr"),
        ("on Saturday 9 December 2017", "en"),
        ("le {{ event.date }}, vendredi", "fr"),
        ("`vendredi 9 décembre 2017`", "fr"),
    ],
)
def test_a_right_weekday_or_none_is_no_fault(sentence, language):
    assert answers("weekday-differs", in_text(sentence, language=language)) == []


def test_a_wrong_weekday_in_a_subject_is_found_where_it_is_written():
    step = a_step(subject="Invitation : vendredi 9 décembre")
    other = a_step(
        versions=a_version(file="announcement.en.md", subject="Invitation: Friday 9 December 2017")
    )

    assert answers("weekday-differs", a_draft(step)) == [(ERROR, "campaign.toml", 33)]
    assert answers("weekday-differs", a_draft(other, lines={"announcement.en.md:subject": 2})) == [
        (ERROR, "announcement.en.md", 2)
    ]


def test_a_day_that_does_not_exist_blocks():
    assert answers("date-that-is-none", in_text("le 31 novembre 2017")) == [
        (ERROR, "announcement.md", 3)
    ]


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("le 9 décembre prochain", "fr", "décembre prochain"),
        ("samedi prochain", "fr", "samedi prochain"),
        ("la semaine prochaine", "fr", "semaine prochaine"),
        ("ce samedi", "fr", "ce samedi"),
        ("venez demain", "fr", "demain"),
        ("dans cinq jours", "fr", "dans cinq jours"),
        ("rendez-vous ce matin", "fr", "ce matin"),
        ("aujourd’hui à 9 h 30", "fr", "aujourd’hui à"),
        ("hier", "fr", "hier"),
        ("next Saturday", "en", "next Saturday"),
        ("come tomorrow", "en", "tomorrow"),
        ("this morning", "en", "this morning"),
        ("today at 9:30", "en", "today at"),
    ],
)
def test_words_that_depend_on_the_day_are_a_warning(sentence, language, found):
    draft = in_text(sentence, language=language)

    assert answers("relative-date", draft) == [(WARNING, "announcement.md", 3)]
    assert found in words("relative-date", draft)[0]
    assert "9\u00a0" in words("relative-date", draft)[0]  # the date in full


@pytest.mark.parametrize(
    ("sentence", "language", "send"),
    [
        ("Les débats s’ouvrent ce matin.", "fr", "J-0 07:30"),
        ("Rendez-vous demain.", "fr", "J-1 15:00"),
        ("Rendez-vous après-demain.", "fr", "J-2 09:30"),
        ("aujourd’hui à 9 h 30", "fr", "J-0 07:30"),
        ("The debates begin this morning.", "en", "J-0 07:30"),
        ("See you tomorrow.", "en", "J-1 15:00"),
        ("la médecine de demain", "fr", "J-5 09:30"),
        ("On le sait aujourd’hui mieux.", "fr", "J-5 09:30"),
        ("tomorrow’s medicine, the world of tomorrow", "en", "J-5 09:30"),
        ("cette année-là", "fr", "J-5 09:30"),
    ],
)
def test_words_that_are_right_on_that_day_or_name_none_are_no_fault(sentence, language, send):
    assert answers("relative-date", in_text(sentence, language=language, send=send)) == []


def test_a_date_without_its_year_is_a_warning():
    assert answers("date-without-year", in_text("le samedi 9 décembre à Paris")) == [
        (WARNING, "announcement.md", 3)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "le samedi 9 décembre 2017. Le 9 décembre, venez tôt.",
        "le 9 décembre prochain",
        "en 2003",
        "le {{ event.date }}",
        "La saison 2017 commence le 9 décembre.",
        "Du 2 au 12 décembre 2017. Le 9 décembre, on plante.",
        "Le 9 décembre, on plante, et le bois reste ouvert jusqu’en février 2018.",
        "Chaque 9 décembre, on fête la science ; tous les ans le 3 juin aussi.",
        "On se retrouve place du 8 mai, puis rue du 4 septembre.",
    ],
)
def test_a_year_given_once_is_enough(sentence):
    assert answers("date-without-year", in_text(sentence)) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Né en 2003, le bois rouvre le 9 décembre.", WARNING),
        ("Le bois rouvre le 9 décembre.\n\nIl ferme en mai 2018.", NOTE),
        ("Le bois de 2017.\n\nOn plante.\n\nLe bois rouvre le 9 décembre.", NOTE),
    ],
)
def test_a_year_in_another_paragraph_leaves_a_note(text, severity):
    found = answers("date-without-year", in_text(text))

    assert [each[0] for each in found] == [severity] * bool(severity)


def test_a_weekday_without_year_may_be_right_in_a_year_that_the_text_bears():
    assert answers("weekday-differs", in_text("Programme de mai 2027 : mardi 4 mai, le bal.")) == []
    assert answers("weekday-differs", in_text("Programme de mai 2027 : lundi 4 mai, le bal."))


def test_a_subject_may_leave_the_year_out():
    draft = a_draft(a_step(subject="Invitation presse – 9 décembre : Recherche & Associations"))

    assert answers("date-without-year", draft) == []


@pytest.mark.parametrize(
    ("sentence", "language", "severity"),
    [
        ("La rencontre aura lieu le dimanche 10 décembre 2017.", "fr", ERROR),
        ("Recherche & Associations, le 10 décembre 2017", "fr", ERROR),
        ("The meeting takes place on 10 December 2017.", "en", ERROR),
        ("Nous vous attendons le 10 décembre 2017.", "fr", ERROR),
        ("Le 10 décembre 2017 à l’Académie.", "fr", ERROR),
        ("La rencontre a lieu le {{ event.date }}, un débat le 10 décembre 2017.", "fr", NOTE),
        ("La rencontre du 9 décembre 2017. Un colloque suivra le 12 mars 2018.", "fr", None),
        ("Le 11 décembre 2017 à Lyon.", "fr", WARNING),
        ("Demandez votre accréditation avant le 6 décembre 2017.", "fr", None),
        ("Exposition jusqu’au 20 décembre 2017.", "fr", None),
        ("Le bilan paraîtra le 3 mars 2018.", "fr", None),
        ("La première rencontre a eu lieu le 8 décembre 2003.", "fr", None),
        ("La rencontre aura lieu le 10 décembre 2016.", "fr", ERROR),
        ("The meeting will be held on 10 December 2016.", "en", ERROR),
        ("La rencontre du 10 décembre 2016 a réuni 500 associations.", "fr", None),
        ("La rencontre a lieu le samedi 9 décembre 2017.", "fr", None),
        ("Réponse souhaitée le 8 décembre 2017.", "fr", None),
        ("La rencontre du samedi 9 décembre 2017 à 10 h", "fr", WARNING),
        ("La rencontre du samedi 9 décembre 2017, dès 9 h 30", "fr", None),
        ("The meeting on 9 December 2017 at 10 am", "en", WARNING),
        ("The meeting on 9 December 2017 at 9:30 a.m.", "en", None),
        ("The meeting on 9 December 2017 at 9:30 pm", "en", WARNING),
        ("le samedi 9 décembre 2017 à 3 pas", "fr", None),
        ("le samedi 9 décembre 2017 à 25 h", "fr", None),
    ],
)
def test_every_text_speaks_of_the_same_event(sentence, language, severity):
    found = answers("event-differs", in_text(sentence, language=language))

    assert [each[0] for each in found] == [severity] * bool(severity)


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("La rencontre dure de 10 h à 17 h.", "fr", True),
        ("Rendez-vous de 10 h à 17 h à l’Académie.", "fr", True),
        ("The meeting lasts from 10 am to 5 pm.", "en", True),
        ("La rencontre dure de 9 h 30 à 17 h.", "fr", False),
        ("L’accueil est ouvert de 9 h à 18 h.", "fr", False),
        ("Le 12 décembre 2017, visites de 10 h à 17 h.", "fr", False),
        ("The meeting lasts from 9:30 am to 5 pm.", "en", False),
    ],
)
def test_a_period_that_ends_with_the_event_begins_with_it(sentence, language, expected):
    event = an_event(ends_at=paris("2017-12-09 17:00"))

    assert (
        bool(answers("hour-differs", in_text(sentence, language=language, event=event))) is expected
    )


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("On attend 150 associations.", "We expect 100 associations.", True),
        ("On attend 150 chercheurs et 40 malades.", "100 researchers and 40 patients come.", True),
        ("Trente élèves et 12 maîtres.", "35 pupils and twelve teachers.", True),
        ("On attend 1 200 coureurs et 40 élus.", "2,100 runners and 40 mayors.", True),
        ("On attend 150 chercheurs et 40 malades.", "150 researchers and 40 patients.", False),
        ("On attend 1 200 coureurs.", "We expect 1,200 runners.", False),
        ("Trente élèves et 12 maîtres.", "Thirty pupils and 12 teachers.", False),
        ("On attend 150 chercheurs.", "There are 12 workshops.", False),
        ("On attend 150 chercheurs et 40 malades.", "Many researchers and 40 patients.", False),
        ("Un sentier de 20 kilomètres et 40 arrêts.", "A path of 12 miles and 40 stops.", False),
    ],
)
def test_a_figure_is_the_same_in_every_language(french, english, expected):
    english_version = a_version(text=f"# Title\n\n{english}\n")
    draft = a_draft(a_step(text=f"# Titre\n\n{french}\n", versions=english_version))

    assert bool(answers("figure-differs", draft)) is expected


def test_a_subject_with_another_day_blocks():
    draft = a_draft(a_step(subject="Invitation presse – 10 décembre : Recherche & Associations"))

    assert answers("event-differs", draft) == [(ERROR, "campaign.toml", 33)]


def test_every_day_of_a_long_event_belongs_to_it():
    draft = in_text(
        "La rencontre se tient les 9 et 10 décembre 2017.",
        event=an_event(ends_at=paris("2017-12-10 17:00")),
    )

    assert answers("event-differs", draft) == []


@pytest.mark.parametrize(
    ("send", "to", "found"),
    [
        ("J-5 09:30", ("press", "associations"), True),
        ("J-5 09:30", ("press",), False),
        ("2017-12-06 13:59", ("associations",), True),
        ("2017-12-06 14:00", ("associations",), False),
        ("J-1 09:30", ("associations",), False),
    ],
)
def test_a_list_that_receives_nothing_under_embargo_is_refused_until_it_is_lifted(send, to, found):
    draft = a_draft(
        a_step(send=send, to=to),
        embargo=Embargo(paris("2017-12-06 14:00")),
        office=replace(OFFICE, no_embargo_lists=("associations",)),
    )

    assert [each[0] for each in answers("embargo-to-barred-list", draft)] == [ERROR] * found


def test_the_end_of_an_embargo_is_a_day_that_texts_may_name():
    draft = in_text(
        "La conférence est sous embargo, levé le 6 décembre 2017.",
        embargo=Embargo(paris("2017-12-06 14:00")),
    )

    assert answers("event-differs", draft) == []


def test_without_an_event_every_relative_word_is_a_warning():
    draft = in_text("Paru ce matin.", event=None, send="2017-12-04 09:30")

    assert answers("relative-date", draft) == [(WARNING, "announcement.md", 3)]
    assert "in full, with its year" in words("relative-date", draft)[0]


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("La 7e rencontre ouvre.", "The 8th meeting opens.", True),
        ("La septième rencontre nationale.", "The eighth national meeting.", True),
        ("Les 7es rencontres.", "The 8th edition of the meeting.", True),
        ("Le 12ème congrès.", "The eleventh congress.", True),
        ("La 7e rencontre.", "The 7th annual patient meeting.", False),
        ("La septième rencontre.", "The 7th edition.", False),
        ("La 7e rencontre suit la 6e rencontre.", "The 6th meeting was shorter.", False),
        ("La rencontre.", "The 8th meeting.", False),
        ("La 7e rencontre, au 3e étage.", "The 7th meeting, on the 4th floor.", False),
    ],
)
def test_an_edition_is_the_same_in_every_language(french, english, expected):
    step = a_step(text=f"# Titre\n\n{french}\n", versions=a_version(text=f"# Title\n\n{english}\n"))

    assert bool(answers("edition-differs", a_draft(step))) is expected


def test_without_an_event_no_date_can_differ_from_it():
    draft = in_text(
        "La rencontre aura lieu le 10 décembre 2017.", event=None, send="2017-12-04 09:30"
    )

    assert answers("event-differs", draft) == []


# The timetable


@pytest.mark.parametrize(
    ("send", "changes", "found"),
    [
        ("J+1 09:30", {}, True),
        ("J-0 18:00", {}, True),
        ("2017-12-12 09:30", {}, True),
        ("J+2 09:30", {"kind": CampaignKind.PRESS_KIT}, False),
        ("J+1 10:00", {"kind": CampaignKind.FOLLOW_UP}, False),
        ("J+2 09:30", {"only": ("attended",)}, False),
        ("J-0 07:30", {}, False),
    ],
)
def test_nobody_is_invited_after_the_event(send, changes, found):
    draft = a_draft(a_step(), a_step("late", send, **changes))

    assert answers("step-after-event", draft) == [(ERROR, "campaign.toml", 41)] * found


@pytest.mark.parametrize(
    ("send", "found"),
    [("J-1 10:00", True), ("J-0 08:00", True), ("J-0 18:00", False), ("J+3 10:00", False)],
)
def test_13_a_follow_up_waits_until_the_event_is_over(send, found):
    draft = a_draft(a_step(), a_step("thanks", send, kind=CampaignKind.FOLLOW_UP))

    assert answers("follow-up-before-event", draft) == [(ERROR, "campaign.toml", 41)] * found


def test_a_release_about_an_event_may_follow_it():
    draft = a_draft(a_step(send="J+1 09:30"), kind=CampaignKind.PRESS_RELEASE)

    assert answers("step-after-event", draft) == []


def test_steps_are_told_in_the_order_of_leaving():
    steps = a_step(send="J-5 09:30"), a_step("b", "J-2 09:30"), a_step("c", "J-3 09:30")

    assert answers("steps-out-of-order", a_draft(*steps)) == [(WARNING, "campaign.toml", 51)]


def test_a_reminder_before_its_announcement_is_refused():
    draft = a_draft(a_step(send="J-2 09:30"), a_step("reminder", "J-5 09:30"))

    assert answers("steps-out-of-order", draft) == [(ERROR, "campaign.toml", 41)]


@pytest.mark.parametrize(
    ("event", "send", "said"),
    [
        ("2026-03-31 09:30", "J-2 02:30", "02:30, which does not exist"),
        ("2026-10-27 09:30", "J-2 02:30", "02:30, which comes twice"),
        ("2026-10-27 09:30", "J-2 02:30", "first is 00:30 UTC, the second 01:30 UTC"),
    ],
)
def test_an_hour_that_the_change_of_clocks_skips_or_repeats_is_asked(event, send, said):
    draft = a_draft(a_step(send=send, fixed=True), event=an_event(event))

    assert answers("step-at-clock-change", draft) == [(ERROR, "campaign.toml", 31)]
    assert said in words("step-at-clock-change", draft)[0]


@pytest.mark.parametrize(
    "send",
    ["J-2 03:30", "J-2 01:59", "2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00", "J-3 02:30"],
)
def test_an_hour_that_comes_once_or_is_told_apart_is_not_asked(send):
    draft = a_draft(a_step(send=send, fixed=True), event=an_event("2026-10-27 09:30"))

    assert answers("step-at-clock-change", draft) == []


def test_a_moved_step_is_noted_with_the_practice_of_the_press_for_a_reason():
    assert step_moved.SOURCE == sources.PRACTICE
    assert answers("step-moved", a_draft(a_step(send="J-7 09:30"))) == [(NOTE, "campaign.toml", 31)]


ANSWERED = ("accredited", "declined")


@pytest.mark.parametrize(
    ("sends", "severities"),
    [
        (["J-5 09:30"], []),
        (["J-5 09:30", "J-2 09:30"], []),
        (["J-5 09:30", "J-3 09:30", "J-2 09:30"], [WARNING]),
        (["J-8 09:30", "J-5 09:30", "J-3 09:30", "J-2 09:30"], [ERROR, WARNING]),
    ],
)
def test_one_reminder_is_enough(sends, severities):
    steps = [a_step(f"s{n}", send, unless=ANSWERED) for n, send in enumerate(sends)]

    assert [found[0] for found in answers("too-many-reminders", a_draft(*steps))] == severities


def test_a_third_reminder_with_a_reason_is_only_a_warning():
    sends = ["J-8 09:30", "J-5 09:30", "J-3 09:30", "J-2 09:30"]
    steps = [
        a_step(f"s{n}", send, unless=ANSWERED, reason="La salle a changé.")
        for n, send in enumerate(sends)
    ]

    assert [found[0] for found in answers("too-many-reminders", a_draft(*steps))] == [WARNING] * 2


@pytest.mark.parametrize(
    "step",
    [
        a_step("practical", "J-1 15:00", only=("accredited",)),
        a_step("kit", "J-1 15:00", kind=CampaignKind.PRESS_KIT),
        a_step("others", "J-1 15:00", to=("associations",)),
        a_step("after", "J+1 15:00", kind=CampaignKind.PRESS_RELEASE),
    ],
)
def test_what_says_something_else_or_to_others_is_no_reminder(step):
    draft = a_draft(a_step(), a_step("reminder", "J-2 09:30", unless=ANSWERED), step)

    assert answers("too-many-reminders", draft) == []


def test_each_list_may_be_reminded_once():
    draft = a_draft(
        a_step(to=("press", "associations")),
        a_step("press", "J-3 09:30", unless=ANSWERED),
        a_step("others", "J-2 09:30", to=("associations",)),
    )

    assert answers("too-many-reminders", draft) == []


@pytest.mark.parametrize(
    ("sends", "severities"),
    [
        (["J-5 09:30", "J-3 09:30"], []),  # Monday, Wednesday
        (["J-5 09:30", "J-4 09:30"], [WARNING]),  # Monday, Tuesday
        (["J-5 09:30", "J-5 17:00"], [WARNING]),
        (["J-5 09:30", "J-5 09:30"], [ERROR]),
        (["J-8 15:00", "J-5 09:30"], [WARNING]),  # Friday afternoon, Monday
        (["J-8 15:00", "J-4 09:30"], []),  # Friday afternoon, Tuesday
        (["J-8 09:30", "J-7 09:30"], [ERROR]),  # Friday, and a Saturday that moves to it
    ],
)
def test_a_reminder_that_follows_too_closely_is_questioned(sends, severities):
    steps = [a_step(f"s{n}", send, unless=ANSWERED) for n, send in enumerate(sends)]

    assert [found[0] for found in answers("reminder-too-close", a_draft(*steps))] == severities


LAYOUT = "<mj-text>\n  <b style='display:flex'>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b style='display: flex'>", [(WARNING, "templates/press/body.mjml.j2", 2)]),
        ("<video>", [(WARNING, "templates", 0)]),
        ("<b style='width: calc(1px + 1em)'>", [(NOTE, "templates", 0)]),
        ("<b style='border-radius: 4px; cursor: help'>", []),
        ("<!--[if !mso]><!--><b style='display: flex'><!--<![endif]-->", []),
    ],
)
def test_not_supported(html, expected):
    messages = {("announcement", MAIN): a_message(html=html)}
    audiences = {"announcement": an_audience(a_contact())}
    draft = a_draft(messages=messages, audiences=audiences)
    draft = replace(draft, template_files={"press/body.mjml.j2": LAYOUT})

    assert answers("not-supported", draft) == expected


def test_what_the_readers_own_programs_know_is_no_finding():
    at_home = replace(a_contact(), address=Address("reader", "gmail.com"))
    messages = {("announcement", MAIN): a_message(html="<b style='float: left'>")}
    of = {"announcement": an_audience(at_home)}, {"announcement": an_audience(a_contact())}

    found = [answers("not-supported", a_draft(messages=messages, audiences=each)) for each in of]

    assert [len(each) for each in found] == [0, 1]


def test_a_step_that_an_answer_triggers_has_no_hour_to_judge():
    answer = replace(a_step("confirmation"), send=None, on="accepted")

    draft = a_draft(a_step(), a_step("reminder", "J-2 09:30", unless=ANSWERED), answer)

    assert [planned.step.id for planned in draft.scheduled] == ["announcement", "reminder"]
    for name in ("reminder-too-close", "too-many-reminders", "steps-out-of-order"):
        assert answers(name, draft) == []


def test_an_invitation_after_a_save_the_date_is_no_reminder():
    draft = a_draft(a_step("save", "J-15 09:30", kind=CampaignKind.SAVE_THE_DATE), a_step())

    assert answers("reminder-to-everybody", draft) == []


@pytest.mark.parametrize("unless", [(), ("accredited",)])
def test_a_reminder_spares_those_who_answered(unless):
    draft = a_draft(a_step(), a_step("reminder", "J-2 09:30", unless=unless))

    assert answers("reminder-to-everybody", draft) == [(WARNING, "campaign.toml", 40)]
    assert not answers(
        "reminder-to-everybody",
        a_draft(*draft.campaign.steps, accreditation=an_accreditation(required=False)),
    )


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("Sous embargo jusqu’au lundi 4 décembre 2017 à 14 h.", "fr", True),
        ("Under embargo until 4 December 2017, 2 pm.", "en", True),
        ("Sous embargo jusqu’au lundi 4 décembre 2017 à 14 h, heure de Paris.", "fr", False),
        ("Sous embargo jusqu’au lundi 4 décembre 2017 à 14 h (UTC+1).", "fr", False),
        ("Under embargo until 4 December 2017, 2 pm London time.", "en", False),
        ("Cette information n’est pas sous embargo.", "fr", False),
    ],
)
def test_an_hour_of_embargo_names_its_zone(sentence, language, found):
    draft = in_text(sentence, language=language)

    assert answers("embargo-without-zone", draft) == [(ERROR, "announcement.md", 3)] * found


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("Embargo : mercredi, 18 heures.", "fr", True),
        ("L’étude est sous embargo.", "fr", True),
        ("Embargoed until Wednesday evening.", "en", True),
        ("L’embargo est levé.", "fr", False),
        ("Cette information n’est pas sous embargo.", "fr", False),
        ("The show tells of the oil embargo.", "en", False),
    ],
)
def test_a_text_that_says_an_embargo_blocks_until_one_is_set(sentence, language, found):
    draft = in_text(sentence, language=language)
    held = in_text(sentence, language=language, embargo=Embargo(paris("2017-12-06 14:00")))

    assert answers("embargo-not-set", draft) == [(ERROR, "announcement.md", 3)] * found
    assert answers("embargo-not-set", held) == []


# Links and images


@pytest.mark.parametrize("target", ["", "#", "#programme", "http://", "mailto:", "<>"])
def test_a_link_that_leads_nowhere_blocks(target):
    assert answers("link-without-target", a_link(target=target)) == [(ERROR, "announcement.md", 3)]


@pytest.mark.parametrize(
    "target", ["https://institut.example/", "{{ office.website }}", "mailto:a@institut.example"]
)
def test_a_link_that_leads_somewhere_is_no_fault(target):
    assert answers("link-without-target", a_link(target=target)) == []


@pytest.mark.parametrize(
    ("section", "found"),
    [("", [(ERROR, "announcement.md", 4)]), ("\n\n::: language en\nHello.\n:::", [])],
)
def test_a_link_to_a_section_in_another_language_leads_there_if_there_is_one(section, found):
    draft = in_text(f"::: versions\n- English: #en\n:::{section}")

    assert answers("link-without-target", draft) == found


def test_links_among_the_facts_are_looked_at_as_well():
    draft = a_draft(
        links=links(("Programme", "#"), ("Salle", "http://x.example")),
        partners=(Partner("Académie", url=""), Partner("Autre")),
    )

    assert answers("link-without-target", draft) == [
        (ERROR, "campaign.toml", 22),
        (ERROR, "campaign.toml", 25),
    ]
    assert answers("link-over-http", draft) == [(WARNING, "campaign.toml", 20)]


def test_a_link_is_found_on_its_own_line_of_a_paragraph():
    draft = in_text("Un paragraphe\nde trois lignes,\navec [un lien](#).")

    assert answers("link-without-target", draft) == [(ERROR, "announcement.md", 5)]


@pytest.mark.parametrize(
    "text", ["cliquez ici", "Ici", "En savoir plus", "lire la suite…", "click here", "Read more"]
)
def test_a_link_says_where_it_leads(text):
    draft = a_link(text=text, target="https://institut.example/")

    assert answers("vague-link-text", draft) == [(WARNING, "announcement.md", 3)]


def test_a_link_is_more_than_a_bare_address():
    draft = in_text(
        "<https://institut.example/presse> [www.institut.example](https://institut.example)"
    )

    assert answers("link-text-is-url", draft) == [(WARNING, "announcement.md", 3)] * 2


def test_the_same_words_lead_to_the_same_place():
    page = "https://a.example"
    draft = in_text(f"[Salle]({page}) [Salle]({page})\n[salle](https://b.example)")

    assert answers("same-link-text", draft) == [(WARNING, "announcement.md", 4)]


def test_an_image_has_a_description():
    draft = in_text("![](plan.png)\n![ ](b.png)\n![Plan](c.png)")

    assert answers("image-without-alt", draft) == [
        (ERROR, "announcement.md", 3),
        (ERROR, "announcement.md", 4),
    ]


# Gaps


@pytest.mark.parametrize(
    "gap",
    [
        "XXX",
        "TODO",
        "TBC",
        "à compléter",
        "À PRÉCISER",
        "???",
        "____",
        "[nom]",
        "Lorem ipsum",
        "%NOM%",
        "}}",
        ".....",
        "to be confirmed",
    ],
)
def test_a_gap_blocks(gap):
    assert answers("unresolved-placeholder", in_text(f"Rendez-vous : {gap} à Paris")) == [
        (ERROR, "announcement.md", 3)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "{{ event.date }} {% if x %}y{% endif %} {# à compléter #}",
        "Le XXIe siècle, le film XXL, à suivre…",
        "[le nom](https://institut.example)",
        "Vraiment ?",
        "`{{`",
    ],
)
def test_what_is_filled_in_is_no_gap(sentence):
    assert answers("unresolved-placeholder", in_text(sentence)) == []


def test_a_gap_in_a_fact_or_a_subject_blocks_where_it_stands():
    draft = a_draft(a_step(subject="Invitation XXX"), title="TODO")

    assert answers("unresolved-placeholder", draft) == [
        (ERROR, "campaign.toml", 2),
        (ERROR, "campaign.toml", 33),
    ]


def test_jinja_that_came_through_compilation_blocks():
    message = a_message(subject="Bonjour {{ recipient.nmae }}", text="{{ x }}")

    assert answers(
        "unresolved-placeholder", a_draft(messages={("announcement", MAIN): message})
    ) == [
        (ERROR, "announcement.md", 1),
        (ERROR, "campaign.toml", 33),
    ]


def test_an_empty_text_blocks():
    assert answers("text-is-empty", a_draft(a_step(text=" \n", line=4))) == [
        (ERROR, "announcement.md", 4)
    ]


def test_a_version_that_does_not_compile_blocks():
    problem = Problem(Place("announcement.md", 7), Text("what"), Text("remedy"))

    assert answers("does-not-compile", a_draft(problems=(problem,))) == [
        (ERROR, "announcement.md", 7)
    ]


# People


def test_a_step_for_nobody_blocks():
    nobody = an_audience()
    draft = a_draft(
        a_step(),
        a_step("practical", "J-1 15:00", only=("accredited",)),
        audiences={"announcement": nobody, "practical": nobody},
    )

    assert answers("no-recipients", draft) == [(ERROR, "campaign.toml", 32)]


def test_a_step_whose_texts_are_refused_is_not_told_to_reach_nobody():
    step = replace(a_step(), contents={})

    assert answers("no-recipients", a_draft(step, audiences={"announcement": an_audience()})) == []


def test_a_step_whose_readers_are_all_left_out_says_so():
    draft = a_draft(audiences={"announcement": an_audience(excluded=[a_contact()])})

    assert "left out" in words("no-recipients", draft)[0]


@pytest.mark.parametrize(
    ("begun", "same", "sentence"),
    [
        (True, True, "This very text has already gone to 3 of the 4"),
        (True, False, "A text with this very subject has already gone"),
        (False, True, "This very text is already due to go"),
    ],
)
def test_what_people_have_already_under_another_name_is_a_warning(begun, same, sentence):
    mailing = SimilarMailing(
        MailingId("m"), "copie", "annonce", paris("2017-12-04 09:30"), begun, same
    )
    draft = a_draft(sent_before=(DuplicateMailing("announcement", mailing, 3, 4),))

    assert answers("already-sent", draft) == [(WARNING, "campaign.toml", 33)]
    (said,) = words("already-sent", draft)
    assert sentence in said
    assert "copie, Annonce, 2017-12-04 09:30." in said


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "2017-12-04 09:30"), ("fr", f"04/12/2017 à 09{NBSP}h{NBSP}30")],
)
def test_a_day_in_a_finding_is_written_in_the_language_of_its_reader(language, written):
    mailing = SimilarMailing(
        MailingId("m"),
        "copie",
        "annonce",
        paris("2017-12-04 09:30"),
        has_begun=True,
        is_same_text=True,
    )
    draft = a_draft(sent_before=(DuplicateMailing("announcement", mailing, 3, 4),))

    (said,) = (
        say(each.what, translations_for(language))
        for each in run_checks(draft)
        if each.check == "already-sent"
    )

    assert said.endswith(f", {written}.")


def test_a_list_without_anybody_beside_one_with_some_blocks():
    draft = a_draft(
        a_step(to=("press", "asociations")),
        audiences={"announcement": an_audience(a_contact(), excluded=[a_contact(2)])},
    )

    assert answers("list-without-contacts", draft) == [(ERROR, "campaign.toml", 32)]
    assert answers("no-recipients", draft) == []


def test_readers_of_a_language_without_a_text_are_counted():
    audience = an_audience(
        a_contact(1),
        a_contact(2, language="en"),
        a_contact(3, language="en"),
        a_contact(4, language=""),
    )
    draft = a_draft(audiences={"announcement": audience})

    assert answers("missing-language", draft) == [(WARNING, "campaign.toml", 30)]
    assert "2 readers" in words("missing-language", draft)[0]
    assert "announcement.en.md" in words("missing-language", draft)[0]


def test_a_contact_who_may_have_answered_is_named():
    audience = an_audience(a_contact(1))
    ana = replace(a_contact(2), first_name="Ana", last_name="Petit", lists=frozenset({"press"}))
    doubt = Exclusion(ana, ExclusionReason.PERHAPS_ANSWERED, "ana@perso.example")
    draft = a_draft(audiences={"announcement": replace(audience, exclusions=(doubt,))})

    assert answers("unknown-answer", draft) == [(WARNING, "campaign.toml", 30)]
    assert "ana@perso.example has answered" in words("unknown-answer", draft)[0]
    assert "Ana Petit" in words("unknown-answer", draft)[0]


def test_readers_whom_no_version_serves_block_the_launch():
    audience = an_audience(a_contact(1))
    left_out = Exclusion(a_contact(2), ExclusionReason.NO_VARIANT)
    draft = a_draft(audiences={"announcement": replace(audience, exclusions=(left_out,))})

    assert answers("missing-language", draft) == [(ERROR, "campaign.toml", 30)]
    assert "announcement.md" in words("missing-language", draft)[0]


# The inbox


def test_a_subject_can_be_read_whole():
    long, right = "x" * 71, "x" * 70

    assert answers("subject-too-long", a_draft(a_step(subject=long))) == [
        (WARNING, "campaign.toml", 33)
    ]
    assert not answers("subject-too-long", a_draft(a_step(subject=right)))


def test_the_length_of_a_subject_is_that_of_the_compiled_one():
    message = a_message(subject="court")
    named = a_message().__class__(
        language="fr", subject=("x" * 60, Hole("recipient.name")), preheader=(), html=(), text=()
    )
    step = a_step(
        subject="{{ a.very.long.expression.that.will.be.replaced.by.something.short.indeed }}"
    )

    assert not answers(
        "subject-too-long", a_draft(step, messages={("announcement", MAIN): message})
    )
    assert answers("subject-too-long", a_draft(step, messages={("announcement", MAIN): named}))


@pytest.mark.parametrize(("count", "found"), [(70, False), (71, True)])
def test_the_label_of_an_embargo_is_not_counted_in_a_subject(count, found):
    label = "Embargo jusqu’au 14 déc. 2017, 11\u202fh (heure de Paris, UTC+1) – "
    written = f"Invitation – {'x' * (count - 13)}"
    messages = {("announcement", MAIN): a_message(subject=label + written)}
    said = words("subject-too-long", a_draft(a_step(subject=written), messages=messages))

    assert bool(said) is found
    assert all("71 characters: Invitation" in each and "embargo" in each for each in said)


def test_the_preheader_adds_something():
    draft = a_draft(
        a_step(subject="Invitation : la rencontre", preheader="INVITATION : la rencontre")
    )

    assert answers("subject-equals-preheader", draft) == [(WARNING, "campaign.toml", 33)]


@pytest.mark.parametrize("subject", ["Communiqué de presse", "[Invitation presse]", "Reminder:"])
def test_a_kind_of_document_is_no_subject(subject):
    assert answers("subject-says-nothing", a_draft(a_step(subject=subject))) == [
        (WARNING, "campaign.toml", 33)
    ]


@pytest.mark.parametrize(
    ("kilobytes", "severity"), [(80, None), (81, WARNING), (100, WARNING), (101, ERROR)]
)
def test_a_message_that_gmail_would_cut_off_blocks(kilobytes, severity):
    message = a_message(html="é" * (kilobytes * 500))
    draft = a_draft(messages={("announcement", MAIN): message})

    assert [found[0] for found in answers("html-too-heavy", draft)] == [severity] * bool(severity)


# Typography and style


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ('un écran de 15" et un autre de 17", "neufs"', "fr", True),
        ('une "rencontre" et une "journée"', "fr", False),
        ("une « rencontre »".replace(" ", NBSP), "fr", False),
        ('a "meeting"', "en", False),
        ('[lien](https://x.example "titre")', "fr", False),
        ('{{ "x" }}', "fr", False),
    ],
)
def test_straight_quotes_that_the_message_keeps_are_noted_in_french(sentence, language, found):
    draft = in_text(sentence, language=language)

    assert answers("straight-quotes", draft) == [(NOTE, "announcement.md", 3)] * found


def test_an_ordinal_that_is_not_corrected_is_noted():
    draft = in_text("la 2ère fois")

    assert answers("ordinal-suffix", draft) == [(NOTE, "announcement.md", 3)]
    assert "Write 2e." in words("ordinal-suffix", draft)[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "la 7ème rencontre, la 1ère fois, les 2èmes, XXème, la 7^{ème} édition",
        "Vraiment ? Deux choses : une",
        "« mot », l'eau, 10h30, 20 %",
        'un "mot"',
    ],
)
def test_what_the_message_sets_right_by_itself_is_no_finding(sentence):
    typed, plain = (run_checks(in_text(text)) for text in (sentence, "Rien."))

    assert [each.check for each in typed] == [each.check for each in plain]


@pytest.mark.parametrize(
    "dateline",
    [
        "Paris, le 12 décembre 2017 – Les chercheurs invitent.",
        "Paris, mardi 12 décembre 2017. Les chercheurs invitent.",
        "**Villejuif (Val-de-Marne), le 12 décembre 2017** : les chercheurs invitent.",
        "Saint-Étienne, le 12 décembre 2017\n\nLes chercheurs invitent.",
    ],
)
def test_the_dateline_of_a_text_is_no_date_of_the_event(dateline):
    assert answers("event-differs", in_text(dateline)) == []


def test_a_sentence_of_more_than_45_words_is_noted():
    words_ = " mot" * 45

    assert answers("long-sentence", in_text(f"Un{words_}.")) == [(NOTE, "announcement.md", 3)]
    assert not answers("long-sentence", in_text(f"{words_}.\n\n{words_}.\n\n-{words_}\n-{words_}"))


@pytest.mark.parametrize(
    "hostile",
    [
        "{{",
        "{%",
        "{# ",
        "a",
        "a.b+",
        "9 ",
        "9 décembre ",
        "](",
        '"',
        " ",
        "\n",
        "`",
        "_",
        "?",
        "«",
        "lundi ",
        "](a b",
        "![",
        "[",
        "*",
        "*a ",
        "a* ",
        "• ",
        "– x\n",
        "a) x\n",
        "> ",
        "| ",
        "- 5 %\n",
        "x\n---\n",
        "```\n",
        "https://",
        "a@b.",
        "<a ",
        "^{",
        "dans",
        "Aa ",
        "mot(a ",
    ],
)
def test_no_text_makes_a_check_slow(hostile):
    """Twice the text is about twice the work, not four times."""

    def checked(size):
        draft = a_draft(a_step(text="# Titre\n\n" + hostile * (size // len(hostile))))

        def check_all():
            for remembered in REMEMBERED:
                remembered.cache_clear()
            for check in CHECKS:
                if check.name not in {"straight-quotes", "ordinal-suffix"}:
                    # The typography that they read after has tests of its own.
                    list(check.findings(draft))

        return check_all

    assert calls_of(checked(6_000)) <= 2.2 * calls_of(checked(3_000)) + 2_000
    checked(20_000)()  # what a pattern does by itself is no call: it would not end here


def test_the_clean_text_is_the_one_the_other_tests_change():
    assert CLEAN in a_draft().campaign.steps[0].contents[MAIN].text


# Languages


@pytest.mark.parametrize(
    ("draft", "file"),
    [
        (a_draft(a_step(language="de"), language="de"), "campaign.toml"),
        (a_draft(a_step(versions=a_version(language="de", file="a.de.md"))), "a.de.md"),
    ],
    ids=["campaign", "version"],
)
def test_a_language_that_the_program_does_not_know_blocks(draft, file):
    ((severity, where, _line),) = answers("language-incomplete", draft)
    (told,) = words("language-incomplete", draft)

    assert (severity, where) == (ERROR, file)
    assert "“de”" in told
    assert "salutations and civilities" in told
    assert "fr, en" in told


# The look


def weakly(ratio, scheme="light", text="accent"):
    """A contrast of a theme, and the line of its colour."""
    measured = Contrast(Scheme(scheme), text, "paper", "#ffd500", "#ffffff", ratio)
    return WeakContrast(measured, Place("ours.toml", 3))


@pytest.mark.parametrize(
    ("weak", "expected"),
    [
        ((), []),
        ([weakly(1.4)], [(ERROR, "ours.toml", 3)]),
        ([weakly(3.9)], [(WARNING, "ours.toml", 3)]),
        ([weakly(2.1, "dark")], [(ERROR, "ours.toml", 3)]),
        ([weakly(1.4, "inverted")], [(NOTE, "ours.toml", 3)]),
        ([weakly(3.9), weakly(2.0)], [(ERROR, "ours.toml", 3)]),
        ([weakly(3.9), weakly(4.4, text="soft")], [(WARNING, "ours.toml", 3)] * 2),
    ],
)
def test_weak_contrast(weak, expected):
    draft = replace(a_draft(), weak_contrasts=tuple(weak))

    assert answers("weak-contrast", draft) == expected


def test_a_weak_contrast_is_said_with_its_colours_and_where_it_is_seen():
    (said,) = words("weak-contrast", replace(a_draft(), weak_contrasts=(weakly(1.4),)))

    assert "“accent” on “paper” has a contrast of 1.4 in light." in said
    assert "#ffd500" in said


def test_13_the_remedy_for_an_inverted_colour_names_what_stands_in_the_file():
    weak = weakly(1.4, "inverted")

    (said,) = words("weak-contrast", replace(a_draft(), weak_contrasts=(weak,)))

    assert "Make “accent” darker or lighter" in said
    assert "#ffd500" not in said


def test_a_step_that_an_answer_triggers_has_no_hour_that_a_check_could_ask_about():
    triggered = replace(
        a_step("confirmation"), send=None, on="accepted", only=("accepted",), subject="Votre place"
    )
    draft = a_draft(a_step(), triggered)

    assert answers("step-at-clock-change", draft) == []
    assert answers("too-many-reminders", draft) == []
