"""Any past day is seen as it was seen on that day, in lives in which people and administrators do all they can."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain
from random import Random

from structlog.testing import capture_logs

from cli.output import jsonable
from domain.errors import MentorsyncError
from service.pausing import pause_pair, resume_pair
from service.people import pause_person, plan_leave, plan_travel, resume_person, set_special_hours
from service.queries_as_of import known_at
from service.queries_relationship import view_of_relationship
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, START, Theatre, theatre

LIVES = 12
DAYS = 84
ANSWERS: dict[str, tuple[str, ...]] = {
    "request": (
        "accept",
        "Accept. Mornings suit me best.",
        "I accept\n\nQuestions: What do you want to have done by summer?",
    ),
    "charter": ("agree", "agree, with pleasure"),
    "preparation": (
        "Questions: What should I stop doing?",
        "Done: the outline\nLearned: ask who decides\nQuestions: Who decides?",
        "Observed: you let me finish\nSamples: https://example.net/outline",
        "skip",
    ),
    "agenda": ("keep", "shorten", "Question: what has changed since?", "Action for me: send the list by 2027-05-07"),
    "held_question": (
        "held\nAction for me: write it down by 2027-03-25",
        "held\nLearned: write less, draw more",
        "not held",
    ),
    "follow_up": (
        "Goals: next level: lead the plant",
        "Learned: a date is worth two promises",
        "undo",
        "pause until 2027-04-12",
        "Could we meet every three weeks from now on?",
    ),
    "chase": ("done", "not yet", "Action for me: ask again by 2027-05-14"),
    "notice": ("keep", "accept", "decline", "skip", "resume"),
    "dead_end": ("keep trying", "recalibrate"),
}
"""What the two answer to each kind of mail, one of these or nothing."""


def _by_chance(play: Theatre, chance: Random) -> None:
    """What an administrator does today; what the service refuses has not happened."""
    people = [play.house.streams.person(id) for id in (play.relationship.mentor_id, play.relationship.mentee_id)]
    person, day = chance.choice(people), play.house.now().date() + timedelta(days=chance.randrange(1, 20))
    acts: tuple[Callable[[], object], ...] = (
        lambda: pause_person(play.house, person),
        lambda: resume_person(play.house, person),
        lambda: pause_pair(play.house, play.relationship, day),
        lambda: resume_pair(play.house, play.relationship),
        lambda: plan_leave(play.house, person, day, day + timedelta(days=2)),
        lambda: plan_travel(play.house, person, day, day + timedelta(days=2), "Asia/Tokyo"),
        lambda: set_special_hours(play.house, person, day, "09:00-12:00"),
    )
    try:
        chance.choice(acts)()
    except MentorsyncError:
        return


def _lived(play: Theatre, seed: int) -> dict[datetime, tuple[object, object]]:
    """Live twelve weeks; return by the end of each day what was shown, and what was known as of then."""
    chance, seen = Random(seed), dict[datetime, tuple[object, object]]()
    for day in range(DAYS):
        play.habits = {kind: chance.choice(said) for kind, said in ANSWERS.items() if chance.random() < 0.9}
        play.live_until(START + (day + 1) * DAY)
        if chance.random() < 0.1:
            _by_chance(play, chance)
            play.daemon.run_due()
        now = play.house.now()
        shown = view_of_relationship(play.house, play.id)
        seen[now] = jsonable(shown), jsonable(known_at(play.house, play.id, now))
    return seen


def test_every_day_of_lives_in_which_everything_is_said_is_seen_again_as_it_was() -> None:
    events, days, views = Counter[str](), 0, set[str]()
    for seed in range(LIVES):
        with capture_logs(), quick_folder() as folder, theatre(folder) as play:
            seen = _lived(play, seed)
            for at, (shown, known) in seen.items():
                again = jsonable(known_at(play.house, play.id, at))
                assert again == known, (seed, at)
                assert again["relationship"] == shown, (seed, at)
            people = (play.relationship.mentor_id, play.relationship.mentee_id)
            told = chain.from_iterable(play.house.streams.events(id) for id in (play.id, *people))
            events.update(type(event).__name__ for event in told)
            days, views = days + len(seen), views | {str(shown) for shown, _ in seen.values()}
    print(f"\npast days: N = {LIVES} lives, {days} days, {len(views)} different views, {len(events)} kinds of events")
    assert len(views) > 8 * LIVES
    assert len(events) > 35
