"""A random life of one pair: time passes, work is done or not or late, and people act as they please."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from domain.calendar import Response
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.conversation import AgendaItems
from domain.errors import Refused
from domain.interval import Interval
from domain.situation import HandMade
from tests.unit.domain_cast import (
    BEGINNING,
    accepted,
    agreed,
    booked_as,
    by_calendar,
    by_cli,
    by_mail,
    charter,
    requested,
    words,
)
from tests.unit.domain_life import Life

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One thing that happens: its name, and three numbers from 0 to 99 that say how."""

    name: str
    one: int
    two: int
    three: int

    @property
    def role(self) -> Role:
        """One of the two."""
        return Role.MENTOR if self.two % 2 else Role.MENTEE


def _review(life: Life, step: Step) -> None:
    """Time passes to the next review, and all or some of what is due is done."""
    life.now = life.plan().next_review or life.now + DAY
    life.decide()
    for place, effect in enumerate(life.plan().due(life.now)):
        if step.one < 60 or (step.two >> (place % 6)) % 2:
            life.perform(effect)


def _sleep(life: Life, step: Step) -> None:
    """Nobody serves for minutes, hours or days."""
    life.now += (step.one + 1) * (MINUTE, 17 * MINUTE, 5 * HOUR)[step.two % 3]


def _move(life: Life, step: Step) -> None:
    """The organiser moves the meeting by minutes or by days, also into the past and off every grid."""
    if life.relationship.meetings.items:
        life.move((step.one - 30) * (7 * MINUTE, 3 * HOUR)[step.two % 2])


def _answer(life: Life, step: Step) -> None:
    if life.relationship.meetings.items:
        life.answer(step.role, tuple(Response)[step.one % 4])


def _delete(life: Life, step: Step) -> None:
    if life.relationship.meetings.items:
        by = by_calendar(at=life.now)
        life.relationship.cancel_meeting(life.meeting.ref, "deleted", by, in_calendar=bool(step.one % 2))


def _lose(life: Life, step: Step) -> None:
    if life.relationship.meetings.items:
        life.relationship.lose_slot(life.meeting.ref, by_cli(life.now))


def _book_late(life: Life, step: Step) -> None:
    """A booking comes to light for any meeting, whatever became of it."""
    items = life.relationship.meetings.items
    if items:
        meeting = items[-1 - step.one % min(3, len(items))]
        by = by_cli(max(life.now, meeting.planned_at))
        life.relationship.book(meeting.ref, booked_as(meeting.ref, meeting.time.start), by)


def _give_up(life: Life, step: Step) -> None:
    for effect in life.plan().due(life.now)[: 1 + step.one % 2]:
        reason = "refused" if step.two % 2 else ""
        life.relationship.give_up(effect.name, effect.about, reason, bool(step.three % 2), by_cli(life.now))


def _pause(life: Life, step: Step) -> None:
    life.pause(step.role)


def _resume(life: Life, step: Step) -> None:
    life.resume(Role.MENTOR)
    life.resume(Role.MENTEE)


def _report(life: Life, step: Step) -> None:
    if life.relationship.meetings.items:
        life.relationship.report_held(life.meeting.ref, step.one % 3 > 0, by_mail(step.role, life.now))


def _talk(life: Life, step: Step) -> None:
    text = words(f"about {step.one % 5}", owner=step.role)
    life.relationship.add_agenda_items(1 + step.one % 4, AgendaItems(questions=text), by_mail(step.role, life.now))
    due = life.now.date() + timedelta(days=step.two % 9 - 2) if step.three % 4 else None
    life.relationship.owe_action(step.role, text[0], due, 1 + step.one % 4, by_mail(step.role, life.now))


def _close(life: Life, step: Step) -> None:
    life.relationship.close_action(1 + step.one % 3, by_mail(step.role, life.now))


def _open(life: Life, step: Step) -> None:
    """One of the two answers the request or the charter."""
    by = by_mail(step.role, life.now)
    if step.one < 10:
        life.relationship.decline(by)
    life.relationship.accept(by)
    life.relationship.approve_charter(step.role, by)


