"""What lists and single views show of people and relationships, and how things are found by what is typed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cli.output import jsonable
from domain.by import MAIL, By
from domain.errors import BadInput, NotFound, Refused
from domain.goals import GoalReaders
from domain.ledger import Settlement, WorkState
from domain.person_state import LossReason
from domain.reply import SaidGoal
from service.names import first_name, person_named, relationship_named, the_one
from service.people import add_person
from service.queries import people, person_view, relationships
from service.queries_as_of import known_at
from service.queries_history import history
from service.queries_relationship import relationship_view
from service.rehearsal import rehearsed
from service.requests import Ask, request_relationship
from service.rows import calendar_poll
from tests.service.reading_house import CANARIES, PAIR, Told, house_in, told_house
from tests.unit.domain_cast import HOUR, MENTEE_ID, MENTOR_ID, by_cli


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A house whose one pair has lived for some weeks."""
    with told_house(tmp_path) as told:
        yield told


def test_a_list_of_people_is_in_the_order_of_their_names(told: Told) -> None:
    rows = people(told.house)
    assert [(row.name, row.address, row.provider) for row in rows] == [
        ("Marta Example", "marta@example.com", "microsoft"),
        ("Tilo Sample", "tilo@example.org", "google"),
    ]


@pytest.mark.parametrize("name", ["tilo@example.org", "TILO@example.org", str(MENTEE_ID), str(MENTEE_ID).upper()])
def test_a_person_is_found_by_address_or_id(told: Told, name: str) -> None:
    view = person_view(told.house, name)
    assert (view.name, view.relationships, view.calendar_read) == ("Tilo Sample", (PAIR,), True)


@pytest.mark.parametrize("name", ["nobody@example.org", "f", "", "%"])
def test_who_is_not_known_is_not_found(told: Told, name: str) -> None:
    with pytest.raises(NotFound):
        person_named(told.house, name)


def test_a_beginning_that_fits_two_people_is_refused_and_says_how_many(told: Told) -> None:
    with pytest.raises(BadInput, match="2 known ones"):
        person_named(told.house, "0000")


def test_the_beginning_of_an_id_is_enough_when_only_one_has_it(told: Told) -> None:
    assert relationship_named(told.house, "0000") == PAIR


def test_a_full_name_wins_over_a_longer_one_that_begins_with_it() -> None:
    assert the_one("ab", ["ab", "abc"], "thing", "Look.") == "ab"


def test_actors_that_are_no_people_speak_for_themselves() -> None:
    assert [first_name({"1": "Ann Example"}, actor) for actor in ("1", "mentorsync")] == ["Ann", "mentorsync"]


def test_a_list_of_relationships_tells_names_status_and_the_next_meeting(told: Told) -> None:
    (row,) = relationships(told.house)
    assert (row.mentor, row.mentee, row.status, row.next_state) == ("Marta Example", "Tilo Sample", "agreed", "booked")
    assert row.next_meeting is not None
    assert row.next_meeting > told.now
    assert (row.meetings_held, row.open_actions, row.held_mails) == (1, 1, 1)


def test_relationships_without_a_meeting_come_last(told: Told) -> None:
    house = told.house
    other = add_person(house, "uma@example.net", "Uma Test", "google", "Europe/Berlin", "mon-fri 09:00-17:00")
    request_relationship(house, Ask(str(MENTOR_ID), other, ("Grow",), "why", "bring"))
    assert [row.mentee for row in relationships(house)] == ["Tilo Sample", "Uma Test"]


def test_a_relationship_shows_goals_charter_meetings_and_actions(told: Told) -> None:
    view = relationship_view(told.house, PAIR)
    assert view.goals == ("Lead a design review",)
    (goal,) = view.goal_book
    assert (goal.number, goal.kind, goal.readers, goal.state, goal.wordings) == (1, "own", "programme", "open", 0)
    assert (view.charter.version, view.charter.holds, view.charter.approved) == (1, True, ("mentor", "mentee"))
    meetings = [(m.cycle, m.generation, m.state, m.agenda_sent_at is not None) for m in view.meetings]
    assert meetings == [(1, 1, "held", True), (2, 1, "cancelled", False), (2, 2, "booked", False)]
    assert view.meetings[1].responses == {"mentor": "needs_action", "mentee": "declined"}
    assert [(a.id, a.owner, a.state, a.chased) for a in view.actions] == [
        (1, "mentor", "done", 0),
        (2, "mentee", "open", 1),
    ]
    assert [held.message_id for held in view.held_mails] == ["<odd@example.net>"]


def test_agenda_items_and_learnings_are_counted_and_never_shown(told: Told) -> None:
    view = relationship_view(told.house, PAIR)
    assert [(m.agenda_items, m.learnings) for m in view.meetings] == [(1, 1), (0, 0), (0, 0)]
    shown = str(jsonable(view)) + str(jsonable(history(told.house, PAIR)))
    assert [canary for canary in CANARIES if canary in shown] == []


def test_a_rehearsed_use_case_refuses_what_the_real_one_would_and_records_nothing(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        one = ("ann@example.org", "Ann Example", "google", "Europe/Berlin", "mon-fri 09:00-17:00")
        add_person(rehearsed(house), *one)
        assert people(house) == ()
        add_person(house, *one)
        with pytest.raises(Refused):
            add_person(rehearsed(house), *one)
        with pytest.raises(BadInput):
            add_person(rehearsed(house), "bob@example.org", "Bob", "google", "Europe/Atlantis", "mon-fri 09:00-17:00")


def test_an_administrator_reads_the_words_only_of_goals_that_are_for_the_programme(told: Told) -> None:
    relationship = told.house.streams.relationship(PAIR)
    by = By(relationship.mentee_id, MAIL, None, told.now)
    aims = (SaidGoal(text="Leave here", readers=GoalReaders.MENTEE), SaidGoal(text="Say no"), SaidGoal(1, "Lead two"))
    relationship.say_goals(aims, by)
    told.house.streams.save(relationship, now=told.now)
    view = relationship_view(told.house, PAIR)
    assert view.goals == ("Lead two", "[private to the mentee]", "[shared with the mentor]")
    assert [goal.wordings for goal in view.goal_book] == [1, 0, 0]
    before = known_at(told.house, PAIR, told.now - timedelta(hours=1)).relationship
    assert before.goals == ("Lead a design review",)
    assert [line.what for line in history(told.house, PAIR).events if "goal 1" in line.what] == [
        "goal 1 was refined (own, read by the programme)"
    ]


def test_the_list_of_people_says_whose_calendar_is_read_and_whose_is_not(told: Told) -> None:
    def calendars() -> dict[str, str]:
        return {row.name: row.calendar for row in people(told.house)}

    assert calendars() == {"Marta Example": "read", "Tilo Sample": "read"}
    poll = calendar_poll(str(MENTEE_ID), told.now)
    told.house.ledger.ensure([poll], told.now)
    (claim,) = told.house.ledger.claim(told.now, [poll.kind], 1, told.now + HOUR)
    refused = Settlement(poll.key, claim.token, WorkState.OPEN, told.now + HOUR, reason="the provider refuses")
    told.house.ledger.settle(refused, told.now)
    assert calendars() == {"Marta Example": "read", "Tilo Sample": "cannot be read"}
    mentor = told.house.streams.person(str(MENTOR_ID))
    mentor.lose_connection(LossReason.CONSENT, by_cli(told.now))
    told.house.streams.save(mentor, now=told.now)
    assert calendars()["Marta Example"] == "consent ended"
