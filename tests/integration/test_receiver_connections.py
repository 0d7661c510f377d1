"""The receiver's connections: deadlines for headers and body, and what clients cause in the log."""

import asyncio
import logging
import socket
import sys
import threading
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn

from mailer.receiver.connections import (
    ConnectionLimits,
    OncePerMinute,
    bounded_connections,
    holder_of,
)

HEADERS = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
NEVER_S = 3600.0


async def application(_scope, receive, send):
    """Answer 204 when the body is there whole."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@contextmanager
def serving(limits):
    """The port of a server with these limits."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, http=bounded_connections(limits), log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    run = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listener]),))
    run.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        run.join()


@contextmanager
def line_to(port, *, source=""):
    with socket.create_connection(("127.0.0.1", port), 30, (source, 0)) as line:
        yield line


def is_hung_up(line):
    try:
        return line.recv(100) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("sent", [b"", b"P", HEADERS[:-2]])
def test_a_client_that_never_ends_its_headers_is_hung_up_on(sent):
    with (
        serving(ConnectionLimits(most=10, header_s=0.05, body_s=NEVER_S)) as port,
        line_to(port) as line,
    ):
        line.sendall(sent)

        assert is_hung_up(line)


@pytest.mark.parametrize("sent", [HEADERS, HEADERS + b"1234"])
def test_a_client_that_never_ends_its_body_is_hung_up_on(sent):
    with (
        serving(ConnectionLimits(most=10, header_s=NEVER_S, body_s=0.05)) as port,
        line_to(port) as line,
    ):
        line.sendall(sent)

        assert is_hung_up(line)


def test_a_second_request_on_the_same_line_has_its_own_deadline():
    with (
        serving(ConnectionLimits(most=10, header_s=0.05, body_s=NEVER_S)) as port,
        line_to(port) as line,
    ):
        line.sendall(HEADERS + b"123456789")
        assert line.recv(100).startswith(b"HTTP/1.1 204")

        line.sendall(HEADERS[:-2])

        assert is_hung_up(line)


def test_whoever_keeps_us_waiting_longest_gives_way_when_there_are_too_many():
    with (
        serving(ConnectionLimits(most=2, header_s=NEVER_S, body_s=NEVER_S)) as port,
        line_to(port) as first,
        line_to(port) as second,
        line_to(port) as third,
    ):
        assert is_hung_up(first)

        for line in (second, third):
            line.sendall(HEADERS + b"123456789")
            assert line.recv(100).startswith(b"HTTP/1.1 204")


# Linux alone answers at every address of the loopback network without being asked to.
# Two clients need two addresses: only Linux answers on all of 127.0.0.0/8 without being set up.
@pytest.mark.skipif(sys.platform != "linux", reason="one loopback address, and so one client")
def test_a_client_with_many_lines_loses_its_own_and_nobody_elses():
    with (
        serving(ConnectionLimits(most=4, header_s=NEVER_S, body_s=NEVER_S)) as port,
        line_to(port, source="127.0.0.2") as genuine,
        ExitStack() as stack,
    ):
        flood = [stack.enter_context(line_to(port)) for _ in range(20)]
        assert all(is_hung_up(line) for line in flood[:17])
        genuine.sendall(HEADERS + b"123456789")

        assert genuine.recv(100).startswith(b"HTTP/1.1 204")


def test_where_all_come_through_one_proxy_who_has_sent_least_gives_way():
    with (
        serving(ConnectionLimits(most=4, header_s=NEVER_S, body_s=NEVER_S)) as port,
        line_to(port) as genuine,
        ExitStack() as stack,
    ):
        genuine.sendall(HEADERS + b"1")
        with line_to(port) as other:  # answered after what came before it was read
            other.sendall(HEADERS + b"123456789")
            assert other.recv(100).startswith(b"HTTP/1.1 204")
        flood = [stack.enter_context(line_to(port)) for _ in range(20)]
        assert all(is_hung_up(line) for line in flood[:17])
        genuine.sendall(b"23456789")

        assert genuine.recv(100).startswith(b"HTTP/1.1 204")


def test_a_newcomer_is_heard_though_everybody_else_has_sent_more():
    with (
        serving(ConnectionLimits(most=4, header_s=NEVER_S, body_s=NEVER_S)) as port,
        ExitStack() as stack,
    ):
        for _round in range(5):
            for _ in range(4):
                stack.enter_context(line_to(port)).sendall(HEADERS + b"12345678")
            with line_to(port) as newcomer:
                newcomer.sendall(HEADERS + b"123456789")
                assert newcomer.recv(100).startswith(b"HTTP/1.1 204")


@pytest.mark.parametrize(
    ("address", "holder"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("fe80::1%2", "fe80::"),
        ("", ""),
    ],
)
def test_an_ipv6_network_holds_connections_as_one(address, holder):
    assert holder_of(address) == holder


def test_a_line_that_clients_can_cause_is_written_once_a_minute():
    lines = OncePerMinute()
    first, again = (logging.makeLogRecord({"name": "asyncio", "msg": "full"}) for _ in range(2))
    other = logging.makeLogRecord({"name": "asyncio", "msg": "something else"})

    assert [lines.filter(each) for each in (first, again, other)] == [True, False, True]
