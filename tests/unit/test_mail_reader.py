"""What is read out of arriving mail."""

import base64
from email.message import EmailMessage

import pytest

from domain.mail import MailClass, ReceivedMail
from tests.unit.mail_reading import HEAD, html_mail, mail, read


def test_a_plain_human_reply_is_read_whole() -> None:
    got = mail(more="In-Reply-To: <a@x.example>\r\nReferences: <c@x.example> <b@x.example>\r\n <a@x.example>\r\n")
    assert got == ReceivedMail(
        "<m1@contoso.example>",
        MailClass.HUMAN,
        "mara@contoso.example",
        ("<a@x.example>", "<b@x.example>", "<c@x.example>"),
        "Re: Agenda",
        "held",
        True,
        ("nothing says that a machine wrote it",),
        ("s@lindenhof.example",),
    )


@pytest.mark.parametrize(
    "sign",
    [
        "Return-Path: <>",
        "Auto-Submitted: auto-replied; owner-email=x@y.example",
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "Precedence: Auto_Reply",
        "List-Id: <news.example.org>",
        "X-Autoreply: yes",
        "X-Autorespond: away",
        "X-Failed-Recipients: a@b.example",
        "X-Mentorsync-Id: <x@y.example>",
        "Content-Type: multipart/report; boundary=x",
    ],
)
def test_a_header_that_only_machines_write_makes_it_machine_mail(sign: str) -> None:
    assert mail(more=f"{sign}\r\n").mail_class is MailClass.MACHINE


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Agenda",
        "Out of Office Re: Agenda",
        "Automatische Antwort: Agenda",
        "Abwesenheitsnotiz: Agenda",
        "=?utf-8?q?R=C3=A9ponse_automatique_=3A_Agenda?=",
        "Respuesta automática: Agenda",
        "Risposta automatica: Agenda",
        "Undeliverable: Agenda",
        "Delivery Status Notification (Failure)",
        "Mail delivery failed: returning message to sender",
    ],
)
def test_the_subject_of_an_automatic_mail_makes_it_machine_mail(subject: str) -> None:
    assert mail(head=HEAD.replace("Re: Agenda", subject)).mail_class is MailClass.MACHINE


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@x.example", "postmaster@x.example", "no-reply@x.example", "noreply@x.example"]
)
def test_a_daemon_is_a_machine(sender: str) -> None:
    assert mail(head=f"From: Post <{sender}>\r\n").mail_class is MailClass.MACHINE


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("Re: Agenda", "Re: your out of office note"),
        HEAD + "Auto-Submitted: no\r\n",
        HEAD + "X-Auto-Response-Suppress: All\r\n",
        HEAD + "Return-Path: <mara@contoso.example>\r\n",
        HEAD.replace("mara@", "norepatriation@"),
        HEAD.replace("Re: Agenda", "Autonomy and other questions"),
    ],
)
def test_what_only_resembles_machine_mail_stays_human(head: str) -> None:
    assert mail(head=head).mail_class is MailClass.HUMAN


def test_a_mail_without_a_sender_is_a_machines() -> None:
    assert mail(head="Subject: x\r\n").mail_class is MailClass.MACHINE


def test_an_answer_to_an_invitation_is_calendar_mail_whatever_else_it_says() -> None:
    message = EmailMessage()
    message["From"] = "mara@contoso.example"
    message.set_content("held")
    message.add_alternative("BEGIN:VCALENDAR", subtype="calendar")
    assert read(message.as_bytes()).mail_class is MailClass.CALENDAR


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Fwd: Agenda", "held"),
        ("WG: Agenda", "held"),
        ("Re: Agenda", "---------- Forwarded message ---------\nFrom: x@y.example\n"),
        ("Re: Agenda", "\nBegin forwarded message:\n\n> held"),
    ],
)
def test_a_forwarded_mail_is_a_class_of_its_own(subject: str, body: str) -> None:
    assert mail(body, head=HEAD.replace("Re: Agenda", subject)).mail_class is MailClass.FORWARD


@pytest.mark.parametrize(
    "value",
    [
        "mara@contoso.example",
        "<Mara@Contoso.Example>",
        '"Quint, Mara" <mara@contoso.example>',
        '"evil@other.example" <mara@contoso.example>',
        "=?utf-8?b?TWFyYQ==?= <mara@contoso.example>",
        "Mara (Sales) Quint\r\n <mara@contoso.example>",
        "mara@contoso.example (Mara)",
        "mara@contoso.example <mara@contoso.example>",
    ],
)
def test_one_plain_address_is_the_sender(value: str) -> None:
    assert mail(head=f"From: {value}\r\n").sender == "mara@contoso.example"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Mara",
        "mara@contoso.example, evil@other.example",
        "mara@contoso.example, <evil@other.example>",
        "mara@contoso.example <evil@other.example>",
        "<mara@contoso.example> <evil@other.example>",
        "mara@contoso.example)evil@other.example",
        "Group: mara@contoso.example;",
        "Quint, Mara <mara@contoso.example>",
        "mara@contoso.example\r\nFrom: evil@other.example",
        "mara@localhost",
        "mara@contoso.example\x00",
    ],
)
def test_anything_that_is_not_one_plain_address_is_nobody(value: str) -> None:
    assert mail(head=f"From: {value}\r\n").sender is None


