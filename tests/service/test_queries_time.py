"""What was, what will be and why: history, plan, reasons, and words for every event and clause."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path

import pytest

from domain.by import CLI, By, by_policy
from domain.charter import Role
from domain.effects import Effect, EffectKind
from domain.errors import NotFound
from domain.ledger import WorkState
from domain.plan import plan
from service.clause_words import TERMS, clause_says
from service.clause_words import WORDS as CLAUSES
from service.event_words import WORDS, effect_words
from service.queries_history import history
from service.queries_plan import outlook, programme_outlook
from service.queries_why import Because, why
from service.situations import situation_of
from tests.service.reading_house import PAIR, Told, house_in, put_row, told_house
from tests.unit.domain_cast import BEGINNING, CHARTER, HOUR, mentee, mentor, requested

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A house whose one pair has lived for some weeks."""
    with told_house(tmp_path) as told:
        yield told


def reasons_of(told: Told, what: str) -> dict[str, Because]:
    """Return what is said of each effect of a kind or meeting, by its words."""
    return {because.what: because for because in why(told.house, PAIR, what).effects}


def coming(told: Told, kind: EffectKind) -> Effect:
    """Return the planned effect of that kind."""
    situation = situation_of(told.house, told.house.streams.relationship(PAIR))
    return next(effect for effect in plan(situation, told.now).effects if effect.kind is kind)


def test_every_event_of_a_relationship_or_a_notebook_has_plain_words() -> None:
    names = {path.stem for path in (ROOT / "domain").glob("*_events.py")} - {"person_events"}
    known = {
        cls
        for module in (import_module(f"domain.{name}") for name in sorted(names))
        for _, cls in getmembers(module, isclass)
        if "TOPIC" in vars(cls) and cls.__module__ == module.__name__
    }
    assert len(known) > 20
    assert known == set(WORDS)


def test_a_clause_of_a_version_that_counted_before_is_told_with_its_own_numbers() -> None:
    now = replace(CHARTER, version=2, agenda_lead_hours=48)
    says = [clause_says(now, "v1/agenda-lead", former) for former in ((CHARTER,), ())]
    assert (f"{CHARTER.agenda_lead_hours} hours" in says[0], says[1]) == (
        True,
        "clause agenda-lead of an earlier version of the charter",
    )


def test_every_clause_that_a_rule_cites_has_words_with_the_charter_s_numbers() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "domain").glob("rules_*.py"))
    cited = set(re.findall(r'clause\("([a-z-]+)"\)', sources))
    assert len(cited) > 5
    assert cited | set(TERMS) <= set(CLAUSES)
    says = clause_says(replace(CHARTER, agenda_lead_hours=31), "v1/agenda-lead")
    assert says == "the agenda reaches the mentor 31 hours before the start"


def test_a_clause_of_an_earlier_version_is_not_told_with_today_s_numbers() -> None:
    assert (
        clause_says(replace(CHARTER, version=2), "v1/cadence") == "clause cadence of an earlier version of the charter"
    )


@pytest.mark.parametrize("kind", list(EffectKind))
def test_every_kind_of_effect_has_words(kind: EffectKind) -> None:
    occasion = "2.1" if kind is EffectKind.CHASE else "2.1@2027-02-17"
    assert "mentee" in effect_words(kind.value, occasion, "mentee") or not kind.is_mail


def test_history_tells_the_stream_in_order_with_who_and_through_what(told: Told) -> None:
    lines = history(told.house, PAIR).events
    assert len(lines) == len(tuple(told.house.streams.events(PAIR)))
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert (lines[0].who, lines[0].channel, lines[0].what) == (
        "administrator",
        "cli",
        "the mentee asked the mentor, with 1 goal",
    )
    assert {line.who for line in lines} == {"administrator", "mentorsync", "Marta", "Tilo"}
    agenda = next(line for line in lines if line.what == "sent: agenda to the mentor for meeting 1.1")
    assert (agenda.event, agenda.clause) == ("relationship.mail-sent", "v1/agenda-lead")


def test_the_plan_marks_what_rests_on_assumptions_and_stays_inside_its_weeks(told: Told) -> None:
    ahead = outlook(told.house, PAIR, timedelta(weeks=3))
    assert [item.assumed for item in ahead.coming[:2]] == [False, True]
    assert all(told.now <= item.at <= told.now + timedelta(weeks=3) for item in ahead.coming)
    assert "agenda to the mentor" in [item.what for item in ahead.coming]
    assert ahead.zones == {"mentor": "America/Chicago", "mentee": "Europe/Berlin"}
    assert ahead.obstacles == ()


def test_the_plan_of_all_is_that_of_each_in_the_order_of_time(told: Told) -> None:
    ahead, one = programme_outlook(told.house, timedelta(weeks=3)), outlook(told.house, PAIR, timedelta(weeks=3))
    assert tuple(item.coming for item in ahead.coming if item.id == PAIR) == one.coming
    assert sorted(item.coming.at for item in ahead.coming) == [item.coming.at for item in ahead.coming]
    (two,) = {(item.mentor.split()[0], item.mentee.split()[0]) for item in ahead.coming if item.id == PAIR}
    assert (two, ahead.relationships >= 1) == (("Marta", "Tilo"), True)


