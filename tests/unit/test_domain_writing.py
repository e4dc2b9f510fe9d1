"""What each mail says, written from a relationship that was lived through."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.charter import Organiser, Role
from domain.conversation import AgendaItems
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.letters import (
    ActionLine,
    AgendaLetter,
    CharterLetter,
    CharterTerms,
    ChaseLetter,
    FollowUpLetter,
    HeldQuestionLetter,
    Letter,
    LocalClock,
    MeetingTime,
    NoticeLetter,
    NoticeTopic,
    PreparationLetter,
    RequestLetter,
)
from domain.personal import Personal
from domain.writing import write
from tests.unit.domain_cast import BEGINNING, DAY, HOUR, IDS, accepted, by_mail, charter, requested, words
from tests.unit.domain_life import Life, booked_life

GOALS = ("Lead a design review",)
CHICAGO, BERLIN = LocalClock("Marta", "America/Chicago"), LocalClock("Tilo", "Europe/Berlin")


def letter(life: Life, kind: str, recipient: str = "", after: timedelta = timedelta()) -> Letter:
    """Return the letter of the one effect of that kind that is due now, or the given time later."""
    life.decide()
    found = [e for e in life.plan().due(life.now + after) if e.kind == kind and recipient in ("", e.recipient)]
    assert len(found) == 1
    return write(Desk(life.situation(), found[0], "Example Mentoring"))


def after_the_meeting(held: bool = True) -> Life:
    """Return a pair just after its first meeting, of which the mentee said whether it was held."""
    life = booked_life()
    life.live_until(life.meeting.time.end + HOUR)
    by = by_mail(Role.MENTEE, life.now)
    life.relationship.owe_action(Role.MENTOR, words("Introduce me")[0], date(2027, 2, 12), 1, by)
    life.relationship.owe_action(Role.MENTEE, words("Write it down")[0], None, 1, by)
    life.relationship.record_learnings(1, Role.MENTEE, words("Ask early"), by)
    life.relationship.report_held("1.1", held, by)
    return life


def test_the_first_mail_says_who_asks_why_what_they_bring_and_until_when() -> None:
    assert letter(Life(requested()), "request") == RequestLetter(
        programme="Example Mentoring",
        mentor="Marta",
        mentee="Tilo Sample",
        goals=GOALS,
        why="You built the first one",
        bring="Fresh eyes",
        cadence_days=14,
        minutes=45,
        answer_by=date(2027, 2, 15),
    )


def test_the_charter_shows_both_the_same_terms() -> None:
    life = Life(accepted(charter(pins=Role.MENTEE)))
    to_mentor, to_mentee = letter(life, "charter", "mentor"), letter(life, "charter", "mentee")
    assert isinstance(to_mentor, CharterLetter)
    assert isinstance(to_mentee, CharterLetter)
    assert (to_mentor.reader, to_mentor.other) == ("Marta", "Tilo") == (to_mentee.other, to_mentee.reader)
    assert to_mentor.programme == "Example Mentoring"
    assert to_mentor.terms == to_mentee.terms
    assert to_mentor.terms == CharterTerms(
        version=1,
        goals=GOALS,
        cadence_days=14,
        minutes=45,
        mentor_hours="mon-fri 09:00-17:00",
        mentee_hours="mon-fri 09:00-18:00",
        mentor_zone="America/Chicago",
        mentee_zone="Europe/Berlin",
        pins="Tilo",
        organiser="Marta",
        conflict="move",
        notice_hours=24,
        agenda_lead_hours=24,
        reply_promise_days=2,
        mentor="Marta",
        mentee="Tilo",
    )


@pytest.mark.parametrize(
    ("organiser", "name"),
    [
        (Organiser.MENTOR, "Marta"),
        (Organiser.MENTEE, "Tilo"),
        (Organiser.SERVICE, ""),
    ],
)
def test_the_charter_names_who_schedules(organiser: Organiser, name: str) -> None:
    written = letter(Life(accepted(charter(organiser=organiser))), "charter", "mentor")
    assert isinstance(written, CharterLetter)
    assert written.terms.organiser == name


def test_the_preparation_shows_the_mentees_own_clock_first_and_when_the_agenda_goes() -> None:
    life = booked_life()
    effect = next(effect for _, effect in life.done if effect.kind is EffectKind.PREPARATION)
    start = life.meeting.time.start
    assert write(Desk(life.situation(), effect, "")) == PreparationLetter(
        mentee="Tilo",
        mentor="Marta",
        time=MeetingTime(start, 45, (BERLIN, CHICAGO)),
        agenda_due=start - DAY,
        goals=GOALS,
        open_actions=(),
        first=True,
    )


def test_an_agenda_for_which_nothing_was_sent_is_honestly_empty() -> None:
    life = booked_life()
    start = life.meeting.time.start
    time = MeetingTime(start, 45, (CHICAGO, BERLIN))
    said = letter(life, "agenda", after=start - DAY - life.now)
    assert isinstance(said, AgendaLetter)
    assert replace(said, terms=None) == AgendaLetter(
        mentor="Marta",
        mentee="Tilo",
        time=time,
        goals=GOALS,
        done=(),
        learned=(),
        questions=(),
        samples=(),
        observed=(),
        unsorted=(),
        open_actions=(),
        first=True,
    )


def test_the_second_agenda_holds_the_words_of_the_mentee_what_was_done_and_what_is_open() -> None:
    life = after_the_meeting()
    life.settle()
    by = by_mail(Role.MENTOR, life.now + DAY)
    life.relationship.close_action(1, by)
    parts = ("done", "learned", "questions", "samples", "observed", "unsorted")
    items = AgendaItems(**{part: words(f"my {part}") for part in parts})
    life.relationship.add_agenda_items(2, items, by_mail(Role.MENTEE, life.now))
    written = letter(life, "agenda", after=life.meeting.time.start - DAY - life.now)
    assert isinstance(written, AgendaLetter)
    assert written.closed == (ActionLine("Marta", "Introduce me", date(2027, 2, 12), True),)
    assert written.done == ("my done",)
    others = (written.learned, written.questions, written.samples, written.observed, written.unsorted)
    assert others == tuple((f"my {part}",) for part in parts[1:])
    assert written.open_actions == (ActionLine("Tilo", "Write it down", None, False),)
    assert not written.first


def test_an_agenda_speaks_only_of_its_own_meeting() -> None:
    life = after_the_meeting()
    life.settle()
    life.relationship.add_agenda_items(1, AgendaItems(questions=words("old")), by_mail(Role.MENTEE, life.now))
    written = letter(life, "agenda", after=life.meeting.time.start - DAY - life.now)
    assert isinstance(written, AgendaLetter)
    assert written.questions == ()


def test_what_was_done_before_the_last_meeting_is_not_told_again() -> None:
    life = after_the_meeting()
    life.settle()
    life.relationship.close_action(1, by_mail(Role.MENTOR, life.now))
    life.live_until(life.meeting.time.end + 3 * DAY)
    assert life.meeting.cycle == 3
    written = letter(life, "agenda", after=life.meeting.time.start - DAY - life.now)
    assert isinstance(written, AgendaLetter)
    assert written.closed == ()


def test_the_question_after_the_meeting_goes_to_the_mentee() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.end)
    time = MeetingTime(life.meeting.time.start, 45, (BERLIN, CHICAGO))
    written = letter(life, "held_question", after=2 * HOUR)
    assert written == HeldQuestionLetter("Tilo", "Marta", time)


def test_the_follow_up_goes_to_both_with_what_was_learned_and_owed() -> None:
    life = after_the_meeting()
    time = life.meeting.time
    actions = (
        ActionLine("Marta", "Introduce me", date(2027, 2, 12), False),
        ActionLine("Tilo", "Write it down", None, False),
    )
    clocks = {"mentor": (CHICAGO, BERLIN), "mentee": (BERLIN, CHICAGO)}
    for reader, names in (("mentor", ("Marta", "Tilo")), ("mentee", ("Tilo", "Marta"))):
        shown = MeetingTime(time.start, 45, clocks[reader])
        expected = FollowUpLetter(*names, shown, False, ("Ask early",), actions, date(2027, 2, 17), first=True)
        if reader == "mentee":
            expected = replace(expected, goals=((1, "Lead a design review"),))
        assert letter(life, "follow_up", reader) == expected


def test_the_follow_up_of_a_presumed_meeting_says_so_and_names_the_next_one() -> None:
    life = booked_life()
    end = life.meeting.time.end
    life.live_until(end + 47 * HOUR)
    life.now = end + 48 * HOUR
    life.decide()
    written = letter(life, "follow_up", "mentor")
    assert isinstance(written, FollowUpLetter)
    assert (written.presumed, written.next_around) == (True, life.meeting.time.start.date())


@pytest.mark.parametrize(("days", "nudge"), [(8, 1), (15, 2)])
def test_a_reminder_names_the_action_and_counts(days: int, nudge: int) -> None:
    life = after_the_meeting()
    life.settle()
    action = ActionLine("Marta", "Introduce me", date(2027, 2, 12), False)
    name = ("chase", f"1.{nudge}", "mentor")
    [effect] = [e for e in life.plan().effects if e.name == name]
    assert write(Desk(life.situation(), effect, "")) == ChaseLetter("Marta", "Tilo", action, nudge)
    assert (effect.due.date() - BEGINNING.date()).days == days + 6


def test_a_no_is_told_to_the_mentee() -> None:
    life = Life(requested())
    life.relationship.decline(by_mail(Role.MENTOR))
    assert letter(life, "notice") == NoticeLetter("Tilo", "Marta", NoticeTopic.DECLINED, "Example Mentoring")


def test_an_expiry_is_told_to_each_with_the_others_name() -> None:
    life = Life(accepted())
    life.relationship.approve_charter(Role.MENTOR, by_mail(Role.MENTOR))
    life.now = BEGINNING + 14 * DAY
    for reader, name, other in (("mentor", "Marta", "Tilo"), ("mentee", "Tilo", "Marta")):
        written = letter(life, "notice", reader)
        assert written == NoticeLetter(name, other, NoticeTopic.EXPIRED, "Example Mentoring")


def test_a_forgotten_persons_words_are_shown_as_erased() -> None:
    life = booked_life()
    gone = AgendaItems(questions=(Personal(IDS[Role.MENTEE], None),))
    life.relationship.add_agenda_items(1, gone, by_mail(Role.MENTEE, life.now))
    written = letter(life, "agenda", after=life.meeting.time.start - DAY - life.now)
    assert isinstance(written, AgendaLetter)
    assert written.questions == ("[erased]",)


@pytest.mark.parametrize("kind", [EffectKind.BOOK, EffectKind.CANCEL])
def test_a_write_to_a_calendar_is_no_mail(kind: EffectKind) -> None:
    life = booked_life()
    effect = Effect(kind, "1.1", "mentor", "1.1", life.now, life.now + HOUR, None)
    with pytest.raises(LookupError, match=kind.value):
        write(Desk(life.situation(), effect, ""))


def test_a_reminder_of_an_action_that_never_was_is_our_own_bug() -> None:
    life = booked_life()
    effect = Effect(EffectKind.CHASE, "9.1", "mentor", "9", life.now, life.now + HOUR, None)
    with pytest.raises(LookupError, match="no action 9"):
        write(Desk(life.situation(), effect, ""))
