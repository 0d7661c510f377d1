"""The preview of a draft and the report of a campaign, read as a browser would."""

import base64
import csv
import email
import email.policy
import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import Place, Problem
from mailer.files.bundled import bundled
from mailer.files.theme_files import office_look
from mailer.files.theme_names import known_themes
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.audience import Audience, Exclusion, ExclusionReason, Recipient
from mailer.model.campaigns.campaign import (
    Campaign,
    CampaignKind,
    Content,
    FixedTime,
    Step,
    VariantKey,
)
from mailer.model.campaigns.office import Office
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.drafts.draft import Draft, PlannedStep, Sample
from mailer.model.drafts.finding import Finding, Severity
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState, SignOff, rule_of
from mailer.model.mailings.message import CompiledMessage, DeliveryId, Embedded, Hole, Letterhead
from mailer.model.reports.report import MailingReport, NotMailed, Report, ReportedRecipient
from mailer.pages.preview import write_preview
from mailer.pages.received import first_words, read_back
from mailer.pages.report import write_report
from mailer.pages.unsubscribe import Page, unsubscribe_page
from mailer.render.fingerprint import content_hash
from mailer.render.personalise import Personaliser
from mailer.wording import Text

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2017, 12, 4, 9, 30, tzinfo=PARIS)
NOON = datetime(2017, 12, 9, 11, tzinfo=UTC)
FRENCH, ENGLISH = VariantKey("", "fr"), VariantKey("", "en")
MEMBERS = VariantKey("associations", "fr")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
HTML = (
    "<!doctype html><html lang=fr><head><title>Titre</title><style>p{color:#123}</style></head>"
    "<body><div style='display:none'>Samedi à Paris.&#847;&zwnj;</div>"
    '<img src="cid:logo@institut.example" alt="Institut"><p>Bonjour '
)


def compiled(**fields):
    message = CompiledMessage(
        **{
            "language": "fr",
            "subject": ("Invitation presse – été « 2017 »",),
            "preheader": ("Samedi à Paris.",),
            "html": (HTML, Hole("recipient.name | e"), " : à bientôt.</p></body></html>"),
            "text": ("Bonjour ", Hole("recipient.name"), ",\n\nÀ bientôt.\n"),
            "embedded": (
                Embedded("logo.png", "image/png", PNG, "logo@institut.example"),
                Embedded("programme été.pdf", "application/pdf", b"%PDF-1.4 programme"),
            ),
        }
        | fields
    )
    return replace(message, content_hash=content_hash(message))


LETTERHEAD = Letterhead(
    sender=Mailbox(Address.parse("presse@institut.example"), "Service de presse"),
    return_path_domain="retours.institut.example",
    unsubscribe_mailto=Address.parse("presse@institut.example"),
)


def a_contact(address="ada@journal.example", **fields):
    parsed = Address.parse(address)
    return Contact(
        **{"id": contact_id(parsed), "address": parsed, "first_name": "Ada", "last_name": "Noël"}
        | fields
    )


def a_sample(contact=None, *, step="announcement", variant=FRENCH, message=None):
    contact = contact or a_contact()
    writer = Personaliser(message or compiled(), LETTERHEAD, campaign="rencontre", step=step)
    written = writer.message(
        delivery_id=DeliveryId("abcdefghijklmnopqrstuvwxyz"),
        recipient=Mailbox(contact.address, contact.name),
        fields={"name": contact.name, "unsubscribe_url": ""},
        sent_at=MONDAY,
    )
    return Sample(step, variant, written)


def a_draft(*steps, **fields):
    steps = steps or (a_step("announcement", FRENCH, ENGLISH, MEMBERS),)
    campaign = Campaign(
        "rencontre",
        fields.pop("title", "La rencontre"),
        CampaignKind.ADVISORY,
        "fr",
        "Europe/Paris",
        steps=steps,
    )
    person = Recipient(a_contact(), FRENCH)
    left_out = Exclusion(a_contact("bo@journal.example"), ExclusionReason.SUPPRESSED, "opt-out")
    return Draft(
        **{
            "campaign": campaign,
            "office": Office("Institut"),
            "letterhead": LETTERHEAD,
            "plan": tuple(
                PlannedStep(step, rule_of(campaign, step), MONDAY, MONDAY.astimezone(UTC), NOON)
                for step in steps
            ),
            "messages": {},
            "audiences": {step.id: Audience((person,), (left_out,)) for step in steps},
            "now": NOON,
            "fingerprint": "0123456789abcdef",
        }
        | fields
    )


