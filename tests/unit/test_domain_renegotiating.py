"""The two change the terms of their charter while it counts, and the term that it has comes to its end."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.answering import Answer, Answered, answer
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.ending import TERM
from domain.errors import Refused
from domain.hearing import Question
from domain.mail import MailKind
from domain.relationship_state import Status
from domain.reply import Command, Reply, SaidTerms
from tests.unit.domain_cast import BEGINNING, DAY, NAMES, agreed, by_mail, charter, kinds
from tests.unit.domain_life import Life

SIX_WEEKS = SaidTerms(days=42)
TERM_DAY = (BEGINNING + 90 * DAY).date()


def running(**terms: object) -> Life:
    """Return a pair whose charter counts and whose first meeting is booked."""
    life = Life(agreed(charter(**terms)))
    life.settle()
    return life


def says(life: Life, role: Role, reply: Reply, kind: MailKind = MailKind.CHARTER, occasion: str = "v2") -> Answered:
    """Let one of the two answer a mail of ours, twice, and see that the second time records nothing."""
    given = Answer(role, NAMES, kind, occasion, reply, by_mail(role, life.now))
    came = answer(life.relationship, given)
    before = len(kinds(life.relationship))
    answer(life.relationship, given)
    assert len(kinds(life.relationship)) == before
    return came


def proposes(life: Life, terms: SaidTerms, role: Role = Role.MENTEE) -> Answered:
    """Let one of the two propose other terms in answer to the mail about a meeting."""
    occasion = f"{life.meeting.ref}@{life.meeting.time.start.date()}"
    return says(life, role, Reply(proposal=terms), MailKind.AGENDA, occasion)


def test_a_proposal_goes_to_the_other_and_counts_when_she_agrees_as_the_next_version() -> None:
    life = running(cadence_days=28)
    assert proposes(life, SIX_WEEKS).reason == ""
    life.settle()
    assert (life.relationship.charter.version, life.sent("charter")) == (1, ["v2"])
    says(life, Role.MENTOR, Reply(Command.AGREE))
    assert (life.relationship.charter.version, life.relationship.charter.cadence_days) == (2, 42)
    assert life.relationship.charter_of(1) == charter(cadence_days=28)
    life.settle()
    assert life.sent("notice") == ["terms_agreed-v2"]


def test_whoever_proposes_what_the_other_has_proposed_agrees_by_that() -> None:
    life = running(cadence_days=28)
    proposes(life, SIX_WEEKS)
    proposes(life, SIX_WEEKS, Role.MENTOR)
    assert life.relationship.charter.cadence_days == 42


def test_what_follows_afterwards_cites_the_new_version() -> None:
    life = running(cadence_days=28)
    proposes(life, SIX_WEEKS)
    says(life, Role.MENTOR, Reply(Command.AGREE))
    life.live_until(life.now + 60 * DAY)
    events: list[Any] = life.relationship.pending_events
    cited = {event.by.clause for event in events if event.by.at > life.now - 30 * DAY}
    assert {clause.split("/")[0] for clause in cited if clause} == {"v2"}
    starts = [meeting.time.start for meeting in life.relationship.meetings.items if meeting.event_id]
    assert starts[1] - starts[0] > 35 * DAY


def test_a_no_leaves_the_terms_and_the_author_hears_of_it() -> None:
    life = running(cadence_days=28)
    proposes(life, SIX_WEEKS)
    says(life, Role.MENTOR, Reply(Command.DECLINE))
    life.settle()
    assert (life.relationship.charter.version, life.relationship.proposed) == (1, None)
    assert life.sent("notice") == ["terms_refused-v2"]


def test_without_an_answer_the_proposal_lapses_and_a_late_yes_is_told_so() -> None:
    life = running(cadence_days=28)
    proposes(life, SIX_WEEKS)
    life.live_until(life.now + life.relationship.asking.time + DAY)
    assert (life.relationship.charter.version, life.relationship.proposed) == (1, None)
    assert "terms_lapsed-v2" in life.sent("notice")
    assert says(life, Role.MENTOR, Reply(Command.AGREE)).question is Question.CANNOT


def test_a_second_proposal_takes_the_place_of_the_first_and_has_a_number_of_its_own() -> None:
    life = running(cadence_days=28)
    proposes(life, SIX_WEEKS)
    proposes(life, SaidTerms(days=56))
    life.settle()
    assert life.sent("charter") == ["v3"]
    assert says(life, Role.MENTOR, Reply(Command.AGREE)).question is Question.CANNOT, "to the mail about version 2"
    says(life, Role.MENTOR, Reply(Command.AGREE), occasion="v3")
    assert (life.relationship.charter.version, life.relationship.charter.cadence_days) == (3, 56)


@pytest.mark.parametrize(
    ("terms", "name", "value"),
    [
        (SaidTerms(minutes=30), "minutes", 30),
        (SaidTerms(agenda_lead_hours=48), "agenda_lead_hours", 48),
        (SaidTerms(conflict=ConflictPolicy.SKIP), "conflict", ConflictPolicy.SKIP),
        (SaidTerms(organiser="me"), "organiser", Organiser.MENTEE),
        (SaidTerms(organiser="you"), "organiser", Organiser.MENTOR),
        (SaidTerms(organiser="service"), "organiser", Organiser.SERVICE),
        (SaidTerms(until=TERM_DAY), "until", TERM_DAY),
    ],
)
def test_each_term_can_be_proposed(terms: SaidTerms, name: str, value: object) -> None:
    other = {"organiser": Organiser.MENTOR if value is not Organiser.MENTOR else Organiser.MENTEE}
    life = running(**other if name == "organiser" else {"conflict": ConflictPolicy.MOVE})
    proposes(life, terms)
    assert life.relationship.proposed is not None
    assert getattr(life.relationship.proposed.charter, name) == value


@pytest.mark.parametrize("terms", [SaidTerms(minutes=700), SaidTerms(), SaidTerms(extend=True), SaidTerms(days=900)])
def test_terms_that_cannot_be_or_change_nothing_are_refused_with_the_reason(terms: SaidTerms) -> None:
    life = running()
    came = proposes(life, terms)
    assert (came.question, life.relationship.proposed) == (Question.CANNOT, None)


def test_a_delegate_proposes_nothing_and_what_was_agreed_is_not_taken_back_by_a_word() -> None:
    life = running(cadence_days=28)
    given = Answer(Role.MENTOR, NAMES, MailKind.AGENDA, "1.1@x", Reply(proposal=SIX_WEEKS), by_mail(Role.MENTOR), True)
    assert answer(life.relationship, given).question is Question.PERSON
    with pytest.raises(Refused):
        life.relationship.agree_to_version(2, Role.MENTEE, by_mail(Role.MENTEE))


def test_a_term_is_announced_to_both_and_ends_with_its_day_without_a_meeting_beyond() -> None:
    life = running(cadence_days=28, until=TERM_DAY)
    life.live_until(life.now + 95 * DAY)
    assert (life.relationship.status, life.relationship.ended_because) == (Status.ENDED, TERM)
    name = f"term_ends-{TERM_DAY.isoformat()}"
    assert [topic for topic in life.sent("notice") if topic.startswith("term")] == [
        name,
        name,
        "term_over",
        "term_over",
    ]
    ends = [meeting.time.end.date() for meeting in life.relationship.meetings.items if meeting.event_id]
    assert max(ends) <= TERM_DAY


def test_a_term_that_both_extend_goes_on() -> None:
    life = running(cadence_days=28, until=TERM_DAY)
    life.live_until(life.now + 70 * DAY)
    proposes(life, SaidTerms(extend=True))
    says(life, Role.MENTOR, Reply(Command.AGREE))
    life.live_until(life.now + 40 * DAY)
    assert life.relationship.status is Status.AGREED
    assert life.relationship.charter.until == TERM_DAY + timedelta(days=182)


def test_a_charter_without_a_term_never_ends_by_itself() -> None:
    life = running(cadence_days=28)
    life.live_until(life.now + 200 * DAY)
    assert life.relationship.status is Status.AGREED


def test_a_term_may_end_on_a_leap_day_and_on_the_31st() -> None:
    for day in (date(2028, 2, 29), date(2027, 5, 31)):
        assert replace(charter(), until=day).checked().until == day
    assert isinstance(charter(), Charter)
