"""A mail that answers none of ours: what it asks for is done or answered, and what cannot be is shown to somebody."""

from collections.abc import Iterator

import pytest

from service.parking import parked
from service.people import add_person
from tests.quick_folder import quick_folder
from tests.service.test_inbox import request_id, write_in
from tests.service.theatre import MENTOR, Theatre, theatre

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