def test_a_mail_without_an_id_is_named_by_its_content() -> None:
    first, again = mail(head="From: a@b.example\r\n"), mail(head="From: a@b.example\r\n")
    assert first.message_id == again.message_id
    assert first.message_id != mail("other", head="From: a@b.example\r\n").message_id
    assert mail(head="Message-ID: <[a]b@x.example>\r\n").message_id == "<[a]b@x.example>"


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        ("windows-1252", "it\u2019s".encode("cp1252"), "it\u2019s"),
        ("iso-2022-jp", "会議".encode("iso-2022-jp"), "会議"),
        ("no-such-charset", "Grüße".encode(), "Grüße"),
        ("us-ascii", "Grüße".encode(), "Grüße"),
        ("utf-7", b"+ADw-b", "+ADw-b"),
        ("unicode_escape", rb"\x41", r"\x41"),
        ("rot13", b"held", "held"),
    ],
)
def test_text_is_decoded_only_by_honest_charsets(charset: str, data: bytes, expected: str) -> None:
    body = base64.b64encode(data).decode()
    got = mail(body, f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n")
    assert got.text == expected


def test_plain_text_is_preferred_and_attachments_are_not_read() -> None:
    message = EmailMessage()
    message["From"] = "mara@contoso.example"
    message.set_content("agree")
    message.add_alternative("<p>something else</p>", subtype="html")
    message.add_attachment("decline", filename="decline.txt")
    assert read(message.as_bytes()).text == "agree"
    only = EmailMessage()
    only.add_attachment("decline", filename="decline.txt")
    only.add_attachment(message)
    assert read(only.as_bytes()).text == ""


def test_html_reads_as_its_reader_sees_it() -> None:
    markup = (
        "<html><head><title>t</title><style>p{}</style></head><body><div style='display: none'>hidden</div>"
        "<p>Done:<br>one\n  line</p><ul><li>a <b>bold</b> point</li><li>b&nbsp;&amp; c</li></ul>"
        "<script>x</script>end</body>"
    )
    assert html_mail(markup).text == "Done:\none line\n\n- a bold point\n\n- b & c\n\nend"


def test_html_with_nothing_but_a_quote_is_not_sure() -> None:
    got = html_mail("<blockquote type=cite>agree</blockquote>")
    assert (got.text, got.sure) == ("", False)


@pytest.mark.parametrize(
    "below",
    [
        "On Tue, 9 Mar 2027 at 17:00, Jonas <jonas@contoso.example> wrote:\n> old words",
        "On Tue, 9 Mar 2027 at 17:00, Jonas Lindt of the very long\nname <jonas@contoso.example>\nwrote:\n> old words",
        "Am 09.03.2027 um 17:00 schrieb Jonas Lindt:\n> old words",
        "Le mar. 9 mars 2027 à 17:00, Jonas <jonas@contoso.example> a écrit :\n> old words",
        "El mar, 9 mar 2027 a las 17:00, Jonas (<jonas@contoso.example>) escribió:\n> old words",
        "2027年3月9日(火) 17:00 Jonas <jonas@contoso.example>:\n> old words",
        "-----Original Message-----\nFrom: Jonas\nold words",
        "-----Ursprüngliche Nachricht-----\nVon: Jonas\nold words",
        "________________________________\nFrom: Jonas <j@contoso.example>\nSent: Tuesday\nTo: Mara\n\nold words",
        "Von: Jonas\nGesendet: Dienstag, 9. März 2027 17:00\nAn: Mara\nBetreff: x\n\nold words",
        "From: Jonas <j@contoso.example>\n\nSent: Tuesday\n\nTo: Mara\n\nold words",
        "*From:* Jonas <j@contoso.example>\n*Sent:* Tuesday\n*To:* Mara\n\nold words",
        "> old words\n> and more",
        "-- \nMara Quint\nold words",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet\n\n> old words",
    ],
)
def test_quotes_of_many_programs_and_languages_are_left_out_without_our_mark(below: str) -> None:
    got = mail(f"not this week\n\nIt is the audit.\n\n{below}\n")
    assert (got.text, got.sure) == ("not this week\n\nIt is the audit.", True)


@pytest.mark.parametrize(
    "text",
    [
        "Action for Mara: write to Ada (ada@contoso.example) by 9 March 2027",
        "Done: one\nLearned: two\nQuestions: at 17:00 on 9.3.2027?\nSamples: ask ada@contoso.example",
        "She wrote:\nno more of this",
        "My plan for 2027:\n- one\n- two",
        "- one\n--two\n--- three",
        "Monday: a\nTuesday: b\nWednesday: c",
    ],
)
def test_words_of_the_writer_that_resemble_a_quote_stay(text: str) -> None:
    assert mail(text).text == text


def test_a_reply_that_is_nothing_but_a_quote_is_not_sure() -> None:
    got = mail("> agree\n")
    assert (got.text, got.sure) == ("", False)
    assert mail("\r\n").sure


def test_an_attachment_of_many_megabytes_hides_no_text_and_a_text_of_that_size_is_too_long() -> None:
    lines = base64.encodebytes(b"x" * 1_500_000)
    part = b"--b\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n"
    head = HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    plain = b"--b\r\n\r\nheld\r\n"
    assert read(head + part % (b"application/pdf", lines) + plain + b"--b--\r\n").text == "held"
    assert "too long" in read(head + part % (b"text/plain", lines) + plain + b"--b--\r\n").reasons[0]


REPORT = (
    "From: Mail Delivery System <postmaster@contoso.example>\r\nTo: s@lindenhof.example\r\n"
    "Subject: Undeliverable: x\r\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nNo such user.\r\n"
    "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;mx.example\r\n\r\n"
    "Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b\r\n"
)
WHOLE = "Content-Type: message/rfc822\r\n\r\nMessage-ID: <ours@lindenhof.example>\r\n\r\nwords\r\n--b--\r\n"
HEADERS = "Content-Type: text/rfc822-headers\r\n\r\nTo: x\r\nMessage-ID: <ours@lindenhof.example>\r\n--b--\r\n"


@pytest.mark.parametrize("returned", [WHOLE, HEADERS], ids=["whole", "headers"])
def test_a_report_names_the_address_that_takes_no_mail_and_the_mail_that_came_back(returned: str) -> None:
    got = read(REPORT.format(address="<Mara@Contoso.example>", action="failed", status="5.1.1") + returned)
    assert (got.mail_class, got.bounced) == (MailClass.MACHINE, ("mara@contoso.example",))
    assert got.references == ("<ours@lindenhof.example>",)


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("delayed", "4.4.7"),
        ("failed", "4.2.2"),
        ("failed", "5.2.2"),
        ("failed", "5.7.1"),
        ("failed", "5.3.4"),
        ("relayed", "2.0.0"),
        ("failed", "none"),
    ],
)
def test_a_report_that_says_nothing_final_about_the_address_names_none(action: str, status: str) -> None:
    got = read(REPORT.format(address="mara@contoso.example", action=action, status=status) + WHOLE)
    assert (got.mail_class, got.bounced) == (MailClass.MACHINE, ())


