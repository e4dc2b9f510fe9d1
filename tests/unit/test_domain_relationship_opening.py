"""How a relationship begins: request, answer, charter, and what is refused on the way."""

from datetime import timedelta

import pytest

from domain.charter import Role
from domain.errors import BadInput, Refused
from domain.relationship import Relationship
from domain.relationship_state import Status
from tests.unit.domain_cast import (
    BEGINNING,
    CHARTER,
    IDS,
    PAIR_ID,
    accepted,
    agreed,
    by_cli,
    by_mail,
    charter,
    kinds,
    origins,
    replayed,
    requested,
    words,
)


def test_a_request_names_both_the_goals_and_the_charter_proposed() -> None:
    relationship = requested()
    assert kinds(relationship) == ["Requested"]
    assert relationship.id == PAIR_ID
    assert relationship.status is Status.REQUESTED
    assert relationship.requested_at == relationship.settled_at == BEGINNING
    assert relationship.goals[0].reveal() == "Lead a design review"
    assert relationship.why.reveal() == "You built the first one"
    assert relationship.bring.reveal() == "Fresh eyes"
    assert relationship.charter == CHARTER
    assert not relationship.running


def test_nobody_can_be_their_own_mentor() -> None:
    one = IDS[Role.MENTOR]
    goals, (why, bring) = words("Grow"), words("a", "b")
    with pytest.raises(Refused, match="their own mentor"):
        Relationship.request(PAIR_ID, one, one, goals, why, bring, CHARTER, by_cli())


@pytest.mark.parametrize("goals", [(), ("",), ("Grow", "  ")])
def test_a_request_without_a_goal_that_says_something_is_refused(goals: tuple[str, ...]) -> None:
    why, bring = words("a", "b")
    people = (IDS[Role.MENTOR], IDS[Role.MENTEE])
    with pytest.raises(Refused, match="no goal"):
        Relationship.request(PAIR_ID, *people, words(*goals), why, bring, CHARTER, by_cli())


def test_a_request_with_terms_that_cannot_be_is_refused_before_anything_is_recorded() -> None:
    with pytest.raises(BadInput, match="cadence"):
        requested(charter(cadence_days=0))


def test_terms_are_never_judged_when_they_are_read_again() -> None:
    assert charter(cadence_days=0).cadence_days == 0


def test_each_person_is_known_by_role_and_a_stranger_has_none() -> None:
    relationship = requested()
    assert relationship.person_id(Role.MENTOR) == IDS[Role.MENTOR]
    assert relationship.person_id(Role.MENTEE) == IDS[Role.MENTEE]
    assert relationship.role_of(IDS[Role.MENTEE]) is Role.MENTEE
    assert relationship.role_of(IDS[Role.MENTOR]) is Role.MENTOR
    assert relationship.role_of("stranger") is None


def test_a_yes_counts_once() -> None:
    relationship = accepted()
    relationship.accept(by_mail(Role.MENTOR))
    assert kinds(relationship) == ["Requested", "Accepted"]
    assert relationship.status is Status.ACCEPTED


def test_a_yes_after_the_charter_changes_nothing() -> None:
    relationship = agreed()
    before = kinds(relationship)
    relationship.accept(by_mail(Role.MENTOR))
    assert kinds(relationship) == before


def test_a_no_counts_once_and_a_later_yes_is_refused() -> None:
    relationship = requested()
    relationship.decline(by_mail(Role.MENTOR))
    relationship.decline(by_mail(Role.MENTOR))
    assert kinds(relationship) == ["Requested", "Declined"]
    assert relationship.status is Status.DECLINED
    with pytest.raises(Refused, match="no longer open"):
        relationship.accept(by_mail(Role.MENTOR))


@pytest.mark.parametrize("build", [accepted, agreed])
def test_a_no_after_a_yes_is_refused(build: object) -> None:
    assert callable(build)
    relationship = build()
    with pytest.raises(Refused):
        relationship.decline(by_mail(Role.MENTOR))


def test_the_charter_counts_only_when_both_agreed() -> None:
    relationship = accepted()
    relationship.approve_charter(Role.MENTEE, by_mail(Role.MENTEE))
    assert (relationship.approved, relationship.running) == ((Role.MENTEE,), False)
    later = BEGINNING + timedelta(hours=3)
    relationship.approve_charter(Role.MENTOR, by_mail(Role.MENTOR, later))
    assert relationship.running
    assert relationship.settled_at == later
    assert kinds(relationship)[2:] == ["CharterApproved", "CharterApproved", "CharterAgreed"]


def test_agreeing_twice_counts_once_before_and_after_both_agreed() -> None:
    relationship = accepted()
    for role in (Role.MENTEE, Role.MENTEE, Role.MENTOR, Role.MENTOR, Role.MENTEE):
        relationship.approve_charter(role, by_mail(role))
    assert kinds(relationship).count("CharterApproved") == 2
    assert kinds(relationship).count("CharterAgreed") == 1


def test_there_is_no_charter_to_agree_to_before_the_mentor_said_yes() -> None:
    with pytest.raises(Refused, match="no charter"):
        requested().approve_charter(Role.MENTEE, by_mail(Role.MENTEE))


@pytest.mark.parametrize("build", [requested, accepted])
def test_an_unanswered_request_or_charter_expires_once(build: object) -> None:
    assert callable(build)
    relationship = build()
    relationship.expire_request("nobody answered", by_cli())
    relationship.expire_request("nobody answered", by_cli())
    assert kinds(relationship).count("RequestExpired") == 1
    assert relationship.status is Status.EXPIRED
    with pytest.raises(Refused):
        relationship.accept(by_mail(Role.MENTOR))
    with pytest.raises(Refused):
        relationship.decline(by_mail(Role.MENTOR))
    with pytest.raises(Refused):
        relationship.approve_charter(Role.MENTOR, by_mail(Role.MENTOR))


def test_what_runs_does_not_expire() -> None:
    relationship = agreed()
    before = kinds(relationship)
    relationship.expire_request("late", by_cli())
    assert kinds(relationship) == before


def test_every_event_happens_at_the_time_of_its_origin() -> None:
    times = origins(agreed())
    assert len(times) == 5
    assert all(timestamp == by.at for timestamp, by in times)


def test_telling_the_events_again_gives_the_same_relationship() -> None:
    relationship = agreed()
    again = replayed(relationship)
    assert again.status is relationship.status
    assert again.approved == relationship.approved
    assert again.charter == relationship.charter
    assert again.version == relationship.version


def test_a_pair_that_meets_already_is_taken_over_and_the_charter_holds_at_once() -> None:
    relationship = requested()
    relationship.take_over(BEGINNING.date(), by_cli())
    assert kinds(relationship) == ["Requested", "TakenOver"]
    again = replayed(relationship)
    assert (again.running, set(again.approved), again.settled_at) == (True, set(Role), by_cli().at)


def test_only_a_request_that_is_open_can_be_taken_over_and_not_from_the_future() -> None:
    with pytest.raises(Refused):
        agreed().take_over(BEGINNING.date(), by_cli())
    with pytest.raises(BadInput, match="future"):
        requested().take_over(by_cli().at.date() + timedelta(days=2), by_cli())
