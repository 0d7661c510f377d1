"""What every provider promises, each against a real counterpart.

The throw-away provider of the tests takes part, so that the suite itself is seen to hold for
one that nobody had in mind. A provider without a counterpart fails here.
"""

from dataclasses import MISSING, fields
from datetime import UTC, datetime

import pytest

from mailer.errors import BackendUnavailable
from mailer.files.catalogues import translations_for
from mailer.model.address import Address
from mailer.model.feedback.inbox import WebhookRefusal
from mailer.model.mailings.delivery import (
    Acceptance,
    Accepted,
    Deferred,
    Rejected,
    Stage,
    Uncertain,
)
from mailer.providers.provider import ProviderContext
from mailer.providers.registry import PROVIDERS
from mailer.wording import say
from tests.counterparts.builders import a_delivery, a_mailing, a_message
from tests.counterparts.providers import COUNTERPARTS, FATES, SECRET
from tests.pigeon_provider.provider import PIGEON

MAILING = a_mailing()
ALL = (*PROVIDERS, PIGEON)
NOW = datetime(2017, 12, 4, 12, tzinfo=UTC)


@pytest.fixture(params=ALL, ids=lambda provider: provider.name)
def provider(request):
    return request.param


@pytest.fixture
def surroundings(tmp_path):
    return ProviderContext(folder=tmp_path / "outbox", is_production=False)


@pytest.fixture
def peer(provider, surroundings):
    with COUNTERPARTS[provider.name](surroundings.folder) as peer:
        yield peer


@pytest.fixture
def backend(provider, peer, surroundings):
    return provider.backend(peer.settings, surroundings)


def messages(*locals_):
    return [
        a_message(a_delivery(number, mailing=MAILING, address=Address(local, "press.example")))
        for number, local in enumerate(locals_)
    ]


class Source:
    """Messages that a connection takes one by one; knows how many wait for their outcome."""

    def __init__(self, sent):
        self.taken, self.most_unanswered, self.outcomes = [], 0, {}
        self._sent = sent

    def __iter__(self):
        for message in self._sent:
            self.taken.append(message.delivery_id)
            waiting = len(self.taken) - len(self.outcomes)
            self.most_unanswered = max(self.most_unanswered, waiting)
            yield message


def deliver(backend, sent):
    """The source and its outcomes, and the error that ended the delivery."""
    source, error = Source(sent), None
    connection = backend.connect()
    try:
        for delivery_id, outcome in connection.deliver(source):
            assert delivery_id not in source.outcomes, "one outcome for each message"
            source.outcomes[delivery_id] = outcome
    except BackendUnavailable as stopped:
        error = stopped
    finally:
        connection.close()
    return source, error


def test_every_message_is_taken_once_and_has_one_outcome(backend, peer):
    sent = messages("ada", "bob", "eve", "kim", "lea")

    source, error = deliver(backend, sent)

    assert error is None
    assert peer.received() == [str(message.recipient.address) for message in sent]
    assert set(source.outcomes) == {message.delivery_id for message in sent}
    assert {type(outcome) for outcome in source.outcomes.values()} == {Accepted}


def test_an_acceptance_says_what_it_promises(provider, backend):
    source, _ = deliver(backend, messages("ada"))

    (outcome,) = source.outcomes.values()
    assert isinstance(outcome.acceptance, Acceptance)
    # Silence is a warning only where the provider reports by itself.
    assert outcome.acceptance is not Acceptance.QUEUED or provider.webhook


def test_no_more_messages_are_taken_than_the_depth_allows(backend):
    source, _ = deliver(backend, messages(*(f"reader{number}" for number in range(7))))

    assert 1 <= source.most_unanswered <= backend.depth


def test_what_is_not_sent_is_not_taken(backend):
    source = Source(messages(*(f"reader{number}" for number in range(7))))
    connection = backend.connect()

    outcomes = connection.deliver(source)
    assert source.taken == [], "nothing before the first outcome is asked for"
    next(outcomes)
    outcomes.close()
    connection.close()

    assert len(source.taken) <= backend.depth


