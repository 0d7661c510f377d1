"""The school holidays of a workspace, from the ministry's file or one typed by hand."""

from datetime import date

import pytest

from mailer.errors import ContentError
from mailer.files.school_holidays import FILE, read_school_holidays
from mailer.model.campaigns.school_holidays import SchoolHolidays

MINISTRY = """\
Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire
Vacances d'Hiver;-;2027-02-12T23:00:00+00:00;2027-02-28T23:00:00+00:00;Lyon;Zone A;2026-2027
Vacances d'Hiver;-;2027-02-12T23:00:00+00:00;2027-02-28T23:00:00+00:00;Dijon;Zone A;2026-2027
Prérentrée;Enseignants;2026-08-30T22:00:00+00:00;2026-08-31T22:00:00+00:00;Lyon;Zone A;2026-2027
Vacances de Carnaval;-;2027-02-05T04:00:00+00:00;2027-02-20T04:00:00+00:00;Guyane;Guyane;2026-2027
"""
WINTER = SchoolHolidays("Vacances d'Hiver", "A", date(2027, 2, 13), date(2027, 3, 1))


def read(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    return read_school_holidays(tmp_path)


def test_without_the_file_there_are_none(tmp_path):
    assert read_school_holidays(tmp_path) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_ministrys_file_is_read_as_it_is(tmp_path, encoding):
    assert read(tmp_path, MINISTRY.encode(encoding)) == (WINTER,)


def test_a_short_file_typed_by_hand_is_read(tmp_path):
    content = b'name,zones,begins,resumes\nNoel,"A, B, C",2026-12-19,04/01/2027\n'

    found = read(tmp_path, content)

    assert [each.zone for each in found] == ["A", "B", "C"]
    assert {(each.begins_on, each.resumes_on) for each in found} == {
        (date(2026, 12, 19), date(2027, 1, 4))
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name;zones\nNoel;A\n", "begins, resumes"),
        (b"", "begins, name, resumes, zone"),
        (b"name;zones;begins;resumes\nNoel;A;bientot;2027-01-04\n", "cannot be read"),
        (b"name;zones;begins;resumes\nNoel;A;2026-12-19\n", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path, content, said):
    with pytest.raises(ContentError, match=FILE) as refused:
        read(tmp_path, content)

    assert said in str(refused.value)
