"""French answers to an invitation: the words of who comes, who asks, and who does not come."""

from __future__ import annotations

from mailer.languages.answer_words import AnswerWords

_TO_COME = (
    r"(?:etre (?:present|des votres|la)\w*|venir|assister|participer|couvrir|suivre|filmer|m'y rendre"
    r"|nous y rendre|[mst]'accrediter|nous accrediter|m'inscrire|nous inscrire|etre accredite\w*)"
)

ANSWERS = AnswerWords(
    comes=(
        r"\b(?:je|nous|j'y|on|nous y) (?:y )?(?:serai|serons|sera|viendrai|viendrons|viens|venons|participerai"
        r"|participerons|assisterai|assisterons|couvrirai|couvrirons)\b(?! (?:pas|de retour|de nouveau|a nouveau|joignable|absent\w*|en |retenu\w*|pris\w*|indisponible))"
        r"|\bje m'(?:inscris|accredite)\b|\bnous nous inscrivons\b"
        r"|\b(?:ravi|heureu[sx]|enchante|contente?|honore)\w* (?:de |d')(?:pouvoir )?"
        + _TO_COME
        + r"|\bconfirm\w+ (?:donc |bien |par la presente |volontiers )*(?:ma|notre|la) (?:presence|venue|participation)"
        r"|\b(?:comptez|vous pouvez compter) sur (?:moi|nous|ma presence|notre presence)"
        r"|\breponds? present\w*|\bc'est (?:oui|ok) pour (?:moi|nous)|\b(?:ok|partant\w*) pour (?:moi|nous|venir|le|la|cette)"
        r"|\bavec (?:grand )?plaisir|\bserai des votres|\bserons des votres"
        r"|^(?:oui|present\w*|ok|volontiers)(?:,? (?:oui|merci|volontiers|je viens|j'y serai))*$"
        r"|^(?:oui|volontiers|present\w*),? a (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|bientot)\b"
    ),
    asks=(
        rf"\b(?:souhait\w+|voudr\w+|aimer\w+|desir\w+|compt(?:e|ons)|envisag\w+)\b[^.?!]{{0,40}}?\b{_TO_COME}"
        r"|\b(?:souhait\w+|voudr\w+|aimer\w+|desir\w+|demand\w+|sollicit\w+|faire|obtenir|avoir)\b[^.?!]{0,30}\baccreditation"
        r"|\b(?:puis-je|pouvons-nous|peut-on|comment|est-il (?:encore |toujours )?possible (?:de|d'))\s?(?:y )?"
        + _TO_COME
        + r"|\b(?:pouvez|pourriez|pourrais|peux|merci de|veuillez|prie de|priere de)\b[^.?!]{0,20}"
        r"\b(?:m'|nous |me )(?:accrediter|inscrire|enregistrer|compter|ajouter|reserver|noter)"
        r"|\b(?:inscrivez|accreditez|enregistrez|comptez|notez|reservez)-(?:moi|nous)\b"
        r"|^(?:ma )?(?:demande d')?accreditation\b|\bdemande d'accreditation"
    ),
    declines=(
        r"\b(?:ne |n'y |n'|ne nous |ne m')\s?(?:y )?(?:pourr\w+|peux|pouvons|ser(?:ai|ons|a)|viendr\w+|viens|venons"
        r"|participer(?:ai|ons)|assister(?:ai|ons)|couvrir(?:ai|ons)|suis|sommes|compte|sera)\b[^.?!]{0,25}?\bpas\b"
        r"|\b(?:pourrai|pourrons|serai|viendrai|viens|peux) (?:malheureusement |helas |donc )?pas\b"
        r"|\bne pas pouvoir\b|\bne (?:pas )?pouvoir (?:y )?"
        + _TO_COME
        + r"|\bpersonne (?:de|d'|n'est) ?(?:disponible|libre|present\w*)"
        r"|\bne (?:peux|pouvons|pourr\w+|pouvoir) (?:pas |malheureusement )?repondre favorablement|\bpas de \w+ (?:disponible|libre)"
        r"|\bpas (?:disponible|libre|en mesure|possible)|\bindisponible|\bdans l'(?:impossibilite|incapacite)"
        r"|\bimpossible (?:pour (?:moi|nous)|de (?:venir|me liberer|nous liberer|faire le deplacement)|d'y? ?(?:etre|assister))"
        r"|\bdeclin\w+\b|\bempeche\w*\b|\bsans (?:moi|nous)\b|\bcomptez pas sur\b|\bpasse mon tour\b|\bpas cette fois"
        r"|\bautre (?:engagement|rendez-vous|reportage|tournage|conference)|\bdeja (?:pris\w*|engage\w*|retenu\w*|un engagement)"
        r"|\bannul\w+ (?:ma|notre|mon) (?:venue|presence|participation|accreditation|inscription)|\bme decommander"
        r"|\bne (?:pourrai|pourrons|pouvons|peux) (?:y )?(?:etre|venir|assister|participer|couvrir)\b"
        r"|\b(?:suis|sommes|serai|serons) (?:deja )?(?:prise?s?|occupee?s?) (?:ailleurs|par|ce jour|ce soir)"
        r"|\bretenu\w* (?:par|ailleurs|a la redaction)|\bne (?:couvrirons|traiterons|suivrons) pas"
        r"|\b(?:renonce\w*|renoncer) a (?:venir|ma venue|ma place|mon accreditation|la place)"
        r"|^non(?:,? (?:merci|desole\w*|helas))*$"
    ),
    doubts=(
        r"\bpas encore\b|\bpeut-etre\b|\bpeut etre\b|\ba confirmer\b|\bsous reserve\b|\b(?:ne )?sai[st] pas\b|\bne savons pas"
        r"|\breviens vers vous\b|\breviendr\w+ vers vous|\bsi (?:je|nous|possible|l'actualite|mon|ma|la redaction|j'|on)\b|\bj'essaie"
        r"|\bessaierai\b|\bje tenterai|\bselon\b|\ben fonction de\b|\bprobable\w*|\bpas certain\w*|\bpas sur\w*\b|\bvous (?:dis|tiens|redis)"
        r"|\bencore (?:voir|vous confirmer|confirmer)"
    ),
    elsewhere=(
        r"\b(?:liste|listes|newsletter|lettre d'information|diffusion|fichier|communiques|mailing)\b"
        r"|\b(?:dossier de presse|interview|entretien|visuels?|photos?|embargo|replay|visio\w*)\b(?![^.?!]*accredit)"
    ),
    instead=(
        r"\b(?:a ma|en ma|a notre|en notre) place\b|\bme (?:remplacer\w*|remplace)\b|\bme represent\w+\b"
        r"|\b(?:un|une|mon|ma|notre|nos) (?:confrere|consoeur|collegue|collaborat\w+|pigiste|journaliste|reporter)s?\b[^.?!]{0,40}"
        r"\b(?:viendr\w+|sera|seront|couvrir\w+|assister\w+|ira|iront|se rendr\w+|peut|pourr\w+)"
        r"|\b(?:transmet\w*|transfer\w+|fais suivre|passe\w*) (?:votre|l'|cette|le|a (?:un|une|mon|ma|la))"
    ),
)
