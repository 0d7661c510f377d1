"""Whom a reply is about: the recipient, us, our message or our list; and what outranks what."""

import pytest

from mailer.feedback.classify.classification import classify
from mailer.feedback.reading import Reason
from mailer.model.feedback.event import Deadness
from mailer.model.mailings.delivery import Stage

LEA = "lea.martin@journal.example"
US = "presse@office.example"


def at_rcpt(said, **more):
    return classify(said, recipient=LEA, stage=Stage.RECIPIENT, ours=[US], **more)


@pytest.mark.parametrize(
    "said",
    [
        f"550 5.1.1 <{LEA}>: Recipient address rejected: User unknown in relay recipient table",
        "550 5.1.1 User unknown. For questions about spam or blocklists see https://help.example/",
        "550 5.1.1 no such user; rejecting, blacklist policy applies to repeated attempts",
        "550 No such user here - your IP has been logged",
        "550 5.7.1 No such user",
        f"553 5.3.0 <{LEA}>... Addressee unknown, relay=[192.0.2.10]",
        "550 ** No mail box available for this user **",
        f"554 RCPT ({LEA}) dosn't exist",
        "550 we have no record of that person",
        "550 lea.martin not found",
        "550 Aucune boîte aux lettres à ce nom",
        "550 L'utilisateur n'existe plus dans notre organisation",
        "550 Unbekannter Empfänger",
        "550 Diese Adresse gibt es hier nicht",
        "550 El buzón no existe",
        "550 Casella inesistente",
        "550 De ontvanger bestaat niet",
        "550 Usuário desconhecido",
        "550 O destinatário não existe",
        "550 Das Konto ist in der Organisation, an die diese Nachricht gesendet wurde, nicht vorhanden.",
        "550 Der Benutzer ist nicht im Domino-Verzeichnis aufgeführt",
        "550 Dieser Empfänger ist auf unserem Server nicht eingerichtet",
        "550 Adresse de courriel erronée ou supprimée",
        "550 L'abonné a résilié sa messagerie",
        "550 Boîte supprimée à la demande du client",
        "550 5.1.2 Host unknown (Name server: journal.example: no data known)",
        "550 Domain journal.example sends and receives no email (NULL MX)",
        f"550 No such user ({LEA})",
        "550 mail receiving disabled, account removed",
    ],
)
def test_who_does_not_exist_is_dead_whatever_the_words_around(said):
    assert at_rcpt(said).dead is Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 Your mail host is not found in DNS",
        f"554 5.7.1 <{LEA}>: Recipient address rejected: NO-DOMAIN.",
        f"550 invalid MIME; message for {LEA} refused",
        "550 Authentication invalid: user unknown",
        "550 user database not found",
        "550 5.7.1 Recipient address rejected: sending host not found in DNS",
        "550 5.7.1 The domain you are sending from does not exist",
        f"550 {US}: user does not exist, cannot verify",
        f"550-Verification failed for <{US}>\n550-No Such User Here\n550 Sender verify failed",
        "550 office.example does not exist",
        f"550 5.1.1 <{US}>: unauthorized sender",
        "550 you are not listed in the allowed senders of this mailbox",
        "550 5.7.1 The mail server at 192.0.2.9 is unknown to us",
        "550 L'adresse de l'expéditeur n'existe pas",
        "550 Ihre Domain wurde nicht gefunden",
        "550 El dominio del remitente no existe",
        "553 domain not found",
    ],
)
def test_a_sentence_about_us_kills_nobody(said):
    verdict = at_rcpt(said)

    assert verdict.dead is not Deadness.YES
    assert verdict.reason not in {Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.NO_MAIL_HERE}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("554 5.7.1 message contains a link to a non-existent domain", Reason.CONTENT),
        ("550 Ce message contient un lien vers un domaine inexistant", Reason.CONTENT),
        ("550 5.5.3 Too many invalid recipients", Reason.RATE),
        ("554 Harvest attack: several unknown users in one session", Reason.RATE),
        ("550 nombre de destinataires inconnus trop élevé", Reason.RATE),
    ],
)
def test_a_sentence_about_our_message_or_list_kills_nobody(said, reason):
    verdict = at_rcpt(said)

    assert (verdict.reason, verdict.dead) == (reason, Deadness.NO)


