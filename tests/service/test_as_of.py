"""Any past day can be seen as it was seen on that day, and what nobody recorded is not known."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cli.output import jsonable
from domain.errors import BadInput, NotFound, Refused
from domain.relationship import Relationship
from service.past import house_at
from service.people import pause_person, resume_person
from service.queries_as_of import CALENDARS, NEXT_MEETING, as_of, known_at
from service.queries_relationship import view_of_relationship
from tests.service.reading_house import PAIR, house_in
from tests.service.theatre import DAY, MENTOR, START, Theatre, theatre
from tests.unit.domain_cast import BEGINNING, agreed, mentee, mentor

LIFE = 24


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Theatre, dict[datetime, tuple[object, object]]]]:
    """Some weeks of a pair, with what was seen at the end of each: the present view, and the view as of then."""
    with theatre(tmp_path_factory.mktemp("life")) as play:
        seen: dict[datetime, tuple[object, object]] = {}
        for number in range(LIFE):
            play.live_until(START + (number + 1) * DAY)
            if number in (11, 14):
                mentor = play.house.streams.person(play.relationship.mentor_id)
                (pause_person if number == 11 else resume_person)(play.house, mentor)
                play.daemon.run_due()
            now = play.house.now()
            shown = view_of_relationship(play.house, play.id)
            seen[now] = jsonable(shown), jsonable(known_at(play.house, play.id, now))
        yield play, seen


def test_every_past_day_is_seen_as_it_was_seen_on_that_day(
    lived: tuple[Theatre, dict[datetime, tuple[object, object]]],
) -> None:
    play, seen = lived
    again = {at: jsonable(known_at(play.house, play.id, at)) for at in seen}
    assert {at: told for at, (_, told) in seen.items()} == again
    assert {at: shown for at, (shown, _) in seen.items()} == {at: told["relationship"] for at, told in again.items()}
    assert len({str(told["relationship"]["meetings"]) for told in again.values()}) > LIFE / 8


def test_a_day_that_somebody_was_silent_shows_it_and_only_that_one(
    lived: tuple[Theatre, dict[datetime, tuple[object, object]]],
) -> None:
    play, seen = lived
    silent = [known_at(play.house, play.id, at).relationship.mentor.paused for at in seen]
    assert silent == [11 <= number < 14 for number in range(LIFE)]


def test_mails_searches_and_the_plan_are_those_of_the_day(tmp_path: Path) -> None:
    with theatre(tmp_path) as play:
        meeting = play.live_to_booking()
        booked = play.house.now()
        play.live_until(meeting.time.end + 5 * DAY)
        known = known_at(play.house, play.id, booked)
        now = known_at(play.house, play.id, play.house.now())
    assert [(s.meeting, s.chosen) for s in known.searches] == [("1.1", meeting.time.start)]
    assert known.searches[0].chosen in known.searches[0].starts
    assert {"agenda to the mentor for meeting 1.1"} <= {wanted.what for wanted in known.plan}
    assert {mail.what for mail in known.mails} < {mail.what for mail in now.mails}
    assert known.not_known == (CALENDARS,)


def test_a_day_is_meant_to_its_end_and_an_instant_is_itself(tmp_path: Path) -> None:
    with theatre(tmp_path) as play:
        play.live_until(START + 3 * DAY)
        day = START.date().isoformat()
        assert as_of(play.house, day, play.id).at == START.replace(hour=0) + DAY
        assert as_of(play.house, f"{day}T09:00+01:00", play.id).at == START
        assert as_of(play.house, play.house.now().date().isoformat(), play.id).at == play.house.now()


@pytest.mark.parametrize(
    ("when", "trouble"),
    [("2020-01-01", NotFound), ("2099-01-01", BadInput), ("soon", BadInput), ("2027-03-01T09:00", BadInput)],
)
def test_before_the_beginning_after_the_present_and_what_is_no_day_are_refused(
    tmp_path: Path, when: str, trouble: type[Exception]
) -> None:
    with theatre(tmp_path) as play, pytest.raises(trouble):
        as_of(play.house, when, play.id)


def test_what_no_event_holds_is_not_known(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        house.streams.save(mentor(), mentee(), agreed(), now=BEGINNING)
        assert known_at(house, PAIR, BEGINNING).not_known == (CALENDARS, NEXT_MEETING)


def test_the_past_cannot_be_changed(tmp_path: Path) -> None:
    with theatre(tmp_path) as play:
        past = house_at(play.house, play.house.now())
        someone: Relationship = past.streams.relationship(play.id)
        with pytest.raises(Refused):
            past.streams.save(someone, now=START)
        assert past.streams.person_at(MENTOR) == someone.mentor_id
        assert [summary.id for summary in past.streams.summaries("relationship")] == [play.id]
