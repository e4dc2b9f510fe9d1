"""A daemon that knows nothing but its configuration file gives a pair its first booking and agenda, on either cloud."""

from pathlib import Path

import pytest

from tests.acceptance.pair import SERVICES
from tests.acceptance.processes import introduce, sandbox
from tests.acceptance.test_processes import findings, live_to_the_end


@pytest.mark.parametrize("service", SERVICES)
def test_a_pair_gets_its_booking_and_its_agenda_from_a_daemon_by_configuration_alone(
    tmp_path: Path, service: str
) -> None:
    with sandbox(tmp_path / service, service) as box:
        introduce(box)
        live_to_the_end(box, tmp_path / "log")
        assert findings(box, service) == []
        assert box.remote.report()["checked"]["violations"] == []
