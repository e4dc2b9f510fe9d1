"""The promises of the port `Calendar`, the same for memory, Outlook and Google."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.calendar import Booked, CalendarEntry, Move, Response
from domain.errors import Broken, Doubtful, MentorsyncError, Refused, TryLater
from domain.interval import Interval
from tests.contract.stage import DAY, HOUR, LATER, MEETING, Act, Stage, Trouble, everything, request, shown


def copy_of(stage: Stage, account: str, meeting: Booked) -> CalendarEntry | None:
    """Return a guest's copy of the meeting, which has the same uid, unless it is gone or cancelled there."""
    found = everything(stage, account, elsewhere=account == stage.outsider).entries
    return next((item for item in found if item.ical_uid == meeting.ical_uid and not item.cancelled), None)


def responses(entry: CalendarEntry) -> dict[str, Response]:
    """Return the guests' answers by address."""
    return {guest.address: guest.response for guest in entry.attendees}


def test_a_booking_shows_in_the_calendar_as_it_was_asked_for(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    entry = shown(stage, meeting)
    assert (meeting.time, entry.time, meeting.cancelled) == (MEETING, MEETING, False)
    assert (entry.event_id, entry.ical_uid, entry.etag) == (meeting.event_id, meeting.ical_uid, meeting.etag)
    assert (entry.organiser, entry.own_response) == (stage.host, Response.ACCEPTED)
    assert entry.shows.blocks
    assert responses(entry) == {
        stage.colleague: Response.NEEDS_ACTION,
        stage.outsider: Response.NEEDS_ACTION,
    }


def test_an_event_of_ours_carries_a_tag_and_another_one_does_not(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.enter(stage.host, LATER, "busy")
    tags = {entry.event_id: entry.tag for entry in everything(stage, stage.host).entries}
    assert len(tags) == 2
    assert tags.pop(meeting.event_id)
    assert list(tags.values()) == [None]


def test_the_invitation_reaches_guests_on_both_clouds_under_one_uid(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    for guest in (stage.colleague, stage.outsider):
        copy = copy_of(stage, guest, meeting)
        assert copy is not None
        assert (copy.time, copy.organiser) == (MEETING, stage.host)
        assert (copy.own_response, copy.cancelled) == (Response.NEEDS_ACTION, False)


def test_answers_from_both_clouds_come_back_to_the_organiser(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    stage.act(stage.colleague, Act.ACCEPT, meeting)
    stage.act(stage.outsider, Act.DECLINE, meeting)
    assert responses(shown(stage, meeting)) == {
        stage.colleague: Response.ACCEPTED,
        stage.outsider: Response.DECLINED,
    }


def test_booking_twice_with_one_key_makes_one_event(stage: Stage) -> None:
    first = stage.calendar.book(stage.host, request(stage))
    second = stage.calendar.book(stage.host, request(stage))
    assert second.event_id == first.event_id
    assert len(everything(stage, stage.host).entries) == 1


def test_two_keys_make_two_events_at_one_time(stage: Stage) -> None:
    first = stage.calendar.book(stage.host, request(stage, key="booking-1"))
    second = stage.calendar.book(stage.host, request(stage, key="booking-2"))
    assert first.event_id != second.event_id


def test_booking_again_after_a_cancellation_makes_no_second_event(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.calendar.cancel(stage.host, meeting.event_id)
    again = stage.calendar.book(stage.host, request(stage))
    assert again.cancelled
    assert not [entry for entry in everything(stage, stage.host).entries if not entry.cancelled]


def test_a_booking_whose_answer_was_lost_is_found_and_not_made_twice(stage: Stage) -> None:
    stage.trouble("calendar.book", Trouble.LOST)
    with suppress(Doubtful):
        stage.calendar.book(stage.host, request(stage))
    found = stage.calendar.find(stage.host, "booking-1", MEETING)
    assert found is not None
    assert found.time == MEETING
    assert stage.calendar.book(stage.host, request(stage)).event_id == found.event_id
    assert len(everything(stage, stage.host).entries) == 1


def test_what_was_never_booked_is_not_found(stage: Stage) -> None:
    stage.calendar.book(stage.host, request(stage))
    assert stage.calendar.find(stage.host, "booking-2", MEETING) is None


def test_a_booking_is_found_after_a_human_moved_it(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.drag(stage.host, meeting, LATER)
    found = stage.calendar.find(stage.host, "booking-1", MEETING)
    assert found is not None
    assert (found.event_id, found.time) == (meeting.event_id, LATER)


def test_a_cancelled_booking_is_never_found_as_a_living_one(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.calendar.cancel(stage.host, meeting.event_id)
    found = stage.calendar.find(stage.host, "booking-1", MEETING)
    assert found is None or found.cancelled


def test_a_move_changes_the_time_and_touches_no_guest(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    stage.act(stage.colleague, Act.ACCEPT, meeting)
    before = shown(stage, meeting)
    moved = stage.calendar.move(stage.host, Move(meeting.event_id, LATER, "Europe/Berlin", before.etag))
    after = shown(stage, moved)
    assert (moved.time, after.time, after.ical_uid) == (LATER, LATER, meeting.ical_uid)
    assert moved.etag == after.etag != before.etag
    # Calendars may ask their guests anew when the time changed (RFC 5546, 3.2.2.1), but nobody is lost or answered for.
    assert responses(after).keys() == responses(before).keys()
    assert responses(after)[stage.colleague] in (Response.ACCEPTED, Response.NEEDS_ACTION)
    assert responses(after)[stage.outsider] is Response.NEEDS_ACTION
    stage.settle()
    stage.act(stage.outsider, Act.ACCEPT, meeting)
    assert responses(shown(stage, moved))[stage.outsider] is Response.ACCEPTED


def test_a_move_reaches_the_guests_on_both_clouds(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    stage.calendar.move(stage.host, Move(meeting.event_id, LATER, "Europe/Berlin", None))
    stage.settle()
    for guest in (stage.colleague, stage.outsider):
        copy = copy_of(stage, guest, meeting)
        assert copy is not None
        assert copy.time == LATER


def test_a_move_under_an_old_mark_is_refused_and_the_humans_edit_stays(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    by_hand = Interval(MEETING.start + 3 * HOUR, MEETING.end + 3 * HOUR)
    stage.drag(stage.host, meeting, by_hand)
    with pytest.raises(Refused):
        stage.calendar.move(stage.host, Move(meeting.event_id, LATER, "Europe/Berlin", meeting.etag))
    assert shown(stage, meeting).time == by_hand


def test_moving_to_where_it_is_changes_nothing(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    moved = stage.calendar.move(stage.host, Move(meeting.event_id, MEETING, "America/Chicago", meeting.etag))
    assert (moved.time, moved.etag) == (MEETING, meeting.etag)
    assert shown(stage, meeting).etag == meeting.etag


def test_moving_what_is_gone_is_refused(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.calendar.cancel(stage.host, meeting.event_id)
    with pytest.raises(Refused):
        stage.calendar.move(stage.host, Move(meeting.event_id, LATER, "Europe/Berlin", None))


def test_a_move_whose_answer_was_lost_is_doubtful_and_asking_again_is_success(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    move = Move(meeting.event_id, LATER, "Europe/Berlin", meeting.etag)
    stage.trouble("calendar.move", Trouble.LOST)
    with pytest.raises(Doubtful):
        stage.calendar.move(stage.host, move)
    assert stage.calendar.move(stage.host, move).time == LATER


def test_blanking_leaves_a_bare_title_and_every_other_thing_as_it_is_however_often(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    before = shown(stage, meeting)
    assert all(stage.words(stage.host, meeting))
    for _ in range(2):
        stage.calendar.blank(stage.host, meeting.event_id, "Mentoring")
    assert stage.words(stage.host, meeting) == ("Mentoring", "")
    after = shown(stage, meeting)
    assert (after.time, after.attendees, after.tag) == (before.time, before.attendees, before.tag)


def test_blanking_what_is_gone_is_success(stage: Stage) -> None:
    stage.calendar.blank(stage.host, "event-of-nobody", "Mentoring")
    assert stage.calendar.read(stage.host, "event-of-nobody") is None


def test_a_cancellation_takes_the_event_from_everybody_and_twice_is_success(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    stage.calendar.cancel(stage.host, meeting.event_id)
    stage.calendar.cancel(stage.host, meeting.event_id)
    stage.settle()
    entry = stage.calendar.read(stage.host, meeting.event_id)
    assert entry is None or entry.cancelled
    assert copy_of(stage, stage.colleague, meeting) is None
    assert copy_of(stage, stage.outsider, meeting) is None


def test_a_cancellation_whose_answer_was_lost_is_doubtful_and_can_be_asked_again(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.trouble("calendar.cancel", Trouble.LOST)
    with pytest.raises(Doubtful):
        stage.calendar.cancel(stage.host, meeting.event_id)
    stage.calendar.cancel(stage.host, meeting.event_id)


def test_a_guests_copy_is_removed_alone_and_twice_is_success(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    for guest, calendar in ((stage.colleague, stage.calendar), (stage.outsider, stage.elsewhere)):
        copy = copy_of(stage, guest, meeting)
        assert copy is not None
        calendar.remove(guest, copy.event_id)
        calendar.remove(guest, copy.event_id)
        assert copy_of(stage, guest, meeting) is None
    stage.settle()
    assert not shown(stage, meeting).cancelled


def test_an_event_that_never_was_reads_as_none(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.act(stage.host, Act.DELETE, meeting)
    entry = stage.calendar.read(stage.host, meeting.event_id)
    assert entry is None or entry.cancelled
    assert stage.calendar.read(stage.host, "neverwas0") is None


@pytest.mark.parametrize("status", ["busy", "tentative", "oof"])
def test_what_blocks_is_busy(stage: Stage, status: str) -> None:
    stage.enter(stage.host, MEETING, status)
    day = Interval(MEETING.start - DAY, MEETING.end + DAY)
    assert [item.time for item in stage.calendar.busy(stage.host, day)] == [MEETING]


@pytest.mark.parametrize("status", ["free", "workingElsewhere"])
def test_free_and_working_elsewhere_do_not_block(stage: Stage, status: str) -> None:
    stage.enter(stage.host, MEETING, status)
    day = Interval(MEETING.start - DAY, MEETING.end + DAY)
    assert [item for item in stage.calendar.busy(stage.host, day) if item.shows.blocks] == []


def test_busy_times_come_in_order_and_lie_inside_the_window(stage: Stage) -> None:
    half = timedelta(minutes=30)
    stage.enter(stage.host, LATER, "busy")
    stage.enter(stage.host, MEETING, "busy")
    found = stage.calendar.busy(stage.host, Interval(MEETING.start + half, LATER.end - half))
    assert [item.time for item in found] == [
        Interval(MEETING.start + half, MEETING.end),
        Interval(LATER.start, LATER.end - half),
    ]


def test_what_only_touches_the_window_is_not_in_it(stage: Stage) -> None:
    stage.enter(stage.host, MEETING, "busy")
    assert stage.calendar.busy(stage.host, Interval(MEETING.end, MEETING.end + DAY)) == ()


def test_a_declined_invitation_does_not_block(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    stage.settle()
    stage.act(stage.colleague, Act.DECLINE, meeting)
    found = stage.calendar.busy(stage.colleague, Interval(MEETING.start - DAY, MEETING.end + DAY))
    assert [item for item in found if item.shows.blocks] == []


def test_the_time_of_an_unknown_account_is_broken_and_never_free(stage: Stage) -> None:
    with pytest.raises(Broken):
        stage.calendar.busy("nobody@nowhere.example", MEETING)


CALLS: dict[str, Callable[[Stage], object]] = {
    "calendar.changes": lambda stage: everything(stage, stage.host),
    "calendar.busy": lambda stage: stage.calendar.busy(stage.host, MEETING),
    "calendar.book": lambda stage: stage.calendar.book(stage.host, request(stage)),
    "calendar.find": lambda stage: stage.calendar.find(stage.host, "booking-1", MEETING),
    "calendar.read": lambda stage: stage.calendar.read(stage.host, "neverwas0"),
}


@pytest.mark.parametrize("operation", sorted(CALLS))
def test_a_busy_provider_says_when_to_come_back_and_nothing_was_done(stage: Stage, operation: str) -> None:
    stage.trouble(operation, Trouble.BUSY, retry_after="120")
    with pytest.raises(TryLater) as caught:
        CALLS[operation](stage)
    assert caught.value.not_before == stage.now() + timedelta(seconds=120)
    stage.settle()
    assert everything(stage, stage.host).entries == ()


QUESTIONS = sorted(set(CALLS) - {"calendar.book"})


@pytest.mark.parametrize(
    ("operation", "trouble"),
    [
        *((operation, trouble) for operation in QUESTIONS for trouble in (Trouble.DOWN, Trouble.GATEWAY)),
        ("calendar.changes", Trouble.CUT),
        ("calendar.busy", Trouble.CUT),
    ],
)
def test_a_question_to_a_provider_out_of_order_is_tried_later(stage: Stage, operation: str, trouble: Trouble) -> None:
    stage.trouble(operation, trouble)
    with pytest.raises(TryLater):
        CALLS[operation](stage)
    CALLS[operation](stage)


@pytest.mark.parametrize("operation", sorted(CALLS))
def test_withdrawn_consent_is_broken(stage: Stage, operation: str) -> None:
    stage.trouble(operation, Trouble.REVOKED)
    with pytest.raises(Broken):
        CALLS[operation](stage)


def test_errors_name_no_person(stage: Stage) -> None:
    stage.trouble("calendar.read", Trouble.DOWN)
    with pytest.raises(MentorsyncError) as caught:
        stage.calendar.read(stage.host, "neverwas0")
    assert "@" not in str(caught.value)


def test_a_meeting_is_where_it_was_meant_to_be_and_where_a_person_put_it_whatever_we_move(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, replace(request(stage), place="Room 4"))
    assert stage.place(stage.host, meeting) == "Room 4"
    stage.relocate(stage.host, meeting, "The garden")
    stage.calendar.move(stage.host, Move(meeting.event_id, LATER, "Europe/Berlin", None))
    assert stage.place(stage.host, meeting) == "The garden"
    assert shown(stage, meeting).time == LATER


def test_a_meeting_that_was_not_asked_for_online_has_no_link(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage))
    assert (meeting.join_url, shown(stage, meeting).join_url) == ("", "")


def test_an_online_meeting_has_one_link_that_survives_our_moves(stage: Stage) -> None:
    meeting = stage.calendar.book(stage.host, request(stage, online=True))
    stage.settle()
    link = shown(stage, meeting).join_url
    assert link.startswith("https://")
    assert meeting.join_url in ("", link)
    stage.calendar.move(stage.host, Move(meeting.event_id, LATER, "Europe/Berlin", None))
    found = stage.calendar.find(stage.host, "booking-1", LATER)
    assert found is not None
    assert {found.join_url, shown(stage, meeting).join_url} == {link}
    assert [entry.join_url for entry in everything(stage, stage.host).entries] == [link]
