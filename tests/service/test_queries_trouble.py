"""What an administrator sees and decides when something waits, fails or is in doubt: status, outbox, doctor."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.memory.calendar import MemoryCalendar
from adapters.memory.clock import ManualClock
from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.world import Fault, MemoryWorld
from domain.by import By
from domain.calendar import CalendarChanges, ParkedItem
from domain.charter import Role
from domain.effects import Effect, EffectKind
from domain.errors import MentorsyncError, Misconfigured, NotFound, Refused, StoreMissing
from domain.ledger import LedgerWrite, Settlement, Work, WorkState
from service.doctor import Premises, examine, misconfigured
from service.doctor_lines import Health, Line, Nature
from service.house import House
from service.inbox import PARKED
from service.nonsense import to_park
from service.posting import message_id_of
from service.queries_outbox import outbox, resolve
from service.rows import calendar_poll, inbox_poll
from service.status import status
from tests.service.reading_house import PAIR, SERVICE, Told, house_in, put_row, told_house
from tests.unit.domain_cast import BEGINNING, HOUR, MENTEE_ID, by_cli


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A house whose one pair has lived for some weeks."""
    with told_house(tmp_path) as told:
        yield told


def a_notice(told: Told, topic: str = "declined") -> Effect:
    """Return a mail that the plan does not know of."""
    return Effect(EffectKind.NOTICE, topic, Role.MENTEE, topic, told.now - HOUR, told.now + HOUR, None)


def park(house: House) -> None:
    """Set a mail without a conversation aside, as the inbox does."""
    now = house.now()
    row = Work(
        f"service/{PARKED}/<m@example.net>/no-thread", "service", PARKED, "<m@example.net>", "no-thread", PARKED, now
    )
    house.streams.save(now=now, write=LedgerWrite(open=(row,)))


