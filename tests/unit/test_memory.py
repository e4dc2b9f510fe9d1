"""The memory world beyond the ports' promises: its clock, its faults and its ids."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory.calendar import MemoryCalendar
from adapters.memory.clock import ManualClock, SequentialIds
from adapters.memory.hands import MemoryHands
from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.world import TRAVEL, Fault, MemoryWorld
from domain.calendar import Booked, BookingRequest, Move, Response, Shows
from domain.errors import Broken, CursorExpired, Doubtful, TryLater
from domain.interval import Interval
from domain.ports import Calendar, Clock, Ids, Mailbox

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIME = Interval(NOW + 24 * HOUR, NOW + 25 * HOUR)
ANNA, BEN, FAR = "anna@example.org", "ben@example.net", "far@elsewhere.example"


@pytest.fixture
def world() -> MemoryWorld:
    return MemoryWorld(NOW, (ANNA, BEN))


def book(world: MemoryWorld, *guests: str) -> Booked:
    request = BookingRequest("key", "Mentoring", "See the charter.", TIME, "UTC", guests or (BEN,))
    return MemoryCalendar(world).book(ANNA, request)


def test_the_parts_keep_the_ports_forms(world: MemoryWorld) -> None:
    calendar: Calendar = MemoryCalendar(world)
    mailbox: Mailbox = MemoryMailbox(world)
    clock: Clock = ManualClock(world)
    ids: Ids = SequentialIds()
    assert calendar.changes(ANNA, None, clock.now()).complete
    assert mailbox.arrivals(ANNA, None).message_ids == ()
    assert ids.new() != ids.new()


def test_time_stands_still_until_someone_waits(world: MemoryWorld) -> None:
    clock = ManualClock(world)
    assert clock.now() == NOW
    assert clock.wait_until(NOW + HOUR) == ()
    assert clock.now() == NOW + HOUR
    clock.wait_until(NOW)
    assert clock.now() == NOW + HOUR


def test_waiting_ends_at_the_first_change_and_names_it(world: MemoryWorld) -> None:
    clock = ManualClock(world)
    book(world)
    assert clock.wait_until(NOW + HOUR) == (ANNA,)
    assert clock.now() == NOW
    assert clock.advance(HOUR) == (BEN,)
    assert clock.now() == NOW + TRAVEL
    assert clock.advance(HOUR) == ()


def test_what_is_planned_happens_in_order_of_time(world: MemoryWorld) -> None:
    seen: list[str] = []
    world.at(NOW + 2 * HOUR, lambda: seen.append("second"))
    world.at(NOW + HOUR, lambda: seen.append("first"))
    world.at(NOW + 9 * HOUR, lambda: seen.append("not yet"))
    world.advance_to(NOW + 3 * HOUR)
    assert seen == ["first", "second"]


def test_settling_brings_everything_under_way_home(world: MemoryWorld) -> None:
    meeting = book(world)
    world.settle()
    MemoryHands(world).accept(BEN, meeting.ical_uid)
    world.settle()
    entry = MemoryCalendar(world).read(ANNA, meeting.event_id)
    assert entry is not None
    assert [guest.response for guest in entry.attendees] == [Response.ACCEPTED]
    assert world.advance_to(NOW + HOUR) == ()


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [
        (Fault.TRY_LATER, TryLater, False),
        (Fault.BROKEN, Broken, False),
        (Fault.DOUBTFUL_BEFORE, Doubtful, False),
        (Fault.DOUBTFUL_AFTER, Doubtful, True),
    ],
)
def test_a_fault_strikes_one_call_of_its_operation(
    world: MemoryWorld, fault: Fault, error: type[Exception], done: bool
) -> None:
    calendar = MemoryCalendar(world)
    world.fail_next("calendar.book", fault)
    assert calendar.find(ANNA, "key", TIME) is None
    with pytest.raises(error):
        book(world)
    assert (calendar.find(ANNA, "key", TIME) is not None) is done
    book(world)


def test_a_forgotten_cursor_is_a_fault_too(world: MemoryWorld) -> None:
    world.fail_next("mailbox.arrivals", Fault.CURSOR_EXPIRED)
    with pytest.raises(CursorExpired):
        MemoryMailbox(world).arrivals(ANNA, None)


def test_a_guest_outside_the_world_just_never_answers(world: MemoryWorld) -> None:
    meeting = book(world, FAR)
    world.settle()
    entry = MemoryCalendar(world).read(ANNA, meeting.event_id)
    assert entry is not None
    assert [(guest.address, guest.response) for guest in entry.attendees] == [(FAR, Response.NEEDS_ACTION)]


def test_a_guest_moves_only_her_own_copy(world: MemoryWorld) -> None:
    meeting = book(world)
    world.settle()
    proposed = Interval(TIME.start + HOUR, TIME.end + HOUR)
    MemoryHands(world).move(BEN, meeting.ical_uid, proposed)
    world.settle()
    calendar = MemoryCalendar(world)
    (own,) = calendar.changes(BEN, None, NOW).entries
    original = calendar.read(ANNA, meeting.event_id)
    assert original is not None
    assert (own.time, original.time) == (proposed, TIME)


def test_a_guest_who_deletes_her_copy_has_declined(world: MemoryWorld) -> None:
    meeting = book(world)
    world.settle()
    MemoryHands(world).delete(BEN, meeting.ical_uid)
    world.settle()
    entry = MemoryCalendar(world).read(ANNA, meeting.event_id)
    assert entry is not None
    assert [guest.response for guest in entry.attendees] == [Response.DECLINED]
    with pytest.raises(LookupError):
        MemoryHands(world).accept(BEN, meeting.ical_uid)


def test_a_tentative_answer_travels(world: MemoryWorld) -> None:
    meeting = book(world)
    world.settle()
    MemoryHands(world).tentative(BEN, meeting.ical_uid)
    world.settle()
    (busy,) = MemoryCalendar(world).busy(BEN, TIME)
    assert busy.shows is Shows.TENTATIVE
    entry = MemoryCalendar(world).read(ANNA, meeting.event_id)
    assert entry is not None
    assert [guest.response for guest in entry.attendees] == [Response.TENTATIVE]


def test_ids_follow_from_the_seed_alone() -> None:
    first, again, other = SequentialIds(1), SequentialIds(1), SequentialIds(2)
    assert [first.new(), first.new()] == [again.new(), again.new()]
    assert other.new() != SequentialIds(1).new()


def test_a_place_that_a_person_wrote_stays_when_we_move_the_meeting(world: MemoryWorld) -> None:
    request = BookingRequest("key", "Mentoring", "See the charter.", TIME, "UTC", (BEN,), place="Room 4")
    meeting = MemoryCalendar(world).book(ANNA, request)
    record = world.accounts[ANNA].records
    assert record[meeting.event_id].place == "Room 4"
    MemoryHands(world).relocate(ANNA, meeting.ical_uid, "the café")
    MemoryCalendar(world).move(ANNA, Move(meeting.event_id, Interval(TIME.end, TIME.end + HOUR), "UTC", None))
    assert record[meeting.event_id].place == "the café"


def test_a_world_without_conferences_books_without_a_link(world: MemoryWorld) -> None:
    world.conferences = False
    request = BookingRequest("key", "Mentoring", "See the charter.", TIME, "UTC", (BEN,), online=True)
    assert MemoryCalendar(world).book(ANNA, request).join_url == ""
