"""One of the two has left the organisation: what stood is undone, the other hears of it once, nobody else does."""

from datetime import date

import pytest

from domain.charter import Organiser, Role
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.relationship_state import Status
from domain.writing import write
from tests.unit.domain_cast import BEGINNING, DAY, agreed, by_cli, charter, mentor, requested
from tests.unit.domain_life import Life


def lived(organiser: Organiser = Organiser.SERVICE) -> Life:
    """Return a pair with a booked meeting, of whom each owes something."""
    life = Life(agreed(charter(organiser=organiser)))
    life.settle()
    for role in Role:
        life.relationship.owe_action(role, mentor().name, date(2027, 2, 5), 1, by_cli())
    life.live_until(BEGINNING + DAY)
    return life


def left(life: Life, role: Role = Role.MENTOR) -> list[Effect]:
    """Let one of them leave, live on for a year, and return what was done since."""
    known = len(life.done)
    (life.mentor if role is Role.MENTOR else life.mentee).leave_organisation(by_cli(life.now))
    life.live_until(life.now + 365 * DAY)
    return [effect for _, effect in life.done[known:]]


@pytest.mark.parametrize("leaver", list(Role))
@pytest.mark.parametrize("organiser", [Organiser.SERVICE, Organiser.MENTOR, Organiser.MENTEE])
def test_the_meeting_is_cancelled_within_a_day_and_the_other_hears_of_it_once(
    organiser: Organiser, leaver: Role
) -> None:
    life = lived(organiser)
    then = life.now
    done = left(life, leaver)
    assert sorted("/".join(effect.name) for effect in done) == ["cancel/1.1/calendar", f"notice/left/{leaver.other}"]
    assert all(at - then < DAY for at, effect in life.done if effect in done)
    assert life.relationship.status is Status.ENDED
    assert (life.relationship.ended_because, life.meeting.reason) == ("left", f"the {leaver.value} has left")


def test_what_the_leaver_owes_becomes_unreachable_and_is_never_asked_for() -> None:
    life = lived()
    left(life)
    kinds = [type(e).__name__ for e in life.relationship.pending_events]
    assert kinds.count("ActionUnreachable") == 1
    assert [(a.owner, a.open, a.done_at) for a in life.relationship.actions if a.unreachable_at] == [
        (Role.MENTOR, False, None)
    ]


def test_the_end_comes_once_however_often_it_is_looked_at() -> None:
    life = lived()
    left(life)
    before = len(life.relationship.pending_events)
    life.relationship.end("left", by_cli(life.now))
    life.relationship.lose_actions(Role.MENTOR, by_cli(life.now))
    life.live_until(life.now + DAY)
    assert len(life.relationship.pending_events) == before


def test_a_request_ends_with_either_and_only_who_knows_of_it_is_told() -> None:
    for leaver, told in ((Role.MENTOR, ["left"]), (Role.MENTEE, [])):
        life = Life(requested())
        left(life, leaver)
        assert life.relationship.status is Status.ENDED
        assert life.sent("notice") == told


def test_nothing_goes_to_somebody_who_left_even_when_the_other_asked_for_silence() -> None:
    life = lived()
    life.pause(Role.MENTEE)
    assert ["/".join(effect.name) for effect in left(life)] == ["cancel/1.1/calendar"]
    assert life.relationship.status is Status.ENDED


def test_a_meeting_that_took_place_stays_as_it_was() -> None:
    life = lived()
    life.live_until(life.meeting.time.end + DAY / 2)
    states = life.states()[:1]
    left(life)
    assert life.states()[:1] == states


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_private_address_is_told_once_to_the_other_and_only_where_its_owner_agreed(forgotten: bool) -> None:
    life = lived()
    life.mentor.allow_private_address("marta@example.net", by_cli(life.now))
    if forgotten:
        life.mentor.be_forgotten(by_cli(life.now))
    life.mentor.leave_organisation(by_cli(life.now))
    life.settle()
    (told,) = [effect for _, effect in life.done if effect.kind is EffectKind.NOTICE and effect.occasion == "left"]
    words = write(Desk(life.situation(), told, "Example programme"))
    assert (told.recipient, told.about) == (Role.MENTEE, "left" if forgotten else "left_reachable")
    assert ("marta@example.net" in repr(words)) is not forgotten


def test_the_consent_to_a_private_address_is_taken_back_by_an_empty_one() -> None:
    life = lived()
    for address in ("marta@example.net", "marta@example.net", ""):
        life.mentor.allow_private_address(address, by_cli(life.now))
    assert life.mentor.private_address is None
    assert [type(event).__name__ for event in life.mentor.pending_events].count("PrivateAddressAllowed") == 2
