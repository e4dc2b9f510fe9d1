"""Mail in the sandbox: drafts and sending on both clouds, delivery with each cloud's stamps,
threads and bounces."""

import base64
from collections.abc import Iterator

import pytest

from tests.unit.sandbox_client import (
    GMAIL,
    ISLA,
    JONAS,
    MARA,
    OUTLOOK,
    THEO,
    Client,
    gmail_send,
    graph_send,
    mime,
    sandbox,
)

PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def test_a_graph_draft_keeps_its_message_id_and_its_immutable_id_leads_to_the_sent_copy(
    client: Client,
) -> None:
    identity = graph_send(client, OUTLOOK, mime(OUTLOOK, JONAS, "Agenda", "<key-1@contoso.example>"))
    sent = client.graph("GET", OUTLOOK, f"/messages/{identity}").json()
    assert (sent["isDraft"], sent["internetMessageId"]) == (False, "<key-1@contoso.example>")
    assert client.advance() == ("2027-02-22T08:01:00Z", [JONAS])
    assert client.mails(JONAS)[0]["message_id"] == "<key-1@contoso.example>"


def test_without_the_immutable_kind_a_sent_drafts_id_leads_nowhere(client: Client) -> None:
    raw = base64.b64encode(mime(OUTLOOK, JONAS, "Agenda", "<key-1@contoso.example>"))
    mutable = {"Prefer": ""}
    draft = client.graph("POST", OUTLOOK, "/messages", content=raw, headers=PLAIN | mutable).json()["id"]
    assert client.graph("POST", OUTLOOK, f"/messages/{draft}/send", headers=mutable).status_code == 202
    assert client.graph("GET", OUTLOOK, f"/messages/{draft}", headers=mutable).status_code == 404


def test_a_sent_mail_is_not_sent_again(client: Client) -> None:
    identity = graph_send(client, OUTLOOK, mime(OUTLOOK, JONAS, "Agenda", "<key-1@contoso.example>"))
    assert client.graph("POST", OUTLOOK, f"/messages/{identity}/send").status_code == 400
    client.settle()
    assert len(client.mails(JONAS)) == 1


def test_a_mail_is_found_by_its_internet_message_id(client: Client) -> None:
    identity = graph_send(client, OUTLOOK, mime(OUTLOOK, JONAS, "Agenda", "<key-1@contoso.example>"))
    wanted = {"$filter": "internetMessageId eq '<key-1@contoso.example>'", "$select": "id,isDraft"}
    (found,) = client.graph("GET", OUTLOOK, "/messages", params=wanted).json()["value"]
    assert (found["id"], found["isDraft"]) == (identity, False)
    assert "subject" not in found


def test_exchange_takes_out_the_headers_that_say_a_machine_wrote(client: Client) -> None:
    raw = mime(OUTLOOK, JONAS, "A", "<a@contoso.example>", "Auto-Submitted: auto-generated", "List-Id: <l.example>")
    identity = graph_send(client, OUTLOOK, raw)
    sent = client.graph("GET", OUTLOOK, f"/messages/{identity}/$value").content
    assert b"Auto-Submitted" not in sent
    assert b"List-Id" not in sent


@pytest.mark.parametrize(
    ("content", "code"), [(b"%%%", "ErrorMimeContentInvalidBase64String"), (b"", "ErrorMimeContentInvalid")]
)
def test_a_draft_of_broken_mime_is_refused(client: Client, content: bytes, code: str) -> None:
    answer = client.graph("POST", OUTLOOK, "/messages", content=content, headers=PLAIN)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_nobody_sends_under_anothers_name_on_graph(client: Client) -> None:
    raw = base64.b64encode(mime(MARA, JONAS, "A", "<a@contoso.example>"))
    draft = client.graph("POST", OUTLOOK, "/messages", content=raw, headers=PLAIN).json()["id"]
    answer = client.graph("POST", OUTLOOK, f"/messages/{draft}/send")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ErrorSendAsDenied")


def test_gmail_puts_its_own_message_id_and_sender_on_what_it_sends(client: Client) -> None:
    sent = gmail_send(client, GMAIL, mime("Else <x@y.example>", MARA, "Agenda", "<key-1@gmail.example>"))
    client.settle()
    raw = base64.urlsafe_b64decode(
        client.gmail("GET", GMAIL, f"/messages/{sent['id']}", params={"format": "raw"}).json()["raw"]
    )
    assert b"X-Google-Original-Message-ID: <key-1@gmail.example>" in raw
    (arrived,) = client.mails(MARA)
    assert arrived["message_id"].endswith("@mail.gmail.com>")
    assert GMAIL in arrived["from"]
    assert "x@y.example" not in arrived["raw"]


