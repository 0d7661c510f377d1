"""Where an event takes place: the venue, its street address, how to get there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.names.streets import NUMBER_BEHIND
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.model.campaigns.proposals import CompetingWords, ProposedFact
from mailer.operations.campaigns.writing.recognising.lines import (
    NOTHING,
    Recognised,
    first_sentence,
    without,
)
from mailer.operations.campaigns.writing.recognising.moments import said_moments
from mailer.operations.campaigns.writing.recognising.words import INSTITUTIONS, label, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.operations.campaigns.writing.recognising.lines import Line
    from mailer.operations.campaigns.writing.recognising.moments import DateContext

_LONGEST = 120
_LONGEST_VENUE = 60
_STREET = words(lambda release: release.street)
_NUMBERED = re.compile(r"\d{1,4}(?:[ \u00a0]?(?:bis|ter|[A-D]))?(?:,?[ \u00a0]+\D|\Z)")
_BARE_STREET = re.compile(
    rf"(?i:{_STREET})\b[^\d@:.?!,]{{2,50}}|(?:[A-ZÀ-Ý][\w’'-]* ){{1,3}}(?i:{_STREET})"
)
_ONLINE = re.compile(rf"(?:{words(lambda release: release.online)})\b")
_NUMBERED_NAME = re.compile(r"\d{1,4} [A-Z][a-z]+ [A-Z][a-z]+\Z")
"""Between a venue and a town, a number and a name in capitals is an address: `20 Long Pier`."""
_NAMED = re.compile(rf"\b(?:{_STREET})\b", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?!19\d\d\b|20\d\d\b)\d{4,5}[ \u00a0]+[A-ZÀ-Ý]|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_TOWN = re.compile(
    r"[A-Z][\w’' -]{1,40},? (?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]{2} \d{5}|(?:[A-Z]{2} )?[A-Z]\d[A-Z] \d[A-Z]\d)"
)
"""A town with its code in the United Kingdom, the United States and Canada."""
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_BESIDE = r"à l[’'] ?|à la |au |aux |dans (?:l[’'] ?|la |le |les )|at (?:the )?|in (?:the )?|inside (?:the )?"
_VENUE = rf"(?P<venue>(?:{_CAPITAL}|{in_any_language(lambda phrases: phrases.venue)}\b)(?:(?! (?:{_BESIDE}))[^,.;:()\n]){{2,60}}), "
_NUMBER = r"(?<!\d)\d{1,4}(?: bis| ter)?"
_TOWN_NAME = (
    rf"(?:L[ae]s? )?{_CAPITAL}(?:[ -](?:(?:sur|en|sous|lès|de|la|upon|on|the)[ -])*{_CAPITAL})*"
)
_FRENCH_TOWN = rf"(?:L[ae]s? )?(?!M(?:me|lle|adame|onsieur)\b){_CAPITAL}(?=[.,;:)\n]|\Z| \()"
"""One word with its hyphens, and nothing behind it: two could be somebody's name."""
_IN_SENTENCE = (
    re.compile(
        rf"(?:(?:{_BESIDE}|, |: ){_VENUE})?(?P<street>{_NUMBER},? {_STREET} [^,.;:()\n]{{2,50}}?)"
        rf"(?P<town>(?:,? à |, | – )\d{{5}} {_TOWN_NAME}|,? à {_TOWN_NAME}|(?:, | – ){_FRENCH_TOWN})"
    ),
    re.compile(
        rf"(?:{_BESIDE}|, |: ){_VENUE}(?P<street>{_NUMBER} {_CAPITAL}(?: {_CAPITAL}){{1,3}}), "
        rf"(?P<town>{_TOWN_NAME}(?:,? [A-Z]{{1,2}}\d[A-Z\d]?)?(?: \d[A-Z]{{2}}\b)?)"
    ),
    re.compile(
        rf"(?:[,:] (?:{_BESIDE})?(?P<venue>[^\W\d_][^,.;:()\n]{{3,60}}), )?"
        rf"(?P<street>{_NUMBER},? {_STREET} [^.;:()\n]{{3,60}}), (?P<town>\d{{5}} {_CAPITAL}(?:[ -]{_CAPITAL})*)"
    ),
    re.compile(
        rf"(?:\bat (?:the )?(?P<venue>{_CAPITAL}[^\d,.;:()\n]{{2,60}}), |, |: |\bat )(?P<street>{_NUMBER} (?:{_CAPITAL} ){{1,3}}{_STREET}), "
        rf"(?P<town>{_TOWN_NAME}(?:,? [A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}|, [A-Z]{{2}} \d{{5}}|, [A-Z]{{2}} [A-Z]\d[A-Z] \d[A-Z]\d)?)(?=[.,;)\n]|\Z)"
    ),
    re.compile(
        rf"\b(?:at|outside|inside) (?:the )?(?P<venue>{_CAPITAL}[^,.;:()\n]{{2,60}}), "
        rf"(?P<street>(?:{_CAPITAL} ){{1,3}}{_STREET}), (?P<town>{_TOWN_NAME},? [A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}})"
    ),
    re.compile(
        rf"(?:, |: )(?P<venue>{_CAPITAL}[^\d,.;:()\n]{{2,60}}), "
        rf"(?P<street>[A-ZÀ-Ý][^\d,.;:()\n]{{2,40}} \d{{1,3}}[a-z]?), (?P<town>\d{{4,5}} {_TOWN_NAME}(?:/{_TOWN_NAME})?)"
    ),
)
"""A venue, its street and its town, one behind the other: French, English, with a postcode."""
_GOES_ON = re.compile(r"(?:at|au|aux|à la|à l[’'])[ \u00a0]?[^.!?;]*\Z")
_AT = words(lambda release: release.takes_place_at)
_PLACE = rf"(?:{in_any_language(lambda phrases: phrases.venue)}|{INSTITUTIONS})"
_BEHIND_MOMENT = re.compile(
    rf",? (?:{_AT})(?P<venue>(?=[^,.;:()\n]{{0,30}}?\b{_PLACE}\b)(?:[A-ZÀ-Ý]|{_PLACE} (?=[^,.;:()\n]*[A-ZÀ-Ý]))[^,.;:()\n]{{2,60}}?)"
    rf"(?:(?:, (?:à |in )?| à | in )(?P<town>{_TOWN_NAME}))?(?=[.,;(]|\Z)"
)
"""A place behind a moment, and its town."""
_DASHES = re.compile(r"[ \u00a0]+[–—-][ \u00a0]+")
_KEYS = ("venue", "address")
_MEETS = re.compile(r"(?i)\brendez-vous\b|\bmeet(?:ing)? (?:point|at)\b")


