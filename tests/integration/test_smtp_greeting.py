"""From a host name to a line that takes messages: greeting, TLS, login, settings."""

import sys

import pytest

from mailer.errors import BackendMisconfigured, BackendUnavailable, ConfigError
from mailer.model.mailings.delivery import Accepted
from mailer.model.team.secret import Secret
from mailer.providers.smtp.connection import SmtpBackend
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.certificates import server_context
from tests.counterparts.scripted_smtp import DROP, Rule, ScriptedServer
from tests.counterparts.smtp_sending import send


@pytest.fixture(params=[(), ("PIPELINING",)], ids=["lock-step", "pipelining"])
def extensions(request):
    return request.param


@pytest.mark.parametrize("phase", ["connect", "EHLO"])
@pytest.mark.parametrize("action", [DROP, "421 4.3.2 Busy", "451 later", "hello there"])
def test_a_relay_that_is_busy_or_breaks_in_the_greeting_is_unavailable(phase, action):
    with ScriptedServer([Rule(phase, action)]) as server:
        outcomes, error = send(server)

    assert outcomes == []
    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("phase", ["connect", "EHLO"])
def test_a_relay_that_refuses_us_in_the_greeting_is_misconfigured(phase):
    with ScriptedServer([Rule(phase, "554 5.7.1 Not you")]) as server:
        _, error = send(server)

    assert isinstance(error, BackendMisconfigured)
    assert "554 5.7.1 Not you" in str(error)


def test_a_relay_that_is_not_there_is_unavailable():
    with ScriptedServer() as server:
        pass

    _, error = send(server)

    assert isinstance(error, BackendUnavailable)


def test_a_reply_without_end_is_given_up():
    with ScriptedServer([Rule("EHLO", "250-" + "x" * 100_000)]) as server:
        _, error = send(server)

    assert isinstance(error, BackendUnavailable)


def test_starttls_is_required_and_verified(tmp_path, extensions):
    context, authority = server_context(tmp_path)
    with ScriptedServer(extensions=extensions, tls=context) as server:
        outcomes, error = send(server, host="localhost", tls="starttls", ca_file=authority)

    assert (len(outcomes), error) == (1, None)
    assert server.taken[0].secured
    assert server.commands.count("STARTTLS") == 1


def test_implicit_tls_is_verified(tmp_path):
    context, authority = server_context(tmp_path)
    with ScriptedServer(tls=context, implicit_tls=True) as server:
        outcomes, _ = send(server, host="localhost", tls="implicit", ca_file=authority)

    assert [type(outcome) for outcome in outcomes] == [Accepted]
    assert server.taken[0].secured


FAULTS = {
    "unknown authority": ("nobody whom this machine trusts has signed it", "ca_file"),
    "another host": ("it is for another name than localhost", "Write host as the certificate"),
    "expired": ("it has expired", "for a new certificate"),
    "not yet valid": ("it is not valid yet", "Correct the date of this machine"),
}


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_certificate_that_cannot_be_trusted_stops_everything(tmp_path, tls, fault):
    valid = {"expired": (-20, -10), "not yet valid": (10, 20)}.get(fault, (-1, 1))
    name = "elsewhere.example" if fault == "another host" else "localhost"
    context, authority = server_context(tmp_path, name=name, valid_days=valid)
    trusted = None if fault == "unknown authority" else authority
    with ScriptedServer(tls=context, implicit_tls=tls == "implicit") as server:
        outcomes, error = send(server, host="localhost", tls=tls, ca_file=trusted)

    reason, remedy = FAULTS[fault]
    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert f"The certificate of the relay cannot be trusted: {reason}." in str(error)
    assert remedy in str(error)
    assert server.taken == []


def test_a_port_that_begins_in_the_clear_is_not_taken_for_one_with_tls():
    with ScriptedServer() as server:
        _, error = send(server, host="localhost", tls="implicit")

    assert isinstance(error, BackendMisconfigured)
    assert "does not begin with encryption" in str(error)


@pytest.mark.parametrize("tls", ["starttls", "none"])
def test_a_port_that_begins_with_tls_is_not_taken_for_one_that_is_down(tmp_path, tls):
    context, _authority = server_context(tmp_path)
    with ScriptedServer(tls=context, implicit_tls=True) as server:
        _, error = send(server, host="localhost", tls=tls, command_timeout_s=1)

    assert isinstance(error, BackendMisconfigured)
    assert "This port of the relay begins with encryption." in str(error)


@pytest.mark.parametrize(
    ("port", "tls", "is_wrong"),
    [
        (465, "starttls", True),
        (587, "implicit", True),
        (25, "implicit", True),
        (465, "implicit", False),
        (587, "starttls", False),
        (25, "starttls", False),
        (2525, "implicit", False),
        (2465, "starttls", False),
    ],
)
def test_a_wrong_pair_of_port_and_tls_is_refused_in_the_configuration(port, tls, is_wrong):
    settings = SmtpSettings("relay.example", port, tls)
    if not is_wrong:
        settings.check()
        return

    with pytest.raises(ConfigError, match=rf"Port {port} is for"):
        settings.check()


