"""What holds for every test."""

from hypothesis import settings

# A deadline measures the machine and what else it is doing, not the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
