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
    "vague-link-text": [
        (FR, "Le formulaire d’accréditation se trouve ici."),
        (FR, "Pour les portraits des artistes, c’est par ici."),
        (FR, "Des extraits sont à écouter ; pour les entendre, c’est là."),
        (FR, "Dossier de presse : ici."),
        (FR, "Les visuels en haute définition sont disponibles ici, avec leurs légendes."),
        (FR, "Vous voulez suivre la conférence à distance ? Le lien est là."),
        (FR, "Inscription des photographes : par ici !"),
        (FR, "La bande-annonce est à regarder ici."),
        (FR, "Le rapport complet et ses annexes sont consultables ici."),
        (FR, "Pour s’inscrire, ça se passe ici."),
        (EN, "For pictures and captions, look here."),
        (EN, "The registration form is here."),
        (EN, "High-resolution images can be found here."),
        (EN, "Press pack: here."),
        (EN, "To hear the recordings, go here."),
        (EN, "All the footage is available right here, free of charge."),
        (EN, "The full report → here"),
        (EN, "Photographers who need the site map can get it here."),
        (EN, "Tickets for the gala: this way!"),
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
    "vague-link-text": [
        (FR, "Ils vivent ici depuis trente ans."),
        (FR, "Les œuvres montrées ici viennent de Brest."),
        (FR, "La force du projet, c’est là."),
        (FR, "Les journalistes sont invités à la visite ; le départ est donné ici, devant la halle."),
        (FR, "Le formulaire se trouve ici : https://vernoy.example/formulaire"),
        (FR, "Les photographies prises ici en 1910 sont exposées."),
        (FR, "Le photographe est né ici, dans la rue Haute."),
        (FR, "Le visuel est à télécharger à l’adresse www.vernoy.example/presse."),
        (FR, "L’histoire commence ici, en 1912."),
        (FR, "Le musée est ici chez lui."),
        (EN, "She was treated here as a child."),
        (EN, "The poet was born here, in a room above the shop."),
        (EN, "The registration form is here: https://norbury.example/form"),
        (EN, "The photographs taken here in 1910 are on show."),
        (EN, "“I learned to swim here,” says Ann Low."),
        (EN, "The whole team is here."),
        (EN, "Images can be downloaded at www.norbury.example/press."),
        (EN, "The river ends here, between two quays."),
        (EN, "Nothing like it has been seen here."),
        (EN, "The trust has worked here since 1920."),
    ],
}  # fmt: skip