def test_an_empty_house_has_a_status(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        report = status(house)
    assert (report.people, report.by_status, report.relationships, report.parked_since) == (0, {}, (), None)


def test_status_counts_people_relationships_actions_and_calendars(told: Told) -> None:
    report = status(told.house)
    assert (report.people, report.by_status, report.open_actions, report.held_mails) == (2, {"agreed": 1}, 1, 1)
    assert (report.calendars.read, report.calendars.people, report.calendars.next_poll_due) == (2, 2, None)
    told.house.ledger.ensure([calendar_poll("service", told.now)], told.now)
    assert status(told.house).calendars.next_poll_due == told.now


def test_status_tells_how_long_a_postponed_effect_has_been_wanted(told: Told) -> None:
    put_row(told.house, a_notice(told), WorkState.OPEN, "the provider is busy")
    put_row(told.house, a_notice(told, "expired"), WorkState.GIVEN_UP, "no such mailbox")
    counts = status(told.house).ledger
    assert (counts.due, counts.postponed, counts.unknown, counts.given_up) == (0, 1, 0, 1)
    assert counts.oldest_postponed_seconds == 0
    world = MemoryWorld(told.now + 3 * HOUR)
    later = replace(told.house, clock=ManualClock(world))
    assert status(later).ledger.oldest_postponed_seconds == 2 * 3600


def test_status_tells_since_when_mails_are_parked(told: Told) -> None:
    park(told.house)
    assert status(told.house).parked_since == told.now


def test_the_outbox_shows_what_is_not_done_and_on_demand_the_rest(told: Told) -> None:
    put_row(told.house, a_notice(told), WorkState.UNKNOWN, "the draft is gone")
    (row,) = outbox(told.house)
    assert (row.state, row.what, row.reason, row.attempts) == (
        "unknown",
        "notice to the mentee",
        "the draft is gone",
        1,
    )
    assert len(outbox(told.house, "done")) > 5
    assert outbox(told.house, "expired") == ()


def test_a_mail_that_a_person_saw_sent_is_recorded_with_the_id_that_replies_will_name(told: Told) -> None:
    key = put_row(told.house, a_notice(told), WorkState.UNKNOWN, "the draft is gone")
    assert resolve(told.house, key[:45], sent=True) == key
    message_id = message_id_of(told.house, key)
    mails = told.house.streams.relationship(PAIR).mails
    assert mails["notice", "declined", "mentee"].message_id == message_id
    assert told.house.ledger.reference(f"mail:{message_id}") == (PAIR, key)
    assert outbox(told.house, "unknown") == ()


def test_a_mail_that_is_to_be_tried_again_is_open(told: Told) -> None:
    key = put_row(told.house, a_notice(told), WorkState.UNKNOWN, "the draft is gone")
    resolve(told.house, key, sent=False)
    assert [row.key for row in outbox(told.house, "open")] == [key]
    assert ("notice", "declined", "mentee") not in told.house.streams.relationship(PAIR).mails


def test_what_was_given_up_can_be_tried_again_but_what_is_done_cannot_be_decided(told: Told) -> None:
    key = put_row(told.house, a_notice(told), WorkState.GIVEN_UP, "no such mailbox")
    assert resolve(told.house, key, sent=False) == key
    with pytest.raises(NotFound):
        resolve(told.house, key, sent=False)


def test_deciding_twice_finds_nothing_the_second_time_and_records_the_mail_once(told: Told) -> None:
    key = put_row(told.house, a_notice(told), WorkState.UNKNOWN)
    resolve(told.house, key, sent=True)
    before = len(tuple(told.house.streams.events(PAIR)))
    with pytest.raises(NotFound):
        resolve(told.house, key, sent=True)
    assert len(tuple(told.house.streams.events(PAIR))) == before


def premises(house: House, wrong: tuple[str, ...] = (), holder: str | None = None) -> Premises:
    """Return premises around an open house."""

    def opened(providers: bool) -> AbstractContextManager[House]:
        return nullcontext(house if providers else replace(house, calendars={}))

    return Premises(("microsoft", "google"), (Path("master.key"),), lambda: list(wrong), lambda: holder, opened)


def parts(lines: tuple[Line, ...]) -> dict[str, Line]:
    """Return the lines by the part they are about."""
    return {line.part: line for line in lines}


def test_a_sound_house_is_good_in_every_part(told: Told) -> None:
    lines = examine(premises(told.house, holder="process 7"))
    assert {line.health for line in lines if line.part != "time zones"} == {Health.GOOD}
    assert parts(lines)["lock"].says == "held: process 7"
    assert parts(lines)["outbox"].says == "0 due, 0 postponed, 0 unknown, 0 given up"


@pytest.mark.parametrize(
    ("fault", "nature", "word"),
    [(Fault.TRY_LATER, Nature.LATER, "unreachable"), (Fault.BROKEN, Nature.CONFIGURATION, "refuses")],
)
def test_a_provider_that_does_not_answer_and_one_that_says_no_are_told_apart(
    told: Told, fault: Fault, nature: Nature, word: str
) -> None:
    world = MemoryWorld(told.now, (SERVICE, "marta@example.com"))
    calendar = MemoryCalendar(world)
    world.fail_next("calendar.busy", fault)
    house = replace(told.house, calendars={"microsoft": calendar, "google": calendar})
    found = [
        line for line in examine(premises(house)) if line.health is Health.BAD and line.part in ("microsoft", "google")
    ]
    assert [(line.part, line.nature) for line in found] == [("microsoft", nature)]
    assert word in found[0].says
    assert found[0].mend


def test_a_provider_without_anybody_is_unknown_and_never_good(tmp_path: Path) -> None:
    with house_in(tmp_path, BEGINNING) as house:
        said = parts(examine(premises(house)))
    assert (said["google"].health, said["microsoft"].health) == (Health.GOOD, Health.UNKNOWN)


def test_doubt_and_lateness_in_the_outbox_are_bad_and_name_the_mend(told: Told) -> None:
    late = replace(a_notice(told), due=told.now - HOUR)
    told.house.ledger.ensure(
        [Work(f"{PAIR}/notice/x/mentee", PAIR, "notice", "x", "mentee", "mail", late.due)], told.now
    )
    line = parts(examine(premises(told.house)))["outbox"]
    assert (line.health, line.nature, "60 minutes late" in line.says) == (Health.BAD, Nature.LATER, True)
    put_row(told.house, a_notice(told), WorkState.UNKNOWN)
    assert "outbox --state unknown" in parts(examine(premises(told.house)))["outbox"].mend


def test_what_was_given_up_is_bad_with_whose_it_is_and_how_to_settle_it(told: Told) -> None:
    key = put_row(told.house, a_notice(told), WorkState.GIVEN_UP)
    line = parts(examine(premises(told.house)))["outbox"]
    assert (line.health, line.says.endswith(f"1 given up: {PAIR[:8]}")) == (Health.BAD, True)
    assert "outbox --state given_up" in line.mend
    resolve(told.house, key, sent=True)
    assert parts(examine(premises(told.house)))["outbox"].health is Health.GOOD


def test_an_address_that_takes_no_mail_is_counted_and_told_of(told: Told) -> None:
    mentee = told.house.streams.person(str(MENTEE_ID))
    mentee.mark_bounced("tilo@example.org", by_cli(told.now))
    told.house.streams.save(mentee, now=told.now)
    line = parts(examine(premises(told.house)))["addresses"]
    assert (line.health, line.says[:9], status(told.house).bouncing) == (Health.BAD, "1 address", 1)


def test_parked_mails_are_bad_with_their_reasons_and_the_command_that_shows_them(told: Told) -> None:
    park(told.house)
    line = parts(examine(premises(told.house)))["parked mails"]
    assert (line.health, line.says.startswith("1, the oldest since 2027-02-08")) == (Health.BAD, True)
    assert (line.says.endswith(": no-thread"), "mentorsync parked" in line.mend) == (True, True)


def test_calendars_that_cannot_be_read_and_entries_that_make_no_sense_are_told_of(told: Told) -> None:
    assert parts(examine(premises(told.house)))["calendars"].says == "2 of 2 were read"
    house, poll = told.house, calendar_poll("service", told.now)
    house.ledger.ensure([poll], told.now)
    (claim,) = house.ledger.claim(told.now, [poll.kind], 1, told.now + HOUR)
    settle = Settlement(poll.key, claim.token, WorkState.OPEN, told.now + HOUR, reason="the provider is busy")
    garbled = CalendarChanges((), (), "cursor-0", False, parked=(ParkedItem("e1", "unknown-zone"),))
    house.streams.save(now=told.now, write=LedgerWrite(settle=settle, open=to_park(house, "service", garbled)))
    line = parts(examine(premises(house)))["calendars"]
    assert (line.health, line.nature) == (Health.BAD, Nature.LATER)
    assert line.says == (
        "2 of 2 were read; 1 calendar cannot be read now, so nothing is free there: service; "
        "entries that make no sense: 1 (unknown-zone)"
    )
    assert "known time zone" in line.mend
    counts = status(house).calendars
    assert (counts.failing, counts.nonsense, counts.reasons) == (1, 1, "unknown-zone")


def test_an_inbox_that_cannot_be_read_is_told_of_by_status_and_doctor(told: Told) -> None:
    assert (status(told.house).inbox, parts(examine(premises(told.house)))["inbox"].health) == ("", Health.GOOD)
    world = MemoryWorld(told.now, (SERVICE,))
    world.fail_next("mailbox.arrivals", Fault.BROKEN)
    refused = replace(told.house, mailboxes={"google": MemoryMailbox(world)})
    line = parts(examine(premises(refused)))["inbox"]
    assert (line.health, line.nature) == (Health.BAD, Nature.CONFIGURATION)
    house, poll = told.house, inbox_poll(told.now)
    house.ledger.ensure([poll], told.now)
    (claim,) = house.ledger.claim(told.now, [poll.kind], 1, told.now + HOUR)
    failed = Settlement(poll.key, claim.token, WorkState.OPEN, told.now + HOUR, reason="Consent is missing.")
    house.ledger.settle(failed, told.now)
    assert status(house).inbox == "Consent is missing."
    line = parts(examine(premises(house)))["inbox"]
    assert (line.health, line.says) == (Health.BAD, "it could not be read at the last try: Consent is missing.")


def test_the_doctor_says_why_calendars_are_out_of_reach_and_what_to_do_about_one_that_is_gone(told: Told) -> None:
    house, by = told.house, By("administrator", "cli", None, told.now)
    relationship = house.streams.relationship(PAIR)
    for role, reason in ((Role.MENTOR, "gone"), (Role.MENTEE, "consent")):
        person = house.streams.person(relationship.person_id(role))
        person.lose_connection(reason, by)
        house.streams.save(person, now=told.now)
    line = parts(examine(premises(house)))["calendars"]
    assert (line.health, status(house).calendars.lost) == (Health.BAD, {"consent": 1, "gone": 1})
    assert "1 whose consent ended, 1 whose mailbox is gone" in line.says
    assert "mentorsync person left" in line.mend
    person.leave_organisation(by)
    house.streams.save(person, now=told.now)
    assert status(house).calendars.lost == {"gone": 1}


def test_a_damaged_store_is_bad_with_what_is_wrong(told: Told) -> None:
    line = parts(examine(premises(told.house, wrong=("row 3 is missing",))))["store"]
    assert (line.health, line.says, line.nature) == (Health.BAD, "row 3 is missing", Nature.STORE)


class Closed(AbstractContextManager[House]):
    """A house that fails to open."""

    def __init__(self, error: MentorsyncError) -> None:
        self.error = error

    def __enter__(self) -> House:
        raise self.error

    def __exit__(self, *_: object) -> None:
        return None


@pytest.mark.parametrize(
    ("error", "store", "keys"),
    [
        (StoreMissing("The store does not exist.", "Register a person."), Health.BAD, Health.UNKNOWN),
        (Misconfigured("The master key does not fit.", "Give the right one."), Health.BAD, Health.BAD),
        (Refused("The store is older.", "Migrate it."), Health.BAD, Health.BAD),
    ],
)
def test_a_house_that_does_not_open_leaves_the_rest_unknown_or_bad_and_never_good(
    error: MentorsyncError, store: Health, keys: Health
) -> None:
    def check() -> list[str]:
        raise error

    lines = examine(Premises(("google",), (), check, lambda: None, lambda _: Closed(error)))
    said = parts(lines)
    assert (said["store"].health, said["keys"].health) == (store, keys)
    good = {line.part for line in lines if line.health is Health.GOOD}
    assert good == {"configuration", "secret files", "lock"}
    assert all(line.mend and line.nature for line in lines if line.health is Health.BAD)


def test_without_a_configuration_nothing_else_is_called_good() -> None:
    lines = misconfigured(Misconfigured("There is no such key.", "Did you mean url?"))
    assert [line.health for line in lines] == [Health.BAD, *[Health.UNKNOWN] * (len(lines) - 1)]
    assert (lines[0].says, lines[0].mend) == ("There is no such key.", "Did you mean url?")
