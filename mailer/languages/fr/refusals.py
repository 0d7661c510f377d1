"""How French contact lists say that somebody must not be written to."""

from __future__ import annotations

from mailer.languages.language import RefusalWords

_ACTS = (
    "contacter|recontacter|ecrire|reecrire|envoyer|renvoyer|adresser|solliciter|relancer|mailer"
    "|emailer|inviter|joindre|importuner|spammer|recevoir|diffuser|router|prospecter|demarcher"
)
_SUBJECT_TO = (
    "(?:contacte|sollicite|relance|invite|importune|derange|demarche|destinataire|inscrit)e?s?"
)
_MAIL = (
    "mails?|e mails?|emails?|e?mailings?|e mailings?|courriels?|messages?|newsletters?"
    "|news ?letters?|lettres? d informations?|communiques?|cp|dossiers? de presse|envois?|infos?"
    "|informations?|invitations?|messagerie|diffusion|marketing|sollicitations?|publicites?|rien"
)
# What a person objects to who objects to us: "opposé au nucléaire" is a subject.
_OURS = (
    f"(?:{_MAIL}|traitements?|donnees|contact|prospection|demarchage|conservation|utilisation|usage"
    "|reception|recevoir|relances?|etre|ce qu on|ce que nous|prise de contact|publipostage)"
)
_NEVER = "(?:pas|plus|jamais|rien|point|aucun)"

