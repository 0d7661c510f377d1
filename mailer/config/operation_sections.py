"""The settings of operation: what the DNS is asked, and how it is watched."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mailer.errors import Unreadable
from mailer.wording import _


def _server(text: str) -> str:
    """Check the address of a name server, with its port if it is not 53."""
    address = re.fullmatch(r"\[(.+)\](?::\d+)?|([^:]+):\d+|(.+)", text)
    try:
        ip_address(next(filter(None, address.groups())) if address else "")
    except ValueError as error:
        raise Unreadable(_("“{text}” is no address of a name server.", text=text)) from error
    return text


def _collector(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise Unreadable(_("“{text}” is not an address that begins with http.", text=text))
    return text.rstrip("/")


@dataclass(frozen=True, slots=True)
class DnsSettings:
    """`[dns]`: which name servers are asked about the sender; empty for those of this machine.

    `holds_launch` is whether a production launch is refused when receivers would refuse the mail.
    """

    servers: tuple[Annotated[str, AfterValidator(_server)], ...] = ()
    holds_launch: bool = True


@dataclass(frozen=True, slots=True)
class MonitoringSettings:
    """`[monitoring]`: how an operator learns that the program is well.

    On `port` it says whether it lives and is ready, and gives its metrics; 0 opens none. A desk
    that does not send has the next port, the receiver the one after. `log` is `text` for sentences,
    or `json` for one line for each act, without any address. `traces_to` is an OpenTelemetry
    collector (OTLP over HTTP); empty for none.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65533)] = 0
    log: Literal["text", "json"] = "text"
    traces_to: Annotated[str, AfterValidator(_collector)] = ""
