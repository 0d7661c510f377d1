"""A real ledger, one part of which does something else than it should."""


class AlteredPart:
    """A part of a ledger; a subclass overrides what it does differently."""

    name = ""
    """The part of the ledger that it stands for."""

    def __init__(self, part):
        self._part = part

    def __getattr__(self, name):
        return getattr(self._part, name)


class AlteredLedger:
    """`ports.Ledger`: another one, with one of its parts altered."""

    def __init__(self, ledger, altered_part):
        self._ledger = ledger
        setattr(self, altered_part.name, altered_part)

    def __getattr__(self, name):
        return getattr(self._ledger, name)