def place_facts(lines: Sequence[Line], how: DateContext) -> Recognised:
    """Return venue, address and access, where each is said once."""
    facts: list[ProposedFact] = []
    remains: dict[int, str] = {}
    undecided: list[CompetingWords] = []
    for name in ("venue", "address", "access"):
        said = dict(_labelled(lines, name, how))
        if len(said) != 1:
            undecided += (
                [CompetingWords(("event", name), tuple(value for value, _ in said))] if said else []
            )
            continue
        (((value, behind), source),) = said.items()
        facts += _placed(name, value)
        remains |= {**without(source), source[0].number: behind}
    paths = [fact.path for fact in facts]
    if len(paths) != len(set(paths)):
        return NOTHING  # the address stands in two lines
    if any(path[-1] != "access" for path in paths) or undecided:
        return Recognised(tuple(facts), remains, tuple(undecided))
    in_sentence = _in_a_sentence(lines, how)
    other = in_sentence if in_sentence.facts else _without_label(lines, how)
    return Recognised((*other.facts, *facts), {**remains, **other.remains})


def _without_label(lines: Sequence[Line], how: DateContext) -> Recognised:
    """Return the only venue, street and town on lines of their own below the day of the event, and
    above the contacts, whose address may stand with them.
    """
    found: list[tuple[Line, ...]] = []
    whole: list[tuple[Line, tuple[str, str]]] = []
    is_dated = False
    for at, line in enumerate(lines):
        if is_dated and label("contact").match(line.text):
            break
        below = _address_below(lines, at + 1, line.text)
        if is_dated and (place := whole_place(line.text)) and not line.level:
            whole.append((line, place))
        is_venue = not re.search(r"[\d.!?:@]", line.text) and len(line.text) < _LONGEST_VENUE
        if is_dated and is_venue and _is_whole_address(below) and not line.level:
            found.append((line, *below))
        moments = said_moments(line.text, how)
        is_dated = is_dated or any(not moment.is_limit for moment in moments)
    if len(found) + len(whole) != 1:
        return NOTHING
    if whole:
        ((line, place),) = whole
        facts = (_fact(key, said, line.text) for key, said in zip(_KEYS, place, strict=True))
        return Recognised(tuple(facts), without([line]))
    ((venue, *below),) = found
    value = _one_line(venue.text, below)
    return Recognised(tuple(_placed("venue", value)), without([venue, *below]))


