"""Tell whether a postcode belongs to the town, the department or the district beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEPARTMENTS = (
    "01 Ain,02 Aisne,03 Allier,04 Alpes-de-Haute-Provence,05 Hautes-Alpes,06 Alpes-Maritimes,07 Ardèche,08 Ardennes,"
    "09 Ariège,10 Aube,11 Aude,12 Aveyron,13 Bouches-du-Rhône,14 Calvados,15 Cantal,16 Charente,17 Charente-Maritime,"
    "18 Cher,19 Corrèze,20 Corse-du-Sud,20 Haute-Corse,21 Côte-d'Or,22 Côtes-d'Armor,23 Creuse,24 Dordogne,25 Doubs,"
    "26 Drôme,27 Eure,28 Eure-et-Loir,29 Finistère,30 Gard,31 Haute-Garonne,32 Gers,33 Gironde,34 Hérault,"
    "35 Ille-et-Vilaine,36 Indre,37 Indre-et-Loire,38 Isère,39 Jura,40 Landes,41 Loir-et-Cher,42 Loire,43 Haute-Loire,"
    "44 Loire-Atlantique,45 Loiret,46 Lot,47 Lot-et-Garonne,48 Lozère,49 Maine-et-Loire,50 Manche,51 Marne,"
    "52 Haute-Marne,53 Mayenne,54 Meurthe-et-Moselle,55 Meuse,56 Morbihan,57 Moselle,58 Nièvre,59 Nord,60 Oise,61 Orne,"
    "62 Pas-de-Calais,63 Puy-de-Dôme,64 Pyrénées-Atlantiques,65 Hautes-Pyrénées,66 Pyrénées-Orientales,67 Bas-Rhin,"
    "68 Haut-Rhin,69 Rhône,70 Haute-Saône,71 Saône-et-Loire,72 Sarthe,73 Savoie,74 Haute-Savoie,75 Paris,"
    "76 Seine-Maritime,77 Seine-et-Marne,78 Yvelines,79 Deux-Sèvres,80 Somme,81 Tarn,82 Tarn-et-Garonne,83 Var,"
    "84 Vaucluse,85 Vendée,86 Vienne,87 Haute-Vienne,88 Vosges,89 Yonne,90 Territoire de Belfort,91 Essonne,"
    "92 Hauts-de-Seine,93 Seine-Saint-Denis,94 Val-de-Marne,95 Val-d'Oise"
)
_FRENCH_TOWNS = (
    "75 Paris,13 Marseille,69 Lyon,31 Toulouse,06 Nice,44 Nantes,34 Montpellier,67 Strasbourg,33 Bordeaux,59 Lille,"
    "35 Rennes,51 Reims,83 Toulon,42 Saint-Étienne,76 Le Havre,38 Grenoble,21 Dijon,49 Angers,30 Nîmes,69 Villeurbanne,"
    "63 Clermont-Ferrand,13 Aix-en-Provence,72 Le Mans,29 Brest,37 Tours,80 Amiens,87 Limoges,74 Annecy,66 Perpignan,"
    "57 Metz,25 Besançon,45 Orléans,76 Rouen,68 Mulhouse,14 Caen,54 Nancy,93 Saint-Denis,95 Argenteuil,59 Roubaix,"
    "59 Tourcoing,92 Nanterre,84 Avignon,86 Poitiers,94 Créteil,78 Versailles,64 Pau,17 La Rochelle,62 Calais,06 Cannes,"
    "06 Antibes,68 Colmar,18 Bourges,29 Quimper,26 Valence,10 Troyes,73 Chambéry,79 Niort,44 Saint-Nazaire,56 Lorient,"
    "56 Vannes,22 Saint-Brieuc,81 Albi,64 Bayonne,41 Blois,50 Cherbourg,59 Dunkerque,62 Arras,60 Beauvais,53 Laval,"
    "16 Angoulême,24 Périgueux,19 Brive-la-Gaillarde,71 Mâcon,89 Auxerre,58 Nevers,88 Épinal,90 Belfort,91 Évry,27 Évreux"
)
_BRITISH_TOWNS = (
    "B Birmingham,BA Bath,BD Bradford,BN Brighton,BS Bristol,BT Belfast,CB Cambridge,CF Cardiff,CT Canterbury,CV Coventry,"
    "DD Dundee,DE Derby,DH Durham,EH Edinburgh,EX Exeter,G Glasgow,GL Gloucester,HU Hull,IP Ipswich,L Liverpool,LE Leicester,"
    "LN Lincoln,LS Leeds,M Manchester,NE Newcastle,NG Nottingham,NR Norwich,OX Oxford,PL Plymouth,PO Portsmouth,PR Preston,"
    "RG Reading,S Sheffield,SA Swansea,SO Southampton,WF Wakefield,WR Worcester,YO York,AB Aberdeen,IV Inverness"
)
_AMERICAN_TOWNS = (
    "NY New York,CA Los Angeles,IL Chicago,TX Houston,AZ Phoenix,PA Philadelphia,CA San Diego,TX Dallas,TX Austin,"
    "CA San Francisco,WA Seattle,CO Denver,MA Boston,TN Nashville,MI Detroit,MD Baltimore,GA Atlanta,FL Miami,"
    "MN Minneapolis,OH Cleveland,LA New Orleans,PA Pittsburgh,MO St. Louis,UT Salt Lake City,HI Honolulu,CA Sacramento"
)
_STATES_OF_ZIP = {"0": "MA RI NH ME VT CT NJ PR", "1": "NY PA DE", "2": "DC MD VA WV NC SC", "3": "GA FL AL TN MS", "4": "KY OH IN MI", "5": "IA WI MN SD ND MT", "6": "IL MO KS NE", "7": "LA AR OK TX", "8": "CO WY ID UT AZ NM NV TX", "9": "CA HI OR WA AK"}  # fmt: skip


def _codes(listed: str) -> dict[str, str]:
    return {folded(name): code for code, _, name in (it.partition(" ") for it in listed.split(","))}


_OF_DEPARTMENT, _OF_TOWN = _codes(_DEPARTMENTS), _codes(_FRENCH_TOWNS)
_OF_BRITISH, _OF_AMERICAN = _codes(_BRITISH_TOWNS), _codes(_AMERICAN_TOWNS)
_NAME = r"[A-ZÀ-Þ][\w’'-]*(?:[ \u00a0-](?:[a-z]{1,3}[ \u00a0-])?[A-ZÀ-Þ][\w’'-]*){0,3}"
_FRENCH = re.compile(
    rf"(?<![\w,.€-])(?P<code>\d\d[ \u00a0]?\d{{3}})[ \u00a0]+(?P<town>{_NAME})(?:[ \u00a0]\(?(?P<district>\d{{1,2}})(?:er|e|ᵉ|ème)\b|[ \u00a0]+\((?:(?P<other>\d{{1,2}})(?:er|e|ème)[^)]{{0,20}}|(?P<department>{_NAME}))\))?"
)
_BRITISH = re.compile(
    rf"(?P<town>{_NAME})(?:,[ \u00a0\n]|[ \u00a0\n])(?P<code>[A-Z]{{1,2}})\d[\dA-Z]?[ \u00a0]\d[A-Z]{{2}}\b"
)
_AMERICAN = re.compile(
    r"(?P<town>[A-Z][a-z]+(?:[ \u00a0]\w+\.?){0,2}),[ \u00a0](?P<state>[A-Z]{2})[ \u00a0](?P<zip>\d{5})(?!\d)"
)
_DUBLIN = re.compile(
    r"Dublin[ \u00a0](?P<district>\d{1,2})\b[^.\n\d]{0,10}\b(?P<code>D(?:\d\d|6W))[ \u00a0]?[A-Z0-9]{4}\b"
)
_ARRONDISSEMENTS = {"75": 20, "69": 9, "13": 16}
_OVERSEAS = ("97", "98", "00")


def postcodes_of_elsewhere(text: str) -> Iterator[ToldTwice]:
    """Yield each postcode that is not of its town, department, district or state."""
    for found in _FRENCH.finditer(text):
        if other := _french(found):
            yield ToldTwice(found["code"], other, found.start("code"))
    for found in _BRITISH.finditer(text):
        area = _OF_BRITISH.get(folded(found["town"]))
        if area and area != found["code"]:
            yield ToldTwice(" ".join(found[0][found.start("code") - found.start() :].split()), found["town"], found.start("code"))  # fmt: skip
    for found in _AMERICAN.finditer(text):
        state = _OF_AMERICAN.get(folded(found["town"]))
        is_other = found["state"] not in _STATES_OF_ZIP[found["zip"][0]].split()
        if (state and state != found["state"]) or is_other:
            yield ToldTwice(f"{found['state']} {found['zip']}", found["town"], found.start("state"))
    for found in _DUBLIN.finditer(text):
        if found["code"][1:].lstrip("0") != found["district"]:
            yield ToldTwice(found["code"], f"Dublin {found['district']}", found.start("code"))


def _french(found: re.Match[str]) -> str:
    """Return what a French postcode does not belong to, or nothing."""
    code, town = re.sub(r"\D", "", found["code"]), folded(found["town"])
    if code.startswith(_OVERSEAS):
        return ""
    district = found["district"] or found["other"]
    department = _OF_DEPARTMENT.get(folded(found["department"] or ""))
    if department and department != code[:2]:
        return found["department"]
    if (own := _OF_TOWN.get(town)) and own != code[:2]:
        return found["town"]
    is_divided = town in {"paris", "lyon", "marseille"} and 0 < int(code[3:]) <= 20
    if district and is_divided and int(code[3:]) != int(district):
        return f"{found['town']} {district}e"
    return ""
