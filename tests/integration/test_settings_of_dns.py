"""Each setting of the DNS changes what is known of the sender, or whether that holds up a launch."""

import pytest

from mailer.wiring.examining import refused_at_launch
from tests.counterparts.dns_server import dns_server
from tests.counterparts.sender_setups import right_zone
from tests.counterparts.tried_settings import Workplace, trials_of
from tests.integration.test_settings_of_team import at_work

CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"
return_path = "retours.institut.example"

[transport]
backend = "smtp"
production = true

[transport.smtp]
host = "smtp.institut.example"
signs_as = "institut.example"
"""
OTHER = '["192.0.2.53"]'
"""Stands for the name server on this machine that knows a right sender."""


def refused(at):
    """Why a launch is refused, by a name server that knows nobody or by the one that is named."""
    with dns_server({}) as (empty, _), dns_server(right_zone()) as (right, _):
        named = right if OTHER in at.config else empty
        with at_work(at.having("dns.servers", f'["{named}"]')) as app:
            return [str(each.what) for each in refused_at_launch(app, app.drafts.draft("mer"))]


TRIED = {
    "dns.servers": (OTHER, refused),
    "dns.holds_launch": ("false", refused),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Workplace(tmp_path_factory.mktemp("names"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
