"""What a language says in a release or an advisory, by which its facts are recognised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.languages.issuing_words import IssuingWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaigns.campaign import CampaignKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWords:
    """The words of a release, as regular expressions; capitals do not matter.

    A label stands at the beginning of a line, before a colon or alone.
    """

    kinds: Mapping[CampaignKind, str]
    """The label of each kind of document."""
    no_kind: str
    """Stands where a kind does, and names none: `for immediate release`."""
    when: str
    venue: str
    address: str
    access: str
    contact: str
    contact_of: str
    """Between the label of a contact and the institution: `contact presse de l’Institut`."""
    of_the_press: str = r"(?!)"
    """Stands for the label of a contact only before a name: `Pour la presse`, `Source`."""
    reaches: str = r"(?!)"
    """Before the name of a contact in a sentence, also with a capital: `Contactez`."""
    asks_press: str = r"(?!)"
    """Begins a sentence that tells journalists whom to ask: `Pour toute question`."""
    roles: str = r"(?!)"
    """Begins or ends what somebody does for an institution: `Attachée de presse`."""
    gathers: str = r"(?!)"
    """Words of a sentence about an event to which people come."""
    mobile: str
    """Before the number of a mobile phone."""
    partners: str
    partners_in_text: str
    """Words of a sentence before the names of partners: `en partenariat avec`."""
    links: str
    press_room: str
    accreditation: str
    """The heading of what is said about accreditations."""
    registers: str
    """Words of a sentence that says how to be accredited."""
    compulsory: str
    """Says, beside the words above, that nobody is let in without."""
    writes_to: str = r"(?!)"
    """Before the address at which one asks, in a sentence beside those words: `écrire à`."""
    ends: str = r"(?!)"
    """Before the hour at which an event ends, when another sentence says it: `fin prévue à`."""
    ends_event: str = r"(?!)"
    """Begins a sentence that says when an event ends, wherever it stands: `La visite s’achèvera à`."""
    event_names: str = r"(?!)"
    """Begins the name of an event: `inauguration`, `visite`."""
    event_is: str = r"(?!)"
    """The label of what an event is called: `Quoi`, `Événement`."""
    invites_to: str = r"(?!)"
    """Between who invites and the name of the event: `invite les journalistes à`."""
    name_ends: str = r"(?!)"
    """Behind the name of an event, begins what is said of it: `organisé par`, `en présence de`."""
    under_embargo: str = r"(?!)"
    """The words beside an embargo that holds for the whole text: `ce communiqué est`."""
    starts_of: str = r"(?!)"
    """Before the name of an event, says that it begins: `début de la`."""
    event_starts: str = r"(?!)"
    """Behind the name of an event, says that it begins: `débutera`."""
    lets_in: Mapping[str, str] = field(default_factory=dict)
    """What comes before an event, and its words: doors, `ouverture des portes`."""
    says_of_request: str = r"(?!)"
    """What a sentence begins with that goes on about a request: `elle`, `les demandes`."""
    asked_by: Mapping[str, str] = field(default_factory=dict)
    """What is asked for by a day, and its words; that of journalists comes first: `accréditation`."""
    presents_body: str = r"(?!)"
    """Words of a sentence that says what a body is: `fondé en`, `emploie`."""
    body_purpose: str = r"(?!)"
    """Words of a body’s name, folded, that say what it does and not of what: `recherche`."""
    body_kinds_alike: str = r"(?!)"
    """Kinds of body, folded, of which one is often said for another: `alliance`, `coalition`."""
    free_to_publish: str = r"(?!)"
    """Says that a text may be published as soon as it is there: `diffusion immédiate`."""
    may_be_published: str = r"(?!)"
    """Says from when a text may be published without calling it an embargo: `ne rien publier`."""
    until_when: str = r"(?!)"
    """Between what is not to be published and the moment from which it may: `jusqu’au`."""
    opens_to_all: str = r"(?!)"
    """Says of a day that whoever wants may see what is told: `ouvre au public`."""
    news: str = r"(?!)"
    """What a text under embargo tells, as it calls it itself: `rapport`, `chiffres`."""
    is_out: str = r"(?!)"
    """Says of something that everybody can read it: `est en ligne`."""
    of_late: str = r"(?!)"
    """Says that it happened not long ago: `hier`, `déjà`."""
    not_of_this: str = r"(?!)"
    """Words of a sentence about another report, a later day, or what the press alone gets."""
    for_all: str = r"(?!)"
    """Says that whoever wants may come: `au public`."""
    not_for_all: str = r"(?!)"
    """Says the contrary with the same words: `avant le public`."""
    streamed: str = r"(?!)"
    """Says that whoever wants may look on from afar: `diffusée en direct`."""
    lifts_embargo: str = r"(?!)"
    """What an item of a programme calls the end of an embargo: `levée de l’embargo`."""
    runs_story: str = r"(?!)"
    """Begins a verb for what newsrooms do with a text: `publi`."""
    at_once: str = r"(?!)"
    """Says that nobody has to wait with it: `dès réception`."""
    same_day: str = r"(?!)"
    """Stands for the day that has been named: `le jour même`."""
    takes_place_at: str = r"(?!)"
    """Between the hour of an event and its place: `à la`."""
    institution_too: str = r"(?!)"
    """Words like those of an institution that may mean another thing in a text: `atelier`, `club`."""
    says_how: str = r"(?!)"
    """The words of a sentence that says how to be accredited and nothing else."""
    limit: str
    """Before a date that ends something: `avant le`."""
    noon: str
    midnight: str = r"(?!)"
    """The end of the last day on which one can ask: `minuit`."""
    until_hour: str
    """Between the hours at which an event starts and ends."""
    common: str
    """Frequent words, by which the language of a text is told."""
    institution: str
    """Words that begin or end the name of an institution, and of no person."""
    article: str
    """Before the name of an institution."""
    street: str
    """Begins or ends the name of a street."""
    end_sign: str
    """A line that only says that a text ends or begins."""
    quoted_mail: str = r"(?!)"
    """A line below which another mail is quoted: `Le … a écrit :`."""
    forwarded_mail: str = r"(?!)"
    """A line below which a mail is forwarded."""
    mail_fields: str = r"(?!)"
    """The fields that a mail program writes above such a mail, first that of the sender: `De`."""
    forward_prefixes: str = r"(?!)"
    """Stands before the subject of a mail that is forwarded: `TR`."""
    institutions_beside: str = r"(?!)"
    """Words of a sentence before a person or an institution, which alone is a partner."""
    signs_together: str = r"(?!)"
    """What two institutions do that sign together: `présentent`."""
    switchboard: str = r"(?!)"
    """Before the number of an institution, which is nobody's own."""
    hours: str = r"(?!)"
    """The label of the hours alone, beside or below that of the day."""
    zones: Mapping[str, str] = field(default_factory=dict)
    """The clocks after an hour, as words and the name of the time zone: `heure de Londres`."""
    issued: str = r"(?!)"
    """Stands before the day on which a document was issued: `publié le`."""
    kind_too: str = r"(?!)"
    """Behind the label of a kind, without another meaning: `national`, `en ligne`."""
    greeting: str = r"(?!)"
    """A line that only greets the readers: `Madame, Monsieur,`."""
    what: str = r"(?!)"
    """The label of what an event is, which may stand for a headline: `Quoi`."""
    limit_behind: str = r"(?!)"
    """Stands behind a date that ends something: `au plus tard`."""
    was_planned: str = r"(?!)"
    """Before the day or the hour that holds no more: `initialement prévue le`."""
    or_else: str = r"(?!)"
    """Between two days or hours of which one holds: `ou`."""
    unsure: str = r"(?!)"
    """Beside a day or an hour that may still change: `à confirmer`."""
    days_before: Mapping[str, int] = field(default_factory=dict)
    """Names a day by that of the event, as words and the days between them: `la veille`."""
    online: str = r"(?!)"
    """Stands for a place where people meet at none: `en visioconférence`."""
    legal: str = r"(?!)"
    """Words of a notice on personal data or subscriptions, which is no invitation: `RGPD`."""
    issuing: IssuingWords = field(default_factory=IssuingWords)
    """What is said of the body that issues a text, or organises what it is about."""
