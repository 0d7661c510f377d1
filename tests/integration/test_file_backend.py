"""The file backend: one `.eml` for each delivery."""

import pytest

from mailer.errors import BackendUnavailable
from mailer.model.address import Address
from mailer.model.mailings.delivery import Accepted, Deferred
from mailer.providers.file.sending import FileBackend, FileSettings, file_name
from tests.counterparts.builders import a_delivery, a_mailing, a_message

MAILING = a_mailing()


def messages(count):
    return [a_message(a_delivery(number, mailing=MAILING)) for number in range(count)]


def send(folder, sent):
    connection = FileBackend(FileSettings(folder)).connect()
    outcomes = list(connection.deliver(iter(sent)))
    connection.close()
    return outcomes


def test_each_delivery_is_a_file_with_the_very_bytes(tmp_path):
    sent = messages(3)

    outcomes = send(tmp_path / "out", sent)

    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert files == {
        f"reader{number}@press.example.{message.delivery_id}.eml": message.raw
        for number, message in enumerate(sent)
    }
    assert outcomes == [(message.delivery_id, Accepted(file_name(message))) for message in sent]


def test_a_delivery_written_twice_is_one_file(tmp_path):
    send(tmp_path, messages(1))
    send(tmp_path, messages(1))

    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "local", ["../../etc/x", "a/b", "a\\b", "con:", "é" * 300, "a b", "-rf", "a\x00b", "*?<|>"]
)
def test_no_address_leads_out_of_the_folder(tmp_path, local):
    delivery = a_delivery(mailing=MAILING, address=Address(local, "press.example"))

    ((_, outcome),) = send(tmp_path / "out", [a_message(delivery)])

    assert isinstance(outcome, Accepted)
    (path,) = (tmp_path / "out").iterdir()
    assert path.name.isascii()
    assert len(path.name) <= 120
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(
        BackendUnavailable, match="cannot be written there: there is something of this name"
    ):
        FileBackend(FileSettings(tmp_path / "out")).connect()


def test_a_file_that_cannot_be_written_is_deferred_and_the_rest_not_taken(tmp_path):
    sent = messages(3)
    (tmp_path / file_name(sent[1])).mkdir()  # no file can take that name
    taken = []

    def source():
        for message in sent:
            taken.append(message.delivery_id)
            yield message

    outcomes = FileBackend(FileSettings(tmp_path)).connect().deliver(source())
    first, second = next(outcomes), next(outcomes)

    assert [type(outcome) for _, outcome in (first, second)] == [Accepted, Deferred]
    with pytest.raises(BackendUnavailable):
        next(outcomes)
    assert len(taken) == 2
