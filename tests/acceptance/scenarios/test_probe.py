"""On both clouds a mail to one of the service's own reply addresses reaches its inbox, and the doctor says so."""

from service.doctor_lines import Health
from service.probing import ask_for_probe, probe_line
from tests.acceptance.scenarios.stage import SWAPPED, pair


@SWAPPED
def test_a_reply_address_leads_to_the_inbox(mara_in: str) -> None:
    with pair(mara_in) as two:
        ask_for_probe(two.house)
        two.live(hours=1)
        line = probe_line(two.house)
        assert (line.health, line.says.endswith("arrived")) == (Health.GOOD, True)
