"""A whole house in which a calendar is lost: times by mail, reminders, and the way back."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from adapters.memory.world import Account, Closed, Fault, MemoryWorld
from domain.charter import Organiser, Role
from domain.errors import NoAccess, NotSignedIn
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.person import Person
from domain.person_state import LossReason
from service.people import PersonChanges, change_person, pause_person, record_left
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, START, Theatre, theatre


def person(stage: Theatre, role: Role = Role.MENTEE) -> Person:
    """Return one of the two as the store has her now."""
    return stage.house.streams.person(stage.relationship.person_id(role))


def lose(stage: Theatre, account: str = MENTEE, why: Closed = Closed.CONSENT) -> None:
    """Let a calendar be closed, and live until that was noticed."""
    stage.hands.close(account, why)
    stage.world.touched(account)
    stage.live_until(stage.world.now + HOUR)


def reminders(stage: Theatre) -> int:
    """Return how often somebody was asked to connect a calendar again."""
    return sum(1 for _, occasion, _ in stage.relationship.mails if occasion.startswith("reconnect"))


def to_charter(stage: Theatre) -> None:
    """Live until both are about to agree."""
    stage.live_to("charter")


@pytest.mark.parametrize(
    ("organiser", "why"),
    [("service", Closed.CONSENT), ("mentee", Closed.SIGNED_OUT), ("mentor", Closed.CONSENT)],
)
def test_times_are_offered_by_mail_and_the_answer_is_booked_once_whoever_organises(
    tmp_path: Path, organiser: str, why: Closed
) -> None:
    with theatre(tmp_path, organiser) as stage:
        to_charter(stage)
        lose(stage, why=why)
        stage.hands.busy(MENTEE, Interval(START, START + 60 * DAY))
        stage.habits["offer"] = "2"
        entry = stage.live_to_booking()
        (offer,) = stage.relationship.offers
        assert entry.time.start == offer.starts[1]
        stage.live_until(stage.world.now + 2 * HOUR)
        assert [len(stage.events(account)) for account in (MENTOR, MENTEE)] == [1, 1]
        assert stage.mail_kinds(MENTEE).count("offer") == 1
        assert "offer" not in stage.mail_kinds(MENTOR)


def test_the_loss_is_a_fact_at_once_and_the_reminders_stop_when_the_calendar_is_back(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.habits["offer"] = "none"
        stage.live_to_booking()
        lose(stage)
        known = person(stage).connection
        assert known is not None
        stage.live_until(known.since + 4 * DAY)
        sent = reminders(stage)
        stage.hands.open(MENTEE)
        stage.live_until(known.since + 8 * DAY)
        assert (sent, reminders(stage)) == (2, 2)
        assert person(stage).connection is None


def test_after_the_return_what_was_missed_is_read_and_nothing_is_sent_again(tmp_path: Path) -> None:
    with theatre(tmp_path, "mentor") as stage:
        entry = stage.live_to_booking()
        lose(stage)
        stage.live_until(entry.time.start - 20 * HOUR)
        stage.hands.decline(MENTEE, entry.ical_uid)
        missed = stage.hands.busy(MENTEE, Interval(START + 30 * DAY, START + 31 * DAY))
        before = stage.mail_kinds(MENTEE) + stage.mail_kinds(MENTOR)
        stage.hands.open(MENTEE)
        stage.live_until(stage.world.now + HOUR)
        entries = stage.house.cache.entries(str(person(stage).id)) or {}
        assert missed in {item.ical_uid for item in entries.values()}
        after = stage.mail_kinds(MENTEE) + stage.mail_kinds(MENTOR)
        assert [kind for kind in ("agenda", "preparation", "offer") if after.count(kind) > before.count(kind)] == []


def test_a_meeting_agreed_by_mail_is_recognised_when_the_calendar_is_back(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        to_charter(stage)
        lose(stage)
        stage.habits["offer"] = "1"
        stage.live_to_booking()
        stage.hands.open(MENTEE)
        stage.live_until(stage.world.now + 3 * HOUR)
        meeting = stage.relationship.meetings.current
        assert meeting is not None
        assert (meeting.ref, meeting.organiser) == ("1.1", Organiser.SERVICE)
        assert [len(stage.events(account)) for account in (SERVICE, MENTOR, MENTEE)] == [1, 1, 1]


@pytest.mark.parametrize(("why", "error"), [(Closed.SIGNED_OUT, NotSignedIn), (Closed.CONSENT, NoAccess)])
def test_a_credential_that_opens_nothing_is_nobodys_loss(tmp_path: Path, why: Closed, error: type[Exception]) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.live_to_booking()
        for account in (SERVICE, MENTOR, MENTEE):
            stage.hands.close(account, why)
            stage.world.touched(account)
        stage.live_until(stage.world.now + HOUR)
        assert person(stage, Role.MENTOR).connection is None
        assert any(isinstance(trouble, error) for trouble in stage.daemon.troubles)


def test_a_calendar_that_never_could_be_read_gets_offers_and_no_reminders(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.world.accounts[MENTEE].closed = Closed.CONSENT
        stage.habits["offer"] = "3"
        stage.live_to_booking()
        stage.live_until(START + 4 * DAY)
        assert person(stage).connection is not None
        assert reminders(stage) == 0


def test_somebody_at_a_provider_that_is_not_configured_is_asked_by_mail(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        only = {"microsoft": stage.house.calendars["microsoft"]}
        stage.house = stage.daemon.house = replace(stage.house, calendars=only)
        stage.habits["offer"] = "1"
        stage.live_to_booking()
        known = person(stage).connection
        assert known is not None
        assert known.reason is LossReason.NEVER
        assert stage.mail_kinds(MENTEE).count("offer") == 1


def test_a_mailbox_that_is_gone_is_asked_once_a_day_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.live_to_booking()
        lose(stage, why=Closed.GONE)
        asked: list[str] = []

        def noted(address: str) -> Account:
            asked.append(address)
            return MemoryWorld.opened(stage.world, address)

        monkeypatch.setattr(stage.world, "opened", noted)
        pause_person(stage.house, person(stage))
        stage.live_until(stage.world.now + 3 * DAY)
        assert asked.count(MENTEE) == 3


def test_a_reply_from_another_address_of_hers_acts(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        change_person(stage.house, person(stage), PersonChanges(addresses=("jonas@example.org",)))
        stage.world.add("jonas@example.org")
        del stage.habits["charter"]
        stage.live_to("charter")
        stage.live_until(stage.world.now + HOUR)
        letter = stage.inbox(MENTEE, "charter")[0]
        stage.world.accounts["jonas@example.org"].letters[letter.id] = letter
        stage.hands.reply("jonas@example.org", letter.id, "agree")
        stage.live_until(stage.world.now + timedelta(hours=2))
        assert Role.MENTEE in stage.relationship.approved


def test_where_no_calendar_takes_it_both_get_the_meeting_as_an_entry_by_mail_and_later_its_end(tmp_path: Path) -> None:
    with theatre(tmp_path, "mentor") as stage:
        to_charter(stage)
        for account in (MENTOR, MENTEE):
            lose(stage, account)
        stage.habits["offer"] = "1"
        stage.world.fail_next("calendar.book", Fault.BROKEN)
        stage.live_to("invitation")
        stage.live_until(stage.world.now + HOUR)
        meeting = stage.relationship.meetings.current
        assert meeting is not None
        assert (meeting.organiser, meeting.state) == (Organiser.MAIL, MeetingState.BOOKED)
        assert methods(stage, MENTOR) == methods(stage, MENTEE) == ["REQUEST"]
        record_left(stage.house, person(stage, Role.MENTOR))
        stage.live_until(stage.world.now + HOUR)
        assert (methods(stage, MENTOR), methods(stage, MENTEE)) == (["REQUEST"], ["REQUEST", "CANCEL"])


def methods(stage: Theatre, account: str) -> list[str]:
    """Return what the calendar entries ask for that came by mail."""
    mails = [message_from_bytes(letter.raw) for letter in stage.inbox(account)]
    parts = [part for mail in mails for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return [str(part.get_param("method")) for part in parts]
