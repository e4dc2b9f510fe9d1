"""Push hastens and nothing more: subscriptions come, stay and go, and the outcome is the same without them."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from adapters.memory.world import Fault
from domain.by import ADMINISTRATOR, CLI, By
from domain.charter import Role
from domain.errors import TryLater
from domain.interval import Interval
from domain.push import Hint, HintKind
from domain.reply import SaidTerms
from service.doctor import Premises, examine
from service.doctor_lines import Health, Line
from service.people import add_person, record_left
from service.push import Attention
from service.push_standing import PushReport, push_report, standing_of
from service.status import status
from tests.service.push_stage import HOOK, POLL, PushStage, Script, at_once, push_stage
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, SERVICE, START

MINUTE = timedelta(minutes=1)
EVERYBODY = sorted([MENTEE, MENTOR, SERVICE])


def watched(stage: PushStage) -> list[str]:
    return sorted(account for account, _ in stage.push.standing.values())


def reported(stage: PushStage) -> PushReport:
    return push_report(stage.house, stage.house.streams.summaries("person"))


def shifted(time: Interval, by: timedelta) -> Interval:
    return Interval(time.start + by, time.end + by)


def owner_of(stage: PushStage, account: str) -> str:
    owner = stage.house.streams.person_at(account)
    assert owner is not None
    return owner


def run(stage: PushStage, until: timedelta) -> None:
    stage.live_until(START + until)


def calls(stage: PushStage, name: str) -> list[str]:
    return sorted(account for call, account in stage.push.calls if call == name)


def test_everybody_s_calendar_and_the_service_s_get_one_subscription_each(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        assert (watched(stage), calls(stage, "watch")) == (EVERYBODY, EVERYBODY)
        (watch,) = stage.push.watches_of(MENTOR)
        assert watch.address == "https://push.example.org/microsoft"
        assert stage.push.watches_of(MENTEE)[0].address == "https://push.example.org/google"
        assert (watch.token, len(watch.name)) == (f"{owner_of(stage, MENTOR)}.{watch.name}", 32)


def test_without_an_address_for_hints_nothing_is_subscribed(tmp_path: Path) -> None:
    with push_stage(tmp_path, hook=None) as stage:
        run(stage, DAY)
        assert (stage.push.calls, reported(stage).on) == ([], False)


def test_before_go_live_nothing_is_subscribed_and_afterwards_it_is(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        stage.house = replace(stage.house, loopback=False)
        stage.restart()
        run(stage, HOUR)
        assert stage.push.calls == []
        programme = stage.house.streams.programme()
        assert programme is not None
        programme.go_live(By(ADMINISTRATOR, CLI, None, stage.world.now))
        stage.house.streams.save(programme, now=stage.world.now)
        run(stage, 2 * HOUR)
        assert watched(stage) == EVERYBODY


def test_a_change_is_seen_as_soon_as_it_is_hinted_at_and_without_a_hint_at_the_next_poll(tmp_path: Path) -> None:
    seen = {}
    for name, script in {"hinted": at_once, "lost": lambda hint: ()}.items():
        with push_stage(tmp_path / name, script) as stage:
            entry = stage.live_to_booking()
            stage.live_until(stage.world.now + HOUR)
            stage.hands.move(MENTOR, entry.ical_uid, shifted(entry.time, DAY))
            began = stage.world.now
            while stage.relationship.meetings.current is None or stage.relationship.meetings.current.time == entry.time:
                stage.live_until(stage.world.now + 2 * MINUTE)
            seen[name] = stage.world.now - began
    assert seen["hinted"] <= 2 * MINUTE < seen["lost"] <= POLL + 2 * MINUTE


def test_half_a_life_later_it_is_renewed_where_it_is(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 2 * DAY)
        assert (calls(stage, "watch"), calls(stage, "renew")) == (EVERYBODY, EVERYBODY)
        ends = [account.ends for account in reported(stage).accounts]
        assert [end - START >= 4 * DAY for end in ends if end is not None] == [True] * 3


def test_one_that_cannot_be_renewed_is_replaced_before_the_old_one_is_ended(tmp_path: Path) -> None:
    with push_stage(tmp_path, renewable=False) as stage:
        run(stage, HOUR)
        old = stage.hint(MENTOR)
        run(stage, 2 * DAY)
        assert (calls(stage, "watch"), calls(stage, "end")) == (sorted(2 * EVERYBODY), EVERYBODY)
        order = [call for call, account in stage.push.calls if account == MENTOR]
        assert (order, watched(stage)) == (["watch", "watch", "end"], EVERYBODY)
        stage.queue.put([old])
        assert polls_hastened(stage) == set()


def polls_hastened(stage: PushStage) -> set[str]:
    """Heed what waits, and return whose polls are due because of it."""
    stage.daemon.run_due()
    before = stage.house.ledger.next_due(["poll-calendar"])
    stage.daemon.sleep(stage.world.now)
    now = stage.world.now
    assert before is not None
    claims = stage.house.ledger.claim(now + timedelta(seconds=30), ["poll-calendar"], 9, now + HOUR)
    return {claim.work.subject for claim in claims if claim.work.due <= now + timedelta(seconds=10) < before}


@pytest.mark.parametrize(("account", "polled"), [(MENTOR, [MENTOR]), (MENTEE, [MENTOR, MENTEE]), (SERVICE, [])])
def test_a_hint_hastens_the_poll_of_its_own_calendar_and_of_those_who_organise_its_meetings(
    tmp_path: Path, account: str, polled: list[str]
) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        stage.queue.put([stage.hint(account)])
        assert polls_hastened(stage) == ({owner_of(stage, one) for one in polled} or {"service"})


def test_a_hint_hastens_the_calendar_in_which_the_meeting_stands_though_the_charter_names_another(
    tmp_path: Path,
) -> None:
    with push_stage(tmp_path) as stage:
        stage.live_to_booking()
        agreed, now = stage.relationship, stage.world.now
        for role in Role:
            agreed.propose_terms(SaidTerms(organiser="mentee"), role, By(agreed.person_id(role), CLI, None, now))
        stage.house.streams.save(agreed, now=now)
        stage.queue.put([stage.hint(MENTEE)])
        assert polls_hastened(stage) == {owner_of(stage, one) for one in (MENTOR, MENTEE)}


@pytest.mark.parametrize("owner", ["service", "6b1f6a9e-53a7-4b0e-9a3e-6f2b8f1d2c3d", "mentor"])
def test_a_hint_through_a_subscription_that_does_not_stand_is_ignored(tmp_path: Path, owner: str) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        named = owner_of(stage, MENTOR) if owner == "mentor" else owner
        stage.queue.put([Hint(named, "f" * 32, kind) for kind in HintKind])
        assert polls_hastened(stage) == set()


def test_a_flood_of_hints_polls_no_more_often_than_every_ten_seconds(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        seen = []
        for _ in range(3):
            stage.queue.put([stage.hint(MENTOR)] * 500)
            stage.daemon.sleep(stage.world.now)
            due = stage.house.ledger.next_due(["poll-calendar"])
            assert due is not None
            seen.append((due - stage.world.now).total_seconds())
            stage.world.advance_to(due)
            stage.daemon.run_due()
        assert seen == [0, 10, 10]


def test_hints_that_cannot_be_acted_on_just_now_are_let_go_and_the_daemon_goes_on(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        stage.queue.put([stage.hint(MENTOR)])
        attention = Attention(replace(stage.house, ledger=BusyLedger()), stage.queue)
        assert (attention.heed(), attention.heed()) == (True, False)


class BusyLedger:
    """A ledger whose store is in use by another process."""

    def __getattr__(self, name: str) -> NoReturn:
        raise TryLater("The store is in use.", "Try again in a moment.")


def test_one_that_is_said_to_be_gone_is_made_anew_and_its_calendar_is_polled(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        gone = stage.hint(MENTOR, HintKind.REMOVED)
        stage.push.standing.pop(gone.name)
        stage.queue.put([gone])
        run(stage, 32 * MINUTE)
        assert (watched(stage), calls(stage, "watch").count(MENTOR)) == (EVERYBODY, 2)
        assert not standing_of(stage.house.ledger, gone.owner).knows(gone.name)


def test_one_that_is_gone_without_a_word_is_found_out_when_it_is_renewed(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        stage.push.standing.pop(stage.hint(MENTOR).name)
        run(stage, 2 * DAY)
        assert (watched(stage), calls(stage, "watch").count(MENTOR)) == (EVERYBODY, 2)


def test_one_that_wants_to_be_authorised_anew_is_renewed_at_once_and_only_once(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        stage.queue.put([stage.hint(MENTOR, HintKind.RENEW)])
        run(stage, 32 * MINUTE)
        stage.restart()
        run(stage, 34 * MINUTE)
        assert calls(stage, "renew") == [MENTOR]


def test_lost_news_are_fetched_by_a_poll(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, 30 * MINUTE)
        stage.queue.put([stage.hint(MENTEE, HintKind.MISSED)])
        assert owner_of(stage, MENTEE) in polls_hastened(stage)


def test_a_no_waits_for_a_person_or_a_start_and_disturbs_no_poll(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        stage.world.fail_next("push.watch", Fault.BROKEN)
        run(stage, 3 * HOUR)
        (missing,) = reported(stage).missing
        assert ("refuses" in missing.trouble, len(calls(stage, "watch"))) == (True, 3)
        assert stage.house.cache.entries(missing.owner) is not None
        stage.restart()
        run(stage, 4 * HOUR)
        assert (reported(stage).missing, len(calls(stage, "watch")), watched(stage)) == ((), 4, EVERYBODY)


@pytest.mark.parametrize("fault", [Fault.TRY_LATER, Fault.DOUBTFUL_BEFORE, Fault.DOUBTFUL_AFTER])
def test_a_passing_trouble_is_tried_again_by_itself(tmp_path: Path, fault: Fault) -> None:
    with push_stage(tmp_path) as stage:
        stage.world.fail_next("push.watch", fault)
        run(stage, MINUTE)
        (missing,) = reported(stage).missing
        assert missing.trouble
        run(stage, 10 * MINUTE)
        assert (reported(stage).missing, len(calls(stage, "watch"))) == ((), 4)


def test_an_old_one_that_cannot_be_ended_yet_is_ended_later_and_no_third_one_is_made(tmp_path: Path) -> None:
    with push_stage(tmp_path, renewable=False) as stage:
        run(stage, HOUR)
        stage.world.fail_next("push.end", Fault.TRY_LATER)
        run(stage, 2 * DAY)
        assert (watched(stage), calls(stage, "watch")) == (EVERYBODY, sorted(2 * EVERYBODY))
        assert all(not account.trouble for account in reported(stage).accounts)


def test_who_leaves_takes_the_subscription_along(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        hint = stage.hint(MENTOR)
        record_left(stage.house, stage.house.streams.person(owner_of(stage, MENTOR)))
        run(stage, 2 * HOUR)
        assert (watched(stage), calls(stage, "end")) == ([MENTEE, SERVICE], [MENTOR])
        stage.queue.put([hint])
        stage.restart()
        run(stage, 5 * DAY)
        assert MENTOR not in watched(stage)


def test_who_comes_while_the_daemon_runs_gets_one(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        stage.world.add("vera@example.org")
        add_person(stage.house, "vera@example.org", "Vera", "microsoft", "Europe/Berlin", "mon-fri 09:00-17:00")
        run(stage, 2 * HOUR)
        assert watched(stage) == sorted([*EVERYBODY, "vera@example.org"])


def test_another_public_address_gets_new_ones_and_the_old_ones_are_ended(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        stage.house = replace(stage.house, hook=replace(HOOK, address="https://push.example.net", mark="there"))
        stage.restart()
        run(stage, 2 * HOUR)
        assert (watched(stage), calls(stage, "end")) == (EVERYBODY, EVERYBODY)
        assert stage.push.watches_of(MENTOR)[0].address == "https://push.example.net/microsoft"


def test_whoever_takes_push_out_of_the_configuration_ends_them_all(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        stage.house = replace(stage.house, hook=None)
        stage.restart()
        run(stage, 2 * HOUR)
        assert (watched(stage), calls(stage, "end")) == ([], EVERYBODY)
        stage.house = replace(stage.house, hook=HOOK)
        stage.restart()
        run(stage, 3 * HOUR)
        assert watched(stage) == EVERYBODY


def test_status_says_until_when_each_one_holds(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        push = status(stage.house).push
        assert (push.on, len(push.accounts), push.missing) == (True, 3, ())
        assert push.first_end is not None
        assert push.first_end - START == 3 * DAY


def doctors_line(stage: PushStage) -> Line:
    """Return what the doctor says of push."""
    premises = Premises((), (), list, lambda: None, lambda _: nullcontext(stage.house))
    return next(line for line in examine(premises) if line.part == "push")


def test_the_doctor_says_whether_push_is_on_and_until_when_each_one_holds(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        run(stage, HOUR)
        line = doctors_line(stage)
        assert (line.health, line.says.startswith("on for 3 of 3 calendars: service until 2027-02-25 08:00 UTC")) == (
            Health.GOOD,
            True,
        )
        stage.house = replace(stage.house, loopback=False)
        assert "before mentorsync go-live" in doctors_line(stage).says
        stage.house = replace(stage.house, hook=None)
        assert doctors_line(stage).says.startswith("off")


def test_the_doctor_says_what_is_in_the_way_of_a_subscription(tmp_path: Path) -> None:
    with push_stage(tmp_path) as stage:
        assert doctors_line(stage).health is Health.BAD
        stage.world.fail_next("push.watch", Fault.BROKEN)
        run(stage, HOUR)
        line = doctors_line(stage)
        assert (line.health, "on for 2 of 3" in line.says, "refuses" in line.says) == (Health.BAD, True, True)


class Unreliable:
    """Of every four hints one is lost, one comes thrice, one late and so after the next one, one at once."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, hint: Hint) -> Iterable[tuple[timedelta, Hint]]:
        self._count += 1
        now = (timedelta(), hint)
        return ([now], [], [now, now, (3 * HOUR, hint)], [(50 * MINUTE, hint)])[self._count % 4]


def outcome(folder: Path, script: Script, push: bool = True) -> tuple[list[str], list[str], list[object]]:
    """Live nine days with a moved meeting, and return the stream's events, the mails and the calendars in the end."""
    with push_stage(folder, script, HOOK if push else None) as stage:
        entry = stage.live_to_booking()
        stage.live_until(stage.world.now + 2 * HOUR)
        stage.hands.move(MENTOR, entry.ical_uid, shifted(entry.time, DAY))
        run(stage, 9 * DAY)
        topics = [type(event).__name__ for event in stage.house.streams.events(stage.id)]
        mails = [f"{account}: {kind}" for account in EVERYBODY for kind in stage.mail_kinds(account)]
        meetings = [(event.time, event.cancelled) for account in EVERYBODY for event in stage.events(account)]
        return sorted(topics), mails, [*meetings]


def test_the_outcome_is_the_same_without_hints_and_with_lost_doubled_and_late_ones(tmp_path: Path) -> None:
    polled = outcome(tmp_path / "polled", at_once, push=False)
    assert outcome(tmp_path / "perfect", at_once) == polled
    assert outcome(tmp_path / "unreliable", Unreliable()) == polled
