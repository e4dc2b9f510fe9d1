"""What leaves keeps to the rails: nothing while all is stopped, nobody outside the list, no more than the limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.kill_switch import FileKillSwitch
from domain.ledger import WorkState
from domain.meeting import MeetingState
from domain.rails import Rails
from service.daemon import Daemon
from service.doctor_rails import rails
from service.people import (
    PersonChanges,
    add_person,
    change_person,
    go_live,
    pause_programme,
    programme,
    resume_programme,
)
from service.queries import person_view
from service.queries_outbox import outbox
from service.rails import OUTSIDE, OUTSIDE_PAIR
from service.rails_standing import rails_report
from service.requests import Ask, request_relationship
from service.safekeeping import pause_after_restore
from service.status import status
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, Theatre, theatre
from tests.unit.quoting_clients import parts_of

PIA = "pia@office.example"


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


@contextmanager
def railed(folder: Path, rails: Rails, *, loopback: bool = True) -> Iterator[Theatre]:
    """Open a theatre whose daemon keeps to these rails; its kill switch is a file in the folder."""
    with theatre(folder, loopback=loopback) as stage:
        on_rails(stage, folder, rails)
        yield stage


def on_rails(stage: Theatre, folder: Path, rails: Rails) -> None:
    """Start the daemon anew under these rails."""
    stage.house = replace(stage.house, rails=rails, switch=FileKillSwitch(folder / "stop"))
    stage.daemon = Daemon(stage.house, lambda: False)
    stage.daemon.start()


def reasons(stage: Theatre) -> set[str]:
    return {row.reason for row in outbox(stage.house, "open") if row.reason}


def test_a_running_daemon_sees_the_switch_before_its_next_effect_and_goes_on_when_it_is_released(
    folder: Path,
) -> None:
    with railed(folder, Rails()) as stage:
        stage.live_to("request")
        stage.house.switch.throw()
        stage.live_until(stage.world.now + DAY)
        assert stage.mail_kinds(MENTEE) == []
        assert [row.kind for row in outbox(stage.house, "open")] == ["charter", "charter"]
        on_rails(stage, folder, Rails())
        stage.live_until(stage.world.now + HOUR)
        assert stage.mail_kinds(MENTEE) == []
        assert (status(stage.house).live, str(rails_report(stage.house).stopped)) == (False, "the kill switch is on")
        stage.house.switch.release()
        stage.live_until(stage.world.now + HOUR)
        assert stage.mail_kinds(MENTEE) == ["charter"]


def test_a_switch_that_is_thrown_between_claim_and_effect_stops_that_effect(folder: Path) -> None:
    with railed(folder, Rails()) as stage:

        class ThrowsAfterClaim:
            def at(self, name: str) -> None:
                if name == "request: after claim":
                    stage.house.switch.throw()

        stage.house = replace(stage.house, kill=ThrowsAfterClaim())
        stage.daemon = Daemon(stage.house, lambda: False)
        stage.daemon.run_due()
        assert stage.inbox(MENTOR) == []
        assert reasons(stage) == {"the kill switch is on"}
        stage.house.switch.release()
        stage.house = replace(stage.house, kill=type("Quiet", (), {"at": lambda self, name: None})())
        stage.daemon = Daemon(stage.house, lambda: False)
        stage.live_until(stage.world.now + HOUR)
        assert stage.mail_kinds(MENTOR) == ["request"]


@pytest.mark.parametrize("loopback", [True, False])
def test_while_the_programme_is_paused_nothing_leaves_and_what_was_live_goes_on_afterwards(
    folder: Path, loopback: bool
) -> None:
    with railed(folder, Rails(), loopback=loopback) as stage:
        go_live(stage.house)
        stage.live_to("request")
        assert (pause_programme(stage.house), pause_programme(stage.house)) == (True, False)
        stage.live_until(stage.world.now + DAY)
        assert stage.mail_kinds(MENTEE) == []
        assert (resume_programme(stage.house), resume_programme(stage.house)) == (True, False)
        stage.live_until(stage.world.now + HOUR)
        assert stage.mail_kinds(MENTEE) == ["charter"]


def test_what_became_useless_while_all_was_paused_is_left_out_and_says_why(folder: Path) -> None:
    with railed(folder, Rails()) as stage:
        stage.live_to("preparation")
        pause_programme(stage.house)
        meeting = stage.relationship.meetings.current
        assert meeting is not None
        stage.live_until(meeting.time.end + HOUR)
        resume_programme(stage.house)
        stage.live_until(stage.world.now + HOUR)
        assert "agenda" not in stage.mail_kinds(MENTOR)
        lapses = [e for e in stage.house.streams.events(stage.id) if type(e).__name__ == "EffectLapsed"]
        assert ("agenda", "the programme is paused") in {(e.kind, e.reason) for e in lapses}  # type: ignore[attr-defined]


def test_a_mail_to_somebody_outside_the_list_is_held_with_its_reason_and_never_sent(folder: Path) -> None:
    with railed(folder, Rails(allow=("example.org",))) as stage:
        stage.live_until(stage.world.now + 3 * DAY)
        assert set(stage.mail_kinds(MENTOR)) == {"request", "charter"}
        assert stage.inbox(MENTEE) == []
        assert reasons(stage) == {OUTSIDE}
        report = rails_report(stage.house)
        assert (report.outside, report.held) == (1, 1)
        on_rails(stage, folder, Rails(allow=("example.org", MENTEE)))
        stage.live_until(stage.world.now + HOUR)
        assert stage.mail_kinds(MENTEE) == ["charter"]


def test_what_a_delegate_outside_the_list_writes_counts_and_its_answer_goes_to_whom_she_answers_for(
    folder: Path,
) -> None:
    with railed(folder, Rails(allow=("example.org", MENTEE))) as stage:
        stage.world.add(PIA)
        mentor = stage.house.streams.person(stage.relationship.mentor_id)
        change_person(stage.house, mentor, PersonChanges(delegates=(PIA,)))
        stage.live_to("agenda")
        stage.live_until(stage.world.now + HOUR)
        stage.hands.write(PIA, mail_text(PIA, "skip", stage.inbox(MENTOR, "agenda")[-1].message_id))
        stage.live_until(stage.world.now + HOUR)
        assert stage.relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED
        said = " ".join(parts_of(stage.inbox(MENTOR, "echo")[-1].raw)[1].split())
        assert f"{PIA} wrote it in your stead." in said
        assert f"{PIA} gets no answer from here, because no mail may go to that address." in said
        assert "You wrote it for" not in said
        assert stage.inbox(PIA) == []
        report = rails_report(stage.house)
        assert (report.outside, report.delegates_outside) == (0, 1)
        assert "; 1 delegate outside too, to whom no mail goes though the answers count;" in rails(stage.house).says
        assert person_view(stage.house, MENTOR).delegates_outside == (PIA,)


def mail_text(sender: str, text: str, answers: str) -> bytes:
    """Return a mail that answers one of ours."""
    head = f"From: {sender}\r\nTo: {SERVICE}\r\nSubject: Re\r\nMessage-ID: <1.{sender}>\r\n"
    return f"{head}In-Reply-To: {answers}\r\n\r\n{text}\r\n".encode()


def test_nothing_is_booked_for_a_pair_of_which_one_is_outside_for_the_calendar_would_mail_both(
    folder: Path,
) -> None:
    with railed(folder, Rails()) as stage:
        stage.live_to("charter")
        on_rails(stage, folder, Rails(allow=("example.org",)))
        stage.live_until(stage.world.now + 2 * DAY)
        assert stage.events(MENTOR) == []
        assert OUTSIDE_PAIR in reasons(stage)


def another_pair(stage: Theatre, number: int) -> str:
    mentor = add_person(
        stage.house, f"m{number}@example.org", "Mo Example", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00"
    )
    mentee = add_person(
        stage.house, f"e{number}@example.org", "Ed Example", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00"
    )
    stage.world.add(f"m{number}@example.org")
    stage.world.add(f"e{number}@example.org")
    return request_relationship(stage.house, Ask(mentor, mentee, ("Lead",), "You did it.", "I prepare."))


def requests(stage: Theatre) -> int:
    """Return how many requests have left, the first one of the theatre's own pair among them."""
    return len(stage.house.ledger.rows([WorkState.DONE], None, ["request"]))


