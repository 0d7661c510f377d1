"""What an automatic reply says: gone for good or for the day, and when the person is back."""

from datetime import date

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import MailKind

TUESDAY = "Tue, 3 Jun 2025 10:00:00 +0200"


def a_reply(text, *, subject="Réponse automatique", sender="lea@journal.example", **headers):
    fields = {"From": sender, "Subject": subject, "Date": TUESDAY, "Auto-Submitted": "auto-replied"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}To: presse@office.example\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def absence(text):
    return read_report(a_reply(text)).absence


@pytest.mark.parametrize(
    "text",
    [
        "Je suis à la retraite depuis le 1er avril.",
        "Cette adresse n’est plus valide depuis le 1er mai.",
        "Ayant changé de poste, je ne suis plus votre interlocutrice.",
        "Léa Martin a cessé ses fonctions.",
        "J’ai rejoint une autre rédaction. Nouvelle adresse : lea@nouveau.example",
        "M. Martin n’exerce plus au sein du service.",
        "Je ne fais plus partie de la rédaction.",
        "Cette messagerie n'est plus consultée.",
        "Mon contrat a pris fin le 31 mai.",
        "Léa Martin est décédée.",
        "I am no longer working at The Journal.",
        "I have moved on from The Journal as of May 30.",
        "This email address is no longer active.",
        "Léa left the company in May.",
        "I have retired.",
        "Ich bin nicht mehr für die Redaktion tätig.",
        "Frau Martin ist aus dem Unternehmen ausgeschieden.",
        "Léa Martin ya no trabaja en esta empresa.",
        "Non lavoro più al giornale.",
        "Ik ben niet meer werkzaam bij de krant.",
        "Já não trabalho no jornal.",
        "Mon contrat chez Radio Sud s'est terminé le 30 avril.",
        "Je suis désormais journaliste au Quotidien : lea@quotidien.example.",
        "I have a new role at another outlet.",
        "My last day at the paper was Friday 3 May.",
        "Meine neue Adresse lautet a.klein@neu.example.",
        "Mein letzter Arbeitstag war der 31. März.",
        "Wir trauern um unseren Kollegen Jan Vogt.",
        "Lamentamos comunicar el fallecimiento de Luis Pérez.",
        "Ha causado baja en la empresa.",
    ],
)
def test_who_has_left_is_told_in_many_words(text):
    assert absence(text).has_left


