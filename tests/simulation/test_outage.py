"""Three days without the daemon: nothing comes too late, nobody is flooded, and what was skipped says why."""

import pytest

from tests.simulation import outage as module
from tests.simulation.outage import outage


def test_after_three_days_each_is_sent_what_is_still_of_use_and_the_rest_has_its_reason() -> None:
    came = outage(pairs=9)
    assert came.found == ()
    assert came.skipped >= 2
    assert {"follow_up", "held_question", "preparation", "agenda"} <= {mail.kind for mail in came.mails}


def test_no_more_leave_in_a_minute_than_were_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PER_MINUTE", 2)
    assert outage(pairs=3).found == ()
