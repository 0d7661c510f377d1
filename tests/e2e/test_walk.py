"""One campaign, from its folder to recorded deliveries, by the commands a press officer types."""

import asyncio
import csv
import email
import email.policy
import email.utils
import json
import re
import shutil
import socket
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
import tzdata
from aiosmtpd.controller import Controller

from mailer.model.mailings.message import is_proof_id
from tests.counterparts.signatures import KEYS, is_valid, pem
from tests.e2e.commands import (
    EXAMPLE,
    a_workspace,
    answer,
    answers,
    launched_example,
    mailer,
    sign_and_launch,
)

ANNOUNCED = "2017-12-04T09:30"


class Postbox:
    """An SMTP server that keeps each transaction: its sender, recipients and content."""

    def __init__(self):
        self.transactions = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name aiosmtpd calls
        await asyncio.sleep(0)
        self.transactions.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 OK"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def a_postbox():
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield postbox, controller.port
    finally:
        controller.stop()


def send_by_smtp(workspace, port, *, allowed=(), launched=True):
    """Points the workspace at a server on this machine; outside production, for `allowed` only.

    What was `launched` keeps its way of sending until somebody resumes it for this one.
    """
    config = workspace / "config.toml"
    text = config.read_text(encoding="utf-8")
    relay = f'[transport.smtp]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n\n['
    for before, after in (
        (r'backend = "file"', 'backend = "smtp"'),
        (r"allow_list = \[.*\]", f"allow_list = {json.dumps(sorted(allowed))}"),
        (r"(?ms)^\[transport\.smtp\].*?^\[", relay),
    ):
        text, count = re.subn(before, after, text, count=1)
        assert count == 1
    config.write_text(text, encoding="utf-8")
    if launched:
        by = ("--by", "C. Delmas")
        mailer("resume", EXAMPLE, "--provider", "smtp", *by, workspace=workspace)


def everybody(workspace):
    """The domains of the whole directory, as an allow-list has them."""
    return {
        "@" + contact["address"].rpartition("@")[2]
        for contact in answers("contacts", "list", workspace=workspace)
    }


@pytest.fixture
def workspace(tmp_path):
    """A workspace with its lists imported."""
    return a_workspace(tmp_path / "bureau")


def test_the_example_campaign_has_nothing_that_blocks(workspace):
    findings = answers("check", EXAMPLE, workspace=workspace)

    assert [finding for finding in findings if finding["severity"] == "error"] == []


def test_the_rehearsal_sends_each_step_at_its_hour_to_its_people_and_leaves_no_trace(
    workspace, tmp_path
):
    out = tmp_path / "trial"
    before = answer("status", workspace=workspace)

    mailer("rehearse", EXAMPLE, "--out", out, workspace=workspace)

    dates = {
        step.name: {email.message_from_bytes(file.read_bytes())["Date"] for file in step.iterdir()}
        for step in (out / "messages").iterdir()
    }
    assert dates == {
        "announcement": {"Mon, 04 Dec 2017 08:30:00 +0000"},
        "reminder": {"Thu, 07 Dec 2017 08:30:00 +0000"},
        "practical": {"Fri, 08 Dec 2017 14:00:00 +0000"},
        "morning": {"Sat, 09 Dec 2017 06:30:00 +0000"},
    }
    nothing = {"mailings": [], "uncertain": [], "without_sign_of_life": [], "worries": []}
    assert {**before, **nothing} == before
    assert answer("status", workspace=workspace) == before


def test_nothing_is_launched_without_sign_off_or_with_a_wrong_number(workspace):
    unsigned = mailer(
        "launch", EXAMPLE, "--confirm", "1", "--at", ANNOUNCED, workspace=workspace, expect=77
    )
    mailer("approve", EXAMPLE, "--by", "C. Delmas", workspace=workspace)
    miscounted = mailer(
        "launch", EXAMPLE, "--confirm", "1", "--at", ANNOUNCED, workspace=workspace, expect=77
    )

    assert "bon à tirer" in unsigned.stderr
    assert "confirmé pour 1 personnes" in miscounted.stderr
    assert "--confirm NOMBRE --by NOM" in miscounted.stderr
    assert answer("status", workspace=workspace)["mailings"] == []


