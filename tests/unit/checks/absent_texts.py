"""Releases in which one thing is missing, and the same with it, in wordings of many offices."""

FRENCH = """Fédération des Moulins
Service de presse

Communiqué de presse
Verdelles, le {written}

Le moulin de Verdelles tourne de nouveau

{lead}

{body}

{practical}

{partners}

{contact}
"""
ENGLISH = """Mill Trust
Press Office

Press release
Harlow Green, {written}

Harlow mill turns again

{lead}

{body}

{practical}

{partners}

{contact}
"""
SOUND = {
    FRENCH: {
        "written": "30 novembre 2026",
        "lead": "La Fédération des Moulins remet en marche le moulin de Verdelles le jeudi 4 mars 2027 à 10 h, à Verdelles. Il moudra le blé de douze fermes.",
        "body": "Les travaux ont duré trois ans. La roue pèse six tonnes.",
        "practical": "Pratique\nJeudi 4 mars 2027, de 10 h à 12 h\n9, rue des Meuniers, Verdelles",
        "partners": "",
        "contact": "Contact presse\nLéa Morin, 01 99 00 31 12 ou 06 39 98 14 07, presse@moulins.example",
    },
    ENGLISH: {
        "written": "30 November 2026",
        "lead": "The Mill Trust will start Harlow mill on Thursday 4 March 2027 at 10am, in Harlow Green. It will grind the wheat of twelve farms.",
        "body": "The works took three years. The wheel weighs six tonnes.",
        "practical": "Practical\nThursday 4 March 2027, 10am to noon\n9 Miller Street, Harlow Green",
        "partners": "",
        "contact": "Press contact\nAnn Lowe, 01632 960 144 or 07700 900 217, press@milltrust.example",
    },
}
_HISTORY = "Le moulin a été bâti par des moines et vendu comme bien national. Il a changé huit fois de mains et brûlé deux fois. Ses meules viennent de Champagne, ses bois de la forêt voisine, ses outils de la forge du bourg. Les anciens s’en souviennent et le racontent volontiers aux enfants des écoles qui passent. "
_PAST = "The mill was built by monks and sold by the crown. It has changed hands eight times and burnt down twice. Its stones come from Derbyshire, its beams from the wood nearby, its tools from the village forge. Old people remember it and like to tell the children who come by on their way home. "
_DESK = "Nos partenaires\nVille de Verdelles – presse : Ugo Lenoir, 02 61 91 07 15\n"
_COUNCIL = "Partners\nHarlow Council – press: Jo Reed, 01632 960 871\n"

ABSENT = {
    ("no-street-address", "practical"): {
        FRENCH: [
            "Où : halle aux grains de Verdelles",
            "Lieu de rendez-vous : salle polyvalente de Saint-Port",
        ],
        ENGLISH: [
            "Venue: Harlow Green Village Hall, north campus",
            "Meet at the lower gate of the mill at 9.45am.",
        ],
    },
    ("accreditation-without-deadline", "body"): {
        FRENCH: [
            "Les journalistes sont priés de s’annoncer auprès du service de presse.",
            "Pas d’accès au plateau sans brassard, à retirer auprès de Léa Morin.",
            "Un laissez-passer nominatif est exigé au portail.",
            "Nul n’entre dans la salle des meules sans badge presse.",
            "Presse : inscription nécessaire, par courriel.",
        ],
        ENGLISH: [
            "Nobody enters without a visitor pass, press included.",
            "No one gets onto the gallery without a press badge.",
            "Media must sign up with Ann Lowe.",
            "Press places must be booked with the press office.",
        ],
    },
    ("partner-without-contact", "partners"): {
        FRENCH: [
            f"{_DESK}Groupe Farinier, qui a offert les meules",
            "Avec le concours de\nLes Amis de la Vire",
            "Ils nous soutiennent\nBanque du Val (prêt de la salle)",
            "La journée est préparée conjointement avec le Syndicat des eaux de la Vire.",
            "Qui vient\n– Ville de Verdelles (contact presse : Ugo Lenoir, 02 61 91 07 15)\n– Compagnons de la Vire",
        ],
        ENGLISH: [
            f"{_COUNCIL}Baker & Sons (flour and sacks)",
            "Supported by\nThe Granary Society",
            "The mill was restored hand in hand with the River Society.",
        ],
    },
    ("vague-link-text", "body"): {
        FRENCH: [
            "Le dossier de presse vous attend de ce côté : par ici !",
            "Le règlement complet figure sur ce lien.",
            "Le détail des horaires : lire la suite >",
            "Voir le plan →",
            "Téléchargez le dossier ici.",
        ],
        ENGLISH: [
            "The list of farms is set out here.",
            "The method is told in a short paper: read more >>",
            "The full rules are behind this link.",
            "See the map →",
        ],
    },
    ("attachment-missing", "body"): {
        FRENCH: [
            "Une photographie de la roue accompagne ce message.",
            "Vous recevez avec cet envoi le plan des lieux.",
            "Ce courriel contient le dossier de presse complet.",
        ],
        ENGLISH: [
            "Two pictures come with this email.",
            "This e-mail contains the full press pack.",
        ],
    },
    ("lead-incomplete", "lead"): {
        FRENCH: [
            "Le pain est un bien précieux. Il rassemble autour de la table et réchauffe les cœurs, en hiver comme en été.",
            "La passion est un moteur. C’est elle qui pousse des hommes et des femmes à relever des défis que l’on croyait impossibles.",
        ],
        ENGLISH: [
            "Bread is at the heart of every community. For generations people have gathered around the oven, and bold ideas need a warm home.",
            "We are delighted to share some wonderful news. It rewards the hard work of a close-knit team that never counts its hours.",
        ],
    },
    ("first-screen-too-long", "lead"): {
        FRENCH: [_HISTORY * 4, f"{_HISTORY}\n\n" * 4],
        ENGLISH: [_PAST * 4, f"{_PAST}\n\n" * 4],
    },
    ("acronym-unexplained", "body"): {
        FRENCH: [
            "Les relevés du Réseau OBVH le montrent.",
            "> Agrément : le moulin a passé les essais du CNVT\n> Débit : trois litres",
        ],
        ENGLISH: ["Institute ORWQ measured the flow."],
    },
}
"""What lacks something, by the check that says so and the part of the release that it replaces."""

