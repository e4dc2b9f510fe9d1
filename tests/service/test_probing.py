"""A mail to ourselves shows whether a reply to one of our reply addresses reaches the inbox."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.mail.reply_addresses import PlainAddresses
from adapters.memory.world import Fault
from domain.ledger import WorkState
from domain.mail import MailClass, ReceivedMail
from service.doctor_lines import Health, Nature
from service.inbox import PARKED
from service.probing import ask_for_probe, probe_line, take_probe
from service.rows import PROBE
from tests.service.theatre import HOUR, MENTOR, SERVICE, START, Theatre, theatre

MINUTE = HOUR / 60


def probes(stage: Theatre, folder: str) -> list[str]:
    letters = stage.world.accounts[SERVICE].letters.values()
    return [letter.id for letter in letters if letter.folder == folder and b"Kind: probe" in letter.raw]


def test_a_probe_that_arrives_shows_that_replies_do_and_is_not_set_aside(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        assert "never tried" in probe_line(stage.house).says
        for _ in range(2):
            ask_for_probe(stage.house)
        assert probe_line(stage.house).health is Health.UNKNOWN
        stage.live_until(START + HOUR)
        assert probe_line(stage.house).health is Health.GOOD
        assert "arrived" in probe_line(stage.house).says
        assert (len(probes(stage, "sent")), len(probes(stage, "inbox"))) == (1, 1)
        assert stage.house.ledger.rows(kinds=[PARKED]) == ()


def test_one_that_does_not_arrive_in_a_quarter_of_an_hour_says_what_to_do(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        ask_for_probe(stage.house)
        while not (arrived := probes(stage, "inbox")):
            stage.daemon.run_due()
            stage.daemon.sleep(stage.world.now + MINUTE)
        del stage.world.accounts[SERVICE].letters[arrived[0]]
        stage.live_until(START + 14 * MINUTE)
        assert probe_line(stage.house).health is Health.UNKNOWN
        stage.live_until(START + HOUR)
        line = probe_line(stage.house)
        assert (line.health, line.nature) == (Health.BAD, Nature.CONFIGURATION)
        assert "plus_addresses" in line.mend
        ask_for_probe(stage.house)
        stage.live_until(START + 2 * HOUR)
        assert probe_line(stage.house).health is Health.GOOD


@pytest.mark.parametrize("fault", [Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER, Fault.TRY_LATER])
def test_a_probe_whose_answer_was_lost_leaves_once(tmp_path: Path, fault: Fault) -> None:
    with theatre(tmp_path) as stage:
        stage.live_until(START + HOUR)
        ask_for_probe(stage.house)
        stage.world.fail_next("mailbox.send", fault)
        stage.live_until(START + 2 * HOUR)
        assert len(probes(stage, "sent")) == 1
        assert [row.state for row in stage.house.ledger.rows(kinds=[PROBE])] == [WorkState.DONE]


def test_only_a_mail_of_ours_at_the_very_address_counts_as_arrived(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        house = stage.house
        ask_for_probe(house)
        (row,) = house.ledger.rows(kinds=[PROBE])
        genuine = house.replies.address(row.work.key, SERVICE, START.date())
        forged = f"{genuine.partition('.')[0]}.{'a' * 16}@example.org"
        mail = ReceivedMail("<p@x.example>", MailClass.MACHINE, SERVICE, (), "", "", True, (), (genuine,))
        others = (replace(mail, sender=MENTOR), replace(mail, recipients=(forged,)), replace(mail, recipients=()))
        assert [take_probe(house, other) for other in (*others, mail)] == [False, False, False, True]


def test_a_mailbox_without_such_addresses_is_not_probed(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        house = replace(stage.house, replies=PlainAddresses())
        ask_for_probe(house)
        assert (house.ledger.rows(kinds=[PROBE]), probe_line(house).health) == ((), Health.GOOD)