def test_one_changed_character_voids_the_sign_off(workspace):
    mailer("approve", EXAMPLE, "--by", "C. Delmas", workspace=workspace)
    text = workspace / "campaigns" / EXAMPLE / "announcement.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nEt encore.\n", encoding="utf-8")

    count = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]["recipients"]
    refused = mailer(
        "launch", EXAMPLE, "--confirm", count, "--at", ANNOUNCED, workspace=workspace, expect=77
    )

    assert "modifiée après le bon à tirer donné par Claire Delmas" in refused.stderr


def test_a_second_launch_launches_nothing(workspace):
    count = launched_example(workspace)

    again = mailer(
        "launch", EXAMPLE, "--confirm", count, "--at", ANNOUNCED, workspace=workspace, expect=77
    )

    assert "déjà été lancée (" in again.stderr
    assert "Claire Delmas" in again.stderr
    assert len(answer("status", workspace=workspace)["mailings"]) == 4


def test_nothing_leaves_before_its_time(workspace):
    launched_example(workspace)

    mailer("run", "--until-idle", "--at", "2017-12-04T09:29", workspace=workspace)

    states = [mailing["state"] for mailing in answer("status", workspace=workspace)["mailings"]]
    assert states == ["scheduled"] * 4


def test_a_text_edited_after_the_launch_changes_nothing_of_what_leaves(workspace):
    launched_example(workspace)
    text = workspace / "campaigns" / EXAMPLE / "announcement.md"
    text.write_text(text.read_text("utf-8") + "\n\nAjout tardif.\n", "utf-8")

    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)

    written = [file.read_bytes() for file in (workspace / "var" / "outbox").rglob("*.eml")]
    assert written
    assert not any(b"Ajout tardif" in message for message in written)
    plan = " ".join(mailer("plan", EXAMPLE, workspace=workspace).stdout.split())
    assert "Lancée telle qu’elle a été signée." in plan
    assert "ne change rien à ce qui part" in plan


def test_the_plan_shows_how_many_the_same_lists_had_the_last_time(workspace):
    count = launched_example(workspace)
    before = answer("plan", EXAMPLE, workspace=workspace)["steps"]
    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)
    late = workspace / "late.csv"
    late.write_text("email,nom\nune@de-plus.example,Une\n", "utf-8")
    mailer("contacts", "import", late, "--list", "press", workspace=workspace)

    steps = answer("plan", EXAMPLE, workspace=workspace)["steps"]
    shown = mailer("plan", EXAMPLE, workspace=workspace, lang="en").stdout

    assert {step["recipients_last_time"] for step in before} == {None}
    assert (steps[0]["recipients"], steps[0]["recipients_last_time"]) == (count + 1, count)
    assert f"announcement: {count + 1} people; the same lists had {count} with" in shown


def test_new_rules_of_a_time_zone_are_told_with_both_instants(workspace, tmp_path):
    launched_example(workspace)
    rules = tmp_path / "zones" / "Europe"
    rules.mkdir(parents=True)
    shutil.copy(Path(tzdata.__file__).parent / "zoneinfo" / "Europe" / "London", rules / "Paris")
    at = "2017-12-04T08:00+00:00"

    told = mailer(
        "run",
        "--until-idle",
        "--at",
        at,
        workspace=workspace,
        lang="en",
        PYTHONTZPATH=str(rules.parent),
    ).stderr

    assert told.count("the rules of Europe/Paris have changed") == 4
    assert "which is 09:30 UTC and was 08:30 UTC" in told


def test_what_is_too_late_to_be_useful_is_not_sent_but_reported(workspace):
    launched_example(workspace)

    late = mailer("run", "--until-idle", "--at", "2017-12-10T12:00", workspace=workspace)

    assert late.stderr.count("trop tard") == 4
    states = {mailing["state"] for mailing in answer("status", workspace=workspace)["mailings"]}
    assert states == {"missed"}


@pytest.fixture
def soon(workspace):
    """The workspace with an announcement, signed off and launched, that says how soon it is."""
    text = workspace / "campaigns" / EXAMPLE / "announcement.md"
    text.write_text(
        f"{text.read_text('utf-8')}\nLa rencontre a lieu {{{{ event.soon }}}}.\n", "utf-8"
    )
    sign_and_launch(workspace)
    return workspace


def test_a_step_that_says_how_soon_leaves_on_its_day(soon):
    mailer("run", "--until-idle", "--at", "2017-12-04T23:30", workspace=soon)

    written = [path.read_bytes() for path in (soon / "var" / "outbox").rglob("*.eml")]
    messages = [email.message_from_bytes(each, policy=email.policy.default) for each in written]
    texts = [each.get_body(("plain",)).get_content() for each in messages]
    assert sum("La rencontre a lieu dans cinq jours." in each for each in texts) > 20


