"""SpamAssassin with its local rules: what ships must look like nothing but a letter."""

import re
import shutil
import subprocess

import pytest

from tests.counterparts.pages import SCENES, THEMES, compiled, mail_of

SPAMASSASSIN = shutil.which("spamassassin")
pytestmark = pytest.mark.skipif(
    SPAMASSASSIN is None, reason="SpamAssassin is missing: install Debian's package spamassassin"
)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_every_page_scores_below_one(scene):
    # Looks and languages alternate: each is scored, in half the time of all pairs.
    number = SCENES.index(scene)
    message = compiled(
        scene, theme=THEMES[number % len(THEMES)], language="fr" if number % 3 else "en"
    )

    points, rules = scored(mail_of(message).raw)

    assert points <= 1.0, rules


def scored(content):
    """The points, and the rules that gave them. `-L` asks nobody on the network."""
    done = subprocess.run(
        [SPAMASSASSIN, "-L", "-t"], input=content, capture_output=True, check=True
    )
    found = re.search(
        rb"X-Spam-Status: \w+, score=(-?[\d.]+).*?tests=(.*?)\s+autolearn", done.stdout, re.DOTALL
    )
    return float(found[1]), found[2].decode()
