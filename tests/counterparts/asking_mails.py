"""Mails that ask for a bar: complaints, opt-outs by machines, reports of death; with a token of ours
or without one.
"""


def arf(address, *, token="", kind="abuse", head=""):
    returned = f"X-Mailer-Delivery: {token}\n" if token else ""
    return (
        f"{head}From: Feedback <fbl@operateur.example>\nTo: abus@institut.example\n"
        "Subject: Abuse report\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n"
        f"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\nVersion: 1\n"
        f"User-Agent: x\nOriginal-Rcpt-To: <{address}>\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{returned}From: presse@institut.example\n"
        f"To: {address}\nSubject: Invitation\n\nx\n--b--\n"
    )


def hotmail(address):
    return (
        "From: staff@hotmail.example\nTo: abus@institut.example\n"
        "Subject: complaint about message from 192.0.2.25\n"
        f"X-HmXmrOriginalRecipient: {address}\n\nNo longer wanted.\n"
    )


def machine_opt_out(address):
    return (
        f"From: {address}\nTo: desinscription@institut.example\nSubject: unsubscribe\n"
        "Auto-Submitted: auto-generated\n\nUnsubscribe me.\n"
    )


def dsn(
    *addresses, status="5.1.1", said="550 5.1.1 User unknown", action="failed", token="", to=""
):
    envelope = f"Original-Envelope-Id: {token}\n" if token else ""
    people = "".join(
        f"\nFinal-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {said}\n"
        for address in addresses
    )
    return (
        "From: MAILER-DAEMON@relais.example\n"
        f"To: {to or 'presse@institut.example'}\n"
        "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nYour mail could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; relais.example\n{envelope}{people}\n--b--\n"
    )


def failed_recipients(address):
    """Exim's notice, which is text."""
    return (
        f"From: Mail Delivery System <Mailer-Daemon@relais.example>\nX-Failed-Recipients: {address}\n"
        "To: presse@institut.example\nSubject: Mail delivery failed: returning message to sender\n\n"
        "A message that you sent could not be delivered to one or more of its recipients.\n"
        f"This is a permanent error. The following address(es) failed:\n\n  {address}\n"
        "    550 5.1.1 User unknown\n"
    )
