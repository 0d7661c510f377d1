"""What stands around the text of a document is not taken for another fact."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

CONTACT = {
    "fr": "\n\nContact presse : Léa Morin, 06 39 98 12 34, lea@ligue.example\n",
    "en": "\n\nPress contact: Ann Low, 07700 900123, ann@league.example\n",
}
HEADLINE = {"fr": "Un barrage disparaît", "en": "A dam disappears"}
ORDERS = {
    "fr": [
        "{}\n\nCommuniqué de presse\n\nUn barrage disparaît\n\nLyon, le 3 mai 2027 – La Ligue retire le barrage.",
        "Communiqué de presse\n{}\n\nLyon, le 3 mai 2027\n\nUn barrage disparaît\n\nLa Ligue retire le barrage.",
        "{}\nLyon, le 3 mai 2027\n\nCOMMUNIQUÉ DE PRESSE\n\nUn barrage disparaît\n\nLa Ligue retire le barrage.",
        "{}\n\nUn barrage disparaît\n\nCommuniqué de presse – Lyon, le 3 mai 2027\n\nLa Ligue retire le barrage.",
        "{}\n\nLyon, le 3 mai 2027\n\nUn barrage disparaît\n\nLa Ligue retire le barrage avec les communes.",
    ],
    "en": [
        "{}\n\nPress release\n\nA dam disappears\n\nLeeds, 3 May 2027 – The League takes the dam away.",
        "Press release\n{}\n\nLeeds, 3 May 2027\n\nA dam disappears\n\nThe League takes the dam away.",
        "{}\nLeeds, 3 May 2027\n\nPRESS RELEASE\n\nA dam disappears\n\nThe League takes the dam away.",
        "{}\n\nA dam disappears\n\nPress release – Leeds, 3 May 2027\n\nThe League takes the dam away.",
        "{}\n\nLeeds, 3 May 2027\n\nA dam disappears\n\nThe League takes the dam away with the towns.",
    ],
}
INSTITUTIONS = {
    "fr": [
        "Mairie de Vernoy\nCabinet du maire",
        "Observatoire des marées | Service de presse",
        "Théâtre du Port – Vernoy",
        "Compagnie Les Marées\n3, rue Haute\n69000 Vernoy",
        "Parc naturel régional des Brumes",
        "La Ligue des rivières",
        "Agence régionale de santé Centre",
        "Vernoy Métropole\nDirection de la communication",
        "Musée de la Mer",
    ],
    "en": [
        "Friends of the Lake | Media office",
        "Norbury Theatre – Press",
        "Lakeside NHS Trust",
        "Norbury Port Authority\n3 High Street\nNorbury NB1 2AB",
        "The Rivers League",
    ],
}
MAYBE = {
    "fr": [
        "LES AMIS DU LAC",
        "Les Amis du lac\nBureau de presse",
        "CHU de Vernoy",
        "Chorale de Vernoy",
        "Syndicat mixte du Val\nRelations presse",
    ],
    "en": ["NORBURY CHOIR", "Friends of the Lake", "County of Norbury\nCommunications"],
}


def each_of(names):
    return [
        (language, order, name)
        for language, orders in ORDERS.items()
        for order in orders
        for name in names[language]
    ]


def title_of(text, language):
    found = recognise(text + CONTACT[language], language=language, today=date(2027, 5, 1))
    return found.value("title"), found


@pytest.mark.parametrize(("language", "order", "name"), each_of(INSTITUTIONS))
def test_the_name_of_an_institution_above_a_headline_is_not_the_headline(language, order, name):
    title, found = title_of(order.format(name), language)

    assert title == HEADLINE[language]
    assert name.split("\n")[0] not in found.text
    assert len([fact for fact in found.facts if fact.path[2:] == ("name",)]) == 1


@pytest.mark.parametrize(("language", "order", "name"), each_of(MAYBE))
def test_a_line_that_may_be_a_name_is_no_headline_where_another_one_follows(language, order, name):
    title, found = title_of(order.format(name), language)

    assert title in {HEADLINE[language], None}
    assert len([fact for fact in found.facts if fact.path[2:] == ("name",)]) == 1


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("fr", "Communiqué de presse\n\n{}\n\nLa Vierne revit\n\nLa Ligue agit.", "UN BARRAGE CÈDE"),
        ("fr", "Communiqué de presse\n\nLyon, le 3 mai 2027\n\n{}\n\nTrois jours\n\nLa Ligue agit.", "Les Journées du lilas"),
        ("fr", "{}\n\nLyon, le 3 mai 2027\n\nLa Ligue retire le barrage.", "UN BARRAGE DISPARAÎT"),
        ("fr", "{}\n\nLyon, le 3 mai 2027\n\nLa Ligue retire le barrage.", "Musée de la Mer"),
        ("en", "Press release\n\n{}\n\nClub sends six boats\n\nThe club is glad.", "Record Year for Norbury Rowers"),
        ("en", "Press release\n\n{}\n\nForty works come home\n\nThe museum is glad.", "Norbury Museum Opens New Wing"),
        ("en", "{}\n\nForty works come home\n\nThe museum is glad.", "Norbury Museum Opens New Wing"),
        ("en", "Norbury Museum of Art\n\nPress release\n\n{}\n\nForty works come home\n\nThe museum is glad.", "Norbury Museum Opens New Wing"),
        ("en", "{}\n\nLeeds, 3 May 2027\n\nThe museum is glad.", "New Director for Norbury Museum"),
    ],
)  # fmt: skip
def test_a_headline_that_is_like_a_name_stays_one(language, text, title):
    assert title_of(text.format(title), language)[0] == title


PARTNERS = {
    "fr": [
        ("Partenaires : Agence de l’eau (contact presse : Anne Lou, anne@eau.example), Ville de Vernoy (contact presse : 04 99 00 11 22)", "Agence de l’eau|Ville de Vernoy"),
        ("Partenaire : Agence de l’eau, contact presse : Anne Lou, 04 99 00 11 22", "Agence de l’eau"),
        ("Partenaire : Agence de l’eau – contact presse : Anne Lou", "Agence de l’eau"),
        ("Partenaires :\n- Agence de l’eau (contact presse : Anne Lou, anne@eau.example)\n- Ville de Vernoy (service de presse : 04 99 00 11 22)", "Agence de l’eau|Ville de Vernoy"),
        ("Partenaires\n\nAgence de l’eau (presse : anne@eau.example)\nVille de Vernoy", "Agence de l’eau|Ville de Vernoy"),
        ("En partenariat avec la Fondation Rivière (contact presse : Paul Roux, paul@riviere.example).", "Fondation Rivière"),
        ("Avec le soutien de la Ville de Carouge (service de presse : Marc Roy, marc@carouge.example) et de la Banque du Lac.", "Ville de Carouge|Banque du Lac"),
        ("En partenariat avec l’Agence de l’eau (AE) et la Ville de Vernoy.", "Agence de l’eau|Ville de Vernoy"),
    ],
    "en": [
        ("Partners: Water Agency (press contact: Anne Hay, anne@water.example), City of Norbury (press office: 0113 496 0123)", "Water Agency|City of Norbury"),
        ("Partner: Water Agency – press contact: Anne Hay, anne@water.example", "Water Agency"),
        ("Partners:\n- Water Agency (media contact: Anne Hay)\n- City of Norbury", "Water Agency|City of Norbury"),
        ("In partnership with the Water Agency (press contact: Anne Hay, anne@water.example).", "Water Agency"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "names"),
    [(code, *each) for code, every in PARTNERS.items() for each in every],
)
def test_whom_to_call_at_a_partner_is_no_part_of_its_name_and_stays_in_the_text(
    language, said, names
):
    kind = {"fr": "INVITATION PRESSE", "en": "MEDIA ADVISORY"}[language]
    found = title_of(f"{kind}\n\n# {HEADLINE[language]}\n\n{said}", language)[1]

    told = [fact.value for fact in found.facts if fact.path[::2] == ("partners", "name")]
    assert told == names.split("|")
    assert said.split("\n")[0] in found.text


@pytest.mark.parametrize(
    ("language", "said", "facts"),
    [
        ("fr", "Lyon, le 3 mai 2027 – Rendez-vous mardi 11 mai 2027 à 8 h, 4, allée des Tilleuls, à Vernoy.", ("Lyon", "2027-05-11 08:00:00", "4, allée des Tilleuls, Vernoy")),
        ("fr", "Lyon, le 3 mai 2027 – La Ligue vous attend mardi 11 mai 2027, 18 h, 30 bis, quai du Port, Vernoy.", ("Lyon", "2027-05-11 18:00:00", "30 bis, quai du Port, Vernoy")),
        ("fr", "À Lyon, le 3 mai 2027\n\nLa Ligue vous attend mardi 11 mai 2027 à 9 h, 3 rue Haute, à Vernoy.", ("Lyon", "2027-05-11 09:00:00", "3 rue Haute, Vernoy")),
        ("en", "Leeds, 3 May 2027 – Join us on Tuesday 11 May 2027 at 8 am, 4 Mill Lane, Norbury.", ("Leeds", "2027-05-11 08:00:00", "4 Mill Lane, Norbury")),
        ("en", "BOSTON, May 3, 2027 – Join us on Tuesday, May 11, 2027, at 10 a.m., 30 Water Street, Norbury, MA 02110.", ("BOSTON", "2027-05-11 10:00:00", "30 Water Street, Norbury, MA 02110")),
    ],
)  # fmt: skip
def test_an_hour_a_street_number_and_the_town_of_the_dateline_are_told_apart(language, said, facts):
    kind = {"fr": "INVITATION PRESSE", "en": "MEDIA ADVISORY"}[language]
    found = title_of(f"{kind}\n\n# {HEADLINE[language]}\n\n{said}", language)[1]

    starts_at, address = found.value("event", "starts_at"), found.value("event", "address")
    assert (found.value("place"), str(starts_at), address) == facts
    assert found.value("event", "venue") is None


@pytest.mark.parametrize(
    ("said", "links"),
    [
        ("Pour en savoir plus : https://a.example/serre", ["a.example/serre", "https://a.example/serre"]),
        ("More information: https://www.a.example/mill.", ["a.example/mill", "https://www.a.example/mill"]),
        ("Salle de presse : https://a.example/presse", ["Salle de presse", "https://a.example/presse", "press-room"]),
        ("Pour en savoir plus : https://a.example ou 01 99 00 12 34", []),
    ],
)  # fmt: skip
def test_an_address_written_out_behind_its_label_is_a_link(said, links):
    text = f"Communiqué de presse\n\n# Titre du texte\n\nLa Ligue agit.\n\n{said}"
    found = recognise(text, language="fr", today=date(2027, 5, 1))

    assert [fact.value for fact in found.facts if fact.path[0] == "links"] == links
    assert (said in found.text) is not bool(links)


@pytest.mark.parametrize(
    ("language", "text", "facts"),
    [
        ("fr", "Bibliothèque cantonale de Lausanne\nPlace du Port 6, 1003 Lausanne\n\nINVITATION AUX MÉDIAS\n\nMille cartes\n\nLa Bibliothèque agit.", {"title": "Mille cartes"}),
        ("fr", "AVIS À LA PRESSE\n\nUn verger\n\nQuand : samedi 15 mai 2027, 10 h\nOù : rue du Grognon, 5000 Namur", {"event.address": "rue du Grognon, 5000 Namur", "event.venue": None}),
        ("fr", "Communiqué de presse\n\nUne IRM\n\nLa Ligue agit.\n\nContacts presse\n\nCHU de Vernoy : Zoé Petit – 06 39 98 11 11", {"press_contacts.0.name": "Zoé Petit", "press_contacts.0.organisation": "CHU de Vernoy"}),
        ("fr", "Communiqué de presse\n\nUn verger\n\nLa Ligue agit.\n\nPersonne de contact : Julie Lambert, +32 470 12 34 56", {"press_contacts.0.name": "Julie Lambert"}),
        ("en", "MEDIA ADVISORY\n\n# A ferry\n\nJoin us on Wednesday, May 12, 2027, at 8 a.m., 1 Ferry Way, Halifax, NS B3J 1A1.", {"event.address": "1 Ferry Way, Halifax, NS B3J 1A1"}),
    ],
)  # fmt: skip
def test_addresses_and_contacts_of_other_countries_are_read(language, text, facts):
    found = recognise(text, language=language, today=date(2027, 5, 1))
    told = {".".join(map(str, fact.path)): fact.value for fact in found.facts}

    assert {path: told.get(path) for path in facts} == facts
