"""What was set aside is listed with its reason, read once more when somebody asks, or let go."""

from pathlib import Path
from typing import Any

import pytest

from domain.errors import BadInput, NotFound
from domain.relationship_state import Status
from domain.reply import Reply
from service.nonsense import PARKED_ENTRY
from service.parking import drop, parked, replay
from tests.service.test_inbox import request_id, write_in
from tests.service.theatre import HOUR, MENTOR, SERVICE, Theatre, theatre


def poisoned(stage: Theatre, patch: pytest.MonkeyPatch) -> None:
    """Let the mentor accept in words of which our program dies."""
    answers = request_id(stage)
    understand = stage.house.reader.understand

    def stumble(text: str, *rest: Any) -> Reply:
        if "accept" in text:
            raise ZeroDivisionError
        return understand(text, *rest)

    with patch.context() as patched:
        patched.setattr(stage.house.reader, "understand", stumble)
        write_in(stage, MENTOR, "accept", answers)


def test_a_mail_of_which_our_program_died_is_listed_and_acts_once_it_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        poisoned(stage, monkeypatch)
        (row,) = parked(stage.house)
        assert (row.what, row.owner, row.reason) == ("mail", "service", "bug-ZeroDivisionError")
        assert row.item in stage.world.accounts[SERVICE].letters
        assert stage.relationship.status is Status.REQUESTED
        assert replay(stage.house, row.key[:20]) == row.key
        stage.live_until(stage.world.now + HOUR)
        assert (stage.relationship.status, parked(stage.house)) == (Status.ACCEPTED, ())


def test_a_mail_that_is_still_not_understood_is_set_aside_again_and_can_be_read_again(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        write_in(stage, MENTOR, "hello", None)
        for _ in range(2):
            (row,) = parked(stage.house)
            replay(stage.house, row.key)
            assert parked(stage.house) == ()
            stage.live_until(stage.world.now + HOUR)
        assert [one.key for one in parked(stage.house)] == [row.key]


def test_what_is_let_go_is_no_longer_shown_and_never_acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with theatre(tmp_path) as stage:
        poisoned(stage, monkeypatch)
        (row,) = parked(stage.house)
        assert drop(stage.house, row.key) == row.key
        stage.live_until(stage.world.now + HOUR)
        assert (stage.relationship.status, parked(stage.house)) == (Status.REQUESTED, ())
        with pytest.raises(NotFound):
            drop(stage.house, row.key)


def test_an_entry_that_makes_no_sense_is_listed_and_is_read_by_the_next_poll_anyway(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        uid = stage.hands.busy(MENTOR, stage.live_to_booking().time)
        stage.hands.garble(MENTOR, uid, "unknown-zone")
        stage.live_until(stage.world.now + HOUR)
        (row,) = parked(stage.house)
        assert (row.what, row.owner, row.reason) == ("entry", stage.relationship.mentor_id, "unknown-zone")
        assert PARKED_ENTRY in row.key
        with pytest.raises(BadInput, match="read anew by every poll"):
            replay(stage.house, row.key)
