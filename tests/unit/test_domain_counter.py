"""A yes on other terms: what becomes of the charter, who is asked, and how it is taken back."""

from dataclasses import replace
from typing import Any

import pytest

from domain.answering import Answer, Answered, answer
from domain.charter import Charter, Rhythm, Role
from domain.counter import countered
from domain.deeds import deeds_of
from domain.desk import Desk
from domain.echoing import echo
from domain.effects import Effect, EffectKind
from domain.errors import Refused
from domain.hearing import DeedKind, Heard, Question
from domain.letters import CharterLetter
from domain.mail import MailKind
from domain.plan import plan
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.reply import Command, Reply, SaidTerms
from domain.situation import Situation
from domain.writing import write
from tests.unit.domain_cast import (
    BEGINNING,
    CHARTER,
    HOUR,
    NAMES,
    accepted,
    by_cli,
    by_mail,
    charter,
    kinds,
    mentee,
    mentor,
    replayed,
    requested,
    sent,
)

HALF = SaidTerms(minutes=30)


def says(relationship: Relationship, terms: SaidTerms = HALF) -> Answered:
    """Let the mentor answer the request with a yes on terms."""
    reply = Reply(Command.ACCEPT, terms=terms)
    place = (Role.MENTOR, NAMES, MailKind.REQUEST, "request")
    return answer(relationship, Answer(*place, reply, by_mail(Role.MENTOR)))


def situation(relationship: Relationship) -> Situation:
    """Return what the plan looks at."""
    return Situation(relationship, mentor(), mentee())


def test_a_yes_on_terms_changes_the_charter_that_was_asked_for_and_is_the_mentors_agreement() -> None:
    relationship = requested()
    assert says(relationship) == Answered()
    assert kinds(relationship) == ["Requested", "AcceptedWithCounter"]
    assert relationship.charter == charter(minutes=30)
    assert (relationship.status, relationship.approved) == (Status.ACCEPTED, (Role.MENTOR,))
    assert vars(replayed(relationship))["asked"] == CHARTER


def test_only_the_mentee_is_asked_to_agree_and_nothing_is_booked_before() -> None:
    relationship = requested()
    says(relationship)
    wanted = plan(situation(relationship), BEGINNING + HOUR).effects
    assert [(e.kind, e.occasion, e.recipient) for e in wanted if e.kind is EffectKind.CHARTER] == [
        (EffectKind.CHARTER, "v1", Role.MENTEE)
    ]
    relationship.approve_charter(Role.MENTEE, by_mail(Role.MENTEE))
    assert kinds(relationship)[2:] == ["CharterApproved", "CharterAgreed"]


def test_saying_it_twice_counts_once_and_other_terms_afterwards_are_refused() -> None:
    relationship = requested()
    says(relationship)
    says(relationship)
    assert kinds(relationship) == ["Requested", "AcceptedWithCounter"]
    assert says(relationship, SaidTerms(minutes=20)).question is Question.CANNOT
    assert says(accepted(), HALF).question is Question.CANNOT


@pytest.mark.parametrize("terms", [SaidTerms(minutes=45), SaidTerms(days=14), SaidTerms(45, 14, 0)])
def test_terms_that_were_asked_for_are_a_plain_yes(terms: SaidTerms) -> None:
    relationship = requested()
    says(relationship, terms)
    assert kinds(relationship)[1:] == ["Accepted"]


@pytest.mark.parametrize(
    ("before", "terms", "after"),
    [
        (CHARTER, SaidTerms(months=2), {"cadence_days": 60, "rhythm": Rhythm.MONTHLY_WEEKDAY}),
        (CHARTER, SaidTerms(days=42), {"cadence_days": 42, "rhythm": Rhythm.DAYS}),
        (charter(cadence_days=28), SaidTerms(months=1), {"cadence_days": 28, "rhythm": Rhythm.DAYS}),
        (
            charter(cadence_days=30, rhythm=Rhythm.MONTHLY_DATE),
            SaidTerms(months=3),
            {"cadence_days": 90, "rhythm": Rhythm.MONTHLY_DATE},
        ),
        (charter(shortest_minutes=40), HALF, {"minutes": 30, "shortest_minutes": 30}),
        (charter(cadence_days=28, slack_days=14), SaidTerms(days=7), {"cadence_days": 7, "slack_days": 3}),
    ],
)
def test_what_hangs_on_a_term_gives_way(before: Charter, terms: SaidTerms, after: dict[str, Any]) -> None:
    assert countered(before, terms) == replace(before, **after)


