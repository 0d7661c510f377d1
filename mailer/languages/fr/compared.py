"""The French words by which the checks recognise the parts of a text that they compare."""

from __future__ import annotations

from mailer.languages.compared_words import ComparedWords, word_set

COMPARED = ComparedWords(
    heads=word_set(
        "president presidente directeur directrice maire fondateur fondatrice cofondateur cofondatrice"
        " gerant gerante dirigeant dirigeante patron patronne pdg dg recteur rectrice doyen doyenne"
        " conservateur conservatrice bourgmestre proviseur ambassadeur ambassadrice"
    ),
    headed=word_set(
        "dirige dirigee preside presidee conduit conduite mene menee emmenee pilote pilotee gere geree"
        " fonde fondee cree creee"
    ),
    its=word_set("son sa ses leur dont"),
    of=word_set("de du des d"),
    once=word_set(
        "ancien ancienne anciennement ex egalement aussi futur future alors puis precedemment naguere"
        " autrefois nomme nommee rejoint quitte succede"
    ),
    ends_name=word_set(
        "qui que dont ou a est sont ont sera seront avait etait et avec pour par dans depuis en se s"
        " lors au aux chez sur"
    ),
    speaks_to=word_set("tu te toi ton ta tes stp svp merci on je j moi me nous"),
    you_and_i=word_set("tu te toi ton ta tes stp svp je"),
    among_colleagues=word_set("je j tu te toi"),
    speaks_to_readers=word_set("vous votre vos"),
    edits=word_set(
        "ajoute ajouter enleve enlever mets mettre verifie verifier demande demander redemande appelle"
        " rappelle garde garder coupe couper remplace remplacer change changer vois voir relis relire"
        " confirme confirmer complete completer envoie insere inserer corrige corriger reprends trouve"
        " supprime supprimer laisse attends pense regarde actualise raccourcis reformule cale valide"
    ),
    still=word_set("a reste encore merci"),
    to_edit=word_set(
        "valider revalider revoir verifier reverifier completer relire supprimer corriger actualiser"
        " remplacer reformuler raccourcir trancher sourcer recaler reecrire"
    ),
    begins_sentence=word_set(
        "madame monsieur mesdames messieurs bonjour bonsoir merci cher chere chers cheres"
        " aujourd demain maintenant ensuite enfin ici attention presse lundi mardi mercredi jeudi vendredi samedi dimanche"
    ),
    articles=word_set("le la les un une des du au aux ce cette chaque"),
    usual=word_set(
        "chaque tous toutes ouvert ouverte ouverts ouvertes ferme fermee fermes fermees sauf hors permanence"
        " permanences horaires habituellement hebdomadaire semaine lundis joignable joignables standard repond"
        " repondent jours ouvres saint gras vendredis samedis dimanches"
    ),
    behind_day=word_set(
        "matin midi soir apres minuit a de en au aux dans par pour sur avec sans et ou ni que qui dernier"
        " passe prochain entre devant chez lors la le les leur son sa ses un une des ce cette pendant"
    ),
    set_apart=word_set(
        "chacun chacune chaque contre dont parmi autres autre seulement restants supplementaires hier"
        " precedente precedent passe passee derniere dernier initialement prevus moitie tiers quart moyenne"
        " puis ensuite encore reste restent maximum minimum limite limites avait avaient aurait auraient prevoyait"
    ),
    links=word_set(
        "dans pour avec sont ont seront etaient cette leur leurs tous toutes elles dont plus tout"
    ),
    labels=word_set("capacite nombre total effectif effectifs taille chiffre public participation"),
    set_apart_sums=word_set(
        "chacun chacune chaque contre tarif tarifs prix jusqu plafond minimum maximum par an"
    ),
    gives=word_set("par pour"),
    changes=word_set("plus moins hausse baisse augmentation recul supplementaires mieux"),
    several_times=word_set(
        "chaque tous toutes deuxieme second seconde autre puis ensuite seances sauf ou"
    ),
    no_thing=word_set(
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier"
        " mars avril juin juillet aout septembre octobre novembre decembre heure heures matin partir entre avant apres jusqu public"
        " presse journalistes pourront seront depuis encore toute entree cette cinquieme premiere"
    ),
    ends=word_set("cloture fin fermeture"),
    prolongs=word_set(
        "prolonge prolongee prolongation initialement repousse reporte reportee inscription inscriptions"
    ),
)
