"""What a contact list says about who must not be written to."""

import pytest

from mailer.contacts.refusals.refusals import (
    Asks,
    Stance,
    is_old,
    judge,
    judge_file,
    judge_title,
    what_asks,
)

REFUSED, BOUNCED, DOUBTFUL = Stance.REFUSED, Stance.BOUNCED, Stance.DOUBTFUL


def each(*texts):
    return pytest.mark.parametrize("text", texts)


@each(
    *("UNSUB_TIME", "EMAIL_BLACKLISTED", "blacklisted", "Désinscription", "Date de désinscription"),
    *("Unsubscribed from all email", "Opted out of email: Marketing Information", "isUnsub"),
    *("HasOptedOutOfEmail", "isExcludedFromCampaigns", "Do not email", "unsubdate", "nomail"),
    *("N’accepte pas les mails", "Opposition RGPD", "Ne souhaite plus recevoir", "Stop mail"),
    *("Liste noire", "Refuse les emailings", "Motif de désinscription", "Abgemeldet am"),
)
def test_a_column_that_asks_who_refuses_is_known_by_its_meaning(text):
    assert what_asks(text) is Asks.REFUSAL


@each(
    *("Accepte les mails", "RGPD", "opt-in", "Abonné", "Email consent", "Subscribed", "OPT_IN"),
    *("Accepts Email Marketing", "Souhaite recevoir nos communiqués", "Peut-on lui écrire ?"),
    *("Consentement", "optedin", "Autorisation mail", "Contactable"),
)
def test_a_column_of_consent_is_known_by_its_meaning(text):
    assert what_asks(text) is Asks.CONSENT


@each("Statut", "Subscription status", "État", "delivery_status", "Opt-in / Opt-out")
def test_a_column_of_states_is_known_by_its_meaning(text):
    assert what_asks(text) is Asks.STATUS


@each(
    *("SMS_BLACKLISTED", "Do not phone", "Accepte les SMS", "Ne pas appeler", "unsubscribe link"),
    *("UNSUB_CAMPAIGN_TITLE", "Carte de presse", "OPTIN_IP", "State", "bouncecount", "Rubrique"),
)
def test_other_columns_ask_nothing_about_mail(text):
    assert what_asks(text) is Asks.NOTHING


@each(
    *("NE PLUS CONTACTER", "ne plus lui écrire !", "Plus contacter", "Surtout ne pas écrire"),
    *("ne souhaite plus recevoir nos communiqués", "a demandé à ne plus rien recevoir"),
    *("désinscrite le 3 mai 2024", "STOP MAILS", "Do not contact", "please remove from list"),
    *("s’est opposé au traitement", "pas de mails SVP", "blacklisté", "No more emails please"),
    *("ne veut plus de nos mails", "retiré de la liste de diffusion", "dado de baja"),
    *("il ne faut plus lui écrire", "nicht mehr anschreiben", "disiscritto", "uitgeschreven"),
)
def test_words_of_refusal_bar_in_any_column(text):
    assert judge(text, Asks.NOTHING) is REFUSED
    assert judge(f"Durand ({text})", Asks.NAME) is REFUSED


@each(
    *("a quitté la rédaction en 2023", "décédé", "retraité", "ne travaille plus au journal"),
    *("parti chez un confrère", "has left the company", "no longer works here", "NPAI"),
    *("stop", "à supprimer", "ancienne adresse", "Ne pas contacter avant 18 h"),
    *("désinscrit par erreur, à garder", "ne plus l’inviter, mais envoyer les communiqués"),
    *("refuse les invitations, communiqués OK", "no more invitations, but send releases"),
    *("ne souhaite pas de traitement particulier", "OUT", "wishes to be forgotten"),
    *("titre en cessation", "the paper went bankrupt", "dépôt de bilan", "ne paraît plus"),
)
def test_words_that_may_mean_it_are_asked_about(text):
    assert judge(text, Asks.NOTHING) is DOUBTFUL


@each(
    *("n’hésitez pas à contacter", "ne pas contacter par téléphone", "ne plus envoyer de SMS"),
    *("pas blacklisté", "non désinscrit", "not contacted yet", "pas encore contacté", "pigiste"),
    *("spécialiste des retraités", "a accepté", "aime être invité", "Opposition politique"),
    *("contacter par mail uniquement", "ne répond pas au téléphone", "formulaire site"),
)
def test_words_that_refuse_no_mail_say_nothing(text):
    assert judge(text, Asks.NOTHING) is None


@each(
    *("refuse d’être photographiée", "ne veut plus être appelée docteur", "refuse le tutoiement"),
    *("does not want to be filmed", "möchte nicht fotografiert werden", "no quiere ser filmada"),
    *("ne plus envoyer de pièces jointes", "ne plus téléphoner", "n’accepte pas d’interview"),
    *("pas d’opposition", "n’a pas fait opposition", "did not object", "ne s’oppose pas"),
    *("parti en reportage au Mali", "left for the shoot", "Bandol", "Le Banc"),
)
def test_a_refusal_of_other_things_or_of_none_says_nothing(text):
    assert {judge(text, asks) for asks in (Asks.NOTHING, Asks.CONSENT, Asks.NAME)} == {None}


@each(
    *("ne plus appeler ni écrire", "ne plus appeler, écrire, relancer"),
    *("ne veut être ni filmée ni contactée", "refuse l’interview et nos communiqués"),
    *("ne souhaite pas être filmée, ne plus écrire", "pas d’opposition, puis désinscrite"),
)
def test_a_refusal_of_other_things_and_of_our_mails_is_asked_about_or_bars(text):
    assert judge(text, Asks.NOTHING) is not None


