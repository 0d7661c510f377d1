"""Every page that ships, written by a press office: the example campaign, and what else may happen."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from zlib import compress, crc32
from zoneinfo import ZoneInfo

from mailer.files.catalogues import translations_for
from mailer.files.templates import load_template
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    CalendarOffset,
    CampaignKind,
    Content,
    Correction,
    Embargo,
    Step,
    VariantKey,
)
from mailer.model.campaigns.office import Office
from mailer.model.mailings.message import DeliveryId, Letterhead
from mailer.render.compile import compile_message
from mailer.render.personalise import Personaliser, fill
from tests.counterparts.block_texts import BLOCK_TEXTS
from tests.counterparts.campaigns import load_campaign

ROOT = Path(__file__).parents[2]
PARIS = ZoneInfo("Europe/Paris")
EXAMPLE = ROOT / "campaigns" / "2017-12-09-recherche-associations"
OFFICE = Office(
    name="Inserm",
    postal_address="1 rue de l’Exemple, 75000 Paris",
    phone="01 99 00 12 34",
    website="https://www.institut.example/",
    privacy_url="https://www.institut.example/donnees-personnelles",
)
FIELDS = {
    "fr": {"salutation": "Bonjour Madame Durand", "list": "presse"},
    "en": {"salutation": "Dear Ms Durand", "list": "press"},
}
URL = "https://desinscription.institut.example/u/k3j2h1"
LINKS = {
    "unsubscribe_url": URL,
    "answer_url": "https://desinscription.institut.example/u/answer/k3j2h1",
}
THEMES = ("classic", *sorted(path.stem for path in ROOT.glob("templates/press/themes/*.toml")))
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, eq=False)
class Scene:
    """One page of the template and what is written on it; `facts` are changes to the campaign."""

    page: str
    texts: dict[str, str] = field(default_factory=dict)
    subject: dict[str, str] = field(default_factory=dict)
    kind: CampaignKind | None = None
    facts: dict[str, object] = field(default_factory=dict)
    days_before: int = 5
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.page


POSTPONED = {
    "fr": "{{ recipient.salutation }},\n\n# La rencontre est reportée\n\nL’Académie des sciences "
    "doit fermer sa grande salle pour des travaux de sécurité. Les accréditations déjà "
    "accordées restent valables.\n\n## Vous avez déjà votre billet\n\nLe service de presse "
    "vous aide à échanger ou à vous faire rembourser un voyage réservé.",
    "en": "{{ recipient.salutation }},\n\n# The meeting is postponed\n\nThe Académie des sciences "
    "must close its great hall for safety work. Accreditations already given remain "
    "valid.\n\n## You have booked your trip\n\nThe press office helps you change or "
    "refund a journey.",
}
# Every block a text may have, one after another.
BLOCKS = {
    "fr": """\
# Une salle de lecture s’ouvre aux malades et aux chercheurs

À partir du mercredi 10 janvier 2018, patients et scientifiques y liront **les mêmes articles**.

![Une longue table claire, vue d’en haut](table.png "La table de lecture, avant \
l’ouverture. © Agence fictive")

## Lire à plusieurs

Chaque séance part d’un article récent, choisi par les malades :

- une page de résumé, *sans jargon* ;
- une heure de questions, puis `10 minutes` de silence.

> Un résultat que personne ne sait lire n’est pas encore un résultat.
>
> Nous lirons donc ensemble.
>
> — Jeanne Fictive, présidente de l’association Lire

![Une étagère](etagere.png)

| Séance | Thème |
|---|---|
| Janvier | Le sommeil |
| Février | La douleur |

::: facts Venir
Ouverture : chaque mercredi, de 14 h à 18 h
Entrée : libre, dans la limite de 40 places ;
  une boucle magnétique équipe la salle
Renseignements : [salle@institut.example](mailto:salle@institut.example)
:::

