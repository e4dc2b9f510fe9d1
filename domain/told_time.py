"""What a relationship's events tell about the time of its people: busy times themselves are never recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from domain import meeting_events, offering_events
from domain import relationship_events as events
from domain.by import POLICY
from domain.charter import Role
from domain.discretion import UNCOUNTED
from domain.interval import Interval, merged, without
from domain.occasions import instant_in, meeting_ref, topic_in
from domain.relationship import Relationship

QUESTIONS = ("conflict_question", "no_other_time")
WISH = "wish_question"
FAR = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Searched:
    """A search for a time around `target` and what it found free for both."""

    target: datetime
    free: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Engaged:
    """From `at` on (UTC) it was known that one of the two could not come at that time; `away` says that she is away."""

    at: datetime
    role: Role
    time: Interval
    away: bool


@dataclass(frozen=True, slots=True)
class ToldTime:
    """All of it for one relationship."""

    searches: tuple[Searched, ...]
    engagements: tuple[Engaged, ...]

    def blocked(self, target: datetime, now: datetime) -> tuple[Interval, ...]:
        """Return the time that is not known to be free for a meeting around `target`.

        A search around the same instant has its own answer; elsewhere all counts as free that any search found free.
        """
        same = [search.free for search in self.searches if search.target == target]
        known = same[:1] or [search.free for search in self.searches]
        free = [time for found in known for time in found]
        return tuple(without(Interval(now - FAR, now + FAR), merged(free)))

    def engaged(self, role: Role, now: datetime, away: bool = False) -> tuple[Interval, ...]:
        """Return when one of the two was known not to come; with `away` only because she was away."""
        known = (one for one in self.engagements if one.role is role and one.at <= now)
        return tuple(sorted({one.time for one in known if one.away or not away}))


def told_time(stream: Iterable[object]) -> ToldTime:
    """Read the events of one relationship, in order."""
    searches: list[Searched] = []
    engagements: list[Engaged] = []
    state: Relationship | None = None
    for recorded in stream:
        event = cast(Any, recorded)
        if state is not None:
            searches += _searched(event, state)
            engagements += _engaged(event, state)
        state = event.mutate(state)
    return ToldTime(tuple(searches), tuple(engagements))


_FROM_SEARCHES = (meeting_events.MeetingPlanned, meeting_events.MovePlanned, offering_events.TimesOffered)


def _searched(event: Any, state: Relationship) -> list[Searched]:
    if not isinstance(event, _FROM_SEARCHES) or not event.starts:
        return []
    starts = (s if isinstance(s, datetime) else datetime.fromtimestamp(s * 60, UTC) for s in event.starts)
    time = getattr(event, "time", None)
    length = time.end - time.start if time is not None else state.charter.length
    if isinstance(event, meeting_events.MovePlanned):
        meeting = state.meetings.get(event.ref)
        target = meeting.time.start if meeting is not None else event.time.start
    else:
        target = event.target
    free = (Interval(start, start + length).widened(state.charter.buffer) for start in starts)
    return [Searched(target, tuple(free))]


def _engaged(event: Any, state: Relationship) -> list[Engaged]:
    if event.by.channel != POLICY:
        return []
    if isinstance(event, events.MailSent) and event.kind == "notice":
        return _asked(event, state)
    reason = getattr(event, "reason", "")
    meeting = state.meetings.get(getattr(event, "ref", ""))
    if meeting is None or isinstance(event, events.EffectLapsed):
        return []
    said = {"is away": True, "has another appointment": False}
    moved = isinstance(event, meeting_events.MovePlanned) and meeting.time.contains(event.time)
    shortened = [event.time] if moved else []
    return [
        Engaged(event.by.at, role, time, away)
        for role in Role
        for words, away in said.items()
        if reason.startswith(f"the {role.value} {words}")
        for time in without(meeting.time, shortened)
    ]


def _asked(event: Any, state: Relationship) -> list[Engaged]:
    topic = topic_in(event.occasion)
    meeting = state.meetings.get(meeting_ref(event.occasion))
    if meeting is None or topic not in (*QUESTIONS, WISH):
        return []
    start = instant_in(event.occasion)
    time = meeting.time
    if topic == WISH and start is not None:
        time = Interval(start, start + (time.end - time.start))
    return [Engaged(event.by.at, Role(event.recipient), time, away=False)]


def mails_to(relationship: Relationship) -> Mapping[Role, tuple[datetime, ...]]:
    """Return when mails that count left for each of the two, in order."""
    mails = [mail for mail in relationship.mails.values() if mail.kind not in UNCOUNTED]
    return {role: tuple(sorted(mail.at for mail in mails if mail.recipient == role.value)) for role in Role}
