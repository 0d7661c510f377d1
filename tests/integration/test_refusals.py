"""Refusals that stand in a contact file: nobody who refused is counted as ready."""

import csv
import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mailer.errors import ContentError
from mailer.files.contact_files import read_contacts
from mailer.model.contacts.suppression import SuppressionReason

READ_ON = date(2026, 3, 2)


def a_table(path, headers, *rows):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([headers, *rows])
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


def a_workbook(path, **sheets):
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name.replace("_", " "))
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def read(path, **how):
    return read_contacts(path, list_name="press", read_on=READ_ON, **how)


def ready(imported):
    return [str(contact.address) for contact in imported.ready + imported.repaired]


def barred(imported):
    return [str(each.contact.address) for each in imported.barred]


EXPORTS = {
    "Mailchimp": (["Email Address", "OPTIN_TIME", "UNSUB_TIME"], ["2019-03-04", "2021-01-05"]),
    "Brevo": (["EMAIL", "EMAIL_BLACKLISTED", "SMS_BLACKLISTED"], ["oui", "non"]),
    "Mailjet": (["email", "IsExcludedFromCampaigns", "isUnsub"], ["false", "true"]),
    "phpList": (["email", "confirmed", "blacklisted"], ["1", "1"]),
    "listmonk": (["email", "name", "status"], ["", "blocklisted"]),
    "HubSpot": (["Email", "Unsubscribed from all email"], ["true"]),
    "AcyMailing": (["email", "enabled", "liststatus"], ["1", "-1"]),
    "Sympa": (["email", "gecos", "reception"], ["", "nomail"]),
    "Mailman": (["email", "delivery_status"], ["by_user"]),
    "an office": (["Courriel", "Statut"], ["désinscrite"]),
    "consent": (["Courriel", "Accepte les mails"], ["non"]),
    "truth values": (["Courriel", "Abonné"], ["FAUX"]),
    "a note": (["Courriel", "Remarque"], ["merci de ne plus la contacter"]),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_nobody_who_refused_in_an_export_is_ready(tmp_path, program):
    headers, refusal = EXPORTS[program]
    path = a_table(tmp_path / "export.csv", headers, ["paul@gazette.example", *refusal])

    imported = read(path)

    assert ready(imported) == []
    assert barred(imported) == ["paul@gazette.example"]
    assert imported.objections[0].evidence.split(": ")[1] in refusal


def test_a_bounce_in_an_export_is_a_dead_address(tmp_path):
    path = a_table(tmp_path / "a.csv", ["email", "status"], ["paul@gazette.example", "cleaned"])

    (objection,) = read(path).objections

    assert objection.reason is SuppressionReason.DEAD


def test_who_has_left_waits_for_a_person_with_the_evidence(tmp_path):
    path = a_table(tmp_path / "a.csv", ["Mél", "Note"], ["paul@gazette.example", "a quitté en mai"])

    imported = read(path)

    assert imported.contacts == ()
    assert "Note: a quitté en mai" in str(imported.quarantined[0].reason)


def test_a_refusal_beside_the_address_counts(tmp_path):
    path = a_table(tmp_path / "a.csv", ["Courriel"], ["paul@gazette.example (ne plus écrire)"])

    assert barred(read(path)) == ["paul@gazette.example"]


def test_a_sheet_of_refusals_bars_its_people_wherever_else_they_stand(tmp_path):
    path = a_workbook(
        tmp_path / "a.xlsx",
        Presse=[["Courriel"], ["lina@quotidien.example"], ["PAUL@gazette.example"]],
        Désinscrits=[["Courriel"], ["paul@gazette.example"], ["ana@radio.example"]],
    )

    imported = read(path)

    assert ready(imported) == ["lina@quotidien.example"]
    assert barred(imported) == ["PAUL@gazette.example", "ana@radio.example"]


def test_a_line_between_the_rows_asks_about_those_below(tmp_path):
    path = a_table(
        tmp_path / "a.csv",
        ["Courriel", "Nom"],
        ["lina@quotidien.example", "Moreau"],
        ["", "--- NE PLUS CONTACTER ---"],
        ["paul@gazette.example", "Roy"],
        ["", "Radio"],
        ["ana@radio.example", "Petit"],
    )

    imported = read(path)

    assert ready(imported) == ["lina@quotidien.example", "ana@radio.example"]
    assert [each.row.where.line for each in imported.quarantined] == [3, 4, 5]


def test_a_file_of_refusals_bars_all_its_people(tmp_path):
    path = a_table(tmp_path / "desinscrits-2025.csv", ["Courriel"], ["paul@gazette.example"])

    assert barred(read(path)) == ["paul@gazette.example"]


# Rows that are set aside.


@pytest.mark.parametrize(
    "cells",
    [
        ["paul@gazette.example; zoe@tv.example", "Roy", "x", "one too many"],
        ["paul@gazette.example", "Ro\x07y", "oui"],
        ["paul@gazette.example", "R" * 65, "oui"],
        ["paul@gazette.example", "HÃ©lÃ¨ne", "oui"],
        ["pas d’adresse", "paul@gazette.example", "oui"],
        ["noreply@gazette.example", "paul@gazette.example", "oui"],
        ["paul@gazette.example", "", "Roy", "x"],
    ],
)
def test_a_refusal_in_a_row_that_is_set_aside_still_bars(tmp_path, cells):
    path = a_table(tmp_path / "a.csv", ["Courriel", "Nom", "Ne pas contacter"], cells)

    imported = read(path, encoding="utf-8")

    assert imported.contacts == ()
    (row,) = imported.quarantined
    assert "paul@gazette.example" in list(map(str, row.objection.addresses))
    assert imported.objections == (row.objection,)


def test_a_refusal_at_a_mistyped_domain_bars_both_spellings(tmp_path):
    path = a_table(tmp_path / "a.csv", ["Courriel", "Opt-out"], ["paul@gmial.com", "1"])

    (objection,) = read(path).objections

    assert list(map(str, objection.addresses)) == ["paul@gmial.com", "paul@gmail.com"]


def test_a_line_with_an_open_quotation_mark_still_bars(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Courriel;Nom;Ne pas contacter\npaul@gazette.example;"Roy;oui\n')

    assert [str(each.addresses[0]) for each in read(path).objections] == ["paul@gazette.example"]


def test_a_name_in_a_shifted_row_is_no_refusal(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Courriel;Nom;Ne pas contacter\nzoe@radio.example; z@home.example;Zoé;\n"
        "paul@gazette.example;Roy;\n"
    )

    imported = read(path)

    assert ready(imported) == ["paul@gazette.example"]
    assert [each.row.where.line for each in imported.quarantined] == [2]
    assert imported.objections == ()


def test_a_delimiter_at_the_end_of_every_line_shifts_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Courriel;Nom\nzoe@radio.example;Zoé;\npaul@gazette.example;Roy;\n")

    assert len(read(path).ready) == 2


CELLS = st.sampled_from(
    ["paul@gazette.example", "zoe@tv.example; a@b.example", "Roy", "", "HÃ©", "\x07", '"', "01 99"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(before=st.lists(CELLS, max_size=3), after=st.lists(CELLS, max_size=3))
@example(before=[], after=['"'])
def test_whatever_a_row_holds_a_mark_in_it_lets_nobody_of_it_be_written_to(tmp_path, before, after):
    row = [*before, "ada@lab.example", "ne plus contacter", *after]
    path = a_table(tmp_path / "a.csv", ["Nom", "Courriel", "Note", "Tél."], row)

    imported = read(path, encoding="utf-8")

    assert ready(imported) == []
    assert imported.objections


@pytest.mark.parametrize("word", ["Mail pro", "mail", "E-mail", "courriel"])
def test_a_row_with_an_address_is_a_person_and_no_header(tmp_path, word):
    path = tmp_path / "a.csv"
    path.write_text(
        "".join(f"Roy;Ana;a{number}@radio.example;{word}\n" for number in range(3)),
        encoding="utf-8",
    )

    assert len(ready(read(path))) == 3


@pytest.mark.parametrize("text", ["Courriel;Nom\n", "Presse\n\nE-mail;Nom;Média\n"])
def test_a_list_of_nobody_is_no_success(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(text)

    with pytest.raises(ContentError, match="Nobody was read"):
        read(path)


def test_the_name_of_the_file_bars_or_asks_when_it_is_the_only_evidence(tmp_path):
    clear = a_table(tmp_path / "unsubscribed_contacts.csv", ["Courriel"], ["a@lab.example"])
    unclear = a_table(tmp_path / "presse_liste_noire_2.csv", ["Courriel"], ["a@lab.example"])
    told = a_table(
        tmp_path / "optout_list.csv", ["Courriel", "Désinscrit"], ["a@lab.example", "non"]
    )

    assert barred(read(clear)) == ["a@lab.example"]
    assert read(unclear).quarantined[0].may_be_refused
    assert ready(read(told)) == ["a@lab.example"]


def test_a_column_that_barred_somebody_is_not_said_to_be_set_aside(tmp_path):
    path = a_table(
        tmp_path / "a.csv",
        ["Courriel", "Opt-in", "Statut", "Signe"],
        ["a@lab.example", "non", "désinscrit", "lion"],
    )

    assert read(path).unknown_columns == ("Signe",)


@pytest.mark.parametrize("first", ["email ana@tv.example\n", "date 12\nemail ana@tv.example\n"])
def test_the_full_dump_of_sympa_is_read_with_what_it_stopped(tmp_path, first):
    path = tmp_path / "press.dump"
    path.write_text(
        f"{first}gecos Ana Roy\nreception nomail\nvisibility noconceal\n\n"
        "email luc@tv.example\ngecos Luc Petit\nreception mail\n\nemail zoe@tv.example\n"
    )

    imported = read(path)

    assert barred(imported) == ["ana@tv.example"]
    assert ready(imported) == ["luc@tv.example", "zoe@tv.example"]
    assert imported.ready[0].last_name == "Petit"


@pytest.mark.parametrize("value", ["20240112", "1996", "circa 1800"])
def test_a_card_with_a_date_of_death_is_asked_about(tmp_path, value):
    path = tmp_path / "a.vcf"
    path.write_text(
        f"BEGIN:VCARD\nVERSION:4.0\nFN:Ana Roy\nEMAIL:ana@tv.example\nDEATHDATE:{value}\nEND:VCARD\n"
    )

    assert read(path).quarantined[0].may_be_refused