@pytest.mark.parametrize(
    "text",
    [
        "Je ne suis plus joignable ce soir, retour demain.",
        "Je ne travaille plus le vendredi.",
        "J'ai quitté le bureau pour la journée.",
        "Ma boîte n'est plus relevée pendant mes congés.",
        "Nouvelle adresse de nos bureaux : 12, rue des Lilas.",
        "I am no longer at my desk this week.",
        "I have left the office for the day.",
        "I have left for Oslo and return on 2 December.",
        "Our box office has left instructions for the evening.",
        "I no longer check email after 6 pm.",
        "Ich bin heute nicht mehr im Büro.",
        "Hoy ya no estoy en la oficina.",
        "En congé maternité, remplacée par Louis Martin.",
    ],
)
def test_who_is_away_for_a_while_has_not_left(text):
    assert not absence(text).has_left


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("En congé du 2/06 au 10/06.", date(2025, 6, 11)),
        ("Absente jusqu’au 5 janvier.", date(2026, 1, 6)),
        ("Absente jusqu'au 18 mai.", date(2025, 5, 19)),
        ("Je vous répondrai à partir du 16 juin.", date(2025, 6, 16)),
        ("Je prendrai connaissance de votre message dès le 16 juin.", date(2025, 6, 16)),
        ("Absente les 2 et 3 juin puis du 10 au 15 juin.", date(2025, 6, 16)),
        ("Congés : 02/06 - 15/06", date(2025, 6, 16)),
        ("En congé pour tout le mois de juin.", date(2025, 7, 1)),
        ("De retour demain.", date(2025, 6, 4)),
        ("De retour lundi.", date(2025, 6, 9)),
        (
            "I will be out starting  06/02/2025 and will not return until 06/16/2025.",
            date(2025, 6, 16),
        ),
        ("I will reply after June 15.", date(2025, 6, 16)),
        ("I'm out from 2-15 June.", date(2025, 6, 16)),
        ("I return to work on the 16th of June.", date(2025, 6, 16)),
        ("Ich bin bis zum 13.06.2025 nicht im Büro.", date(2025, 6, 14)),
        ("Ab Montag, den 16.06. bin ich wieder für Sie da.", date(2025, 6, 16)),
        ("Estoy fuera de la oficina hasta el 15 de junio.", date(2025, 6, 16)),
        ("Rientro il 16 giugno.", date(2025, 6, 16)),
        ("Je reprends le travail mercredi 11/06.", date(2025, 6, 11)),
        ("Bureau fermé du 1er au 15 août, réouverture le 18 août.", date(2025, 8, 18)),
        ("Je serai joignable à partir de jeudi.", date(2025, 6, 5)),
        ("Meine Rückkehr ist für den 1. Juli geplant.", date(2025, 7, 1)),
        ("Me reincorporo el próximo lunes.", date(2025, 6, 9)),
        ("Événement le 16 juin : inscrivez-vous. Je suis absente.", None),
        ("Je suis en congé depuis le 2 juin.", None),
    ],
)
def test_the_day_of_return_is_read_in_many_forms(text, day):
    assert absence(text).returns_on == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Trataré de contestarte lo antes posible a mi vuelta a partir del día 1 de septiembre.",
            date(2025, 9, 1),
        ),
        ("A mi regreso, el 1 de septiembre, le responderé.", date(2025, 9, 1)),
        ("Je tâcherai de vous répondre à mon retour à partir du 1er septembre.", date(2025, 9, 1)),
        ("I will try to answer on my return from 1 September.", date(2025, 9, 1)),
        ("I will answer when I return, as of September 1.", date(2025, 9, 1)),
        ("Ich antworte Ihnen nach meiner Rückkehr ab dem 1. September.", date(2025, 9, 1)),
        ("Cercherò di risponderle al mio rientro a partire dal 1 settembre.", date(2025, 9, 1)),
        (
            "Cercherò di risponderle al mio rientro a partire dal giorno 1 settembre.",
            date(2025, 9, 1),
        ),
    ],
)
def test_the_day_of_an_answer_on_return_is_the_day_of_return(text, day):
    assert absence(text).returns_on == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("No estaré disponible desde el 1 de junio hasta el 15 de junio.", date(2025, 6, 16)),
        ("No estaré disponible desde el 1 hasta el 15 de junio.", date(2025, 6, 16)),
        ("No estaré disponible del 1 al 15 de junio.", date(2025, 6, 16)),
        ("Je ne serai pas disponible du 1er juin au 15 juin.", date(2025, 6, 16)),
        ("Je ne serai pas joignable à partir du 1er juin et jusqu'au 15 juin.", date(2025, 6, 16)),
        ("I will not be available from 1 June to 15 June.", date(2025, 6, 16)),
        ("I will not be available from 1 June until 15 June.", date(2025, 6, 16)),
        ("Ich bin vom 1. Juni bis zum 15. Juni nicht erreichbar.", date(2025, 6, 16)),
        ("Ich bin nicht erreichbar ab dem 1. Juni bis zum 15. Juni.", date(2025, 6, 16)),
        ("Non sarò disponibile dal 1 giugno fino al 15 giugno.", date(2025, 6, 16)),
        ("Non sarò disponibile dal 1 giugno al 15 giugno.", date(2025, 6, 16)),
        ("Je ne serai plus joignable à partir du 16 juin.", None),
        ("I will not be reading mail from 16 June.", None),
        ("No estaré disponible a partir del 16 de junio.", None),
        ("Seré yo quien responda; estaré disponible desde el 16 de junio.", date(2025, 6, 16)),
    ],
)
def test_whoever_is_not_available_from_one_day_to_another_is_back_after_the_last(text, day):
    assert absence(text).returns_on == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Nos bureaux sont fermés du vendredi 31 juillet au soir au lundi 24 août au matin.",
            date(2025, 8, 24),
        ),
        ("Absente jusqu'au 24 août au matin.", date(2025, 8, 24)),
        ("Absent jusqu'au lundi 24 août matin.", date(2025, 8, 24)),
        ("Absent jusqu'au lundi 24 août 9 h.", date(2025, 8, 24)),
        ("Absent jusqu'au lundi 24 août à 9h00.", date(2025, 8, 24)),
        ("Absent jusqu'au lundi 24 août au soir.", date(2025, 8, 25)),
        ("Absente jusqu'au 24 août. 10 h : appelez Paul.", date(2025, 8, 25)),
        ("I am out until 24 August. Morning calls go to Ann.", date(2025, 8, 25)),
        ("Fermé jusqu'au 24 août, le matin uniquement.", date(2025, 8, 25)),
        ("Absent jusqu'au lundi 24 août 18h.", date(2025, 8, 25)),
        (
            "Our office is closed from Friday 31 July in the evening until Monday 24 August in the morning.",
            date(2025, 8, 24),
        ),
        ("We are closed until the morning of 24 August.", date(2025, 8, 24)),
        ("Closed until 24 August at 9am.", date(2025, 8, 24)),
        (
            "Wir haben geschlossen vom 31. Juli abends bis zum 24. August morgens.",
            date(2025, 8, 24),
        ),
        ("Unser Büro ist bis Montag, 24. August früh geschlossen.", date(2025, 8, 24)),
        (
            "La oficina está cerrada desde el 31 de julio por la tarde hasta el lunes 24 de agosto por la mañana.",
            date(2025, 8, 24),
        ),
        ("Siamo chiusi dal 31 luglio sera fino al 24 agosto mattina.", date(2025, 8, 24)),
        ("L'ufficio è chiuso fino a lunedì 24 agosto al mattino.", date(2025, 8, 24)),
    ],
)
def test_an_absence_until_the_morning_ends_on_that_day(text, day):
    assert absence(text).returns_on == day


