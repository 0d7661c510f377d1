"""The MIME structure of a message: text and HTML as alternatives, images and
attachments around them.

multipart/mixed( multipart/alternative( text, multipart/related( html, images ), invitation ),
attachments ), the invitation both times with the same octets (RFC 6047 §2.4), and omitting containers that would hold only one part (RFC 2046 §5.1, RFC 2387).
"""

from __future__ import annotations

import re
from base64 import encodebytes
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from mailer.model.mailings.message import Hole
from mailer.render.mime import quoted_printable
from mailer.render.mime.headers import encoded_words
from mailer.render.mime.invitation import is_personal

if TYPE_CHECKING:
    from mailer.model.mailings.message import CompiledMessage, Embedded, Pieces

TEXT_HEADERS = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
HTML_HEADERS = (
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
)


_LONGEST_VALUE = 900
_PIECE = 60
"""In octets or escaped octets; a piece ends between two of them."""
UTF_8 = "utf-8''"


class Frame(NamedTuple):
    """A body cut at its holes: encoded bytes, and the positions of the html and text holes.

    `parts` alternates bytes and indices into the message's values.
    """

    content_type: bytes
    parts: tuple[bytes | int, ...]


def frame(message: CompiledMessage) -> Frame:
    """Return everything below the header, except for the recipient's values.

    Values are numbered html first, then text, as in `Message.values`.
    """
    images = [it for it in message.embedded if it.content_id]
    files = [it for it in message.embedded if not it.content_id]
    holes_of_html = sum(isinstance(piece, Hole) for piece in message.html)
    boundary = f"=_{message.content_hash[:24]}"
    parts: list[bytes | int] = []
    if files:
        parts += [_open(f"{boundary}m"), _multipart("alternative", f"{boundary}a") + b"\r\n"]
    parts += [_open(f"{boundary}a"), TEXT_HEADERS, *_body(message.text, holes_of_html)]
    parts += [_next(f"{boundary}a")]
    if images:
        parts += [_multipart("related", f"{boundary}r", root="text/html") + b"\r\n"]
        parts += [_open(f"{boundary}r")]
    parts += [HTML_HEADERS, *_body(message.html, 0)]
    for image in images:
        parts += [_next(f"{boundary}r"), _file(image)]
    if images:
        parts += [_close(f"{boundary}r")]
    for invitation in filter(is_personal, files):
        parts += [_next(f"{boundary}a"), _alternative(invitation)]
    parts += [_close(f"{boundary}a")]
    for file in files:
        parts += [_next(f"{boundary}m"), _file(file)]
    if files:
        parts += [_close(f"{boundary}m")]
    outer = ("mixed", f"{boundary}m") if files else ("alternative", f"{boundary}a")
    return Frame(_multipart(*outer), tuple(_joined(parts)))


def _body(pieces: Pieces, first_hole: int) -> list[bytes | int]:
    parts: list[bytes | int] = []
    hole = first_hole
    for piece in pieces:
        if isinstance(piece, Hole):
            parts.append(hole)
            hole += 1
        else:
            parts.append(quoted_printable.segment(piece))
    return parts


def _joined(parts: list[bytes | int]) -> list[bytes | int]:
    """Join adjacent bytes."""
    joined: list[bytes | int] = []
    for part in parts:
        if isinstance(part, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _multipart(kind: str, boundary: str, *, root: str = "") -> bytes:
    """`root` is the type of the first part, which multipart/related must name (RFC 2387 §3.1)."""
    more = f'; type="{root}"' if root else ""
    return f'Content-Type: multipart/{kind}{more};\r\n boundary="{boundary}"\r\n'.encode()


def _open(boundary: str) -> bytes:
    return f"--{boundary}\r\n".encode()


def _next(boundary: str) -> bytes:
    # Each body ends with a soft break or a line end; the newline before a boundary belongs to
    # the boundary (RFC 2046 §5.1.1).
    return f"\r\n--{boundary}\r\n".encode()


def _close(boundary: str) -> bytes:
    return f"\r\n--{boundary}--\r\n".encode()


def _file(file: Embedded) -> bytes:
    name = _filename(file.filename)
    if file.content_id:
        kind = f"Content-ID: <{file.content_id}>\r\nContent-Disposition: inline"
    else:
        kind = "Content-Disposition: attachment"
    return (
        f"Content-Type: {file.media_type};\r\n name={name[0]}\r\n"
        f"Content-Transfer-Encoding: base64\r\n{kind};\r\n {name[1]}\r\n\r\n"
    ).encode() + _base64(file)


def _alternative(file: Embedded) -> bytes:
    """Return a file as a third form of the message, beside text and HTML."""
    head = f"Content-Type: {file.media_type}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + _base64(file)


def _base64(file: Embedded) -> bytes:
    return encodebytes(file.content).replace(b"\n", b"\r\n").removesuffix(b"\r\n")


def _filename(name: str) -> tuple[str, str]:
    """Return the value for `name=` and the `filename` parameter, in RFC 2231 form if not plain."""
    if name.isascii() and name.isprintable():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"', f'filename="{quoted}"'
    # `name=` in RFC 2047 form violates the standard, but older programs understand it.
    old = "\r\n ".join(encoded_words(name))
    return f'"{old}"', _extended(quote(name, safe=""))


def _extended(value: str) -> str:
    """Return the parameter `filename*`, in numbered pieces where one line could not hold it.

    RFC 2231 §3; RFC 5322 §2.1.1 allows 998 octets in a line, and a name may have three times more.
    """
    pieces = re.findall(rf"(?:%[0-9A-F]{{2}}|[^%]){{1,{_PIECE}}}", value)
    if len(value) <= _LONGEST_VALUE:
        return f"filename*=utf-8''{value}"
    return ";\r\n ".join(
        f"filename*{n}*={'' if n else UTF_8}{piece}" for n, piece in enumerate(pieces)
    )
