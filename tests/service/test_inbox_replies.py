"""What the mails of the two bring about, how each is answered once, and how it is taken back."""

from pathlib import Path

from domain.charter import Role
from domain.ledger import WorkState
from domain.meeting import MeetingState
from domain.relationship_events import MailHeld
from domain.relationship_state import Status
from service.inbox import PARKED, receive
from service.people import add_person
from tests.service.test_inbox import STRANGER, request_id, write_in
from tests.service.theatre import HOUR, MENTEE, MENTOR, SERVICE, Theatre, theatre
from tests.unit.domain_cast import by_cli

ADA, PIA = "ada@example.net", "pia@example.org"


def reply(stage: Theatre, account: str, kind: str, text: str) -> None:
    """Let the newest mail of that kind be answered as a mail program does."""
    stage.hands.reply(account, stage.inbox(account, kind)[-1].id, text)
    stage.live_until(stage.world.now + HOUR)


def to_agenda(stage: Theatre) -> None:
    stage.habits.pop("held_question", None)
    stage.live_to("agenda")
    stage.live_until(stage.world.now + HOUR)


def body(stage: Theatre, account: str, kind: str = "echo") -> str:
    return stage.inbox(account, kind)[-1].raw.decode("ascii", "replace").replace("=\r\n", "")


def reasons(stage: Theatre) -> list[str]:
    return [event.reason for event in stage.house.streams.events(stage.id) if isinstance(event, MailHeld)]


