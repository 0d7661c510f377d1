"""Texts about which a careful editor asks who it is, who says it, or where it leads; and sound ones.

Each is a language and a text, under the check that asks.
"""

FR, EN = "fr", "en"

ASKED = {
    "person-named-otherwise": [
        (FR, "Le parc a été dessiné par Edmond Vasselier. La visite suivra le plan d’Edmond Vasselliet, puis celui de la Ville."),
        (FR, "Le parc a été dessiné par Edmond Vasselier. On verra aussi les carnets Vassellier, retrouvés en 2019."),
        (FR, "La soprano Ingrid Halvorsen chantera. Le disque « Ingrid Halvorson chante Grieg » sera en vente."),
        (FR, "Anne-Lise Kerbrac signe la mise en scène. Le texte d’Anne-Lise Kerbrat sera lu à midi."),
        (FR, "L’atlas est de Théodore Brancourt. L’exposition montre l’atelier de Théodore Brankourt."),
        (FR, "Le fonds vient de la collectionneuse Hermine Dalloz. Vingt lettres d’Hermine Daloz seront montrées."),
        (EN, "The bridge was drawn by Thomas Ellingworth. A talk follows, “Thomas Ellingsworth and his bridges”."),
        (EN, "The bridge was drawn by Thomas Ellingworth. The Ellingwirth papers are kept in the library."),
        (EN, 'The clock was made by Matthias Brandauer. A film, "The clocks of Mathias Brandauer", is shown at noon.'),
        (EN, "The score is by Ottilie Hargreave. Ottilie Hargrave wrote it at nineteen."),
        (EN, "The letters of Rosamund Pickersgill are shown. A walk leads to the house where Rosamond Pickersgill lived."),
        (FR, "La médaille est gravée par Lazare Ponsardin. On doit à Lazare Ponsardain trois autres médailles."),
    ],
}  # fmt: skip

SOUND = {
    "person-named-otherwise": [
        (FR, "Edmond Vasselier a dessiné le parc. Son frère Louis Vasselier a planté les chênes."),
        (FR, "Anne Breton présente le livre. Les Bretons viendront nombreux."),
        (FR, "Claire Normand dirige le port. Les pêcheurs Normands arrivent à midi."),
        (FR, "Le musée d’Aubeterre Nord ouvre. Jean Aubert le dirige."),
        (FR, "Paul Laurent chante. Sa fille Laurence l’accompagne."),
        (FR, "Lucie Fontaine peint. L’école de Fontaines l’accueille."),
        (EN, "Anne Germain leads the trust. She came from Germany in 2010."),
        (EN, "Thomas Ellingworth drew the bridge. The Ellingworth papers are kept here."),
        (EN, "John Carlton and Ann Carlson, of the council, will speak."),
        (EN, "Peter Holland chairs the board. The board meets in Hollande House."),
        (FR, "Mathilde Roy court. Matthieu Roy aussi."),
    ],
}  # fmt: skip
