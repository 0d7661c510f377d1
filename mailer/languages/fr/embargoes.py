"""What a French text says of the news that it tells under embargo: that it is out, or free."""

from __future__ import annotations

NEWS = (
    r"rapports?|études?|enquêtes?|chiffres|résultats?|communiqué|textes?|articles?|annonces?|informations?|infos?|nouvelles?|données|conclusions|bilan|sondage"
    r"|classement|palmarès|liste|lauréats?|histoire|sujet|contenu|atlas|baromètre|document|dossier|découverte"
)
IS_OUT = (
    r"(?:est|sont|restent?) (?:\w+ ){0,2}?(?:en ligne|publics?|publiques?|consultables?|accessibles?|disponibles?|parue?s?|sortie?s?)\b"
    r"|(?:a|ont|viennent|vient) (?:\w+ |d[’']){0,3}?(?:mis|publi|diffus|relay|repri|dévoil|révél|annonc|par[ua]|post|partag|rendu)\w*|publiée?s?\b"
)
OF_LATE = (
    r"déjà|(?:avant-)?hier|ce matin|cette nuit|(?:la|cette) semaine(?: dernière| passée)?|il y a (?:deux|trois|quelques|\d) (?:jours|heures)"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|week-?end|plusieurs (?:radios|médias|journaux|sites)"
)
NOT_OF_THIS = (
    r"précédente?s?|anciens?|ancienne?s?|l[’']an (?:dernier|passé)|l[’']année dernière|réservée?s?|espace presse|accrédit\w+|aux (?:rédactions|journalistes|médias)|à la presse|mot de passe|intranet"
    r"|ser(?:a|ont)|dès (?:la|l[’'])|une fois|à partir|lors"
)
FOR_ALL = (
    r"(?:le|au|du) (?:grand )?public|(?:réunion|séance|lecture|présentation|journée|soirée) publique|publiquement|à toutes? et à tous|ouverte?s? à tous|en (?:accès libre|libre accès)"
    r"|(?:retransmi\w+|diffus\w+|suiv\w+) (?:\w+ )?en direct|habitants|riverains|portes ouvertes"
)
NOT_FOR_ALL = r"avant [^.;]{0,25}(?:public|habitants|riverains|visiteurs)|(?:fermée?s?|interdite?s?|réservée?s?|clos(?:es?)?) [^.;]{0,12}(?:public|habitants|riverains)"
STREAMED = r"(?:retransmi\w+|diffus\w+|suiv\w+) (?:\w+ )?en direct|en (?:accès libre|libre accès)"
LIFTS = r"(?:levée|fin) de l[’']embargo|l[’']embargo (?:est levé|prend fin|tombe)"
RUNS = r"publi|diffus|repren|repri|utilis|imprim|relay|exploit"
AT_ONCE = (
    r"dès (?:réception|maintenant|à présent|aujourd[’']hui|ce jour|qu[’'](?:elles?|ils?) (?:\w+ )?(?:parvien|reçoi|arriv|lisent)\w*|que vous (?:l[ea’'] ?|les )?(?:recevez|lisez))"
    r"|sans (?:plus )?(?:attendre|délai|restriction)|immédiatement|tout de suite|sur-le-champ|librement"
)
SAME_DAY = r"le jour[ -]même|le même jour|ce jour-là|ce même jour"
