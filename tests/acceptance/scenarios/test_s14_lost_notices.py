"""S14: cursors are rejected and notices are lost, doubled and overtaken: it ends as if everything had come in order."""

from dataclasses import replace
from datetime import timedelta

from domain.meeting import Meeting
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, Shown, chicago, pair

THURSDAY, FRIDAY = chicago("2027-03-04 09:30"), chicago("2027-03-05 10:00")
Ending = tuple[list[Meeting], list[str], list[tuple[str, str]], list[Shown], list[Shown]]


def troubles() -> list[Json]:
    """Return what befalls the notices and cursors of both."""
    notices = [
        (MARA, "notification_lost"), (JONAS, "notification_lost"), (MARA, "notification_doubled"),
        (JONAS, "notification_reordered"),
    ]  # fmt: skip
    cursors = ("calendarView.delta", "events.list")
    return [
        *({"operation": "notification", "fault": fault, "account": account} for account, fault in notices),
        *({"operation": operation, "fault": "expired_cursor"} for operation in cursors),
    ]


def ending(mara_in: str, *faults: Json) -> Ending:
    """Live through the same days and return how they end: the meetings, the events, the mails and both calendars."""
    with pair(mara_in, organiser="mentor", pushed=True) as two:
        two.live_to_booking()
        two.remote.faults(list(faults))
        two.moves(MARA, THURSDAY)
        two.live(hours=30)
        two.does(JONAS, "accept")
        two.does(JONAS, "busy", start=FRIDAY, end=FRIDAY + timedelta(hours=1))
        two.live(hours=30)
        kinds = sorted(type(event).__name__ for event in two.house.streams.events(two.id))
        # When a move was learned is all that may differ.
        meetings = [replace(meeting, placed_at=None) for meeting in two.relationship.meetings.items]
        return meetings, kinds, sorted(two.mails()), two.shown(MARA), two.shown(JONAS)


@SWAPPED
def test_the_meeting_the_stream_the_mails_and_both_calendars_end_as_with_perfect_delivery(mara_in: str) -> None:
    assert ending(mara_in, *troubles()) == ending(mara_in)