def test_a_server_that_answers_for_somebody_who_left_is_no_bounce():
    text = "L’utilisateur lea@journal.example ne travaille plus dans notre société."

    for subject in ("Réponse automatique : Communiqué", "Communiqué"):
        reading = read_report(a_reply(text, subject=subject, sender="postmaster@journal.example"))

        assert reading.kind is MailKind.AUTO_REPLY
        assert reading.absence.has_left


def test_an_old_responder_is_known_by_its_subject_and_precedence():
    text = "En reportage, réponse à mon retour lundi."
    raw = a_reply(text, subject="Absente Re: Communiqué", Auto_Submitted="", Precedence="bulk")

    assert read_report(raw).kind is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    "text",
    [
        (
            "Votre e-mail est en attente. Cliquez sur le lien et recopiez les caractères pour être ajouté"
            " à la liste des expéditeurs autorisés."
        ),
        "Your message is being held. Please click here to be added to my approved senders.",
        "Your email has not been delivered yet: follow this link to prove that you are a real person.",
        (
            "Ihre Nachricht wurde zurückgehalten. Bitte klicken Sie hier, um sich zu verifizieren:"
            " verifiziert werden nur Menschen."
        ),
    ],
)
def test_a_challenge_is_known_by_what_it_asks(text):
    assert read_report(a_reply(text, subject="Confirmez votre envoi")).kind is MailKind.CHALLENGE


