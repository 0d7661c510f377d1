"""Write what an office keeps of a campaign: one dated folder, with a manifest of its files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.excel_csv import excel_csv
from mailer.host.atomic_write import make_private_folder, write_atomically
from mailer.labels import label_of, step_title
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.contacts.list_names import plain_name
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.pages.received import read_back
from mailer.pages.report import report_table
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.reports.archive import ArchivedVersion, CampaignArchive
    from mailer.wording import Text

MANIFEST = "SHA256SUMS"
"""The hash of each file, as `sha256sum --check` reads it."""


def write_archive(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of an archive into `folder`, the manifest last."""
    for path, content in files.items():
        make_private_folder((folder / path).parent)
        write_atomically(folder / path, content)


def archive_as_zip(archive: CampaignArchive, *, say: Callable[[Text], str]) -> bytes:
    """Return the dated folder as a ZIP file."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in archive_files(archive, say=say).items():
            file.writestr(f"{archive_name(archive)}/{path}", content)
    return stored.getvalue()


def archive_name(archive: CampaignArchive) -> str:
    """Return the name of the folder: the campaign, and the day on which it was archived."""
    return f"{archive.campaign}-{_local(archive, archive.made_at):%Y-%m-%d}"


def archive_files(archive: CampaignArchive, *, say: Callable[[Text], str]) -> dict[str, bytes]:
    """Return the files of an archive by path, the manifest last.

    Only `people.csv` names recipients; it is there when the archive was made `with_people`.
    """
    files = {f"campaign/{path}": content for path, content in archive.files.items()}
    for version in archive.versions:
        files |= _message_files(version)
    files["plan.csv"] = excel_csv(_plan(archive, say))
    files["sign-offs.csv"] = excel_csv(_sign_offs(archive, say))
    files["journal.csv"] = excel_csv(_journal(archive, say))
    files["findings.csv"] = excel_csv(_findings(archive, say))
    files["counts.csv"] = excel_csv(_counts(archive, say))
    if archive.with_people:
        files["people.csv"] = report_table(archive.report, say=say)
    files["README.txt"] = _summary(archive, say).encode()
    return files | {MANIFEST: _manifest(files)}


def _message_files(version: ArchivedVersion) -> dict[str, bytes]:
    """Return a message as it was sent, and its two parts to read without a mail program."""
    variant = version.variant
    name = f"messages/{version.step}/" + _variant_name(variant)
    received = read_back(version.message.raw)
    return {
        f"{name}.eml": version.message.raw,
        f"{name}.html": received.html_with_images().encode(),
        f"{name}.txt": received.text.encode(),
    }


def _variant_name(variant: VariantKey) -> str:
    _name, sign, version = variant.list.partition("@")
    readers = f"{plain_name(variant.named_list)}{sign}{version}"
    return ".".join(filter(None, (readers, variant.language)))


def _plan(archive: CampaignArchive, say: Callable[[Text], str]) -> Iterator[list[str]]:
    yield [
        say(each)
        for each in (_("Step"), _("Planned"), _("Time zone"), _("Started"), _("Lists"), _("State"))
    ]
    for mailing in archive.mailings:
        started = mailing.started_at
        yield [
            say(step_title(mailing.step)),
            mailing.local_time,
            mailing.time_zone,
            _local(archive, started).isoformat(timespec="minutes") if started else "",
            ", ".join(mailing.rule.to),
            say(label_of(mailing.state)),
        ]


def _sign_offs(archive: CampaignArchive, say: Callable[[Text], str]) -> Iterator[list[str]]:
    yield [say(each) for each in (_("Who"), _("At"), _("Version"), _("Decision"))]
    for each in archive.sign_offs:
        refusal = _("refused: {reason}", reason=each.refused_because)
        decision = refusal if each.refused_because else _("signed off")
        at = _local(archive, each.at).isoformat(timespec="minutes")
        yield [each.by, at, each.fingerprint, say(decision)]


def _journal(archive: CampaignArchive, say: Callable[[Text], str]) -> Iterator[list[str]]:
    yield [say(each) for each in (_("At"), _("Who"), _("What"), _("About"), _("Detail"))]
    for entry in archive.acts:
        at = _local(archive, entry.at).isoformat(timespec="seconds")
        yield [at, entry.name, entry.action, entry.subject, entry.detail]


def _findings(archive: CampaignArchive, say: Callable[[Text], str]) -> Iterator[list[str]]:
    yield [say(each) for each in (_("Severity"), _("Where"), _("What"), _("Why"), _("To do"))]
    for each in archive.findings:
        what = (each.what, each.why, each.remedy)
        yield [say(label_of(each.severity)), str(each.where), *map(say, what)]


def _counts(archive: CampaignArchive, say: Callable[[Text], str]) -> Iterator[list[str]]:
    yield [say(each) for each in (_("Step"), _("What became of it"), _("People"))]
    for mailing in archive.report.mailings:
        step = say(step_title(mailing.step))
        for status in DeliveryStatus:
            if count := mailing.by_status.get(status):
                yield [step, say(label_of(status)), str(count)]
        for reason in ExclusionReason:
            if count := mailing.left_out_because.get(reason):
                yield [step, say(label_of(reason)), str(count)]


def _summary(archive: CampaignArchive, say: Callable[[Text], str]) -> str:
    people = (
        _("people.csv names every recipient: keep it only as long as it is needed.")
        if archive.with_people
        else _("No file of this folder names a recipient.")
    )
    lines = (
        archive.title,
        "",
        say(_("Archived on {at}.", at=_local(archive, archive.made_at))),
        say(people),
        say(_("The messages are shown as an invented reader would have received them.")),
        say(_("{manifest} has the SHA-256 of each file.", manifest=MANIFEST)),
    )
    return "\n".join(lines) + "\n"


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items()
    ).encode()


def _local(archive: CampaignArchive, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(archive.report.time_zone))