def test_a_sent_gmail_draft_is_gone_and_another_mail_stands_in_its_thread(client: Client) -> None:
    raw = base64.urlsafe_b64encode(mime(GMAIL, MARA, "Agenda", "<key-1@gmail.example>")).decode()
    draft = client.gmail("POST", GMAIL, "/drafts", json={"message": {"raw": raw}}).json()
    assert client.gmail("GET", GMAIL, f"/drafts/{draft['id']}").status_code == 200
    sent = client.gmail("POST", GMAIL, "/drafts/send", json={"id": draft["id"]}).json()
    assert client.gmail("GET", GMAIL, f"/drafts/{draft['id']}").status_code == 404
    assert sent["id"] != draft["message"]["id"]
    thread = client.gmail("GET", GMAIL, f"/threads/{draft['message']['threadId']}", params={"format": "minimal"}).json()
    assert [(m["id"], m["labelIds"]) for m in thread["messages"]] == [(sent["id"], ["SENT"])]


def test_a_reply_from_outlook_joins_the_gmail_thread_and_the_answer_to_it_too(client: Client) -> None:
    sent = gmail_send(client, GMAIL, mime(GMAIL, MARA, "Agenda", "<key-1@gmail.example>"))
    client.hand(account=MARA, act="reply", when={"subject_has": "Agenda"}, text="Gladly.")
    client.settle()
    (reply,) = client.mails(GMAIL)
    assert (reply["thread"], reply["subject"]) == (sent["threadId"], "Re: Agenda")
    refers = f"References: {reply['message_id']}"
    again = mime(GMAIL, MARA, "Re: Agenda", "<key-2@gmail.example>", refers)
    assert gmail_send(client, GMAIL, again, sent["threadId"])["threadId"] == sent["threadId"]


@pytest.mark.parametrize("subject", ["Re: Agenda", "Other"])
def test_a_thread_is_joined_only_under_its_subject_and_with_references(client: Client, subject: str) -> None:
    sent = gmail_send(client, GMAIL, mime(GMAIL, MARA, "Agenda", "<key-1@gmail.example>"))
    (mine,) = client.mails(GMAIL, "sentitems")
    refers = () if subject == "Re: Agenda" else (f"References: {mine['message_id']}",)
    other = gmail_send(client, GMAIL, mime(GMAIL, MARA, subject, "<key-2@gmail.example>", *refers), sent["threadId"])
    assert other["threadId"] != sent["threadId"]
    unknown = {"raw": base64.urlsafe_b64encode(b"To: a@b.example\n\n").decode(), "threadId": "nothing"}
    assert client.gmail("POST", GMAIL, "/drafts", json={"message": unknown}).status_code == 404


def test_only_the_id_that_gmail_gave_is_found_by_a_search(client: Client) -> None:
    gmail_send(client, GMAIL, mime(GMAIL, MARA, "Agenda", "<key-1@gmail.example>"))
    (mine,) = client.mails(GMAIL, "sentitems")

    def found(query: str) -> int:
        return len(client.gmail("GET", GMAIL, "/messages", params={"q": query}).json().get("messages", []))

    assert found("rfc822msgid:<key-1@gmail.example>") == 0
    assert found(f"rfc822msgid:{mine['message_id'].strip('<>')} in:sent") == 1
    assert found(f"rfc822msgid:{mine['message_id']} in:inbox") == 0
    assert client.gmail("GET", GMAIL, "/messages", params={"q": "larger:5M"}).status_code == 400


def test_history_tells_what_came_since_and_an_old_id_is_not_found(client: Client) -> None:
    start = client.gmail("GET", GMAIL, "/profile").json()["historyId"]
    graph_send(client, MARA, mime(MARA, GMAIL, "Hello", "<a@contoso.example>"))
    client.settle()
    options = {"startHistoryId": start, "historyTypes": "messageAdded", "labelId": "INBOX"}
    (line,) = client.gmail("GET", GMAIL, "/history", params=options).json()["history"]
    assert line["messagesAdded"][0]["message"]["id"] == client.mails(GMAIL)[0]["id"]
    newest = client.gmail("GET", GMAIL, "/history", params=options).json()["historyId"]
    assert "history" not in client.gmail("GET", GMAIL, "/history", params=options | {"startHistoryId": newest}).json()
    assert client.gmail("GET", GMAIL, "/history", params={"startHistoryId": "1"}).status_code == 404


def test_a_page_of_history_may_have_a_successor_and_no_history(client: Client) -> None:
    start = client.gmail("GET", GMAIL, "/profile").json()["historyId"]
    for number in range(4):
        gmail_send(client, GMAIL, mime(GMAIL, MARA, "Agenda", f"<key-{number}@gmail.example>"))
    options = {"startHistoryId": start, "maxResults": "4", "labelId": "INBOX"}
    page = client.gmail("GET", GMAIL, "/history", params=options).json()
    assert "nextPageToken" in page
    assert "history" not in page


def test_messages_delta_brings_new_mail_with_the_selected_fields(client: Client) -> None:
    first = client.graph("GET", OUTLOOK, "/mailFolders/inbox/messages/delta()", params={"$select": "subject,from"})
    assert first.json()["value"] == []
    gmail_send(client, JONAS, mime(JONAS, OUTLOOK, "Hello", "<a@gmail.example>"))
    client.settle()
    (item,) = client.graph("GET", OUTLOOK, first.json()["@odata.deltaLink"]).json()["value"]
    assert {name for name in item if not name.startswith("@")} == {"id", "subject", "from"}
    assert item["from"]["emailAddress"]["address"] == JONAS


