"""What people of an office write to each other in a French draft, what they attach, and what people
are there.
"""

from __future__ import annotations

NOTES_INSIDE = (
    r"avant (?:l[’'])?(?:envoi|diffusion|publication)|avant de (?:l[’'])?envoyer|veut (?:l[ae]s? |d[’']abord )?(?:re)?(?:lire|voir|valider)"
    r"|pas encore (?:validée?s?|votée?s?|signée?s?|confirmée?s?|officiel\w*|publique?s?|annoncée?s?|tranchée?s?|relue?s?)"
    r"|ne pas (?:citer|mentionner|donner|dire|nommer|chiffrer|évoquer|en parler)|ancien(?:ne)? (?:version|chiffre|texte)|\b(?:mon|ton|son|votre) (?:e-?mail|mail|message|courriel|appel)"
)
"""Anywhere in brackets, words that only a colleague should read: `à couper avant envoi`."""

NOTES_TO_COLLEAGUES = (
    r"penser (?:aux?|à (?:la|l[’']|le|les|ajouter|mettre|demander|changer|vérifier|remplacer|citer|enlever|joindre|prévenir|nommer))\b|pas (?:trouvé|pu|eu)\b|aucune idée|toujours pas\b|voir si\b|v\d+\b(?=[^\[\](){}\n]*(?:relu|revu|reste|corrig|valid))|à (?:re)?(?:caler|voir|valider) avec\b(?! (?:des|les|une?|vos|ses|leurs|nos|plusieurs|deux|trois)\b)|"
    r"n\.?b\.?[ \u00a0:–-]*interne|interne[ \u00a0]?[:–—-]|à (?:supprimer|retirer|enlever|effacer|couper|remplacer|reformuler|revoir|réécrire|raccourcir|trancher)\b(?! (?:en|sur|dans|aux?|chez|lors)\b)|"
    r"note (?:interne\b|(?:pour|à) (?!l[’']édit|la rédac|la presse|l[’']attention des|nos lect))|n\.?b\.? pour (?!la presse|les)"
    r"|(?:à|merci de|penser à|il faut|reste à|prière de) (?:re)?(?:vérifier|lire|valider|confirmer|compléter|demander|mettre à jour|actualiser|ajouter)\b(?! (?:en|sur|dans|aux?|chez|lors)\b)"
    r"|(?:vérifier|valider|confirmer|relire|actualiser|revoir) (?:ce|cet|cette|ces|le|la|les|l[’']|avec|auprès|si|que|orthographe|chiffres?|dates?|noms?)"
    r"|(?:voir|caler|vu) avec [A-ZÀ-Þl]|demander (?:à|au|aux) |(?:en attente|attendre) (?:de|du|d[’']|la|le|l[’'])|(?:il )?manque (?:le|la|les|encore|un)"
    r"|(?:est-ce (?:que|bien)|a-t-on|on garde|on laisse|faut-il) |ne pas (?:garder|laisser)"
)

ASKS_COLLEAGUE = (
    r"tu|peux-tu|dis-moi|stp|svp|ok[ \u00a0]?\?|(?:on )?(?:garde|coupe|laisse|enlève)(?:-t-on|r)?(?: ou (?:on )?(?:coupe|garde|enlève)\w*)?[ \u00a0]?\?"
    r"|(?:à|pas(?: encore)?|reste à|faire) (?:re)?(?:valid|vérifi|li|vu|voir|vis|compt|chiffr|attribu|trouv|sourc|mod|caler|pren)\w*"
    r"|revoir|recaler|j[’']attends|en attente|attente (?:de|du)|je (?:vérifie|relance|demande|confirme|rappelle|complète)|(?:le |la )?juridique|on a (?:le|la|les) (?:droits?|accord|source)"
)

