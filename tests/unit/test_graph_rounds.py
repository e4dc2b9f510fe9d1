"""The cursor of a calendar is stored in plain, so it names nobody."""

import pytest

from adapters.graph.rounds import named, unnamed

ANN = "ann+work@example.org"
ROOT = "https://graph.example/v1.0"


@pytest.mark.parametrize("whose", ["ann%2Bwork%40example.org", "ann+work@example.org", "Ann%2bWork%40Example.org"])
def test_the_address_is_taken_out_of_a_link_and_put_back_for_the_next_round(whose: str) -> None:
    stored = unnamed(f"{ROOT}/users/{whose}/calendarView/delta?$deltatoken=abc", ANN)
    assert stored == f"{ROOT}/users/~/calendarView/delta?$deltatoken=abc"
    assert named(stored, ANN) == f"{ROOT}/users/ann%2Bwork%40example.org/calendarView/delta?$deltatoken=abc"


@pytest.mark.parametrize(
    "link",
    [
        f"{ROOT}/users/0f1e2d3c-0000-4000-8000-000000000001/calendarView/delta?$deltatoken=abc",
        f"{ROOT}/users/ann@example.org/calendarView/delta?$deltatoken=abc",
        "",
    ],
)
def test_a_link_that_does_not_name_the_account_stays_as_it_is(link: str) -> None:
    assert unnamed(link, ANN) == link
    assert named(link, ANN) == link
