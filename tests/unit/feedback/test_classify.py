"""Why, and dead or alive: text before code before reply code, and never against us."""

import pytest

from mailer.feedback.classify.classification import classify
from mailer.feedback.classify.rules import bounce_rules, default_deadness
from mailer.feedback.explain import explain
from mailer.feedback.reading import Confidence, DsnAction, Reason
from mailer.model.feedback.event import Deadness

LEA = "lea@journal.example"


def judge(diagnosis, **more):
    return classify(diagnosis, recipient=LEA, **more)


@pytest.mark.parametrize(
    ("said", "reason", "dead"),
    [
        ("550 5.1.1 user unknown", Reason.USER_UNKNOWN, Deadness.YES),
        ("550 5.1.2 no such domain", Reason.HOST_UNKNOWN, Deadness.YES),
        ("556 5.1.10 domain does not accept mail", Reason.NO_MAIL_HERE, Deadness.YES),
        ("551 5.1.6 user has moved to another place", Reason.MOVED, Deadness.YES),
        ("552 5.2.2 mailbox full", Reason.MAILBOX_FULL, Deadness.NO),
        ("550 5.1.1 mailbox is full, user unknown", Reason.MAILBOX_FULL, Deadness.NO),
        ("550 5.2.1 account disabled", Reason.DISABLED, Deadness.UNSURE),
        ("550 5.1.1 account inactive", Reason.DISABLED, Deadness.YES),
        ("550 5.7.1 client host blocked using bl.example", Reason.BLOCKED, Deadness.NO),
        ("550 5.1.8 domain of sender does not exist", Reason.SENDER_REFUSED, Deadness.NO),
        ("550 5.1.7 no such domain office.example", Reason.SENDER_REFUSED, Deadness.NO),
        ("554 5.7.1 relay access denied", Reason.RELAYING, Deadness.NO),
        ("550 5.7.26 not DMARC aligned", Reason.AUTHENTICATION, Deadness.NO),
        ("554 5.7.1 message rejected as spam", Reason.SPAM, Deadness.NO),
        ("421 4.7.0 too many connections", Reason.RATE, Deadness.NO),
        ("550 5.7.1 RESOLVER.RST.NotAuthorized", Reason.RESTRICTED, Deadness.NO),
        ("550 Boîte aux lettres pleine", Reason.MAILBOX_FULL, Deadness.NO),
        ("550 5.1.1 Destinataire inconnu", Reason.USER_UNKNOWN, Deadness.YES),
        (
            "550 5.1.1 Adresse d’au moins un destinataire invalide",
            Reason.USER_UNKNOWN,
            Deadness.YES,
        ),
        ("", Reason.UNKNOWN, Deadness.UNSURE),
    ],
)
def test_a_reply_is_understood(said, reason, dead):
    verdict = judge(said)

    assert (verdict.reason, verdict.dead) == (reason, dead)


def test_text_is_believed_before_the_code():
    assert judge("550 5.1.1 blacklisted", status="5.1.1").reason is Reason.BLOCKED


def test_a_specific_code_is_believed_before_general_words():
    assert judge("550 5.1.1 rejected").reason is Reason.USER_UNKNOWN


@pytest.mark.parametrize("said", ["450 4.1.1 user unknown", "450 user unknown, try later"])
def test_a_temporary_refusal_never_kills(said):
    assert judge(said).dead is not Deadness.YES


def test_a_delay_never_kills():
    assert judge("550 5.1.1 user unknown", outcome=DsnAction.DELAYED).dead is Deadness.NO


def test_unknown_user_after_the_content_is_a_filter():
    verdict = judge("550 User unknown (in reply to end of DATA command)", status="5.0.0")

    assert (verdict.reason, verdict.dead) == (Reason.FILTERED, Deadness.UNSURE)


def test_unknown_user_at_rcpt_is_a_fact():
    assert judge("550 User unknown (in reply to RCPT TO command)").dead is Deadness.YES


def test_unknown_user_with_a_policy_code_is_doubted():
    assert judge("550 5.7.1 user unknown").dead is Deadness.UNSURE


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.1 The mailbox lea.martin is not one of those we host",
        "550 This server doesn't handle mail for that user",
        "550 Benutzer nicht bekannt",
        "554 5.2.1 Nous n'hébergeons pas de boîte à ce nom",
    ],
)
def test_who_says_more_than_the_stock_answer_knows_it_of_the_mailbox(said):
    assert classify(said, recipient=LEA, status="5.0.0").dead is Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        "550 User unknown",
        "550 5.7.1 No such user",
        "550 Recipient address rejected: User unknown in local recipient table",
        "550 The email account that you tried to reach does not exist.",
        "550 Sorry, no mailbox here by that name.",
    ],
)
def test_the_stock_answer_alone_may_be_a_filters(said):
    assert classify(said, recipient=LEA, status="5.0.0").dead is Deadness.UNSURE