_SOMEBODY = r"(?-i:[A-ZÀ-Þ]{2,3}|[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)"
NOTES_OF_SOMEBODY = (
    r"je|tu|toi|moi je|[jt][’'](?:ai|as|avais|en|y|aime|aimerais|attends|étais|enlèverais|ajouterais|hésite)"
    rf"|{_SOMEBODY} (?:n[’']aime|n[’']en veut|ne veut|n[’']est pas|veut(?! dire)|préfère|préférerait|voudrait|trouve (?:ça|que|cela)|insiste|tient à|n[’']a pas (?:encore )?(?:validé|confirmé|relu|répondu|tranché))"
    r"|(?-i:[A-Z]{2,3}) (?:demande|doit|dit|attend|relit|valide|confirme|regarde|pense|hésite)|(?:re)?(?:lu|vu|validé|corrigé|relu)e?s? (?:par )?(?-i:[A-Z]{2,3})(?=[ \u00a0\])}])"
    r"|(?:\w+[ \u00a0]){0,3}à (?:re)?(?:voir|vérifier|valider|formuler|raccourcir|caler|couper|sourcer|lire|traduire|écrire|trancher|chiffrer|travailler)[ \u00a0]*(?=[,;.…?!–:\])}])"
    rf"|{_SOMEBODY} (?:dit|a dit|me dit|nous dit) que\b|{_SOMEBODY} (?:doit|devait|va) (?:[mt][’']\w+|me|nous|te)"
    r"|pas d[’']accord avec|trop (?:fort|long|lourd|vague|technique)(?=[\])}])|(?:cette phrase|ce paragraphe|ce passage|cette citation|cet intertitre)\b"
    r"|pas sûre?s? (?:que|du|de|des)|trouver mieux|sinon on|quand on l[’']aura|dès qu[’']on l[’']a(?:ura)?"
)
"""Anywhere in brackets, the voice of somebody of the office: `je mettrais plutôt`, `MB veut`."""

NOTE_LABELS = (
    r"note (?:pour|à) (?:moi|nous|relecture|(?!la\b|l[’']|les\b|nos\b|aux\b)(?-i:[A-ZÀ-Þ])[\w-]+)[ \u00a0]?:|à faire[ \u00a0]?:[ \u00a0](?=[a-zà-ÿ]+(?:er|ir|re)\b)|"
    r"(?:(?:reste|penser|ne pas oublier d[e’'])[ \u00a0]?)?(?:à[ \u00a0])?(?:vérifier|valider|revoir|ajouter|insérer|corriger|supprimer|relire|caler|recaler|actualiser|trancher|traduire|sourcer|chiffrer|remplacer|mettre à jour)(?:[ \u00a0][^.\n:]{0,60})?[ \u00a0]?:"
    r"|(?:reste à|penser à|ne pas oublier de) (?:faire|demander|mettre|changer|vérifier|ajouter|relancer|prévenir|enlever|insérer|joindre)\b"
    r"|(?:rappeler|demander|dire|redire|redemander|relancer|voir|revoir|caler|faire relire|faire valider|montrer|signaler)(?: (?:ça|cela|ceci|encore|bien|d[’']abord|ce \w+))? (?:à|avec|auprès de|pour|par) (?-i:[A-ZÀ-Þ])[\w-]+(?: (?-i:[A-ZÀ-Þ])[\w-]+)?[ \u00a0]?(?:[:,–—-]|$)(?![ \u00a0]?[\d+\ue000])"
    r"|relancer (?-i:[A-ZÀ-Þ])[\w-]+|(?:mémo|pense-bête)(?: interne)?[ \u00a0]?:|manque(?:nt)?(?: encore| ici)?[ \u00a0]?:|à faire(?: avant [^.\n:]{0,30})[ \u00a0]?[:–-]|(?:insérer|mettre|ajouter|placer|coller|remettre) ici\b"
)
"""Begins a line that says what is still to be done in the text: `à vérifier :`."""

