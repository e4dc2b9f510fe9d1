"""One person is mentee of one and mentor of another: her time is one, and the pairs know nothing of each other."""

from datetime import timedelta
from pathlib import Path

from domain.by import MAIL, By
from domain.charter import Role
from service.people import add_person
from service.requests import Ask, request_relationship
from tests.service.theatre import DAY, HOUR, MENTEE, theatre

KEN = "ken@example.com"


def test_a_mentor_who_is_also_a_mentee_is_never_in_two_meetings_at_once_and_both_pairs_meet(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.add(KEN)
        jonas = stage.relationship.mentee_id
        ken = add_person(stage.house, KEN, "Ken Okada", "microsoft", "Europe/Berlin", "mon-fri 16:00-18:00")
        second = request_relationship(stage.house, Ask(jonas, ken, ("Grow",), "You did.", "Time."))
        relationship, now = stage.house.streams.relationship(second), stage.world.now
        relationship.accept(By(jonas, MAIL, None, now))
        for role in Role:
            relationship.approve_charter(role, By(relationship.person_id(role), MAIL, None, now))
        stage.house.streams.save(relationship, now=now)
        stage.live_to_booking()
        stage.live_until(stage.world.now + 3 * DAY)
        both = (stage.relationship, stage.house.streams.relationship(second))
        times = sorted(one.meetings.items[0].time for one in both)
        assert all(one.meetings.items[0].ical_uid for one in both)
        assert not times[0].overlaps(times[1])
        told = b"".join(letter.raw for letter in stage.inbox(KEN))
        assert b"Mara" not in told
        assert b"Ken" not in b"".join(letter.raw for letter in stage.inbox("mara@example.org"))
        assert times[0].end <= times[0].start + timedelta(hours=1) <= times[1].start + 48 * HOUR
        assert stage.inbox(MENTEE) != []
