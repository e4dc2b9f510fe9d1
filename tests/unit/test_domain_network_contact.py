"""A network contact: no cadence and no agendas, two light touches a year, and mentoring again when both wish it."""

from datetime import timedelta

import pytest

from domain.acts import acts_of
from domain.answering import Answer, answer
from domain.charter import Role
from domain.deeds import deeds_of
from domain.errors import Refused
from domain.facts import Choice, Fact, FactKind
from domain.hearing import DeedKind, Heard
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.relationship_state import Status
from domain.reliving import Reliving
from domain.reply import Command, Reply
from tests.unit.domain_cast import DAY, NAMES, by_cli, by_mail, kinds, replayed, words
from tests.unit.domain_life import Life, booked_life

MENTOR, MENTEE = Role.MENTOR, Role.MENTEE


def stuck() -> Life:
    """Return a pair with a meeting to come, an action, and a suspected dead end."""
    life = booked_life()
    relationship = life.relationship
    relationship.owe_action(MENTOR, words("Read it", owner=MENTOR)[0], None, 1, by_mail(MENTOR, life.now))
    fact = Fact(FactKind.LATE_DECLINE, MENTOR, 1, "1.1", life.now)
    relationship.suspect_dead_end(MENTOR, (fact,), by_cli(life.now))
    life.settle()
    return life


def says(life: Life, role: Role, command: Command, occasion: str = "health~dead_end~1") -> str:
    """Let one of the two answer a mail about the whole of it, and return why nothing came of it."""
    by = by_mail(role, life.now)
    given = Answer(role, NAMES, MailKind.NOTICE, occasion, Reply(command), by)
    reason = answer(life.relationship, given).reason
    life.settle()
    return reason


def notices(life: Life, to: Role) -> list[str]:
    """Return the topics of the notices about the whole of it that somebody got, in order."""
    mails = life.relationship.mails.values()
    return [m.occasion.split("~")[1] for m in mails if m.recipient == to and m.occasion.startswith("health~")]


def status(life: Life) -> Status:
    """Return how it stands."""
    return life.relationship.status


def recalibrated() -> Life:
    """Return a pair that the mentee has made a network contact."""
    life = stuck()
    assert says(life, MENTEE, Command.RECALIBRATE) == ""
    return life


def test_the_mentee_is_asked_and_nobody_else() -> None:
    life = stuck()
    assert (notices(life, MENTEE), notices(life, MENTOR)) == (["dead_end"], [])


def test_to_keep_trying_changes_nothing_else_and_is_not_asked_again() -> None:
    life = stuck()
    assert says(life, MENTEE, Command.KEEP) == ""
    assert life.relationship.dead_ends[-1].choice is Choice.KEEP
    life.live_until(life.now + 30 * DAY)
    assert notices(life, MENTEE) == ["dead_end"]
    assert status(life) is Status.AGREED


def test_to_say_it_openly_brings_the_mentee_a_draft_and_the_mentor_nothing() -> None:
    life = stuck()
    assert says(life, MENTEE, Command.OPENLY) == ""
    assert (notices(life, MENTEE), notices(life, MENTOR)) == (["dead_end", "openly"], [])


def test_to_recalibrate_gives_up_the_meeting_lets_go_what_is_owed_and_tells_the_mentor_once() -> None:
    life = recalibrated()
    assert status(life) is Status.NETWORK_CONTACT
    assert life.relationship.network_contact
    assert life.meeting.state is MeetingState.CANCELLED
    assert not life.meeting.to_cancel, "it was taken out of the calendar"
    assert life.relationship.open_actions() == ()
    assert "ActionLetGo" in kinds(life.relationship)
    assert notices(life, MENTOR) == ["network_contact"]


def test_a_network_contact_has_two_light_touches_a_year_and_nothing_else() -> None:
    life = recalibrated()
    before = len(life.done)
    life.live_until(life.now + timedelta(days=370))
    later = [(effect.recipient, effect.about) for _, effect in life.done[before:]]
    assert later == [("mentee", "light_touch")] * 2


def test_a_touch_that_was_missed_for_a_year_is_not_made_up_for() -> None:
    life = recalibrated()
    life.sleep_until(life.now + timedelta(days=500))
    life.settle()
    life.live_until(life.now + timedelta(days=10))
    assert notices(life, MENTEE).count("light_touch") == 0


def test_the_mentor_cannot_make_a_network_contact_of_it_and_is_told_what_she_can() -> None:
    life = stuck()
    with pytest.raises(Refused) as refusal:
        life.relationship.recalibrate(MENTOR, by_mail(MENTOR, life.now))
    assert refusal.value.remedy == "Write close to end it."


