"""A reply that asks for help is answered with what can be written and changes nothing; what the answer names works."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from domain.charter import Role
from domain.hearing import DeedKind
from tests.service.theatre import HOUR, MENTEE, MENTOR, Theatre, theatre
from tests.unit.quoting_clients import parts_of

PROMISED = {
    "pause": DeedKind.PAUSED,
    "pause until 15 September": DeedKind.PAUSED,
    "Could we do every six weeks instead?": DeedKind.PROPOSED,
    "Note to self: she likes tea": DeedKind.NOTED,
    "close": DeedKind.ENDED,
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Theatre]:
    with theatre(tmp_path) as stage:
        yield stage


def replied(stage: Theatre, account: str, kind: str, text: str) -> list[DeedKind]:
    """Answer the newest mail of that kind and return what the answer brought about."""
    stage.hands.reply(account, stage.inbox(account, kind)[-1].id, text)
    stage.live_until(stage.world.now + 2 * HOUR)
    role = Role.MENTOR if account == MENTOR else Role.MENTEE
    mine = [heard for heard in stage.relationship.heard.values() if heard.role is role]
    return [deed.what for deed in mine[-1].deeds]


def said(stage: Theatre, account: str, kind: str) -> str:
    return " ".join(parts_of(stage.inbox(account, kind)[-1].raw)[1].split())


def test_help_is_answered_with_the_list_and_changes_nothing_and_move_does_as_it_says(stage: Theatre) -> None:
    stage.live_to("agenda")
    stage.live_until(stage.world.now + HOUR)
    before = len(tuple(stage.house.streams.events(stage.id)))
    assert replied(stage, MENTOR, "agenda", "help\n\nMentor: Ken Adeyemi") == [DeedKind.HELPED]
    told = [type(event).__name__ for event in tuple(stage.house.streams.events(stage.id))[before:]]
    assert set(told) <= {"MailUnderstood", "MailSent"}
    answer = said(stage, MENTOR, "echo")
    assert "move: another time is looked for" in answer
    assert "These words of yours were not used: - Mentor: Ken Adeyemi" in answer
    assert DeedKind.CANCELLED in replied(stage, MENTOR, "agenda", "move")


def test_what_the_first_follow_up_promises_works_in_answer_to_it(stage: Theatre) -> None:
    stage.live_to("follow_up")
    stage.live_until(stage.world.now + HOUR)
    for account in (MENTOR, MENTEE):
        assert "WHAT YOU CAN WRITE TO US AT ANY TIME" in said(stage, account, "follow_up")
    for account, (words, deed) in zip(cycle((MENTOR, MENTEE)), PROMISED.items(), strict=False):
        assert deed in replied(stage, account, "follow_up", words)
        if deed is DeedKind.PAUSED:
            assert DeedKind.WENT_ON in replied(stage, account, "follow_up", "resume")
    assert "has been closed" in said(stage, MENTEE, "notice")
