"""French words for those who do something together with the sender of a text."""

from __future__ import annotations

HEADS_PARTNERS = (
    r"(?:\w+[ \u00a0])*(?:partenaires?|partenariats?|soutiens?|mécènes?|mécénat|parrains?|sponsors?|financeurs?|co-?organisat\w+|co-?financ\w+|remerciements?|alliés|associés|collaborations?)(?:[ \u00a0].*)?"
    r"|(?:ils|elles)[ \u00a0](?:nous[ \u00a0])?(?:aident|accompagnent|soutiennent|participent|financent)(?:[ \u00a0].*)?|(?:à nos|aux)[ \u00a0]côtés?(?:[ \u00a0].*)?|qui[ \u00a0](?:nous[ \u00a0])?(?:aide|soutient|finance|accompagne|participe)(?:[ \u00a0].*)?"
    r"|(?:avec|grâce|merci)[ \u00a0](?:à|l[ea]|l[’']|nos|qui|nous|eux)(?:[ \u00a0’'].*)?|main dans la main|ensemble"
)
"""The whole heading of a list of them: `Nos partenaires`, `Avec le soutien de`."""
PARTNER_OF = (
    r"avec (?:le (?:concours|soutien)|l[’'](?:aide|appui))|avec|(?:financ|sout|port|organis|men|condui|pilot|coordonn|propos|parrain|subventionn|"
    r"coorganis|co-organis|mis|lanc|cofinanc)\w*(?:\s+\w+)?\s+par|soutien|mécénat|parrainage|générosité|auprès|aux côtés"
    r"|(?:partenaires?|partenariat|collaboration|alliance|accord)(?:,| entre)|(?:s[’'])?(?:est )?(?:associée?s?|alliée?s?|uni[es]*)(?: à| aux?)?"
    r"|(?:grâce|merci)[ \u00a0](?:à|aux?)(?![ \u00a0](?:l[’'])?(?:soutien|mécénat|parrainage|générosité|concours|aide|appui|don)s?\b)|(?:prêt|offer|mis à disposition|fourni|épaul|accompagn|second|rejoint|encadr|coproduit)\w*[ \u00a0](?:\w+[ \u00a0])?par"
    r"|(?:conjointement|de concert|main dans la main|en lien(?: étroit)?|en coproduction|en association|en commun|de pair|ensemble)[ \u00a0](?:avec)|sous l[’']égide|avec la (?:complicité|participation|contribution|collaboration)"
)
"""Stands before a body in a sentence: `financé par`, `en lien avec`."""
JOINS = r"[ \u00a0](?:(?:s[’']est|se sont|s[’'])[ \u00a0]?(?:associ|alli|un|joi)\w+|prêt(?:e|ent|era|eront) (?:main-forte|son concours|ses|la|le)|apport(?:e|era) son (?:aide|concours|soutien)|soutient|parraine)(?!\w)"
