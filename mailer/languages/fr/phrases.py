"""French phrases that the checks look for."""

from __future__ import annotations

from mailer.languages.fr import acronyms, admissions, occasions, partners, pointers
from mailer.languages.fr import colleagues as of_colleagues
from mailer.languages.fr.numbers import ANNIVERSARIES, NUMBERS, SMALL_NUMBERS
from mailer.languages.fr.things import (
    LASTING_THINGS,
    MEASURED_THINGS,
    SAME_THINGS,
    SIDES,
    SIZED_THINGS,
)
from mailer.languages.phrases import Phrases

PHRASES = Phrases(
    event=occasions.EVENT,
    limit="jusqu[’']au|avant le|depuis le",
    at_hour="à partir de|à|dès|de",
    embargo="embargo|ne pas (?:diffuser|publier) avant",
    no_embargo=(
        r"(?:pas|plus|jamais|sans|aucun|hors)[ \u00a0](?:(?:sous|un|d[’']un|l[’'])[ \u00a0]?)?(?:d[’'])?embargo"
        r"|embargo[ \u00a0](?:(?:est|a été)[ \u00a0])?(?:désormais[ \u00a0]|maintenant[ \u00a0])?(?:levé|terminé|échu)(?=[ \u00a0*_]*(?:[.!,;]|\n|\Z))"
        r"|embargo[ \u00a0](?:(?:sur|contre)[ \u00a0](?:les?[ \u00a0]|la[ \u00a0]|l[’'])?(?:armes|pétrole|gaz|exportations|importations|viandes?|céréales|Cuba|Iran|Irak|Russie)"
        r"|(?:commercial|pétrolier|économique|alimentaire|américain|russe|international|militaire)\b)"
    ),
    time_zone=r"heure\w*\s+(?:de|d[’']|locale|française)",
    vague_link=(
        r"(?:en\s+)?cliqu(?:ez|er|ant)(?:[\s-]+(?:ici|(?:sur\s+)?(?:ce|le)\s+(?:lien|bouton)))?|ici|par ici|ce lien|lien|lire la suite|la suite"
        r"|(?:en savoir )?plus|en savoir \+|voir(?: (?:ici|plus))?|télécharger(?: ici)?|plus d[’']infos?(?:rmations?)?|en savoir plus"
    ),
    document="communiqué(?: de presse)?|cp|invitation(?: presse)?|info(?:rmation)? presse|note aux rédactions|relance|rappel|dossier de presse",
    to_complete=r"à (?:compl[ée]ter|d[ée]finir|pr[ée]ciser|confirmer)\b",
    gap_to_come=of_colleagues.GAP_TO_COME,
    gap_names=(
        "noms?|pr[ée]noms?|date|jour|lieu|heure|titre|ville|signature|soci[ée]t[ée]|entreprise|organisme|num[ée]ro|mail|e-?mail|contact|rue|code postal|citation|fonction|adresse|t[ée]l[ée]phone|courriel|prix"
        r"|dur[ée]e|lien|(?:nombre|chiffres?|montant|ins[ée]rer|compl[ée]ter|ajouter)(?: [^\[\]\n]{0,40})?"
    ),
    other_bodies=(
        "mutuelle|office|caisse|union|confédération|collectif|ordre|établissement|régie|cercle|club"
        "|communauté|consortium|fonds|collège|commission|orchestre|opéra|amicale|académie|alliance"
        "|ambassade|consulat|chorale|coalition|groupement|syndicat mixte|haute autorité|institution|délégation|rectorat|entreprise|atelier"
    ),
    edition_of=(
        "rencontre|édition|journée|congrès|colloque|forum|salon|festival|conférence|symposium|nuit"
        "|fête|prix|concours|biennale|séminaire|convention|assises|état général|semaine|sommet|course"
        "|marathon|cérémonie|foire|printemps|gala|trophée|rendez-vous|hackathon|tournoi|championnat|régate|rallye|université d[’']été|comptage|recensement|baromètre"
    ),
    ordinals_from_third=(
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "septième",
        "huitième",
        "neuvième",
        "dixième",
        "onzième",
        "douzième",
        "treizième",
        "quatorzième",
        "quinzième",
        "seizième",
        "dix-septième",
        "dix-huitième",
        "dix-neuvième",
        "vingtième",
    ),
    number_words=NUMBERS,
    small_number_words=SMALL_NUMBERS,
    counted_anew="places?|personnes?",
    definite="(?:tous |toutes )?les|ces|ses|leurs|nos|aux|des",
    part_of="dont|parmi|notamment|y compris",
    says=(
        r"(?:dit|disent|disait|lance|juge|note|glisse|sourit|insiste|martèle|plaide|confie|conclut"
        r"|répond|reconnaît|poursuit|promet|prévient|rappelle|précise|souligne|explique|affirme|ajoute"
        r"|déclare|estime|indique|résume|raconte|témoigne|observe|assure|commente|constate|détaille"
        r"|espère|annonce|écrit|complète|renchérit|salue|se\s+(?:réjouit|félicite)|s[’'](?:enthousiasme"
        r"|amuse|exclame))(?:nt)?(?:[- ](?:t-)?(?:il|elle|ils|elles|on))?|(?:a|ont)\s+(?:déclaré|dit|ajouté"
        r"|expliqué|souligné|précisé|rappelé|affirmé|indiqué|lancé|conclu)|selon|d[’']après|(?-i:Pour)\s+(?:le|la|"
        r"l[’']|les|son|sa)\s*[^,.;:\n]{3,50},|devise|slogan|intitulée?s?|titre"
    ),
    presents=(
        r"(?:co-?)?(?:présent|lanc|organis|invit|publi|annonc|inaugur|dévoil|propos|sign|célèbr|fêt|cré|port|montr|expos"
        r")(?:ent|eront)|ouvr(?:ent|iront)|accueill(?:ent|eront)"
        r"|réuni(?:ssent|ront)|tien(?:nent|dront)|mettent|mettront|unissent|s[’']associent|vous\s+\w+ent"
        "|ont|vont"
    ),
    chromosomes="chromosomes|cellules|embryons|individus|sujets|génotypes|femelles",
    numbered_parts=(
        "chapitres?|tomes?|volumes?|parties?|titres?|articles?|annexes?|livres?|actes?|scènes?|siècles?"
    ),
    may_repeat="nous|vous|très|si|bien|jamais|presque|petit|ronron|chut|là|non|oui",
    suspended="et|ou|à|ni|puis|voire",
    kind_label=(
        "communiqué de presse|invitation (?:à la )?presse|information presse|info presse"
        "|dossier de presse|note aux rédactions|alerte presse|point presse"
    ),
    street=(
        "rue|avenue|av|boulevard|bd|bld|place|quai|allée|allées|chemin|impasse|route|cours|square"
        "|esplanade|passage|faubourg|promenade|parvis|voie|rond-point|sentier|villa|cité|traverse"
        "|montée|pont|port|gare|aéroport|campus|parc|jardin|domaine|lieu-dit|zone|zac|za|zi|ferme"
        "|mail|galerie|hameau|corniche|levée|venelle"
    ),
    on_duty=(
        "joignables?|disponibles? (?:au téléphone|par téléphone|pour les (?:médias|journalistes))|(?:de )?permanence|d[’']astreinte"
        "|répond(?:ent|ra|ront)? (?:au téléphone|aux? (?:journalistes|appels|médias|rédactions)|au(?=[ \u00a0]\\+?\\d))|prend(?:ra)? (?:les|vos) appels"
    ),
    sources="étude|rapport|communiqué|proverbe|dicton|enquête|sondage|article|affiche|panneau|lettre|texte|loi|règlement|note|fois|tract|plaque",
    imperial="miles|yards|acres|gallons|degrés fahrenheit|fahrenheit",
    abroad=(
        "américain\\w*|amérique|états-unis|usa|new york|anglais\\w*|angleterre|britannique\\w*|royaume-uni|londres|écoss\\w+"
        "|irland\\w+|canad\\w+|québec\\w*|montréal|australi\\w+|étrang\\w+|internationa\\w+|monde|mondia\\w+|conver\\w+|soit"
    ),
    square="(?:kilo)?mètres carrés",
    length_before=r"(?:long(?:ue)?s?|larges?|hautes?|hauts?|profonde?s?|longueur|largeur|hauteur|profondeur|distance)[ \u00a0](?:totale[ \u00a0])?(?:de|d[’'])",
    length_behind=r"de[ \u00a0](?:long|large|haut|longueur|largeur|hauteur|profondeur|sentiers?|chemins?|pistes?|routes?|voies?|rives?|berges?)|(?:plus loin|plus bas|en amont|en aval)",
    area_before=r"(?:superficie|surface)[ \u00a0](?:totale[ \u00a0])?(?:de|d[’'])",
    long_ago=r"autrefois|jadis|naguère|il fut un temps|il était une fois|au (?:temps|siècle)|au [XVI]+e siècle|dans l[’']antiquité|au moyen âge|il y a (?:bien )?(?:longtemps|des siècles|plus (?:de|d[’']un) (?:siècle|cent ans)|un siècle)|du temps (?:de|où)",
    there_that_day="sur place|le jour (?:même|J)",
    slot="visites? (?:de |pour la )?presse|avant-premières?|vernissages?|interviews?|entretiens?|créneaux?|photos?|photographes|séance photo|tournages?|discours|allocutions?|point presse|cocktail|vin d[’']honneur",
    asks_a_contact="par (?:courriel|courrier électronique|e-?mail|mél|mail)|(?:service|contacts?|bureau|attachée? d[eu]s?|relations?|responsables?) (?:de |avec la )?(?:la )?(?:presse|communication|médias)|service communication|ci-(?:dessous|après)",
    other_occasion=occasions.OTHER_OCCASION,
    each_day=occasions.EACH_DAY,
    welcomes=occasions.WELCOMES,
    funds=r"(?:co)?(?:financ|subventionn)\w+[ \u00a0](?:\w+[ \u00a0])?par|subventions? d\w+",
    room="salles?|amphi\\w*|portes?|étages?|bâtiments?|hangars?|hall|stands?|bureaux?|niveau|voie|môle",
    held_online=(
        "en ligne|visio(?:conférence)?|à distance|webinaire|en direct sur|zoom|teams|par téléphone"
    ),
    answers_that_day=of_colleagues.ANSWERS_THAT_DAY,
    measured=(
        "ans|années?|mois|semaines?|jours?|journées?|heures?|minutes?|secondes?|siècles?|euros?|pages?"
        "|kilomètres?|mètres?|kilos?|grammes?|tonnes?|degrés?|points?|millions?|milliards?|milliers?"
        "|centaines?|dizaines?|fois|premiers?|premières?|derniers?|dernières?|prochains?|prochaines?"
        "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
        "|rue|avenue|boulevard|place|quai|allée|chemin|impasse|route|cours|square|pour|sur|dont|avec"
        "|autres?|nouveaux|nouvelles?|grands?|grandes?"
    ),
    before_noun="premi(?:er|ère)s?|derni(?:er|ère)s?|prochaine?s|nouveaux|nouvelles|jeunes",
    compared=(
        "contre|dont|au lieu de|autres?|chacune?s?|chaque|par rapport|l[’'](?:an|année) (?:dernier|"
        "dernière|passée?)|auparavant|avant|depuis|supplémentaires?|parmi|objectif|hausse|baisse|"
        "second(?:e|s|es)?|deuxième|ancien(?:ne)?s?|voisine?s?|déjà|à ce jour|jusqu[’']ici|désormais"
    ),
    measured_apart=(
        r"billets?|tarifs?|prix|entrée|adultes?|enfants?|réduite?s?|il reste\w*|restants?|reste(?:nt)? (?:à|encore)|par(?! (?:une?|l[ea]s?|des|l[’']|ses?|sa|son|leurs?)\b)|moitié"
    ),
    at_least="plus de|au moins|au-delà de",
    about="environ|près de|quelque|presque|autour de|une? peu plus de",
    qualifier=(
        r"nationa\w*|regiona\w*|departementa\w*|municipa\w*|centra\w*|genera\w*|europeen\w*"
        r"|francais\w*|internationa\w*|roya\w*|federa\w*"
    ),
    exchanged_bodies="fondation|fond|association|ligue|institut|centre",
    partner_of=partners.PARTNER_OF,
    joins=partners.JOINS,
    heads_partners=partners.HEADS_PARTNERS,
    vague_words=r"cliqu(?:ez|er|ant)[\s-]+(?:ici|là|sur\s+(?:ce|le)\s+(?:lien|bouton))\b",
    gap_dates="JJ[/.]MM(?:[/.]AA(?:AA)?)?",
    arrives=occasions.ARRIVES,
    begins=occasions.BEGINS,
    starts_it=occasions.STARTS_IT,
    follows=occasions.FOLLOWS,
    takes_place=occasions.TAKES_PLACE,
    no_reply=r"(?:no|ne[-_.]?pas)[-_.]?r[ée]pon",
    venue=(
        "piscine|patinoire|salles?|maison|musée|théâtre|mairie|hôtel de ville|hôtel|église|chapelle|halle|gymnase|stade"
        "|école|collège|lycée|centre|bibliothèque|médiathèque|auditorium|amphithéâtre|siège|palais"
        "|château|parc|jardins?|gare|port|ferme|hôpital|université|campus|institut|laboratoire"
        "|conservatoire|cinéma|galerie|ateliers?|espace|pavillon|préfecture|planétarium|aquarium"
        "|observatoire|chantier|station|plage|fort|citadelle|abbaye|cathédrale|hangar|usine|pont"
        "|serres?|moulin|marché|place|grange|foyer|pied"
    ),
    asks_for_place=(
        "(?:pour venir|écri(?:re|vez)|envoy(?:er|ez)|adress(?:er|ez)|répond(?:re|ez)|demand(?:er|ez|es?)"
        "|s[’']inscrire|inscri(?:vez|ptions?)|réserv(?:er|ez|ations?)|confirm(?:er|ez)|accréditations?"
        "|signal(?:er|ez)|contact(?:er|ez)|merci de)"
    ),
    must_ask=admissions.MUST_ASK,
    press="presse|médias?|journalistes?|rédactions?",
    also_that_day="aussi|également|y compris|compris|même|ainsi que",
    but_that_day="sauf|hors|excepté|pas|non",
    answers_calls="répond(?:ent|ra|ront)?|est joignable|sont joignables|prend les appels|appel(?:er|ez)",
    other_editions=(
        r"précédente?s?|derni(?:er|ère)s?|prochaine?s?|suivante?s?|avai(?:t|ent)|étai(?:t|ent)|avant|après"
        r"|depuis|passée?s?|ancienne?s?|premi(?:er|ère)s?|deux"
    ),
    muses=(
        r"depuis (?:toujours|la nuit des temps)|de tout temps|on (?:dit|raconte|oublie) (?:souvent|parfois|que)|rien (?:de tel|n[’']est)|quoi de|et si|imagine[zr]?|qui n[’']a (?:jamais|pas)|il y a des (?:lieux|moments|jours|gens|choses|histoires)"
        r"|depuis (?:toujours|la nuit des temps)|de tout temps|il était une fois|parfois|on dit (?:souvent )?que"
        r"|certain(?:s|es) (?:lieux|histoires|choses)|dans un monde|nous (?:savons|connaissons) tous|le temps passe"
        r"|chacun (?:le )?sait"
    ),
    known_acronyms=acronyms.KNOWN,
    invites_press=(
        r"\b(?:visite|point|conférence|petit[- ]déjeuner|rencontre) (?:de |avec la )?presse\b"
        r"|\b(?:présent|ouvert|expliqu)\w*\b[^.\n]{0,40}\bà la presse\b|"
        r"\b(?:presse|médias|journalistes|photographes)\b[^.\n]{0,40}\b(?:invitée?s?|attendue?s?|bienvenue?s?|conviée?s?)\b"
        r"|\b(?:invit(?!ation)\w+|convi\w+|accueill\w+)\b[^.\n]{0,20}\b(?:presse|médias|journalistes)\b"
    ),
    shared_by_chance=(
        r"avec|dans|pour|plus|sont|leurs?|cette|elles?|tous|toutes?|tout|mais|aussi|entre"
        r"|vers|sans|sous|ville|mars|avril|juin|juillet|mesure(?:nt)?|couvre|compte|coûte"
        r"|dure(?:nt)?|ouvre(?:nt)?|offre"
    ),
    programme="programme|déroulé|ordre du jour|puis|ensuite|suivie?s?",
    out_of_turn=(
        r"avant|après|depuis|précédée?s?|ou|chaque|tous les|toutes les|ouvert\w*|ferm\w+|répon\w+|au plus tard|limite"
    ),
    other_list=r"jours? \d|(?:salle|scène|groupe|parcours|site|stade|terrain|ligne)s? (?:[A-Z\d]|[nN]°)\w*|aller|retour(?=[ ]*:)",
    kin=(
        "frères?|sœurs?|soeurs?|fils|filles?|père|mère|époux|épouse|mari|femme|veuve|cousine?s?|neveu|nièce|oncle|tante|famille|jum(?:eau|elle)x?s?"
    ),
    akin_words=(
        r"ville|municipa\w*|communa\w*|commune",
        r"etat|nationa\w*|france|francai\w*",
        "jeune|jeunesse",
        "hopital|clinique|infirmerie",
        "chorale|choeur",
        "marine?s?|maritimes?",
        "navigation|batellerie",
        "nordiques?|boreale?s?",
    ),
    reports=(
        r"enquêtes?|études?|sondages?|rapports?|baromètres?|montr\w+|révèl\w+|conclu\w+|indiqu\w+|selon|après|d[’']après|dit"
        "|disent|souligne|constate|que|qui|les|des|une|par|aux|est|sont|ses|son|ces|car|parmi|près"
    ),
    counted_alike=(
        "lecteurs?|lectrices?|lectorat|abonnée?s?",
        "élèves?|écoliers?|écolières?|collégiens?|lycéens?|scolaires?",
        "chanteurs?|chanteuses?|choristes?|voix",
        "visiteurs?|spectateurs?|entrées?|fréquentation|auditoire|public|affluence|festivaliers?",
        "auditeurs?|auditrices?",
        "salariée?s?|employée?s?|agents?|collaborateurs?|effectifs?",
        "adhérente?s?|membres?|licenciée?s?",
        "exemplaires?|tirage",
    ),
    synonyms=SAME_THINGS,
    sums=r"coûts?|coûtée?s?|coûter[ao]\w*|coûtent|budgets?|financements?|enveloppe|investissements?|montant",
    sum_for=r"de la|des|du|de l[’']",
    counts_other=r"dont|parmi|chaque|chacune?|par (?:an|mois|jour|semaine|personne)|précédente?|ancienne?|premi(?:er|ère)|autres?|annuel\w*|à partir de",
    collective="lectorat|fréquentation|auditoire|affluence|effectifs?|tirage",
    founded=(
        r"(?:fondée?s?|créée?s?|née?s?|établie?s?|inaugurée?s?|ouverte?s?|lancée?s?|constituée?s?|construite?s?|bâtie?s?|édifiée?s?|existe(?:nt)?|a ouvert|voit le jour)"
        r"[ \u00a0](?:en|depuis)"
    ),
    says_age=(
        r"(?i:fêt\w+|célèbr\w+|souffl\w+)[ \u00a0](?:(?:cette année|en \d{4}|ainsi)[ \u00a0])?(?:ses|leurs|les)[ \u00a0]NUMBER[ \u00a0](?:ans|bougies)",
        r"(?:pour|à l[’']occasion de)[ \u00a0](?:ses|leurs|les)[ \u00a0]NUMBER[ \u00a0]ans",
        r"(?:son|leur|le|un)[ \u00a0]NUMBER(?:e|è|ème|ième)[ \u00a0]anniversaire",
        r"(?:son|leur|le|un|du|au)[ \u00a0]ORDINAL(?:[ \u00a0]anniversaire)?\b",
        r"(?:aurait(?:[ \u00a0]eu)?|fêterait)[ \u00a0](?:ses[ \u00a0])?NUMBER[ \u00a0]ans",
        r"(?:a|aura|avait|eut|fêt\w+)[ \u00a0](?:ses[ \u00a0])?NUMBER[ \u00a0]ans(?=[ \u00a0](?:en[ \u00a0]\d{4}|cette année|aujourd[’']hui))",
        r"(?:mort|morte|décédée?|disparue?)[ \u00a0]en[ \u00a0]\d{4},?[ \u00a0]à[ \u00a0](?:l[’']âge de[ \u00a0])?NUMBER[ \u00a0]ans",
        r"\b(?:des|les)[ \u00a0]NUMBER[ \u00a0]ans(?=[ \u00a0](?:de|du|des)[ \u00a0]|[ \u00a0]d[’'])",
        r"(?:fondée?|créée?|née?|ouverte?|lancée?|inaugurée?)s?[ \u00a0]il y a[ \u00a0]NUMBER[ \u00a0]ans",
        r"NUMBER[ \u00a0](?:ans|années)[ \u00a0](?:d[’']existence|d[’']activité|d[’']histoire|après sa (?:création|fondation|naissance))",
    ),
    anniversaries=ANNIVERSARIES,
    lasts_since=(r"(?i:depuis)[ \u00a0](?:(?:plus|près) de[ \u00a0])?NUMBER[ \u00a0]ans",),
    is_partner=r",?[ \u00a0](?:est[ \u00a0])?(?:(?:un|le|l[’']un des)[ \u00a0]?)?partenaires?\b",
    each_time="chaque (?:jour|semaine|mois|matin|soir|fois)",
    every_year=r"chaque(?:[ \u00a0](?:année|an),?)?|tous[ \u00a0]les(?:[ \u00a0]ans,?)?",
    kind_before_sign=(
        r"communiqué(?: commun)?|cp|actualités?|actu|invitation|information|info|note (?:de|à la) presse|note d[’']information|rappel|relance|alerte|brève|annonce|avis(?: aux médias)?|dossier|point presse|conférence de presse|information à la presse|agenda|save the date|sous embargo|déclaration"
    ),
    vague_pointer=pointers.VAGUE_POINTER,
    pointer=pointers.POINTER,
    to_be_had=pointers.TO_BE_HAD,
    clicks=pointers.CLICKS,
    button_verbs=pointers.BUTTON_VERBS,
    button=pointers.BUTTON,
    this_page=pointers.THIS_PAGE,
    below=r"ci-(?:dessous|après)|plus bas",
    vague_speaker=(
        r"(?:un|une|des|plusieurs|certaine?s|l[’']|le|la|les|quelques)\s?(?:visiteu(?:r|se)s?|habitante?s?|riveraine?s?|participante?s?|organisat(?:eur|rice)s?|responsables?|porte-parole|sources?(?: proche)?|bénévoles?|parents?|passante?s?|équipe|salariée?s?|employée?s?|cliente?s?|voisine?s?|spectat(?:eur|rice)s?|élue?s?|personnel)|on"
    ),
    admission=admissions.WORDS,
    not_needed=(r"\b(?:sans|aucune?|pas|ni)\b"),
    glued_words=(
        r"(?:dans|sur|avec|pour|et|que|à)l(?:es?|a)|dela|dansun|(?:est|sont|sera|seront)(?:ouverte?s?|gratuite?s?|fermée?s?|organisée?s?|invitée?s?|prévue?s?|libres?)|[a-zé]{3,}[tesrnd]à"
    ),
    before_number=(
        r"compte|comptent|ont|est|de|des|du|le|les|à|et|sur|dans|avec|pour|en|au|aux|par|plus|coûte|dure|réunit|accueille|reçoit"
    ),
    second_edition=(r"(?:deuxième|seconde)(?= édition)"),
    divides=(
        r"répart\w+|répartition|se (?:partag|divis|compos)\w+|partag\w+ entre|compos\w+ (?:de|à)|(?:co)?financ\w+ par|financement|provien\w+"
        r"|vien(?:t|nent) (?:à|pour|de)|origine|à savoir"
    ),
    in_all="en tout|au total|soit|total|ensemble",
    pays=r"verse\w*|apport\w+|financ\w+|prend|prennent|donn\w+|pai\w+|pay\w+|contribu\w+|subvention\w*|provien\w+",
    rest_of="reste|restante?s?|solde|(?:les|d[’'])[ \u00a0]?autres?|parmi (?:eux|elles)|entre autres|notamment",
    compared_shares=(
        r"hausse|baisse|augment\w+|progress\w+|recul\w*|diminu\w+|réduit\w*|réduction|remise|contre|plus que|moins que|par rapport|taux|satisf\w+"
        r"|en (?:19|20)\d\d|jugent|estiment|aiment|pensent|souhaitent|déclarent|plusieurs réponses"
    ),
    opposites=(
        "femmes?|hommes?|filles?|garçons?|adultes?|enfants?|amateurs?|professionnel(?:le)?s?|étudiante?s|enseignante?s|salariée?s|bénévoles|places assises|places debout"
    ),
    announces=(
        "sont|seront|propos\\w+|particip\\w+|interv\\w+|suivante?s?|lieu|programme|présente?s|invitée?s?|attendue?s?|parler\\w+|prendront"
    ),
    lasts=r"dur\w+|pendant|durant",
    length_of_else=(
        r"tou(?:te)?s les|chaque|par (?:jour|semaine|mois|an)|avant|après|plus tard|dans|d[’']ici|il y a|depuis|délai|pause|chacune?s?|dont|sous|moins de"
        r"|gratuit\w*|toutes|forfaits?|pass|billets?|valables?"
    ),
    issued=r"(?:communiqué[ \u00a0](?:de presse[ \u00a0])?)?(?:publiée?|diffusée?|émise?|envoyée?|daté)[ \u00a0](?:le|du)|communiqué (?:de presse )?du",
    page_number=r"(?:page|p\.)[ \u00a0]?\d{1,2}(?:[ \u00a0]?(?:/|sur)[ \u00a0]?\d{1,2})?",
    cannot_end=(
        "de|du|des|la|le|les|un|une|et|ou|à|au|aux|avec|par|pour|en|dans"
        "|sur|sans|chez|son|sa|ses|leurs|notre|votre|ce|cette|ces|qui|que|dont|est|sont|sera|seront"
    ),
    goes_first=r"commence\w*|débute\w*|début|démarre\w*|ouvre\w*|ouverture|s[’']ouvr\w+|départs?|part|partent|partir\w*|quitte\w*",
    goes_last=(
        r"se termine\w*|termin\w+|fini\w+|s[’']achèv\w+|ferme\w*|fermeture|fin|retours?|revien\w*|rentr\w+|reviendr\w+|clôture|arriv(?:e|ent|era|eront|ée)|rejoin(?:t|dra)|gagne(?:ra)?"
    ),
    doors="portes",
    shown="concert|spectacle|représentation|séance|film|débat|match|conférence|spectacles|coup d[’']envoi|début|commence|débute",
    next_day="lendemain|rouvr\\w+|le reste|matins?|soirs?|chaque|ou|semaine|scolaires|groupes?|précédente?|autre|week-ends?|autres|aussi|également",
    born="née?s?",
    priced="entrée|billets?|place|plein tarif|tarif plein|tarif|tarif unique|prix",
    costs="coûte(?:nt)?|est (?:de|à|fixée? à)|sont à|à|de",
    for_whom=r",?[ \u00a0](?:pour|par|avec|si|en prévente|sur place|en ligne|réduit|réduite|jusqu[’']|dès|à partir|avant|après|l[’']un|les? \w+)\b",
    practical="(?:informations?|infos|renseignements?) pratiques?|en pratique|en bref|repères|quand(?: et où)?|date(?: et heure)?s?|rendez-vous",
    fractions={
        "la moitié": 1 / 2,
        "un tiers": 1 / 3,
        "le tiers": 1 / 3,
        "deux tiers": 2 / 3,
        "un quart": 1 / 4,
        "le quart": 1 / 4,
        "trois quarts": 3 / 4,
        "un cinquième": 1 / 5,
        "un dixième": 1 / 10,
    },
    attached=of_colleagues.ATTACHED,
    this_mail=of_colleagues.THIS_MAIL,
    not_sent=of_colleagues.NOT_SENT,
    files=of_colleagues.FILES,
    subject_label="objet|sujet",
    practical_hour="heure|début|horaire",
    counted_with=r"grande?s|petite?s|nouveaux|nouvelles|jeunes|premi(?:er|ère)s|derni(?:er|ère)s|prochaine?s|autres|beaux|belles|vieux|vieilles|ancien(?:ne)?s|principaux|principales|différente?s|meilleure?s|bon(?:ne)?s|seule?s",
    plural_without_sign=r"(?!)",
    no_adjective=r"a|ont|au|du|de|en|et|est|la|le|un|une|par|pour|que|qui|sur|dans|avec|sont|sera|seront|on|il|elle|ou|o\u00f9|ni|car|si|ne|pas|ce|se|sa|son|leur|chaque|comme|km|cm|mm|kg|mille|million|milliard",
    part_only=r"autres?|premi(?:er|ère)s?|derni(?:er|ère)s?|prochaine?s|restante?s|supplémentaires?|seule?s|seulement|de plus|certaine?s|jusqu[’']à|moins de|meilleure?s",
    limits=r"de|du|des|à|aux?|en|sur|dans|pour|avec|chez|par|âgés|âgées",
    relative=r"qui|que|dont|où",
    participle=r"[a-zà-ÿ]+(?:ées|és|ées?|is|ies|us|ues|aux|ales|elles|els|eurs|euses|ifs|ives|iques|ains|aines|ois|oises|aires)",
    age_range=r"\d+ (?:à|et) \d+ ans",
    set_against=r"contre|au lieu de|plutôt que|par rapport|l[’']an (?:dernier|passé)|l[’']année (?:dernière|passée|précédente)|précédente?s?|auparavant|jadis|depuis|déjà|à ce jour|jusqu[’']ici|d[’']abord|objectif|hausse|baisse|augment\w+|pass(?:e|é|ent|era|eront) (?:de|à)|doubl\w+|désormais|moyenne|record|sélectionn\w+|retenue?s?|voisine?s?|avai(?:t|ent)|second(?:e|s|es)?|deuxième|à terme|bientôt|ensuite|puis|chaque|chacune?",
    part_of_day=r"matins?|matinées?|après-midi|soirs?|soirées?|nuits?|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?(?![ ]\d)|week-ends?|demain|printemps|été|automne|hiver|suiv\w+",
    from_then_on=r"depuis",
    measures_as=r"est de|sont de|était de|est|mesure|atteint|atteindra|couvre|représente|fait|totale? de|totalise|sera de|de|d[’']|:",
    measures_else=r"de (?:long|large|haut|longueur|largeur|hauteur|profondeur|diamètre|côté|fond)|d[’'](?:altitude|épaisseur)|sur|par|au-dessus|au-dessous|sous|plus|à|x|×",
    per_time=r"(?:par|à l[’'])[ \u00a0]?(?:an|mois|semaine|jour|heure|minute|seconde)",
    measured_things=MEASURED_THINGS,
    lasting_things=LASTING_THINGS,
    sized_things=SIZED_THINGS,
    sides=SIDES,
    lasts_so_long=r"(?:dur(?:e|é|er|ent|era|eront|a|aient|ait|èrent)|pris|prennent|prend|prendra|prendront|pendant|en|sur|étal(?:é|és|ée|ées) sur|au terme de)(?: les| ces| ses| d[’']une? durée de| une durée de)?",
    of_another_length=r"chaque|chacun\w*|par|il y a|garanti\w*|expérience|premi(?:er|ère)s?|deuxième|second\w*|phase|étape|tranche|retard|avance|au lieu|prévus?|prolong\w+|autres?|encore|rest\w+|précédent\w*|derni(?:er|ère)s?|prochain\w*|avant|depuis|études?|partie|moitié|entre",
    at_most=r"moins de|à peine|au plus|jusqu[’']à|tout juste",
    later=r"plus tard|après",
    keeps=r"gard(?:e|ent|era|eront)|conserv(?:e|ent|era|eront)|maint(?:ient|iennent|iendra)|sauv(?:e|ent|era|és?|ées?)|rest(?:e|ent|era|eront) ouvert\w*|préserv(?:e|ent)",
    will_close=r"(?:ferm(?:era|eront)|disparaît(?:ra|ront)|ser(?:a|ont) (?:fermée?s?|supprimée?s?|vendue?s?|démolie?s?)|va fermer|vont fermer)(?! (?:à|le|au public|pendant|jusqu|temporairement))",
    rises=r"augment(?:e|ent|é)|progress(?:e|ent|é)|hausse|bond(?:it|issent)|grimp(?:e|ent|é)|croît|s[’']envole(?:nt)?",
    falls=r"baiss(?:e|ent|é)|diminu(?:e|ent|é)|recul(?:e|ent|é)?|chut(?:e|ent|é)|décroî(?:t|tre)|dimin\w+|repli",
    free_entry=r"(?:(?:entrée|accès)(?: est| sera)? (?:libre|gratuite?)|gratuité de l[’']entrée)(?: et gratuite?)?(?! (?:pour|aux?|le|les|jusqu|avec|avant|après|dans|sur|chaque|tous|à|en|ce|dès))",
    paid_entry=r"(?:entrée|billets?|places?) (?:coûte(?:nt)?|(?:est|sont|sera|seront) (?:de|à|fixée?s? à)|à)[ \u00a0](?=\d)|(?:entrée|billets?|tarif(?: unique)?)[ \u00a0]?:[ \u00a0](?=\d)",
    says_for_whom=r"pour|enfants?|moins de|étudiante?s?|adhérente?s?|réduite?s?|ateliers?|visites?|concerts?|spectacles?|soirée|dimanches?|samedis?|jours?|sauf|hors|sinon|expositions?|musée|parc|jardin|autres?|avec|jusqu[’']|avant|après",
    carries=r"trains?|bus|navettes?|cars?|bacs?",
    to_be_seen=r"exposition|visible|visibles|voir|visit\w+|ouvert\w*|saison|accrochage|dure|se tient",
    asks_by_then=r"candidat\w+|inscri\w+|réserv\w+|accrédit\w+|tarif|billets?|prévente|dépôt|dossiers?|répon\w+|vot\w+|offre|prolong\w+|au lieu|initialement|ateliers?|concerts?|conférences?|vente|scolaires?|ferm\w+|travaux|café|boutique",
    nothing_else=r"(?:il n[’']y (?:a|en a) (?:pas|aucun) d?[’']?\s?autre|rien d[’']autre|aucune? autre|pas d[’']autres?|sans autre|personne d[’']autre|nulle part ailleurs|c[’']est tout)",
    note_to_colleague=of_colleagues.NOTES_TO_COLLEAGUES,
    asks_colleague=of_colleagues.ASKS_COLLEAGUE,
    note_inside=of_colleagues.NOTES_INSIDE,
    note_of_somebody=of_colleagues.NOTES_OF_SOMEBODY,
    note_label=of_colleagues.NOTE_LABELS,
    closed_that_day=of_colleagues.CLOSED_THAT_DAY,
    closed_on_holidays=r"jours? (?:férié|ouvré|ouvrable|chômé)s?",
    office=r"bureaux?|standard|secrétariat|permanence|ligne (?:de )?presse|services? (?:de )?presse|répond\w*|joignables?|téléphon\w+|tél",
    note_in_prose=of_colleagues.NOTES_IN_PROSE,
    functions=of_colleagues.FUNCTIONS,
    instead_of=r"contre|au lieu de|plutôt que|auparavant|jadis|naguère|autrefois|à l[’']époque|avai(?:t|ent)|étai(?:t|ent)|(?:passe|passé) de",
    at_each="tou(?:te)?s les|chaque",
    generic_units="unités|exemplaires|pièces|appareils",
    same_period="(?:la|dès la) première année|par (?:an|mois|jour|semaine)|chaque (?:année|mois|jour)",
    says_of_all=r"ont|sont|seront|auront|étaient|avaient|peuvent|pourront|vont|viennent|doivent",
    held_office=r"\b(?:dirigée?s?|dirigeait|présid\w+|maire|étudié|étudiait|enseign\w+|travaillé|vécu|joué|élue?|saisons?|puis|ensuite|premi(?:er|ère)|deuxième|phase|précédent\w*|ancien\w*|mandat|elle|il)\b",
)