def test_an_end_of_the_source_by_an_error_leaves_nothing_without_an_outcome(backend, peer):
    def failing():
        source.taken.append(first.delivery_id)
        yield first
        raise BackendUnavailable

    (first,) = messages("ada")
    source = Source([])
    connection = backend.connect()

    with pytest.raises(BackendUnavailable):
        source.outcomes.update(connection.deliver(failing()))
    connection.close()

    assert len(peer.received()) <= 1


def with_fates(provider, peer):
    """Files know none of these; whatever leaves the machine must."""
    assert peer.fates == (FATES if provider.leaves_machine else frozenset())
    return bool(peer.fates)


def test_a_refused_recipient_is_rejected_and_the_others_go_on(provider, backend, peer):
    if not with_fates(provider, peer):
        return
    sent = messages("ada", "refused", "bob")

    source, error = deliver(backend, sent)

    outcomes = [source.outcomes[message.delivery_id] for message in sent]
    assert error is None
    assert [type(outcome) for outcome in outcomes] == [Accepted, Rejected, Accepted]
    assert isinstance(outcomes[1].stage, Stage)
    assert outcomes[1].reply
    assert len(peer.received()) == 2


def test_what_was_put_off_was_certainly_not_taken(provider, backend, peer):
    if not with_fates(provider, peer):
        return
    source, _ = deliver(backend, messages("later"))

    (outcome,) = source.outcomes.values()
    assert isinstance(outcome, Deferred)
    assert peer.received() == []


def test_a_lost_answer_leaves_the_delivery_uncertain(provider, backend, peer):
    if not with_fates(provider, peer):
        return
    source, _ = deliver(backend, messages("lost"))

    (outcome,) = source.outcomes.values()
    assert isinstance(outcome, Uncertain)
    assert len(peer.received()) == 1


def test_a_peer_out_of_reach_is_unavailable_before_anything_is_taken(provider, peer, surroundings):
    if not provider.leaves_machine:
        surroundings.folder.parent.joinpath("outbox").write_text("a file in the way")
    backend = provider.backend(peer.unreachable, surroundings)

    with pytest.raises(BackendUnavailable):
        backend.connect()


def test_closing_is_always_possible(provider, peer, surroundings):
    connection = provider.backend(peer.settings, surroundings).connect()

    connection.close()
    connection.close()


def test_a_backend_bears_the_name_of_its_provider(provider, backend):
    assert backend.name == provider.name
    assert backend.depth >= 1


def test_settings_have_defaults_and_show_no_secret(provider, peer):
    if provider.settings is None:
        assert peer.minimal is None
        return
    required = {
        field.name
        for field in fields(provider.settings)
        if field.default is MISSING and field.default_factory is MISSING
    }

    assert isinstance(peer.minimal, provider.settings)
    assert len(required) == 1
    assert SECRET not in repr(peer.minimal)
    getattr(peer.minimal, "check", lambda: None)()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_destination_is_said_in_words(provider, peer, surroundings, language):
    said = provider.destination(peer.settings, surroundings)

    assert say(said, translations=translations_for(language)).strip()


def test_a_webhook_trusts_nobody_without_a_key_and_reads_no_junk(provider):
    if provider.webhook is None:
        return
    verifier = provider.webhook.verifier(())

    assert verifier.largest_bytes > 1_000
    assert verifier.refusal(b"[]", headers={}, now=NOW) is WebhookRefusal.NO_KEY
    junk = provider.webhook.read(b"\x00", received_at=NOW)
    assert junk is WebhookRefusal.NOT_EVENTS


def test_suppression_lists_bear_the_name_of_their_provider(provider, peer):
    if provider.suppression_lists is None:
        return
    lists = provider.suppression_lists(peer.settings)

    assert lists.name == provider.name
    assert list(lists.listed()) == []
    assert lists.remove(Address.parse("nobody@press.example")) == 0
