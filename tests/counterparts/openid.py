"""A small OpenID provider on loopback, which checks all that it is sent, and lies when asked to.

It shares the clock of the desk under test, and speaks real HTTP.
"""

import base64
import hashlib
import json
import secrets
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SECRET = "press desk", "s:e c/ret"


class OpenIdServer:
    """What the provider knows: its keys, who is signed in there, and the lies to tell.

    `claims` are those of the person who signs in, `token` what is written into the next ID tokens
    instead of the truth, and `userinfo` what is said of the person beside it.
    """

    def __init__(self, clock):
        self.clock, self.codes, self.used = clock, {}, set()
        self.keys = [a_key("k1")]
        self.claims = {"sub": "s-1", "name": "Bea Martin", "email": "bea@login.example"}
        self.token, self.userinfo, self.answer = {}, {}, {}
        self.metadata, self.header = {}, {}
        self.signs_userinfo = self.is_silent_about_itself = False
        self.auth_time = None
        self.asked, self.tokens, self.signed_out = [], 0, []
        self.issuer = ""

    def described(self):
        paths = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "jwks_uri": "/keys",
            "userinfo_endpoint": "/me",
            "end_session_endpoint": "/logout",
        }
        named = {name: self.issuer + path for name, path in paths.items()}
        iss = {"authorization_response_iss_parameter_supported": True}
        return {"issuer": self.issuer, **iss, **named} | self.metadata

    def authorize(self, query):
        """What the browser is led back to once the person has signed in."""
        self.asked.append(query)
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        said = {"code": code, "state": query["state"], "iss": self.issuer} | self.answer
        said = {name: value for name, value in said.items() if value is not None}
        return f"{query['redirect_uri']}?{urlencode(said)}"

    def exchange(self, form, login):
        """The status and the answer to a code."""
        asked = self.codes.pop(form["code"], None)
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        is_right = (
            asked is not None
            and login == (CLIENT, SECRET)
            and form["redirect_uri"] == asked["redirect_uri"]
            and base64.urlsafe_b64encode(challenge).decode().rstrip("=") == asked["code_challenge"]
        )
        if not is_right:
            return 400, {"error": "invalid_grant"}
        self.tokens += 1
        return 200, {
            "access_token": "let me ask",
            "token_type": "Bearer",
            "id_token": self.id_token(asked),
        }

    def id_token(self, asked):
        now = int(self.clock.now().timestamp())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        told |= {"nonce": asked["nonce"], "sub": self.claims["sub"]}
        if self.auth_time is not None:
            told["auth_time"] = int(self.auth_time.timestamp())
        told |= self.token
        return self.sign({name: value for name, value in told.items() if value is not None})

    def sign(self, claims):
        key = self.keys[-1]
        return jwt.encode({"alg": "RS256", "kid": key.kid} | self.header, claims, key)

    def about(self):
        """The kind and the body of what is said of the person."""
        told = self.claims | self.userinfo
        if self.signs_userinfo:
            return "application/jwt", self.sign({"iss": self.issuer, "aud": CLIENT} | told)
        return "application/json", json.dumps(told)


def a_key(kid):
    return jwk.generate_key("RSA", 2048, parameters={"kid": kid, "use": "sig"})


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        provider, url = self.server.provider, urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            self._answer("application/json", json.dumps(provider.described()))
        elif url.path == "/keys":
            public = [key.as_dict(private=False) for key in provider.keys]
            self._answer("application/json", json.dumps({"keys": public}))
        elif url.path == "/me":
            assert self.headers["authorization"] == "Bearer let me ask"
            self._answer(*provider.about())
        elif url.path == "/logout":
            provider.signed_out.append(query)
            self._lead(query["post_logout_redirect_uri"])
        else:
            self._lead(provider.authorize(query))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        kind, _blank, coded = self.headers.get("authorization", "").partition(" ")
        name, _colon, secret = base64.b64decode(coded).decode().partition(":")
        assert kind == "Basic"
        status, answer = self.server.provider.exchange(form, (unquote(name), unquote(secret)))
        self._answer("application/json", json.dumps(answer), status=status)

    def _answer(self, kind, text, *, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def _lead(self, url):
        self.send_response(302)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *said):
        """Say nothing."""


@contextmanager
def openid_server(clock):
    """A provider that listens on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.provider = OpenIdServer(clock)
    server.provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def config_of(provider, more=""):
    """The tables of config.toml for this provider."""
    return (
        f'[web.oidc]\nissuer = "{provider.issuer}"\nclient_id = "{CLIENT}"\n'
        f'client_secret = "file:oidc.secret"\nlabel = "ProConnect"\n{more}'
    )


def went_there(provider, browser, departure):
    """Where the provider leads the browser back to, from the address to which it was led."""
    url = urlsplit(departure.location)
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    back = urlsplit(provider.authorize(query))
    return f"{back.path}?{back.query}"


def signs_in(provider, browser, path="/entrer/fournisseur"):
    """The answer to somebody who signs in at the provider."""
    back = went_there(provider, browser, browser.get(path, sec_fetch_site="same-origin"))
    return browser.get(
        back, sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document"
    )
