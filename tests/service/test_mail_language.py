"""Each reader gets mails in her own language; one that we do not have leaves a line in the log and English words."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.service.theatre import HOUR, MENTEE, MENTOR, theatre

UNKNOWN = "mail.language_unknown"


@pytest.mark.parametrize(
    ("language", "words", "warned"),
    [
        ("de-AT", b"Guten Tag Mara,", False),
        ("tlh", b"Hello Mara,", True),
    ],
)
def test_the_mentor_reads_her_language_and_the_mentee_his(
    tmp_path: Path, language: str, words: bytes, warned: bool
) -> None:
    with capture_logs() as logs, theatre(tmp_path, language=language) as stage:
        stage.live_to("charter")
        stage.live_until(stage.world.now + HOUR)
        assert words in stage.inbox(MENTOR)[0].raw
        assert b"Hello Jonas," in stage.inbox(MENTEE)[0].raw
    lines = [line for line in logs if line["event"] == UNKNOWN]
    assert {(line["language"], line["to"]) for line in lines} == ({("tlh", "mentor")} if warned else set())


def test_answers_in_her_language_are_understood(tmp_path: Path) -> None:
    with theatre(tmp_path, language="de") as stage:
        stage.habits |= {"request": "Zusage", "charter": "einverstanden"}
        stage.live_to("charter")
        assert b"Anfrage: Mara / Jonas, Mentoring" in stage.inbox(MENTOR)[0].raw
        assert stage.live_to_booking().attendees
