"""French in the mails that come back: absences, automatic replies, requests to be left out."""

from __future__ import annotations

from mailer.languages.reply_words import AbsenceWords, OppositionWords, ReplyWords

ABSENCES = AbsenceWords(
    months=(
        "janvier janv",
        "fevrier fevr fev",
        "mars",
        "avril avr",
        "mai",
        "juin",
        "juillet juil",
        "aout",
        "septembre sept",
        "octobre oct",
        "novembre nov",
        "decembre dec",
    ),
    day_suffix="er",
    weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
    between=(
        "a partir|au|le|la|du|dans|bureau|compter|que|seulement|prochain|matin|soir"
        "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|a|inclus|parmi|vous|mes fonctions"
        "|de|des|est|pour|nous|conges?|vacances|voyage|reportage|deplacement|mission|formation|repos|service|mon|mes|prevue?|fixee?|date|travail|journal|redaction|mon poste|mon activite|:"
    ),
    back=(
        "reouverture|rouvr\\w+|de retour|retour|retour (?:prevu )?|reviens|reviendrai|reviendra|rentre|rentrerai"
        "|reprendrai(?: mes fonctions)?|reprends|reprenant(?: mes fonctions)?|revenant|reprendra|reprise"
        "|(?:a nouveau|de nouveau) (?:joignable|disponible|presente?|au bureau)"
    ),
    back_behind="je (?:serai|suis) de retour|a mon retour",
    until="jusqu'au|jusqu'a|jusqu au|jusqu'en",
    span="",
    joiner="au|jusqu'au",
    starting="a partir du|a partir de|a compter du|a compter de|des le|le|des",
    answers=(
        "repondrai|repondra|repondrons|traiterai|traitera|lirai|prendrai connaissance"
        "|reviendrai vers vous|recontacterai|sera (?:lu|traite)|(?:serai|sera) (?:joignable|disponible)"
        "|consulterai|reprends|reprendrai"
    ),
    after="apres le",
    tomorrow="demain",
    this_week="cette semaine",
    next_week="la semaine prochaine",
    whole_month="tout le mois (?:de |d')|pendant le mois (?:de |d')|le mois (?:de |d')|durant le mois (?:de |d')",
    left=(
        # ne … plus, of a person
        "n(?:e |')(?:(?:vous|nous|y|en|lui) )?(?:travaille|exerce|collabore|occupe|appartien[st]"
        "|fais|fait|officie|ecri[st]|dirige|represente)s? plus"
        "|n(?:e suis|'est|e sera|e serai) plus (?:(?:a|de|chez|parmi|dans|avec) )?(?:en (?:poste|fonctions?|activite|charge)"
        "|salariee?|employee?|collaborat\\w+|journaliste|redact\\w+|correspondante?|direct\\w+|chef\\w*|responsable|titulaire|votre (?:interlocut\\w+|contact|correspondante?)"
        "|a cette adresse|joignable a cette adresse|chargee?|au sein|au journal|au service|a la redaction|la redaction"
        "|l'entreprise|notre|la (?:societe|personne|bonne personne)|le bon (?:contact|interlocuteur)"
        "|[a-z' -]{0,20}(?:equipe|effectifs|groupe|maison|titre|entreprise|societe|redaction|structure|association|etablissement)s?)"
        "|n'est plus (?:chez|parmi nous|des notres|dans (?:nos|l'|la|notre))"
        # the address itself
        "|(?:adresse|boite|messagerie|mail|compte|courriel|bal)\\b[^.!?]{0,50} n'(?:est|existe|a) ?plus"
        "(?: (?:active?|activee?|valide|valable|relevee?|consultee?|utilisee?|en service|lue?|suivie?|surveillee?"
        "|attribuee?|operationnelle?|en usage))?"
        "|n'est plus (?:utilisee?|attribuee?|relevee?|consultee?|active|valide|valable)"
        "|(?:adresse|boite|messagerie|compte)\\b[^.!?]{0,60} (?:(?:a ete|est|sera) (?:definitivement )?(?:fermee?|desactivee?|supprimee?|cloturee?))"
        "|(?:suite au|depuis le|en raison du) depart (?:definitif )?de"
        # leaving
        "|(?:ai|a|avons|ayant|avoir) (?:\\w{3,14} )?quitte (?!le bureau|mon bureau|la reunion)"
        "|nous a quittes"
        "|quitte (?:mes|ses|mon|son|ma|sa|la|le|l') ?(?:fonctions?|poste|redaction|journal|entreprise|groupe|societe|service|magazine|radio|titre)"
        "|m'en vais vers|vers de nouvel(?:les|les) (?:aventures|missions|fonctions)|vers de nouveaux horizons"
        "|retraitee?\\b|(?:a|en|pris|prend|prends|partie?|ma|sa|mise a|droits a) (?:la |sa |ma )?retraite"
        "|(?:cesse|cessee?) (?:mes|ses|toutes?|mon|son|toute|de (?:travailler|paraitre|collaborer|exister)) ?(?:fonctions?|activites?)?"
        "|contrat (?:\\w+ ){0,4}(?:a pris fin|s'est (?:termine|acheve)|est (?:termine|arrive a|fini)|prend fin)"
        "|(?:ai|a|ayant|avons) change (?:de (?:poste|fonctions?|employeur|service|metier|redaction|societe|entreprise|voie|travail)"
        "|d'(?:employeur|entreprise|adresse|affectation|emploi|activite))"
        "|(?:mon |l'|notre )adresse (?:e-?mail |mail |electronique )?a change"
        "|(?:changement d'adresse|nouvelle adresse)(?: e-?mail| mail| electronique|[^.!?]{0,60}@)"
        "|(?:ai|a) rejoint (?:une?|la|le|l'|les|d'autres|radio|france|canal|tele)"
        "|(?:suis|est|travaille) (?:desormais|maintenant|dorenavant) (?:journaliste|redact\\w+|chef\\w*|chez|a la redaction|en poste|charge\\w*)"
        # what ends, whose end is said in many ways
        "|(?:contrat|stage|mission|cdd|collaboration|fonctions?|mandat|alternance|service civique|detachement)\\b"
        "[^.!?]{0,40} (?:(?:ont|a) pris fin|prend fin|prennent fin|s'est (?:acheve|termine|conclu)e?|se termine"
        "|(?:est|sont) (?:fini|termine|acheve|echu|arrive)\\w*)"
        "|(?:ne|n') ?(?:\\w+ )?(?:figure|compte|releve|consulte|lis|lit|utilise|relevera|lira|consultera)(?:s|i|z|ons)? plus"
        " (?:cette|cet|ce|dans|parmi|votre|vos|mes mails a)"
        "|(?:me|la|le) (?:remplace|succede) definitivement|(?:me|lui) succede|pren(?:d|ds|dra) (?:ma|sa) (?:suite|succession|releve)"
        "|(?:ai|a|ont) (?:\\w{3,14} )?demissionne|licenciee?\\b|(?:je|m'en) (?:change|vais) (?:de|dans une autre) (?:redaction|journal|employeur|metier|titre|maison|chaine|station|entreprise)"
        "|(?:adresse|boite|messagerie|compte) (?:[a-z@.-]+ )?(?:definitivement )?(?:desactivee?|fermee?|supprimee?|cloturee?)"
        "|mutee? (?:a|au|dans|vers|en)|nouveau depart|appelee? a d'autres (?:fonctions|missions|taches)|tourne la page|(?:desormais|maintenant|dorenavant) (?:independante?|pigiste|free-?lance|a mon compte)"
        "|(?:accepte|pris) un (?:autre|nouveau) (?:poste|emploi|travail)"
        "|(?:va|vont|doit) (?:bientot |prochainement )?etre (?:definitivement )?(?:fermee?|supprimee?|desactivee?|cloturee?)"
        "|(?:adresse|boite)\\b[^.!?]{0,30} (?:abandonnee?|caduque|obsolete|perimee|morte)"
        "|je quitte[^.!?]{1,40}(?:ce mois|definitivement|fin (?:du mois|janvier|juin|juillet|decembre)|apres \\w+ ans)"
        "|dernier jour (?:a|au|de travail|dans|chez)|(?:nouveau|autre) (?:poste|employeur|journal|titre)|nouvelles fonctions"
        "|decedee?\\b|le deces de|est mort[e]?\\b"
        "|(?:aventure|histoire|page|chapitre)\\b[^.!?]{0,30} (?:s'arrete|s'acheve|se termine|prend fin|se tourne|touche a sa fin)"
        "|ancien(?:ne)? (?:collaborat\\w+|salariee?|employee?|collegue|journaliste|stagiaire|redact\\w+)|\\bsuccesseurs?\\b"
        "|(?:mon|ce|le|son) poste\\b[^.!?]{0,30} (?:est|a ete) (?:supprime|ferme)"
    ),
    not_left=(
        "jusqu'au|jusqu'a|ce (?:soir|matin|week-?end|jour-la|midi)|cet apres-midi|aujourd'hui|cette semaine|de retour|retour"
        "|pour la journee|au bureau|a mon (?:poste|bureau)|pendant|durant|le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?! \\d)"
        "|(?:communique|message|courriel|mail|dossier|sujet|article)s? (?:de presse )?(?:sur|relatif|concernant|a propos)"
        "|apres \\d{1,2} ?h|a \\d{1,2} ?h|avant \\d{1,2} ?h|temporairement|provisoirement|momentanement|week-?ends?"
        "|locaux|batiments?|immeuble|siege|bureaux|demenag\\w+|adresse postale|\\b(?:la|l'|notre) ?(?:rue|avenue|place)\\b"
    ),
)