def _is_whole_address(lines: Sequence[Line]) -> bool:
    """Return whether lines are a street and a town: one below the other, or on one line."""
    is_one = len(lines) == 1 and _NUMBERED.match(lines[0].text) and _POSTCODE.search(lines[0].text)
    return len(lines) > 1 or bool(is_one)


def _is_town(text: str) -> bool:
    return (_POSTCODE.match(text) or _TOWN.fullmatch(text)) is not None


def _fact(key: str, value: str, said: str) -> ProposedFact:
    return ProposedFact(("event", key), value, said)


def whole_place(text: str) -> tuple[str, str] | None:
    """Return venue and address of a line that says nothing else: `Hôtel de Ville, 3 place du Marché,
    59000 Lille`.
    """
    if len(text) > _LONGEST or re.search(r"[@:?!;]|\d[ \u00a0]?h\b", text):
        return None
    venue, address = _split(_DASHES.sub(", ", text.strip(" .")))
    *_street, town = address.split(", ")
    is_town = _is_town(town) or NUMBER_BEHIND.match(address)
    is_named = venue[:1].isupper() and not re.search(r"\d", venue)
    return (venue, address) if is_town and _street and is_named else None


def _labelled(
    lines: Sequence[Line], name: str, how: DateContext
) -> Iterator[tuple[tuple[str, str], tuple[Line, ...]]]:
    """Yield each value after a label, on its line or on the line below, with the sentences that
    stand behind it; and those lines.
    """
    for at, line in enumerate(lines):
        found = label(name).match(line.text)
        if found is None:
            continue
        value, said = line.text[found.end() :], [line]
        value, behind = first_sentence(value) if name != "access" else (value, "")
        value = value.strip(" .\u00a0")
        if name == "venue" and _ONLINE.match(value):
            continue
        if name == "venue" and not value and _says_when(lines[at + 1 : at + 2], how):
            continue  # `Rendez-vous`, above the day
        if not value and at + 1 < len(lines) and len(lines[at + 1].text) < _LONGEST:
            said.append(lines[at + 1])
            value = lines[at + 1].text.strip(" .\u00a0")
        if value and (name == "venue" or (name == "address" and not _POSTCODE.search(value))):
            below = _address_below(lines, at + len(said), value)
            said += below
            value = _one_line(value, below)
        if value:
            yield (value, behind), tuple(said)


def _says_when(lines: Sequence[Line], how: DateContext) -> bool:
    return any(True for line in lines for _moment in said_moments(line.text, how))


def _one_line(venue: str, below: Sequence[Line]) -> str:
    return ", ".join(
        [venue, *(each.text.strip(" .,\u00a0") for each in below if each.text != venue)]
    )


def _address_below(lines: Sequence[Line], at: int, venue: str) -> list[Line]:
    """Return the lines of a street and of a town that stand below a venue, one after the other."""
    start = at + 1 if at < len(lines) and lines[at].text == venue else at
    end = start
    while end < min(len(lines), start + 2) and (
        _is_address_line(lines[end].text)
        or _has_number_behind(lines, end)
        or _is_above_town(lines, end)
    ):
        end += 1
    return list(lines[at:end]) if end > start else []


