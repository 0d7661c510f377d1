"""Debian's Postfix and Dovecot on private configurations and free ports of loopback.

Postfix has no domains of its own: it routes `dest.test` to a scripted SMTP server, which
refuses whom it is told to refuse, and hands the bounces it makes to Dovecot over LMTP, where
they are read over IMAP. Both want to be started by root and then drop to users of their own.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailer.mailbox import ImapSettings
from mailer.model.team.secret import Secret
from tests.counterparts.certificates import server_context
from tests.counterparts.waiting import wait_for_port

POSTFIX, DOVECOT = Path("/usr/lib/postfix/sbin"), Path("/usr/sbin/dovecot")
USER, PASSWORD = "bounces", "on-loopback-only"
BOUNCE_DOMAIN = "retours.institut.test"


def missing():
    """Why the servers cannot be had here; None when they can."""
    if os.geteuid() != 0:
        return "Postfix and Dovecot must be started by root"
    if not (POSTFIX / "master").exists() or not DOVECOT.exists():
        return "install Debian's postfix, dovecot-imapd and dovecot-lmtpd"
    for name in ("postfix", "dovecot", "dovenull", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            return f"there is no user {name}"
    return None


@dataclass(frozen=True)
class Servers:
    smtp_port: int
    imap: ImapSettings
    maildir: Path
    log: Path


@contextmanager
def mail_servers(refusing_port):
    """Both servers, with queue times in seconds; `refusing_port` is where `dest.test` lives."""
    folder = Path(tempfile.mkdtemp(prefix="mailer-mta-"))
    folder.chmod(0o755)
    smtp, lmtp, imaps = (free_port() for _ in range(3))
    try:
        with (
            dovecot(folder, lmtp=lmtp, imaps=imaps) as (imap, maildir),
            _postfix(folder, smtp=smtp, lmtp=lmtp, refusing=refusing_port) as log,
        ):
            yield Servers(smtp, imap, maildir, log)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def dovecot_alone():
    """Dovecot with one empty mailbox; yields how to read it."""
    folder = Path(tempfile.mkdtemp(prefix="mailer-imap-"))
    folder.chmod(0o755)
    try:
        with dovecot(folder, lmtp=free_port(), imaps=free_port()) as (imap, _maildir):
            yield imap
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def dovecot(folder, *, lmtp, imaps):
    """Run Dovecot with one mailbox; yields how to read it, and its Maildir."""
    home = folder / "dovecot"
    home.mkdir()
    _context, authority = server_context(home)
    maildir = home / "mail"
    maildir.mkdir()
    shutil.chown(maildir, "nobody", grp.getgrgid(pwd.getpwnam("nobody").pw_gid).gr_name)
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    config = home / "dovecot.conf"
    config.write_text(f"""
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{home}/localhost.pem
ssl_key = <{home}/localhost.key
mail_location = maildir:{maildir}
mail_uid = nobody
mail_gid = {pwd.getpwnam("nobody").pw_gid}
first_valid_uid = 1
first_valid_gid = 1
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid={pwd.getpwnam("nobody").pw_gid} home={maildir} allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
""")
    process = subprocess.Popen(
        [str(DOVECOT), "-F", "-c", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_port(imaps, process)
        settings = ImapSettings(
            host="localhost",
            port=imaps,
            username=USER,
            password=Secret(PASSWORD),
            ca_file=authority,
        )
        yield settings, maildir
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _postfix(folder, *, smtp, lmtp, refusing):
    home = folder / "postfix"
    config, queue, data = home / "etc", home / "spool", home / "data"
    for place in (config, queue, data):
        place.mkdir(parents=True)
    shutil.chown(data, "postfix")
    for name in [
        "active",
        "bounce",
        "corrupt",
        "defer",
        "deferred",
        "flush",
        "hold",
        "incoming",
        "private",
        "saved",
        "trace",
    ]:
        (queue / name).mkdir(mode=0o700)
        shutil.chown(queue / name, "postfix")
    for name, mode in (("public", 0o710), ("maildrop", 0o730)):
        (queue / name).mkdir()
        shutil.chown(queue / name, "postfix", "postdrop")
        (queue / name).chmod(mode)
    (queue / "pid").mkdir()
    log = home / "log"
    (config / "main.cf").write_text(f"""
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
daemon_directory = {POSTFIX}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.institut.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {log}
maillog_file_prefixes = {folder}
transport_maps = inline:{{ {{ dest.test = smtp:[127.0.0.1]:{refusing} }}, \
{{ closed.test = smtp:[127.0.0.1]:1 }}, \
{{ {BOUNCE_DOMAIN} = lmtp:inet:127.0.0.1:{lmtp} }} }}
default_transport = error:nothing leaves this machine
relayhost =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtp_host_lookup = native
smtp_tls_security_level = none
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
maximal_queue_lifetime = 4s
bounce_queue_lifetime = 20s
delay_warning_time = 1s
confirm_delay_cleared = no
notify_classes =
smtpd_error_sleep_time = 0
""")
    services = [f"{smtp} inet n - n - - smtpd", "pickup unix n - n 60 1 pickup"]
    services += ["cleanup unix n - n - 0 cleanup", "qmgr unix n - n 1 1 qmgr"]
    services += ["rewrite unix - - n - - trivial-rewrite", "postlog unix-dgram n - n - 1 postlogd"]
    services += [f"{name} unix - - n - 0 bounce" for name in ("bounce", "defer", "trace")]
    services += [f"{name} unix - - n - - {name}" for name in ("proxymap", "smtp", "lmtp", "error")]
    services += ["retry unix - - n - - error", "anvil unix - - n - 1 anvil"]
    services += ["scache unix - - n - 1 scache", "flush unix n - n 1000? 0 flush"]
    services += ["verify unix - - n - 1 verify", "discard unix - - n - - discard"]
    (config / "master.cf").write_text("\n".join(services) + "\n")
    process = subprocess.Popen(
        [str(POSTFIX / "master"), "-d", "-c", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MAIL_CONFIG": str(config)},
        start_new_session=True,
    )
    try:
        wait_for_port(smtp, process)
        yield log
    finally:
        process.terminate()
        process.wait()
