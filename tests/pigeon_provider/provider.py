"""Pigeons, as a `Provider`."""

from mailer.providers.provider import Provider, Webhook, to_allow_list_only
from tests.pigeon_provider.sending import PigeonBackend, PigeonList, PigeonSettings
from tests.pigeon_provider.webhook import PigeonVerifier, read_post

PIGEON = Provider(
    name="pigeon",
    label="Pigeon Post",
    settings=PigeonSettings,
    backend=lambda settings, _surroundings: PigeonBackend(settings),
    destination=lambda _settings, context: to_allow_list_only("pigeon", context),
    webhook=Webhook(PigeonVerifier, read_post),
    suppression_lists=PigeonList,
)
