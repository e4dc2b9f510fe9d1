"""Five hundred lives of a relationship against its model."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from domain.meeting import MeetingState
from tests.unit.domain_profile import tried
from tests.unit.relationship_model import RelationshipLife

LIVES = 500


def test_five_hundred_lives_are_as_the_model_says() -> None:
    RelationshipLife.reached.clear()
    many = settings(tried(LIVES), stateful_step_count=60)
    run_state_machine_as_test(RelationshipLife, settings=many)
    print(f"\nlives against the model: N = {LIVES} of up to 60 steps; {dict(RelationshipLife.reached)}")
    assert {state.value for state in MeetingState} <= RelationshipLife.reached.keys()