def test_terms_that_no_charter_can_have_are_refused_with_a_reason() -> None:
    with pytest.raises(Refused, match="minutes must be from 5"):
        countered(CHARTER, SaidTerms(minutes=3))


def test_the_charter_shows_the_mentee_what_was_asked_for_and_the_echo_shows_the_mentor_all_terms() -> None:
    relationship = requested()
    says(relationship)
    relationship.hear_mail(
        Heard("m", Role.MENTOR, "request", "request", BEGINNING, deeds_of(relationship.pending_events)),
        by_mail(Role.MENTOR),
    )
    now = situation(relationship)
    asked = Effect(EffectKind.CHARTER, "v1", Role.MENTEE, "1", BEGINNING, BEGINNING + HOUR, "v1/charter")
    letter = write(Desk(now, asked, "Programme"))
    assert isinstance(letter, CharterLetter)
    assert letter.before is not None
    assert (letter.terms.minutes, letter.before.minutes) == (30, 45)
    answered = Effect(EffectKind.ECHO, "m", Role.MENTOR, "m", BEGINNING, BEGINNING + HOUR, None)
    line = echo(Desk(now, answered, "Programme")).lines[0]
    assert (line.what, line.terms.minutes if line.terms else 0) == (DeedKind.COUNTERED, 30)


def test_taken_back_it_is_the_open_request_with_the_old_charter_unless_the_mentee_agreed() -> None:
    relationship = requested()
    says(relationship)
    deeds = deeds_of(relationship.pending_events)
    assert [deed.what for deed in deeds] == [DeedKind.COUNTERED]
    relationship.hear_mail(Heard("m", Role.MENTOR, "request", "request", BEGINNING, deeds), by_mail(Role.MENTOR))
    other = replayed(relationship)
    relationship.undo_mail("m", by_mail(Role.MENTOR))
    assert (relationship.status, relationship.charter, relationship.approved) == (Status.REQUESTED, CHARTER, ())
    other.approve_charter(Role.MENTEE, by_mail(Role.MENTEE))
    with pytest.raises(Refused, match="agreed to since"):
        other.undo_mail("m", by_mail(Role.MENTOR))


def shown(relationship: Relationship, version: int) -> None:
    """Let the charter's mail leave for the mentee."""
    relationship.mail_left("charter", f"v{version}", "mentee", sent(f"v{version}"), by_cli())


def agrees(relationship: Relationship, version: int) -> Answered:
    """Let the mentee agree in answer to the mail that showed that version."""
    place = (Role.MENTEE, NAMES, MailKind.CHARTER, f"v{version}")
    return answer(relationship, Answer(*place, Reply(Command.AGREE), by_mail(Role.MENTEE)))


def taken_back(relationship: Relationship) -> None:
    """Let the mentor take her yes back."""
    deeds = deeds_of(relationship.pending_events)[-1:]
    relationship.hear_mail(Heard("m", Role.MENTOR, "request", "request", BEGINNING, deeds), by_mail(Role.MENTOR))
    relationship.undo_mail("m", by_mail(Role.MENTOR))


def test_an_ok_to_a_charter_that_was_shown_before_a_yes_was_taken_back_agrees_to_no_other_terms() -> None:
    relationship = accepted()
    taken_back(relationship)
    shown(relationship, 1)
    says(relationship)
    assert (relationship.charter.version, relationship.charter.minutes) == (2, 30)
    assert agrees(relationship, 1).question is Question.CANNOT
    assert agrees(relationship, 2) == Answered()
    assert relationship.running


def test_a_counter_that_is_taken_back_leaves_the_old_terms_under_a_new_version_when_it_was_shown() -> None:
    relationship = requested()
    says(relationship)
    deeds = deeds_of(relationship.pending_events)
    shown(relationship, 1)
    relationship.hear_mail(Heard("m", Role.MENTOR, "request", "request", BEGINNING, deeds), by_mail(Role.MENTOR))
    relationship.undo_mail("m", by_mail(Role.MENTOR))
    assert relationship.charter == charter(version=2)
    relationship.accept(by_mail(Role.MENTOR))
    assert agrees(relationship, 1).question is Question.CANNOT
