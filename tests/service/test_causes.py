"""The chain of what happened: the event, the clause that wanted something because of it, and the receipt."""

from collections.abc import Iterator

import pytest

from service.queries_why import Because, why
from tests.service.theatre import DAY, Theatre, theatre


@pytest.fixture(scope="module")
def chains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Theatre, dict[str, Because]]]:
    """The answers for a pair that has met once and has a meeting to come."""
    with theatre(tmp_path_factory.mktemp("why"), "mentor") as play:
        play.live_to_booking("2.1")
        play.live_until(play.world.now + DAY)
        yield play, {because.what: because for because in why(play.house, play.id).effects}


@pytest.mark.parametrize(
    ("what", "event"),
    [
        ("request to the mentor", "the mentee asked the mentor, with 1 goal"),
        ("charter to the mentee", "the mentor said yes"),
        ("put meeting 1.1 into the calendar", "meeting 1.1 planned for 2027-02-24 15:00 UTC"),
        ("agenda to the mentor for meeting 1.1", "meeting 1.1 stands in the calendar"),
        ("question how it was to the mentee for meeting 1.1", "meeting 1.1 stands in the calendar"),
        ("follow-up to the mentor for meeting 1.1", "meeting 1.1 took place"),
        ("reminder 1 of action 1 to the mentee", "the mentee owes action 1, due 2027-03-05"),
        ("agenda to the mentor for meeting 2.1", "meeting 2.1 stands in the calendar"),
    ],
)
def test_everything_is_traced_back_to_the_event_that_it_follows_from(
    chains: tuple[Theatre, dict[str, Because]], what: str, event: str
) -> None:
    cause = chains[1][what].cause
    assert cause is not None
    assert cause.what == event


def test_every_mail_and_write_that_was_done_has_its_whole_chain(chains: tuple[Theatre, dict[str, Because]]) -> None:
    _, found = chains
    done = [because for because in found.values() if because.verdict == "done"]
    assert len(done) > 10
    assert [because.what for because in done if because.cause is None or because.ending is None] == []
    assert [because.what for because in done if because.clause is None and because.kind != "echo"] == []
    mails = [because for because in done if because.kind not in ("book", "move", "cancel")]
    assert all(because.ending and because.ending.message_id for because in mails)
    # An answer that rode on another mail never had a row of its own.
    assert all(because.row for because in done if because.kind != "echo")
    assert all(because.cause.at <= because.ending.at for because in done if because.cause and because.ending)
