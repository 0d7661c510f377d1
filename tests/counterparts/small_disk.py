"""A disk to be filled; import the fixture into a `conftest.py`."""

import shutil
import subprocess

import pytest


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 32 MB, to be filled; where this machine lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("a full disk can only be made where mounting is allowed (root on Linux)")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
