"""Each feature of the table is found where it is used, in all ways of writing it, and only there."""

import pytest

from mailer.compatibility.features import FEATURES, features_of
from tests.unit.compatibility.pages_by_feature import ALIKE, USING


def test_there_are_pages_of_both_kinds_for_every_feature():
    assert USING.keys() == ALIKE.keys() == FEATURES.keys()


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_a_page_that_uses_a_feature_is_recognised(feature):
    assert [page for page in USING[feature] if feature not in features_of(page)] == []


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_a_page_that_only_looks_as_if_it_used_a_feature_is_not(feature):
    assert [page for page in ALIKE[feature] if feature in features_of(page)] == []