@pytest.mark.parametrize(
    "said",
    [
        "550 5.2.0 There is no such mailbox",
        "550 5.2.0 No such mailbox",
        "550 5.0.0 User unknown",
        "550 5.3.0 Unknown recipient",
        f"550 5.7.1 <{LEA}>: Recipient address rejected: Recipient not found",
        f"554 5.7.1 <{LEA}>... No such user",
        f"550 5.7.0 {LEA}: unknown user",
    ],
)
def test_a_general_code_says_nothing_against_no_such_mailbox(said):
    status = said.split()[1]

    assert classify(said, recipient=LEA, status=status).dead is Deadness.YES


@pytest.mark.parametrize(
    "said",
    [
        f"550 5.2.1 <{LEA}> User unknown",
        "550 5.7.1 No such user",
        f"550 5.7.1 <{LEA}> User unknown (in reply to end of DATA command)",
        "550 5.2.0 Mail from office.example: no such user",
    ],
)
def test_a_code_of_policy_and_the_content_still_speak_against_it(said):
    assert classify(said, recipient=LEA, status=said.split()[1]).dead is not Deadness.YES


def test_a_queue_that_gives_up_because_the_domain_is_not_found_says_that_it_is_gone():
    said = f"450 4.1.2 <{LEA}>: Recipient address rejected: Domain not found"

    assert classify(said, recipient=LEA, status="4.1.2").reason is Reason.HOST_UNKNOWN
    assert classify(said, recipient=LEA, status="4.1.2").dead is Deadness.YES
    assert classify(said, recipient=LEA).dead is Deadness.UNSURE
    at_first = classify(said, recipient=LEA, status="4.1.2", outcome=DsnAction.DELAYED)
    assert at_first.dead is Deadness.NO


NO_MX_HOST = "Host or domain name not found. Name service error for name={} type=A: Host not found"


def test_unavailable_for_reasons_of_policy_says_nothing_of_the_mailbox():
    said = f"550 5.7.1 {LEA}: mailbox unavailable, rejected for policy reasons"

    assert classify(said, recipient=LEA, status="5.7.1").dead is not Deadness.YES


def test_a_domain_whose_every_host_is_missing_takes_no_mail():
    said = NO_MX_HOST.format("mx1.journal.example")

    assert classify(said, recipient=LEA, status="5.4.4").dead is Deadness.YES
    later = classify(f"{said}, try again", recipient=LEA, status="4.4.3")
    assert later.dead is not Deadness.YES


def test_a_host_of_our_own_domain_that_was_not_found_is_our_relay():
    said = NO_MX_HOST.format("relay.journal.example")
    ours = ["presse@journal.example"]

    assert classify(said, recipient=LEA, status="5.4.4", ours=ours).dead is Deadness.NO
    said = NO_MX_HOST.format("relay.office.example")
    ours = ["presse@office.example"]
    assert classify(said, recipient=LEA, ours=ours).dead is Deadness.NO


@pytest.mark.parametrize(("number", "dead"), [("0", True), ("-5", True), ("-9", False)])
def test_yahoos_number_tells_whether_it_is_sure_that_nobody_has_the_account(number, dead):
    said = f"554 delivery error: dd This user doesn't have a journal.example account ({LEA}) [{number}] - mta7"

    assert (judge(said).dead is Deadness.YES) is dead


def test_a_filter_does_not_say_what_became_of_a_mailbox():
    said = "554 delivery error: the mailbox is no longer valid (in reply to end of DATA command)"

    assert classify(said, recipient=LEA).dead is Deadness.YES


def test_a_reply_about_room_kills_nobody_by_its_enhanced_code():
    result = classify("552 5.1.1 <lea@journal.example> Mailbox delivery failure", recipient=LEA)

    assert result.dead is Deadness.NO
    assert result.reason is Reason.MAILBOX_FULL


def test_a_guess_that_an_account_is_disabled_is_no_verdict_even_beside_no_such_mailbox():
    said = "553 Possible forgery or deactivated due to abuse (#5.1.1)"

    assert classify(said, recipient=LEA, status="5.1.1").dead is Deadness.NO


def test_what_is_refused_at_mail_from_is_about_us():
    said = "550 office.example does not exist (in reply to MAIL FROM command)"

    assert judge(said).dead is Deadness.NO


def test_a_refusal_that_names_the_recipient_differs_from_one_that_names_us():
    theirs = judge(f"542 <{LEA}> rejected", status="5.0.0")
    ours = judge("542 <presse@office.example> rejected", status="5.0.0")

    assert theirs.dead is Deadness.YES
    assert ours.dead is Deadness.NO


@pytest.mark.parametrize("status", ["5.0.0", "5.1.1", "5.2.1", "5.3.0", "5.7.1"])
@pytest.mark.parametrize(
    "table", ["virtual alias", "virtual mailbox", "local recipient", "relay recipient"]
)
def test_postfix_that_looked_in_a_table_is_believed_whatever_the_status(table, status):
    verdict = judge(f"User unknown in {table} table", status=status)

    assert (verdict.reason, verdict.dead) == (Reason.USER_UNKNOWN, Deadness.YES)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("550 User unknown in local recipient table", ""),
        ("550 User unknown in virtual alias table (in reply to end of DATA command)", "5.0.0"),
        ("User unknown in virtual alias table", "4.0.0"),
        ("550 5.2.1 <lea@journal.example>... User Unknown", "5.2.1"),
    ],
)
def test_words_of_a_table_that_a_filter_may_have_borrowed_are_no_fact(said, status):
    assert judge(said, status=status).dead is Deadness.UNSURE


