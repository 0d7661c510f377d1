"""The words of a French release, in France and in Canada."""

from __future__ import annotations

from mailer.languages.fr import embargoes
from mailer.languages.fr.issuing import ISSUING
from mailer.languages.release_words import ReleaseWords
from mailer.model.campaigns.campaign import CampaignKind

RELEASE = ReleaseWords(
    kinds={
        CampaignKind.ADVISORY: (
            r"(?:invitation|convocation)(?:\s+(?:à la |de (?:la )?)?presse|\s+aux? (?:médias?|journalistes))?"
            r"|(?:information|info|alerte|point|conférence|avis|annonce|rendez-vous|rencontre|visite"
            r"|(?:petit[ -])?déjeuner|voyage|atelier|appel)s?\s+(?:de |à la |aux? )?(?:presse|médias|photographes)"
            r"|(?:note|avis|message|mémo|information)\s+(?:aux|à l[’']attention des)\s+(?:rédactions|médias|journalistes)"
            r"|avis de convocation|photocall|séance photos?"
        ),
        CampaignKind.PRESS_RELEASE: (
            "communiqué(?: (?:de|à la) presse| aux médias)?(?: (?:commun|conjoint))?(?: de presse)?"
            "|note de presse|déclaration(?: (?:à la|de) presse)?(?: (?:commune|conjointe))?"
        ),
        CampaignKind.PRESS_KIT: "(?:dossier|kit|trousse) (?:de )?(?:presse|médias?)",
        CampaignKind.SAVE_THE_DATE: (
            "save the date|à vos agendas|date à (?:retenir|réserver)|réservez (?:la|cette) date"
        ),
        CampaignKind.CORRECTION: "errat(?:um|a)|rectificatif|communiqué rectificatif",
        CampaignKind.POSTPONEMENT: "avis de report",
        CampaignKind.CANCELLATION: "avis d[’']annulation|annulation",
    },
    no_kind="pour diffusion immédiate",
    when="(?:date|jour)(?: et (?:heure|horaires?))?|quand|horaires?",
    venue="lieu(?: (?:du|de) [^:]{3,30})?|où|endroit|rendez-vous",
    address="adresse(?: (?:du|de) [^:]{3,30})?",
    access="accès|comment venir|pour venir|plan d[’']accès",
    contact=(
        "personnes? de contact|pour (?:plus d[’']informations?|en savoir plus|tout renseignement)|(?:[vn]o(?:s|tre) )?contacts?(?:[ \u00a0](?:de )?(?:presse|médias?))?"
        "|(?:service|relations|bureau|direction)[ \u00a0](?:de[ \u00a0](?:la[ \u00a0])?)?(?:presse|médias|communication)"
        "|vos interlocut(?:eur|rice)s?|personnes?[ -]ressources?|informations? complémentaires?"
        "|(?:renseignements?|informations?)(?: et (?:contacts? )?(?:presse|médias))?|(?:presse|médias)(?: (?:nationa|régiona|internationa|loca)(?:le|les|ux))?"
    ),
    of_the_press="sur place|le jour[ -](?:j|même)|pour (?:la presse|les (?:médias|journalistes|rédactions))|contacts? pour (?:la presse|les médias)|(?:personne )?à contacter|source",
    contact_of="de la |de l[’']|du |des |de |d[’']|– |- ",
    reaches=(
        "contacte[rz]|appele[rz]|joindre|joignez|demande[rz]|écrire|écrivez|prévenez|votre|notre|pour|avec|auprès"
        "|madame|monsieur|mme|m"
    ),
    asks_press=(
        "pour (?:(?:toute|vos?) (?:questions?|demandes?|interviews?|informations?|renseignements?)|(?:une|les) interviews?"
        "|en savoir plus|(?:plus|davantage) d[’']informations?)|(?:les )?(?:journalistes|rédactions) peuvent"
    ),
    roles=(
        "attachée?|chargée?|responsable|direct(?:eur|rice)|chef(?:fe)?|porte-parole|président[e]?|conseill(?:er|ère)"
        "|secrétaire|adjointe?|déléguée?|coordinat(?:eur|rice)|chercheu(?:r|se)|relationniste|assistante?"
    ),
    gathers=(
        "rendez-vous|invit|inaugur|conférence|présent|vernissage|visite|a(?:ura)? lieu|se tien|cérémonie|journée|soirée"
        "|matinée|colloque|rencontre|salon|exposition|atelier|débat|forum|festival|accueil|remis"
        "|coup d[’']envoi|départ|concert|projection"
    ),
    mobile=r"mobile|gsm|natel|portable|port\.?|cell(?:ulaire)?\.?",
    partners=(
        "(?:nos |les )?partenaires?(?: de l[’']événement)?|en partenariat avec|avec"
        "|avec le (?:soutien|concours)(?: de)?"
    ),
    partners_in_text=(
        "en (?:partenariat|collaboration|association) avec"
        "|avec le (?:soutien|concours|parrainage|mécénat) (?:de|d[’']|du|des)|co-?organisée?s? (?:avec|par)"
    ),
    institutions_beside=(
        "avec l[’'](?:aide|appui) (?:de|d[’']|du|des)|aux côtés (?:de|d[’']|du|des)"
        "|(?:réalisée?s?|construite?s?|conçue?s?|développée?s?|organisée?s?) avec"
        "|(?:soutenue?s?|financée?s?|portée?s?) par"
    ),
    signs_together=(
        "présentent|invitent|organisent|annoncent|convient|lancent|dévoilent|inaugurent|ouvrent|publient|signent"
        "|proposent|accueillent|appellent|(?:ont|auront) le plaisir|s[’']associent|co-?organisent|remettent|décernent"
        "|attribuent|célèbrent|fêtent|réunissent|tiennent|(?:présente|organise|co-?organise|annonce|lance|dévoile|inaugure"
        "|signe|propose|décerne|attribue|fête|célébre)ront|(?:remett|ouvri|accueilli|réuni|tiend|publie)ront"
    ),
    links=(
        "(?:pour )?en savoir (?:plus|\\+)|(?:pour )?plus d[’']informations?|ressources|liens(?: utiles)?"
        "|à télécharger|documents?|photographies|images"
    ),
    press_room="(?:salle|espace) (?:de )?presse",
    accreditation=(
        r"accréditations?(?: presse)?|inscriptions?|réservations?|r\.?s\.?v\.?p\.?"
        "|réponse(?: souhaitée| attendue)?|(?:pour (?:vous inscrire|vous accréditer|s[’']inscrire|assister)|s[’']inscrire|s[’']accréditer|comment (?:venir|assister|s[’']inscrire) \\?)"
    ),
    writes_to="écrire à|écrivez[ -](?:à|nous)|(?:courriel|mail|message) à|adresse[rz]?|contacte[rz]|à envoyer à",
    registers=(
        r"accrédit|inscri(?:re|ption)|(?:confirmer|signaler) (?:votre|leur) (?:présence|venue|participation)"
        r"|(?:pour|souhaitez|désirez|voulez) (?:venir|y assister|assister|participer|être présents?)\b[^.;]*\d"
        r"|(?:répon(?:dre|se|dez)|réserve[rz]|écrire|écrivez|prévenir|signaler|s[’']annoncer)\b(?:[^.;]|\.(?=\w)){0,140} (?:avant|au plus tard|d[’']ici|jusqu[’']au|pour le) "
        r"|\br\.?\s?s\.?\s?v\.?\s?p\b"
    ),
    compulsory="obligatoire|indispensable|impérati|uniquement sur",
    says_how=(
        "accrédit\\w+|inscri\\w+|confirm\\w+|demande\\w*|réserv\\w+|adress\\w+|envoy\\w+|écri(?:re|vez|vant)|répon\\w+"
        "|particip\\w+|venir|venue|assister|être|présence|présents?|obligatoires?|indispensables?|impérati\\w+"
        "|uniquement|seulement|préalables?|merci|veuillez|prière|faire|se|est|sont|doi(?:t|vent)|peu(?:t|vent)"
        "|nous|vous|votre|vos|tous?|toutes?|les|la|le|l|des|du|de|d|une?|et|ou|à|au|aux|en|y|s|sur|pour|par"
        "|auprès|avant|jusqu|ici|plus|tard|date|limite|clôture|close|heures?|midi|courriels?|e-?mails?|mails?|mél"
        "|presse|médias?|journalistes?|rédactions?|photographes?|rsvp|r|v|p"
    ),
    limit=(
        "(?:r\\.?s\\.?v\\.?p\\.?|réponses?|inscriptions?)(?: souhaitées?| attendues?)? pour(?: le)?|jusqu[’']aux?|jusqu[’']à|avant(?: le)?|au plus tard(?: le)?|d[’']ici(?: le| au)?|depuis(?: le)?"
        "|(?:date|heure) limite(?: (?:d[’']inscription|d[’']accréditation|de réponse))?(?: fixée)?(?: au)?"
        "|clôture(?: des (?:accréditations|inscriptions|demandes))?|(?:se )?clo(?:sent|ses)|(?:se |s[’'])(?:terminent|achèvent)"
    ),
    noon="midi",
    midnight="minuit",
    ends=(
        "fin(?: (?:prévue|estimée|de la (?:visite|conférence|rencontre|présentation|matinée|journée)))?(?: vers)?"
        "|(?:se (?:termine|terminera)|s[’']achèvera?|prend(?:ra)? fin|finira?)(?: vers)?"
    ),
    ends_event=(
        "(?:(?:la|le|les|l[’'])[ \u00a0]?[\\w’-]+(?: de presse)? (?:se terminer(?:a|ont)|se termine(?:nt)?|s[’']achèver?(?:a|ont|nt)?|prend(?:ra)? fin|finira)"
        "|fin(?: (?:prévue|estimée|de (?:la |l[’'])(?:visite|conférence|rencontre|présentation|matinée|journée|cérémonie|soirée|manifestation|événement)))?)(?: vers)?"
    ),
    event_names=(
        "inauguration|lancement|visites?|conférence|ouverture|remise|présentation|journées?|vernissage|colloque|rencontres?"
        "|cérémonie|signature|pose|soirée|matinée|forum|festival|salon|exposition|concert|projection|assises|séminaire|débat"
        "|ateliers?|point presse|petit[ -]déjeuner|dévoilement|nuit|fête|congrès|symposium|convention|finale|mise en service"
        "|restitution|avant-première|réception|portes ouvertes|premi(?:er|ère)s? (?:journée|rencontre|forum|pierre)s?"
    ),
    event_is="quoi|événement|manifestation",
    invites_to=(
        "(?:(?:invit|convi)(?:e|ent|ez|ons|era|eront)\\b[^.;:()\\n]{0,60}?|(?:vous êtes|la presse est|les journalistes sont)"
        " (?:invité|convié)(?:e|s|es)?) (?:à l[’']|à la |au |aux )"
    ),
    name_ends="organisée?s?|proposée?s?|présentée?s?|animée?s?|suivie?s?|en présence|avec|qui|que|dont|où|en partenariat|portée?s?",
    under_embargo=(
        "ce|cette|ces|le|la|les|l|présente?s?|communiqué|document|textes?|dossier|informations?|infos?|contenu|de|presse|du|des|stricte?|strictement|absolue?|totale?"
        "|est|sont|sera|seront|reste|restent|étude|enquête|rapport|article|résultats|données|publication|annonce|conclusions|ensemble"
        "|tout|toutes?|ci-dessous|et|attention|important|rappel|note|nota|merci|invitation|avis|placée?s?|lever|levée|levé|fin|jusqu|sous|l[’']"
    ),
    starts_of="(?:début|démarrage|commencement|coup d[’']envoi|lancement) (?:de la |de l[’']|du )",
    event_starts="(?:de presse |presse )?(?:débute|commence|démarre|aura lieu|a lieu|se tiendra|se tient|est prévue?|est fixée?|se déroulera)(?:ra|nt|ront)?",
    lets_in={
        "portes": "ouverture des portes|les portes (?:ouvr\\w+|s[’']ouvr\\w+)",
        "accueil": "accueil (?:des (?:journalistes|médias|invités|participants)|de la presse|presse|café)",
    },
    says_of_request=r"elles?|ils?|celle-ci|celles-ci|(?:la|les|votre|vos|cette|ces) (?:demandes?|inscriptions?)|on s[’']inscrit",
    asked_by={
        "accréditation": "accréditations?|(?:s[’']|se faire |être )accrédit\\w+",
        "inscription": "(?:s[’']inscri\\w+|inscri\\w+)",
        "réponse": "(?:répon\\w+|rsvp)",
        "candidature": "(?:candidat(?:ures?|er)|dossiers? de candidature)",
        "réservation": "réserv(?:ations?|er)",
    },
    presents_body=(
        r"(?:fond|cré|install|établi|né|ouvert|lanc|labellis)\w* (?:en|depuis|dans|à|par)\b|depuis (?:19|20)\d\d|emploie|conserve|rassemble|regroupe|fédère|accueille chaque année|(?:accueille|reçoit)[ \u00a0]\d[\d \u00a0]*[a-zà-ÿ]+[ \u00a0](?:par an|chaque année)|compte (?:\d|plus|près)"
        r"|(?:auteure?|éditrice|éditeur|initiatrice|initiateur|organisatrice|organisateur|à l[’']origine) d[eu’']|reconnue? d[’']utilité publique|a pour (?:mission|vocation|but)|réunit|est (?:une association|un établissement|une fédération|un organisme|un service)"
    ),
    body_purpose="recherches?|etudes?|formation|developpement|promotion|defense|protection|sauvegarde|observation|information|documentation|scientifiques?|superieure?s?|interprofessionnel\\w*|regiona\\w*|nationa\\w*|departementa\\w*|municipa\\w*|francais\\w*|internationa\\w*|roya\\w*|federa\\w*|europeen\\w*|centra\\w*|genera\\w*|amis?|public|publique",
    body_kinds_alike="alliance|coalition|collectif|reseau|union|federation|association|ligue|confederation|groupement",
    free_to_publish=(
        r"(?:diffusion|publication|parution|utilisation|reprise) (?:immédiate|libre|sans (?:délai|restriction))|libres? (?:de (?:diffusion|publication|toute diffusion)|de tout embargo)"
        r"|(?:diffus|publi|repr|utilis|communiqu)(?:er|ées?|és?|iées?|iable|ise?s?|endre)? (?:dès (?:réception|maintenant|à présent|aujourd[’']hui|ce jour)|immédiatement|sans (?:délai|attendre|restriction)|librement)"
        r"|(?:sans|pas d[’']|aucun) ?embargo|embargo (?:levé|terminé|échu)(?! (?:l[ea]|à|au|dès|demain)\b)"
    ),
    may_be_published=(
        r"(?:ne (?:rien|pas|jamais)|interdi\w+ d[e’'])[ \u00a0]?(?:\w+[ \u00a0]){0,2}?(?:publi|diffus|repren|relay|divulg|dévoil|communiqu|mettre en ligne|utilis|imprim|cit|exploit)\w*"
        r"|(?:aucun|rien)\w*\b[^.\n]{0,40}?\b(?:ne|n[’'])[ \u00a0]?(?:doit|peut|pourra|devra|saurait) (?:être )?(?:publi|diffus|repri|utilis|imprim|cit|exploit|par[au])\w*|rest\w+ (?:strictement )?confidentie\w+"
        r"|(?:publication|diffusion|parution|mise en ligne|reprise)s? (?:\w+ ){0,2}(?:autorisée?s?|possibles?|permises?|interdites?)"
        r"|(?:peut|peuvent|pourra|pourront|doit|doivent) (?:\w+ )?être (?:publi|diffus|repris|relay|utilis|mise?s? en ligne)\w*|(?:publi|diffus)ables?"
    ),
    until_when="jusqu[’']au|jusqu[’']à|avant l[ea]|levé l[ea]|à compter du|à partir du|dès l[ea]|après l[ea]|prend fin le|expire le|est levé",
    opens_to_all=r"ouvr\w+ (?:ses portes )?(?:au|à tous|gratuitement|ses portes)|ouverte?s? (?:au public|à tous)|inaugur\w+|grand public",
    news=embargoes.NEWS,
    is_out=embargoes.IS_OUT,
    of_late=embargoes.OF_LATE,
    not_of_this=embargoes.NOT_OF_THIS,
    for_all=embargoes.FOR_ALL,
    not_for_all=embargoes.NOT_FOR_ALL,
    streamed=embargoes.STREAMED,
    lifts_embargo=embargoes.LIFTS,
    runs_story=embargoes.RUNS,
    at_once=embargoes.AT_ONCE,
    same_day=embargoes.SAME_DAY,
    takes_place_at="à la |à l[’']|au |aux |dans (?:la |le |les |l[’'])",
    until_hour="à|jusqu[’']à|–|—|-|et",
    common=r"\b(?:le|la|les|des|du|une?|et|est|dans|pour|avec|aux?|sur|par)\b",
    institution=(
        "institut|fondation|collège|cégep|chu|chru|académie|université|centre|école|lycée|musée|agence|conseil|société"
        "|association|fédération|ligue|parc|coopérative|syndicat|ville|région|département|mairie"
        "|métropole|laboratoire|observatoire|service|direction|ministère|préfecture|maison"
        "|conservatoire|chambre|archives|compagnie|banque|hôpital|réseau|mission|comité|cabinet"
        "|bibliothèque|médiathèque|galerie|opéra|orchestre|autorité|commission|groupe|pôle|planétarium|théâtre|bureau|communication"
    ),
    institution_too=(
        "station|atelier|cercle|club|collectif|confrérie|guilde|union|amicale|office|mutuelle|clinique|muséum|aquarium"
        "|alliance|consortium|capitainerie|régie|établissement|festival|manufacture|entreprise|compagnons|librairie|cinéma|brasserie|imprimerie|crèche|épicerie"
    ),
    article="la |le |les |l[’']|de la |de l[’']|du |des |de |d[’']",
    street=(
        "rue|quai|avenue|boulevard|place|allée|chemin|route|impasse|cours|passage|square|esplanade"
        "|môle|rond-point|faubourg|promenade|sentier|rang|côte"
    ),
    quoted_mail=(
        r"le\b.{5,120}\ba écrit[\s\u00a0]*:"
        r"|[-_–—]{2,}[\s\u00a0]*message (?:d[’']origine|original)[\s\u00a0]*[-_–—]*"
    ),
    forwarded_mail=(
        r"[-_–—]*[\s\u00a0]*(?:début du )?(?:message|e-?mail|courriel) (?:transféré|réexpédié)"
        r"[\s\u00a0]*[-_–—:]*"
    ),
    mail_fields="de|envoyé(?: le)?|date|à|cc|objet|sujet|pour|répondre à|importance",
    forward_prefixes="tr|tv",
    switchboard="standard|accueil",
    hours="horaires?|heures?",
    zones={
        "heure (?:locale|française)": "",
        "heure de paris": "Europe/Paris",
        "heure de bruxelles": "Europe/Brussels",
        "heure de (?:genève|zurich)|heure suisse": "Europe/Zurich",
        "heure de londres|heure britannique": "Europe/London",
        "heure (?:de (?:montréal|québec|toronto|l[’']est)|avancée de l[’']est|normale de l[’']est)": (
            "America/Toronto"
        ),
        "haa|hna|heure de (?:halifax|l[’']atlantique)|heure (?:avancée|normale) de l[’']atlantique": (
            "America/Halifax"
        ),
        "heure de (?:new york|washington|boston)": "America/New_York",
    },
    end_sign=r"[–—-]*\s*(?:fin|30)\s*[–—-]*|#(?: ?#)*|\*{3,}",
    kind_too=(
        "(?:inter)?nation(?:al|ale)|région(?:al|ale)|local|scientifique|en ligne|en direct|à distance"
        "|virtuelle?|en visioconférence"
    ),
    greeting=(
        "bonjour(?: [^.:,]{0,20})?|mesdames,? (?:et )?messieurs|madame,? (?:(?:ou )?monsieur)"
        "|ch(?:ers?|ères?)(?:[·.]\\w+)*(?: et ch(?:ers?|ères?))? (?:collègue|confrère|journaliste|consœur|ami)[^.:]{0,40}"
    ),
    what="quoi",
    limit_behind="au plus tard|dernier délai",
    was_planned=(
        "(?:initialement|d[’']abord|auparavant|précédemment) (?:prévu|programmé|annoncé|fixé)e?s?"
        "|(?:prévu|programmé|annoncé|fixé)e?s?(?: initialement|d[’']abord|à l[’']origine)?(?= [^.;]{0,60}\\breport)"
        "|au lieu (?:du|de)|et non(?: pas)?|en remplacement du|(?:reporté|avancé)e?s? du"
    ),
    or_else="ou(?:[ \u00a0](?:bien|encore))?",
    unsure=(
        "(?:(?:date|jour|heure|horaire)s?(?:[ \u00a0](?:et|ou)[ \u00a0](?:date|jour|heure|horaire)s?)?[ \u00a0](?:exacte?s?[ \u00a0])?)?"
        "(?:encore[ \u00a0]|reste(?:nt)?[ \u00a0])?(?:à[ \u00a0](?:re)?(?:confirmer|préciser|valider)|sous réserve de confirmation)\\b"
    ),
    days_before={
        "l[’']avant-veille|deux jours (?:avant|plus tôt)": 2,
        "la veille": 1,
        "le jour[ -]même|le matin même": 0,
    },
    online=(
        "en ligne|à distance|(?:en |par )?visio(?:[ -]?conférence)?|webinaire|zoom|teams|(?:en )?distanciel"
    ),
    legal=(
        "rgpd|données personnelles|protection des données|désinscri|désabonn|ne plus recevoir"
        "|confidentiel|mentions légales|siège social"
    ),
    issued="(?:date(?: de (?:publication|diffusion))?|daté|(?:publiée?|diffusée?|émise?)(?: le)?|(?:publication|diffusion)(?: le)?|le|du|en date du)",
    issuing=ISSUING,
)