def test_a_relay_whose_starttls_was_stripped_gets_nothing():
    with ScriptedServer() as server:
        outcomes, error = send(server, host="localhost", tls="starttls")

    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert not any("MAIL" in command for command in server.commands)


def test_what_was_said_before_tls_began_is_not_believed(tmp_path):
    context, authority = server_context(tmp_path)
    rules = [Rule("STARTTLS", "220 go ahead\r\n250 AUTH PLAIN")]
    with ScriptedServer(rules, tls=context) as server:
        _, error = send(server, host="localhost", tls="starttls", ca_file=authority)

    assert isinstance(error, BackendUnavailable)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_we_log_in_with_name_and_password(mechanism):
    rules = [Rule("EHLO", f"250-scripted\r\n250 AUTH {mechanism} CRAM-MD5")]
    with ScriptedServer(rules, password="sésame") as server:
        outcomes, _ = send(server, username="press", password=Secret("sésame"))

    assert [type(outcome) for outcome in outcomes] == [Accepted]
    assert server.taken[0].user == "press"


OAUTH = [Rule("EHLO", "250-scripted\r\n250 AUTH LOGIN XOAUTH2")]
PRINTS = (sys.executable, "-c", "print('ya29.fresh')")


@pytest.mark.parametrize(
    "proof", [{"oauth_token": Secret("ya29.fresh")}, {"oauth_command": PRINTS}], ids=str
)
def test_we_log_in_with_an_access_token(proof):
    with ScriptedServer(OAUTH, password="ya29.fresh") as server:
        outcomes, _ = send(server, username="press@office.example", **proof)

    assert [type(outcome) for outcome in outcomes] == [Accepted]
    assert server.taken[0].user == "press@office.example"


def test_a_token_that_has_expired_stops_everything_at_once():
    with ScriptedServer(OAUTH, password="ya29.fresh") as server:
        outcomes, error = send(server, username="press", oauth_token=Secret("ya29.old"))

    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert "535 5.7.8 token expired" in str(error)
    assert "ya29" not in str(error)


def test_a_relay_that_takes_no_token_is_misconfigured():
    rules = [Rule("EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN")]
    with ScriptedServer(rules, password="x") as server:
        _, error = send(server, username="press", oauth_token=Secret("x"))

    assert isinstance(error, BackendMisconfigured)
    assert server.passed["AUTH"] == 0


@pytest.mark.parametrize(
    ("program", "kind"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('no network')"), BackendUnavailable),
        ((sys.executable, "-c", "pass"), BackendMisconfigured),
        ((sys.executable, "-c", "print('a token')"), BackendMisconfigured),
        (("no-such-program",), BackendMisconfigured),
    ],
)
def test_a_command_that_prints_no_token_is_named(program, kind):
    with ScriptedServer(OAUTH, password="x") as server:
        _, error = send(server, username="press", oauth_command=program)

    assert isinstance(error, kind)
    assert program[0] in str(error)
    assert "a token" not in str(error)


def test_a_wrong_password_stops_everything_at_once():
    with ScriptedServer(password="right") as server:
        outcomes, error = send(server, username="press", password=Secret("wrong"))

    assert outcomes == []
    assert isinstance(error, BackendMisconfigured)
    assert "535 5.7.8 wrong" in str(error)
    assert server.passed["AUTH"] == 1


def test_a_login_that_fails_for_now_is_tried_again_later():
    with ScriptedServer([Rule("AUTH", "454 4.7.0 Directory down")], password="x") as server:
        _, error = send(server, username="press", password=Secret("x"))

    assert isinstance(error, BackendUnavailable)


def test_a_relay_without_a_way_to_log_in_is_misconfigured():
    with ScriptedServer() as server:
        _, error = send(server, username="press", password=Secret("x"))

    assert isinstance(error, BackendMisconfigured)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"host": "relay.example", "tls": "none"}, "tls"),
        ({"host": "192.0.2.1", "tls": "none"}, "tls"),
        ({"host": "relay.example", "messages_per_connection": 0}, "messages_per_connection"),
        ({"host": "relay.example", "username": "press"}, "password"),
        (
            {
                "host": "relay.example",
                "username": "press",
                "password": Secret("x"),
                "oauth_token": Secret("x"),
            },
            "oauth_token",
        ),
        ({"host": "relay.example", "oauth_command": ("print-token",)}, "username"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(settings, key):
    with pytest.raises(ConfigError, match=f"transport.smtp.{key}"):
        SmtpBackend(SmtpSettings(**settings))


def test_a_file_of_certificates_that_is_none_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"transport\.smtp\.ca_file"):
        SmtpBackend(SmtpSettings("relay.example", ca_file=tmp_path / "missing.pem"))


def test_a_password_is_not_shown_with_the_settings():
    settings = SmtpSettings("relay.example", username="press", password=Secret("hunter2"))

    assert "hunter2" not in repr(settings)
