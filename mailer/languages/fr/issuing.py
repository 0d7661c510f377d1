"""How a French text says which body issues or organises what it is about."""

from __future__ import annotations

from mailer.languages.issuing_words import IssuingWords

_DOES = (
    r"(?:publi|organis|présent|expos|inaugur|édit|ouvr|lanc|annonc|port|pilot|propos|dévoil|diffus|donn|remet|décern|accueill|fabriqu|produi|commercialis|men|mèn"
    r"|condui|réalis|coordonn|gèr|gér|possèd|exploit|anim|mont|tien|attribu)\w*"
)

_OF = r"(?:de[ \u00a0]la[ \u00a0]|de[ \u00a0]l[’']|du[ \u00a0]|des[ \u00a0]|de[ \u00a0]|d[’'])"

ISSUING = IssuingWords(
    does=_DOES,
    issues_this=rf"{_DOES}(?:[ \u00a0][a-zà-ÿ]+){{0,2}}[ \u00a0](?:ce|cet|cette|ces)[ \u00a0]",
    issues_the=(
        r"(?:(?:a|vient de|va)[ \u00a0])?(?:publi(?:e|é|er|era)|organis(?:e|é|er|era)|présent(?:e|é|er|era)|édit(?:e|é|er|era)|expos(?:e|é|er|era)|mont(?:e|é|er|era)|décern(?:e|é|er|era)"
        r"|men(?:é|er|era)|mène|conduit|conduira|réalis(?:e|é|er|era)|coordonn(?:e|é|er|era)|tient|tiendra|lanc(?:e|é|er|era))[ \u00a0](?:le[ \u00a0]|la[ \u00a0]|les[ \u00a0]|l[’'])(?P<what>[a-zà-ÿœ]{4,})"
    ),
    issuer_of=(
        r"(?:(?:co-?)?organisat(?:eur|rice)s?|édit(?:eur|rice)|aut(?:eur|eure|rice)|initiat(?:eur|rice)|promot(?:eur|rice)|propriétaire|productr?(?:eur|ice)|maître d[’']ouvrage|à l[’']origine)"
        r"[ \u00a0](?:de[ \u00a0]la[ \u00a0]|de[ \u00a0]l[’']|du[ \u00a0]|des[ \u00a0]|d[eu][ \u00a0](?:ce|cet|cette|ces)[ \u00a0])"
    ),
    headed_by=(
        r"(?:préside|dirige|conduit|pilote|mène)[ \u00a0]+|(?:présidée?|dirigée?|menée?|conduite?|emmenée?)[ \u00a0]par[ \u00a0]+|(?:a|ont)[ \u00a0]pour[ \u00a0](?:président|directeur|maire|présidente|directrice)[ \u00a0]+"
    ),
    head_of=(
        r"(?:(?:le|la)[ \u00a0])?(?:(?:vice-)?présidente?|direct(?:eur|rice)(?:[ \u00a0]générale?)?|maire|conservat(?:eur|rice)(?:[ \u00a0]en[ \u00a0]chef)?|commissaire|porte-parole|secrétaire[ \u00a0]générale?|rect(?:eur|rice)|doyen(?:ne)?|responsable)"
        rf"[ \u00a0]{_OF}"
    ),
    this_of=(
        rf"(?:ce|cet|cette|ces)[ \u00a0][a-zà-ÿœ]+(?:[ \u00a0][a-zà-ÿ]+)?[ \u00a0]{_OF}|(?:ce|cet|cette|ces)[ \u00a0][^.;:\n]{{3,40}}[ \u00a0](?:est|sont|a été|ont été)[ \u00a0](?:organis|présent|publi|édit|produi|propos|men|condui|réalis|port)\w*[ \u00a0]par[ \u00a0](?:la[ \u00a0]|le[ \u00a0]|les[ \u00a0]|l[’'])?"
    ),
    invites=(
        r"(?:vous[ \u00a0])?(?:invit|convi|attend|accueill)\w*[ \u00a0](?:la presse|les journalistes|les médias|les rédactions|les photographes)|vous[ \u00a0](?:invite|convie|donne|propose|attend)|a[ \u00a0]le[ \u00a0]plaisir"
        r"|a[ \u00a0]l[’']honneur|remercie[ \u00a0](?:ses|les|tous)|(?:se )?tient[ \u00a0]à[ \u00a0](?:la|votre)[ \u00a0]disposition|reste[ \u00a0]à[ \u00a0](?:la|votre)[ \u00a0]disposition"
    ),
    press_of=(
        r"(?:contacts?|service|bureau|relations?|attachée?|chargée?|responsable|direction)s?(?:[ \u00a0]de)?(?:[ \u00a0]la)?[ \u00a0](?:presse|communication|médias|relations[ \u00a0](?:avec[ \u00a0]la[ \u00a0])?presse)(?:[ \u00a0]et[ \u00a0](?:de[ \u00a0](?:la[ \u00a0])?)?[a-z]+)?"
        r"[ \u00a0](?:de[ \u00a0]la[ \u00a0]|de[ \u00a0]l[’']|du[ \u00a0]|des[ \u00a0]|de[ \u00a0]|d[’']|à[ \u00a0]la[ \u00a0]|à[ \u00a0]l[’']|au[ \u00a0])"
    ),
    press_behind=r"(?!)",
    about=r"(?:à propos|au sujet|présentation|qui est|qui sommes-nous|en savoir plus sur|zoom sur)[ \u00a0]?:?[ \u00a0](?:de[ \u00a0]la[ \u00a0]|de[ \u00a0]l[’']|du[ \u00a0]|des[ \u00a0]|de[ \u00a0]|d[’'])?",
    begins_about=r"(?:fondée?s?|créée?s?|née?s?|établie?s?|installée?s?) (?:en|depuis|à|dans|par)\b|depuis (?:18|19|20)\d\d|association\b|établissement\b|acteur\b",
    lends=r"(?:prêt(?:e|é|ent|era)|confi(?:e|é|ent|era))\b",
    families=(
        r"association|societe|amis|fondation|comite|compagnons",
        r"parc|reserve|domaine|jardins?|zoo|aquarium|menagerie|sanctuaire",
        r"musees?|museum|collections?|galeries?|archives|bibliotheques?|mediatheques?|memorial|conservatoire|centre",
        r"federation|ligue|union|association|confederation|comite|collectif|alliance|reseau|groupement|amicale|societe|cercle|club",
        r"chambre|guilde|ordre|syndicat|confederation|union|cercle|groupement",
        r"orchestre|philharmonie|ensemble|sinfonietta|choeur|opera|symphonie",
        r"hopital|hopitaux|clinique|chu|centre|polyclinique|institut",
        r"universite|faculte|ecole|institut|campus|college|academie",
        r"ville|commune|mairie|municipalite|metropole|agglomeration|communaute|cite",
        r"agence|office|service|autorite|bureau|etablissement|observatoire",
        r"ambassade|legation|consulat|mission|delegation",
        r"compagnie|theatre|troupe|ensemble|collectif",
        r"fondation|fonds|association|ong|secours|solidarites?",
        r"entreprise|societe|groupe|maison|manufacture|etablissements|ateliers?|cooperative",
    ),
    contractors=r"institut|cabinet|bureau|laboratoire|societe|entreprise|studio|atelier|agence|equipe|chantier|fonds|fondation|mutuelle|banque",
    parents=r"ville|mairie|commune|region|departement|metropole|communaute|agglomeration|ministere|groupe|universite|etat|prefecture|academie|direction",
)
