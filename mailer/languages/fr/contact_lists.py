"""What French contact lists hold."""

from __future__ import annotations

from mailer.languages.fr.refusals import REFUSALS
from mailer.languages.language import Civility, ContactListWords
from mailer.model.contacts.contact_import import Field

CONTACT_LISTS = ContactListWords(
    headers={
        Field.ADDRESS: (
            "courriel, courriels, adresse courriel, adresse de courriel, mel, adresse mail, "
            "adresse e mail, adresse email, messagerie, adresse de messagerie, "
            "adresse messagerie, adresse electronique, courrier electronique, mail contact"
        ),
        Field.CIVILITY: "civilite, civ, m mme, mme m, prefixe, prefixe du nom, titre de civilite",
        Field.FIRST_NAME: "prenom, prenoms, votre prenom",
        Field.LAST_NAME: "nom, nom de famille, votre nom de famille",
        Field.FULL_NAME: (
            "nom complet, votre nom complet, prenom nom, prenom et nom, contact, nom du contact, personne contact, "
            "personne a contacter, interlocuteur, interlocutrice, journaliste, "
            "nom du journaliste, nom affiche, nom a afficher, referent, identite, redacteur, redactrice, "
            "correspondant, correspondante"
        ),
        Field.LAST_FIRST: "nom prenom, nom et prenom, nom prenoms",
        Field.ORGANISATION: (
            "media, medias, nom du media, organe, organe de presse, journal, support, redaction, "
            "titre de presse, association, associations, nom de l association, "
            "nom association, organisme, organisation, structure, societe, etablissement, "
            "institution, entreprise, organisation 1 nom, nom de l organisation, "
            "nom de l entreprise, nom de l entreprise associee, entreprise associee, "
            "nom du compte, votre media, votre redaction"
        ),
        Field.ROLE: (
            "fonction, fonctions, poste, qualite, profession, organisation 1 titre, "
            "titre de l organisation, intitule du poste"
        ),
        Field.BEAT: "rubrique, rubriques, specialite, specialites, thematique, thematiques",
        Field.REGION: "region, regions, zone, zone geographique, territoire",
        Field.MEDIA: (
            "type de media, types de media, type media, nature du media, categorie de media, "
            "categorie du media, genre de media, famille de media"
        ),
        Field.LANGUAGE: "langue, langues, langue de correspondance",
        Field.MOBILE: (
            "portable, mobile, gsm, tel portable, tel mobile, telephone portable, telephone mobile"
        ),
        Field.PHONE: (
            "tel, telephone, tel fixe, telephone fixe, tel bureau, telephone bureau, tel direct, "
            "telephone direct, ligne directe, numero de telephone, n de telephone, "
            "no de telephone, n de tel, no de tel, numero de tel, tel professionnel, "
            "telephone professionnel, telephone 1 valeur, tel personnel, telephone principal"
        ),
        Field.DO_NOT_CONTACT: (
            "ne pas contacter, ne plus contacter, ne plus ecrire, npc, opposition, desinscrit, "
            "desabonne"
        ),
        Field.SENSITIVE: (
            "maladie, maladies, pathologie, pathologies, maladie ou handicap, handicap, "
            "champ de la maladie, domaine de sante, domaine medical, deficience"
        ),
        Field.OURS: "ligne, motif, proposition",
        Field.DECISION: "lui ecrire",
    },
    qualifiers="pro|professionnel|professionnelle|principal|principale",
    civilities={
        **dict.fromkeys(("m", "mr", "monsieur"), Civility.MR),
        **dict.fromkeys(("mme", "madame", "mlle", "mademoiselle"), Civility.MS),
        **dict.fromkeys(("dr", "docteur"), Civility.DOCTOR),
        **dict.fromkeys(("pr", "prof", "professeur", "professeure"), Civility.PROFESSOR),
    },
    no=("non", "n", "0", "faux"),
    desks=frozenset(
        [
            "accueil",
            "actu",
            "actualite",
            "actualites",
            "admin",
            "administration",
            "agenda",
            "asso",
            "association",
            "bonjour",
            "bureau",
            "com",
            "comm",
            "communication",
            "contact",
            "contacts",
            "courrier",
            "culture",
            "direction",
            "federation",
            "info",
            "infos",
            "information",
            "journal",
            "media",
            "medias",
            "politique",
            "presidence",
            "presse",
            "production",
            "programmes",
            "redac",
            "redacchef",
            "redaction",
            "relations",
            "relationspresse",
            "sante",
            "science",
            "sciences",
            "secretariat",
            "service",
            "siege",
            "societe",
            "sport",
            "standard",
            "web",
            "webmaster",
        ]
    ),
    desk_beginnings=("redac",),
    recipient_labels=frozenset(
        [
            *("a", "pour", "cc", "cci", "de", "copie", "copie a", "copie cachee", "envoye a"),
            *("destinataire", "destinataires", "expediteur", "repondre a", "en copie"),
            *("courriel", "courriels", "mail", "mel", "adresse", "adresses", "contact", "contacts"),
        ]
    ),
    group_words=frozenset(
        ["groupe", "groupes", "liste", "redaction", "equipe", "service", "presse", "journalistes"]
    ),
    articles=frozenset({"la", "le", "les", "l"}),
    refusals=REFUSALS,
    address_headers=(
        r"courriels?|mails?|e ?mails?|mel|messagerie|adresses? electroniques?"
        r"|courriers? electroniques?|coordonnees? electroniques?|adresses? internet|adel"
    ),
    no_address_headers=(
        r"type|libelle|nom|affich\w*|statut|date|le|nombre|nb|envoye\w*|ouvert\w*|clic\w*|domaine"
        r"|objet|liste|source|format|frequence|code|identifiant|remarques?|notes?|commentaires?"
        r"|preferences?|langue|valide\w*|verifie\w*|lien|serveur"
    ),
    main_address_headers=r"principale?|premiere|prefere\w*|directe?|nominati\w+|1",
    second_address_headers=r"secondaire|autre|perso|personnelle?|privee?|secours|ancienne?|2|3|4|5",
    desk_address_headers=(
        r"redaction|generique|generale?|standard|service|accueil|secretariat|media|journal|groupe"
        r"|organisme|societe|structure|association"
    ),
    titles=("titre",),
)
