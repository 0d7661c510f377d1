"""What holds for every test."""

import os

from hypothesis import settings

# A deadline measures the machine and what else it is doing, not the code.
settings.register_profile("house", deadline=None, max_examples=50)
# For a night, or before a release: HYPOTHESIS_PROFILE=thorough.
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))
