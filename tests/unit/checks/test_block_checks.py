"""What a newsroom misses in a block is said with the line of the block or of the entry."""

import pytest

from mailer.checks import CHECKS
from mailer.model.campaigns.campaign import Embargo, Partner, PartnerSigns
from mailer.model.drafts.finding import Severity
from tests.counterparts.block_texts import BLOCK_TEXTS
from tests.counterparts.drafts import a_draft, paris

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
OF_BLOCKS = {
    check.name: check for check in CHECKS if check.ask.__module__.startswith("mailer.checks.blocks")
}


def answers(name, text, **changes):
    """`(severity, line)` of each finding of one check."""
    draft = a_draft(text=f"# T\n{text}", **changes)
    return [(found.severity, found.where.line) for found in OF_BLOCKS[name].findings(draft)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (
            "figure-without-source",
            "::: chiffres\n- 1 : un\n- 2 : deux\n  source : x\n:::",
            [(WARNING, 3)],
        ),
        ("figure-without-source", "::: key numbers\n- 1: one\n- 2: two\nsource: x\n:::", []),
        (
            "download-incomplete",
            "::: photos\n- La salle\n  lien : https://a.example\n  poids : 3 Mo\n:::",
            [(WARNING, 3)] * 3,
        ),
        (
            "download-incomplete",
            "::: documents\n- [x](https://a.example)\n  format : PDF\n  poids : 3 Mo\ncrédit : x\nconditions : y\n:::",
            [],
        ),
        ("interview-incomplete", "::: entretiens\n- Ada\n  fonction : x\n:::", [(WARNING, 3)] * 2),
        (
            "interview-incomplete",
            "::: experts\n- Ada\n  role: x\n  languages: en\n  available: today\n:::",
            [],
        ),
        (
            "programme-out-of-order",
            "::: programme\n- 10 h : a\n- 9 h 30 : b\n  presse : x\n:::",
            [(WARNING, 4)],
        ),
        (
            "programme-out-of-order",
            "::: programme\n- 9 h 30 – 10 h : a\n- 10 h : b\n:::",
            [(NOTE, 2)],
        ),
        (
            "programme-out-of-order",
            "::: schedule\n- 9:30 am: a\n- 11:30 – 1 pm: b\n- 2 pm: c\n  press: yes\n- Buffet\n:::",
            [],
        ),
        (
            "programme-out-of-order",
            "::: schedule\n- 1 pm: a\n- 11 am: b\n  press: yes\n:::",
            [(WARNING, 4)],
        ),
        ("quotation-without-speaker", "::: citation\nOui.\n:::", [(WARNING, 2)]),
        ("quotation-without-speaker", "::: citation\nOui.\n— Ada\n:::", [(NOTE, 2)]),
        ("quotation-without-speaker", "::: citation\nOui.\n— Ada, comtesse\n:::", []),
        ("reference-incomplete", "::: article\ntitre : x\n:::", [(WARNING, 2)] * 3),
        (
            "reference-incomplete",
            "::: paper\ntitle: x\nauthors: y\njournal: z\ndoi: 10.5555/1\nembargo: Monday\n:::",
            [(WARNING, 7)],
        ),
        ("film-incomplete", "::: vidéo\nlien : https://a.example\n:::", [(WARNING, 2)] * 3),
        ("film-incomplete", "::: live A\nlink: https://a.example\n:::", [(WARNING, 2)]),
        ("film-incomplete", "::: live A\nlink: https://a.example\nstart: noon\n:::", []),
        ("access-not-for-all", "::: venir\nadresse : x\n:::", [(WARNING, 2)]),
        ("access-not-for-all", "::: venir\nadresse : x\nhandicap : y\n:::", []),
        ("method-without-numbers", "::: méthode\nNous avons compté.\n:::", [(NOTE, 2)]),
        ("method-without-numbers", "::: méthode\nNous avons compté.\n\nTaille : 12\n:::", []),
        ("version-without-section", "::: versions\n- English: #en\n:::", [(ERROR, 3)]),
        (
            "version-without-section",
            "::: versions\n- English: #en\n:::\n\n::: langue en\nx\n:::",
            [],
        ),
    ],
)
def test_what_is_missing_is_said_with_its_line(name, text, found):
    assert answers(name, text) == found


def test_an_embargo_that_the_campaign_keeps_is_no_finding():
    text = "::: paper\ntitle: x\nauthors: y\njournal: z\ndoi: 10.5555/1\nembargo: Monday\n:::"

    assert answers("reference-incomplete", text, embargo=Embargo(paris("2017-12-05 14:00"))) == []


def test_a_partner_who_signs_is_presented_by_any_spelling_of_the_name():
    partners = (Partner("Académie des sciences"), Partner("Inserm"))

    text = "::: à propos\n- academie des Sciences\n:::"

    assert answers("partner-not-presented", text, partners=partners) == [(NOTE, 2)]
    assert answers("partner-not-presented", "Rien.", partners=partners) == []


@pytest.mark.parametrize(
    ("named", "signs", "found"),
    [
        ("Inserme", PartnerSigns.PASSAGES, [(ERROR, 4)]),
        ("inserm", PartnerSigns.NOTHING, [(WARNING, 4)]),
        ("inserm", PartnerSigns.PASSAGES, []),
        ("inserm", PartnerSigns.VERSION, []),
    ],
)
def test_a_passage_belongs_to_a_partner_who_signs(named, signs, found):
    text = f"Avant.\n\n::: passage {named}\nUn mot.\n:::"

    assert answers("passage-of-nobody", text, partners=(Partner("Inserm", signs=signs),)) == found


def test_a_passage_in_a_campaign_without_partners_is_said_too():
    assert answers("passage-of-nobody", "::: passage Inserm\nUn mot.\n:::") == [(ERROR, 2)]


def test_a_fact_of_the_campaign_counts_as_written():
    assert answers("access-not-for-all", "::: venir\nhandicap : {{ event.access }}\n:::") == []
    assert answers("method-without-numbers", "::: méthode\nLe {{ event.date }}.\n:::") == []


@pytest.mark.parametrize("name", sorted(OF_BLOCKS))
def test_a_text_without_blocks_has_no_finding(name):
    assert answers(name, "Une phrase.\n\n- une liste\n") == []


def test_the_example_of_every_block_lacks_little():
    draft = a_draft(text=BLOCK_TEXTS["fr"])

    found = {finding.check for check in OF_BLOCKS.values() for finding in check.findings(draft)}

    assert found == {"download-incomplete", "interview-incomplete", "reference-incomplete"}
