"""Which column of somebody's table is which: French and English headers, as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.contacts.tables import Row

_SEARCHED_ROWS = 20
"""A title and a date may stand above the headers; they never take more rows than this."""


class Field(StrEnum):
    """What a column holds."""

    ADDRESS = "address"
    CIVILITY = "civility"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    FULL_NAME = "full-name"
    LAST_FIRST = "last-first"
    """A whole name, the family name first."""
    ORGANISATION = "organisation"
    ROLE = "role"
    BEAT = "beat"
    REGION = "region"
    LANGUAGE = "language"
    MOBILE = "mobile"
    PHONE = "phone"
    DO_NOT_CONTACT = "do-not-contact"
    SENSITIVE = "sensitive"
    """A disease or handicap: health data beside a name, a note of the office and no more."""
    OURS = "ours"
    """What our own quarantine file adds; reading it back leaves it out."""


_ALIASES = {
    Field.ADDRESS: (
        "courriel, courriels, adresse courriel, adresse de courriel, mel, mail, mails, e mail, "
        "e mails, email, emails, adresse mail, adresse e mail, adresse email, messagerie, "
        "adresse de messagerie, adresse messagerie, adresse electronique, courrier electronique, "
        "mail contact, e mail address, email address"
    ),
    Field.CIVILITY: "civilite, civ, m mme, mme m, civility, salutation",
    Field.FIRST_NAME: "prenom, prenoms, first name, firstname, given name, forename",
    Field.LAST_NAME: "nom, nom de famille, last name, lastname, surname, family name",
    Field.FULL_NAME: (
        "nom complet, prenom nom, prenom et nom, contact, nom du contact, personne contact, "
        "personne a contacter, interlocuteur, interlocutrice, journaliste, nom du journaliste, "
        "nom affiche, referent, name, full name, contact name, contact person, display name"
    ),
    Field.LAST_FIRST: "nom prenom, nom et prenom, nom prenoms",
    Field.ORGANISATION: (
        "media, medias, nom du media, organe, organe de presse, journal, support, redaction, "
        "titre de presse, outlet, media outlet, publication, association, associations, "
        "nom de l association, nom association, organisme, organisation, organization, structure, "
        "societe, etablissement, institution, entreprise, company"
    ),
    Field.ROLE: "fonction, fonctions, poste, role, qualite, profession, job title, position",
    Field.BEAT: (
        "rubrique, rubriques, specialite, specialites, thematique, thematiques, beat, section"
    ),
    Field.REGION: "region, regions, zone, zone geographique, territoire, area",
    Field.LANGUAGE: "langue, langues, langue de correspondance, language, lang",
    Field.MOBILE: (
        "portable, mobile, gsm, tel portable, tel mobile, telephone portable, telephone mobile, "
        "mobile phone, cell, cell phone"
    ),
    Field.PHONE: (
        "tel, telephone, tel fixe, telephone fixe, tel bureau, telephone bureau, tel direct, "
        "telephone direct, ligne directe, numero de telephone, n de telephone, no de telephone, "
        "n de tel, no de tel, numero de tel, "
        "phone, phone number, telephone number, business phone"
    ),
    Field.DO_NOT_CONTACT: (
        "ne pas contacter, ne plus contacter, ne plus ecrire, npc, opposition, desinscrit, "
        "desabonne, do not contact, dnc, unsubscribed, opt out"
    ),
    Field.SENSITIVE: (
        "maladie, maladies, pathologie, pathologies, maladie ou handicap, handicap, "
        "champ de la maladie, domaine de sante, domaine medical, deficience, "
        "disease, illness, condition, disability"
    ),
    Field.OURS: "ligne, motif, proposition, row, reason, suggestion",
}
_FIELDS = {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split(", ")}
_QUALIFIER = re.compile(r" (?:\d+|pro|professionnel|professionnelle|principal|principale)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table: `headers` as written, and what each holds (None: unknown).

    `row` is the index of the header row among the table's rows; -1 when it has none.
    """

    row: int
    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def name(self, index: int) -> str:
        return self.headers[index] if index < len(self.headers) else ""

    def field(self, index: int) -> Field | None:
        return self.fields[index] if index < len(self.fields) else None


def folded(text: str) -> str:
    """`text` without accents, case, punctuation and odd spaces: what two spellings share."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    ).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def field_of(header: str) -> Field | None:
    """What a column with this header holds, as far as we know."""
    name = folded(header)
    return _FIELDS.get(name) or _FIELDS.get(_QUALIFIER.sub("", name))


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """The columns by the first row that names one for addresses.

    Failing that, when the first row already holds an address, the table has no headers: its
    addresses are in the column with most of them, and the others are numbered. None when
    there is no column of addresses at all.
    """
    for index, row in enumerate(rows[:_SEARCHED_ROWS]):
        fields = tuple(map(field_of, row.cells))
        if Field.ADDRESS in fields:
            return Columns(index, tuple(" ".join(cell.split()) for cell in row.cells), fields)
    if rows and any("@" in cell for cell in rows[0].cells):
        return _numbered(rows)
    return None


def _numbered(rows: Sequence[Row]) -> Columns:
    width = max(len(row.cells) for row in rows)
    addresses = max(range(width), key=lambda index: _filled_with_addresses(rows, index))
    fields = tuple(Field.ADDRESS if index == addresses else None for index in range(width))
    return Columns(-1, tuple(str(index + 1) for index in range(width)), fields)


def _filled_with_addresses(rows: Iterable[Row], index: int) -> int:
    return sum("@" in row.cells[index] for row in rows if index < len(row.cells))