@pytest.mark.parametrize(
    "text",
    [
        "Merci de votre message. Cliquez ici pour lire notre journal.",
        "Votre message est en attente de réponse de la rédaction.",
    ],
)
def test_an_acknowledgement_is_no_challenge(text):
    assert read_report(a_reply(text)).kind is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("text", "returns_on"),
    [
        (
            "Notre collègue Anne a quitté la compagnie ; je vous répondrai à mon retour le 9 décembre.",
            date(2025, 12, 9),
        ),
        (
            "I have left for fieldwork and no longer have internet access until I am back on 18 June.",
            date(2025, 6, 18),
        ),
        ("Je suis absente. Anne a quitté le journal. Je lirai votre message à mon retour.", None),
    ],
)
def test_whoever_returns_has_not_left(text, returns_on):
    told = absence(text)

    assert (told.returns_on, told.has_left) == (returns_on, False)


def test_who_has_left_does_not_return_when_a_successor_does():
    told = absence("J'ai quitté le journal. Ma remplaçante est absente jusqu'au 16 juin.")

    assert (told.returns_on, told.has_left) == (None, True)


@pytest.mark.parametrize(
    "text",
    [
        "Votre demande a bien été enregistrée. Aide : « User unknown » : la personne a quitté l'organisme.",
        "Ticket #4711 was opened. FAQ: what if the mailbox has been closed?",
        "Merci. Vous lirez parfois « cette boîte a été supprimée », c'est une erreur.",
    ],
)
def test_a_help_desk_and_a_quotation_say_nothing_of_the_mailbox(text):
    assert not absence(text).has_left


def test_a_month_that_ends_with_the_calendar_ends():
    raw = a_reply("Absente jusqu'à fin décembre.").replace(b"2025", b"9999")

    assert read_report(raw).absence.returns_on is None


@pytest.mark.parametrize(
    "text",
    [
        (
            "Bonjour,\n\nje suis en mission du 9 au 19/06 avec un accès limité à ma messagerie."
            " Je vous répondrai à partir du 20/06.\n\nLéa\n\n> Veuillez trouver notre communiqué :"
        ),
        "Hello,\n\nI am travelling until 19 June with limited access to email. I will reply from 20 June.",
        "Guten Tag,\n\nich bin auf Dienstreise. Ihre Nachricht beantworte ich ab dem 20. Juni.",
        "Buenos días:\n\nestoy de viaje hasta el 19 de junio. Responderé a partir del 20 de junio.",
        "Buongiorno,\n\nsono in trasferta fino al 19 giugno. Risponderò a partire dal 20 giugno.",
    ],
)
def test_a_reply_that_says_only_an_absence_is_read_as_one(text):
    raw = a_reply(text, subject="Re: CP", Auto_Submitted="", In_Reply_To="<a@office.example>")
    reading = read_report(raw)

    assert reading.kind is MailKind.AUTO_REPLY
    assert reading.absence.returns_on == date(2025, 6, 20)


@pytest.mark.parametrize(
    "text",
    [
        "Je suis en mission jusqu'au 19/06 mais ma collègue Anne viendra. Je répondrai à partir du 20/06.",
        "Je suis en congés, je ne pourrai pas venir. Je vous répondrai à partir du 20/06.",
        "Je suis absente. Pouvez-vous m'envoyer le dossier ? Je vous répondrai à partir du 20/06.",
        "I am on vacation, please send the kit to Ann Roy. I will reply from 20 June.",
        "Je suis en reportage et je vous rappelle demain.",
        "Je suis en congés. Contactez Anne, elle couvrira le sujet. Je répondrai à partir du 20/06.",
        "Ich bin im Urlaub, antworte ab dem 20. Juni. Frau Roy wird teilnehmen.",
        "Estoy de vacaciones, cuente conmigo para el acto. Responderé a partir del 20 de junio.",
        "Sono in ferie. Risponderò a partire dal 20 giugno. Mi segni tra i presenti.",
    ],
)
def test_a_reply_that_says_more_than_an_absence_is_a_person_s(text):
    raw = a_reply(text, subject="Re: CP", Auto_Submitted="", In_Reply_To="<a@office.example>")

    assert read_report(raw).kind is MailKind.REPLY