def test_no_more_mails_leave_in_a_minute_than_the_limit_and_the_rest_follow(folder: Path) -> None:
    with railed(folder, Rails(mails_per_minute=2)) as stage:
        for number in range(4):
            another_pair(stage, number)
        stage.daemon.run_due()
        assert requests(stage) == 2
        report = rails_report(stage.house)
        assert report.full == "2 mails left within a minute, which is the limit"
        assert report.full_until is not None
        stage.live_until(report.full_until)
        assert requests(stage) == 4
        stage.live_until(stage.world.now + HOUR)
        assert requests(stage) == 5
        assert {row.attempts for row in stage.house.ledger.rows([WorkState.DONE], None, ["request"])} == {1}


def test_what_left_is_counted_over_a_restart(folder: Path) -> None:
    with railed(folder, Rails(mails_per_day=1)) as stage:
        another_pair(stage, 1)
        stage.daemon.run_due()
        on_rails(stage, folder, Rails(mails_per_day=1))
        stage.daemon.run_due()
        assert requests(stage) == 1


def test_so_many_new_pairs_begin_in_a_day_and_those_that_began_are_not_held_up(folder: Path) -> None:
    with railed(folder, Rails(new_pairs_per_day=1)) as stage:
        stage.live_to("request")
        another_pair(stage, 1)
        stage.live_until(stage.world.now + 6 * HOUR)
        assert (requests(stage), stage.mail_kinds(MENTEE)[0]) == (1, "charter")
        assert reasons(stage) == {"1 new pairs began within 24 hours, which is the limit"}
        stage.live_until(stage.world.now + DAY)
        assert requests(stage) == 2


def test_one_person_gets_no_more_mails_in_a_day_than_the_limit_whatever_they_are(folder: Path) -> None:
    with railed(folder, Rails(mails_per_person_per_day=1)) as stage:
        stage.live_until(stage.world.now + 6 * HOUR)
        assert len(stage.inbox(MENTOR)) == 1
        assert "its reader got 1 mails within 24 hours, which is the limit" in reasons(stage)
        stage.live_until(stage.world.now + DAY)
        assert len(stage.inbox(MENTOR)) == 2


def test_the_programme_is_there_to_be_paused_before_it_ever_went_live(folder: Path) -> None:
    with theatre(folder, loopback=False) as stage:
        assert programme(stage.house).paused is False
        assert pause_programme(stage.house)
        assert str(rails_report(stage.house).stopped) == "the programme is paused"


def test_a_restored_programme_sends_nothing_on_this_machine_either_until_it_is_resumed(folder: Path) -> None:
    with railed(folder, Rails()) as stage:
        pause_after_restore(stage.house.streams, stage.house.ids, "Example", stage.world.now)
        stage.live_until(stage.world.now + HOUR)
        assert (stage.inbox(MENTOR), str(rails_report(stage.house).stopped)) == (
            [],
            "the programme came back from a backup and is paused",
        )
        assert resume_programme(stage.house)
        stage.live_until(stage.world.now + HOUR)
        assert stage.mail_kinds(MENTOR) == ["request"]
