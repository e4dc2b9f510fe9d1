"""The demo as its audience sees it: the same story under any hash seed, nothing done twice, every agenda in time."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]
WEEKS = 2
"""As long as two meetings of each pair need; the proofs live through all twelve weeks, on either cloud."""
MEETING = {"cycle", "generation", "start", "state", "agenda_due_at", "agenda_sent_at", "agenda_lapsed", "calendars"}
KEYS = {
    "schema", "seed", "weeks", "relationships", "mails", "duplicates", "requests", "checked", "elapsed_seconds"
}  # fmt: skip


def start(service: str, out: Path, hash_seed: str, weeks: int) -> subprocess.Popen[str]:
    """Begin a demo as a process; its folder is its own."""
    command = [sys.executable, "-m", "cli", "demo", "--service", service, "--seed", "7", "--weeks", str(weeks)]
    return subprocess.Popen(
        [*command, "--out", str(out), "--json"],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Json:
    """Return the document of a demo that ended well."""
    told, complaint = process.communicate(timeout=580)
    assert process.returncode == 0, complaint
    document: Json = json.loads(told)
    return document


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Json], list[Path]]:
    """Two demos of one seed under different hash seeds, with the service's mailbox at Microsoft."""
    return both("microsoft", [tmp_path_factory.mktemp("demo") for _ in range(2)], WEEKS)


def both(service: str, folders: list[Path], weeks: int) -> tuple[list[Json], list[Path]]:
    """Run two demos of one seed at the same time."""
    seeded = zip(folders, ("1", "2"), strict=True)
    running = [start(service, folder, seed, weeks) for folder, seed in seeded]
    return [ended(process) for process in running], folders


def test_the_same_seed_tells_the_same_story_byte_for_byte_whatever_the_hash_seed(
    twice: tuple[list[Json], list[Path]],
) -> None:
    assert_the_same(*twice)


def assert_the_same(documents: list[Json], folders: list[Path]) -> None:
    """Both say the same, and so do all their files."""
    (first, second), (one, other) = documents, folders
    assert first.keys() == KEYS
    assert {**first, "elapsed_seconds": 0} == {**second, "elapsed_seconds": 0}
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert [path for path in files if (one / path).read_bytes() != (other / path).read_bytes()] == []


def test_every_agenda_is_in_time_and_both_ends_of_every_meeting_are_equal(
    twice: tuple[list[Json], list[Path]],
) -> None:
    document = twice[0][0]
    meetings = [meeting for item in document["relationships"] for meeting in item["meetings"]]
    assert len(meetings) >= 4
    for meeting in meetings:
        assert meeting.keys() == MEETING
        ends = [meeting["calendars"][role] for role in ("mentor", "mentee")]
        assert {(end["start"], end["end"]) if end else None for end in ends} in ({None}, {_ends(meeting)})
        if meeting["state"] in ("held", "presumed_held", "missed"):
            assert meeting["agenda_due_at"] <= meeting["agenda_sent_at"] < meeting["start"]


def _ends(meeting: Json) -> tuple[str, str]:
    shown = meeting["calendars"]["mentor"]
    assert shown["start"] == meeting["start"]
    minutes = datetime.fromisoformat(shown["end"]) - datetime.fromisoformat(shown["start"])
    assert minutes.total_seconds() == 45 * 60
    return shown["start"], shown["end"]


def test_nothing_is_done_twice_and_every_request_keeps_the_vendors_rules(
    twice: tuple[list[Json], list[Path]],
) -> None:
    document, folder = twice[0][0], twice[1][0]
    assert document["schema"] == "mentorsync.demo/1"
    assert (document["duplicates"], document["checked"]["violations"]) == ([], [])
    assert sum(sum(counts.values()) for counts in document["requests"].values()) <= 3_000 * WEEKS / 12 * 1.2
    kinds = {mail["kind"] for mail in document["mails"]}
    assert {"request", "charter", "preparation", "agenda", "held_question", "follow_up"} <= kinds
    for mail in document["mails"]:
        assert mail.keys() == {"to", "kind", "subject", "sent_at", "message_id", "file"}
        assert (folder / mail["file"]).exists()
        assert (folder / mail["file"]).with_suffix(".html").exists()
        assert Path(mail["file"]).with_suffix(".html").name in (folder / "index.html").read_text("utf-8")
