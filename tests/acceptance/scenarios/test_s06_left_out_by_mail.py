"""S6: the mentor answers the agenda from her phone that this one is to be left out, in two languages, or only asks."""

import pytest

from domain.meeting import MeetingState
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, chicago, pair

AGENDA_IS_OUT = chicago("2027-03-01 12:00")
SIGNATURE = "\n\n-- \nSent from my phone"


@SWAPPED
@pytest.mark.parametrize("words", ["Let's skip this one", "lass uns das ausfallen lassen"])
def test_a_skip_in_words_clears_both_calendars_and_the_other_hears_when_the_next_one_is(
    mara_in: str, words: str
) -> None:
    with pair(mara_in) as two:
        two.live_to_booking()
        two.live_until(AGENDA_IS_OUT)
        two.forget_mails()
        two.replies(MARA, "agenda", words + SIGNATURE)
        two.live(hours=1)
        states = [meeting.state for meeting in two.relationship.meetings.items if meeting.cycle == 1]
        assert MeetingState.SKIPPED in states
        assert not {MeetingState.HELD, MeetingState.MISSED, MeetingState.PRESUMED_HELD} & set(states)
        first = [
            shown for who in (MARA, JONAS) for shown in two.shown(who) if shown.start < chicago("2027-03-20 00:00")
        ]
        assert first == []
        assert ("Jonas", "notice") in two.mails()
        assert "meet again around" in two.text_of(two.mails_of(JONAS, "notice")[-1])
        # The answer to her mail rides on the notice to her; it is no mail of its own.
        assert (two.mails_of(MARA, "echo"), two.mails().count(("Mara", "notice"))) == ([], 1)
        assert "understood of your mail" in two.text_of(two.mails_of(MARA, "notice")[-1]).lower()


@SWAPPED
def test_a_skip_with_a_question_mark_is_asked_back_and_changes_nothing(mara_in: str) -> None:
    with pair(mara_in) as two:
        meeting = two.live_to_booking()
        two.live_until(AGENDA_IS_OUT)
        version = len(list(two.house.streams.events(two.id)))
        two.replies(MARA, "agenda", "skip?" + SIGNATURE)
        two.live(hours=1)
        assert two.meeting == meeting or two.meeting.state is MeetingState.BOOKED
        assert [shown.start for shown in two.shown(JONAS)] == [meeting.time.start]
        assert len(two.mails_of(MARA, "echo")) == 1
        kinds = [type(event).__name__ for event in two.house.streams.events(two.id)][version:]
        assert "CycleSkipped" not in kinds


@SWAPPED
def test_the_same_words_from_an_unknown_alias_are_held_and_the_registered_address_is_asked(mara_in: str) -> None:
    with pair(mara_in) as two:
        meeting = two.live_to_booking()
        two.live_until(AGENDA_IS_OUT)
        two.writes_from_elsewhere("mara.private@example.net", MARA, "agenda", "Let's skip this one")
        two.live(hours=1)
        assert [shown.start for shown in two.shown(JONAS)] == [meeting.time.start]
        assert len(two.relationship.held_mails) == 1
