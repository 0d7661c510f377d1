"""SendGrid's suppression lists on loopback: paging, deletion, refusals and silence."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

KEY = "SG.on-loopback-only"


@contextmanager
def suppression_lists(lists):
    """Serves `lists` (name → entries), which deletions change. Yields the server: `url`,
    `asked` (method and path), and `status`, an answer to give instead of the right one, or
    `silent_s`, how long to say nothing.
    """

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

        def answer(self, status, value=None):
            body = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            with suppress(OSError):  # a caller that lost its patience
                self.end_headers()
                self.wfile.write(body)

        def begin(self):
            server.asked.append(f"{self.command} {urlsplit(self.path).path}")
            time.sleep(server.silent_s)
            if self.headers["Authorization"] != f"Bearer {KEY}":
                self.answer(401, {"errors": [{"message": "authorization required"}]})
                return False
            if server.status:
                self.answer(server.status, {"errors": []})
                return False
            return True

        def do_GET(self):
            if not self.begin():
                return
            url = urlsplit(self.path)
            query = {name: int(values[0]) for name, values in parse_qs(url.query).items()}
            entries = lists[url.path.rpartition("/")[2]]
            limit = min(query.get("limit", 500), 500)
            self.answer(200, entries[query["offset"] :][:limit])

        def do_DELETE(self):
            if not self.begin():
                return
            parts = urlsplit(self.path).path.split("/")
            name = "unsubscribes" if "asm" in parts else parts[-2]
            gone = unquote(parts[-1])
            kept = [entry for entry in lists[name] if entry["email"] != gone]
            was_there = len(kept) < len(lists[name])
            lists[name][:] = kept
            self.answer(204 if was_there else 404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.status, server.silent_s = [], 0, 0.0
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