@pytest.mark.parametrize(
    "said",
    [
        "all relevant MX records point to non-existent hosts",
        "all relevant MX records point to non-existent hosts or (invalidly) to IP addresses",
        "les enregistrements MX de journal.example pointent vers des hôtes inexistants",
        "die MX-Einträge von journal.example zeigen auf nicht existierende Hosts",
        "los registros MX de journal.example apuntan a hosts inexistentes",
        "i record MX di journal.example puntano a host inesistenti",
    ],
)
def test_mx_records_that_lead_nowhere_are_the_domain_s(said):
    verdict = judge(said)

    assert (verdict.reason, verdict.dead) == (Reason.HOST_UNKNOWN, Deadness.YES)


@pytest.mark.parametrize(
    "said",
    [
        "550 your MX records point to non-existent hosts or (invalidly) to IP addresses",
        "550 Sender verify failed: all relevant MX records point to non-existent hosts",
        "451 all relevant MX records point to non-existent hosts, try again",
        "550 all relevant MX records point to non-existent hosts",
    ],
)
def test_mx_records_of_ours_or_for_now_kill_nobody(said):
    assert judge(said).dead is not Deadness.YES


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            (
                "Host or domain name not found. Name service error for name=journal.example type=MX:"
                " Host not found, try again"
            ),
            Reason.NETWORK,
        ),
        ("connect to mx.journal.example: Connection refused", Reason.NETWORK),
        ("host mx.journal.example said: 452 4.2.2 Mailbox full", Reason.MAILBOX_FULL),
        ("host mx.journal.example said: 450 4.2.1 Account suspended", Reason.DISABLED),
    ],
)
def test_a_delivery_that_postfix_suspended_has_the_reason_behind_it(said, reason):
    suspended = f"delivery temporarily suspended: {said}"

    assert judge(suspended, status="4.4.3", outcome=DsnAction.DELAYED).reason is reason


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("554-Transaction failed 554-Reject due to policy restrictions.", Reason.POLICY),
        ("554 Transaction failed: message refused", Reason.POLICY),
        ("554 Transaction failed", Reason.SYSTEM),
        ("554 5.7.1 You are not allowed to connect", Reason.BLOCKED),
        ("554 Vous n’êtes pas autorisé à vous connecter", Reason.BLOCKED),
        ("554 Verbindung nicht erlaubt", Reason.BLOCKED),
        ("554 No está autorizado a conectarse", Reason.BLOCKED),
        ("554 Non siete autorizzati: connessione rifiutata", Reason.BLOCKED),
        ("host mx.journal.example refused to talk to me: 554 mx.journal.example", Reason.BLOCKED),
        ("host mx.journal.example refused to talk to me: 554 5.7.1 No access", Reason.BLOCKED),
    ],
)
def test_what_is_refused_for_our_server_or_by_policy_is_told_so(said, reason):
    verdict = judge(said)

    assert (verdict.reason, verdict.dead) == (reason, Deadness.NO)


def test_the_quote_is_the_line_that_decided():
    verdict = judge(f"Bonjour,\n<{LEA}>: 552 5.2.2 over quota\nAu revoir")

    assert verdict.quote == f"<{LEA}>: 552 5.2.2 over quota"
    assert verdict.rule == "mailbox-full"


def test_chatter_around_is_believed_less():
    verdict = judge("", context=["", "Votre boîte est peut-être pleine : boîte pleine."])

    assert verdict.reason is Reason.MAILBOX_FULL
    assert verdict.confidence is Confidence.MEDIUM


def test_only_reasons_about_the_address_imply_death():
    dead = {reason for reason in Reason if default_deadness(reason) is Deadness.YES}

    assert dead == {Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.MOVED, Reason.NO_MAIL_HERE}


def rule_phrases():
    rules = bounce_rules()
    for rule in (*rules.strong, *rules.weak):
        for phrase in rule.phrases:
            yield rule, phrase


def test_no_phrase_is_empty():
    assert all(len(piece) > 1 for _, phrase in rule_phrases() for piece in phrase)


def test_every_phrase_finds_itself():
    for rule, phrase in rule_phrases():
        assert rule.find(" x ".join(piece.removesuffix("*") for piece in phrase)), phrase


def test_no_phrase_stands_twice():
    phrases = [phrase for _, phrase in rule_phrases()]

    assert sorted(phrase for phrase in set(phrases) if phrases.count(phrase) > 1) == []


def test_phrases_keep_to_whole_words():
    assert judge("550 the tube is not in our sources").reason is not Reason.SPAM


@pytest.mark.parametrize("reason", [*Reason, "something else"])
def test_every_reason_has_its_sentence(reason):
    assert str(explain(reason)).endswith(".")
