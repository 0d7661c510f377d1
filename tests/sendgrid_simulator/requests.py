"""What is wrong with a `mail/send` request, in the service's shape: (message, field).

SendGrid pages "Mail Send", "Limitations" and "Errors" (read 2026-11). Where the live service is
laxer than its documentation we are strict, for we are a test.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Wrong = tuple[str, str]

MOST_PEOPLE = 1_000
LATEST_S = 72 * 3600
SUBSTITUTION_BYTES = 10_000
_TEXTS = {"subject": str, "template_id": str, "batch_id": str, "ip_pool_name": str}
_KNOWN = {
    "asm", "attachments", "batch_id", "categories", "content", "custom_args", "from", "headers",
    "ip_pool_name", "mail_settings", "personalizations", "reply_to", "reply_to_list", "send_at",
    "subject", "template_id", "tracking_settings",
}  # fmt: skip
_KNOWN_OF_A_PERSON = {
    "to", "cc", "bcc", "from", "subject", "headers", "substitutions", "dynamic_template_data",
    "custom_args", "send_at",
}  # fmt: skip
_RESERVED_HEADERS = {
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "to", "from", "subject",
    "content-transfer-encoding", "reply-to", "cc", "bcc",
}  # fmt: skip


def faults_in(request: object, *, now_s: float) -> list[Wrong]:
    """Everything wrong with a parsed request; `now_s` is unix time."""
    if not isinstance(request, dict):
        return [("Bad Request", "")]
    return [
        *_unknown(request, _KNOWN, ""),
        *_of_people(request.get("personalizations"), now_s),
        *_address(request.get("from"), "from"),
        *(_address(request["reply_to"], "reply_to") if "reply_to" in request else ()),
        *_of_content(request),
        *_of_settings(request),
        *_send_at(request, now_s, "send_at"),
    ]


def _of_people(people: object, now_s: float) -> Iterator[Wrong]:
    if not isinstance(people, list) or not people:
        yield "You must have at least one personalization.", "personalizations"
        return
    if len(people) > MOST_PEOPLE:
        yield (
            "The personalization block is limited to 1000 personalizations per API request.",
            "personalizations",
        )
        return
    seen: set[str] = set()
    count = 0
    for number, person in enumerate(people):
        where = f"personalizations.{number}"
        if not isinstance(person, dict):
            yield "The personalization must be an object.", where
            continue
        yield from _of_person(person, where, now_s)
        for address in _addresses_of(person):
            count += 1
            if address in seen:
                yield "Each email address must be unique between to, cc and bcc.", where
            seen.add(address)
    if count > MOST_PEOPLE:
        yield "There is a limit of 1000 total recipients (to + cc + bcc).", "personalizations"


def _addresses_of(person: dict[str, Any]) -> Iterator[str]:
    for kind in ("to", "cc", "bcc"):
        entries = person.get(kind)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield str(entry.get("email")).lower()


def _of_person(person: dict[str, Any], where: str, now_s: float) -> Iterator[Wrong]:
    yield from _unknown(person, _KNOWN_OF_A_PERSON, f"{where}.")
    to = person.get("to")
    if not isinstance(to, list) or not to:
        yield "The to array is required for all personalization objects.", f"{where}.to"
    else:
        for number, entry in enumerate(to):
            yield from _address(entry, f"{where}.to.{number}", in_list=True)
    for name in ("substitutions", "custom_args", "headers"):
        yield from _of_texts(person.get(name, {}), f"{where}.{name}")
    headers = person.get("headers")
    for header in headers if isinstance(headers, dict) else ():
        if header.lower() in _RESERVED_HEADERS:
            yield f"The header {header} is reserved.", f"{where}.headers.{header}"
    yield from _send_at(person, now_s, f"{where}.send_at")


def _of_texts(table: object, where: str) -> Iterator[Wrong]:
    if not isinstance(table, dict) or not set(map(type, table.values())) <= {str}:
        yield f"The {where.rpartition('.')[2]} must be an object of strings.", where
    elif len("".join([*table, *table.values()]).encode()) > SUBSTITUTION_BYTES:
        yield f"The {where.rpartition('.')[2]} may not exceed 10000 bytes.", where


def _address(entry: object, where: str, *, in_list: bool = False) -> Iterator[Wrong]:
    if not isinstance(entry, dict) or not isinstance(entry.get("email"), str):
        yield "The email is required and must be a string.", f"{where}.email"
        return
    local, _, domain = entry["email"].rpartition("@")
    if not local or not domain or " " in entry["email"] or not entry["email"].isascii():
        yield f"Does not contain a valid address. {entry['email']}", f"{where}.email"
    name = entry.get("name", "")
    if not isinstance(name, str):
        yield "The name must be a string.", f"{where}.name"
    elif in_list and {",", ";"} & set(name) and not (name[:1] == name[-1:] == '"'):
        # The live service joins such a name to the address and writes to somebody else.
        yield "The name has a comma or semicolon outside quotes.", f"{where}.name"


def _of_content(request: dict[str, Any]) -> Iterator[Wrong]:
    if not isinstance(request.get("subject"), str) or not request["subject"]:
        yield "The subject is required.", "subject"
    content = request.get("content")
    if not isinstance(content, list) or not content:
        yield (
            "Unless a valid template_id is provided, the content parameter is required.",
            "content",
        )
        return
    kinds = []
    for number, part in enumerate(content):
        if not isinstance(part, dict) or not isinstance(part.get("type"), str):
            yield "The content type is required.", f"content.{number}.type"
        elif not isinstance(part.get("value"), str) or not part["value"]:
            yield "The content value must be a string at least one character.", f"content.{number}"
        else:
            kinds.append(part["type"])
    if "text/plain" in kinds[1:]:
        yield "If present, text/plain must be first, followed by text/html.", "content"
    attachments = request.get("attachments", [])
    for number, file in enumerate(attachments if isinstance(attachments, list) else [None]):
        yield from _of_attachment(file, f"attachments.{number}")


def _of_attachment(file: object, where: str) -> Iterator[Wrong]:
    if not isinstance(file, dict) or not all(
        isinstance(file.get(name), str) and file[name] for name in ("content", "filename")
    ):
        yield "The attachment content and filename are required.", where
        return
    try:
        b64decode(file["content"], validate=True)
    except (NotBase64, ValueError):
        yield "The attachment content must be base64 encoded.", f"{where}.content"
    if file.get("disposition") == "inline" and not file.get("content_id"):
        yield "An inline attachment needs a content_id.", f"{where}.content_id"


def _of_settings(request: dict[str, Any]) -> Iterator[Wrong]:
    for group in ("tracking_settings", "mail_settings"):
        table = request.get(group, {})
        for name, setting in table.items() if isinstance(table, dict) else ():
            if not isinstance(setting, dict) or not isinstance(setting.get("enable"), bool):
                yield f"The {name} enable param should be a boolean value.", f"{group}.{name}"
    categories = request.get("categories", [])
    if not isinstance(categories, list) or len(categories) > 10:
        yield "The categories must be an array of at most 10.", "categories"
    elif not all(isinstance(name, str) and len(name) <= 255 for name in categories):
        yield "A category must be a string of at most 255 characters.", "categories"
    elif len(set(categories)) < len(categories):
        yield "The categories must be unique.", "categories"
    for name, kind in _TEXTS.items():
        if name in request and not isinstance(request[name], kind):
            yield f"The {name} must be a string.", name


def _send_at(table: dict[str, Any], now_s: float, where: str) -> Iterator[Wrong]:
    at = table.get("send_at")
    if at is None:
        return
    if isinstance(at, bool) or not isinstance(at, int):
        yield "The send_at must be an integer.", where
    elif at > now_s + LATEST_S:
        yield "Scheduling more than 72 hours in advance is forbidden.", where


def _unknown(table: dict[str, Any], known: set[str], where: str) -> Iterator[Wrong]:
    for name in table.keys() - known:
        yield f"Additional property {name} is not allowed.", f"{where}{name}"
