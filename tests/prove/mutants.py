"""Breaks one line of ledger, sending or plan at a time, in a copy of the source, and sees whether named tests notice.

What they do not notice nobody would: the figures of the other proofs are worth as much as this one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("domain", "service", "adapters", "cli", "tests")
AT_ONCE = 2
PATIENCE = 300
"""So many seconds the tests of one mutant may take, some of which never come to an end."""
LEDGER, STORE = "tests/contract/test_ledger.py", "tests/contract/test_store.py"
DOUBT, FAULTS, LOOP = "tests/service/test_doubt.py", "tests/service/test_faults.py", "tests/service/test_loop.py"
STORY, TROUBLE = "tests/unit/test_domain_plan_story.py", "tests/unit/test_domain_plan_trouble.py"


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is broken, where, which text becomes which other one, and the tests of which one must be red then."""

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


MUTANTS = (
    # The ledger.
    Mutant(
        "a lane gives out many rows at once",
        "adapters/sqlite/claiming.py",
        'first.setdefault(row["lane"], ',
        'first.setdefault(row["key"], ',
        (f"{LEDGER}::test_one_claim_gives_one_row_of_a_lane",),
    ),
    Mutant(
        "a lane with a leased row gives out another",
        "adapters/sqlite/claiming.py",
        'if row["lane"] not in held:',
        "if True:",
        (f"{LEDGER}::test_a_lane_with_a_leased_row_gives_out_nothing_of_any_kind",),
    ),
    Mutant(
        "attempts are not counted",
        "adapters/sqlite/ledger.py",
        "max(attempts + 1,",
        "max(attempts,",
        (f"{LEDGER}::test_a_postponed_effect_comes_again_at_its_due_with_its_attempts_and_receipt",),
    ),
    Mutant(
        "a restored store does not look before it sends",
        "adapters/sqlite/ledger.py",
        "WHERE name = 'restored'",
        "WHERE name = 'never'",
        ("tests/service/test_restore.py",),
    ),
    Mutant(
        "a lost lease may still note",
        "adapters/sqlite/ledger.py",
        "WHERE key = ? AND token = ? AND state = 'open' RETURNING key",
        "WHERE key = ? AND token >= ? || '' OR 1 RETURNING key",
        (f"{LEDGER}::test_a_note_outlives_its_lease_and_is_refused_after_it",),
    ),
    Mutant(
        "a lost lease may still settle",
        "adapters/sqlite/work.py",
        "AND token = :token AND state = 'open' RETURNING key",
        "AND (token = :token OR 1) AND state = 'open' RETURNING key",
        (f"{STORE}::test_a_stale_token_takes_events_and_rows_back",),
    ),
    Mutant(
        "a stale settlement is no error",
        "adapters/sqlite/work.py",
        "        raise StaleLease",
        "        return",
        (f"{LEDGER}::test_a_row_whose_lease_ended_can_be_claimed_again_and_the_first_holder_is_refused",),
    ),
    Mutant(
        "rows that are done open again",
        "adapters/sqlite/work.py",
        "WHERE state IN ('dropped', 'expired')",
        "WHERE state IN ('dropped', 'expired', 'done', 'unknown', 'given_up')",
        (f"{LEDGER}::test_a_row_that_ended_for_good_never_opens_again",),
    ),
    Mutant(
        "a receipt is forgotten with a postponement",
        "adapters/sqlite/work.py",
        "CASE WHEN :receipt = '' THEN receipt ELSE :receipt END",
        ":receipt",
        (f"{LEDGER}::test_a_postponed_effect_comes_again_at_its_due_with_its_attempts_and_receipt",),
    ),
    Mutant(
        "a wake-up delays a review",
        "adapters/sqlite/work.py",
        "due = min(due, excluded.due), state = 'open', attempts = 0",
        "due = excluded.due, state = 'open', attempts = 0",
        (f"{STORE}::test_a_wake_up_never_delays_a_review_that_is_due_already",),
    ),
    Mutant(
        "hastening delays",
        "adapters/sqlite/ledger.py",
        "SET due = min(due, ?) WHERE key = ?",
        "SET due = ? WHERE key = ?",
        (f"{LEDGER}::test_hastening_never_delays",),
    ),
    Mutant(
        "leases outlive their daemon",
        "adapters/sqlite/ledger.py",
        "WHERE token IS NOT NULL RETURNING key",
        "WHERE token IS NULL AND 0 RETURNING key",
        (f"{LEDGER}::test_voiding_takes_every_lease_away_and_marks_the_new_life_in_the_tokens",),
    ),
    Mutant(
        "the settlement is not in the events' transaction",
        "adapters/sqlite/recorder.py",
        "    if write.settle is not None:",
        "    if write.settle is None:",
        (f"{STORE}::test_an_outcome_and_its_row_are_settled_together",),
    ),
    Mutant(
        "a save wakes nobody",
        "adapters/sqlite/recorder.py",
        "work.wake(c, {*write.wake, *(stream.woken for stream in rows.streams)}, rows.now)",
        "work.wake(c, {*write.wake}, rows.now)",
        (f"{STORE}::test_a_save_wakes_the_review_of_what_it_saved",),
    ),
    # Sending.
    Mutant(
        "an earlier attempt is not looked up",
        "service/worker.py",
        "if job.claim.attempts > 1 or job.claim.receipt:",
        "if False:",
        (f"{DOUBT}::test_a_mail_whose_answer_was_lost_arrives_exactly_once", "tests/simulation/test_months.py"),
    ),
    Mutant(
        "what was found is done again",
        "service/worker.py",
        "        if found is not None:\n",
        "        if found is None and job is None:\n",
        (f"{DOUBT}::test_a_mail_whose_answer_was_lost_arrives_exactly_once",),
    ),
    Mutant(
        "what is no longer wanted is done",
        "service/worker.py",
        "    return planned.wants(*job.name, job.now)",
        "    return next((e for e in planned.effects), None) or planned.wants(*job.name, job.now)",
        (LOOP,),
    ),
    Mutant(
        "it is sent although decisions wait",
        "service/worker.py",
        "    if planned.decisions:",
        "    if False:",
        ("tests/service/test_true_now.py",),
    ),
    Mutant(
        "a no to the look-up means that nothing was done",
        "service/worker.py",
        '        return Held(f"what an earlier attempt did cannot be looked up: {trouble.problem}")',
        "        return None if trouble else None",
        (f"{FAULTS}::test_a_no_to_the_question_what_became_of_a_mail_holds_it_as_unknown",),
    ),
    Mutant(
        "a sent copy does not count",
        "service/posting.py",
        "        if isinstance(found, Sent):",
        "        if False:",
        (f"{DOUBT}::test_a_mail_whose_answer_was_lost_arrives_exactly_once",),
    ),
    Mutant(
        "a draft that vanished is written anew",
        "service/posting.py",
        "        if found is None and draft is not None:",
        "        if False:",
        (f"{DOUBT}::test_a_draft_that_vanished_without_a_sent_copy_is_held_for_a_person_and_never_sent_again",),
    ),
    Mutant(
        "a mail has another name each time",
        "service/posting.py",
        "hashlib.sha256(key.encode())",
        "hashlib.sha256(str(house.ids.new()).encode())",
        (f"{DOUBT}::test_a_mail_whose_answer_was_lost_arrives_exactly_once",),
    ),
    Mutant(
        "names are known only after it left",
        "service/posting.py",
        "house.streams.save(now=job.now, write=LedgerWrite(references=job.references(_own_names(house, job))))",
        "pass",
        (f"{DOUBT}::test_who_answers_before_it_is_known_that_our_mail_left_is_heard",),
    ),
    Mutant(
        "an old draft says what is no longer true",
        "service/posting.py",
        "noted.digest != digest",
        "noted.digest == ''",
        ("tests/service/test_true_now.py",),
    ),
    Mutant(
        "a booking does not look at the time once more",
        "service/booking.py",
        "        if taken(house, job, meeting.time):",
        "        if False:",
        (f"{LOOP}::test_a_time_that_is_taken_between_plan_and_booking_is_lost_and_another_one_is_found",),
    ),
    Mutant(
        "a hand that was faster is written over",
        "service/booking.py",
        "Move(meeting.event_id, time, meeting.zone, entry.etag or None)",
        "Move(meeting.event_id, time, meeting.zone, None)",
        (
            f"{FAULTS}::test_the_organisers_own_move_in_the_last_moment_is_not_overwritten_by_a_guests_wish",
            "tests/acceptance/scenarios/test_booking_once.py",
        ),
    ),
    Mutant(
        "a booking that may have been made is not looked for",
        "service/booking.py",
        "booked = calendar.find(account, job.claim.work.key, meeting.time)",
        "booked = None",
        ("tests/simulation/test_two_calendars.py::test_a_life_that_failed_once_ends_well",),
    ),
    Mutant(
        "effects leave before somebody went live",
        "service/daemon.py",
        "        if not self.house.live():",
        "        if False:",
        (f"{LOOP}::test_without_go_live_nothing_leaves_for_the_world_and_afterwards_it_does",),
    ),
    Mutant(
        "a provider that asks for patience is not heeded",
        "service/pauses.py",
        "    if asked is not None:",
        "    if False:",
        ("tests/service/test_pauses.py",),
    ),
    # The plan.
    Mutant(
        "nothing lapses",
        "domain/sheet.py",
        "        if self.now >= effect.expires:",
        "        if False:",
        (f"{STORY}::test_an_agenda_that_could_not_leave_in_time_lapses_with_a_reason",),
    ),
    Mutant(
        "what is over is still due",
        "domain/sheet.py",
        "if effect.due <= now < effect.expires)",
        "if effect.due <= now)",
        (STORY, TROUBLE),
    ),
    Mutant(
        "all is due at once",
        "domain/sheet.py",
        "if effect.due <= now < effect.expires)",
        "if now < effect.expires)",
        (STORY,),
    ),
    Mutant(
        "what is settled is wanted again",
        "domain/sheet.py",
        "if self.situation.relationship.settled(*effect.name) or unreachable(self.situation, effect):",
        "if unreachable(self.situation, effect):",
        (STORY,),
    ),
    Mutant(
        "a pause silences nobody",
        "domain/plan.py",
        "    if situation.paused:",
        "    if False:",
        (f"{TROUBLE}::test_a_pause_of_either_silences_everything",),
    ),
    Mutant(
        "the moment of the next look is forgotten",
        "domain/sheet.py",
        "        later = [moment for moment in self.moments if moment > self.now]",
        "        later = [moment for moment in self.moments if moment > self.now and not self.effects]",
        ("tests/unit/test_domain_plan_properties.py",),
    ),
    Mutant(
        "quiet hours are not kept",
        "domain/discretion.py",
        "    return replace(effect, due=awake)",
        "    return replace(effect, due=due)",
        ("tests/unit/test_domain_discretion.py",),
    ),
    Mutant(
        "the weekly budget counts nothing",
        "domain/discretion.py",
        "    if not limit or effect.kind in UNCOUNTED or len(sent) < limit:",
        "    if True:",
        ("tests/unit/test_domain_discretion.py",),
    ),
    Mutant(
        "silence is presumed at once",
        "domain/rules_talks.py",
        "PRESUME_AFTER = 48 * HOUR",
        "PRESUME_AFTER = 3 * HOUR",
        (f"{STORY}::test_silence_for_two_days_counts_as_held_and_the_next_cycle_is_planned",),
    ),
    Mutant(
        "a calendar that was never read counts as free",
        "domain/rules_conflicts.py",
        "    if any(sheet.situation.busy.get(role) is None for role in Role if role not in lost):",
        "    if False:",
        ("tests/unit/test_domain_conflicts.py",),
    ),
    Mutant(
        "actions are chased for ever",
        "domain/rules_actions.py",
        "NUDGES = 2",
        "NUDGES = 5",
        (f"{STORY}::test_an_overdue_action_is_chased_twice_a_week_apart_inside_working_hours",),
    ),
    Mutant(
        "the event of a meeting that was given up stays",
        "domain/rules_meetings.py",
        "        if meeting.to_cancel and due < end:",
        "        if meeting.to_cancel and due < end and not relationship.meetings.items:",
        (f"{TROUBLE}::test_a_pause_still_undoes_a_calendar_entry",),
    ),
)