def test_after_midnight_it_does_not_leave(soon):
    late = mailer("run", "--until-idle", "--at", "2017-12-05T00:00", workspace=soon)

    assert late.stderr.count("trop tard") == 1
    written = [path.name for path in (soon / "var" / "outbox").rglob("*.eml")]
    assert all(name.startswith("presse@institut.example") for name in written)  # told of it


def test_a_launch_by_smtp_is_one_transaction_for_each_person_and_nobody_sees_another(workspace):
    with a_postbox() as (postbox, port):
        count = launched_example(workspace)
        send_by_smtp(workspace, port, allowed=everybody(workspace))
        mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)

    recipients = [rcpt for _sender, rcpts, _content in postbox.transactions for rcpt in rcpts]
    assert all(len(rcpts) == 1 for _sender, rcpts, _content in postbox.transactions)
    assert len(recipients) == len(set(recipients)) == count
    for sender, (rcpt,), content in postbox.transactions:
        assert re.fullmatch(r"b\+[a-z2-7]{26}@retours\.institut\.example", sender)
        assert only_person_named(content) == rcpt
        assert not [other for other in recipients if other != rcpt and other in whole_text(content)]
    done = answer("status", workspace=workspace)["mailings"][0]
    assert done["state"] == "done"
    assert done["by_status"] == {"accepted": count}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_what_leaves_by_smtp_is_signed_and_another_program_agrees(workspace, key):
    signature = '[dkim]\ndomain = "institut.example"\nselector = "presse"\nkey = "env:DKIM_KEY"\n'
    with a_postbox() as (postbox, port):
        count = launched_example(workspace)
        send_by_smtp(workspace, port, allowed=everybody(workspace))
        config = workspace / "config.toml"
        text, replaced = re.subn(
            r"\[dkim\][^\[]*\[ledger\]", f"{signature}[ledger]", config.read_text("utf-8")
        )
        config.write_text(text, encoding="utf-8")
        run = ("run", "--until-idle", "--at", ANNOUNCED)
        refused = mailer(*run, workspace=workspace, expect=78, DKIM_KEY="no key")
        assert postbox.transactions == []
        mailer(*run, workspace=workspace, DKIM_KEY=pem(key))

    assert replaced == 1
    assert "dkim.key" in refused.stderr
    assert len(postbox.transactions) == count
    for _sender, _rcpts, content in postbox.transactions:
        assert is_valid(content, key)
        assert not is_valid(content.replace(b"Subject: ", b"Subject: x", 1), key)


def only_person_named(content):
    """The one address of the head's recipient fields."""
    message = email.message_from_bytes(content)
    assert {"Cc", "Bcc", "Resent-To"}.isdisjoint(message.keys())
    ((_name, address),) = email.utils.getaddresses(message.get_all("To"))
    return address


def whole_text(content):
    message = email.message_from_bytes(content)
    parts = [part.get_payload(decode=True) or b"" for part in message.walk()]
    return b"".join(parts).decode("latin-1") + str(message.items())


HOSTILE_NAMES = (
    '"a, b" <x@y.example>',
    "Ligne\nBcc: autre@presse.example",
    "Ada\r\n\r\nCorps",
    "Zoé 👩‍🔬 Martin",
    "محمد الأمين",
    "N" * 300,
    "{{ 7*7 }} <b>gras</b> & cie",
    "x" * 70 + ', "y" <z@evil.example>',
)


def test_no_name_however_strange_changes_a_header_or_the_envelope(tmp_path):
    workspace = a_workspace(tmp_path / "bureau", lists=False)
    addresses = [f"lecteur{number}@presse.example" for number in range(len(HOSTILE_NAMES))]
    with (tmp_path / "noms.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [("Courriel", "Nom"), *zip(addresses, HOSTILE_NAMES, strict=True)]
        )
    for list_name in ("press", "associations"):
        mailer(
            "contacts", "import", tmp_path / "noms.csv", "--list", list_name, workspace=workspace
        )

    with a_postbox() as (postbox, port):
        sign_and_launch(workspace)
        send_by_smtp(workspace, port, allowed=["@presse.example"])
        mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)

    known = [contact["address"] for contact in answers("contacts", "list", workspace=workspace)]
    assert len(known) >= len(HOSTILE_NAMES) - 2  # the endless ones wait for a person to decide
    assert sorted(rcpts for _sender, rcpts, _content in postbox.transactions) == [
        [address] for address in known
    ]
    heads = {
        tuple(email.message_from_bytes(content).keys())
        for _sender, _rcpts, content in postbox.transactions
    }
    assert len(heads) == 1
    for _sender, (rcpt,), content in postbox.transactions:
        assert only_person_named(content) == rcpt


