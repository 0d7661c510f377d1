"""What people of an office write to each other in a French draft, and what people are there."""

from __future__ import annotations

NOTES_TO_COLLEAGUES = (
    r"note (?:interne\b|(?:pour|à) (?!l[’']édit|la rédac|la presse|l[’']attention des|nos lect))|n\.?b\.? pour (?!la presse|les)"
    r"|(?:à|merci de|penser à|il faut|reste à|prière de) (?:re)?(?:vérifier|lire|valider|confirmer|compléter|demander|mettre à jour|actualiser|ajouter)\b"
    r"|(?:vérifier|valider|confirmer|relire|actualiser|revoir) (?:ce|cet|cette|ces|le|la|les|l[’']|avec|auprès|si|que|orthographe|chiffres?|dates?|noms?)"
    r"|(?:voir|caler|vu) avec [A-ZÀ-Þl]|demander (?:à|au|aux) |(?:en attente|attendre) (?:de|du|d[’']|la|le|l[’'])|(?:il )?manque (?:le|la|les|encore|un)"
    r"|(?:est-ce (?:que|bien)|a-t-on|on garde|on laisse|faut-il) |ne pas (?:garder|laisser)"
)

FUNCTIONS = {
    "président": "président(?:e)?(?:-directeur général|-directrice générale)?",
    "vice-président": "vice-présidente?",
    "secrétaire": "secrétaire(?: générale?)?",
    "trésorier": "trésori(?:er|ère)",
    "directeur": "direct(?:eur|rice)(?: générale?)?",
    "directeur adjoint": "direct(?:eur|rice)(?: générale?)? adjointe?",
    "maire": "maire",
    "adjoint": "(?:premi(?:er|ère) )?adjointe?(?: (?:au|à la) maire)?|maire adjointe?",
    "doyen": "doyen(?:ne)?",
    "recteur": "rect(?:eur|rice)",
    "proviseur": "proviseure?|principale?",
    "conservateur": "conservat(?:eur|rice)(?: en chef)?",
    "commissaire": "commissaire",
    "préfet": "préfète?",
    "entraîneur": "entraîneu(?:r|se)",
    "capitaine": "capitaine",
    "ministre": "ministre(?: délégué(?:e)?)?",
    "secrétaire d’État": "secrétaire d[’']État",
    "porte-parole": "porte-parole",
    "coordinateur": "coordinat(?:eur|rice)",
}
"""What people are in a body, by the function that the words name."""
