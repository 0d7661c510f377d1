"""French words for an event: that it takes place, begins, follows, or is another one."""

from __future__ import annotations

EVENT = (
    "aura lieu|auront lieu|a lieu|se tiendr|se tient|se déroul|rendez-vous|attendons"
    "|accueill|retrouv(?!é)|réuni|invit|venez|rencontre|conférence|colloque|congrès|forum|séminaire"
    "|symposium|assises|débat|journée|événement|cérémonie|inauguration|soirée"
)
ARRIVES = "portes|accueil|accueillie?s?|café|enregistrement"
BEGINS = "commence(?:nt|ra|ront)?|débute(?:nt|ra|ront)?|démarre(?:nt|ra|ront)?|coup d[’']envoi|rendez-vous|attendue?s?|convi(?:é|ée|és|ées)|s[’']ouvre|s[’']ouvrira"
STARTS_IT = "début|départ|lever de rideau|coup d[’']envoi|ouverture officielle|(?:commence|débute|démarre)\\w*"
FOLLOWS = "suivie?s?|puis|ensuite|après|enfin"
TAKES_PLACE = (
    r"aur(?:a|ont) lieu|(?:a|ont) lieu|se (?:tien(?:t|nent|dra|dront)|déroul\w+)|sera inauguré"
    "|accueille la presse"
)
OTHER_OCCASION = "ouvr(?:e|ira|iront) (?:ses portes )?au public|ouverture au public|suivra|suivront|sera suivie?|la suite|prochaine? (?:rendez-vous|séance|rencontre|étape)|(?:bilan|résultats?|conclusions?|rapport) (?:sera|seront) (?:présentée?s?|publiée?s?|rendue?s?)"
EACH_DAY = "(?:pendant|durant|les) (?:deux|trois|quatre|cinq|six|sept|\\d) jours|(?:chaque|chacun de ces|tous les) jours?|l[’']un et l[’']autre jour|les deux (?:matins|après-midi)"
WELCOMES = "accueil (?:de la presse|des journalistes|des invités|du public|des participants|café)|accueil(?=[ \\u00a0]*(?:[,.;]|et |\\Z))"
