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
)
"""Ends a sentence and says where: `se trouve ici`."""

TO_BE_HAD = (
    r"formulaires?|inscri\w+|accrédit\w+|réserv\w+|billet\w*|photos?|photograph\w+|images?|visuels?|vidéos?|films?|bandes?-annonces?|extraits?|enregistrements?|dossiers?|programmes?|plans?|cartes?|portraits?"
    r"|livrets?|rapports?|documents?|textes?|communiqués?|listes?|tableaux|données|études?|catalogues?|affiches?|logos?|légendes?|captations?|podcasts?|diffusions?|directs?|liens?|visioconférence"
    r"|télécharg\w+|écouter|réécouter|entendre|regarder|revoir|consulter|visionner|recevoir|obtenir|remplir|s[’']abonner|participer|répondre"
)
"""What is to be had on a page of the web, and what one does there."""
