"""Checks that do not end with a certain text, to be run in a child of the sandbox."""

from itertools import repeat

TEXT = "# Sans fin\n"


def findings(seen):
    """Stand for `compiling.findings_in_child`."""
    steps = seen.draft.campaign.steps
    return _ask([each.text for step in steps for each in step.contents.values()])


def diagnose(text, **_how):
    """Stand for `compiling.diagnose_in_child`."""
    return _ask([text])


def _ask(texts):
    return {} if TEXT not in texts else dict.fromkeys(repeat("endless"), ())
