"""Reports of several mail systems around one reply, written for tests; all names are reserved."""

import re
import textwrap

RECIPIENT = "lea.martin@journal.example"
SENDER = "presse@office.example"
BLANKS = {
    "{r}": RECIPIENT,
    "{l}": RECIPIENT.partition("@")[0],
    "{d}": RECIPIENT.partition("@")[2],
    "{sd}": SENDER.partition("@")[2],
    "{s}": SENDER,
}
"""What stands for the names in replies that are written down."""
_ORIGINAL = f"From: {SENDER}\nTo: {RECIPIENT}\nSubject: Communiqué\n\nBonjour,\n"
_AT_STAGE = {
    "R": " (in reply to RCPT TO command)",
    "E": " (in reply to end of DATA command)",
    "M": " (in reply to MAIL FROM command)",
}
_EXIM = {
    "R": f"SMTP error from remote mail server after RCPT TO:<{RECIPIENT}>:\n    ",
    "E": "SMTP error from remote mail server after end of data:\n    ",
    "M": f"SMTP error from remote mail server after MAIL FROM:<{SENDER}>:\n    ",
    "C": "SMTP error from remote mail server after initial connection:\n    ",
}
_QMAIL = {
    "R": "192.0.2.25 does not like recipient.",
    "E": "192.0.2.25 failed after I sent the message.",
    "M": "192.0.2.25 does not like sender.",
    "C": "Connected to 192.0.2.25 but greeting failed.",
}
_COMMANDS = {"R": f"RCPT TO:<{RECIPIENT}>", "E": "DATA", "M": f"MAIL FROM:<{SENDER}>"}


def filled(text, blanks=BLANKS):
    """Return a text with its names."""
    for name, value in blanks.items():
        text = text.replace(name, value)
    return text


def status_of(reply):
    """Return the enhanced code that a reporter would write for this reply."""
    found = re.search(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])", reply)
    return found.group() if found else f"{reply[0]}.0.0" if reply[0] in "45" else "5.0.0"


def _mail(sender, subject, content_type, body):
    head = f"Return-Path: <>\nFrom: {sender}\nTo: {SENDER}\nSubject: {subject}\nMIME-Version: 1.0\n"
    return f"{head}Auto-Submitted: auto-replied\nContent-Type: {content_type}\n\n{body}".encode()


def _report(sender, subject, text, diagnosis, status):
    body = (
        f"--B\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.office.example\n\n"
        f"Final-Recipient: rfc822; {RECIPIENT}\nAction: failed\nStatus: {status}\n{diagnosis}\n"
        f"--B\nContent-Type: message/rfc822\n\n{_ORIGINAL}--B--\n"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="B"'
    return _mail(sender, subject, kind, body)


def _wrapped(text, indent):
    return textwrap.fill(
        text, 72, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def postfix(stage, reply):
    said = f"host mx.journal.example[192.0.2.25] said: {reply}{_AT_STAGE.get(stage, '')}"
    if stage == "C":
        said = f"host mx.journal.example[192.0.2.25] refused to talk to me: {reply}"
    text = (
        "This is the mail system at host relay.office.example.\n\n"
        "I'm sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients. It's attached below.\n\n"
        + _wrapped(f"<{RECIPIENT}>: {said}", "    ")
    )
    diagnosis = f"Diagnostic-Code: smtp; {_wrapped(reply, '    ')}\n"
    return _report(
        "MAILER-DAEMON@relay.office.example", "Undelivered Mail", text, diagnosis, status_of(reply)
    )


def exim(stage, reply):
    host = "" if stage == "N" else "host mx.journal.example [192.0.2.25]\n    "
    body = (
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {RECIPIENT}\n    {host}{_EXIM.get(stage, '')}{reply}\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        f"Return-path: <{SENDER}>\n{_ORIGINAL}"
    )
    subject = f"Mail delivery failed\nX-Failed-Recipients: {RECIPIENT}"
    return _mail("Mailer-Daemon@relay.office.example", subject, "text/plain; charset=utf-8", body)


def qmail(stage, reply):
    said = reply
    if stage != "N":
        said = f"{_QMAIL[stage]}\nRemote host said: {reply}\nGiving up on 192.0.2.25."
    body = (
        "Hi. This is the qmail-send program at relay.office.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{RECIPIENT}>:\n{said}\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <{SENDER}>\n{_ORIGINAL}"
    )
    kind = "text/plain; charset=utf-8"
    return _mail("MAILER-DAEMON@relay.office.example", "failure notice", kind, body)


def sendmail(stage, reply):
    answered = reply.replace("\n", "\n<<< ")
    guess = "User unknown" if stage == "R" else "Service unavailable"
    text = (
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{RECIPIENT}>\n    (reason: {reply.splitlines()[0][:90]})\n\n"
        "   ----- Transcript of session follows -----\n"
        f"... while talking to mx.journal.example.:\n>>> {_COMMANDS[stage]}\n<<< {answered}\n"
        f"550 5.1.1 {RECIPIENT}... {guess}"
    )
    diagnosis = f"Diagnostic-Code: SMTP; {_wrapped(reply, ' ')}\n"
    return _report(
        "MAILER-DAEMON@relay.office.example", "Returned mail", text, diagnosis, status_of(reply)
    )


FRAMES = {"R": (postfix, exim, qmail, sendmail), "E": (postfix, exim, qmail)}
OTHER_FRAMES = (exim, qmail)
