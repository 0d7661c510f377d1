"""What French texts say of sizes, units and lengths of time."""

from __future__ import annotations

MEASURED_THINGS = {
    "area": "superficie|surface|emprise",
    "length": "longueur|hauteur|largeur|distance|altitude|diamètre|profondeur",
    "weight": "poids|masse|pèse|pèsent|pesant",
    "time": "durée",
    "temperature": "température",
    "speed": "vitesse",
    "energy": "batteries?[ \u00a0](?:stocke(?:nt)?|contien(?:t|nent)|emmagasine(?:nt)?)|consommation (?:d[’']énergie|d[’']électricité|électrique)",
    "power": "puissance",
    "volume": "volume|contenance",
}
"""What things are told to have, by the kind of its unit."""

LASTING_THINGS = (
    "travaux|chantier|construction|constru(?:it|ite|ire)|bâtir?|bâtie?",
    "restauration|restaur(?:er|ée?s?)|rénovation|rénov(?:er|ée?s?)",
    "subventions?|bourses?",
    "essai|essais",
    "traversée|trajet",
)
"""Nouns and verbs of one thing that lasts, each group as an expression."""

SIZED_THINGS = (
    "navire|bateau|vaisseau|remorqueur|ferry|voilier|chalutier|péniche|paquebot|vedette|goélette|frégate|bac",
    "pont|viaduc|ouvrage",
    "bâtiment|immeuble|édifice|tour",
    "barrage|digue",
    "sentier|chemin|piste|voie|itinéraire",
    "bassin|piscine",
    "télescope",
    "mur|haie|clôture",
    "statue|sculpture|monument",
    "arbre|chêne|pin",
    "éolienne|mât|rotor",
    "tunnel",
)
"""Nouns for one thing that has a size, each group as an expression."""

SIDES = {
    "long": "de long(?:ueur)?",
    "wide": "de larg(?:e|eur)",
    "high": "de haut(?:eur)?",
    "deep": "de (?:profondeur|fond)",
}
"""How a size is told, by its side."""

SAME_THINGS = {
    "places": ("places", "lits", "sièges", "fauteuils"),
    "staff": ("salariés", "collaborateurs", "collaboratrices", "employés", "agents"),
    "researchers": ("chercheurs", "chercheuses", "scientifiques"),
    "schools": ("écoles", "établissements scolaires"),
    "pupils": ("élèves", "écoliers", "collégiens", "lycéens"),
    "visitors": ("visiteurs", "spectateurs", "festivaliers"),
    "hospitals": ("hôpitaux", "centres", "établissements"),
    "patients": ("patients", "malades", "participants"),
    "homes": ("logements", "appartements"),
    "artists": ("artistes", "musiciens"),
    "exhibitors": ("exposants", "stands"),
    "speakers": ("conférenciers", "intervenants", "orateurs"),
}
"""The names under which one thing is counted, by what it is."""