def test_a_clock_of_one_s_own_is_refused_in_production(workspace):
    config = workspace / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("production = false", "production = true"),
        encoding="utf-8",
    )

    refused = mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace, expect=77)

    assert "--at" in refused.stderr


def test_outside_production_nobody_but_the_allow_list_is_reached(workspace):
    with a_postbox() as (postbox, port):
        launched_example(workspace)
        send_by_smtp(workspace, port, allowed=["@institut.example"])

        refused = mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace, expect=69)

    assert "production" in refused.stderr
    assert postbox.transactions == []
    # Our own rule marks nobody and tries nobody: it starts once production is on.
    announcement = answer("status", workspace=workspace)["mailings"][0]
    assert (announcement["state"], announcement["by_status"]) == ("scheduled", {})


def test_outside_production_a_launch_to_others_than_the_allow_list_is_refused(workspace):
    mailer("approve", EXAMPLE, "--by", "C. Delmas", workspace=workspace)
    count = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]["recipients"]
    send_by_smtp(workspace, 9, allowed=["@institut.example"], launched=False)

    launch = ("launch", EXAMPLE, "--confirm", count, "--at", ANNOUNCED)
    refused = mailer(*launch, workspace=workspace, expect=77)

    assert "la production est coupée" in refused.stderr
    assert answer("status", workspace=workspace)["mailings"] == []


def test_the_reminder_spares_whoever_has_answered_and_the_rest_hear_from_us_once(workspace):
    launched_example(workspace)
    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)
    press = [
        contact["address"]
        for contact in answers("contacts", "list", "--list", "press", workspace=workspace)
        if not contact["suppressed"]
    ]
    late = ("--force", "the example's deadline is long past")
    mailer("accreditations", "add", EXAMPLE, press[0], *late, workspace=workspace)
    mailer("accreditations", "decline", EXAMPLE, press[1], workspace=workspace)

    mailer("run", "--until-idle", "--at", "2017-12-07T09:30", workspace=workspace)
    mailer("run", "--until-idle", "--at", "2017-12-08T15:00", workspace=workspace)

    report = answer("report", EXAMPLE, workspace=workspace)
    by_step = {mailing["step"]: mailing for mailing in report["mailings"]}
    reminded = Counter(person["address"] for person in by_step["reminder"]["people"])
    assert {press[0], press[1]}.isdisjoint(reminded)
    assert set(reminded.values()) == {1}
    assert len(reminded) == len(press) - 2
    assert [person["address"] for person in by_step["practical"]["people"]] == [press[0]]


def test_the_figures_of_the_report_equal_the_files_written(workspace):
    launched_example(workspace)
    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)

    announcement = answer("report", EXAMPLE, workspace=workspace)["mailings"][0]

    written = list((workspace / "var" / "outbox").rglob("*.eml"))
    assert announcement["by_status"] == {"accepted": len(written)}
    assert announcement["audience"] == len(written)


def test_a_proof_goes_to_the_team_only_marked_test_and_changes_nobody(workspace):
    mailer("proof", EXAMPLE, "announcement", "--by", "C. Delmas", workspace=workspace)

    written = [
        email.message_from_bytes(path.read_bytes())
        for path in (workspace / "var" / "outbox").rglob("*.eml")
    ]
    assert {message["To"].strip("<>").rpartition("<")[2] for message in written} == {
        "presse@institut.example",
        "direction@institut.example",
    }
    for message in written:
        subject = str(email.header.make_header(email.header.decode_header(message["Subject"])))
        assert subject.startswith("[TEST] ")
        assert is_proof_id(message["X-Mailer-Delivery"])
        dated = email.utils.parsedate_to_datetime(message["Date"])
        assert dated.year != 2017  # the step's
    assert answer("status", workspace=workspace)["mailings"] == []