def misplaced() -> list[str]:
    """Return the mutants whose text does not stand exactly once in its file any more."""
    return [str(mutant) for mutant in MUTANTS if (ROOT / mutant.path).read_text("utf-8").count(mutant.old) != 1]


def survivors(mutants: Sequence[Mutant] = MUTANTS) -> list[str]:
    """Return what no test noticed; each is tried in a copy of the source."""
    with _copies(AT_ONCE) as free, ThreadPoolExecutor(AT_ONCE) as pool:
        return [name for name in pool.map(lambda mutant: _survived(mutant, free), mutants) if name]


def red_without_change() -> list[str]:
    """Return which of the named tests are red by themselves: what they say of a mutant is worth nothing."""
    tests = sorted({test for mutant in MUTANTS for test in mutant.tests})
    with _copies(1) as free:
        folder = free.get()
        told = _run(folder, tests, stop=False)
    red = [line for line in told.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return red or ([told.stdout + told.stderr] if told.returncode else [])


def _survived(mutant: Mutant, free: "SimpleQueue[Path]") -> str:
    folder = free.get()
    file = folder / mutant.path
    sound = file.read_text("utf-8")
    try:
        file.write_text(sound.replace(mutant.old, mutant.new), "utf-8")
        # 1 says that tests failed; anything else (no such test, a syntax error of the mutant) proves nothing.
        return "" if _run(folder, mutant.tests).returncode == 1 else str(mutant)
    except subprocess.TimeoutExpired:
        return ""  # a test that never ends is red
    finally:
        file.write_text(sound, "utf-8")
        free.put(folder)


def _run(folder: Path, tests: Sequence[str], stop: bool = True) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *(["-x"] if stop else []), *tests]
    # Not with this process's guard of its children, which would import the sound `tests` before the copy is looked at.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE)


@contextmanager
def _copies(number: int) -> "Iterator[SimpleQueue[Path]]":
    with TemporaryDirectory() as place:
        free: SimpleQueue[Path] = SimpleQueue()
        for name in map(str, range(number)):
            folder = Path(place) / name
            folder.mkdir()
            for room in COPIED:
                shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(ROOT / "pyproject.toml", folder)
            free.put(folder)
        yield free
