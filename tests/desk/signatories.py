"""An office of which several people sign off, and what they do."""

from mailer.model.team.actor import Actor, Via
from mailer.operations.campaigns.approval.approval import approve_campaign, refuse_campaign
from mailer.operations.campaigns.launching.launch import launch_campaign
from tests.desk.visitors import EXAMPLE, example_app

OFFICE = '[office]\nname = "Institut"\nlanguage = "fr"\ntime_zone = "Europe/Paris"\n'
TEAM = """
[team]
sign_off = ["Ada Morel", "Bea Roy"]
signatures_required = {required}
people = [
  {{ id = "ada", name = "Ada Morel", roles = ["editor", "signatory"] }},
  {{ id = "bea", name = "Bea Roy", roles = ["editor", "signatory"] }},
  {{ id = "nadia", name = "Nadia Leroy", roles = ["editor", "administrator"] }},
]
"""
ALONE = """
[team]
sign_off = ["Ada Morel"]
people = [{ id = "ada", name = "Ada Morel", roles = ["editor", "signatory", "administrator"] }]
"""


def office(tmp_path, config=None, *, required=1):
    return example_app(
        tmp_path / "workspace", config=OFFICE + (config or TEAM.format(required=required))
    )


def actor(app, name):
    person = next(each for each in app.roster.people() if each.name == name)
    return Actor(person.id, person.name, Via.CLI, person.roles)


def write(app, name, word):
    """Save a change of a text as this person."""
    opened = app.revisions.open_campaign(EXAMPLE)
    text = opened.files["announcement.md"] + f"\n{word}\n".encode()
    app.revisions.save_files(
        EXAMPLE,
        {"announcement.md": text},
        base=opened.head.number,
        actor=actor(app, name),
    )


def sign(app, name):
    return approve_campaign(
        EXAMPLE,
        actor=actor(app, name),
        drafts=app.drafts,
        signatures_required=app.settings.team.signatures_required,
    )


def refuse(app, name, why):
    return refuse_campaign(EXAMPLE, why=why, actor=actor(app, name), drafts=app.drafts)


def launch(app, *, required=1, by="Nadia Leroy"):
    return launch_campaign(
        EXAMPLE,
        confirm=64,
        signatures_required=required,
        actor=actor(app, by),
        drafts=app.drafts,
        back_up=False,
    )
