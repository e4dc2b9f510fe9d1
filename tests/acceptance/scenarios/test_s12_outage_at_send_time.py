"""S12: the provider is out of order when the agenda is to leave: it leaves once and late, or never, and it is told."""

from datetime import datetime, timedelta

from domain.relationship_events import EffectLapsed
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, Pair, pair

HOUR = timedelta(hours=1)
LEAVING = {
    "microsoft": ("messages.createDraft", "messages.send"),
    "google": ("drafts.create", "drafts.send"),
}


def to_agenda(two: Pair) -> datetime:
    """Live until shortly before the agenda is to leave, and return when that is."""
    due = two.live_to_booking().time.start - 24 * HOUR
    two.live_until(due - HOUR / 6)
    return due


def break_mail(two: Pair, fault: str, times: int, step: int = 0, **more: object) -> None:
    """Let the next calls with which the service composes (0) or sends (1) go wrong."""
    operation = LEAVING[two.clouds[MARA]][step]
    two.remote.faults([{"operation": operation, "fault": fault, "times": times, **more}])


def agendas(two: Pair) -> list[Json]:
    return two.mails_of(MARA, "agenda")


def left_at(mail: Json) -> datetime:
    return datetime.fromisoformat(mail["date"])


@SWAPPED
def test_after_six_hours_of_outage_the_agenda_comes_once_and_late(mara_in: str) -> None:
    with pair(mara_in) as two:
        due = to_agenda(two)
        break_mail(two, "503", 10)
        two.live_until(two.meeting.time.start - HOUR)
        (agenda,) = agendas(two)
        assert due + 5 * HOUR < left_at(agenda) < two.meeting.time.start


@SWAPPED
def test_an_agenda_that_was_taken_and_not_confirmed_comes_once(mara_in: str) -> None:
    with pair(mara_in) as two:
        due = to_agenda(two)
        break_mail(two, "answer_lost", 1, step=1)
        two.live_until(two.meeting.time.start - HOUR)
        (agenda,) = agendas(two)
        assert due <= left_at(agenda) < due + HOUR


@SWAPPED
def test_an_outage_that_outlasts_the_start_is_told_with_the_follow_up_and_the_agenda_never_comes(mara_in: str) -> None:
    with pair(mara_in) as two:
        to_agenda(two)
        start = two.meeting.time.start
        break_mail(two, "503", 32)
        two.live_until(start + 12 * HOUR)
        assert agendas(two) == []
        assert [(event.kind, event.about) for event in two.events(EffectLapsed)] == [("agenda", "1.1")]
        two.replies(JONAS, "held_question", "held")
        two.live(hours=1)
        (told,) = two.mails_of(MARA, "follow_up")
        assert "could not be sent" in two.text_of(told)


@SWAPPED
def test_a_provider_that_says_when_to_come_back_is_not_asked_before(mara_in: str) -> None:
    with pair(mara_in) as two:
        due = to_agenda(two)
        break_mail(two, "429", 1, retry_after="7200")
        two.live_until(due + 3 * HOUR)
        (agenda,) = agendas(two)
        assert due + 2 * HOUR <= left_at(agenda) < due + 2 * HOUR + HOUR / 2
