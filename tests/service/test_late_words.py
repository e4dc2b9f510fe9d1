"""What can be said at any time counts in answer to a mail of any age; nothing else does once its address is over."""

from pathlib import Path

from domain.answer import YES
from domain.answering import AT_ANY_TIME
from domain.relationship_state import Status
from service.inbox import LATE
from service.posting import ANSWERED_FOR
from tests.service.test_inbox import STRANGER, write_in
from tests.service.test_inbox_replies import body, reasons, reply, to_agenda
from tests.service.theatre import DAY, MENTEE, MENTOR, SERVICE, Theatre, theatre

OLD = ANSWERED_FOR + 5 * DAY


def old(stage: Theatre) -> str:
    """Return the id of a mail to the mentee whose address to answer it at is over, since the two rest."""
    to_agenda(stage)
    reply(stage, MENTEE, "preparation", "pause")
    found = stage.inbox(MENTEE, "preparation")[-1].message_id
    stage.live_until(stage.world.now + OLD)
    return found


def test_who_stopped_is_heard_again_after_months_and_what_needs_its_time_is_not(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_agenda(stage)
        reply(stage, MENTEE, "preparation", "stop")
        stage.live_until(stage.world.now + OLD)
        reply(stage, MENTEE, "preparation", "Questions: May I ask about budgets?")
        assert reasons(stage)[-1:] == [LATE]
        assert stage.house.streams.person(stage.relationship.mentee_id).paused
        reply(stage, MENTEE, "preparation", "resume")
        assert not stage.house.streams.person(stage.relationship.mentee_id).paused
        assert any("get mails again" in body(stage, MENTEE, kind) for kind in set(stage.mail_kinds(MENTEE)))


def test_stop_and_close_are_never_too_late(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        reply_to = old(stage)
        write_in(stage, MENTEE, "close", reply_to)
        assert stage.relationship.status is Status.ENDED
        write_in(stage, MENTEE, "stop", reply_to)
        assert stage.house.streams.person(stage.relationship.mentee_id).paused


def test_an_old_address_gives_nothing_else(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        reply_to = old(stage)
        for word in ("skip", "recalibrate", "agree"):
            write_in(stage, MENTEE, word, reply_to)
        assert reasons(stage) == [LATE] * 3


def test_an_old_address_gives_a_stranger_nothing_at_all(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        reply_to = old(stage)
        for sender in (STRANGER, MENTOR):
            write_in(stage, sender, "close", reply_to)
        assert (stage.relationship.running, len(reasons(stage))) == (True, 2)
        write_in(stage, MENTEE, "close", reply_to, To=SERVICE)
        assert stage.relationship.status is Status.ENDED


def test_nothing_that_agrees_can_be_said_at_any_time() -> None:
    assert not set(AT_ANY_TIME) & set(YES)
