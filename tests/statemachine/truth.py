"""What a careful person in the office would know: who is who, who refused, who answered.

It knows nothing of the ledger, so that it can judge it.
"""

from collections import Counter, defaultdict
from copy import deepcopy

ATTENDING = {"asked", "accepted", "waiting", "attended"}
ASKED_TO_COME = {*ATTENDING, "refused"}
LET_IN = {"accepted", "attended"}
EVERYWHERE = ""
CALLED_OFF = ("cancellation", "move")
"""Whoever asked to come would travel in vain, and is told even after a refusal."""


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
        self._asked_again = set()
        """Who had a place when the event moved, and has not answered since, by campaign."""
        self.confirmed = []
        """The (campaign, address) of each mail that told somebody of their place."""
        self.sent_again = Counter()
        """How often a person let this delivery go again, although it may have arrived."""
        self.said_sent = set()
        """The deliveries in doubt that a person said had arrived."""
        self.let_go_again = set()
        """The deliveries in doubt that a person let go again; the first mail may have arrived."""
        self.mails = defaultdict(list)
        """The mails that left, by campaign and step; no backup takes them back."""

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
        for each in self.persons.addresses(address):
            self._asked_again.discard((campaign, each))

    def move(self, campaign):
        """Learn that the event has another day: whoever had a place is asked again."""
        for address, _state in self._answers[campaign]:
            if self.state(campaign, address) in LET_IN:
                self._asked_again.add((campaign, address))

    def leaves(self, mail):
        """Learn that a mail has left."""
        self.mails[mail.campaign, mail.base_step].append(mail)
        if mail.base_step == "confirmation":
            self.confirmed.append((mail.campaign, mail.address))

    def as_of_backup(self):
        """Return what the ledger knows, for the day on which only its backup is left."""
        return deepcopy({**vars(self), "mails": None})

    def go_back_to(self, backup):
        """Learn that the ledger knows what it knew then. What has left has left."""
        vars(self).update(deepcopy(backup), mails=self.mails, confirmed=[], sent_again=Counter())

    def forget(self, address, erased):
        """Learn that a person asked to be forgotten; the ledger erased these addresses."""
        theirs = self.persons.addresses(address)
        assert self.corrected.addresses(address) <= erased, "a former address is not forgotten"
        for each in theirs - erased:
            self.refuse(each)
        for each in erased:
            # Their refusal is erased with them; whoever asks to come all the same is told of it.
            self.refusals.pop(each, None)
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
        self.confirmed = [each for each in self.confirmed if each[1] not in erased]

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
        is_expected = self.state(mail.campaign, mail.address) in ASKED_TO_COME
        if (EVERYWHERE in scopes or set(lists) <= scopes) and not (
            is_expected and mail.base_step.startswith(CALLED_OFF)
        ):
            return "has refused"
        if mail.address in self.dead:
            return "is dead"
        if any((mail.campaign, each) in self._asked_again for each in theirs):
            return None  # their answer was for another day
        return self._answer_against(mail)

    def _answer_against(self, mail):
        state = self.state(mail.campaign, mail.address)
        against = {
            "reminder": state in ATTENDING or state == "declined",
            "practical": state not in LET_IN,
            "confirmation": state != "accepted",
        }
        if mail.address in self.forgotten and state not in ASKED_TO_COME:
            return "asked to be forgotten"
        return f"has answered: {state}" if against.get(mail.base_step) else None

    def twice(self, mail, failed):
        """The earlier mail of the same step to the same person, in whichever version.

        None if it failed, if a person let it go again, and if it told of another answer.
        """
        if self.sent_again[mail.delivery_id] > 0:
            self.sent_again[mail.delivery_id] -= 1
            return None
        theirs = self.persons.addresses(mail.address)
        earlier = [
            each
            for each in self.mails[mail.campaign, mail.base_step]
            if each.address in theirs and each.delivery_id not in failed
        ]
        if mail.base_step == "confirmation":
            told = [each for each in self.confirmed if each[1] in theirs]
            given = [each for each in self._answers[mail.campaign] if each[0] in theirs]
            places = [state for _address, state in given].count("accepted")
            count = sum(each[0] == mail.campaign for each in told)
            return earlier[-1] if earlier and count >= places else None
        return earlier[-1] if earlier else None