@pytest.mark.parametrize(
    "said",
    [
        "550 Mailbox unavailable or access denied",
        "550 User unknown or mailbox over quota",
        "550 This user does not accept mail from unknown senders",
        "550 Domain journal.example does not accept mail from your network",
        "550 5.1.1 Boite du destinataire archivee. Archived recipient. LPN007 420",
        "550 mailbox accepts known contacts only, address not found",
    ],
)
def test_what_may_leave_the_mailbox_alive_leaves_it_alive(said):
    assert at_rcpt(said).dead is not Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 We did not send to this address because it is on the suppression list for your account",
        "550 5.7.0 Recipient address was suppressed due to an earlier bounce",
        "605 Not delivering to previously bounced address",
    ],
)
def test_what_the_provider_did_not_try_is_neither_about_us_nor_certainly_dead(said):
    verdict = at_rcpt(said)

    assert (verdict.reason, verdict.dead) == (Reason.PROVIDER_BOUNCED, Deadness.UNSURE)


@pytest.mark.parametrize(
    "said",
    [
        "550 This mailbox is no longer accepting messages",
        "550 Cette adresse ne reçoit plus de courriels",
        "550 Diese Adresse nimmt keine Nachrichten mehr an",
        "550 Esta dirección ya no recibe correo",
        "550 La casella non accetta più messaggi",
        "550 Dit adres ontvangt geen berichten meer",
        "550 This domain does not accept email",
        "550 Le domaine n'accepte plus de courriels",
        "550 Mailbox unavailable or not local",
        "550 No such account on this domain or mail server",
        "550 O endereço não foi localizado ou não pode receber mensagens",
        "550 sender okay, but the account was closed in spring",
    ],
)
def test_who_takes_no_more_mail_is_dead(said):
    assert at_rcpt(said).dead is Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 This mailbox is no longer accepting messages from your network",
        "550 Cette adresse ne reçoit plus de courriels de l'extérieur",
        "550 Dieses Postfach empfängt keine Nachrichten mehr von außen",
        "550 Esta dirección ya no recibe correo de desconocidos",
        "550 L'utente non riceve più di cento messaggi al giorno",
        "550 Le domaine n'accepte pas de courriels externes",
        "550 This domain does not accept email without a signature",
        f"550 5.7.27 <{US}>: domain does not accept mail",
        "550 This account is no longer active",
        "550 La casella non riceve più posta da fuori",
        "550 sender unknown, but the connection was okay",
    ],
)
def test_who_takes_no_mail_of_a_kind_is_not_dead(said):
    assert at_rcpt(said).dead is not Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        f"host mx.journal.example [192.0.2.25]\nSMTP error from remote mail server after RCPT TO:<{LEA}>:\n550 unknown mail host",
        f"[SMTP:{LEA}]: 550 Rejected - unknown mail host",
        f"{LEA} (554 5.6.0 Mail message is malformed. Not accepted.)",
        "Although I'm listed as a best-preference MX for that host, it isn't in my list",
        "550 5.1.2 Host unknown (Name server: relay.office.example: no data known)",
    ],
)
def test_what_is_not_known_or_malformed_is_not_the_recipients(said):
    assert classify(said, recipient=LEA, ours=[US]).dead is not Deadness.YES


def test_a_line_of_a_transcript_is_not_read_with_the_line_before():
    said = (
        f"--> MAIL From:<{US}>\n<-- 250 Ok\n--> RCPT To:<{LEA}>\n<-- 550 #5.1.0 Address rejected."
    )

    assert classify(said, recipient=LEA, ours=[US]).dead is Deadness.YES


def test_a_notice_that_was_addressed_to_somebody_speaks_of_no_address_of_ours():
    said = f"Votre message adressé à {LEA} n'a pas été remis : la liste lea.martin n'existe pas (ou plus) ici."

    assert classify(said, recipient=LEA, ours=[US]).dead is Deadness.YES


def test_an_office_explains_its_rule_at_the_top_of_the_notice():
    reply = "550 5.7.1 TRANSPORT.RULES.RejectMessage; rejected by organization policy"
    notice = f"Delivery has failed\n{LEA}\nMs Martin {{}}. Please call us.\n\n{LEA}\n{reply}"

    for what, dead in [("no longer works here", Deadness.YES), ("is abroad", Deadness.NO)]:
        verdict = classify(reply, recipient=LEA, context=[notice.format(what)])

        assert verdict.dead is dead


