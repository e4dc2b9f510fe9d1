"""Every version of every event that was ever written is read for ever: nothing that it says is lost or changed."""

from typing import Any

import pytest

from tests.contract.event_samples import SAMPLES, event_types
from tests.contract.stores import NOW
from tests.golden.goldens import COMMAND, FOLDER, Golden, decoded, golden_of, missing, read, recorded, stored

RECORDED = recorded()
LEARNED: dict[tuple[str, int], dict[str, Any]] = {
    ("relationship.meeting-planned", 1): {"wall": ""},
    ("relationship.meeting-moved", 1): {"wall": ""},
    ("relationship.mail-held", 1): {"heard": None},
    ("relationship.declined", 1): {"reason": None},
    ("relationship.rest-began", 1): {"until": NOW},
}
"""What the facts that an old version did not hold mean today."""


def lost(before: Any, after: Any, at: str = "") -> list[str]:
    """Return where the later form does not say what the earlier one said; more it may say."""
    if isinstance(before, dict) and isinstance(after, dict):
        gone = [f"{at}.{name}" for name in before if name not in after]
        return gone + [p for name in before if name in after for p in lost(before[name], after[name], f"{at}.{name}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [p for place, item in enumerate(before) for p in lost(item, after[place], f"{at}[{place}]")]
    return [] if before == after else [at]


def test_every_event_of_today_has_its_golden_file() -> None:
    names = [golden.name for golden in missing()]
    assert names == [], (
        f"Write what is missing with:  {COMMAND}  and commit it with the event. "
        "Files that are there stay: what they hold is in somebody's store."
    )


def test_every_version_below_todays_has_its_golden_file_too() -> None:
    needed = {
        (topic, version)
        for topic, kind in event_types().items()
        for version in range(1, getattr(kind, "class_version", 1) + 1)
    }
    assert {(golden.topic, golden.version) for golden in RECORDED} == needed


def test_no_golden_file_was_edited_since_it_was_written() -> None:
    edited = [path.name for path in sorted(FOLDER.iterdir()) if path.name != read(path).name]
    assert edited == [], "A golden file is never edited; raise class_version, write an upcaster, and a further file."


@pytest.mark.parametrize("golden", RECORDED, ids=lambda golden: golden.name)
def test_what_was_recorded_is_understood_today_and_says_the_same(golden: Golden) -> None:
    event = decoded(golden)
    assert type(event) is event_types()[golden.topic]
    said = {name: value for name, value in golden.facts.items() if name != "class_version"}
    assert lost(said, stored(event)) == []


@pytest.mark.parametrize(("topic", "version"), sorted(LEARNED))
def test_facts_that_an_old_version_did_not_hold_mean_what_is_said_here(topic: str, version: int) -> None:
    old = [golden for golden in RECORDED if (golden.topic, golden.version) == (topic, version)]
    assert old
    for golden in old:
        facts = vars(decoded(golden))
        assert {name: facts[name] for name in LEARNED[topic, version]} == LEARNED[topic, version]


def test_each_old_version_says_what_it_means_today() -> None:
    old = {(g.topic, g.version) for g in RECORDED if g.version < getattr(event_types()[g.topic], "class_version", 1)}
    assert old == LEARNED.keys()


def test_a_fact_that_is_lost_changed_or_renamed_is_noticed() -> None:
    facts = dict(golden_of("relationship.meeting-planned").facts)
    assert lost(facts, facts) == []
    assert lost(facts, facts | {"more": 1}) == []
    assert lost(facts, {**facts, "cycle": 2}) == [".cycle"]
    assert lost(facts, {name: value for name, value in facts.items() if name != "zone"}) == [".zone"]
    assert len(SAMPLES) > 60
