"""French in the mails that come back: absences, automatic replies, requests to be left out."""

from __future__ import annotations

from mailer.languages.language import AbsenceWords, ReplyWords

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
    between=(
        "a partir|au|le|du|dans|bureau|compter|que|seulement"
        "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|a|inclus|parmi|vous"
    ),
    back=(
        "de retour|serai de retour|retour (?:prevu )?|reviens|reviendrai|rentre"
        "|reprendrai(?: mes fonctions)?|reprise"
    ),
    until="jusqu'au|jusqu'a|jusqu au",
    span=r"du (?:\w{5,8} )?\d{1,2}(?:er)?(?: \w{3,9}\.?)?(?: 20\d\d)? au ",
    left=(
        "ne (?:travaille|fais?t?) plus"
        "|n'est plus (?:en poste|joignable|salarie|a cette adresse|parmi|dans|au)"
        "|ne suis plus (?:en poste|a|au|dans|joignable)"
        "|a quitte (?:la|l'|le|ses|notre|son)|ai quitte (?:la|l'|le|mes|mon)"
        "|a pris sa retraite|n'est plus utilisee|a fait valoir ses droits a la retraite"
    ),
)

REPLIES = ReplyWords(
    automatic_subjects="""
        reponse automatique
        reponse auto
        message automatique
        absent du bureau
        absente du bureau
        absence du bureau
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
    opt_out_sentences="""
        me desinscrire
        me desabonner
        merci de me retirer
        me retirer de
        veuillez me retirer
        veuillez me desinscrire
        me supprimer de votre
        retirez-moi
        retirez moi
        desinscrivez-moi
        desinscrivez moi
        desabonnez-moi
        desabonnez moi
        desinscription svp
        desinscription merci
        demande de desinscription
        ne souhaite plus recevoir
        ne souhaite pas recevoir
        ne plus recevoir vos
        ne plus recevoir de
        cessez de m'envoyer
        arretez de m'envoyer
        ne m'envoyez plus
        plus m'envoyer
    """,
    please="merci de |svp |veuillez ",
    opt_out=(
        r"(?:me |nous )?(?:desinscri\w*|desabonn\w*|retirer|supprimer|stop)\b"
        r"|demande de (?:desinscription|desabonnement|retrait)"
    ),
    quoting=r"le .{6,120} a ecrit ?:",
)