_SUBJECTS_AND_DENIALS = [
    (("This mailbox", "The account {lea}"), ("was never set up here", "isn't one of ours")),
    (("Cette boîte", "Le compte {lea}"), ("n'a jamais été créée", "ne figure pas dans l'annuaire")),
    (("Dieses Postfach", "Der Empfänger"), ("ist uns leider nicht bekannt", "kennen wir nicht")),
    (("La cuenta", "El usuario"), ("no ha sido registrada", "no consta en el directorio")),
    (("La casella", "L'utente"), ("non è mai stata registrata", "non risulta nei registri")),
    (("De gebruiker", "Het adres"), ("is bij ons niet bekend", "kon niet gevonden worden")),
]


@pytest.mark.parametrize(
    "said",
    [
        f"550 {subject.format(lea=LEA)} {denial}"
        for subjects, denials in _SUBJECTS_AND_DENIALS
        for subject in subjects
        for denial in denials
    ],
)
def test_a_denial_is_composed_of_negation_and_verb(said):
    assert at_rcpt(said).dead is Deadness.YES
    assert at_rcpt(said.replace(LEA, US).replace("550 ", "550 sender: ")).dead is not Deadness.YES


def test_words_of_two_authors_are_not_joined():
    said = (
        f"host mx.journal.example[192.0.2.25] said: 554 5.7.1 <{LEA}>: message refused, "
        "link not found (in reply to end of DATA command)"
    )

    assert at_rcpt(said).dead is not Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "Name service error for name=journal.example type=MX: Host not found, try again",
        (
            "Host or domain name not found. Name service error for name=relay.other.example: "
            "Host not found"
        ),
        "error dialing remote address: dial tcp: lookup mx1.journal.example: no such host",
    ],
)
def test_a_name_server_or_another_host_says_nothing_of_the_domain(said):
    verdict = classify(said, recipient=LEA, ours=[US])

    assert (verdict.reason, verdict.dead) == (Reason.NETWORK, Deadness.NO)


@pytest.mark.parametrize(
    "said",
    [
        (
            "Host or domain name not found. Name service error for name=journal.example type=A: "
            "Host not found"
        ),
        "The domain journal.example does not exist",
        "Sorry, I couldn't find any host named journal.example. (#5.1.2)",
        "Le domaine journal.example est inconnu",
    ],
)
def test_a_domain_that_does_not_exist_is_dead(said):
    verdict = classify(said, recipient=LEA, ours=[US])

    assert (verdict.reason, verdict.dead) == (Reason.HOST_UNKNOWN, Deadness.YES)


def test_a_gateways_own_words_are_not_the_remotes():
    said = f"5.1.0 - Unknown address error 550-'5.7.1 <{LEA}>... Access denied'"

    assert classify(said, recipient=LEA, status="5.7.1").reason is Reason.POLICY


def test_sendmails_guess_below_a_reply_is_not_believed():
    said = f">>> RCPT To:<{LEA}>\n<<< 554 Transaction failed\n550 5.1.1 {LEA}... User unknown"

    assert classify(said, recipient=LEA).dead is not Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 user unknown",
        "550 user unknown (in reply to end of DATA command)",
        "550 domain does not exist (in reply to end of DATA command)",
    ],
)
def test_a_doubtful_unknown_never_counts_towards_the_second_day(said):
    verdict = classify(said, recipient=LEA)

    assert verdict.dead is Deadness.UNSURE
    assert verdict.reason is Reason.FILTERED


def test_the_quote_shows_the_addresses_as_they_were():
    said = f"550 <{LEA}> unknown, asked by {US}"

    assert at_rcpt(said).quote.startswith(said)