def _calendar(life: Life, step: Step) -> None:
    """A calendar is read, forgotten, filled for days, or freed."""
    day = Interval(life.now, life.now + (1 + step.one) * 12 * HOUR)
    life.busy[step.role] = ((), None, (day,), ())[step.three % 4]
    life.commitments[step.role] = (day,) if step.one % 5 == 0 else ()
    life.soft[step.role] = (day,) if step.one % 7 == 0 else ()
    life.away[step.role] = (day,) if step.one % 11 == 0 else ()


def _copy(life: Life, step: Step) -> None:
    """A guest takes the own copy out of the calendar, or puts it back."""
    if life.relationship.meetings.items:
        by = by_calendar(step.role, life.now)
        life.relationship.see_copy(life.meeting.ref, step.role, bool(step.one % 3), by)


def _keep(life: Life, step: Step) -> None:
    if life.relationship.meetings.items:
        life.relationship.keep_meeting(life.meeting.ref, step.role, by_mail(step.role, life.now))


def _appoint(life: Life, step: Step) -> None:
    """One of the two books the other by hand, or takes that back."""
    start = life.now + (step.one + 1) * 7 * HOUR
    made = HandMade(
        Interval(start, start + HOUR),
        Organiser(step.role.value),
        f"event-hand-{step.one}",
        f"uid-hand-{step.one}",
        step.three % 3 == 0,
        step.three % 5 == 0,
    )
    life.handmade = (made,) if step.two % 3 else ()


ACTS: dict[str, Callable[[Life, Step], None]] = {
    "review": _review,
    "sleep": _sleep,
    "move": _move,
    "answer": _answer,
    "delete": _delete,
    "lose": _lose,
    "book_late": _book_late,
    "give_up": _give_up,
    "pause": _pause,
    "resume": _resume,
    "report": _report,
    "talk": _talk,
    "close": _close,
    "open": _open,
    "calendar": _calendar,
    "copy": _copy,
    "keep": _keep,
    "appoint": _appoint,
}
# A life in which nothing is ever done is soon told, so most steps are reviews.
_NAMES = ("review",) * 14 + ("sleep",) * 3 + ("resume", "open", "answer", "move", "calendar", "appoint") + tuple(ACTS)
_NUMBER = st.integers(0, 99)


def act(life: Life, step: Step) -> None:
    """Let one thing happen; what the relationship refuses did not happen."""
    try:
        ACTS[step.name](life, step)
    except Refused:
        return


def steps(most: int) -> st.SearchStrategy[list[Step]]:
    """Draw what happens in a life."""
    one = st.builds(Step, st.sampled_from(_NAMES), _NUMBER, _NUMBER, _NUMBER)
    return st.lists(one, min_size=most // 2, max_size=most)


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    """Draw a charter, also one under which the two can hardly ever meet."""
    return charter(
        cadence_days=draw(st.sampled_from((1, 7, 14, 14, 30))),
        minutes=draw(st.sampled_from((25, 45, 240))),
        mentor_hours=draw(st.sampled_from(("mon-fri 09:00-17:00", "mon-sun 00:00-24:00", "sat 22:00-02:00"))),
        pins=draw(st.sampled_from(list(Role))),
        organiser=draw(st.sampled_from((Organiser.MENTOR, Organiser.MENTEE, Organiser.SERVICE))),
        conflict=draw(st.sampled_from(list(ConflictPolicy))),
        notice_hours=draw(st.sampled_from((0, 24, 720))),
        agenda_lead_hours=draw(st.sampled_from((1, 24, 336))),
    )


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Draw the beginning of a life."""
    begin = draw(st.sampled_from((requested, accepted, agreed, agreed, agreed, agreed)))
    start: datetime = BEGINNING + draw(st.integers(0, 60)) * DAY
    return Life(begin(draw(charters())), now=start if begin is agreed else BEGINNING)
