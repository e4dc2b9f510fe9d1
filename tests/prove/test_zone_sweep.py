"""E11 in full: every change of every clock from 2026 to 2028."""

from tests.unit.zone_sweep import changes, disagreements, zones


def test_e11_no_clock_on_earth_disagrees_with_hours_grids_and_journeys() -> None:
    around = [(zone, change) for zone in zones() for change in changes(zone)]
    wrong = [said for zone, change in around for said in disagreements(zone, change)]
    print(f"{len(around)} changes in {len(zones())} zones: {len(wrong)} disagreements")
    assert len(around) > 1_000
    assert wrong == []