REFUSALS = RefusalWords(
    refusal_headers=(
        r"desinscri\w*|desabonn\w*|desinscr|npc|oppositions?|opposee?s?|black ?list\w*"
        r"|liste noire|liste repoussoir|refus|refuse\w*|exclu(?!siv)\w*|opt ?out|stop"
        r"|abonnements? suspendus?|npai|rejets?|rejetee?s?|en erreur|interdit\w*|interdiction|bloquee?s?|bannie?s?|decede\w*|deces|retrait\w* (?:du )?consentement"
        r"|(?:suppression|supprime\w*|radie\w*|radiation|effacement|retiree?s?)"
        r"|date de (?:sortie|depart|retrait|fin)|a quitte|desactive\w*|inactif|inactive"
        rf"|ne? {_NEVER}(?: \w+){{0,3}} (?:{_ACTS})|ne? {_NEVER}(?: \w+)? etre {_SUBJECT_TO}"
        rf"|ne? (?:accepte|souhaite|veut|desire)(?:nt)? {_NEVER}"
        r"|(?:a|est a|date a) (?:retirer|supprimer|exclure|enlever)"
        r"|non (?:abonnee?|inscrite?|consentante?|contactable|souhaite)"
        r"|pas de (?:mails?|e mails?|courriels?|mailings?|newsletters?|messages?)"
    ),
    consent_headers=(
        r"consent\w*|opt ?in|rgpd|souscri\w*|abonnee?s?|abonnements?|contactable|joignable par mail"
        rf"|(?:accepte|autorise|souhaite|veut|desire|accord|autorisation|ok)\w*(?: \w+){{0,3}}"
        rf" (?:{_MAIL}|contact|recevoir|etre contactee?)"
        r"|(?:accepte|autorise|souhaite|veut)\w* recevoir|recevoir"
        r"|peut(?: on)?(?: lui)? (?:ecrire|envoyer|etre contactee?)|a accepte|recoit(?: \w+){0,3}"
        r"|peut on (?:le|la) contacter|(?:^accord|^autorisation|^accepte|^acceptation)$"
    ),
    weak_consent_headers=(
        r"actif|active|actifs|valide|validee?|confirmee?|inscrite?s?|inscription"
        r"|(?:inscrite?s?|inscription) (?:a |au |aux )?(?:la |l |nos |notre )?"
        r"(?:newsletters?|lettres?|listes?|mailings?|diffusion|infolettre|communiques|envois|alertes?)"
        r"(?: \w+){0,3}"
        r"|newsletter|infolettre|lettre d information|mailing|e mailing|emailing"
        rf"|(?:a |date )?(?:envois?|envoyer|diffusion)(?: (?:par |de |des |du )?(?:{_MAIL}))?"
        r"|a contacter|contacter|ecrire|destinataire"
        r"|(?:mail|e mail|email|adresse|courriel|adresse mail) (?:valide|validee?|confirmee?|ok)"
    ),
    status_headers=r"statuts?|etat|situation",
    refused_phrases=(
        rf"ne? (?:surtout |absolument |veut |souhaite |desire |doit |plus |pas )*"
        rf"{_NEVER}(?: (?:lui|leur|la|le|les|l|nous|me|m|jamais|rien|en|du tout|a|de|d|plus))*"
        rf" (?:{_ACTS}|etre (?:\w+ )?{_SUBJECT_TO})"
        # Notes drop the "ne".
        rf"|(?:pas|plus|jamais|rien) (?:(?:lui|leur|la|le|les|l|nous|me|m|en) )?"
        rf"(?:{_ACTS}|etre (?:\w+ )?{_SUBJECT_TO})"
        r"|desabo\w*|ne? (?:(?:lui|leur|la|le|les|l|y|me|m|nous) )?(?:envoie|envoye|ecrive|envoi|ecrit|contacte|sollicite|relance"
        r"|invite|adresse|mail)(?:e|es|ent|ons|ez|r|s)? (?:plus|pas|rien|jamais)"
        r"|n en ve(?:ut|ulent|ux) (?:plus|pas)"
        rf"|(?:plus|pas) (?:de |d |aucune? )(?:{_MAIL})(?! (?:possible|par |qu))|(?:ne )?rien (?:envoyer|recevoir)"
        rf"|stop (?:{_MAIL}|pub)|desinscri\w*|desabonn\w*|blackliste\w*|black listee?s?"
        rf"|liste noire|liste repoussoir|opt ?out|(?:s est |s )?oppos(?:e|ee|es|ees)(?:$| (?:a |aux |au )(?:\w+ )?{_OURS})"
        r"|droit d opposition|opposition (?:rgpd|cnil|recue|exprimee|mail|par|du|le|a)"
        r"|(?:demande|demandee?|souhaite|veut)(?: \w+){0,3} "
        r"(?:desinscription|desabonnement|suppression|retrait|effacement|radiation|oubli)"
        r"|(?:suppression|retrait|effacement|radiation|arret) demandee?"
        rf"|(?:arrete|arreter|arret|cesse|cesser|stopper|suspendre|suspension|fin)"
        rf"(?: (?:de|d|des|du|les|nos|ses|tout|tous|toute|toutes|l|nous|lui|envoyer))* (?:{_MAIL})"
        r"|(?:demande|souhaite|veut)(?: \w+){0,3} (?:retire|supprime|efface|enleve|raye|radie)e?s?"
        r"|(?:retire|supprime|raye|radie|exclu|enleve|desinscri|efface|ote|sorti)"
        r"(?:e|es|s|r|re|ez|t|ts)? (?:(?:moi|nous|la|le|les) )?(?:de|des|du) "
        r"(?:\w+ ){0,2}(?:listes?|fichiers?|bases?|envois?|mailings?|diffusions?)"
        rf"|refus(?:e|ent)? (?:de |d |les |nos |tout |toute |tous |des )+(?:{_MAIL}|contact|recevoir)"
        r"|refus (?:rgpd|mail|courriel|newsletter|cnil|explicite|ecrit|oral)|a refuse"
        r"|consentement (?:retire|refuse|revoque|non|absent)|retrait (?:du|de|de son) consentement"
        r"|sans consentement|non consentante?|plainte (?:cnil|spam)"
        r"|a ne (?:pas|plus) (?:contacter|ecrire|envoyer|solliciter|inviter|relancer|mailer)"
    ),
    wishes=r"ne? (?:veut|veux|souhaite|desire|accepte)(?:s|nt)? (?:pas|plus|rien|jamais|aucune?|etre ni)",
    refused_words=(
        r"stop(?: stop)*|refus|refusee?s?|opposee?s?|oppositions?|bloquee?s?|bannie?s?|exclue?s?"
        r"|liste rouge mail|npc|ne plus|interdite?|desinscr|desab"
    ),
    refused_statuses=(
        r"non|non (?:inscrite?|abonnee?)|retiree?s?|radiee?s?|rayee?s?|supprimee?s?|desactivee?s?"
        r"|resiliee?s?|annulee?s?|plaintes?|spam|effacee?s?|revoquee?|en liste noire|aucun envoi"
    ),
    left_phrases=(
        # "ne couvre plus la santé", "ne plus figurer dans la liste"
        r"ne? (?:\w+ ){1,3}plus(?! (?:que|tard|loin|tot|d une|de \d))|ne plus \w+(?:er|ir|re)"
        r"|plus en (?:charge|fonctions?|poste)"
        r"|(?:a|ont|ayant|avoir) quittee?s?|quittee? (?:la|le|l|son|sa|ses|les) \w+"
        r"|(?:n y|n|ne) (?:est|sont|travaille|travaillent|exerce|collabore|bosse|ecrit) plus"
        r"|ne (?:fait|font|s occupe|repond|suit|signe) plus|decedee?s?|deces de|est morte?"
        r"|morte? (?:en|le)|(?:a|en) la retraite|en retraite|depart (?:en|a la) retraite"
        r"|partie?s? (?:a|au|aux|chez|vers|en|depuis|pour)"
        r"|a change de (?:poste|redaction|journal|media|metier|fonction|adresse|mail|boite|service)"
        r"|changement de (?:poste|redaction|journal|media|metier|fonctions?|adresse|mail|boite)"
        r"|(?:nouvelle|nouveau|nouvelles) (?:adresse|mail|poste|fonctions?|employeur|redaction)"
        r"|remplacee? par|(?:desormais|maintenant|aujourd hui|passee?) (?:chez|a|au|aux|pour)"
        r"|a rejoint|fin de (?:contrat|mission|cdd|collaboration)|poste supprime|viree?s?"
        r"|depart (?:le|en|du|de|au|prevu|volontaire|annonce)"
        r"|(?:s est|se|est) plainte?|plaintes?|reclamation|mecontente?|furieu\w+|harcel\w+|cnil"
        r"|demande rgpd|liste rouge|(?:pas|plus) interessee?s?|ne pas deranger|laisser tranquille"
        r"|bounces?|rebonds?|(?:revien\w*|retour\w*|est) en erreur|non (?:distribue|remis|delivre)\w*"
        r"|licenciee?s?|demissionn\w+|a demissionne|mutee?s? (?:a|au|en)"
        r"|plus (?:a|sur|dans|en|au) (?:(?:ce|cette|son|sa|l|la|le) )?"
        r"(?:poste|fonctions?|redaction|redac|journal|service|equipe|adresse)"
        r"|plus (?:en poste|en activite|active?|abonnee?|inscrite?|dans l equipe|a la redaction|en fonction|au journal|a la redac|joignable"
        r"|valable|valide|utilisee?|d actualite)"
        r"|ancienne? (?:adresse|mail|courriel|salariee?|collaborat\w+)"
        r"|(?:journal|titre|magazine|radio|redaction|media|revue) "
        r"(?:disparue?|fermee?|arretee?|supprimee?)|a cesse (?:de paraitre|son activite|d exister)"
        r"|n existe plus|cessation d activite"
        r"|(?:adresse|mail|e mail|email|courriel|boite) (?:\w+ )?(?:invalide|erronee?|fausse|faux"
        r"|morte?|inexistante?|obsolete|perimee?|plus valide|hs|ko|desactivee?|supprimee?|fermee?"
        r"|pleine|en erreur|retournee?|rejetee?)|adresse inconnue|ne (?:fonctionne|marche) plus"
        r"|(?:a|est a) (?:supprimer|retirer|enlever|rayer|effacer|exclure|oublier|desinscrire)"
    ),
    left_words=(
        r"retraitee?|partie? (?:en|depuis)|mort|morte|defunte?|demission|a quitte|ex salariee?"
        r"|pas de relances?|plus de relances?|ne pas utiliser|ne plus utiliser|ne pas relancer"
        r"|nous a mis en spam|spams?|blacklist"
    ),
    left_statuses=(
        r"partie?s?|quittee?|inactifs?|inactives?|non confirmee?s?|en attente|archivee?s?"
        r"|ancienne?s?|ex|suspendue?s?|dormante?s?|a verifier|obsolete|perimee?s?|retraitee?s?"
        r"|decedee?s?|sortie?s?|en sommeil|a supprimer|a retirer"
    ),
    bounced=r"npai|rejetee?s?|rejets?|invalides?|mail (?:invalide|errone)|inexistante?s?|en erreur"
    r"|erreurs?|retour a l expediteur|hs|ko",
    yes=(
        *("oui", "o", "1", "vrai", "x", "ok", "d accord", "accepte", "acceptee", "accord"),
        *("interet legitime", "explicite", "implicite", "recueilli", "donne"),
    ),
    subscribed=(
        *("inscrit", "inscrite", "abonne", "abonnee", "actif", "active", "confirme", "valide"),
        *("reinscrit", "reinscrite", "reabonne", "reabonnee"),
    ),
    undecided=(
        *("a voir", "a verifier", "a demander", "a confirmer", "en attente", "en cours"),
        *("inconnu", "nsp", "peut etre", "ne sait pas", "sans reponse", "pas de reponse"),
    ),
    negations="pas|non|jamais|aucune?|sans|hors|sauf|ni|rien",
    reversals=r"reinscri\w*|reabonn\w*|par erreur|a nouveau|de nouveau|finalement|annulee?|revenue?",
    limits=(
        r"avant|apres|pendant|entre|jusqu|d ici|lundis?|mardis?|mercredis?|jeudis?|vendredis?"
        r"|samedis?|dimanches?|week ?ends?|vacances|matin|soir|midi|pour l instant"
        r"|pour le moment|mais|momentanement|temporairement|sans|sauf|que|seulement|uniquement"
        r"|pieces? jointes?|pj|photos?|images?|fichiers? lourds?|videos?"
    ),
    other_channels=(
        r"sms|textos?|telephon\w*|tel|fax|postale?s?|poste|courriers?|papier|whats ?app|signal|messenger|telegram|wechat|skype|facebook|linkedin|twitter|instagram|appels?|fixe"
        r"|portable|mobile|colis|visio"
    ),
    mail=_MAIL,
    old_sheets=(
        r"archives?|ex|anciens?|anciennes?|vieux|vieilles?|obsoletes?|perimee?s?|sauvegardes?|copie"
        r"|corbeille|historiques?|doublons?|brouillons?|a supprimer|ne pas utiliser|a jeter|perdus?"
    ),
)
