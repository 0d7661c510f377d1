"""SendGrid's side of the Event Webhook, and our receiver as a process."""

import base64
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.counterparts.waiting import wait_for_port

KEY = ec.generate_private_key(ec.SECP256R1())


def public_text(key=KEY):
    """The verification key as SendGrid shows it."""
    spki = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(spki).decode()


def signed(body, *, key=KEY, at=None):
    """The two headers for `body`."""
    timestamp = str(int(at or time.time()))
    signature = key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    return {
        "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        "Content-Type": "application/json",
    }


def an_event_of(delivery_id, event="delivered", **fields):
    return {
        "email": "reader0@press.example",
        "event": event,
        "timestamp": 1_512_388_800,
        "mailer_delivery": delivery_id,
        "sg_event_id": "x",
    } | fields


def body_of(*events):
    return json.dumps(events).encode()


def post(port, body, headers=None, *, path="/sendgrid", method="POST", host="127.0.0.1"):
    """The status of one post on a line of its own."""
    connection = http.client.HTTPConnection(host, port)
    try:
        connection.request(method, path, body, signed(body) if headers is None else headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def receiver(workspace, *ports, program="mailer", descriptors=None, output=subprocess.PIPE):
    """`mailer receive` as a process, once its ports answer; with at most so many descriptors."""
    command = [sys.executable, "-m", program, "--lang", "en", "--workspace", str(workspace)]
    command += ["receive"]
    if descriptors is not None:
        command = ["/bin/sh", "-c", f'ulimit -n {descriptors}; exec "$@"', "sh", *command]
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=os.environ)
    try:
        for port in ports:
            wait_for_port(port, process)
        yield process
    finally:
        process.terminate()
        process.communicate()
