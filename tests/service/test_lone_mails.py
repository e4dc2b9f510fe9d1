"""A mail that answers none of ours: what it asks for is done or answered, and what cannot be is shown to somebody."""

from collections.abc import Iterator

import pytest

from adapters.memory.world import Fault
from service.parking import parked
from service.people import add_person
from service.posting import LOOKS
from service.queries_outbox import outbox, resolve
from service.status import ledger_counts
from tests.quick_folder import quick_folder
from tests.service.test_inbox import request_id, write_in
from tests.service.theatre import HOUR, MENTOR, SERVICE, Theatre, theatre

ADA = "ada@example.net"
NOTE = "Note to self: she is moving house"


@pytest.fixture
def stage() -> Iterator[Theatre]:
    with quick_folder() as folder, theatre(folder) as found:
        request_id(found)
        add_person(found.house, ADA, "Ada Sand", "google", "Europe/Berlin", "mon-fri 09:00-18:00")
        found.world.add(ADA)
        yield found


def reasons(stage: Theatre) -> list[str]:
    return [row.reason for row in parked(stage.house)]


def test_each_request_of_a_day_that_is_not_whole_is_answered_with_what_it_lacks(stage: Theatre) -> None:
    write_in(stage, ADA, f"Mentor: {MENTOR}\n\nGoals:\n- Lead a team\n", None)
    write_in(stage, ADA, f"Mentor: {MENTOR}\n\nGoals:\n- Lead a team\n\nWhy you:\nYou did it.\n", None)
    first, second = (letter.raw.replace(b"=\r\n", b"") for letter in stage.inbox(ADA, "echo"))
    assert [b"Why you:" in first, b"Why you:" in second] == [True, False]
    assert [b"What I bring:" in first, b"What I bring:" in second] == [True, True]
    assert reasons(stage) == []


def test_a_stop_is_heeded_and_the_private_note_below_it_that_is_kept_nowhere_is_shown_to_somebody(
    stage: Theatre,
) -> None:
    write_in(stage, ADA, f"stop\n\n{NOTE}", None)
    ada = stage.house.streams.person_at(ADA) or ""
    assert stage.house.streams.person(ada).paused
    assert reasons(stage) == ["private-note"]
    assert "house" not in str(parked(stage.house))


@pytest.mark.parametrize("left", [True, False])
def test_an_answer_of_which_nobody_knows_whether_it_left_is_held_in_the_outbox_for_somebody_to_decide(
    stage: Theatre, left: bool
) -> None:
    for _ in range(LOOKS - 2):
        stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_BEFORE)
    write_in(stage, ADA, f"Mentor: {MENTOR}\n\nGoals:\n- Lead a team\n", None)
    letters = stage.world.accounts[SERVICE].letters
    (draft,) = [letter for letter in letters.values() if letter.folder == "drafts"]
    del letters[draft.id]
    stage.live_until(stage.world.now + 12 * HOUR)
    (row,) = outbox(stage.house, "unknown")
    assert (row.kind, row.what, row.attempts) == ("letter", "answer to a request by mail that lacks something", LOOKS)
    assert ledger_counts(stage.house, stage.world.now).unknown == 1
    assert resolve(stage.house, row.key, sent=left) == row.key
    stage.live_until(stage.world.now + HOUR)
    assert (outbox(stage.house, "unknown"), len(stage.inbox(ADA, "echo"))) == ((), 0 if left else 1)
