"""News under embargo is not out, not free and not shown to everybody before the embargo ends."""

import pytest

from tests.unit.checks.test_told_in_other_words import ENGLISH, FRENCH, checks_of

HEADS = {
    FRENCH: "Sous embargo jusqu’au jeudi 20 mai 2027 à 8 h (heure de Paris)",
    ENGLISH: "EMBARGOED UNTIL 9 A.M. LONDON TIME ON THURSDAY 20 MAY 2027",
}


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "Ces chiffres sont publics depuis ce matin."),
        (FRENCH, "Le rapport a été mis en ligne hier sur notre site."),
        (FRENCH, "Deux radios ont déjà diffusé les résultats."),
        (FRENCH, "L’étude est consultable sur notre page depuis la semaine dernière."),
        (FRENCH, "L’annonce a été relayée vendredi dernier par la presse locale."),
        (FRENCH, "Le classement, publié le 15 avril 2027, est en ligne."),
        (ENGLISH, "The figures have been on our website since yesterday."),
        (ENGLISH, "We published the full report earlier this week."),
        (ENGLISH, "The findings were reported by two radio stations last night."),
        (ENGLISH, "The study went live on Friday and has already been shared widely."),
        (ENGLISH, "Our announcement is already public on social media."),
        (FRENCH, "La visite du mardi 18 mai 2027 est ouverte à tous."),
        (FRENCH, "Le public découvrira les résultats le mercredi 19 mai 2027 à 18 h."),
        (FRENCH, "Une réunion publique présentera le bilan le mercredi 19 mai 2027."),
        (ENGLISH, "The public will hear the results at an open evening on Tuesday 18 May 2027."),
        (ENGLISH, "The talk will be streamed live on Wednesday 19 May 2027."),
        (ENGLISH, "Residents and visitors can see the plans on Tuesday 18 May 2027."),
        (FRENCH, "La séance du mardi 18 mai 2027 sera filmée. Elle sera retransmise en direct, en accès libre."),
        (ENGLISH, "Please do not use any of this before noon on Thursday 20 May 2027."),
        (ENGLISH, "The story may be run from Friday 21 May 2027."),
        (ENGLISH, "This must remain confidential until 6 pm on Thursday 20 May 2027."),
        (FRENCH, "Aucune de ces données ne doit être utilisée avant le jeudi 20 mai 2027 à midi."),
        (FRENCH, "Ces informations doivent rester confidentielles jusqu’au vendredi 21 mai 2027."),
        (FRENCH, "Rien ne doit paraître avant 11 h le jour même."),
        (FRENCH, "Programme\n\n9 h : accueil\n9 h 30 : levée de l’embargo\n10 h : questions"),
        (ENGLISH, "Programme\n\n9 am: coffee\n10 am: embargo lifts\n11 am: questions"),
        (ENGLISH, "You may publish this story as soon as it reaches you."),
        (ENGLISH, "Editors can run the figures straight away."),
        (ENGLISH, "Broadcasters are welcome to use the text on receipt."),
        (FRENCH, "Les rédactions peuvent publier ces chiffres sans attendre."),
        (FRENCH, "Vous êtes libres de reprendre ce texte dès qu’il vous parvient."),
        (FRENCH, "La presse peut utiliser ces informations dès maintenant."),
    ],
)  # fmt: skip
def test_what_goes_against_the_embargo_is_told(frame, said):
    assert "embargo-contradicted" in checks_of(frame, said, head=HEADS[frame])


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRENCH, "Le rapport de 2025 est en ligne depuis un an."),
        (FRENCH, "Le rapport est remis dès maintenant aux rédactions accréditées."),
        (FRENCH, "Le rapport sera mis en ligne dès la levée de l’embargo."),
        (FRENCH, "Le programme de la journée est en ligne depuis lundi."),
        (FRENCH, "Les photographies peuvent être utilisées dès maintenant."),
        (FRENCH, "Le précédent bilan a été publié en 2024."),
        (FRENCH, "Le musée a déjà publié trois livres."),
        (FRENCH, "Les résultats sont déposés depuis ce matin dans l’espace réservé à la presse."),
        (ENGLISH, "The report goes online once the embargo has been lifted."),
        (ENGLISH, "Last year’s report is on our website."),
        (ENGLISH, "Accredited journalists received the report this morning."),
        (ENGLISH, "The pictures may be used straight away."),
        (ENGLISH, "The previous survey was published in 2021."),
        (ENGLISH, "Please answer as soon as you receive this invitation."),
        (ENGLISH, "Please use the side door as soon as it opens."),
        (ENGLISH, "The museum stays open to the public until Tuesday 18 May 2027."),
        (FRENCH, "Le musée sera fermé au public le mardi 18 mai 2027."),
        (FRENCH, "Le public pourra venir le dimanche 30 mai 2027."),
        (FRENCH, "La presse verra les salles le mercredi 19 mai 2027, avant le public."),
        (ENGLISH, "Journalists see the rooms on Wednesday 19 May 2027, ten days before the public."),
        (FRENCH, "Programme\n\n7 h 30 : accueil\n8 h : levée de l’embargo\n10 h : questions"),
        (ENGLISH, "Programme\n\n8.30 am: coffee\n9 am: embargo lifts\n11 am: questions"),
        (ENGLISH, "The gallery has been open to the public since 2019."),
        (ENGLISH, "The public can see the rooms from Saturday 29 May 2027."),
        (ENGLISH, "Nothing may be used before 9 am on Thursday 20 May 2027."),
        (FRENCH, "Les demandes doivent nous parvenir avant le mardi 18 mai 2027."),
        (FRENCH, "Aucun extrait ne doit être utilisé avant le jeudi 20 mai 2027 à 8 h."),
        (FRENCH, "Merci de publier ces informations dès la levée de l’embargo."),
        (ENGLISH, "Newsrooms may publish as soon as the embargo lifts."),
        (ENGLISH, "The study was carried out last year with the public."),
        (FRENCH, "Les chiffres de l’an dernier, publiés en mai 2026, étaient meilleurs."),
        (FRENCH, "La campagne a déjà été diffusée à la radio."),
    ],
)  # fmt: skip
def test_what_agrees_with_the_embargo_is_left_alone(frame, said):
    assert "embargo-contradicted" not in checks_of(frame, said, head=HEADS[frame])
