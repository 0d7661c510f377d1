"""Faults of all kinds in a sentence of a release are found, and what is only like them is not."""

import pytest

from mailer.model.drafts.finding import Severity
from tests.counterparts.recall import diagnosed

FRAMES = {
    ("release", "fr"): (
        "Communiqué de presse\n\nVernoy, le 12 avril 2027\n\n# Vernoy ouvre un jardin de lilas\n\n{}\n\n"
        "Contact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
    ),
    ("release", "en"): (
        "Press release\n\nNorbury, 12 April 2027\n\n# Norbury opens a garden of lilacs\n\n{}\n\n"
        "Press contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
    ),
    ("headline", "fr"): (
        "Communiqué de presse\n\nVernoy, le 12 avril 2027\n\n# {}\n\nLa Ville de Vernoy ouvre un jardin le 4"
        " mai 2027, 3 rue Haute.\n\n"
        "Contact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
    ),
    ("headline", "en"): (
        "Press release\n\nNorbury, 12 April 2027\n\n# {}\n\nThe Norbury Trust opens a garden on 4 May 2027,"
        " 3 High Street.\n\n"
        "Press contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
    ),
    ("invitation", "fr"): (
        "INVITATION PRESSE\n\nVernoy, le 12 avril 2027\n\n# La Maison des lilas rouvre sa serre\n\n{}\n\n"
        "Contact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
    ),
    ("invitation", "en"): (
        "MEDIA ADVISORY\n\nNorbury, 12 April 2027\n\n# Norbury opens a garden of lilacs\n\n{}\n\n"
        "Press contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
    ),
    ("whole", ""): "{}",
}