LISTS = (
    r"(?:listes?|fichiers?|bases?|envois|diffusion|destinataires|mailings?|annuaire|carnet|newsletters?|lettre"
    r"|contacts|repertoire|abonnes)\b"
)
"""What one is on who gets our mails."""
REPLIES = ReplyWords(
    automatic_subjects="""
        reponse automatique
        reponse auto
        message automatique
        absent du bureau
        absente du bureau
        absence du bureau
        absent -
        absente -
        absent re:
        absente re:
        absence re:
        absence :
        absence:
        absent(e)
        absent jusqu
        absente jusqu
        en conges
        en vacances
        conge maternite
        conge parental
        accuse de reception
        avis d'absence
        message d'absence
        notification d'absence
    """,
    automatic_sentences="""
        je suis absent
        je suis actuellement absent
        je suis en conge
        je suis actuellement en conge
        actuellement en conge
        actuellement absent
        je suis en vacances
        je serai absent
        je suis en deplacement
        je serai de retour
        de retour le
        absent du bureau
        absente du bureau
        ne suis pas joignable
        ne fais plus partie
        ne travaille plus
        a quitte la redaction
        a quitte l'entreprise
        a quitte ses fonctions
        n'est plus en poste
        ceci est une reponse automatique
        reponse automatique
        votre message a bien ete recu
        nous avons bien recu votre
    """,
    challenges="""
        demande d'authentification
        authentifier votre adresse
        vous authentifier
        confirmez que vous n'etes pas un robot
        cliquez * pour que votre message soit delivre
        verification de l'expediteur
    """,
    opposition=OppositionWords(
        sentences=r"""
            (?:retir|supprim|effac|enlev|ray|sort|ot|radi|exclu)\w{0,3}(?:[- ](?:moi|nous)|,? (?:svp,? |s'il (?:vous|te) plait,? )?(?:l'|mon|mes|notre|nos) ?(?:adresse|coordonnees|e-?mail|mail|contact|donnees|nom))\b[^.!?]{0,40}\bLIST
            (?:m'|me |nous )(?:retir|supprim|effac|enlev|ray|ot|radi|exclu|desabonn|desinscri)\w{1,4}\b[^.!?]{0,40}\bLIST
            (?:me|m'|nous|moi|ete|etre) ?(?:retir|supprim|enlev|ray|radi|ot|effac)\w{1,3} (?:svp|merci|s'il vous plait|$)
            (?:etre|soit|sois) (?:retir|supprim|effac|enlev|ray|ot|radi|exclu|desabonn|desinscri)\w{1,4}\b[^.!?]{0,30}\bLIST
            (?:cess|arret|stopp)\w{1,4} (?:[a-z]{2,14} )?(?:vos|ces|les|tout|tous vos) (?:envois?|e-?mails?|courriels?|messages|communiques|sollicitations)
            (?:cess|arret)\w{1,4} de (?:m'|nous |me )(?:envoyer|adresser|ecrire|solliciter|contacter)
            m'oppose (?:a l'(?:utilisation|usage|envoi)|au traitement|a (?:tout|la reception))
            (?:plus|pas) (?:figurer|apparaitre|etre|faire partie) (?:dans|parmi|sur|de) (?:vos|votre|la|les|cette) LIST
            (?:me|nous|se) (?:desinscrire|desabonner)
            inutile de (?:me|nous) garder (?:dans|sur|parmi) [^.!?]{0,20}LIST
            (?:m'en|nous en) (?:retirer|enlever|supprimer|oter|rayer|desinscrire|sortir)\b
            (?:retir|enlev|supprim|effac|ray|ot)\w{0,3} (?:l'adresse )?@ [^.!?]{0,30}\bLIST
            merci de me retirer(?! d[eu']| \w+ d[eu'])
            (?:veuillez|merci de) (?:me|nous) desinscrire
            me supprimer de votre
            (?:retirez|enlevez|rayez|desinscrivez|desabonnez)[- ](?:moi|nous)(?! (?:d[eu'] ?(?:l'|la |cette |ce |cet )?(?!LIST)|un |une |le |la ))
            plus (?:de|aucun|d'autres) (?:e-?mails?|mails?|courriels?|messages|communiques|envois|pubs?),? (?:svp|s'il (?:vous|te) plait|merci)
            desinscription (?:svp|merci)
            demande de (?:desinscription|desabonnement)
            (?:ne|n') ?(?:souhait|veu|voul|desir|pense vouloir)\w{0,4} plus (?:rien )?(?:recevoir|etre (?:contacte|sollicite|destinataire|demarche))
            ne (?:souhait|veu|voul|desir)\w{0,4} pas (?:recevoir|etre destinataires?) (?:vos|votre|ces|de (?:vos|votre|ces)|d'autres|de) ?(?:autres )?(?:e-?mails?|mails?|courriels?|messages|communiques|newsletters?|informations?|invitations|sollicitations|publicites?|envois|lettres?)
            ne plus (?:rien )?(?:recevoir|etre (?:contacte|sollicite|destinataire))
            (?:ne|n') ?(?:plus|pas) (?:m'|me |nous )(?:contacter|ecrire|solliciter|demarcher|envoyer|adresser)(?! (?:avant|apres|de (?:photos?|visuels?|fichiers?|rappels?|relances?)|la |le |l'|un |une ))
            ne (?:m'|me |nous )(?:contactez|ecrivez|sollicitez|envoyez|adressez) plus(?! (?:de (?:photos?|visuels?|fichiers?|rappels?|relances?)|la |le |l'|un |une ))
        """.replace("LIST", LISTS),
        please="merci de |svp |veuillez |pri?ere de ",
        alone=(
            r"(?:me |nous )?(?:desinscri\w*|desabonn\w*|(?:retirer|supprimer)(?! (?:la|le|les|l'|ce|cet|cette|ces|un|une|mon (?:numero|telephone|nom de))\b))\b"
            r"|stop(?= ?(?:$|[.!,;]|svp|merci|s'il|(?:aux?|a (?:vos|ces)) (?:e-?mails?|mails?|messages|envois|spams?|pubs?|communiques)|pubs?\b|mails?\b|spams?\b))"
            r"|demande de (?:desinscription|desabonnement|retrait)"
        ),
        parts=(
            r"par (?:la )?poste\b|par courrier(?! electronique)|voie postale|postal\w*|papier|imprimee?s?\b|par fax|telecopie|par (?:sms|telephone)|en double\w*|doublons?"
            r"|doubles?\b|deux (?:fois|exemplaires)|plusieurs fois|pieces? jointes?|\bpj\b|\d ?mo\b|participants|inscrits|accredites|invites|intervenants|orateurs|presents"
            r"|liste d(?:es |e |')(?!destinataires|contacts|abonnes|diffusion|journalistes|mailing|envoi|presse|la presse)|pendant|durant|avant \d|le (?:week-?end|dimanche)|(?:ancienne|autre|vieille) adresse|adresse precedente|relances?\b|rappels?\b"
        ),
    ),
    quoting=r"le .{6,120} a ecrit ?:",
)
