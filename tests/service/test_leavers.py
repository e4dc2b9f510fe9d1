"""A whole house in which the mentor leaves the organisation, and later the mailbox is gone."""

from pathlib import Path

import pytest

from adapters.memory.world import Account, Closed, MemoryWorld
from domain.errors import Refused
from domain.relationship_state import Status
from service.people import PersonChanges, add_person, change_person, record_left
from service.requests import Ask, request_relationship
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, Theatre, theatre
from tests.unit.quoting_clients import parts_of

KEN, PRIVATE = "ken@example.org", "mara@home.example"


def leave(stage: Theatre) -> None:
    """Let the mentor leave; her mailbox is gone at the same moment."""
    stage.hands.close(MENTOR, Closed.GONE)
    record_left(stage.house, stage.house.streams.person(stage.relationship.mentor_id))


@pytest.mark.parametrize("organiser", ["service", "mentee", "mentor"])
def test_the_others_calendar_is_cleared_and_one_mail_says_why_whoever_organises(
    tmp_path: Path, organiser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path, organiser) as stage:
        stage.live_to_booking()
        stage.live_until(stage.world.now + 2 * HOUR)
        assert len(stage.events(MENTEE)) == 1
        before = len(stage.inbox(MENTOR))
        leave(stage)
        asked: list[str] = []

        def noted(address: str) -> Account:
            asked.append(address)
            return MemoryWorld.opened(stage.world, address)

        monkeypatch.setattr(stage.world, "opened", noted)
        stage.live_until(stage.world.now + DAY)
        assert [stage.events(account) for account in (MENTEE, SERVICE)] == [[], []]
        assert stage.mail_kinds(MENTEE).count("notice") == 1
        stage.live_until(stage.world.now + 30 * DAY)
        assert stage.mail_kinds(MENTEE).count("notice") == 1
        assert (len(stage.inbox(MENTOR)), asked.count(MENTOR)) == (before, 0)
        assert stage.relationship.status is Status.ENDED


def test_nobody_is_asked_to_mentor_who_has_left(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        leave(stage)
        other = add_person(stage.house, "uma@example.net", "Uma Example", "google", "UTC", "mon-fri 09:00-17:00")
        with pytest.raises(Refused, match="left"):
            request_relationship(stage.house, Ask(stage.relationship.mentor_id, other, ("Grow",), "You.", "Time."))


def test_a_mail_of_somebody_who_left_changes_nothing(tmp_path: Path) -> None:
    with theatre(tmp_path, "service") as stage:
        del stage.habits["charter"]
        stage.live_to("charter")
        stage.live_until(stage.world.now + HOUR)
        (letter,) = stage.inbox(MENTOR, "charter")
        leave(stage)
        stage.live_until(stage.world.now + HOUR)
        stage.hands.reply(MENTOR, letter.id, "agree")
        stage.live_until(stage.world.now + 2 * HOUR)
        assert (stage.relationship.approved, stage.relationship.status) == ((), Status.ENDED)


def agreed(stage: Theatre, private: str = "") -> None:
    """Let the two agree on a charter, and the mentor leave with an address of her own or without."""
    stage.live_to_booking()
    mentor = stage.house.streams.person(stage.relationship.mentor_id)
    change_person(stage.house, mentor, PersonChanges(private_address=private))
    leave(stage)
    stage.live_until(stage.world.now + DAY)


def test_a_mentee_asks_somebody_else_in_reply_to_the_mail_that_says_that_her_mentor_left(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.add(KEN)
        add_person(stage.house, KEN, "Ken Adeyemi", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00")
        agreed(stage)
        letter = stage.inbox(MENTEE, "notice")[-1]
        said = " ".join(parts_of(letter.raw)[1].split())
        assert "To ask somebody else now, reply with a line that begins with Mentor:" in said
        assert "network contact" not in said
        stage.hands.reply(MENTEE, letter.id, "Mentor: Ken Adeyemi\nWhy you: You know the other side.")
        stage.live_until(stage.world.now + HOUR)
        first, second = (stage.house.streams.relationship(s.id) for s in stage.house.streams.summaries("relationship"))
        assert (first.status, second.status) == (Status.ENDED, Status.REQUESTED)
        assert (second.goals, second.bring) == (first.goals, first.bring)
        assert len(stage.inbox(KEN, "request")) == 1


def test_a_mentee_keeps_a_mentor_who_left_as_a_contact_and_nothing_of_ours_goes_to_her_own_address(
    tmp_path: Path,
) -> None:
    with theatre(tmp_path) as stage:
        stage.world.add(PRIVATE)
        agreed(stage, PRIVATE)
        stage.hands.reply(MENTEE, stage.inbox(MENTEE, "notice")[-1].id, "recalibrate")
        stage.live_until(stage.world.now + HOUR)
        assert stage.relationship.status is Status.NETWORK_CONTACT
        stage.live_until(stage.world.now + 200 * DAY)
        touch = " ".join(parts_of(stage.inbox(MENTEE, "notice")[-1].raw)[1].split())
        assert f"write to this address: {PRIVATE}" in touch
        assert stage.inbox(PRIVATE) == []