def test_a_person_cannot_report_an_address_by_words() -> None:
    assert mail("Final-Recipient: rfc822; mara@contoso.example\nAction: failed\nStatus: 5.1.1").bounced == ()


def test_the_addresses_that_a_mail_was_written_to_are_all_named_those_of_the_provider_first() -> None:
    more = "Cc: A <a@x.example>, b@x.example\r\nDelivered-To: s+tag@lindenhof.example\r\n"
    assert mail(more=more).recipients == (
        "s+tag@lindenhof.example",
        "s@lindenhof.example",
        "a@x.example",
        "b@x.example",
    )


@pytest.mark.parametrize(
    "last",
    [
        "Sent the draft to Samsung on Monday",
        "Getting feedback from Samsung takes a week",
        "Get the numbers from the Android team",
        "Gesendet habe ich es an das Pixel-Team",
        "A: Mon 8.3.2027 9:00\nB: Tue 9.3.2027 10:00\nC: Wed 10.3.2027 11:00",
    ],
)
def test_a_last_line_that_speaks_of_a_product_or_letters_what_it_offers_stays(last: str) -> None:
    assert mail(f"No, sorry.\r\n\r\n{last}\r\n").text == f"No, sorry.\n\n{last}"


@pytest.mark.parametrize(
    ("more", "written"),
    [
        ("Date: Mon, 1 Mar 2027 23:30:00 -0600\r\n", "2027-03-01T23:30:00-06:00"),
        ("Date: Mon, 1 Mar 2027 23:30:00 -0000\r\n", "2027-03-01T23:30:00+00:00"),
        ("Date: Mon, 1 Mar 2027 23:30:00 -0600\r\nDate: Tue, 2 Mar 2027 23:30:00 -0600\r\n", None),
        ("Date: Mon, 1 Mar 2027 23:30:00 -9999\r\n", None),
        ("", None),
    ],
)
def test_a_mail_tells_when_it_was_written_if_it_has_one_date_that_is_one(more: str, written: str | None) -> None:
    found = mail(more=more).written
    assert (found.isoformat() if found is not None else None) == written