@pytest.mark.parametrize(
    "said",
    [
        f"550 Your message to {LEA} was removed by the filter",
        f"550 Mail for {LEA} has been deleted unread",
        "554 attachment removed, message to this user deleted",
        f"550 Le message pour {LEA} a été supprimé",
        "550 Nachricht an diesen Empfänger wurde entfernt",
        "550 il messaggio per questo utente è stato rimosso",
        f"Delivery to {LEA} has been abandoned after 5 days",
        "550 the user cancelled your subscription",
        "550 das Postfach wurde aus dem Newsletter entfernt",
        "550 destinataire retiré de la transaction",
    ],
)
def test_a_message_that_was_deleted_is_no_deleted_mailbox(said):
    assert at_rcpt(said).dead is not Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 5.2.1 this mailbox has been deactivated following the departure of its owner",
        "550 5.2.1 mailbox disabled since the user's departure",
        "550 Compte désactivé à la suite du départ de l'agent",
        "550 Postfach wegen Ausscheidens des Inhabers deaktiviert",
        "550 Cuenta desactivada tras la salida de su titular",
        "550 Casella disattivata a seguito della cessazione del rapporto di lavoro",
        "550 Postvak gedeactiveerd na vertrek van de medewerker",
        "550 Conta desativada após a saída do colaborador",
        "550 account disattivato in modo permanente",
        "550 Buzón desactivado de forma permanente",
        "550 Postvak definitief gesloten",
        f"554 30 Sorry, your message to {LEA} cannot be delivered. This mailbox is disabled (554.30).",
    ],
)
def test_a_mailbox_closed_because_its_owner_has_gone_or_for_good_is_dead(said):
    assert at_rcpt(said).dead is Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 5.2.1 mailbox deactivated while its owner is on leave",
        "550 Compte désactivé suite à une tentative de piratage",
        "550 Postfach während der Elternzeit deaktiviert",
        "550 Cuenta desactivada tras varios intentos fallidos",
        "550 Casella disattivata in attesa di rinnovo",
        "550 Postvak tijdelijk gedeactiveerd na verdachte activiteit",
        "550 Conta desativada após atividade suspeita",
        "550 5.2.1 The email account that you tried to reach is inactive.",
        "550 5.7.1 your mailbox has been disabled after the departure of your account manager",
    ],
)
def test_a_mailbox_that_is_closed_for_the_moment_is_not_dead_at_once(said):
    assert at_rcpt(said).dead is not Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        f"收件人邮件地址（{LEA}）不存在，邮件无法送达。\nhost mx.journal.example[192.0.2.1] said: 550 Mailbox not found",
        f"您发给 {LEA} 的邮件未能送达：该用户不存在。",
        f"{LEA} 邮箱不存在或已注销",
        f"無法傳遞至 {LEA}：找不到此收件人",
        f"宛先のアカウント {LEA} は削除されました。",
        f"このユーザー（{LEA}）は登録されていません。",
        f"수신자 {LEA} 를 찾을 수 없습니다.",
        f"{LEA}: 없는 사용자입니다",
        f"Неизвестный получатель {LEA}",
        f"收件人域名 journal.example 不存在，无法送达 {LEA}",
    ],
)
def test_who_does_not_exist_is_dead_in_languages_far_from_ours(said):
    assert classify(said, recipient=LEA, context=[said], ours=[US]).dead is Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        f"发件人地址不存在，{LEA} 拒绝接收您的邮件",
        f"发送至 {LEA} 的邮件被退回：发件人域名不存在",
        f"收件人邮箱 {LEA} 空间不足，邮件无法送达。",
        f"发给收件人 {LEA} 的邮件已被删除",
        f"收件人 {LEA} 的邮箱暂时被冻结",
        f"送信元のドメインが存在しないため {LEA} への配信を拒否しました。",
        f"{LEA}：受信拒否設定のため配信できませんでした。",
        f"발신자 도메인이 존재하지 않아 {LEA} 로의 메일이 거부되었습니다.",
        f"{LEA}: 휴면 계정입니다",
    ],
)
def test_what_is_said_of_us_or_of_a_lock_kills_nobody_in_languages_far_from_ours(said):
    assert classify(said, recipient=LEA, context=[said], ours=[US]).dead is not Deadness.YES


def test_sendmail_is_believed_about_a_mailbox_of_its_own_and_not_about_anothers():
    line = f"550 <{LEA}>... User unknown"
    own = f"   ----- Transcript of session follows -----\n{line}\n"
    anothers = (
        f"   ----- Transcript of session follows -----\n... while talking to mx.example.:\n{line}\n"
    )

    assert classify(line, recipient=LEA, context=[own]).dead is Deadness.YES
    assert classify(line, recipient=LEA, context=[anothers]).dead is Deadness.UNSURE


@pytest.mark.parametrize(
    "link", ["https://service.mail.qq.example/cgi-bin/help?id=20022&&no=1000728", ""]
)
def test_tencents_page_explains_a_mailbox_not_found_at_any_stage(link):
    said = f"550 Mailbox not found. {link}"
    verdict = classify(said, recipient="12345@qq.example", stage=Stage.CONTENT)

    assert (verdict.dead is Deadness.YES) is bool(link)
