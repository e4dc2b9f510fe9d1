"""One of the two has left the organisation: what stood is undone, the other hears of it once, nobody else does."""

from datetime import date

import pytest

from domain.acts import acts_of
from domain.answering import Answer, answer
from domain.charter import Organiser, Role
from domain.deeds import deeds_of
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.hearing import DeedKind
from domain.mail import MailKind
from domain.relationship_state import Status
from domain.reliving import Reliving
from domain.reply import Command, Reply
from domain.writing import write
from tests.unit.domain_cast import BEGINNING, DAY, NAMES, agreed, by_cli, by_mail, charter, mentor, replayed, requested
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
    assert (told.recipient, told.about) == (Role.MENTEE, "mentor_left" if forgotten else "mentor_left_reachable")
    assert ("marta@example.net" in repr(words)) is not forgotten


def test_the_consent_to_a_private_address_is_taken_back_by_an_empty_one() -> None:
    life = lived()
    for address in ("marta@example.net", "marta@example.net", ""):
        life.mentor.allow_private_address(address, by_cli(life.now))
    assert life.mentor.private_address is None
    assert [type(event).__name__ for event in life.mentor.pending_events].count("PrivateAddressAllowed") == 2


def says(life: Life, command: Command) -> str:
    """Let the mentee answer the mail about the leaver, and return why nothing came of it."""
    by, situation = by_mail(Role.MENTEE, life.now), life.situation()
    given = Answer(Role.MENTEE, NAMES, MailKind.NOTICE, "left", Reply(command), by, situation=situation)
    reason = answer(life.relationship, given).reason
    life.settle()
    return reason


def kept() -> Life:
    """Return a pair whose mentor left, and whom the mentee keeps as a contact at her private address."""
    life = lived()
    life.mentor.allow_private_address("marta@example.net", by_cli(life.now))
    life.mentor.leave_organisation(by_cli(life.now))
    life.settle()
    assert says(life, Command.RECALIBRATE) == ""
    return life


def since_then(life: Life, days: int) -> list[tuple[str, str]]:
    """Live on, and return what was done meanwhile: to whom, and about what."""
    known = len(life.done)
    life.live_until(life.now + days * DAY)
    return [(str(effect.recipient), effect.about) for _, effect in life.done[known:]]


def test_who_left_with_an_address_of_her_own_can_be_kept_as_a_contact_to_whom_nothing_of_ours_goes() -> None:
    life = kept()
    assert life.relationship.status is Status.NETWORK_CONTACT
    assert since_then(life, 370) == [("mentee", "private_touch")] * 2
    touch = life.done[-1][1]
    assert "marta@example.net" in repr(write(Desk(life.situation(), touch, "Example programme")))
    assert replayed(life.relationship).contact == life.relationship.contact


def test_to_keep_her_is_one_deed_that_may_be_said_twice_and_that_no_undo_takes_back() -> None:
    life = kept()
    events = len(life.relationship.pending_events)
    assert [deed.what for deed in deeds_of(life.relationship.pending_events)][-1] is DeedKind.CONTACT_KEPT
    assert says(life, Command.RECALIBRATE) == ""
    assert len(life.relationship.pending_events) == events


def test_a_contact_who_left_cannot_be_mentoring_again() -> None:
    life = kept()
    assert says(life, Command.REVIVE) == "The mentor has left the organisation."
    assert life.relationship.status is Status.NETWORK_CONTACT


@pytest.mark.parametrize("why", ["taken back", "forgotten", "mentee left", "closed"])
def test_the_contact_ends_when_its_address_may_not_be_used_any_more(why: str) -> None:
    life = kept()
    match why:
        case "taken back":
            life.mentor.allow_private_address("", by_cli(life.now))
        case "forgotten":
            life.mentor.be_forgotten(by_cli(life.now))
        case "mentee left":
            life.mentee.leave_organisation(by_cli(life.now))
        case _:
            assert says(life, Command.CLOSE) == ""
    assert since_then(life, 370) == []
    assert life.relationship.status is Status.ENDED


def test_without_her_consent_nobody_keeps_a_contact_and_the_refusal_says_why() -> None:
    life = lived()
    life.mentor.leave_organisation(by_cli(life.now))
    life.settle()
    assert "agreed to no address" in says(life, Command.RECALIBRATE)
    assert life.relationship.status is Status.ENDED


def test_what_the_mentor_is_told_of_a_mentee_who_left_offers_her_no_other_mentor() -> None:
    life = lived()
    (told,) = [effect for effect in left(life, Role.MENTEE) if effect.kind is EffectKind.NOTICE]
    assert (told.recipient, told.about) == (Role.MENTOR, "left")


def test_a_contact_that_is_kept_lives_again_from_its_facts_with_the_same_acts() -> None:
    life = kept()
    since_then(life, 200)
    stream = list(life.relationship.pending_events)
    told = Reliving(stream, lambda _: (life.mentor, life.mentee), life.now, life.relationship.charter).acts()
    left_at = life.mentor.left_at
    assert left_at is not None
    later = [(act.what, act.about, act.at) for act in acts_of(stream) if act.at > left_at]
    assert later == [(act.what, act.about, act.at) for act in told if act.at > left_at]
    assert any(about[1].startswith("health~private_touch") for _, about, _ in later)
