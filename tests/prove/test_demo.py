"""Twelve weeks of the demo on either cloud, twice each under other hash seeds: one story, and nothing in it twice."""

from pathlib import Path
from typing import Any

import pytest

from service.demo_cast import QUIET
from tests.acceptance.test_demo import assert_the_same, both

WEEKS = 12


def assert_one_goes_quiet_and_returns(document: dict[str, Any]) -> None:
    """One mentor has four mentees; one of these recalibrates after three silent rounds, and meets her again."""
    mentors = [item["mentor"]["address"] for item in document["relationships"]]
    assert max(mentors.count(mentor) for mentor in mentors) == 4
    quiet = document["relationships"][QUIET]
    told = ("led nowhere", "network contacts now", "the mentee would like", "the mentor would like", "goes on")
    assert [words in turn["what"] for words, turn in zip(told, quiet["turns"], strict=True)] == [True] * len(told)
    assert quiet["status"] == "agreed"
    assert quiet["meetings"][3]["state"] == "held"
    assert [item["turns"] for item in document["relationships"] if item is not quiet] == [[]] * 4


@pytest.mark.parametrize("service", ["microsoft", "google"])
def test_twelve_weeks_are_the_same_story_every_time(service: str, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    documents, _ = both(service, folders, WEEKS)
    assert_the_same(documents, folders)
    for document in documents:
        assert (document["duplicates"], document["checked"]["violations"]) == ([], [])
    assert_one_goes_quiet_and_returns(documents[0])
    requests = sum(sum(counts.values()) for counts in documents[0]["requests"].values())
    print(f"\ndemo with the service on {service}: N = 2 runs of {WEEKS} weeks, equal; {requests} requests, 0 doubled")
