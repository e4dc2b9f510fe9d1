"""E11: a sample of all changes of all clocks; `make prove` looks at every one."""

import pytest

from tests.unit.zone_sweep import changes, disagreements, zones

SAMPLE = ("America/Havana", "Australia/Lord_Howe", "Antarctica/Troll", "Africa/Cairo", "America/Vancouver", "Asia/Gaza")


@pytest.mark.parametrize("zone", [*zones()[::75], *SAMPLE])
def test_e11_hours_grids_and_journeys_are_the_wall_clocks_around_a_change(zone: str) -> None:
    found = changes(zone)[:2]
    assert [wrong for change in found for wrong in disagreements(zone, change)] == []


def test_the_sample_holds_zones_whose_clocks_change() -> None:
    assert all(changes(zone) for zone in SAMPLE)
