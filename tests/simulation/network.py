"""A simulated peer: takes, refuses, breaks off, by the dice; and knows what it took."""

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.delivery import Accepted, Deferred, Rejected, Uncertain

ANSWERS = {
    "taken": Accepted("250 2.0.0 Ok: queued", "Q"),
    "greylisted": Deferred("451 4.7.1 Greylisted"),
    "busy": Deferred("450 4.2.1 Mailbox busy"),
    "patience": Deferred("421 4.7.28 Too many messages"),
    "asked to wait": Deferred("429 Too Many Requests", retry_after_s=90),
    "unknown": Rejected("550 5.1.1 No such user"),
    "spam": Rejected("554 5.7.1 Spam (in reply to end of DATA command)"),
}
BREAKS = ("broken, taken", "broken, lost")
ENDS = {"shutting down": BackendUnavailable, "sender refused": BackendMisconfigured}
FATES = (*ANSWERS, *BREAKS, *ENDS)


class Network:
    """`ports.Backend` of one worker."""

    name = "simulated"

    def __init__(self, world, worker):
        self.world, self.worker, self.depth = world, worker, world.depth

    def connect(self):
        self.worker.step()
        if self.world.happens(self.world.roughness / 4):
            raise BackendUnavailable
        return Wire(self.world, self.worker)


class Wire:
    """`ports.Connection`: up to `depth` under way, answered in any order."""

    def __init__(self, world, worker):
        self.world, self.worker = world, worker

    def deliver(self, messages):
        source, under_way = iter(messages), []
        while True:
            while len(under_way) < self.world.depth:
                try:
                    message = next(source, None)
                except BaseException:
                    # No more is granted; what is under way is answered all the same.
                    for delivery_id, earlier in under_way:
                        yield delivery_id, ANSWERS[earlier]
                    raise
                if message is None:
                    break
                fate = self._hand_over(message.delivery_id)
                if fate in BREAKS:
                    yield from self._broken([*under_way, (message.delivery_id, fate)])
                    raise BackendUnavailable
                if fate in ENDS:
                    for delivery_id, earlier in under_way:
                        yield delivery_id, ANSWERS[earlier]
                    yield message.delivery_id, Deferred("421 4.3.2 not now")
                    raise ENDS[fate]
                under_way.append((message.delivery_id, fate))
            if not under_way:
                return
            self.worker.step()
            delivery_id, fate = under_way.pop(self.world.dice.randrange(len(under_way)))
            yield delivery_id, ANSWERS[fate]

    def close(self):
        pass

    def _hand_over(self, delivery_id):
        """What becomes of a message; the worker may die before and after."""
        self.worker.step()
        fate = "taken"
        if self.world.happens(self.world.roughness):
            fate = self.world.dice.choice(FATES)
        if fate in {"taken", "broken, taken"}:
            self.world.takes(delivery_id, self.worker)
            self.worker.step()
        return fate

    def _broken(self, under_way):
        for delivery_id, _fate in under_way:
            self.world.explained.add(delivery_id)
            yield delivery_id, Uncertain("the line broke")
