"""What every provider's push keeps: the promises of the port, one test each, through our own listener."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import Broken, Doubtful, TryLater
from domain.push import Hint, HintKind, Subscription, Watch
from tests.contract.sandbox_stage import sandbox_stage
from tests.contract.stage import DAY, HOUR, MEETING, Stage, Trouble
from tests.unit.webhook_caller import NAME, OWNER, TOKENS, Door, door

HALF_HOUR = timedelta(minutes=30)
PLACES = {"contoso": "microsoft", "gmail": "google", "example": "microsoft"}


@pytest.fixture
def listening() -> Iterator[Door]:
    """Our own listener, where the provider reaches it."""
    with door() as opened:
        yield opened


def watch_for(stage: Stage, listening: Door, name: str = NAME) -> Watch:
    """Return a wish for a week."""
    place = PLACES[stage.host.partition("@")[2].partition(".")[0]]
    address = f"http://127.0.0.1:{listening.listener.port}/{place}"
    return Watch(name, TOKENS.token(OWNER, name), address, stage.now() + 7 * DAY)


def test_a_subscription_has_our_name_and_ends_when_asked_or_earlier(stage: Stage, listening: Door) -> None:
    watch = watch_for(stage, listening)
    made = stage.push.watch(stage.host, watch)
    assert (made.name, bool(made.id)) == (NAME, True)
    assert stage.now() + HOUR < made.ends <= watch.until
    short = watch_for(stage, listening, "1" * 32)
    asked = replace(short, until=stage.now() + 2 * HOUR)
    assert stage.push.watch(stage.host, asked).ends <= asked.until


def test_renewing_again_is_harmless_and_what_cannot_be_renewed_is_replaced(stage: Stage, listening: Door) -> None:
    made = stage.push.watch(stage.host, watch_for(stage, listening))
    stage.settle()
    until = stage.now() + 2 * DAY
    renewed = [stage.push.renew(stage.host, made, until) for _ in range(2)]
    assert renewed[0] == renewed[1]
    if renewed[0] is None:
        assert stage.push.watch(stage.host, watch_for(stage, listening, "2" * 32)).id == made.id
    else:
        assert (renewed[0].name, renewed[0].ends <= until) == (NAME, True)


def test_ending_twice_is_success_and_what_has_ended_cannot_be_renewed(stage: Stage, listening: Door) -> None:
    made = stage.push.watch(stage.host, watch_for(stage, listening))
    for _ in range(2):
        stage.push.end(stage.host, made)
    assert stage.push.renew(stage.host, made, stage.now() + DAY) is None
    stage.push.end(stage.host, Subscription("3" * 32, "never-there", stage.now() + DAY))


def test_an_account_that_the_provider_does_not_know_is_broken(stage: Stage, listening: Door) -> None:
    with pytest.raises(Broken):
        stage.push.watch(stage.host.replace("@", ".nobody@"), watch_for(stage, listening))


@pytest.mark.parametrize(("trouble", "error"), [(Trouble.BUSY, TryLater), (Trouble.LOST, Doubtful)])
def test_a_provider_that_is_busy_or_loses_its_answer_says_whether_something_was_done(
    stage: Stage, listening: Door, trouble: Trouble, error: type[Exception]
) -> None:
    stage.trouble("push.watch", trouble)
    with pytest.raises(error):
        stage.push.watch(stage.host, watch_for(stage, listening))


@pytest.mark.parametrize("provider", ["microsoft", "google"])
def test_a_change_in_the_calendar_arrives_as_a_hint_that_is_believed(
    provider: str, tmp_path: Path, listening: Door
) -> None:
    with sandbox_stage(provider, tmp_path) as stage:
        made = stage.push.watch(stage.host, watch_for(stage, listening))
        assert listening.taken() == ()
        stage.enter(stage.host, MEETING, "busy")
        assert listening.taken() == (Hint(OWNER, NAME, HintKind.CHANGED),)
        stage.push.end(stage.host, made)
        stage.settle()
        listening.taken()
        for minutes in range(2):
            stage.enter(stage.host, replace(MEETING, end=MEETING.end + minutes * HALF_HOUR), "busy")
        assert len(listening.taken()) <= 1


def test_an_address_that_microsoft_cannot_reach_is_tried_later(tmp_path: Path) -> None:
    with door() as closed:
        pass
    with sandbox_stage("microsoft", tmp_path) as stage, pytest.raises(TryLater, match="public_url"):
        stage.push.watch(stage.host, watch_for(stage, closed))