**[Réserver une place](https://www.institut.example/salle/reserver)**

### À lire avant la première séance

- [Le règlement de la salle](https://www.institut.example/salle/reglement)
- [La liste des articles de janvier](https://www.institut.example/salle/janvier)
""",
    "en": """\
# A reading room opens to patients and scientists

From Wednesday 10 January 2018 patients and scientists read **the same papers** there.

![A long pale table seen from above](table.png "The reading table, before it \
opens. © Fictional Agency")

## Reading together

Every session begins with a recent paper that patients have chosen:

- a page of summary, *without jargon*;
- an hour of questions, then `10 minutes` of silence.

> A result that nobody can read is not yet a result.
>
> So let us read it together.
>
> — Jeanne Fictive, president of the association Lire

![A shelf](etagere.png)

| Session | Topic |
|---|---|
| January | Sleep |
| February | Pain |

::: facts How to come
Open: every Wednesday, 2 pm to 6 pm
Entrance: free, for 40 people at most;
  the room has an induction loop
Questions: [salle@institut.example](mailto:salle@institut.example)
:::

**[Book a seat](https://www.institut.example/en/room/book)**

### To read before the first session

- [Rules of the room](https://www.institut.example/en/room/rules)
- [The papers of January](https://www.institut.example/en/room/january)
""",
}


def a_picture(width, height):
    """A PNG of two grounds, in the place of a photograph."""
    sky, table = b"\0" + b"\xb9\xc9\xd6" * width, b"\0" + b"\x7d\x8f\x83" * width
    pixels = sky * (height // 2) + table * (height - height // 2)

    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", compress(pixels)) + chunk(b"IEND", b"")


JANUARY = datetime(2018, 1, 13, 9, 30, tzinfo=PARIS)
SCENES = (
    Scene("advisory", name="announcement"),
    Scene("reminder", days_before=2),
    Scene("practical", days_before=1),
    Scene("morning", days_before=0),
    Scene(
        "press-release",
        {
            "fr": "# Une étude décrit ce que les malades apprennent aux chercheurs\n\nPendant "
            "quatre ans, une équipe de l’Inserm a suivi douze projets menés avec des "
            "associations. Elle en tire **cinq conditions de réussite**.\n\n## Écouter avant de "
            "mesurer\n\nLes questions posées par les malades ont changé le protocole de huit "
            "projets sur douze.\n\n| Projets | Avant | Après |\n|---|---|---|\n| Questions des "
            "malades | 3 | 21 |\n| Réunions communes | 1 | 9 |\n\n> Nous avons cessé de demander "
            "si cela marchait : nous avons demandé à quoi cela servait.\n\n## À propos de "
            "l’Inserm\n\nL’Inserm se consacre à la recherche biologique et médicale.",
            "en": "# A study describes what patients teach scientists\n\nFor four years an Inserm "
            "team followed twelve projects run with patient associations. It draws **five "
            "conditions of success** from them.\n\n## Listening before measuring\n\nThe "
            "questions that patients asked changed the protocol of eight projects out of "
            "twelve.\n\n> We stopped asking whether it worked; we asked what it was for.\n\n## "
            "About Inserm\n\nInserm is devoted to biological and medical research.",
        },
        {"fr": "Ce que les malades apprennent aux chercheurs", "en": "What patients teach us"},
        CampaignKind.PRESS_RELEASE,
        {
            "event": None,
            "accreditation": AccreditationRules(),
            "embargo": Embargo(datetime(2017, 12, 6, 14, 0, tzinfo=PARIS)),
        },
    ),
    Scene(
        "press-release",
        BLOCKS,
        {"fr": "Une salle de lecture", "en": "A reading room"},
        CampaignKind.PRESS_RELEASE,
        {
            "event": None,
            "accreditation": AccreditationRules(),
            "files": {"table.png": a_picture(1400, 700), "etagere.png": a_picture(180, 120)},
        },
        name="every-block",
    ),
    Scene(
        "press-release",
        BLOCK_TEXTS,
        {"fr": "Douze laboratoires ouvrent leurs cahiers", "en": "Twelve laboratories"},
        CampaignKind.PRESS_RELEASE,
        {
            "event": None,
            "accreditation": AccreditationRules(),
            "files": {
                "table.png": a_picture(1200, 800),
                "irene.png": a_picture(300, 300),
                "antoine.png": a_picture(200, 260),
                "film.png": a_picture(1280, 720),
                "plan.png": a_picture(1080, 500),
            },
        },
        name="press-blocks",
    ),
    Scene(
        "press-kit",
        {
            "fr": "# Le dossier de presse de la rencontre est en ligne\n\nIl contient le programme, "
            "douze portraits et des images libres de droits.",
            "en": "# The press kit of the meeting is online\n\nIt holds the programme, twelve "
            "portraits and pictures free of rights.",
        },
        {"fr": "Dossier de presse – Recherche & Associations", "en": "Press kit – the meeting"},
        CampaignKind.PRESS_KIT,
    ),
    Scene(
        "save-the-date",
        {
            "fr": "# Réservez votre journée du {{ event.date }}\n\nL’Inserm réunira à Paris "
            "chercheurs et associations de malades pour la septième année.",
            "en": "# Keep {{ event.date }} free\n\nFor the seventh year Inserm brings scientists "
            "and patient associations together in Paris.",
        },
        {"fr": "Save the date – {{ event.date }}", "en": "Save the date – {{ event.date }}"},
        CampaignKind.SAVE_THE_DATE,
        days_before=15,
    ),
    Scene(
        "correction",
        {
            "fr": "{{ recipient.salutation }},\n\n# Rencontre « Recherche & Associations de malades » : "
            "l’heure et la salle changent\n\nNotre invitation du lundi 4 décembre 2017 donnait une "
            "heure et un lieu inexacts. Voici ceux qui valent.",
            "en": "{{ recipient.salutation }},\n\n# “Recherche & Associations de malades”: new hour "
            "and place\n\nOur invitation of Monday 4 December 2017 gave a wrong hour and a wrong "
            "place. Here are the right ones.",
        },
        {"fr": "Recherche & Associations : heure et lieu", "en": "Hour and place of the meeting"},
        CampaignKind.CORRECTION,
        {
            "corrections": (
                Correction("time", datetime(2017, 12, 9, 10, 0, tzinfo=PARIS)),
                Correction("place", "Grande salle des séances, 25 quai de Conti, 75006 Paris"),
                Correction("deadline", datetime(2017, 12, 7, 18, 0, tzinfo=PARIS)),
            )
        },
        days_before=4,
    ),
    Scene(
        "postponement",
        POSTPONED,
        {"fr": "Recherche & Associations de malades", "en": "Recherche & Associations de malades"},
        CampaignKind.POSTPONEMENT,
        {"corrections": (Correction("date", datetime(2017, 12, 9, 9, 30, tzinfo=PARIS)),)},
        days_before=3,
        name="postponement",
    ),
    Scene(
        "postponement",
        POSTPONED,
        {"fr": "Recherche & Associations de malades", "en": "Recherche & Associations de malades"},
        CampaignKind.POSTPONEMENT,
        days_before=3,
        name="postponement-undated",
    ),
    Scene(
        "cancellation",
        {
            "fr": "{{ recipient.salutation }},\n\n# La rencontre n’aura pas lieu\n\nUn avis de tempête "
            "ferme les gares et les lieux publics de Paris. Les partenaires ont renoncé à la "
            "journée.",
            "en": "{{ recipient.salutation }},\n\n# The meeting will not take place\n\nA storm warning "
            "closes stations and public places in Paris. The partners have given up the day.",
        },
        {"fr": "Recherche & Associations de malades", "en": "Recherche & Associations de malades"},
        CampaignKind.CANCELLATION,
        days_before=1,
    ),
    Scene(
        "follow-up",
        {
            "fr": "{{ recipient.salutation }},\n\n# Ce qui s’est dit à la rencontre du {{ event.date }}\n\n"
            "Plus de 220 participants ont débattu toute la journée. Les enregistrements et les "
            "photographies sont libres d’emploi.",
            "en": "{{ recipient.salutation }},\n\n# What was said on {{ event.date }}\n\nMore than 220 "
            "people debated all day. Recordings and pictures are free to use.",
        },
        {"fr": "Rencontre Recherche & Associations : le dossier", "en": "The day in documents"},
        days_before=-2,
    ),
)


@cache
def example():
    return load_campaign(EXAMPLE, office=OFFICE)


@cache
def compiled(scene, *, language="fr", theme="classic", logos=False):
    """The compiled message of a scene. `logos` gives the partners some."""
    template = load_template("press", [ROOT / "templates"], theme)
    return compiled_with(template, scene, language=language, logos=logos)


def compiled_with(template, scene, *, language="fr", logos=False, office=OFFICE):
    """The same with any template."""
    campaign = replace(example(), **scene.facts)
    if scene.name == "postponement":
        event = replace(campaign.event, starts_at=JANUARY, ends_at=JANUARY + timedelta(hours=7))
        campaign = replace(campaign, event=event)
    if logos and "partners" not in scene.facts:
        campaign = with_logos(campaign)
    step = next((it for it in campaign.steps if it.id == str(scene)), None)
    variant = VariantKey("", language)
    if step is None:
        text = scene.texts[language]
        content = Content(f"{scene}.md", text, subject=scene.subject[language])
        step = Step(
            id=scene.page,
            send=CalendarOffset(scene.days_before, time(9, 30)),
            to=("press",),
            subject="",
            preheader="À Paris, {{ press_contact.phone }}",
            kind=scene.kind,
        )
    else:
        content = step.contents[variant]
    return compile_message(
        campaign=campaign,
        step=step,
        content=content,
        variant=variant,
        planned_local=datetime(2017, 12, 9, 9, 30, tzinfo=PARIS)
        - timedelta(scene.days_before, 7200),
        office=office,
        template=template,
        translations=translations_for(language),
    )


def with_logos(campaign):
    """Drawn marks of different shapes in the place of partners' logos."""
    drawn = ROOT / "templates" / "press" / "logos"
    files = {name: (drawn / name).read_bytes() for name in ("clear.png", "classic.png")}
    partners = [
        replace(partner, logo=name) for partner, name in zip(campaign.partners, files, strict=True)
    ]
    return replace(campaign, partners=tuple(partners), files={**campaign.files, **files})


def html_of(message):
    return fill(message.html, {**FIELDS[message.language], **LINKS})


def text_of(message):
    return fill(message.text, {**FIELDS[message.language], **LINKS})


def mail_of(message):
    """The whole message, as it would leave."""
    letterhead = Letterhead(
        sender=Mailbox(Address("presse", "institut.example"), "Service de presse de l’Inserm"),
        return_path_domain="retours.institut.example",
        message_id_domain="institut.example",
        unsubscribe_mailto=Address("stop", "institut.example"),
        list_domain="listes.institut.example",
    )
    return Personaliser(message, letterhead, campaign="example", step="step").message(
        delivery_id=DeliveryId("abcdefghijklmnopqrstuvwxyz"),
        recipient=Mailbox(Address("anne.durand", "quotidien.example"), "Anne Durand"),
        fields={**FIELDS[message.language], **LINKS},
        sent_at=datetime(2017, 12, 4, 9, 30, tzinfo=PARIS),
    )
