"""The promises of the port `Mailbox`, the same for memory, Outlook and Gmail."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from domain.errors import Broken, CursorExpired, Doubtful, TryLater
from domain.mail import Draft, Sent
from tests.contract.stage import Stage, Trouble

OURS = "<agenda-1.mentorsync@service.example>"


def composed(stage: Stage, message_id: str = OURS, subject: str = "Agenda for Thursday", answers: str = "") -> bytes:
    """Return a mail to the outsider as our composer makes them."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = stage.host, stage.outsider, subject
    mail["Date"] = stage.now()
    mail["Message-ID"] = mail["X-Mentorsync-Id"] = message_id
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content("Zwölf Fragen.\n")
    mail.add_alternative("<p>Zwölf Fragen.</p>\n", subtype="html")
    return mail.as_bytes()


def parsed(raw: bytes) -> EmailMessage:
    """Return the mail's headers and parts."""
    return message_from_bytes(raw, policy=default)


def subjects(stage: Stage, ids: tuple[str, ...]) -> list[str]:
    """Return the subjects of the host's mails."""
    raws = [stage.mailbox.raw(stage.host, id) for id in ids]
    return [str(parsed(raw)["Subject"]) for raw in raws if raw is not None]


def sent(stage: Stage, mime: bytes, conversation: str = "") -> Sent:
    """Send a mail and let it arrive."""
    left = stage.mailbox.send(stage.host, stage.mailbox.draft(stage.host, mime, conversation))
    stage.settle()
    return left


def test_the_first_look_gives_a_cursor_and_nothing_of_the_past(stage: Stage) -> None:
    stage.write(stage.colleague, stage.host, "Before", "old")
    first = stage.mailbox.arrivals(stage.host, None)
    assert first.message_ids == ()
    assert stage.mailbox.arrivals(stage.host, first.cursor).message_ids == ()


