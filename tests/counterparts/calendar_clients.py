"""Three calendar programs as models, after RFC 5546 and what others report of them.

They were written from descriptions; the real programs were not available. Each takes the calendar
files of one mailbox, in order, and keeps the entries that its owner sees.
"""

from dataclasses import dataclass, field

import icalendar


@dataclass(frozen=True)
class Entry:
    """An entry as its owner sees it."""

    uid: str
    starts_at: object
    place: str
    is_cancelled: bool = False
    sequence: int = 0
    stamp: object = None
    organizer: str = ""
    is_invited: bool = False


def read(file):
    """The method of a file, and its one event."""
    calendar = icalendar.Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def attendees(event):
    found = event.get("attendee", [])
    listed = found if isinstance(found, list) else [found]
    return {str(each).removeprefix("mailto:") for each in listed}


def entry_of(event, *, is_invited):
    return Entry(
        uid=str(event["uid"]),
        starts_at=event["dtstart"].dt,
        place=str(event.get("location", "")),
        is_cancelled=str(event.get("status")) == "CANCELLED",
        sequence=int(event.get("sequence", 0)),
        stamp=event["dtstamp"].dt,
        organizer=str(event.get("organizer", "")),
        is_invited=is_invited,
    )


@dataclass
class CalendarClient:
    """What the programs have in common. `owner` is the address of the mailbox."""

    owner: str
    entries: list[Entry] = field(default_factory=list)

    def takes(self, file):
        method, event = read(file)
        new = entry_of(event, is_invited=self.owner in attendees(event))
        getattr(self, method.lower())(new)

    def known(self, new):
        return [each for each in self.entries if each.uid == new.uid]

    def is_newer(self, new):
        """RFC 5546 §2.1.5: a higher SEQUENCE wins, then the later DTSTAMP; from the same
        organizer.
        """
        return all(
            (new.sequence, new.stamp) > (each.sequence, each.stamp)
            and new.organizer == each.organizer
            for each in self.known(new)
        )

    def put(self, new):
        self.entries = [each for each in self.entries if each.uid != new.uid] + [new]

    def removes(self, new):
        self.entries = [each for each in self.entries if each.uid != new.uid]


class Apple(CalendarClient):
    """Follows RFC 5546: one entry for a UID, changed and removed by newer files."""

    def publish(self, new):
        if self.is_newer(new):
            self.put(new)

    request = publish

    def cancel(self, new):
        if self.is_newer(new):
            self.removes(new)


class Google(CalendarClient):
    """Changes and removes only what came to its owner as an invitation."""

    def publish(self, new):
        if not self.known(new):
            self.put(new)

    def request(self, new):
        if new.is_invited and self.is_newer(new):
            self.put(new)

    def cancel(self, new):
        if new.is_invited and self.is_newer(new):
            self.removes(new)


class OutlookDesktop(CalendarClient):
    """Adds an entry for every published file; follows requests for its owner."""

    def publish(self, new):
        self.entries.append(new)

    def request(self, new):
        if new.is_invited and all(
            new.sequence > each.sequence for each in self.known(new) if each.is_invited
        ):
            self.entries = [
                each for each in self.entries if not (each.uid == new.uid and each.is_invited)
            ]
            self.entries.append(new)

    def cancel(self, new):
        if new.is_invited:
            self.entries = [
                each for each in self.entries if not (each.uid == new.uid and each.is_invited)
            ]


CLIENTS = (Apple, Google, OutlookDesktop)
