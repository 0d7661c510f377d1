"""An office whose signatories get the link of the sign-off by mail."""

import re
from email import message_from_bytes, policy

from mailer.model.team.actor import PROGRAM
from mailer.model.team.person import Role
from mailer.operations.campaigns.previews.proof import send_test
from mailer.operations.team.sign_off_tokens import token_for
from tests.counterparts.builders import ACTOR
from tests.counterparts.desk import give_password
from tests.counterparts.team import a_person
from tests.desk.visitors import EXAMPLE, example_app

CLAIRE = a_person("Claire Delmas", Role.SIGNATORY)
HUGO = a_person("Hugo Marchetti", Role.SIGNATORY, Role.EDITOR)
NADIA = a_person("Nadia Leroy", Role.EDITOR)
PUBLIC = "desk.office.example"
CONFIG = """[office]
name = "Institut"
language = "en"
time_zone = "Europe/Paris"
[team]
proofs = ["claire@office.example", "team@office.example"]
"""
WITH_ADDRESS = f'{CONFIG}[web]\npublic_url = "https://{PUBLIC}"\n'
HUGOS = "une phrase de Hugo seul"


def signing_office(tmp_path, config=CONFIG):
    """The example campaign, two signatories with passwords of their own, and an editor."""
    app = example_app(tmp_path / "workspace", config=config)
    app.ledger.team.add([CLAIRE, HUGO, NADIA], actor=PROGRAM, at=app.clock.now())
    give_password(app, CLAIRE)
    give_password(app, HUGO, HUGOS)
    return app


def token_of(app, person=CLAIRE):
    """The token that a test mail would have for this person now."""
    revision = app.drafts.revision_of(EXAMPLE)
    draft = app.drafts.draft(EXAMPLE)
    return token_for(person, draft, revision=revision, ledger=app.ledger, now=app.clock.now())


def mails_of_test(app, *more):
    """Send the test of the announcement, also to `more`; return its mail to each reader."""
    before = _outbox(app)
    send_test(
        EXAMPLE,
        "announcement",
        team=(*app.settings.team.proofs, *more),
        actor=ACTOR,
        drafts=app.drafts,
        composer=app.composer,
        backend=lambda: app.backend,
        requests=app.sign_off_requests,
    )
    return {address: mails[0] for address, mails in mails_in_outbox(app, but=before).items()}


def _outbox(app):
    return set((app.workspace / "var" / "outbox").rglob("*.eml"))


def mails_in_outbox(app, *, but=frozenset()):
    """The mails of each reader, by address; those of the files `but` left out."""
    found = {}
    for file in sorted(_outbox(app) - but):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        found.setdefault(mail["To"].addresses[0].addr_spec, []).append(mail)
    return found


def parts(mail):
    """The plain text and the HTML of a mail."""
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]


def links(text):
    return set(re.findall(r"https://[^\s\"<>]+/signer/[^\s\"<>]+", text))