_WHO = (
    r"(?:(?-i:[A-ZÀ-Þ])[\w-]+|(?:l[ea] |l[’']|les )?(?:direction|service|juridique|com(?:munication|pta(?:bilité)?)?|cabinet|rh|drh|dg|dgs|dircom|présiden(?:t|te|ce)|équipe|graphiste|labo(?:ratoire)?|mairie|élue?s?|chef\w*|auteure?s?|intéressée?s?))"
    r"(?: (?:juridique|générale?|technique|scientifique|presse|com(?:munication)?|de (?:cabinet|service|la com(?:munication)?)|des (?:ressources humaines|finances|services)))?"
)
NOTES_IN_PROSE = (
    rf"(?:à |faire |reste à |voir |revoir |caler |recaler |vérifier |valider |confirmer |relire |checker )(?:(?:re)?(?:voir|valider|vérifier|lire|confirmer|caler|prendre|checker) )?(?:ce point |cela |ça |ce chiffre |cette phrase |ce passage )?(?:avec|par|auprès de|auprès du) {_WHO}(?: avant (?:envoi|diffusion|publication|parution|l[’']envoi|de (?:diffuser|publier|l[’']envoyer|partir))| demain| svp| stp)?[ \u00a0]*(?:[.!?…]|$)"
    r"|(?:(?:n\.?b\.?|p\.?s\.?|attention|note|rappel)[ \u00a0]*[:–—-]?[ \u00a0]*)?(?:à )?ne (?:surtout )?pas (?:publier|diffuser|envoyer|laisser|garder|communiquer|faire partir|citer)[ \u00a0]*(?:[.!]|$|(?:ce(?:tte|t)? (?:phrase|paragraphe|passage|chiffre|version|citation|document)|en l[’']état|tel(?:le)? quel(?:le)?|tant que|pour (?:l[’']instant|le moment)|sans (?:le feu vert|la validation|validation|relecture|l[’']accord d)|avant (?:la |le |l[’'])?(?:validation|relecture|accord|feu vert|retour)))"
    r"|(?-i:[A-ZÀ-Þ])[\w-]+[ \u00a0]?[,:][ \u00a0](?:tu|peux-tu|pourrais-tu|peut-on|merci de (?:re)?(?:lire|voir|vérifier|valider|confirmer|compléter)|on (?:garde|coupe|laisse)|il (?:manque|faut)|je te|dis-moi|ok[ \u00a0]?\?)\b"
    r"|(?:peux-tu|pourrais-tu|tu (?:peux|pourrais|vérifies|relis|confirmes|complètes)|dis-moi si)\b"
    r"|(?:penser|pensez) à (?:re)?(?:vérifier|lire|valider|confirmer|compléter|demander|mettre à jour|actualiser|ajouter)\b[^.\n]{0,60}(?:avant (?:envoi|diffusion|l[’']envoi|de)|[ \u00a0]!)"
    r"|(?:je (?:vérifie|relance|te confirme|confirme|reviens vers toi|complète|rajoute)|j[’']attends (?:la|le|les|l[’']|son|sa|un|une) (?:retour|réponse|accord|validation|feu vert|citation|chiffres?|visuels?))\b"
    r"|(?:en )?attente (?:du |de la |de l[’']|d[’']|de |des )(?:retour|validation|feu vert|accord|réponse|visuels?|citation|chiffres?)\b"
    r"|(?:version|document) (?:de travail|provisoire|non validée?|interne)[ \u00a0]*(?:[.!–—:,-]|$)|brouillon[ \u00a0]*(?:[.!–—:-]|$)|(?:à )?usage interne\b|note interne\b|(?:on (?:garde|coupe|laisse)|est-ce qu[’']on (?:garde|dit|met))\b[^.\n]{0,60}\?|ok (?:pour|avec) [^.\n]{0,40}\?"
)
"""Begins a line or a sentence that only a colleague should read."""

