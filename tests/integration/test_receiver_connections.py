"""The receiver's connections: deadlines for headers and body, and what clients cause in the log."""

import asyncio
import logging
import socket
import threading
from contextlib import contextmanager

import pytest
import uvicorn

from mailer.receiver.connections import ConnectionLimits, OncePerMinute, bounded_connections

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
def line_to(port):
    with socket.create_connection(("127.0.0.1", port)) as line:
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
    ):
        first.sendall(HEADERS)
        with line_to(port) as second, line_to(port) as third:
            assert is_hung_up(first)

            for line in (second, third):
                line.sendall(HEADERS + b"123456789")
                assert line.recv(100).startswith(b"HTTP/1.1 204")


def test_a_line_that_clients_can_cause_is_written_once_a_minute():
    lines = OncePerMinute()
    first, again = (logging.makeLogRecord({"name": "asyncio", "msg": "full"}) for _ in range(2))
    other = logging.makeLogRecord({"name": "asyncio", "msg": "something else"})

    assert [lines.filter(each) for each in (first, again, other)] == [True, False, True]
