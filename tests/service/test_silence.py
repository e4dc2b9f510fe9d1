"""What a reply of "pause" or "stop" does to the meeting that stands and to the other, who hears of it once."""

from pathlib import Path

from service.queries_history import history
from tests.service.test_inbox_replies import body, reply, to_agenda
from tests.service.theatre import DAY, MENTEE, MENTOR, theatre


def test_a_reply_of_pause_is_answered_told_to_the_other_written_down_and_ended_by_resume(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        reply(stage, MENTEE, "preparation", "pause")
        assert stage.events(MENTOR) == stage.events(MENTEE) == []
        assert "mentoring with Mara rests" in body(stage, MENTEE)
        assert "Jonas would like your mentoring to rest" in body(stage, MENTOR, "notice")
        assert not stage.house.streams.person(stage.relationship.mentee_id).paused
        heard = len(stage.mail_kinds(MENTOR)), len(stage.mail_kinds(MENTEE))
        stage.live_until(stage.world.now + 40 * DAY)
        assert (len(stage.mail_kinds(MENTOR)), len(stage.mail_kinds(MENTEE))) == heard
        reply(stage, MENTEE, "echo", "resume")
        assert any("Mara goes on" in body(stage, MENTEE, kind) for kind in ("echo", "preparation"))
        told = [line.what for line in history(stage.house, stage.id).events]
        assert "the mentoring rests until the mentee lets it go on" in told


def test_after_stop_the_meeting_leaves_both_calendars_the_other_hears_once_and_its_writer_nothing(
    tmp_path: Path,
) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        quiet = len(stage.mail_kinds(MENTEE))
        reply(stage, MENTEE, "preparation", "stop")
        stage.live_until(stage.world.now + DAY)
        assert stage.events(MENTOR) == stage.events(MENTEE) == []
        assert "Mails to Jonas are stopped" in body(stage, MENTOR, "notice")
        assert len(stage.mail_kinds(MENTEE)) == quiet
        told = [line.what for line in history(stage.house, stage.id).events]
        assert any("one of the two gets no more mails" in words for words in told)
