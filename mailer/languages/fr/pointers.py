"""How a French text points to a link without saying where it leads."""

from __future__ import annotations

VAGUE_POINTER = r"(?:plus d[’']infos?(?:rmations?)?|en savoir plus|lire la suite|voir|télécharg\w+|inscri\w+|réserv\w+|programme|dossier|photos?)(?:\s+\w+){0,3}\s+ici|(?:via|sur|voir|suivre|suivez|à|par|depuis|consult\w+)\s+(?:ce\s+lien|le\s+lien(?:\s+(?:suivant|ci-dessous))?)|en\s+savoir\s+(?:plus|\+)(?=[ \u00a0]*:[ \u00a0]*\ue000)"
"""Points to a link whose target it does not name: `via ce lien`."""

POINTER = (
    r"(?:c[’']est|ça se passe|cela se passe|rendez-vous|il suffit d[’']aller)[ \u00a0](?:(?:juste|tout de suite)[ \u00a0])?(?:par[ \u00a0])?(?:ici|là)"
    r"|(?:se trouve(?:nt)?|sont|est|figure(?:nt)?|attend(?:ent)?|restent?|disponibles?|accessibles?|consultables?|téléchargeables?|visibles?|en ligne|hébergée?s?|déposée?s?|regroupée?s?"
    r"|à (?:retrouver|télécharger|découvrir|lire|écouter|voir|consulter|remplir|regarder|parcourir|récupérer)|retrouvez-\w+|retrouver|suivez|suivre|passer|passez)[ \u00a0](?:juste[ \u00a0])?(?:par[ \u00a0])?(?:ici|là)"
    r"|(?<=[:→>][ \u00a0])(?:(?:par|juste)[ \u00a0])?ici|(?<=,[ \u00a0])(?:c[’']est[ \u00a0])?par ici|(?:sur|depuis) (?:cette page|ce bouton)|c[’']est (?:ici|là) que (?:ça|cela) se passe|tout (?:est|se trouve) (?:là|ici)"
    r"|(?:à|sur|par|via|voir|suivre|consulter|consultez)[ \u00a0](?:cette adresse|l[’']adresse (?:suivante|ci-dessous)|le lien(?: suivant| ci-dessous)?)|(?<=\()(?:le )?(?:lien|cliquer|cliquez|clic|ici)(?=\))"
    r"|(?<=[a-zà-ÿ»”][ \u00a0])(?<!é[ \u00a0])(?<!ée[ \u00a0])(?<!és[ \u00a0])(?<!ées[ \u00a0])(?<!i[ \u00a0])(?<!is[ \u00a0])(?<!u[ \u00a0])(?<!us[ \u00a0])(?<!ue[ \u00a0])ici(?=[ \u00a0*_]*(?:[.!)»>→]|\n|\Z))"
    r"|(?:détaill|expliqu|décri|présent|résum|expos|document|rassembl|réuni|annonc|liv|list)[\w]*[ \u00a0](?:par[ \u00a0])?ici"
)
"""Ends a sentence and says where: `se trouve ici`."""

TO_BE_HAD = (
    r"formulaires?|inscri\w+|accrédit\w+|réserv\w+|billet\w*|photos?|photograph\w+|images?|visuels?|vidéos?|films?|bandes?-annonces?|extraits?|enregistrements?|dossiers?|programmes?|plans?|cartes?|portraits?"
    r"|livrets?|rapports?|documents?|textes?|communiqués?|listes?|tableaux|données|études?|catalogues?|affiches?|logos?|légendes?|captations?|podcasts?|diffusions?|directs?|liens?|visioconférence"
    r"|invitations?|badges?|détails?|détaillé\w*|méthodes?|méthodologie|règlements?|calendriers?|résultats?|articles?|questionnaires?|fiches?|versions?|informations?|infos?|renseignements|kits?|brochures?|replay|expliqué\w*|décrit\w*|découvrir|lire|savoir|trouver|retrouve\w+"
    r"|télécharg\w+|écouter|réécouter|entendre|regarder|revoir|consulter|visionner|recevoir|obtenir|remplir|s[’']abonner|participer|répondre"
)
"""What is to be had on a page of the web, and what one does there."""

BUTTON = r"(?:en[ \u00a0])?savoir[ \u00a0](?:plus|\+)|lire(?:[ \u00a0]la[ \u00a0]suite|[ \u00a0]plus)?|la[ \u00a0]suite|voir(?:[ \u00a0](?:plus|tout))?|(?:plus[ \u00a0])?d[’']infos?(?:rmations?)?|plus[ \u00a0]d[’']infos?|découvrir|télécharger|s[’']inscrire|je[ \u00a0]\w+|par[ \u00a0]ici"
"""What a button of a web page says."""

THIS_PAGE = r"(?:notre|une|la)[ \u00a0]page[ \u00a0](?:dédiée|web|internet)|(?:le|du|un)[ \u00a0]bouton(?:[ \u00a0]ci-[\w-]+)?|(?:ce|un|le)[ \u00a0]dossier[ \u00a0]partagé|ici[ \u00a0]même|(?:sur|à)[ \u00a0]l[’']image|ce[ \u00a0](?:lien|bouton|formulaire)|cette[ \u00a0](?:page|adresse(?:[ \u00a0]web)?)"
"""Ends a sentence, and names what only a page of the web has."""
CLICKS = r"cliqu(?:ez|er|ant|e)(?!\w)"
BUTTON_VERBS = r"(?:accéder|consulter|télécharger|s[’']inscrire|je (?:m[’']inscris|réserve|télécharge|découvre|participe)|voir|découvrir|lire|regarder|écouter|réserver|visionner|parcourir|retrouver|obtenir|demander)"
