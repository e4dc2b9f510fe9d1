"""Every jump of a clock at every moment around a meeting."""

from pathlib import Path

import pytest

from tests.service import test_clock_jumps as quick

MOMENTS = ("charter", "preparation", "agenda")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("jump", quick.JUMPS)
def test_no_jump_at_any_moment_doubles_anything(tmp_path: Path, jump: str, moment: str) -> None:
    quick.test_a_clock_that_jumps_doubles_nothing_and_life_goes_on(tmp_path, jump, moment)
