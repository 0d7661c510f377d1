"""What English texts say of sizes, units and lengths of time."""

from __future__ import annotations

MEASURED_THINGS = {
    "area": "(?:floor |total |surface )?area|floor ?space|acreage",
    "length": "length|height|width|distance|altitude|diameter",
    "weight": "weight|weighs|weighing|mass",
    "time": "duration|lasts",
    "temperature": "temperature",
    "speed": "(?:top |wind )?speed",
    "energy": "batter(?:y|ies)[ \u00a0](?:hold|holds|store|stores|stored)|(?:energy|electricity) (?:use|consumption)",
    "power": "(?:engine|installed|total|rated) power|power output",
    "volume": "volume",
}
"""What things are told to have, by the kind of its unit."""

LASTING_THINGS = (
    "build|built|building|construction|construct(?:ed|ing)?|works?|building works?|erect(?:ed|ing)?",
    "restor(?:e|ed|ing|ation)|renovat(?:e|ed|ing|ion)|refurbish(?:ed|ment)?",
    "grants?|scholarships?|fellowships?",
    "trial|trials",
    "crossing|voyage",
)
"""Nouns and verbs of one thing that lasts, each group as an expression."""

SIZED_THINGS = (
    "ship|vessel|boat|tug|ferry|yacht|trawler|barge|liner|lifeboat|schooner|frigate",
    "bridge|viaduct",
    "building|block|skyscraper|tower",
    "barrier|dam|weir",
    "path|trail|route|cycleway|footpath",
    "pool|basin|bath",
    "telescope",
    "wall|hedge|fence",
    "statue|sculpture|monument",
    "tree|oak|pine",
    "turbine|mast|rotor",
    "tunnel",
)
"""Nouns for one thing that has a size, each group as an expression."""

SIDES = {
    "long": "long|in length",
    "wide": "wide|in width",
    "high": "high|tall|in height",
    "deep": "deep",
}
"""How a size is told, by its side."""

SAME_THINGS = {
    "places": ("places", "seats", "beds"),
    "staff": ("employees", "staff", "workers"),
    "researchers": ("researchers", "scientists"),
    "schools": ("schools",),
    "pupils": ("pupils", "schoolchildren"),
    "visitors": ("visitors", "spectators"),
    "hospitals": ("hospitals", "centres", "centers"),
    "patients": ("patients", "participants"),
    "homes": ("homes", "flats", "apartments"),
    "artists": ("artists", "musicians"),
    "exhibitors": ("exhibitors", "stalls"),
    "speakers": ("speakers", "lecturers"),
}
"""The names under which one thing is counted, by what it is."""
