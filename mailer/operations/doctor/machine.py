"""Ask whether this machine keeps secrets and time as it should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.errors import ConfigError
from mailer.model.health.health import EXIT_CONFIGURATION, Area, Question
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.health.health import HealthLine
    from mailer.model.team.secret import Secret

SECRETS = Question(
    "secrets",
    Area.SECRETS,
    _("Where secrets are kept"),
    _("Whoever has them writes in your name; without them nothing leaves."),
)
CLOCK = Question(
    "clock",
    Area.MACHINE,
    _("The clock"),
    _("Everything leaves by it, and receivers distrust mail from the future."),
)
TIME_ZONES = Question(
    "time-zones",
    Area.MACHINE,
    _("Time-zone rules"),
    _("Countries change them at short notice; with old rules mail leaves an hour off."),
)
_FILE = "file:"
_RELEASE = re.compile(r"(20\d\d)[a-z]?")
_OLD_AFTER_YEARS = 2


def secret_lines(
    secrets: Sequence[Secret], *, workspace: Path, is_in_git: Callable[[Path], bool]
) -> Iterator[HealthLine]:
    """Yield where each secret in use is kept, and whether it can be read there. Never a value."""
    if not secrets:
        yield SECRETS.right(_("None is in use"))
    for secret in secrets:
        yield _secret_line(secret, workspace=workspace, is_in_git=is_in_git)


def _secret_line(
    secret: Secret, *, workspace: Path, is_in_git: Callable[[Path], bool]
) -> HealthLine:
    try:
        secret.value  # noqa: B018 - only whether it can be read
    except ConfigError as error:
        problem = error.problems[0]
        return SECRETS.wrong(problem.what, problem.remedy, exit_code=EXIT_CONFIGURATION)
    if secret.origin.startswith(_FILE) and is_in_git(workspace / secret.origin[len(_FILE) :]):
        return SECRETS.wrong(
            _("{origin} is in git: every copy of the repository holds it", origin=secret.origin),
            _("Remove it from git, add it to .gitignore, and change the secret."),
        )
    return SECRETS.right(_("{origin} can be read, by its owner only", origin=secret.origin))


def clock_line(is_synchronised: bool | None) -> HealthLine:  # noqa: FBT001 - three answers, one value
    """Say whether a time server keeps this machine's clock right."""
    if is_synchronised is None:
        return CLOCK.not_asked(
            _("Whether a time server keeps it right is not known"),
            _("Compare it with a telephone, or let a time server keep it (systemd-timesyncd)."),
        )
    if not is_synchronised:
        return CLOCK.wrong(
            _("No time server keeps it right"),
            _("Switch one on: timedatectl set-ntp true"),
        )
    return CLOCK.right(_("A time server keeps it right"))


def time_zone_line(release: str, *, now: datetime) -> HealthLine:
    """Say whether the time-zone rules are fresh."""
    found = _RELEASE.match(release)
    if found is None:
        return TIME_ZONES.not_asked(_("Their release is not known"))
    if now.year - int(found[1]) >= _OLD_AFTER_YEARS:
        return TIME_ZONES.wrong(
            _("They are of {release}", release=release),
            _("Update the system’s package tzdata, or the Python package of this name."),
        )
    return TIME_ZONES.right(_("They are of {release}", release=release))