def test_pausing_holds_and_cancelling_ends_a_campaign(workspace):
    launched_example(workspace)

    why = ("--by", "C. Delmas", "--why", "reporté")
    asked = mailer("cancel", EXAMPLE, *why, workspace=workspace, expect=77)
    assert "Annonce\u00a0: ne partira pas le lun. 4 déc. 2017" in asked.stdout
    mailer("cancel", EXAMPLE, *why, "--confirm", 4, workspace=workspace)
    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)

    states = {mailing["state"] for mailing in answer("status", workspace=workspace)["mailings"]}
    assert states == {"cancelled"}
    assert not (workspace / "var" / "outbox").exists()


def test_a_campaign_paused_before_its_first_message_leaves_only_when_it_is_resumed(workspace):
    launched_example(workspace)
    run = ("run", "--until-idle", "--at")

    held = mailer("pause", EXAMPLE, "--by", "C. Delmas", workspace=workspace)
    mailer(*run, ANNOUNCED, workspace=workspace)

    assert held.stdout.count("suspendu") == 4
    assert not (workspace / "var" / "outbox").exists()

    later = "2017-12-04T15:00"
    resumed = mailer("resume", EXAMPLE, "--by", "C. Delmas", "--at", later, workspace=workspace)
    mailer(*run, later, workspace=workspace)

    assert (
        "Annonce\u00a0: prévue le lun. 4 déc. 2017, 09:30, elle part maintenant" in resumed.stdout
    )
    states = [mailing["state"] for mailing in answer("status", workspace=workspace)["mailings"]]
    assert states == ["done", "scheduled", "scheduled", "scheduled"]


def test_what_the_folder_says_otherwise_after_the_launch_is_told_and_held(workspace):
    launched_example(workspace)
    by = ("--by", "C. Delmas")
    toml = workspace / "campaigns" / EXAMPLE / "campaign.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("2017-12-09T", "2017-12-16T"), encoding="utf-8"
    )
    change = "début de l’événement\xa0: 09/12/2017 à 09\xa0h\xa030 → 16/12/2017 à 09\xa0h\xa030"

    checked = mailer("check", EXAMPLE, workspace=workspace, expect=1)
    refused = mailer("approve", EXAMPLE, *by, workspace=workspace, expect=77)
    held = mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace, expect=77)

    for told in (
        checked.stdout,
        refused.stderr,
        mailer("plan", EXAMPLE, workspace=workspace).stderr,
        mailer("status", workspace=workspace).stderr,
    ):
        assert change in told
    assert "suspendue" in held.stderr
    assert answer("status", workspace=workspace)["mailings"][0]["state"] == "paused"


def test_a_campaign_cancelled_before_its_first_message_is_launched_again_once_corrected(workspace):
    count = launched_example(workspace)
    by = ("--by", "C. Delmas")
    mailer("cancel", EXAMPLE, *by, "--confirm", 4, workspace=workspace)
    text = workspace / "campaigns" / EXAMPLE / "announcement.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nEt encore.\n", encoding="utf-8")

    assert sign_and_launch(workspace) == count
    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)

    written = list((workspace / "var" / "outbox").rglob("*.eml"))
    assert len(written) == count
    assert any(b"Et encore." in file.read_bytes() for file in written)


def test_a_broken_folder_is_judged_as_far_as_it_can_be_read_all_at_once(workspace):
    folder = workspace / "campaigns" / EXAMPLE
    toml = folder / "campaign.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("venue = ", "veneu = ", 1), encoding="utf-8"
    )
    (folder / "announcement.md").write_bytes(b"\xff\xfe nonsense")
    with (folder / "reminder.md").open("a", encoding="utf-8") as text:
        text.write("\n{{ nobody.knows }}\n\nLe programme : [ici](#)\n")

    found = {
        (finding["file"].rpartition("/")[2], finding["severity"])
        for finding in answers("check", EXAMPLE, workspace=workspace, expect=1)
    }

    assert {
        ("campaign.toml", "error"),
        ("announcement.md", "error"),
        ("reminder.md", "error"),
    } <= found


def test_a_doubtful_domain_waits_until_a_person_decides(workspace):
    press = workspace / "campaigns" / EXAMPLE / "lists" / "journalistes.xlsx"
    decided = "lequotidiendusor.example=lequotidiendusoir.example"

    before = answer(
        "contacts", "import", press, "--list", "press", "--dry-run", workspace=workspace
    )
    after = answer(
        "contacts", "import", press, "--list", "press", "--accept", decided, workspace=workspace
    )

    assert len(before["quarantined"]) == 2
    assert len(after["quarantined"]) == 1
    assert before["read"] == after["read"]