FAULTS = {
    "kind-in-headline": {
        ("headline", "fr"): [
            "Communiqué : Vernoy ouvre un jardin",
            "ACTUALITÉ – Vernoy ouvre un jardin",
            "INVITATION Vernoy ouvre un jardin",
            "Note de presse - Vernoy ouvre un jardin",
            "CP : Vernoy ouvre un jardin",
            "Rappel : Vernoy ouvre un jardin",
        ],
        ("headline", "en"): [
            "Release: Norbury opens a garden",
            "NEWS – Norbury opens a garden",
            "MEDIA ADVISORY Norbury opens a garden",
            "ADVISORY: Norbury opens a garden",
            "Statement – Norbury opens a garden",
            "Media invite: Norbury opens a garden",
            "PRESS NOTICE: Norbury opens a garden",
        ],
        ("whole", ""): [
            "RELEASE: Norbury opens a garden\n\nNorbury, 12 April 2027\n\nThe Norbury Trust opens a garden on 4 May 2027.\n\nPress contact\nAnn Low, 07700 900123\n",
            "NEWS RELEASE Norbury opens a garden\n\nNorbury, 12 April 2027\n\nThe Norbury Trust opens a garden on 4 May 2027.\n\nPress contact\nAnn Low, 07700 900123\n",
            "Communiqué de presse : Vernoy ouvre un jardin\n\nVernoy, le 12 avril 2027\n\nLa Ville de Vernoy ouvre un jardin le 4 mai 2027.\n\nContact presse\nLéa Morin, 06 39 98 12 34\n",
        ],
    },
    "missing-blank": {
        ("release", "fr"): [
            "La Ville de Vernoy ouvre le jardin le 3mai 2027.",
            "Le jardin compte15 arbres rares.",
            "Le jardin est ouvert.La Ville l’entretient.",
            "Le jardin,ouvert à tous, plaît.",
            "Le jardin (le premier)plaît aux enfants.",
            "Le jardin est ouvertà tous.",
            "Le jardin ouvre de 9h à 18h;il est gratuit.",
            "Rendez-vous à 10h30précises au jardin.",
        ],
        ("release", "en"): [
            "The garden isopen every day.",
            "The garden has9 lilacs and 4 oaks.",
            "The garden opens on 3May 2027.",
            "The garden is open.Next week it rains.",
            "The garden,open to all, is free.",
            "The garden (the first)is free.",
            "The garden willopen in the morning.",
            "Readers ofthe paper come.",
            "It is open tothe public.",
        ],
    },
    "quotation-without-name|passage-of-nobody": {
        ("release", "en"): [
            "The Norbury Trust opens the garden.\n\n“It is lovely,” said one visitor.",
            "The Norbury Trust opens the garden.\n\n“We are proud of it,” staff said.",
            "The Norbury Trust opens the garden.\n\n“We are proud of it,” a spokesperson said.",
            "The Norbury Trust opens the garden.\n\nAccording to a source close to the council, “it took three years”.",
            "The Norbury Trust opens the garden.\n\nOne resident said: “We have waited for this for years.”",
            "The Norbury Trust opens the garden.\n\n“A dream comes true,” says the team.",
            "The Norbury Trust opens the garden.\n\n“People love it,” said an organiser.",
        ],
        ("release", "fr"): [
            "La Ville ouvre le jardin.\n\n« C’est superbe », dit une visiteuse.",
            "La Ville ouvre le jardin.\n\n« Nous en sommes fiers », selon un responsable.",
            "La Ville ouvre le jardin.\n\nSelon un responsable, « le lilas plaît à tous ».",
            "La Ville ouvre le jardin.\n\n« On attendait cela depuis longtemps », confie un habitant.",
            "La Ville ouvre le jardin.\n\n« Nous avons hâte », déclare l’équipe.",
            "La Ville ouvre le jardin.\n\nUne participante raconte : « J’ai planté trois lilas. »",
            "La Ville ouvre le jardin.\n\n« C’est un projet unique », affirment les organisateurs.",
            "La Ville ouvre le jardin.\n\n« Tout est prêt », explique-t-on au musée.",
        ],
    },
    "accreditation-without-deadline": {
        ("invitation", "fr"): [
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Accès sur accréditation uniquement : presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Carte de presse exigée à l’entrée ; inscriptions : presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Les photographes doivent demander un badge à presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Inscription préalable nécessaire auprès de presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Les journalistes sont priés de s’accréditer : presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Entrée réservée aux journalistes accrédités (presse@lilas.example).",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Sur inscription uniquement à presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Merci de vous accréditer auprès de presse@lilas.example.",
        ],
        ("invitation", "en"): [
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Media must register at press@norbury.example.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Press card required; ask press@norbury.example for a place.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Photographers need a pass from press@norbury.example.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. By accreditation only: press@norbury.example.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Journalists are asked to register with press@norbury.example.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Registration is required: press@norbury.example.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Access is limited to accredited media (press@norbury.example).",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Please register in advance with press@norbury.example.",
        ],
    },
    "nobody-on-the-day": {
        ("whole", ""): [
            "MEDIA ADVISORY\n\nLeeds, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Monday 31 May 2027 at 10 am, at 12 Oak Road, Leeds.\n\nPress contact\nAnn Low, Lilac Trust, 0113 496 0123, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nBoston, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Monday 5 July 2027 at 10 am, at 12 Oak Road, Boston.\n\nPress contact\nAnn Low, Lilac Trust, 617-555-0142, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nToronto, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Thursday 1 July 2027 at 10 am, at 12 Oak Road, Toronto.\n\nPress contact\nAnn Low, Lilac Trust, 416-555-0142, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nLeeds, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Saturday 8 May 2027 at 10 am, at 12 Oak Road, Leeds.\n\nPress contact\nAnn Low, Lilac Trust, 0113 496 0123, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nChicago, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Monday, 31 May 2027 at 10 am, at 12 Oak Road, Chicago.\n\nPress contact\nAnn Low, Lilac Trust, 312-555-0142, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nEdinburgh, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Monday 3 May 2027 at 10 am, at 12 Oak Road, Edinburgh.\n\nPress contact\nAnn Low, Lilac Trust, 0131 496 0123, ann@lilac.example\n",
            "INVITATION PRESSE\n\nBruxelles, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin mercredi 21 juillet 2027 à 10 h, 12, rue des Lilas, à Bruxelles.\n\nContact presse\nLéa Morin, Musée des lilas, +32 2 555 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nLausanne, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin dimanche 1er août 2027 à 10 h, 12, rue des Lilas, à Lausanne.\n\nContact presse\nLéa Morin, Musée des lilas, 021 555 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nGenève, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin dimanche 1er août 2027 à 10 h, 12, rue des Lilas, à Genève.\n\nContact presse\nLéa Morin, Musée des lilas, 022 555 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nMontréal, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin jeudi 24 juin 2027 à 10 h, 12, rue des Lilas, à Montréal.\n\nContact presse\nLéa Morin, Musée des lilas, 514 555-0142, lea@lilas.example\n",
            "INVITATION PRESSE\n\nNamur, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin mercredi 21 juillet 2027 à 10 h, 12, rue des Lilas, à Namur.\n\nContact presse\nLéa Morin, Musée des lilas, +32 81 55 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nLuxembourg, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin mercredi 23 juin 2027 à 10 h, 12, rue des Lilas, à Luxembourg.\n\nContact presse\nLéa Morin, Musée des lilas, +352 26 55 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nVernoy, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin dimanche 9 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy.\n\nContact presse\nLéa Morin, Musée des lilas, 01 99 00 12 34, lea@lilas.example\n",
        ],
    },
    "no-street-address|event-without-place": {
        ("invitation", "en"): [
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at the Corn Hall. It has forty lilacs.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at the Corn Hall, Norbury. It has forty lilacs.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am at Norbury Library. It has forty lilacs.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am in the Old Mill, Norbury. It has forty lilacs.",
            "What: opening\nWhen: Tuesday 4 May 2027, 10 am\nWhere: Corn Hall, Norbury\n",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am at Kingsway Stadium, Leeds. It has forty lilacs.",
        ],
        ("invitation", "fr"): [
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, à la médiathèque Marie-Curie. Elle compte quarante plantes.",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, au Centre des congrès de Vernoy. Elle compte quarante plantes.",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h à la salle des fêtes. Elle compte quarante plantes.",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, au théâtre des Remparts, à Vernoy. Elle compte quarante plantes.",
            "Date : mardi 4 mai 2027\nHeure : 10 h\nLieu : Espace Mendès-France, Vernoy\n",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, à l’hôtel de ville. Elle compte quarante plantes.",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h au stade Jean-Bouin, à Vernoy. Elle compte quarante plantes.",
        ],
    },
    "vague-link-text|link-text-is-url": {
        ("release", "fr"): [
            "La Ville ouvre un jardin. Pour vous inscrire, cliquez sur ce lien : https://vernoy.example/a",
            "La Ville ouvre un jardin. En savoir plus : https://vernoy.example/a",
            "La Ville ouvre un jardin. Le dossier est à télécharger ici : https://vernoy.example/a",
            "La Ville ouvre un jardin. [Lire la suite](https://vernoy.example/a)",
            "La Ville ouvre un jardin. Voir ce lien : https://vernoy.example/a",
            "La Ville ouvre un jardin. Plus d’informations ici.",
            "La Ville ouvre un jardin. [Plus d’infos](https://vernoy.example/a)",
            "La Ville ouvre un jardin. Le programme est disponible via ce lien.",
        ],
        ("release", "en"): [
            "The Trust opens a garden. Read more here: https://norbury.example/a",
            "The Trust opens a garden. Follow this link: https://norbury.example/a",
            "The Trust opens a garden. Find out more here.",
            "The Trust opens a garden. [See here](https://norbury.example/a)",
            "The Trust opens a garden. Photos can be downloaded here: https://norbury.example/a",
            "The Trust opens a garden. Register via the link below.",
            "The Trust opens a garden. [More information](https://norbury.example/a)",
            "The Trust opens a garden. Learn more at this link.",
        ],
    },
    "edition-differs|edition-in-plural|name-written-otherwise|body-named-otherwise": {
        ("release", "fr"): [
            "Les Journées du lilas commencent le 4 mai 2027.\n\nLa Journée du lilas accueille dix chœurs.",
            "La 2e édition du Salon du lilas commence.\n\nCette 3e édition réunit dix clubs.",
            "Le Festival des lilas commence.\n\nLes Festivals des lilas réunissent dix clubs.",
            "Les Rencontres du bois commencent.\n\nLa Rencontre du bois finit le 6 mai 2027.",
            "La deuxième édition de la Foire au lilas commence.\n\nLa 4e édition de la Foire au lilas réunit dix clubs.",
            "Les Nuits du livre commencent.\n\nLa Nuit du livre finit à 22 h.",
        ],
        ("release", "en"): [
            "The Norbury Book Festival begins.\n\nThe Norbury Books Festival welcomes ten clubs.",
            "The Lilac Days begin on 4 May 2027.\n\nThe Lilac Day welcomes ten clubs.",
            "The second edition of the Lilac Fair begins.\n\nThis third edition welcomes ten clubs.",
            "The 5th Lilac Forum begins.\n\nThe 6th Forum welcomes ten clubs.",
            "The Norbury Film Festivals begin.\n\nThe Norbury Film Festival has ten films.",
            "The Lilac Week begins.\n\nThe Lilac Weeks welcome ten clubs.",
            "The Norbury Night of Books begins.\n\nThe Norbury Nights of Books welcome ten clubs.",
        ],
    },
}
SOUND = {
    "kind-in-headline": {
        ("headline", "fr"): [
            "Communiquer : Vernoy ouvre une école",
            "Invitation au voyage : Vernoy expose des cartes",
            "Actualité du lilas : Vernoy ouvre un jardin",
            "Rappel des lots : trois gestes utiles",
            "Invitations, rencontres et lilas à Vernoy",
        ],
        ("headline", "en"): [
            "News from the garden: lilacs in bloom",
            "Statement pieces: Norbury shows jewels",
            "News agents return to Norbury",
            "Release of 300 otters near Norbury",
            "Advisory board chosen in Norbury",
            "Press freedom: Norbury opens an archive",
            "Media studies return to Norbury",
        ],
    },
    "missing-blank": {
        ("release", "fr"): [
            "Le lot n°3, le CO2, la N7, l’A13, le 4x4, le G7 et le MP3 de 3D.",
            "Un vol A320, la 5G, le H2O, 18h30, 3e, 1er, 20e siècle, 10kg, 25km, 12V, 30cm, 14e.",
            "Le site vernoy.example, 1,5 million, 3,2 m ; l’élu(e) et les agent(e)s.",
            "Il parla du format a4. Au-delà, déjà, voilà, celle-là ; parle-lui, parler, il parle ; Covid19, Bac+2, RTL2, TF1, France3 et M6 filment.",
        ],
        ("release", "en"): [
            "The B2B fair, the 4x4, MP3, 5pm, 10am, 3D, 2nd, 20th and 30km or 12kg, H2O and CO2.",
            "Isobel, Ishmael and Theodora are often together, altogether, into, onto, tothill, Isotopes, island, isolated, willow, ofthalmic.",
            "A Level2 course, iPhone15, Web3 and U2 play; e.g. this, i.e. that, 1,200 people and 3.5 m.",
            "Today is on the way; bethe, lathe, bathe, breathe, tithe, within and maybe; go to the office(s) of the U.S.A. or the p.m. bus; the node.js page.",
        ],
    },
    "quotation-without-name": {
        ("release", "en"): [
            "Ann Low leads the garden.\n\n“It is lovely,” said the director.",
            "“It is lovely,” said Tom Hale, a visitor.",
            "“It is lovely,” said one visitor, Tom Hale.",
            "Ann Low leads the garden. “It is lovely,” she said.",
            "The word “garden” is old, said a historian.",
        ],
        ("release", "fr"): [
            "Léa Morin dirige le jardin.\n\n« C’est superbe », dit la directrice.",
            "« C’est superbe », dit Paul Roy, un visiteur.",
            "« C’est superbe », dit un visiteur, Paul Roy.",
            "Léa Morin dirige le jardin. « C’est superbe », dit-elle.",
            "Le jardin « des lilas » plaît à une visiteuse.",
        ],
    },
    "accreditation-without-deadline": {
        ("invitation", "fr"): [
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Entrée libre, sans inscription. Renseignements : presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Les journalistes sont les bienvenus, sans accréditation.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Accès sur accréditation, à demander avant le 29 avril 2027 à presse@lilas.example.",
            "La serre de Vernoy rouvre mardi 4 mai 2027 à 10 h, 12, rue des Lilas, à Vernoy. Les visiteurs doivent s’inscrire à l’accueil du jardin.",
        ],
        ("invitation", "en"): [
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. No registration is needed. Press card holders enter free.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Media must register at press@norbury.example by 29 April 2027.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. Visitors need a ticket, which costs £3.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at 12 Oak Road, Norbury. All journalists are welcome; no pass is required.",
        ],
    },
    "nobody-on-the-day": {
        ("whole", ""): [
            "MEDIA ADVISORY\n\nLeeds, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Wednesday 14 July 2027 at 10 am, at 12 Oak Road, Leeds.\n\nPress contact\nAnn Low, Lilac Trust, 0113 496 0123, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nLeeds, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Tuesday 1 June 2027 at 10 am, at 12 Oak Road, Leeds.\n\nPress contact\nAnn Low, Lilac Trust, 0113 496 0123, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nLeeds, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Monday 31 May 2027 at 10 am, at 12 Oak Road, Leeds.\n\nPress contact\nAnn Low, Lilac Trust, 07700 900123, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nBoston, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Thursday 6 May 2027 at 10 am, at 12 Oak Road, Boston.\n\nPress contact\nAnn Low, Lilac Trust, 617-555-0142, ann@lilac.example\n",
            "MEDIA ADVISORY\n\nToronto, 12 April 2027\n\n# The lilac garden opens\n\nThe Lilac Trust opens its garden on Thursday 6 May 2027 at 10 am, at 12 Oak Road, Toronto.\n\nPress contact\nAnn Low, Lilac Trust, 416-555-0142, ann@lilac.example\n",
            "INVITATION PRESSE\n\nBruxelles, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin mercredi 14 juillet 2027 à 10 h, 12, rue des Lilas, à Bruxelles.\n\nContact presse\nLéa Morin, Musée des lilas, +32 2 555 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nLausanne, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin mercredi 14 juillet 2027 à 10 h, 12, rue des Lilas, à Lausanne.\n\nContact presse\nLéa Morin, Musée des lilas, 021 555 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nMontréal, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin jeudi 6 mai 2027 à 10 h, 12, rue des Lilas, à Montréal.\n\nContact presse\nLéa Morin, Musée des lilas, 514 555-0142, lea@lilas.example\n",
            "INVITATION PRESSE\n\nVernoy, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin mercredi 21 juillet 2027 à 10 h, 12, rue des Lilas, à Vernoy.\n\nContact presse\nLéa Morin, Musée des lilas, 01 99 00 12 34, lea@lilas.example\n",
            "INVITATION PRESSE\n\nLyon, le 12 avril 2027\n\n# Le jardin des lilas ouvre\n\nLe musée des lilas ouvre son jardin jeudi 1er juillet 2027 à 10 h, 12, rue des Lilas, à Lyon.\n\nContact presse\nLéa Morin, Musée des lilas, 04 99 00 12 34, lea@lilas.example\n",
        ],
    },
    "no-street-address": {
        ("invitation", "en"): [
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, at the Corn Hall, 2 Market Square, Norbury. It has forty lilacs.",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am at Norbury Library, High Street, Norbury. It has forty lilacs.",
            "What: opening\nWhen: Tuesday 4 May 2027, 10 am\nWhere: Corn Hall, 3 Mill Lane, Norbury NB1 2AB\n",
            "The Norbury Trust opens its garden on Tuesday 4 May 2027 at 10 am, online on Zoom. It has forty lilacs.",
        ],
        ("invitation", "fr"): [
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, à la médiathèque Marie-Curie, 4, rue des Écoles, à Vernoy. Elle compte quarante plantes.",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, place du Marché, à Vernoy. Elle compte quarante plantes.",
            "La Ville de Vernoy rouvre sa serre mardi 4 mai 2027 à 10 h, en visioconférence. Elle compte quarante plantes.",
            "Date : mardi 4 mai 2027\nHeure : 10 h\nLieu : Espace Mendès-France, 3, avenue Foch, 69000 Vernoy\n",
        ],
    },
    "vague-link-text": {
        ("release", "fr"): [
            "La Ville ouvre un jardin. Ici, tout est bleu. Les lilas poussent ici depuis 1900.",
            "La Ville ouvre un jardin. Programme : https://vernoy.example/a",
            "La Ville ouvre un jardin. Ce lien entre ville et nature plaît. On en sait plus sur le lilas.",
            "La Ville ouvre un jardin. [Le programme du jour](https://vernoy.example/a)",
        ],
        ("release", "en"): [
            "The Trust opens a garden. Lilacs have grown here since 1900. This link between town and nature pleases.",
            "The Trust opens a garden. Programme: https://norbury.example/a",
            "The Trust opens a garden. Children learn more here than in class.",
            "The Trust opens a garden. [The programme](https://norbury.example/a)",
        ],
    },
    "edition": {
        ("release", "fr"): [
            "La 2e édition du Salon du lilas commence. La 1re édition avait réuni dix clubs.",
            "La Journée du lilas ouvre les Journées de l’arbre.",
            "La journée commence à 9 h ; les journées sont longues.",
            "Le Festival des lilas est l’un des trois festivals de la ville.",
            "La Nuit des musées et les Nuits du livre reviennent.",
        ],
        ("release", "en"): [
            "The second edition of the Lilac Fair begins. The first edition welcomed ten clubs.",
            "The Norbury Book Festival is one of three festivals in Norbury.",
            "The Lilac Day opens the Garden Days.",
            "The day begins at 9 am; the days are long.",
        ],
    },
}


def findings(frame, language, words):
    return diagnosed("a.txt", FRAMES[frame, language].format(words))[1].findings


def each_of(table):
    return [
        (checks, *frame, words)
        for checks, frames in table.items()
        for frame, texts in frames.items()
        for words in texts
    ]


@pytest.mark.parametrize(("checks", "frame", "language", "words"), each_of(FAULTS))
def test_a_fault_in_a_sentence_is_found(checks, frame, language, words):
    found = {each.check for each in findings(frame, language, words)}

    assert found & set(checks.split("|"))


@pytest.mark.parametrize(("_check", "frame", "language", "words"), each_of(SOUND))
def test_what_is_only_like_a_fault_blocks_and_warns_of_nothing(_check, frame, language, words):
    severe = [
        each.check
        for each in findings(frame, language, words)
        if each.severity is not Severity.NOTE
    ]

    assert severe == []
