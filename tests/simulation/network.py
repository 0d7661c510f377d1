"""A simulated peer: takes, refuses, breaks off, by the dice; and knows what it took."""

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.model.mailings.delivery import Accepted, Deferred, Rejected, Stage, Uncertain

ANSWERS = {
    "taken": Accepted("250 2.0.0 Ok: queued"),
    "greylisted": Deferred("451 4.7.1 Greylisted"),
    "busy": Deferred("450 4.2.1 Mailbox busy"),
    "patience": Deferred("421 4.7.28 Too many messages"),
    "asked to wait": Deferred("429 Too Many Requests", retry_after_s=90),
    "unknown": Rejected("550 5.1.1 No such user"),
    "spam": Rejected("554 5.7.1 Spam", Stage.CONTENT),
}
BREAKS = ("broken, taken", "broken, lost")
ENDS = {"shutting down": BackendUnavailable, "sender refused": BackendMisconfigured}
FATES = (*ANSWERS, *BREAKS, *ENDS)
TAKEN = {"taken", "broken, taken"}
SHUT = Deferred("421 4.3.2 not now")


class Network:
    """`ports.Backend` of one process: pipelined like SMTP, or in requests like SendGrid."""

    name = "simulated"

    def __init__(self, world, process):
        self.world, self.process, self.depth = world, process, world.depth

    def connect(self):
        self.process.step()
        if self.world.happens(self.world.roughness / 4):
            raise BackendUnavailable
        return (Requests if self.world.has_requests else Pipeline)(self.world, self.process)


class _Wire:
    """`ports.Connection`."""

    def __init__(self, world, process):
        self.world, self.process = world, process

    def close(self):
        pass

    def _fate(self):
        self.process.step()
        if self.world.happens(0.05):  # some let us wait, beyond a lease perhaps
            self.world.machine.sleep(self.world.dice.choice((1, 10, 40)))
        if self.world.is_stormy():
            return self.world.dice.choice(BREAKS)
        return (
            self.world.dice.choice(FATES) if self.world.happens(self.world.roughness) else "taken"
        )

    def _takes(self, delivery_id, fate):
        if fate in TAKEN:
            self.world.judge.takes(delivery_id, self.process)

    def _doubts(self, delivery_ids):
        self.world.judge.doubts_request(delivery_ids)
        for delivery_id in delivery_ids:
            self.world.judge.explained.add(delivery_id)
            yield delivery_id, Uncertain("the line broke")

    def _answers(self, under_way):
        for delivery_id, fate in under_way:
            self.world.judge.answers(delivery_id)
            yield delivery_id, ANSWERS[fate]


class Pipeline(_Wire):
    """Up to `depth` under way, answered in any order."""

    def deliver(self, messages):
        source, under_way = iter(messages), []
        while True:
            while len(under_way) < self.world.depth:
                try:
                    message = next(source, None)
                except Exception:
                    # No more is granted; what is under way is answered all the same.
                    yield from self._answers(under_way)
                    raise
                if message is None:
                    break
                fate = self._fate()
                self._takes(message.delivery_id, fate)
                if fate in BREAKS:
                    yield from self._doubts([*(each for each, _ in under_way), message.delivery_id])
                    raise BackendUnavailable
                if fate in ENDS:
                    yield from self._answers(under_way)
                    yield message.delivery_id, SHUT
                    raise ENDS[fate]
                under_way.append((message.delivery_id, fate))
            if not under_way:
                return
            self.process.step()
            answered = under_way.pop(self.world.dice.randrange(len(under_way)))
            yield from self._answers([answered])


class Requests(_Wire):
    """Up to `depth` in one request, with one answer."""

    def deliver(self, messages):
        source, batch = iter(messages), []
        while True:
            try:
                message = next(source, None)
            except Exception:
                # No more is granted, and of these nothing has left.
                yield from ((delivery_id, Deferred("")) for delivery_id in batch)
                raise
            if message is not None:
                batch.append(message.delivery_id)
            if batch and (message is None or len(batch) == self.world.depth):
                yield from self._request(batch)
                batch = []
            if message is None:
                return

    def _request(self, batch):
        fate = self._fate()
        for delivery_id in batch:
            self._takes(delivery_id, fate)
        self.process.step()
        if fate in BREAKS:
            yield from self._doubts(batch)
            raise BackendUnavailable
        if fate in ENDS:
            yield from ((delivery_id, SHUT) for delivery_id in batch)
            raise ENDS[fate]
        yield from self._answers([(delivery_id, fate) for delivery_id in batch])
