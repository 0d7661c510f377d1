"""What a careful person in the office would know: who is who, who refused, who answered.

It knows nothing of the ledger, so that it can judge it.
"""

from collections import defaultdict

ATTENDING = {"asked", "accepted", "waiting", "attended"}
LET_IN = {"accepted", "attended"}
EVERYWHERE = ""


class Persons:
    """Which addresses belong to one person."""

    def __init__(self):
        self._of = {}

    def addresses(self, address):
        """Every address of the person who has this one."""
        return self._of.get(address, frozenset({address}))

    def unite(self, *addresses):
        """Learn that these addresses belong to one person."""
        everything = frozenset().union(*map(self.addresses, addresses))
        self._of |= dict.fromkeys(everything, everything)

    def drop(self, addresses):
        """Forget these addresses, and what they had in common with others."""
        for address in addresses:
            rest = self.addresses(address) - {address}
            self._of |= dict.fromkeys(rest, rest)
            self._of.pop(address, None)


class Truth:
    """Who may be written to, from what the office was told."""

    def __init__(self):
        self.persons = Persons()
        self.corrected = Persons()
        """Persons by corrections alone; `persons` also knows the second addresses of lists."""
        self.refusals = defaultdict(set)
        """The lists that somebody refused under an address; `EVERYWHERE` for all."""
        self.dead, self.forgotten = set(), set()
        self._answers = defaultdict(list)
        self.mails = defaultdict(list)
        """The mails that left, by campaign and step."""

    def correct(self, old, new):
        self.persons.unite(old, new)
        self.corrected.unite(old, new)

    def refuse(self, address, scope=EVERYWHERE):
        self.refusals[address].add(scope)

    def lift(self, address, scope):
        for each in self.persons.addresses(address):
            self.refusals[each].discard(scope)
        if scope == EVERYWHERE:
            self.dead.discard(address)

    def answer(self, campaign, address, state):
        self._answers[campaign].append((address, state))

    def forget(self, address, erased):
        """Learn that a person asked to be forgotten; the ledger erased these addresses."""
        theirs = self.persons.addresses(address)
        assert self.corrected.addresses(address) <= erased, "a former address is not forgotten"
        for each in theirs:
            self.refuse(each)
        self.forgotten |= erased
        self.persons.drop(erased)
        self.corrected.drop(erased)
        for each in theirs - erased:
            # The list that joined them is no longer known; a correction still is.
            rest = self.corrected.addresses(each)
            self.persons.drop([each])
            self.persons.unite(*rest)
        for campaign, answers in self._answers.items():
            self._answers[campaign] = [each for each in answers if each[0] not in erased]

    def state(self, campaign, address):
        """The last answer of a person, under whichever address."""
        theirs = self.persons.addresses(address)
        return next(
            (state for each, state in reversed(self._answers[campaign]) if each in theirs), None
        )

    def objection(self, mail, lists):
        """Why this mail must not be sent now; None when it may be."""
        theirs = self.persons.addresses(mail.address)
        scopes = set().union(*(self.refusals[each] for each in theirs))
        if EVERYWHERE in scopes or set(lists) <= scopes:
            return "has refused"
        if mail.address in self.dead:
            return "is dead"
        state = self.state(mail.campaign, mail.address)
        if mail.address in self.forgotten and state not in ATTENDING:
            return "asked to be forgotten"
        if mail.step == "reminder" and (state in ATTENDING or state == "declined"):
            return f"has answered: {state}"
        if mail.step == "practical" and state not in LET_IN:
            return f"was not let in: {state}"
        return None

    def twice(self, mail, failed):
        """The earlier mail of the same mailing to the same person, if that one did not fail."""
        theirs = self.persons.addresses(mail.address)
        earlier = self.mails[mail.campaign, mail.step]
        return next(
            (e for e in earlier if e.address in theirs and e.delivery_id not in failed), None
        )