def a_step(name, *variants, to=("press", "associations")):
    contents = {variant: Content(f"{name}.md", "texte") for variant in variants}
    return Step(name, FixedTime(MONDAY), to, "Objet", contents=contents)


def preview(folder, *samples, draft=None, findings=(), language="en"):
    page = write_preview(
        folder,
        draft=draft or a_draft(),
        samples=samples or (a_sample(),),
        findings=findings,
        say=str,
        language=language,
    )
    return page.read_text(encoding="utf-8")


def parsed(html):
    """The page as a strict reader of HTML understands it: any error in it raises."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def texts(tree, path):
    return [" ".join("".join(element.itertext()).split()) for element in tree.findall(path)]


# The preview.


def test_the_preview_is_sound_html_with_a_section_for_each_message(tmp_path):
    samples = [a_sample(), a_sample(variant=ENGLISH), a_sample(variant=MEMBERS)]

    tree = parsed(preview(tmp_path, *samples))

    assert tree.get("lang") == "en"
    assert texts(tree, ".//section//h2") == [
        "First announcement · press · French",
        "First announcement · press · English",
        "First announcement · associations · French",
    ]
    assert len(tree.findall(".//iframe")) == 3 * 6


def test_the_message_can_be_downloaded_to_the_byte(tmp_path):
    sample = a_sample()

    tree = parsed(preview(tmp_path, sample))

    (link,) = [a for a in tree.findall(".//a") if a.get("href").endswith(".eml")]
    assert (tmp_path / link.get("href")).read_bytes() == sample.message.raw


def test_the_frame_shows_the_very_bytes_but_for_policy_and_images(tmp_path):
    sample = a_sample()
    tree = parsed(preview(tmp_path, sample))
    # Read back by another policy than the product's.
    message = email.message_from_bytes(sample.message.raw, policy=email.policy.default)
    html = message.get_body(("html",)).get_content()

    frame = (tmp_path / tree.find(".//iframe").get("src")).read_text(encoding="utf-8-sig")

    stripped = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*><base [^>]*>', "", frame)
    image = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert stripped.replace(image, "cid:logo@institut.example").splitlines() == html.splitlines()
    text = message.get_body(("plain",)).get_content()
    assert texts(tree, ".//pre") == [" ".join(text.split())]


def test_without_images_is_the_same_frame_that_may_load_none(tmp_path):
    tree = parsed(preview(tmp_path))

    sources = {frame.get("src") for frame in tree.findall(".//iframe")}
    frames = [(tmp_path / name).read_text(encoding="utf-8-sig") for name in sorted(sources)]

    assert len(frames) == 3
    assert sorted("img-src 'none'" in frame for frame in frames) == [False, False, True]


def test_without_images_only_the_sources_of_the_pictures_differ(tmp_path):
    sample = a_sample()
    tree = parsed(preview(tmp_path, sample))
    (source,) = {it.get("src") for it in tree.findall(".//iframe") if "no-images" in it.get("src")}
    message = email.message_from_bytes(sample.message.raw, policy=email.policy.default)
    html = message.get_body(("html",)).get_content()

    frame = (tmp_path / source).read_text(encoding="utf-8-sig")

    stripped = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*><base [^>]*>', "", frame)
    assert stripped != html
    assert stripped.splitlines() == html.replace("cid:logo@institut.example", "").splitlines()


def test_the_page_may_fetch_run_and_submit_nothing(tmp_path):
    page = preview(tmp_path)
    tree = parsed(page)

    (policy,) = [m.get("content") for m in tree.findall(".//meta") if m.get("http-equiv")]
    style = tree.find(".//style").text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{digest}'; frame-src 'self'"
    )
    assert "<script" not in page
    assert not [e for e in tree.iter() if "style" in e.attrib]
    assert {frame.get("sandbox") for frame in tree.findall(".//iframe")} == {"allow-popups"}
    addresses = [e.get(a) for e in tree.iter() for a in ("src", "href") if e.get(a)]
    assert addresses
    assert not [a for a in addresses if ":" in a or a.startswith("/")]
    for frame in (tmp_path / "frames").iterdir():
        assert "default-src 'none'" in frame.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "A & B"])
def test_hostile_names_stay_text(tmp_path, name):
    sample = a_sample(a_contact(first_name="", last_name=name))

    tree = parsed(preview(tmp_path, sample, draft=a_draft(title=name)))

    assert tree.findall(".//script") == []
    assert tree.findall(".//img") == []
    assert name in texts(tree, ".//h1")[0]


def test_the_inbox_line_shows_sender_subject_and_first_words(tmp_path):
    tree = parsed(preview(tmp_path))

    (line,) = [e for e in tree.iter("div") if e.get("class") == "line wide"]
    assert " ".join("".join(line.itertext()).split()).startswith(
        "Service de presse Invitation presse – été « 2017 » – Samedi à Paris. Bonjour"
    )


def test_headers_and_files_are_listed_decoded(tmp_path):
    page = preview(tmp_path)

    rows = dict(zip(texts(parsed(page), ".//tr/th"), texts(parsed(page), ".//tr/td"), strict=True))
    assert rows["Subject"] == "Invitation presse – été « 2017 »"
    assert rows["To"] == "Ada Noël <ada@journal.example>"
    assert rows["File"].startswith("programme été.pdf · application/pdf")


def test_counts_and_reasons_stand_beside_each_step(tmp_path):
    tree = parsed(preview(tmp_path))

    navigation = " ".join("".join(tree.find(".//nav").itertext()).split())
    assert "1 recipient" in navigation
    assert "address suppressed: 1" in navigation
    assert "press · French 1" in navigation
    assert navigation.count("no message to show") == 2


def test_the_mail_comes_first_and_what_blocks_is_folded_below_it(tmp_path):
    note = Finding("n", Severity.NOTE, Place("a.md", 3), Text("note"), Text("why"), Text("fix"))
    error = replace(note, severity=Severity.ERROR, what=Text("error"))
    problem = Problem(Place("b.md"), Text("does not compile"), Text("mend it"))

    blocked = parsed(preview(tmp_path, findings=[note, error], draft=a_draft(problems=(problem,))))
    calm = parsed(preview(tmp_path, findings=[note]))

    assert texts(blocked, ".//details//b") == ["does not compile", "error", "note"]
    assert texts(blocked, ".//summary") == ["2 findings block the launch"]
    for tree, verdict in (
        (blocked, "2 findings block the launch"),
        (calm, "Nothing blocks the launch; 1 remark"),
    ):
        order = [e.tag.rpartition("}")[2] for e in tree.find(".//main").iter()]
        assert order.index("iframe") < order.index("details")
        assert "open" not in tree.find(".//details").attrib
        link = next(a for a in tree.findall(".//header//a") if a.get("href") == "#findings")
        assert "".join(link.itertext()) == verdict
    assert texts(calm, ".//summary") == ["Nothing blocks the launch; 1 remark"]


def test_the_sign_off_is_shown(tmp_path):
    signed = a_draft(sign_offs=(SignOff("rencontre", "0123", "Claire", NOON),))

    assert "Signed off by Claire" in preview(tmp_path, draft=signed)
    assert "Not signed off yet" in preview(tmp_path)


def test_a_moved_step_says_from_when(tmp_path):
    draft = a_draft()
    (planned,) = draft.plan
    moved = replace(planned, moved_from=MONDAY - timedelta(days=1))

    assert "moved from Sun 3 Dec" in preview(tmp_path, draft=replace(draft, plan=(moved,)))


def test_an_earlier_preview_leaves_nothing_behind(tmp_path):
    preview(tmp_path, a_sample(), a_sample(variant=ENGLISH))

    preview(tmp_path, a_sample())

    assert len(list((tmp_path / "eml").iterdir())) == 1
    assert len(list((tmp_path / "frames").iterdir())) == 3


def test_a_step_of_ones_own_is_shown_by_its_name(tmp_path):
    step = a_step("point-presse", FRENCH, to=("press",))

    page = preview(tmp_path, a_sample(step="point-presse"), draft=a_draft(step))

    assert "Point presse" in page


def test_a_campaign_without_steps_has_a_page(tmp_path):
    draft = a_draft()

    page = preview(tmp_path, draft=replace(draft, plan=(), audiences={}))

    assert "The campaign has no step yet." in page


def test_hours_read_as_the_language_writes_them(tmp_path):
    assert "lundi 4 décembre 2017, 9\u00a0h\u00a030" in preview(tmp_path, language="fr")
    assert "Monday 4 December 2017, 09:30" in preview(tmp_path, language="en")


def test_a_message_of_plain_text_alone_can_be_read_back():
    received = read_back(b"From: a@b.example\r\nSubject: Bonjour\r\n\r\nTexte.\r\n")

    assert (received.sender, received.text, received.html) == ("a@b.example", "Texte.\n", "")
    assert received.snippet == "Texte."


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Un</p><p>deux</p>", "Un deux"),
        ("<title>non</title><style>non</style><body>oui", "oui"),
        ("<!-- non -->oui &amp; oui", "oui & oui"),
        ("\u00adoui\u200c\u034f", "oui"),
        ("mot " * 100, f"{'mot ' * 34}mot…"),
        (
            "<p>En l’<span>Île-de-France</span>, a@<wbr>b.example</p>",
            "En l’Île-de-France, a@b.example",
        ),
    ],
)
def test_the_first_words_are_those_an_inbox_would_show(html, words):
    assert first_words(html) == words


@given(st.text("<>/p !-a\"'=&;é", max_size=40))
def test_any_html_has_first_words(html):
    assert len(first_words(html)) <= 141


# The report.


def a_person(status, number=0, **fields):
    return ReportedRecipient(
        **{
            "delivery_id": DeliveryId(f"d{number}"),
            "name": f"Ada {number}",
            "address": f"ada{number}@journal.example",
            "organisation": "Le Journal",
            "phone": "+33 1 99 00 00 00",
            "status": status,
        }
        | fields
    )


def a_report(*people, **fields):
    not_mailed = tuple(fields.pop("not_mailed", ()))
    mailing = MailingReport(
        step="announcement",
        state=MailingState.DONE,
        local_time=MONDAY,
        started_at=MONDAY,
        by_status=Counter(person.status for person in people),
        people=people,
        not_mailed=not_mailed,
        came_back=sum(person.came_back for person in people),
        left_out_because=Counter(line.reason for line in not_mailed),
    )
    return Report(
        **{
            "campaign": "rencontre",
            "title": "La rencontre",
            "made_at": NOON,
            "time_zone": "Europe/Paris",
            "mailings": (mailing,),
            "accreditations": {},
            "to_call_back": tuple(p for p in people if p.reason),
            "uncertain": tuple(p for p in people if p.status is DeliveryStatus.UNCERTAIN),
        }
        | fields
    )


def report(folder, made, language="en"):
    return parsed(write_report(folder, made, say=str, language=language).read_text("utf-8"))


def tiles(tree):
    return dict(zip(texts(tree, ".//dl//dt"), map(int, texts(tree, ".//dl//dd")), strict=True))


PEOPLE = (
    a_person(DeliveryStatus.ACCEPTED, 1),
    a_person(DeliveryStatus.DELIVERED, 2),
    a_person(DeliveryStatus.ACCEPTED, 3, reason="mailbox-full"),
    a_person(DeliveryStatus.DELIVERED, 4, reason="greylisted"),
    a_person(DeliveryStatus.BOUNCED, 5, reason="user-unknown"),
    a_person(DeliveryStatus.UNCERTAIN, 6),
    a_person(DeliveryStatus.CANCELLED, 7),
    a_person(DeliveryStatus.DEFERRED, 8),
)


def test_every_message_is_counted_once(tmp_path):
    tree = report(tmp_path, a_report(*PEOPLE))

    assert tiles(tree) == {
        "nothing came back": 3,
        "did not arrive": 1,
        "came back for now": 1,
        "uncertain": 1,
        "stopped before sending": 1,
        "still to be sent": 1,
    }
    widths = [float(rect.get("width")) for rect in tree.iter() if rect.tag.endswith("rect")]
    assert sum(widths) == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize("status", list(DeliveryStatus))
def test_every_status_has_its_place(tmp_path, status):
    assert sum(tiles(report(tmp_path, a_report(a_person(status)))).values()) == 1


def test_the_first_lines_say_it_all(tmp_path):
    tree = report(tmp_path, a_report(*PEOPLE))

    assert texts(tree, ".//main/p")[0] == (
        "5 messages handed over to your relay. The recipients’ servers have confirmed 2. "
        "1 did not arrive. "
        "1 came back for a passing reason, such as a full mailbox. "
        "1 is uncertain and waits for a decision."
    )
    assert "Saturday 9 December 2017, 12:00 (Paris time)" in texts(tree, ".//header/p")[1]


def test_whom_to_call_comes_with_telephone_and_reason(tmp_path):
    tree = report(tmp_path, a_report(*PEOPLE))

    section = next(s for s in tree.findall(".//section") if texts(s, "h2") == ["To call back"])
    rows = [texts(row, "*") for row in section.findall(".//tbody/tr")]
    assert [
        "Ada 5ada5@journal.example",
        "Le Journal",
        "+33 1 99 00 00 00",
        "This address does not exist.",
    ] in rows


def test_a_telephone_number_is_called_by_touching_it(tmp_path):
    people = [
        a_person(DeliveryStatus.BOUNCED, 1, reason="user-unknown", phone="01 99 00 00 68"),
        a_person(DeliveryStatus.BOUNCED, 2, reason="user-unknown", phone="standard"),
        a_person(DeliveryStatus.BOUNCED, 3, reason="user-unknown", phone=""),
    ]

    tree = report(tmp_path, a_report(*people))

    cells = [cell for cell in tree.iter() if cell.get("class") == "phone"]
    assert [[a.get("href") for a in cell.findall("a")] for cell in cells] == [
        ["tel:+33199000068"], [], [],
    ]  # fmt: skip
    assert ["".join(cell.itertext()).strip() for cell in cells] == [
        "01 99 00 00 68", "standard", "–",
    ]  # fmt: skip


def test_a_message_that_came_back_is_said_in_words_and_not_by_a_colour(tmp_path):
    tree = report(tmp_path, a_report(*PEOPLE))

    shown = {
        (tag.get("class"), "".join(tag.itertext()))
        for tag in tree.iter()
        if "tag" in (tag.get("class") or "").split()
    }
    words = [word for _colour, word in shown]
    assert ("tag back", "came back for now") in shown
    assert len(words) == len(set(words))


def test_every_box_that_scrolls_is_reached_by_the_keyboard_and_has_a_name(tmp_path):
    tree = report(
        tmp_path,
        a_report(*PEOPLE, not_mailed=[NotMailed(a_contact(), ExclusionReason.DECLINED, "")]),
    )

    boxes = [box for box in tree.iter() if box.get("class") == "scroll"]
    names = {e.get("id") for e in tree.iter() if e.get("id")}
    assert len(boxes) == 5
    assert {(box.get("tabindex"), box.get("role")) for box in boxes} == {("0", "region")}
    assert len({box.get("aria-labelledby") for box in boxes} & names) == len(boxes)


def test_accreditations_are_shown_in_their_order(tmp_path):
    states = {AccreditationState.DECLINED: 2, AccreditationState.ACCEPTED: 5}

    counted = tiles(report(tmp_path, a_report(accreditations=states)))

    assert list(counted.items())[-2:] == [
        ("people accredited", 5),
        ("people who will not come", 2),
    ]


@pytest.mark.parametrize(
    ("reason", "detail", "words"),
    [
        (ExclusionReason.SUPPRESSED, "opt-out", "asked not to be written to"),
        (ExclusionReason.SUPPRESSED, "", "address suppressed"),
        (ExclusionReason.SAME_PERSON, "a@b.example", "same person as a@b.example"),
        (ExclusionReason.NOT_ACCREDITED, "waiting", "on the waiting list"),
        (ExclusionReason.NOT_ACCREDITED, "", "not accredited"),
        (ExclusionReason.DECLINED, "declined", "will not come"),
    ],
)
def test_whoever_was_not_written_to_has_a_reason(tmp_path, reason, detail, words):
    made = a_report(not_mailed=[NotMailed(a_contact(), reason, detail)])

    tree = report(tmp_path, made)

    assert texts(tree, ".//section[last()]//tbody/tr/td")[-1] == words


def test_the_report_counts_nobody_for_a_step_that_has_not_begun(tmp_path):
    planned = replace(a_report().mailings[0], started_at=None, state=MailingState.SCHEDULED)

    cells = texts(report(tmp_path, a_report(mailings=(planned,))), ".//tbody//td")

    assert cells[1:] == ["–", "–", "–"]


def test_the_report_of_nothing_is_a_page(tmp_path):
    tree = report(tmp_path, a_report(mailings=()))

    assert "Nothing was launched yet." in texts(tree, ".//td")


def test_the_report_may_fetch_and_run_nothing(tmp_path):
    hostile = a_person(DeliveryStatus.BOUNCED, name="<script>x</script>", reason="<b>")

    tree = report(tmp_path, a_report(hostile, title="<img src=x>"))

    assert tree.findall(".//script") == []
    assert tree.findall(".//img") == []
    assert not [e for e in tree.iter() if "style" in e.attrib]
    (policy,) = [m.get("content") for m in tree.findall(".//meta") if m.get("http-equiv")]
    assert policy.startswith("default-src 'none'")


def test_the_table_opens_in_excel_with_every_line_and_no_formula(tmp_path):
    made = a_report(
        a_person(DeliveryStatus.ACCEPTED, 1, name="=cmd()", organisation="L’Été"),
        not_mailed=[NotMailed(a_contact(), ExclusionReason.SUPPRESSED, "opt-out")],
    )
    report(tmp_path, made)

    content = (tmp_path / "recipients.csv").read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == [
        "Step",
        "Date",
        "Name",
        "Outlet or association",
        "Address",
        "Phone",
        "State",
        "Reason",
    ]
    assert rows[1] == [
        "First announcement",
        "2017-12-04 09:30",
        "'=cmd()",
        "L’Été",
        "ada1@journal.example",
        "'+33 1 99 00 00 00",
        "handed over",
        "",
    ]
    assert rows[2][-2:] == ["not written to", "asked not to be written to"]


# The page of the unsubscribe link.


def unsubscribing(page=Page.QUESTION, theme=""):
    shown = office_look(bundled("templates"), theme)
    return unsubscribe_page(
        page=page,
        office="Institut de Z",
        contact="stop@institut.example",
        look=shown,
        say=str,
        language="en",
    )


@pytest.mark.parametrize("theme", known_themes(bundled("templates")))
def test_the_page_of_the_unsubscribe_link_wears_the_colours_of_the_mails(theme):
    colours = office_look(bundled("templates"), theme).theme

    written = unsubscribing(theme=theme)

    assert f"--accent: light-dark({colours.colours.accent}, {colours.dark.accent})" in written
    assert f"--band: light-dark({colours.colours.header}, {colours.dark.header})" in written


@pytest.mark.parametrize("page", list(Page))
def test_the_policy_of_the_unsubscribe_page_allows_its_own_style_alone(page):
    tree = parsed(unsubscribing(page))

    (policy,) = [m.get("content") for m in tree.findall(".//meta") if m.get("http-equiv")]
    digest = base64.b64encode(hashlib.sha256(tree.find(".//style").text.encode()).digest())
    assert f"style-src 'sha256-{digest.decode()}'" in policy
