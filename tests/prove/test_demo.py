"""Twelve weeks of the demo on either cloud, twice each under other hash seeds: one story, and nothing in it twice."""

from pathlib import Path

import pytest

from tests.acceptance.test_demo import assert_the_same, both

WEEKS = 12


@pytest.mark.parametrize("service", ["microsoft", "google"])
def test_twelve_weeks_are_the_same_story_every_time(service: str, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    documents, _ = both(service, folders, WEEKS)
    assert_the_same(documents, folders)
    for document in documents:
        assert (document["duplicates"], document["checked"]["violations"]) == ([], [])
    requests = sum(sum(counts.values()) for counts in documents[0]["requests"].values())
    print(f"\ndemo with the service on {service}: N = 2 runs of {WEEKS} weeks, equal; {requests} requests, 0 doubled")