@each(
    *("Liste noire WhatsApp", "Signal blocked", "Telegram unsubscribed", "Désinscription possible"),
    *("Motif du refus d’accréditation", "Dossier retiré le", "Badge retiré", "Opt-in partenaires"),
    *("Droit à l’image refusé", "Mode d’envoi", "Consentement photo"),
)
def test_a_column_of_other_refusals_asks_nothing(text):
    assert what_asks(text) is Asks.NOTHING


@each("Présent", "RSVP", "Invitation 2024", "Inscription conférence", "Réponse", "Attending")
def test_an_answer_to_an_invitation_refuses_no_mail(text):
    assert what_asks(text) is Asks.EVENT
    assert {judge(each, Asks.EVENT) for each in ("non", "décliné", "annulée", "no")} == {None}
    assert judge("ne plus contacter", Asks.EVENT) is REFUSED


@each("Diffusion (1/0)", "Envois (O/N)", "Mailing oui/non", "Send (y/n)", "Mailing list (Y/N)")
def test_a_column_that_names_its_answers_asks_who_may_be_written_to(text):
    assert judge("N", what_asks(text)) is not None
    assert judge("O" if "O/N" in text else "1", what_asks(text)) is None


@each("Stop Pub Magazine", "Stop Mails", "Désinscription et vie privée", "Unsubscribe Magazine")
def test_a_title_made_of_words_of_refusal_asks_nothing(text):
    assert judge(text, Asks.NAME) is None


@each("Union des retraités", "Le Parti", "Stop", "Opposition", "Left Review", "La Poste", "Mort")
def test_a_name_is_no_refusal(text):
    assert judge(text, Asks.NAME) is None


@each("oui", "x", "1", "TRUE", "2021-01-05 09:00:00", "NORMAL", "✓", "❌", "05/02/2024", "ja")
def test_anything_but_a_plain_no_answers_a_question_for_refusal(text):
    assert judge(text, Asks.REFUSAL) is REFUSED


@each("", "non", "0", "FAUX", "-", "N/A", "NULL", "0000-00-00 00:00:00", "inscrit", "☐", "\\N")
def test_only_a_plain_no_lets_us_write(text):
    assert judge(text, Asks.REFUSAL) is None


@each("non", "0", "FAUX", "false", "refus", "Non, merci", "✗", "-1", "opted out", "pas d’accord")
def test_a_no_to_consent_is_a_refusal(text):
    assert judge(text, Asks.CONSENT) is REFUSED
    assert judge(text, Asks.WEAK_CONSENT) in {REFUSED, DOUBTFUL}


@each("", "oui", "OK", "1", "2019-05-02", "formulaire site", "intérêt légitime", "n/a", "✓")
def test_a_yes_or_no_answer_to_consent_lets_us_write(text):
    assert judge(text, Asks.CONSENT) is None


@each("?", "en attente", "à vérifier", "pending")
def test_an_open_question_stays_a_question(text):
    assert judge(text, Asks.CONSENT) is DOUBTFUL
    assert judge(text, Asks.REFUSAL) is DOUBTFUL


@pytest.mark.parametrize(
    ("texts", "stance"),
    [
        (("désinscrit", "Unsubscribed", "blocklisted", "opposé", "by_user", "non", "-1"), REFUSED),
        (("désabonné le 03/02/2025", "Opted Out", "supprimé", "disabled", "Spam"), REFUSED),
        (("cleaned", "bounced", "Hard bounce", "NPAI", "by_bounces", "rejeté"), BOUNCED),
        (("parti", "décédé", "inactif", "archived", "Unconfirmed", "transactional"), DOUBTFUL),
        (("inscrit", "abonné", "subscribed", "confirmed", "titulaire", "1", ""), None),
    ],
)
def test_a_state_says_whether_to_write(texts, stance):
    assert {judge(text, Asks.STATUS) for text in texts} == {stance}


@each("Désinscrits", "NE PLUS ENVOYER", "Unsubscribed", "opt-out", "Blacklist", "Oppositions")
def test_the_name_of_a_sheet_can_refuse_for_all_its_rows(text):
    assert judge_title(text) is REFUSED


@each("Partis", "Décédés", "Retraités", "Bounces", "NPAI")
def test_the_name_of_a_sheet_can_ask_about_all_its_rows(text):
    assert judge_title(text) is DOUBTFUL


@each(
    "Presse",
    "Feuil1",
    "Presse hors désinscrits",
    "liste-sans-désinscrits",
    "Partis politiques",
    *("Retraites", "Avis de décès", "Membres non groupés"),
)
def test_other_names_of_sheets_say_nothing(text):
    assert judge_title(text) is None


def test_a_file_of_refusals_is_named_so_and_nothing_else():
    names = ("liste_des_desinscrits_2026-05", "unsubscribed_members_export_3f2a", "optout_list")
    names += ("blacklist", "liste noire presse", "blocked contacts", "do_not_contact")
    assert {judge_file(name) for name in names} == {REFUSED}


@each("statut-desinscrit", "presse_liste_noire_sante", "mailchimp_unsubscribed", "npai-2024")
def test_a_file_named_after_refusals_and_more_is_asked_about(text):
    assert judge_file(text) is DOUBTFUL


@each("presse_sans_desinscrits", "presse 2026", "retraites", "contacts", "presse-hors-blacklist")
def test_another_name_of_a_file_says_nothing(text):
    assert judge_file(text) is None


@each("Archives", "Ancienne liste 2019", "Old", "Copie de Presse", "Corbeille")
def test_an_old_sheet_is_known_by_its_name(text):
    assert is_old(text)
