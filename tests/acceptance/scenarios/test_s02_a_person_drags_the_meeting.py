"""S2: somebody drags the meeting in the own calendar; a human's move is a fact, a guest's is a wish."""

from datetime import timedelta

from domain.by import CALENDAR
from domain.cadence import one_cadence_later
from domain.meeting_events import MeetingMoved, TimeProposed
from domain.rules_talks import agenda_due
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, ZONES, berlin, busy, chicago, pair

TUESDAY, THURSDAY = chicago("2027-03-02 10:00"), chicago("2027-03-04 09:30")


@SWAPPED
def test_the_organisers_move_shows_in_the_other_calendar_and_shifts_the_agenda_without_a_mail(
    mara_in: str,
) -> None:
    with pair(mara_in, organiser="mentor") as two:
        assert two.live_to_booking().time.start == TUESDAY
        two.moves(MARA, THURSDAY)
        assert [shown.start for shown in two.shown(JONAS)] == [THURSDAY] == [berlin("2027-03-04 16:30")]
        (moved,) = two.events(MeetingMoved)
        assert (moved.time.start, moved.by.channel, moved.by.actor) == (THURSDAY, CALENDAR, two.relationship.mentor_id)
        assert agenda_due(two.meeting, two.relationship.charter) == THURSDAY - timedelta(days=1)
        two.live_until(THURSDAY - timedelta(days=1, minutes=5))
        assert two.mails() == []
        two.live(minutes=10)
        assert two.mails() == [("Mara", "agenda")]


@SWAPPED
def test_the_next_meeting_is_spaced_from_where_the_last_one_was_dragged_to(mara_in: str) -> None:
    with pair(mara_in, organiser="mentor") as two:
        two.live_to_booking()
        two.moves(MARA, THURSDAY)
        two.live_until(THURSDAY + timedelta(days=3))
        charter = two.relationship.charter
        assert two.meeting.cycle == 2
        assert two.meeting.target == one_cadence_later(THURSDAY, charter, ZONES[MARA]) == chicago("2027-04-01 09:30")


@SWAPPED
def test_a_guests_move_of_the_own_copy_moves_the_meeting_when_it_suits_both(mara_in: str) -> None:
    guest, organiser = (MARA, "mentee") if mara_in == "microsoft" else (JONAS, "mentor")
    with pair(mara_in, organiser=organiser) as two:
        two.live_to_booking()
        two.moves(guest, THURSDAY)
        assert len(two.events(TimeProposed)) == 1
        two.live(minutes=30)
        for who in (MARA, JONAS):
            assert [shown.start for shown in two.shown(who)] == [THURSDAY]
        assert two.meeting.time.start == THURSDAY
        assert two.mails() == []


@SWAPPED
def test_a_guests_move_onto_another_appointment_of_the_organisers_is_one_question_to_the_organiser(
    mara_in: str,
) -> None:
    guest, organiser = (MARA, "mentee") if mara_in == "microsoft" else (JONAS, "mentor")
    other, name = (JONAS, "Jonas") if guest == MARA else (MARA, "Mara")
    with pair(mara_in, busy(other, THURSDAY, THURSDAY + timedelta(hours=1)), organiser=organiser) as two:
        two.live_to_booking()
        two.moves(guest, THURSDAY)
        two.live(hours=20)
        assert two.meeting.time.start == TUESDAY
        assert two.mails() == [(name, "notice")]