def test_the_plan_changes_nothing(told: Told) -> None:
    before = history(told.house, PAIR)
    outlook(told.house, PAIR, timedelta(weeks=6))
    assert history(told.house, PAIR) == before


def test_the_plan_says_what_stands_in_its_way(tmp_path: Path) -> None:
    with told_house(tmp_path, loopback=False) as told:
        person = told.house.streams.person(told.house.streams.relationship(PAIR).mentee_id)
        person.pause(By(str(person.id), CLI, None, told.now))
        told.house.streams.save(person, now=told.now)
        ahead = outlook(told.house, PAIR, timedelta(weeks=3))
        assert ahead.obstacles == ("nothing leaves this machine until go-live", "one of the two asked for silence")


def test_a_mail_that_left_is_explained_from_its_clause_to_its_message_id(told: Told) -> None:
    because = reasons_of(told, "agenda")["agenda to the mentor for meeting 1.1"]
    assert (because.clause, because.says) == (
        "v1/agenda-lead",
        "the agenda reaches the mentor 24 hours before the start",
    )
    assert because.row is not None
    assert because.row.state == "done"
    assert because.ending is not None
    assert because.ending.message_id == "<agenda.1.1@2027-02-03.mentor@example.net>"
    assert because.verdict == "done"


def test_what_is_not_due_yet_is_explained_too(told: Told) -> None:
    because = reasons_of(told, "agenda")["agenda to the mentor for meeting 2.2"]
    assert (because.row, because.ending, because.verdict) == (None, None, "is due at 2027-02-16 15:45 UTC")


def test_a_meeting_is_explained_by_what_each_constraint_left(told: Told) -> None:
    reasons = why(told.house, PAIR, "2.2")
    (choice,) = reasons.meetings
    assert choice.starts == choice.counters[-1][1] > 0
    assert [name for name, _ in choice.counters][-1] == "not refused before"
    assert (choice.tzdata, choice.clause) == ("2026.6", "v1/cadence")
    assert {because.kind for because in reasons.effects} == {"book", "preparation", "agenda"}


def test_a_reminder_whose_number_looks_like_a_meeting_is_not_taken_for_one(told: Told) -> None:
    assert "chase" not in {because.kind for because in why(told.house, PAIR, "2.1").effects}


def test_everything_is_explained_without_a_question_and_nothing_for_an_unknown_one(told: Told) -> None:
    reasons = why(told.house, PAIR)
    assert [choice.ref for choice in reasons.meetings] == ["1.1", "2.1", "2.2"]
    assert len(reasons.effects) > 8
    with pytest.raises(NotFound):
        why(told.house, PAIR, "tea")


def test_what_lapsed_or_was_given_up_is_explained_by_its_reason(told: Told) -> None:
    relationship, by = told.house.streams.relationship(PAIR), By("mentorsync", "policy", "v1/agenda-lead", told.now)
    relationship.lapse(("preparation", "2.2@2027-02-17", "mentee"), "2.2", "the service was down", by)
    relationship.give_up(("agenda", "2.2@2027-02-17", "mentor"), "2.2", "no such mailbox", False, by)
    told.house.streams.save(relationship, now=told.now)
    said = {because.kind: because for because in why(told.house, PAIR, "2.2").effects}
    assert said["preparation"].verdict == "not done: the service was down"
    assert said["agenda"].verdict == "not done: no such mailbox"
    assert said["agenda"].ending is not None
    assert said["agenda"].ending.event == "relationship.effect-given-up"


def test_what_is_tried_again_and_what_was_dropped_say_why(told: Told) -> None:
    put_row(told.house, coming(told, EffectKind.AGENDA), WorkState.OPEN, "the provider is busy")
    chase = Effect(EffectKind.CHASE, "2.2", Role.MENTEE, "2", told.now, told.now + HOUR, "v1/actions")
    put_row(told.house, chase, WorkState.DROPPED, "no longer wanted")
    assert reasons_of(told, "agenda")["agenda to the mentor for meeting 2.2"].verdict.endswith("the provider is busy")
    assert reasons_of(told, "chase")["reminder 2 of action 2 to the mentee"].verdict == "dropped: no longer wanted"


def test_before_go_live_everything_waits_for_it(tmp_path: Path) -> None:
    with told_house(tmp_path, loopback=False) as told:
        assert reasons_of(told, "agenda")["agenda to the mentor for meeting 2.2"].verdict == "waits for go-live"


def test_a_relationship_that_came_to_nothing_says_why(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        relationship = requested()
        relationship.expire_request("the mentor did not answer", by_policy("v1/request", BEGINNING))
        house.streams.save(mentor(), mentee(), relationship, now=BEGINNING)
        reasons = why(house, PAIR)
    assert reasons.ended is not None
    assert reasons.ended.what == "the request came to nothing: the mentor did not answer"
    assert [because.what for because in reasons.effects] == ["notice to the mentee"]
