"""Whatever becomes of calendars and people along a random life, nothing goes where nobody is or is asked twice."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.absence import absences
from domain.agreeing import agree_on_time
from domain.charter import Organiser, Role
from domain.effects import EffectKind
from domain.errors import Refused
from domain.legs import leg_of
from domain.meeting import Meeting
from tests.unit.domain_cast import agreed, by_cli, by_mail, charter
from tests.unit.domain_life import Life
from tests.unit.domain_profile import tried
from tests.unit.domain_walk import Step, act

DAY = timedelta(days=1)


def _lose(life: Life, step: Step) -> None:
    reason = ("consent", "consent", "never", "gone")[step.one % 4]
    life.situation().person(step.role).lose_connection(reason, by_cli(life.now))


def _regain(life: Life, step: Step) -> None:
    life.situation().person(step.role).restore_connection(by_cli(life.now))


def _choose(life: Life, step: Step) -> None:
    """Somebody answers the newest offer, sensibly or not."""
    if life.relationship.offers:
        made, by = life.relationship.offers[-1], by_mail(life.relationship.offers[-1].role, life.now)
        if step.one % 9:
            agree_on_time(life.relationship, made.cycle, made.role, step.one % 9 % 4 + 1, by)
        else:
            life.relationship.refuse_times(made.cycle, made.role, by)


def _away(life: Life, step: Step) -> None:
    first = life.now.date() + step.one % 9 * DAY
    life.situation().person(step.role).plan_leave(first, first + step.three % 12 * DAY, by_cli(life.now))


def _leave(life: Life, step: Step) -> None:
    if step.one < 10:
        life.situation().person(step.role).leave_organisation(by_cli(life.now))


OWN: dict[str, Callable[[Life, Step], None]] = {
    "lose": _lose,
    "regain": _regain,
    "choose": _choose,
    "away": _away,
    "leave": _leave,
}
THEIRS = ("answer", "move", "calendar", "give_up", "pause", "resume", "report", "sleep")
NAMES = (*("review",) * 8, *("choose",) * 8, *OWN, *THEIRS)
STEPS = st.lists(st.builds(Step, st.sampled_from(NAMES), *(st.integers(0, 99),) * 3), min_size=10, max_size=30)
LOST = st.sampled_from(((), (Role.MENTOR,), (Role.MENTEE,), tuple(Role)))


def step_on(life: Life, step: Step) -> None:
    """Let one thing happen; what is refused did not happen."""
    if step.name in OWN:
        try:
            OWN[step.name](life, step)
        except Refused:
            return
    else:
        act(life, step)


@given(STEPS, st.sampled_from((Organiser.MENTOR, Organiser.MENTEE, Organiser.SERVICE)), LOST)
@tried(150)
def test_every_promise_about_legs_leave_and_leavers_holds(
    happenings: list[Step], organiser: Organiser, lost: tuple[Role, ...]
) -> None:
    life = Life(agreed(charter(organiser=organiser)), speaks_for=frozenset(Role))
    for role in lost:
        life.situation().person(role).lose_connection("consent", by_cli())
    life.decide()
    for step in happenings:
        known = len(life.done)
        step_on(life, step)
        check_done(life, known)
        life.decide()
        check_due(life)
    offers = Counter((offer.cycle, offer.role) for offer in life.relationship.offers)
    assert set(offers.values()) <= {1}
    reminders = Counter((name.rpartition(".")[0], to) for _, name, to in life.relationship.mails if "reconnect" in name)
    assert all(number <= 4 for number in reminders.values())


def check_done(life: Life, known: int) -> None:
    """No mail went to somebody who is away or has left."""
    for at, effect in life.done[known:]:
        if effect.kind.is_mail:
            role = Role(effect.recipient)
            assert not life.situation().person(role).left
            assert not any(gone.start <= at < gone.end for gone in absences(life.situation(), role)), effect


def check_due(life: Life) -> None:
    """No calendar is written that is out of reach, nothing is booked that nobody knows to suit, and looking again
    changes nothing.
    """
    planned = life.plan()
    assert planned.decisions == ()
    assert planned.next_review is None or planned.next_review > life.now
    for effect in planned.due(life.now):
        if effect.kind is EffectKind.BOOK:
            assert suits(life, life.relationship.meeting(effect.about))


def suits(life: Life, meeting: Meeting) -> bool:
    """Say whether everybody's time is known or was agreed to, and the organiser's calendar can be written."""
    people = {role: life.situation().person(role) for role in Role}
    hosts = [leg_of(people[role]).readable for role in Role if role.value == meeting.organiser.value]
    lost = [role for role in Role if not leg_of(people[role]).readable]
    offers = [life.relationship.offer(meeting.cycle, role) for role in lost]
    return all(hosts) and all(offer is not None and offer.agreed(meeting.time) for offer in offers)
