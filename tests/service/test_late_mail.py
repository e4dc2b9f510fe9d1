"""A mail that is read late means the days that its writer meant: "tomorrow" is the day after it was written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.reply import Reply
from tests.service.test_inbox import request_id, write_in
from tests.service.theatre import MENTOR, theatre

READ = date(2027, 2, 22)
WRITTEN = "Fri, 19 Feb 2027 03:00:00 +0000"
"""When it is still the day before in Chicago, where the mentor is."""


@pytest.mark.parametrize("in_thread", [True, False])
@pytest.mark.parametrize(
    ("headers", "day"),
    [
        ({"Date": WRITTEN}, date(2027, 2, 18)),
        ({}, READ),
        ({"Date": "soon"}, READ),
        ({"Date": "Sun, 22 Feb 2026 03:00:00 +0000"}, READ),
        ({"Date": "Tue, 23 Feb 2027 03:00:00 +0000"}, READ),
    ],
)
def test_days_count_from_the_writers_day_when_it_was_written_else_from_the_day_of_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], day: date, in_thread: bool
) -> None:
    with theatre(tmp_path) as stage:
        answers, days = request_id(stage), list[date]()
        understand = stage.house.reader.understand

        def listening(text: str, today: date, *more: Any) -> Reply:
            days.append(today)
            return understand(text, today, *more)

        monkeypatch.setattr(stage.house.reader, "understand", listening)
        write_in(stage, MENTOR, "accept", answers if in_thread else None, **headers)
        assert days == [day]