def test_one_wish_asks_the_other_and_the_second_brings_it_back_with_a_meeting_soon() -> None:
    life = recalibrated()
    life.live_until(life.now + timedelta(days=200))
    assert says(life, MENTEE, Command.REVIVE, "health~light_touch~x") == ""
    assert status(life) is Status.NETWORK_CONTACT
    assert notices(life, MENTOR)[-1] == "revive_question"
    assert says(life, MENTOR, Command.AGREE, "health~revive_question~x") == ""
    assert status(life) is Status.AGREED
    assert notices(life, MENTEE)[-1] == "revived"
    assert life.meeting.state is MeetingState.BOOKED
    assert (life.meeting.cycle, life.meeting.time.start < life.now + 7 * DAY) == (2, True)
    assert not [name for name in life.relationship.mails if name[1].endswith("~skipped")]


def test_facts_of_the_time_before_count_no_more_after_a_revival() -> None:
    life = recalibrated()
    for role in Role:
        life.relationship.wish_revival(role, by_mail(role, life.now))
    life.settle()
    assert status(life) is Status.AGREED
    assert says(life, MENTEE, Command.RECALIBRATE) == ""
    assert status(life) is Status.NETWORK_CONTACT


def test_a_recalibration_is_one_deed_and_no_undo_takes_it_back() -> None:
    life = stuck()
    before = len(life.relationship.pending_events)
    says(life, MENTEE, Command.RECALIBRATE)
    events = life.relationship.pending_events[before:]
    assert [deed.what for deed in deeds_of(events)] == [DeedKind.RECALIBRATED]


def test_saying_it_twice_records_nothing_twice_and_it_replays() -> None:
    life = recalibrated()
    before = len(life.relationship.pending_events)
    assert says(life, MENTEE, Command.RECALIBRATE) == ""
    life.relationship.recalibrate(MENTEE, by_mail(MENTEE, life.now))
    assert len(life.relationship.pending_events) == before
    assert replayed(life.relationship).contact == life.relationship.contact


def test_a_delegate_can_do_none_of_it() -> None:
    life = stuck()
    for command in (Command.RECALIBRATE, Command.REVIVE):
        by = by_mail(MENTEE, life.now)
        given = Answer(MENTEE, NAMES, MailKind.NOTICE, "health~dead_end~1", Reply(command), by, delegate=True)
        assert answer(life.relationship, given).reason == "a delegate cannot agree to that or end it"


def test_lived_again_the_same_acts_follow_from_the_same_facts() -> None:
    life = stuck()
    assert says(life, MENTEE, Command.RECALIBRATE) == ""
    life.live_until(life.now + timedelta(days=200))
    for role in Role:
        assert says(life, role, Command.REVIVE, "health~light_touch~x") == ""
    life.live_until(life.now + timedelta(days=30))
    relationship = life.relationship
    stream = list(relationship.pending_events)
    again = Reliving(stream, lambda _: (life.mentor, life.mentee), life.now, relationship.charter)
    acts = [(act.what, act.about, act.at) for act in again.acts()]
    assert acts == [(act.what, act.about, act.at) for act in acts_of(stream)]
    assert ("MailSent", ("notice", "health~network_contact~20270201T0900", "mentor")) in {act[:2] for act in acts}


def test_a_later_word_takes_the_place_of_an_earlier_one_and_after_the_end_of_it_none_is_taken() -> None:
    life = stuck()
    for command in (Command.KEEP, Command.OPENLY, Command.KEEP):
        assert says(life, MENTEE, command) == ""
    assert life.relationship.dead_ends[-1].choice is Choice.KEEP
    assert says(life, MENTEE, Command.RECALIBRATE) == ""
    assert says(life, MENTEE, Command.OPENLY) == "That question is no longer open."
    assert status(life) is Status.NETWORK_CONTACT


def test_a_network_contact_can_be_closed_and_ends_when_one_of_the_two_leaves() -> None:
    for ending in ("close", "leave"):
        life = recalibrated()
        if ending == "close":
            assert says(life, MENTOR, Command.CLOSE, "health~network_contact~x") == ""
        else:
            life.mentor.leave_organisation(by_cli(life.now))
            life.settle()
        assert status(life) is Status.ENDED
        life.live_until(life.now + timedelta(days=370))
        assert "light_touch" not in notices(life, MENTEE)


def test_a_closed_contact_is_not_revived_and_a_close_that_is_taken_back_leaves_it_a_contact() -> None:
    life = recalibrated()
    before = len(life.relationship.pending_events)
    assert says(life, MENTEE, Command.CLOSE, "health~light_touch~x") == ""
    deeds = deeds_of(life.relationship.pending_events[before:])
    assert says(life, MENTEE, Command.REVIVE, "health~light_touch~x") == "There is no network contact to revive."
    place = (MENTEE, "notice", "health~light_touch~x", life.now)
    life.relationship.hear_mail(Heard("0a1b", *place, deeds), by_mail(MENTEE, life.now))
    life.relationship.undo_mail("0a1b", by_mail(MENTEE, life.now))
    assert status(life) is Status.NETWORK_CONTACT


def test_one_who_was_never_a_contact_has_nothing_to_revive() -> None:
    life = booked_life()
    before = len(life.relationship.pending_events)
    assert says(life, MENTEE, Command.REVIVE) == ""
    assert len(life.relationship.pending_events) == before