def _has_number_behind(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is a street with its number behind it, above a town with its postcode."""
    both = ", ".join(each.text for each in lines[at : at + 2])
    street = NUMBER_BEHIND.match(both)
    return street is not None and street.end() == len(lines[at].text)


def _is_above_town(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is a street without number, above a town with its postcode."""
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    is_town = _POSTCODE.match(following) or _TOWN.fullmatch(following)
    return _BARE_STREET.fullmatch(lines[at].text) is not None and is_town is not None


def _is_address_line(text: str) -> bool:
    """Return whether a line is a street with its number, or a town with its postcode."""
    is_street = _NUMBERED.match(text) is not None and _NAMED.search(text) is not None
    is_town = (_POSTCODE.match(text) or _TOWN.fullmatch(text)) is not None
    return (is_street or is_town) and len(text) < _LONGEST and not re.search(r"[@:.?!]", text)


def _placed(name: str, value: str) -> Iterator[ProposedFact]:
    if name != "venue":
        yield ProposedFact(("event", name), value, value)
        return
    venue, address = _split(value)
    if venue:
        yield ProposedFact(("event", "venue"), venue, value)
    if address:
        yield ProposedFact(("event", "address"), address, value)


def _split(value: str) -> tuple[str, str]:
    """Return the venue and the address of a line that may hold both."""
    if (bare := _DASHES.sub(", ", value)) != value and (found := _split(bare))[1]:
        return found
    if _NAMED.match(value) and _POSTCODE.search(value):
        return "", value
    if behind := NUMBER_BEHIND.search(value):
        return value[: behind.start()].rstrip(" ,"), value[behind.start() :]
    parts = [part.strip() for part in value.split(",")]
    for at, part in enumerate(parts):
        rest = ", ".join(parts[at:])
        street = _NAMED.search(rest) is not None
        is_named = at and at + 1 < len(parts) and _NUMBERED_NAME.match(part)
        if at and _BARE_STREET.fullmatch(part) and _is_town(parts[-1]) and at + 2 == len(parts):
            return ", ".join(parts[:at]), rest
        if _NUMBERED.match(part) and (street or _POSTCODE.search(rest) or is_named):
            return ", ".join(parts[:at]), rest
    return value, ""


def _in_a_sentence(lines: Sequence[Line], how: DateContext) -> Recognised:
    """Return the only street address that stands beside a day to come, with the venue before it; on
    its line, or on one that goes on from there: `at the Old Mill, 14 Water Lane, Leeds`.
    """
    found = {
        place
        for at, line in enumerate(lines)
        if _MEETS.search(line.text)
        or _says_day(lines[at : at + 1], how)
        or (_GOES_ON.match(line.text) and _says_day(lines[max(0, at - 1) : at + 2], how))
        if (place := _said_place(line.text.replace("\u00a0", " ")))
    }
    if len(found) != 1:
        return NOTHING
    ((venue, address),) = found
    says = f"{venue}, {address}" if venue else address
    facts = [ProposedFact(("event", "address"), address, says)]
    if venue:
        facts.insert(0, ProposedFact(("event", "venue"), venue, says))
    return Recognised(tuple(facts))


def beside_event(lines: Sequence[Line], event: Sequence[ProposedFact]) -> tuple[ProposedFact, ...]:
    """Return the place with a name of its own that stands right behind the hour of the event: `à
    11 h, à la Maison de la recherche, à Tours`.
    """
    said = [fact.words for fact in event if fact.path[-1] == "starts_at" and fact.words]
    found = {
        place[0]: place
        for line in lines
        for when in said
        if (behind := _BEHIND_MOMENT.match(line.text.replace("\u00a0", " ").partition(when)[2]))
        if (
            place := (
                behind["venue"] + (f", {behind['town']}" if behind["town"] else ""),
                behind[0],
            )
        )
    }
    if len(found) != 1:
        return ()
    ((venue, words_said),) = found.values()
    return (ProposedFact(("event", "venue"), venue, words_said.strip(" ,.")),)


def _says_day(lines: Sequence[Line], how: DateContext) -> bool:
    return any(not it.is_limit for line in lines for it in said_moments(line.text, how))


def _said_place(text: str) -> tuple[str, str] | None:
    """Return the venue, which may be missing, and the address in a text that says one."""
    for pattern in _IN_SENTENCE:
        for found in pattern.finditer(text):
            town = re.sub(r"^,? à |^, |^ – ", "", found["town"])
            return found["venue"] or "", f"{found['street']}, {town}"
    return None
