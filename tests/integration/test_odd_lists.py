"""Lists with letters, delimiters and encodings that are not what they seem."""

from datetime import date

import pytest

from mailer.errors import ContentError
from mailer.files.contact_files import read_contacts


def read(tmp_path, text, *, encoding="utf-8", **how):
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return read_contacts(path, list_name="press", read_on=date(2026, 3, 2), **how)


@pytest.mark.parametrize("name", ["Lefevre", "Lefèvre", "Müller-Özçelik"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_asked_about_whatever_its_letters(tmp_path, name, encoding):
    text = f"Courriel;Nom\nlina@quotidien.example;{name}\n"

    with pytest.raises(ContentError, match="utf-16-le or utf-16-be"):
        read(tmp_path, text, encoding=encoding)
    (contact,) = read_contacts(
        tmp_path / "list.csv", list_name="press", read_on=date(2026, 3, 2), encoding=encoding
    ).ready

    assert contact.last_name == name


@pytest.mark.parametrize(
    "text",
    [
        "Nom;Prénom,Courriel\nMoreau;Lina,lina@quotidien.example\n",
        "Prénom\tNom;Courriel\nLina\tMoreau;lina@quotidien.example\n",
        "Média,Nom;Courriel;Tél\nLe Jour,Moreau;lina@quotidien.example;0199001122\n",
        "Courriel;Nom|Prénom\nlina@quotidien.example;Moreau|Lina\n",
    ],
)
def test_two_delimiters_in_one_file_are_asked_about(tmp_path, text):
    with pytest.raises(ContentError, match="two delimiters are mixed"):
        read(tmp_path, text)


def test_a_comma_in_a_header_is_no_second_delimiter(tmp_path):
    text = "Courriel;Nom, prénom;Ville\nlina@quotidien.example;Moreau, Lina;Lyon\n"

    assert read(tmp_path, text).ready[0].last_name == "Moreau"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("l’equipe@quotidien.example", "l'equipe@quotidien.example"),
        ("ＬＩＮＡ@quotidien.example", "LINA@quotidien.example"),
        ("lіna@quotidien.example", "lina@quotidien.example"),
        ("jean–paul@quotidien.example", "jean-paul@quotidien.example"),
        ("ﬁona@quotidien.example", "fiona@quotidien.example"),
        ("lina@quotіdien.example", "lina@quotidien.example"),
    ],
)
def test_letters_that_only_look_right_are_set_aside_with_a_proposal(tmp_path, written, meant):
    imported = read(tmp_path, f"Courriel;Nom;Ne pas contacter\n{written};Moreau;oui\n")

    (row,) = imported.quarantined
    assert str(row.suggestion) == meant
    assert meant in map(str, row.objection.addresses)


@pytest.mark.parametrize("address", ["елена@quotidien.example", "用户@quotidien.example"])
def test_an_address_in_letters_of_its_own_is_left_alone(tmp_path, address):
    assert len(read(tmp_path, f"Courriel;Nom\n{address};Moreau\n").ready) == 1


def test_spellings_of_one_mailbox_are_told(tmp_path):
    imported = read(
        tmp_path,
        "Courriel;Nom\nlina.moreau@gmail.com;A\nlinamoreau@gmail.com;B\n"
        "lina.moreau+presse@googlemail.com;C\nlina.moreau@quotidien.example;D\n",
    )

    assert [remark.where.line for remark in imported.remarks] == [3, 4]


def test_one_refusal_in_the_file_bars_all_spellings_of_a_mailbox(tmp_path):
    imported = read(
        tmp_path,
        "Courriel;Nom;Statut\nlina.moreau@gmail.com;A;désinscrite\nlinamoreau@gmail.com;B;\n",
    )

    assert imported.ready == ()
    assert {str(a) for each in imported.objections for a in each.addresses} == {
        "lina.moreau@gmail.com",
        "linamoreau@gmail.com",
    }
