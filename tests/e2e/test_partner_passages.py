"""What somebody of a partner signs on the command line, and who is said to be missing."""

from tests.e2e.commands import EXAMPLE, a_workspace, answer, mailer

TEAM = """
[[team.people]]
id = "pia"
name = "Pia Sauvage"
roles = ["partner"]
"""


def test_a_partner_signs_its_passages_and_the_plan_says_who_has_still_to(tmp_path):
    folder = a_workspace(tmp_path / "office")
    config, facts = folder / "config.toml", folder / "campaigns" / EXAMPLE / "campaign.toml"
    config.write_text(config.read_text("utf-8") + TEAM, "utf-8")
    named = '[[partners]]\npeople = ["pia"]\nsigns = "passages"\n'
    facts.write_text(facts.read_text("utf-8").replace("[[partners]]\n", named, 1), "utf-8")
    by = ("--by", "Pia Sauvage")

    unasked = mailer("status", workspace=folder, lang="en").stdout
    checked = mailer("check", EXAMPLE, workspace=folder, lang="en", expect=None).stdout
    missing = mailer("plan", EXAMPLE, workspace=folder, lang="en").stdout
    silent = mailer("approve", EXAMPLE, *by, "--refuse", workspace=folder, lang="en", expect=77)
    refused = mailer(
        "approve", EXAMPLE, *by, "--refuse", "--why", "our name", workspace=folder, lang="en"
    )
    held = mailer("status", workspace=folder, lang="en").stdout
    held_too = answer("status", workspace=folder)["to_sign"]
    signed = mailer("approve", EXAMPLE, *by, workspace=folder, lang="en")
    office = mailer("approve", EXAMPLE, "--by", "Hugo Marchetti", workspace=folder, lang="en")

    assert "Académie des sciences has still to sign its passages off: Pia Sauvage." in missing
    to_sign = "has still to sign its passages off: Pia Sauvage."
    by_office = "The office: 1 sign-off is missing; who may sign: Claire Delmas, Hugo Marchetti."
    assert to_sign in checked
    assert by_office in checked
    assert to_sign not in unasked  # nobody has been asked yet
    assert f"{EXAMPLE}: Académie des sciences: Pia Sauvage refuses to sign: our name" in held
    assert f"{EXAMPLE}: {by_office}" in held
    assert len(held_too[EXAMPLE]) == 2
    done = mailer("status", workspace=folder, lang="en").stdout
    assert "missing" not in done
    assert "Pia Sauvage" not in done
    assert (
        "missing" not in mailer("check", EXAMPLE, workspace=folder, lang="en", expect=None).stdout
    )
    assert "a refusal needs its reason" in silent.stderr
    assert "Pia Sauvage refuses to sign: our name" in refused.stdout
    assert "its passages are signed off by Pia Sauvage" in signed.stdout
    assert "Name: Académie des sciences" in signed.stdout
    assert "its passages are signed off by Pia Sauvage" in office.stdout
    (partner,) = answer("plan", EXAMPLE, workspace=folder)["partners"]
    assert (partner["signs"], partner["signed_by"]) == ("passages", "Pia Sauvage")
