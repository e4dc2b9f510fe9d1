"""While the service's own mailbox or calendar lets nobody in, what is due waits; then it is done, once."""

from pathlib import Path

import pytest

from adapters.memory.world import Closed
from domain.errors import Broken, NoAccess, NoMailbox, NotSignedIn
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, START, Theatre, theatre


def states(stage: Theatre, kind: str) -> list[str]:
    """Return how each effect of that kind stands."""
    return [row.state.value for row in stage.house.ledger.rows(kinds=[kind])]


@pytest.mark.parametrize("error", [NoAccess, NoMailbox, NotSignedIn])
def test_a_mail_waits_while_our_own_mailbox_is_closed_and_leaves_once_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Broken]
) -> None:
    def refused(*asked: object) -> None:
        raise error("The provider lets nobody into the mailbox.", "Mend it.")

    with theatre(tmp_path) as stage:
        with monkeypatch.context() as closed:
            for name in ("draft", "find"):
                closed.setattr(stage.house.mailbox, name, refused)
            stage.live_until(START + 3 * HOUR)
            assert states(stage, "request") == ["open"]
        stage.live_until(START + 5 * HOUR)
        assert (states(stage, "request"), len(stage.inbox(MENTOR, "request"))) == (["done"], 1)


@pytest.mark.parametrize("why", [Closed.CONSENT, Closed.GONE, Closed.SIGNED_OUT])
def test_a_booking_waits_while_our_own_calendar_is_closed_and_stands_once_it_is_open(
    tmp_path: Path, why: Closed
) -> None:
    with theatre(tmp_path, "service") as stage:
        stage.live_to("charter")
        stage.hands.close(SERVICE, why)
        stage.live_until(stage.world.now + DAY)
        assert states(stage, "book") == ["open"]
        stage.hands.open(SERVICE)
        stage.live_until(stage.world.now + 3 * HOUR)
        assert (states(stage, "book"), len(stage.events(SERVICE)), len(stage.events(MENTEE))) == (["done"], 1, 1)


def test_a_booking_is_given_up_when_it_is_a_person_s_calendar_that_is_closed_for_it(tmp_path: Path) -> None:
    with theatre(tmp_path, "mentor") as stage:
        stage.live_to("charter")
        book = stage.house.calendars["microsoft"].book

        def refused(account: str, request: object) -> object:
            stage.house.calendars["microsoft"].book = book  # type: ignore[method-assign]
            raise NoAccess("The provider lets nobody into the calendar.", "Mend it.")

        stage.house.calendars["microsoft"].book = refused  # type: ignore[method-assign,assignment]
        stage.live_until(stage.world.now + DAY)
        assert states(stage, "book")[0] == "given_up"
