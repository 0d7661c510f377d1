"""What tells one machine, and one file, from another."""

import sqlite3
import subprocess
import sys

import pytest

from mailer.ledger.storage.machine import file_identity, is_container, this_machine

ID = "4c4c4544004a4d10803ac2c04f4e3233"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A function that makes the files by which a Linux machine is known."""
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)

    def make(name="machine", *, machine_id=ID, cards=(), container=False):
        root = tmp_path / name
        (root / "etc").mkdir(parents=True)
        (root / "etc" / "machine-id").write_text(f"{machine_id}\n", encoding="ascii")
        for card, address, device in cards:
            folder = root / "sys" / "class" / "net" / card
            folder.mkdir(parents=True)
            (folder / "address").write_text(f"{address}\n", encoding="ascii")
            if device:
                (root / "devices" / device).mkdir(parents=True)
                (folder / "device").symlink_to(root / "devices" / device)
        if container:
            (root / ".dockerenv").touch()
        return this_machine(root)

    return make


def test_a_machine_is_known_by_its_id_which_is_not_shown(machine):
    first, again, other = (
        machine("a"),
        machine("b"),
        machine("c", machine_id=ID.replace("4", "5")),
    )

    assert first == again != other
    assert ID not in first.machine


@pytest.mark.parametrize("machine_id", ["", "uninitialized"])
def test_an_image_whose_id_is_not_made_yet_has_none(machine, machine_id):
    assert machine(machine_id=machine_id).machine == ""


def test_a_container_has_no_machine_of_its_own(machine):
    found = machine(container=True, cards=[("eth0", "02:42:ac:11:00:02", "virtio0")])

    assert found == ("", frozenset())


def test_a_pod_has_no_machine_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")

    assert is_container(tmp_path)


def test_only_built_in_cards_count(machine):
    built_in = ("eth0", "52:54:00:aa:bb:cc", "pci0/virtio0")
    passing = [
        ("eth1", "00:e0:4c:68:00:01", "pci0/usb1/1-2"),  # on a docking station
        ("docker0", "02:42:11:22:33:44", ""),  # no device behind it
        ("eth2", "00:00:00:00:00:00", "pci0/empty"),
    ]

    with_all, with_one = machine("a", cards=[built_in, *passing]), machine("b", cards=[built_in])

    assert with_all == with_one
    assert len(with_one.network) == 1


def test_a_clone_has_other_cards_and_the_same_id(machine):
    original = machine("a", cards=[("eth0", "52:54:00:aa:bb:cc", "pci0")])
    clone = machine("b", cards=[("eth0", "52:54:00:dd:ee:ff", "pci0")])

    assert original.machine == clone.machine
    assert original.network.isdisjoint(clone.network)


def test_a_renamed_file_is_the_same_and_a_copy_is_another(tmp_path):
    file = tmp_path / "ledger.db"
    file.write_bytes(b"1")
    before = file_identity(file)
    copy = tmp_path / "copy.db"
    copy.write_bytes(file.read_bytes())

    renamed = file.rename(tmp_path / "renamed.db")

    assert file_identity(renamed) == before
    if before:  # a file system that numbers its files again at each mount gives none
        assert file_identity(copy) != before


def test_a_file_that_is_not_there_has_no_identity(tmp_path):
    assert file_identity(tmp_path / "nothing") == ""


def test_asking_for_the_identity_of_a_ledger_leaves_the_locks_of_its_connections(tmp_path):
    path = tmp_path / "ledger.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=DELETE")
    writer.execute("CREATE TABLE t (a)")
    writer.execute("BEGIN EXCLUSIVE")

    file_identity(path)

    other = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT * FROM t')"
    )
    read = subprocess.run(
        [sys.executable, "-c", other, path], capture_output=True, text=True, check=False
    )
    assert "database is locked" in read.stderr
    writer.close()