def topmost(raw: str, name: str) -> str:
    """The first header of that name, unfolded."""
    unfolded = raw.replace("\r\n", "\n").replace("\n ", " ")
    return next(line for line in unfolded.split("\n") if line.lower().startswith(name.lower() + ":"))


def test_google_stamps_what_it_receives_with_its_own_verdict(client: Client) -> None:
    graph_send(client, MARA, mime(MARA, JONAS, "Hello", "<a@contoso.example>"))
    client.settle()
    (mail,) = client.mails(JONAS)
    verdict = topmost(mail["raw"], "Authentication-Results")
    assert verdict.startswith("Authentication-Results: mx.google.com;")
    assert "dkim=pass header.i=@contoso.example" in verdict
    assert "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=contoso.example" in verdict
    assert topmost(mail["raw"], "Return-Path") == f"Return-Path: <{MARA}>"


def test_google_takes_out_a_verdict_that_a_sender_forged_in_its_name_and_keeps_foreign_ones(client: Client) -> None:
    forged = "Authentication-Results: mx.google.com; dmarc=pass header.from=forged.example"
    foreign = "Authentication-Results: mx.else.example; dmarc=pass header.from=foreign.example"
    graph_send(client, MARA, mime(MARA, JONAS, "Hello", "<a@contoso.example>", forged, foreign))
    client.settle()
    (mail,) = client.mails(JONAS)
    assert "forged.example" not in mail["raw"]
    assert "foreign.example" in mail["raw"]


def test_exchange_stamps_foreign_mail_and_marks_that_of_its_own_tenant_as_internal(client: Client) -> None:
    forged = "X-MS-Exchange-Organization-AuthAs: Internal"
    gmail_send(client, JONAS, mime(JONAS, OUTLOOK, "From Google", "<a@gmail.example>", forged))
    client.settle()
    graph_send(client, THEO, mime(THEO, OUTLOOK, "From inside", "<b@contoso.example>"))
    client.settle()
    foreign, inside = client.mails(OUTLOOK)
    verdict = topmost(foreign["raw"], "Authentication-Results")
    assert "dmarc=pass action=none header.from=gmail.example" in verdict
    assert foreign["raw"].count("AuthAs") == 1
    assert topmost(foreign["raw"], "X-MS-Exchange-Organization-AuthAs").endswith("Anonymous")
    assert topmost(inside["raw"], "X-MS-Exchange-Organization-AuthAs").endswith("Internal")
    assert "dkim=none" in topmost(inside["raw"], "Authentication-Results")


@pytest.mark.parametrize("service", [OUTLOOK, GMAIL])
def test_an_outsider_under_a_known_name_fails_every_check(client: Client, service: str) -> None:
    client.hand(account=JONAS, act="send", to=service, subject="Hi", text="Me!", **{"from": f"Mara <{MARA}>"})
    client.settle()
    (mail,) = client.mails(service)
    verdict = topmost(mail["raw"], "Authentication-Results")
    assert "spf=fail" in verdict
    assert "dmarc=fail" in verdict
    assert "AuthAs: Internal" not in mail["raw"]


@pytest.mark.parametrize("service", [OUTLOOK, GMAIL])
def test_mail_to_an_unknown_address_comes_back_as_a_report(client: Client, service: str) -> None:
    raw = mime(service, "nobody@nowhere.example", "Agenda", "<a@contoso.example>")
    graph_send(client, service, raw) if service == OUTLOOK else gmail_send(client, service, raw)
    assert client.advance()[1] == [service]
    (bounce,) = client.mails(service)
    assert "multipart/report; report-type=delivery-status" in bounce["raw"]
    assert "Final-Recipient: rfc822;nobody@nowhere.example" in bounce["raw"]


def test_blind_copies_arrive_and_nobody_sees_them(client: Client) -> None:
    graph_send(client, OUTLOOK, mime(OUTLOOK, JONAS, "A", "<a@contoso.example>", f"Bcc: {ISLA}"))
    client.settle()
    assert [len(client.mails(person)) for person in (JONAS, ISLA)] == [1, 1]
    assert ISLA not in client.mails(JONAS)[0]["raw"]


def test_a_mail_in_full_shows_its_parts(client: Client) -> None:
    client.hand(account=MARA, act="send", to=JONAS, subject="Grüße", text="Zwei\nZeilen")
    client.settle()
    (mail,) = client.mails(JONAS)
    payload = client.gmail("GET", JONAS, f"/messages/{mail['id']}", params={"format": "full"}).json()["payload"]
    assert [part["mimeType"] for part in payload["parts"]] == ["text/plain", "text/html"]
    assert "Zwei" in base64.urlsafe_b64decode(payload["parts"][0]["body"]["data"]).decode()
    assert {"name": "Subject", "value": "Grüße"} in payload["headers"]
    assert client.report()["checked"]["violations"] == []
