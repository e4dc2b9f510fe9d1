"""S11: the mentor's assistant names other times on her clock and asks for the agenda; the mentor gets no mail."""

import pytest

from domain.charter import Role
from domain.meeting_events import TimeProposed
from service.people import PersonChanges, change_person
from service.queries_history import history
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, Pair, berlin, busy, chicago, pair

PIA = "pia.brandt@contoso.example"
AGENDA_IS_OUT = chicago("2027-03-01 12:00")
ON_WEDNESDAY = "Mara can't do Tuesday, 9:00 or 10:15 Wed our time?"


def writes(two: Pair, kind: str, text: str) -> list[Json]:
    """Let Pia, who acts for Mara, answer the newest mail of a kind that Mara got; return the mails that Pia gets."""
    mail = two.mails_of(MARA, kind)[-1]
    to = two.reply_address(mail)
    words = {"to": to, "subject": f"Re: {mail['subject']}", "text": text, "in_reply_to": mail["message_id"]}
    two.remote.hand([{"account": PIA, "act": "send", **words}])
    two.live(hours=2)
    return [mail for mail in two.remote.world()["mails"] if (mail["account"], mail["folder"]) == (PIA, "inbox")]


def named(two: Pair) -> None:
    """Let Pia act for Mara."""
    mentor = two.house.streams.person(two.relationship.mentor_id)
    change_person(two.house, mentor, PersonChanges(delegates=(PIA,)))


@pytest.mark.parametrize(("mara_in", "taken"), [("microsoft", False), ("google", True)])
def test_the_first_of_two_times_on_the_mentors_clock_that_is_free_for_the_mentee_is_taken(
    mara_in: str, taken: bool
) -> None:
    his = [busy(JONAS, berlin("2027-03-03 16:00"), berlin("2027-03-03 16:30"))] if taken else []
    with pair(mara_in, *his, colleagues={PIA: "Pia Brandt"}) as two:
        named(two)
        two.live_to_booking()
        two.live_until(AGENDA_IS_OUT)
        two.forget_mails()
        answers = writes(two, "agenda", f"{ON_WEDNESDAY}\n\nBest\nPia")
        start = chicago("2027-03-03 10:15" if taken else "2027-03-03 09:00")
        assert [shown.start for shown in two.shown(JONAS)] == [start] == [shown.start for shown in two.shown(MARA)]
        assert two.mails() == []
        assert len(answers) == 1
        (wish,) = two.events(TimeProposed)
        assert (wish.role, wish.by.channel) == (Role.MENTOR, "mail")
        lines = [line.who for line in history(two.house, two.id).events if line.event.endswith("time-proposed")]
        assert lines == ["delegate of Mara"]


@SWAPPED
def test_asked_for_the_agenda_the_delegate_hears_how_far_it_is_and_the_mentor_alone_what_it_says(mara_in: str) -> None:
    with pair(mara_in, colleagues={PIA: "Pia Brandt"}) as two:
        named(two)
        two.live_to_booking()
        two.replies(JONAS, "preparation", "Questions: What should I stop doing?")
        two.live_until(AGENDA_IS_OUT)
        (answer,) = writes(two, "agenda", "Hello, do you have an agenda?\n\nThanks, Pia")
        assert "agenda has been sent" in two.text_of(answer)
        assert "stop doing" not in answer["raw"]
        assert [mail["kind"] for mail in two.mails_of(MARA)] == ["agenda"]
        assert "stop doing" in two.text_of(two.mails_of(MARA, "agenda")[0])


def test_times_outside_the_charter_are_asked_back_and_move_nothing() -> None:
    with pair("microsoft", colleagues={PIA: "Pia Brandt"}) as two:
        named(two)
        meeting = two.live_to_booking()
        two.live_until(AGENDA_IS_OUT)
        (answer,) = writes(two, "agenda", "Mara can't do Tuesday. Would 15:00 on Wednesday work?")
        assert "No time that you name can be used" in two.text_of(answer)
        assert [shown.start for shown in two.shown(JONAS)] == [meeting.time.start]
