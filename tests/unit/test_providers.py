"""The tuple of providers, and the contracts that are drawn up from it."""

import tomllib
from pathlib import Path

from mailer.providers.registry import PROVIDERS

ROOT = Path(__file__).resolve().parents[2]


def contract(id_):
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["id"] == id_)


def test_every_provider_is_held_apart_from_the_others():
    modules = contract("providers")["modules"]

    assert modules == [f"mailer.providers.{provider.name}" for provider in PROVIDERS]


def test_every_folder_of_a_provider_is_in_the_tuple():
    folders = (path.parent.name for path in ROOT.glob("mailer/providers/*/__init__.py"))

    assert set(folders) == {provider.name for provider in PROVIDERS}


def test_nothing_outside_its_folder_imports_a_provider_by_name():
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("mailer/**/*.py")
        for provider in PROVIDERS
        if f"mailer.providers.{provider.name}" in path.read_text("utf-8")
        and path.parent.name != provider.name
    }

    assert importers == {"mailer/providers/registry.py"}


def test_messages_do_not_leave_the_machine_by_the_provider_of_an_empty_configuration():
    assert not PROVIDERS[0].leaves_machine