ATTACHED = (
    r"(?:^|[.!?] )[ \t*_-]*(?:pi[èe]ces? jointes?|PJ|en pi[èe]ces? jointes?|ci[- ]joints?|fichiers? joints?)[ \u00a0*_]*:"
    r"|(?:trouver\w*|recev\w+) (?:ci[- ]joint|en pi[èe]ce jointe)|ci[- ]jointe?s?\b(?![ \u00a0]*:)"
    r"|jointe?s? (?:à ce|à cet|au présent) (?:courriel|e-?mail|mail|message|envoi|communiqué|document)"
    r"|(?:en|sous forme de) (?:pi[èe]ces? jointes?|fichiers? joints?|PJ)\b(?![ \u00a0]*:)|\((?:pi[èe]ces? jointes?|PJ|cf\.? PJ|voir PJ)\)|(?:voir|cf\.?) (?:la |les )?(?:pi[èe]ces? jointes?|PJ)\b"
    r"|(?:dossier|photos?|photographies|visuels?|images?|plan|programme|fichier|communiqué|document|affiche|liste|calendrier|carte)s?(?: de presse)?(?: (?:est|sont))? jointe?s?\b(?! (?:au|aux|à la|à l[’']|à un))"
    r"|en annexe(?! (?:du|de|des|au|d[’']))|(?:documents?|fichiers?) attachés?\b"
    r"|(?:nous |je |on )?(?:vous )?(?:joignons|joins) (?:à ce|à cet|le|la|les|l[’']|un|une|deux|trois|ici)"
)

THIS_MAIL = r"(?:ce|cet|au présent|le présent|du présent)[ \u00a0](?:courriel|courrier|e-?mail|mail|message|envoi|pli)|(?:à|avec|dans)[ \u00a0]l[’']envoi"
NOT_SENT = r"répon\w+|retour|réception|recevoir|transf[ée]r\w+|confidentiel\w*|destin\w+|désabonn\w*|désinscri\w*|adress(?:e|er)|objet|supprim\w+|imprim\w+"
"""Words of a sentence about the mail itself, which announces no file."""
FILES = r"pdf|jpe?g|photo(?:graphie)?s?|images?|visuels?|clichés?|plans?|cartes?|dossiers?|programmes?|films?|vidéos?|bandes?-annonces?|fichiers?|documents?|listes?|affiches?|portraits?|fiches?|invitations?|formulaires?|rapports?|études?|tableaux|tableau|calendriers?|légendes?|biographies?|logos?|communiqués?|textes?|annexes?|cartons?|bulletins?|extraits?"
"""What a mail may carry."""

GAP_TO_COME = (
    r"\b(?:citation|légende|chap[ôo]|chapeau|titre|sous-titre|intertitre|visuels?|photos?|chiffres?|texte|verbatim|nom|date|montant|paragraphe) à (?:venir|trouver|rédiger|écrire|insérer|ajouter|caler|fournir|mettre)(?= ici|[ \u00a0]*(?:[.!)\]\n]|\Z))"
    r"|\b(?:insérer|mettre|ajouter) (?:ici |le |la |les |l[’']|une? )[^.\n]{0,40} ici\b|\bbla[ ,-]?bla\b"
)
"""Says that words are still to be written: `citation à venir`."""

CLOSED_THAT_DAY = r"ferm\w+ (?:les? |le )?(?:samedi|dimanche|week-?end|jours? férié)|(?:du )?lundi (?:au|à) vendredi|en semaine|jours (?:ouvrés|ouvrables)|hors week-?ends?|sauf (?:le |les )?(?:week-?end|samedi|dimanche)"

ANSWERS_THAT_DAY = (
    "astreinte|joignables?[^.]{0,40}(?:week-end|samedi|dimanche|jour férié|sur place|le jour)"
    "|(?:week-end|samedi|dimanche|jour férié|sur place|le jour (?:même|J))[^.]{0,40}joignables?"
    "|contact sur place|sur place *:|24 *h *(?:/|sur) *24|7 *j(?:ours)? *(?:/|sur) *7"
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