def test_our_mails_are_answered_at_an_address_that_finds_them_without_any_thread(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        address = body(stage, MENTOR, "request").split("Reply-To: ")[1].split("\r\n")[0]
        assert address.startswith("mentoring+")
        write_in(stage, MENTOR, "Accept", None, X_To=address, Delivered_To=address)
        assert stage.relationship.status is Status.ACCEPTED


def test_an_address_that_was_not_made_by_us_is_held_even_in_the_right_thread(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        address = body(stage, MENTOR, "request").split("Reply-To: ")[1].split("\r\n")[0]
        forged = f"{address.partition('.')[0]}.{'a' * 16}@example.org"
        write_in(stage, MENTOR, "Accept", answers, Delivered_To=forged)
        assert stage.relationship.status is Status.REQUESTED
        assert reasons(stage) == ["the address that it was written to was not made for it"]


def test_each_accepted_mail_is_answered_once_with_what_was_understood_and_what_was_not(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        reply(stage, MENTOR, "request", "Happy to, thanks!\n\nThe coffee is on me.")
        said = body(stage, MENTOR, "charter")
        assert "You said yes to Jonas" in said
        assert "The coffee is on me." in said
        assert "undo" in said
        for letter in stage.inbox(SERVICE):
            receive(stage.house, letter.id)
        stage.live_until(stage.world.now + HOUR)
        assert (len(stage.inbox(MENTOR, "charter")), stage.inbox(MENTOR, "echo")) == (1, [])


def test_undo_in_answer_to_our_answer_takes_it_back_and_thanks_end_the_conversation(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        reply(stage, MENTOR, "request", "accept")
        reply(stage, MENTOR, "charter", "undo")
        assert stage.relationship.status is Status.REQUESTED
        reply(stage, MENTOR, "echo", "Thank you so much!")
        reply(stage, MENTOR, "echo", "One more word that means nothing to a program")
        assert len(stage.inbox(MENTOR, "echo")) == 1


def test_a_skipped_meeting_leaves_the_calendars_and_the_other_hears_of_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        (before,) = stage.events(MENTEE)
        reply(stage, MENTOR, "agenda", "lass uns das ausfallen lassen\n\nViele Grüße\nMara")
        assert stage.relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED
        assert before not in stage.events(MENTEE)
        assert "left out" in body(stage, MENTEE, "notice")
        reply(stage, MENTOR, "notice", "undo")
        assert [entry.time for entry in stage.events(MENTEE)] == [before.time]


def test_a_question_mark_changes_nothing_and_is_asked_back_once(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        reply(stage, MENTOR, "agenda", "skip?")
        assert stage.relationship.meetings.current is not None
        assert "question mark" in body(stage, MENTOR)
        reply(stage, MENTOR, "echo", "skip")
        assert stage.relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED


def test_a_meeting_is_shortened_and_moved_by_a_word(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        reply(stage, MENTOR, "agenda", "shorten")
        assert [(e.time.end - e.time.start).seconds for e in stage.events(MENTEE)] == [900]
        reply(stage, MENTOR, "agenda", "please reschedule")
        assert stage.relationship.meetings.of_cycle(1)[0].state is MeetingState.CANCELLED


def test_closing_ends_it_and_undo_opens_it_again(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        reply(stage, MENTOR, "agenda", "close")
        assert stage.events(MENTEE) == []
        assert "has been closed" in body(stage, MENTEE, "notice")
        seen = [stage.relationship.status]
        reply(stage, MENTOR, "echo", "undo")
        assert [*seen, stage.relationship.status] == [Status.ENDED, Status.AGREED]
        assert len(stage.events(MENTEE)) == 1


def test_stop_is_silent_and_resume_brings_the_mails_back(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        reply(stage, MENTOR, "request", "stop")
        assert stage.inbox(MENTOR, "echo") == []
        reply(stage, MENTOR, "request", "resume")
        assert not stage.house.streams.person(stage.relationship.mentor_id).paused
        assert "get mails again" in body(stage, MENTOR)


def test_stop_without_any_thread_is_heard_also_in_a_subject(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        raw = f"From: {MENTEE}\r\nTo: {SERVICE}\r\nSubject: stop\r\nMessage-ID: <s@example.net>\r\n\r\n\r\n"
        stage.hands.write(MENTEE, raw.encode())
        stage.live_until(stage.world.now + HOUR)
        assert stage.house.streams.person(stage.relationship.mentee_id).paused


def test_a_doubtful_mail_is_asked_back_at_the_registered_address_alone_and_once(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        for _ in range(3):
            write_in(stage, STRANGER, "Accept, and here is a secret", answers)
        assert len(stage.inbox(MENTOR, "echo")) == 1
        assert stage.inbox(STRANGER) == []
        assert "secret" not in body(stage, MENTOR)
        assert len(stage.relationship.held_mails) == 3
        reply(stage, MENTOR, "echo", "accept")
        assert stage.relationship.status is Status.ACCEPTED


def test_machine_mail_is_never_answered(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        for sign in ("Auto_Submitted", "Precedence"):
            write_in(stage, MENTOR, "accept", answers, **{sign: "auto-replied" if sign[0] == "A" else "bulk"})
        assert (stage.inbox(MENTOR, "echo"), len(stage.relationship.held_mails)) == ([], 2)


def test_a_delegate_answers_for_the_mentor_but_cannot_agree_to_anything_lasting(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.add(PIA)
        answers = request_id(stage)
        mentor = stage.house.streams.person(stage.relationship.mentor_id)
        mentor.name_delegate(PIA, by_cli(stage.world.now))
        stage.house.streams.save(mentor, now=stage.world.now)
        write_in(stage, PIA, "accept", answers)
        assert stage.relationship.status is Status.REQUESTED
        stage.habits.update({"charter": "agree", "preparation": "Questions: how?"})
        reply(stage, MENTOR, "request", "accept")
        to_agenda(stage)
        write_in(stage, PIA, "skip", stage.inbox(MENTOR, "agenda")[-1].message_id)
        heard = list(stage.relationship.heard.values())[-1]
        assert (heard.role, heard.delegate and heard.delegate.reveal()) == (Role.MENTOR, PIA)
        assert stage.relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED


BOUNCE = (
    "From: postmaster@example.org\r\nTo: {service}\r\nSubject: Undeliverable\r\nMessage-ID: <b@example.org>\r\n"
    "Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    "--b\r\n\r\nno\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;x\r\n\r\n"
    "Final-Recipient: rfc822;{address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n"
    "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\n--b--\r\n"
)


def test_an_address_that_bounces_gets_no_more_mail_until_its_owner_writes_from_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        stage.world.add("postmaster@example.org")
        for address, bounces in ((MENTEE, False), (MENTOR, True)):
            raw = BOUNCE.format(service=SERVICE, address=address, id=answers)
            stage.hands.write("postmaster@example.org", raw.encode())
            stage.live_until(stage.world.now + HOUR)
            assert stage.house.streams.person(stage.relationship.mentor_id).bounces is bounces
        assert not stage.house.streams.person(stage.relationship.mentee_id).bounces
        reply(stage, MENTOR, "request", "accept")
        assert not stage.house.streams.person(stage.relationship.mentor_id).bounces
        assert stage.inbox(MENTOR, "charter")


def test_mail_to_a_bouncing_address_is_not_sent_and_lapses_for_that_reason(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        mentee = stage.house.streams.person(stage.relationship.mentee_id)
        mentee.mark_bounced(MENTEE, by_cli(stage.world.now))
        stage.house.streams.save(mentee, now=stage.world.now)
        stage.live_until(stage.world.now + 100 * HOUR)
        assert stage.inbox(MENTEE, "held_question") == []
        lapsed = {name[0]: why for name, why in stage.relationship.lapsed.items() if name[2] == "mentee"}
        assert "takes no mail" in lapsed["held_question"]


def test_a_mail_that_cannot_be_read_is_parked_once_with_its_reason_and_the_next_is_read(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(300))
        stage.world.add("bomber@example.com")
        stage.hands.write("bomber@example.com", f"From: {MENTOR}\r\nTo: {SERVICE}\r\n{nested}".encode())
        write_in(stage, MENTOR, "accept", answers)
        assert stage.relationship.status is Status.ACCEPTED
        parked = stage.house.ledger.rows([WorkState.OPEN], kinds=[PARKED])
        assert ["unreadable" in row.work.recipient for row in parked] == [True]


def test_a_mail_that_asks_for_nothing_is_asked_back_with_its_words(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        reply(stage, MENTOR, "request", "Who is this Jonas? I never met him.")
        assert reasons(stage) == ["nothing in it was understood as an answer to that mail"]
        assert "I never met him" in body(stage, MENTOR)


REQUEST = (
    "Hello,\r\n\r\nMentor: {mentor}\r\n\r\nZiele:\r\n- Lead a team\r\n- Say no\r\n\r\n"
    "Why you:\r\nYou have done it.\r\n\r\n"
)


def test_a_request_begins_by_mail_and_one_that_is_not_whole_begins_nothing(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits.clear()
        stage.live_until(stage.world.now + HOUR)
        add_person(stage.house, ADA, "Ada Sand", "google", "Europe/Berlin", "mon-fri 09:00-18:00")
        stage.world.add(ADA)
        before = len(stage.house.streams.summaries("relationship"))
        for mentor, rest in (
            (MENTOR, ""),
            ("Nobody Known", "What I bring: time"),
            ("Mara Lindqvist", "What I bring: time\r\nand patience"),
        ):
            write_in(stage, ADA, REQUEST.format(mentor=mentor) + rest, None)
        made = stage.house.streams.summaries("relationship")[before:]
        (relationship,) = (stage.house.streams.relationship(summary.id) for summary in made)
        assert [goal.reveal() for goal in relationship.goals] == ["Lead a team", "Say no"]
        assert (relationship.why.reveal(), relationship.bring.reveal()) == ("You have done it.", "time\nand patience")
        assert "is asked to be your mentor" in body(stage, ADA)
        first, _, _ = stage.inbox(ADA, "echo")
        assert b"What I bring: what you bring along" in first.raw.replace(b"=\r\n", b"")
        assert len(stage.inbox(MENTOR, "request")) == 2