PRESENT = {
    ("no-street-address", "practical"): {
        FRENCH: [
            "Adresse : 14 bis, quai de la Vire, 14500 Verdelles",
            "Jeudi 4 mars 2027 à 10 h, place de la Halle, Verdelles",
            "Moulin de Verdelles, route de Caen, Verdelles",
        ],
        ENGLISH: [
            "Where: 2 Customs Steps, Harlow Green",
            "The Granary, 18 Ropewalk Lane, Harlow Green",
            "Where: Old Mill, Harlow Green HG1 1AA, 4a Water Row",
        ],
    },
    ("accreditation-without-deadline", "body"): {
        FRENCH: [
            "Les journalistes sont priés de s’annoncer avant le mardi 2 mars 2027 à 12 h.",
            "Aucun badge n’est demandé aux journalistes.",
            "Un laissez-passer est exigé. Il se demande au plus tard le 2 mars 2027 à 17 h.",
            "Les enfants doivent s’inscrire auprès de l’école.",
        ],
        ENGLISH: [
            "Media must sign up by noon on Tuesday 2 March 2027.",
            "No accreditation is needed.",
            "Reporters may come without a pass.",
        ],
    },
    ("partner-without-contact", "partners"): {
        FRENCH: [
            f"{_DESK}Groupe Farinier – presse : Eva Tual, 02 61 91 07 16",
            "Partenaire\nVille de Verdelles\nUgo Lenoir, 02 61 91 07 15",
            "Programme\n10 h : mise en eau, avec le maire\n11 h : visite",
            "Chiffres\nMeules : deux\nSacs : quatre cents",
        ],
        ENGLISH: [
            f"{_COUNCIL}Baker & Sons – press: Al Fox, 01632 960 872",
            "Thanks to the neighbours, who lent their ladders.",
        ],
    },
    ("vague-link-text", "body"): {
        FRENCH: [
            "Les visuels sont sur cette page : https://moulins.example/visuels",
            "Le moulin tourne ici depuis 1702. Les meules ont été taillées ici.",
            "Ce lien entre l’eau et le pain est ancien. La suite coûtera peu.",
        ],
        ENGLISH: [
            "The rules are behind this button: https://milltrust.example/map",
            "The stones were cut here. This link between water and bread is old.",
        ],
    },
    ("attachment-missing", "body"): {
        FRENCH: [
            "Merci de répondre à ce courriel pour recevoir les photos.",
            "Le dossier de presse se télécharge sur https://moulins.example/presse.",
            "La maison attenante est jointe à la grange.",
        ],
        ENGLISH: [
            "Reply to this email to receive the photos.",
            "The mill is attached to the farm by a footbridge.",
        ],
    },
    ("lead-incomplete", "lead"): {
        FRENCH: ["Le moulin de Verdelles tournera de nouveau le jeudi 4 mars 2027 à 10 h."],
        ENGLISH: ["A wheel of six tonnes will turn on Thursday 4 March 2027 at 10am."],
    },
    ("first-screen-too-long", "lead"): {
        FRENCH: [
            _HISTORY * 2,
            f"{_HISTORY * 2}\n\nTrois ans de chantier\n{_HISTORY * 2}",
            f"{_HISTORY * 2}\n\nLE CHANTIER\n\n{_HISTORY * 2}",
        ],
        ENGLISH: [f"{_PAST * 2}\n\nThree years of work\n{_PAST * 2}"],
    },
    ("acronym-unexplained", "body"): {
        FRENCH: [
            "La Commission régionale du patrimoine vivant (CRPV) a validé le dossier.",
            "Le SMBV (syndicat mixte du bassin de la Vire) finance le chantier.",
            "Entrée LIBRE pour les enfants. Elle reste libre le soir.",
        ],
        ENGLISH: [
            "The Council for Rural Parks and Villages (CRPV) approved the file.",
            "Pictures (JPEG) are free to use, and seen by the BBC.",
        ],
    },
}
