"""How a long-running command hears that it should stop, and where its log goes."""

import json
import signal
from collections.abc import Iterator

import pytest
import structlog

from cli.commands.daemon import StopSignals
from cli.logs import log_to_stderr


@pytest.fixture
def stop() -> Iterator[StopSignals]:
    """The signals of one daemon; the handlers of the test run come back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield StopSignals()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_daemon_is_asked_to_stop_by_sigterm_and_that_is_no_interruption(stop: StopSignals) -> None:
    assert not stop.came()
    signal.raise_signal(signal.SIGTERM)
    assert (stop.came(), stop.interrupted) == (True, False)


def test_ctrl_c_lets_a_daemon_finish_and_a_second_one_does_not(stop: StopSignals) -> None:
    signal.raise_signal(signal.SIGINT)
    assert (stop.came(), stop.interrupted) == (True, True)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.fixture
def _own_log() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("_own_log")
def test_the_log_is_json_on_stderr_and_leaves_stdout_to_data(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    structlog.get_logger().info("mail.sent", kind="agenda")
    structlog.get_logger().debug("mail.thought-of")
    shown = capsys.readouterr()
    line = json.loads(shown.err)
    assert (shown.out, line["event"], line["kind"], line["level"]) == ("", "mail.sent", "agenda", "info")
