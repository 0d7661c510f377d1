"""The loft: a counterpart that notes what it takes before it answers.

An address decides what happens: `refused…` is refused, `later…` put off, and after `lost…` is
taken the line breaks without a word.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

RING = "blue-17"


class Loft(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Pigeon)
        self.taken, self.closed = [], {}
        self.port = self.server_address[1]

    def __enter__(self):
        self._thread = Thread(target=self.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Pigeon(BaseHTTPRequestHandler):
    def do_GET(self):
        closed = self.server.closed
        self.answer(200, [{"address": one, "since": since} for one, since in closed.items()])

    def do_DELETE(self):
        gone = self.server.closed.pop(unquote(self.path).removeprefix("/closed/"), None)
        self.answer(204 if gone else 404)

    def do_POST(self):
        letter = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Ring"] == RING
        if letter["to"].startswith(("refused", "later")):
            self.answer(422 if letter["to"].startswith("refused") else 503, "not today")
            return
        self.server.taken.append(letter)
        if letter["to"].startswith("lost"):
            self.close_connection = True
            return
        self.answer(201, len(self.server.taken))

    def answer(self, status, content=None):
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
