"""The page on `mailer.render` as a library: its code runs as it stands there."""

import email
import email.policy
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "render-as-a-library.md"


def the_code():
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return code


def test_the_code_of_the_page_writes_a_whole_message():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", the_code()], capture_output=True, check=True
    )

    message = email.message_from_bytes(done.stdout, policy=email.policy.default)
    assert message["Subject"] == "Plankton, mapped"
    assert message["To"] == "Ada Lorne <ada@paper.example>"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert "Dear Ada Lorne," in text.get_content()
    assert "Twenty years at sea" in html.get_content()
    assert done.stderr == b""


def test_the_code_of_the_page_is_thirty_lines_beside_its_imports():
    lines = [line for line in the_code().splitlines() if line and "import " not in line]

    assert len(lines) <= 35
