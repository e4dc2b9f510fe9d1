"""What happened by itself follows again from the charter; under another one it is seen what would have been."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.acts import acts_of
from domain.charter import ConflictPolicy
from domain.errors import BadInput
from domain.reliving import Reliving
from service.people import pause_person, plan_leave, resume_person
from service.queries_what_if import WhatIf, what_if
from service.reliving_people import people_of
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, START, Theatre, theatre


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """Six weeks: an appointment in the way, a leave, a declined meeting, and some days of silence."""
    with theatre(tmp_path_factory.mktemp("life"), "service") as play:
        entry = play.live_to_booking()
        play.live_until(play.world.now + 2 * HOUR)
        play.hands.busy(MENTOR, entry.time)
        play.live_until(START + 16 * DAY)
        mentor = play.house.streams.person(play.relationship.mentor_id)
        plan_leave(play.house, mentor, date(2027, 3, 22), date(2027, 3, 26))
        play.live_until(START + 29 * DAY)
        current = play.relationship.meetings.current
        assert current is not None
        play.hands.decline(MENTEE, current.ical_uid)
        play.live_until(START + 31 * DAY)
        pause_person(play.house, play.house.streams.person(play.relationship.mentee_id))
        play.live_until(START + 33 * DAY)
        resume_person(play.house, play.house.streams.person(play.relationship.mentee_id))
        play.live_until(START + 44 * DAY)
        yield play


def again(play: Theatre, paced: bool = True) -> Reliving:
    """Return the life as it can be lived again under its own charter."""
    stream, pair = tuple(play.house.streams.events(play.id)), play.relationship
    return Reliving(stream, people_of(play.house, pair), play.house.now(), pair.charter, paced)


def test_all_that_happened_by_itself_follows_again_from_its_own_charter(lived: Theatre) -> None:
    recorded = acts_of(lived.house.streams.events(lived.id))
    assert {act.what for act in recorded} >= {"MovePlanned", "MeetingMoved", "MeetingCancelled", "BookingCancelled"}
    assert len(recorded) > 40
    assert sorted(map(str, again(lived).acts())) == sorted(map(str, recorded))


def test_every_act_but_an_answer_to_a_mail_cites_a_clause_of_the_charter(lived: Theatre) -> None:
    recorded = acts_of(lived.house.streams.events(lived.id))
    assert {act.about[0] for act in recorded if act.clause is None} == {"echo"}
    assert all(act.clause.startswith("v1/") for act in recorded if act.clause is not None)


def test_living_again_brings_back_where_everything_stands(lived: Theatre) -> None:
    life, pair = again(lived), lived.relationship
    life.acts()
    told = life.relationship
    assert (told.status, told.actions, told.agendas) == (pair.status, pair.actions, pair.agendas)
    states = [[(m.ref, m.state, m.time) for m in one.meetings.items] for one in (told, pair)]
    assert states[0] == states[1]


def without_harm(play: Theatre, **terms: object) -> WhatIf:
    """Ask what if, and see that nothing was recorded."""
    before = tuple(play.house.streams.events(play.id))
    found = what_if(play.house, play.id, terms)
    assert len(tuple(play.house.streams.events(play.id))) == len(before)
    assert found.acts == found.derived > 40
    return found


def test_a_weekly_cadence_would_have_brought_more_meetings(lived: Theatre) -> None:
    found = without_harm(lived, cadence_days=7)
    assert [(term.name, term.was, term.would_be) for term in found.terms] == [("cadence_days", "14", "7")]
    assert sum(c.would_be is not None for c in found.cycles) > sum(c.was is not None for c in found.cycles)
    extra = [d for d in found.differences if d.was is None and d.what.startswith("sent: agenda")]
    assert extra
    assert all(d.clause == "v1/agenda-lead" for d in extra)


def test_another_policy_would_have_left_the_meeting_out_that_was_moved(lived: Theatre) -> None:
    found = without_harm(lived, conflict=ConflictPolicy.SKIP.value)
    first = found.cycles[0]
    assert (first.was_state, first.would_be_state) == ("held", "skipped")
    assert found.unfit >= 0
    gone = {d.what for d in found.differences if d.would_be is None}
    assert any("is to be moved" in what for what in gone)
    assert "cycle 1 left out: the mentor has another appointment" in {d.what for d in found.differences}


def test_another_lead_would_have_sent_the_same_agendas_earlier(lived: Theatre) -> None:
    found = without_harm(lived, agenda_lead_hours=20)
    agendas = [d for d in found.differences if d.what.startswith("sent: agenda") and d.was and d.would_be]
    assert agendas
    assert {d.would_be - d.was for d in agendas if d.was and d.would_be} == {4 * HOUR}


@pytest.mark.parametrize("terms", [{}, {"cadence_days": 14}, {"cadence_days": 0}, {"venue": "in-person"}])
def test_a_charter_that_is_the_same_or_cannot_be_is_refused(lived: Theatre, terms: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        what_if(lived.house, lived.id, terms)
