"""Some lives of a relationship against its model; the proofs try many more."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.relationship import Relationship
from tests.unit.domain_profile import tried
from tests.unit.relationship_model import RelationshipLife

FEW = settings(tried(20), stateful_step_count=50)


def test_a_relationship_lives_as_its_model_says() -> None:
    RelationshipLife.reached.clear()
    run_state_machine_as_test(RelationshipLife, settings=FEW)
    assert {"agreed", "booked", "cancelled"} <= RelationshipLife.reached.keys()


def test_an_aggregate_that_closes_what_is_closed_once_more_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def never_done(relationship: Relationship, number: int, by: object) -> None:
        """Close nothing."""

    monkeypatch.setattr(Relationship, "close_action", never_done)
    quick = settings(FEW, phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(RelationshipLife, settings=quick)
