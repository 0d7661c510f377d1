"""What a build holds, and what an index is asked for."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest

import mailer

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("mailer", "templates", "campaigns", ".ci", "docs", "tests", "benchmarks")
SOURCES = ("mailer", "templates", "campaigns", ".ci")
TOP = ("pyproject.toml", "README.md", "LICENSE", "config.example.toml")
ASKS_AN_INDEX = re.compile(
    r"(?<!press-)mailer\[[a-z]"  # an extra of the stranger's package
    r"|\b(?:pipx? install|pipx? inject|uv (?:pip|tool) install|uvx|poetry add)\b[^\n`]*(?<!press-)\bmailer\b"
    r"|^mailer\s*(?:[=<>~!]=|@)",  # a requirement
)


def committed_texts():
    """Every text of the checkout with its path, built and downloaded things apart."""
    folders = chain.from_iterable((ROOT / name).rglob("*") for name in PARTS)
    for file in chain(ROOT.glob("*.*"), folders):
        if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".mo":
            yield file.relative_to(ROOT), file.read_text(encoding="utf-8", errors="replace")


def a_copy(folder, *, umask, mtime):
    """The files a build reads, as another person at another time has them."""
    before = os.umask(umask)
    try:
        for name in SOURCES:
            unwanted = shutil.ignore_patterns("__pycache__", "*.mo")
            shutil.copytree(
                ROOT / name, folder / name, ignore=unwanted, copy_function=shutil.copyfile
            )
        for name in TOP:
            shutil.copyfile(ROOT / name, folder / name)
    finally:
        os.umask(before)
    for file in folder.rglob("*"):
        os.utime(file, (mtime, mtime))
    return folder


def built(folder):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "dist").iterdir()
    return wheel


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    folders = (tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second"))
    return (
        built(a_copy(folders[0], umask=0o022, mtime=1_500_000_000)),
        built(a_copy(folders[1], umask=0o077, mtime=1_700_000_000)),
    )


def test_two_builds_of_one_commit_are_the_same_bytes(wheels):
    first, second = wheels

    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_a_wheel_holds_the_package_and_what_it_copies_and_no_more(wheels):
    names = ZipFile(wheels[0]).namelist()

    assert {name.split("/")[0].partition("-")[0] for name in names} == {"mailer", "press_mailer"}
    assert {"mailer/py.typed", "mailer/bundled/config.example.toml"} <= set(names)
    assert {f"mailer/locale/{each}/LC_MESSAGES/mailer.mo" for each in ("fr", "en")} <= set(names)
    assert [name for name in names if re.search(r"\.po$|\btests?/|test_|conftest", name)] == []


def test_a_wheel_holds_no_file_twice(wheels):
    wheel = ZipFile(wheels[0])
    contents = Counter(
        wheel.read(name) for name in wheel.namelist() if not name.endswith("__init__.py")
    )

    assert [content[:80] for content, count in contents.items() if count > 1 and content] == []


def test_the_distribution_has_a_name_of_its_own():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["name"] == "press-mailer"
    assert project["scripts"] == {"mailer": "mailer.__main__:main"}


@pytest.mark.parametrize(
    "text",
    [
        "installer mailer[keyring]",
        "pip install mailer",
        "pipx install 'mailer'",
        "uv tool install --python 3.11 mailer",
        "mailer==0.1.0 \\",
    ],
)
def test_a_text_that_asks_an_index_for_mailer_is_recognised(text):
    assert ASKS_AN_INDEX.search(text)


def test_nothing_asks_an_index_for_mailer():
    asking = [
        f"{path}: {line.strip()}"
        for path, text in committed_texts()
        if path != Path(__file__).resolve().relative_to(ROOT)
        for line in text.splitlines()
        if ASKS_AN_INDEX.search(line)
    ]

    assert asking == []


def test_the_command_says_its_version():
    done = subprocess.run(
        [sys.executable, "-m", "mailer", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout == f"mailer {mailer.__version__}\n"