def test_what_arrives_from_both_clouds_is_named_oldest_first(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.write(stage.colleague, stage.host, "First", "one")
    stage.write(stage.outsider, stage.host, "Second", "two")
    news = stage.mailbox.arrivals(stage.host, cursor)
    assert subjects(stage, news.message_ids) == ["First", "Second"]


def test_the_next_round_begins_where_the_last_one_ended(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.write(stage.colleague, stage.host, "First", "one")
    first = stage.mailbox.arrivals(stage.host, cursor)
    stage.write(stage.colleague, stage.host, "Second", "two")
    second = stage.mailbox.arrivals(stage.host, first.cursor)
    assert "Second" in subjects(stage, second.message_ids)
    assert stage.mailbox.arrivals(stage.host, second.cursor).message_ids == ()


def test_reading_twice_from_one_cursor_leaves_nothing_out(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.write(stage.colleague, stage.host, "First", "one")
    once = stage.mailbox.arrivals(stage.host, cursor)
    twice = stage.mailbox.arrivals(stage.host, cursor)
    assert len(once.message_ids) == 1
    assert set(once.message_ids) <= set(twice.message_ids)


def test_our_own_drafts_and_sent_mails_are_no_arrivals(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.mailbox.draft(stage.host, composed(stage, "<other@service.example>"), "")
    sent(stage, composed(stage))
    assert stage.mailbox.arrivals(stage.host, cursor).message_ids == ()


def test_a_forgotten_cursor_says_so_and_the_recent_mails_are_the_way_back(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.write(stage.colleague, stage.host, "Old", "long ago")
    since = stage.now()
    stage.write(stage.colleague, stage.host, "First", "one")
    stage.write(stage.outsider, stage.host, "Second", "two")
    stage.trouble("mailbox.arrivals", Trouble.EXPIRED)
    with pytest.raises(CursorExpired):
        stage.mailbox.arrivals(stage.host, cursor)
    recent = stage.mailbox.recent(stage.host, since)
    assert [name for name in subjects(stage, recent.message_ids) if name != "Old"] == ["First", "Second"]
    stage.write(stage.colleague, stage.host, "Third", "three")
    assert "Third" in subjects(stage, stage.mailbox.arrivals(stage.host, recent.cursor).message_ids)


def test_recent_reaches_back_no_further_than_a_day_before_the_given_instant(stage: Stage) -> None:
    stage.write(stage.colleague, stage.host, "Old", "long ago")
    recent = stage.mailbox.recent(stage.host, stage.now() + timedelta(days=2))
    assert recent.message_ids == ()


def test_a_mail_is_read_raw_as_it_arrived(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.write(stage.outsider, stage.host, "Grüße", "Zwölf Boxkämpfer")
    (id,) = stage.mailbox.arrivals(stage.host, cursor).message_ids
    raw = stage.mailbox.raw(stage.host, id)
    assert raw is not None
    mail = parsed(raw)
    body = mail.get_body(("plain",))
    assert (mail["Subject"], mail["To"]) == ("Grüße", stage.host)
    assert stage.outsider in mail["From"]
    assert body is not None
    assert "Zwölf Boxkämpfer" in body.get_content()
    assert raw == stage.inbox(stage.host)[-1]


def test_a_mail_that_is_not_there_reads_as_none(stage: Stage) -> None:
    assert stage.mailbox.raw(stage.host, "neverwas0") is None


def test_a_draft_stays_where_it_is_until_it_is_sent(stage: Stage) -> None:
    draft = stage.mailbox.draft(stage.host, composed(stage), "")
    stage.settle()
    assert stage.inbox(stage.outsider) == []
    found = stage.mailbox.find(stage.host, OURS, draft)
    assert isinstance(found, Draft)
    assert found.draft_id == draft.draft_id


def test_a_sent_draft_arrives_once_on_the_other_cloud_as_it_was_composed(stage: Stage) -> None:
    mime = composed(stage)
    left = sent(stage, mime)
    (raw,) = stage.inbox(stage.outsider)
    mail, original = parsed(raw), parsed(mime)
    assert mail["Message-ID"] == left.message_id
    assert [mail[name] for name in ("From", "To", "Subject")] == [original[n] for n in ("From", "To", "Subject")]
    for kind in ("plain", "html"):
        body, ours = mail.get_body((kind,)), original.get_body((kind,))
        assert body is not None
        assert ours is not None
        assert body.get_content().split() == ours.get_content().split()


def test_a_sent_mail_is_found_as_sent_under_our_id(stage: Stage) -> None:
    draft = stage.mailbox.draft(stage.host, composed(stage), "")
    left = stage.mailbox.send(stage.host, draft)
    stage.settle()
    assert stage.mailbox.find(stage.host, OURS, draft) == left
    assert stage.mailbox.find(stage.host, OURS, None) == left


def test_the_copy_of_a_sent_mail_can_be_read(stage: Stage) -> None:
    sent(stage, composed(stage))
    found = stage.mailbox.find(stage.host, OURS, None)
    assert isinstance(found, Sent)
    raw = stage.mailbox.raw(stage.host, found.copy)
    assert raw is not None
    assert parsed(raw)["Subject"] == "Agenda for Thursday"


def test_what_was_never_composed_is_not_found(stage: Stage) -> None:
    sent(stage, composed(stage))
    stage.mailbox.draft(stage.host, composed(stage, "<agenda-2.mentorsync@service.example>"), "")
    assert stage.mailbox.find(stage.host, "<agenda-3.mentorsync@service.example>", None) is None


def test_looking_changes_nothing(stage: Stage) -> None:
    draft = stage.mailbox.draft(stage.host, composed(stage), "")
    for known in (None, draft, None):
        assert isinstance(stage.mailbox.find(stage.host, OURS, known), Draft)
    stage.settle()
    assert stage.inbox(stage.outsider) == []


def test_a_draft_whose_answer_was_lost_is_found_under_our_id(stage: Stage) -> None:
    stage.trouble("mailbox.draft", Trouble.LOST)
    with pytest.raises(Doubtful):
        stage.mailbox.draft(stage.host, composed(stage), "")
    found = stage.mailbox.find(stage.host, OURS, None)
    assert isinstance(found, Draft)
    stage.mailbox.send(stage.host, found)
    stage.settle()
    assert len(stage.inbox(stage.outsider)) == 1


def test_a_send_whose_answer_was_lost_is_found_and_the_mail_left_once(stage: Stage) -> None:
    draft = stage.mailbox.draft(stage.host, composed(stage), "")
    stage.trouble("mailbox.send", Trouble.LOST)
    with pytest.raises(Doubtful):
        stage.mailbox.send(stage.host, draft)
    stage.settle()
    found = stage.mailbox.find(stage.host, OURS, draft)
    assert isinstance(found, Sent)
    (raw,) = stage.inbox(stage.outsider)
    assert parsed(raw)["Message-ID"] == found.message_id


def test_sending_a_draft_again_never_lets_a_second_mail_leave(stage: Stage) -> None:
    draft = stage.mailbox.draft(stage.host, composed(stage), "")
    left = stage.mailbox.send(stage.host, draft)
    stage.settle()
    try:
        again = stage.mailbox.send(stage.host, draft)
    except Doubtful:
        again = left
    stage.settle()
    assert again == left
    assert len(stage.inbox(stage.outsider)) == 1


def test_sending_a_draft_that_never_was_is_doubtful(stage: Stage) -> None:
    with pytest.raises(Doubtful):
        stage.mailbox.send(stage.host, Draft("neverwas0"))


def test_a_refused_send_leaves_the_draft_for_another_try(stage: Stage) -> None:
    draft = stage.mailbox.draft(stage.host, composed(stage), "")
    stage.trouble("mailbox.send", Trouble.BUSY, retry_after="60")
    with pytest.raises(TryLater) as caught:
        stage.mailbox.send(stage.host, draft)
    assert caught.value.not_before == stage.now() + timedelta(seconds=60)
    stage.settle()
    assert isinstance(stage.mailbox.find(stage.host, OURS, draft), Draft)
    stage.mailbox.send(stage.host, draft)
    stage.settle()
    assert len(stage.inbox(stage.outsider)) == 1


def test_a_reply_from_the_other_cloud_names_the_id_that_left(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    left = sent(stage, composed(stage))
    stage.reply(stage.outsider, "Agenda", "Two questions from me.")
    (id,) = stage.mailbox.arrivals(stage.host, cursor).message_ids
    raw = stage.mailbox.raw(stage.host, id)
    assert raw is not None
    mail = parsed(raw)
    assert mail["In-Reply-To"] == left.message_id
    assert left.message_id in mail["References"]


def test_a_thread_goes_on_by_conversation_and_headers(stage: Stage) -> None:
    first = sent(stage, composed(stage))
    stage.reply(stage.outsider, "Agenda", "Two questions from me.")
    answer = str(parsed(stage.inbox(stage.host)[-1])["Message-ID"])
    mime = composed(stage, "<agenda-2@service.example>", "Re: Agenda for Thursday", f"{first.message_id} {answer}")
    second = sent(stage, mime, first.conversation)
    assert second.conversation == first.conversation
    assert second.message_id != first.message_id
    last = parsed(stage.inbox(stage.outsider)[-1])
    assert str(last["References"]).split() == [first.message_id, answer]


def test_mails_without_a_thread_are_conversations_of_their_own(stage: Stage) -> None:
    first = sent(stage, composed(stage))
    second = sent(stage, composed(stage, "<agenda-2@service.example>", "Something else"))
    assert first.conversation
    assert second.conversation not in ("", first.conversation)


def test_a_conversation_that_is_gone_does_not_hold_a_mail_up(stage: Stage) -> None:
    sent(stage, composed(stage), "neverwas0")
    assert len(stage.inbox(stage.outsider)) == 1


def test_the_mailbox_of_an_unknown_account_is_broken(stage: Stage) -> None:
    with pytest.raises(Broken):
        stage.mailbox.arrivals("nobody@nowhere.example", None)


CALLS: dict[str, Callable[[Stage], object]] = {
    "mailbox.recent": lambda stage: stage.mailbox.recent(stage.host, stage.now()),
    "mailbox.raw": lambda stage: stage.mailbox.raw(stage.host, "neverwas0"),
    "mailbox.find": lambda stage: stage.mailbox.find(stage.host, OURS, Draft("neverwas0")),
    "mailbox.draft": lambda stage: stage.mailbox.draft(stage.host, composed(stage), ""),
}


@pytest.mark.parametrize("operation", sorted(CALLS))
def test_a_busy_provider_says_when_to_come_back_and_nothing_was_done(stage: Stage, operation: str) -> None:
    stage.trouble(operation, Trouble.BUSY, retry_after="120")
    with pytest.raises(TryLater) as caught:
        CALLS[operation](stage)
    assert caught.value.not_before == stage.now() + timedelta(seconds=120)
    stage.settle()
    assert stage.mailbox.find(stage.host, OURS, None) is None


@pytest.mark.parametrize("operation", sorted(set(CALLS) - {"mailbox.draft"}))
def test_a_question_to_a_provider_out_of_order_is_tried_later(stage: Stage, operation: str) -> None:
    stage.trouble(operation, Trouble.DOWN)
    with pytest.raises(TryLater):
        CALLS[operation](stage)
    CALLS[operation](stage)


@pytest.mark.parametrize("operation", sorted(CALLS))
def test_withdrawn_consent_is_broken(stage: Stage, operation: str) -> None:
    stage.trouble(operation, Trouble.REVOKED)
    with pytest.raises(Broken):
        CALLS[operation](stage)


def test_a_round_that_fails_loses_nothing(stage: Stage) -> None:
    cursor = stage.mailbox.arrivals(stage.host, None).cursor
    stage.write(stage.colleague, stage.host, "First", "one")
    stage.trouble("mailbox.arrivals", Trouble.DOWN)
    with pytest.raises(TryLater):
        stage.mailbox.arrivals(stage.host, cursor)
    assert subjects(stage, stage.mailbox.arrivals(stage.host, cursor).message_ids) == ["First"]
