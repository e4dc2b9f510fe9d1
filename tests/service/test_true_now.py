"""What leaves is what is true when it leaves: never what a row, a draft or a plan said some time before."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

from adapters.memory.world import Fault
from domain.by import MAIL, By
from domain.calendar import Response
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.personal import Personal
from service.worker import work
from tests.service.theatre import DAY, HOUR, MENTOR, Theatre, theatre

MINUTE = HOUR / 60


def with_agenda_under_way(stage: Theatre, operation: str) -> None:
    """Live to the moment at which the agenda is due and cannot leave for a while, since that operation fails."""
    due = stage.live_to_booking().time.start - DAY
    stage.live_until(due - MINUTE)
    for _ in range(4):
        stage.world.fail_next(operation, Fault.TRY_LATER)
    stage.live_until(due + MINUTE)
    (row,) = [row for row in stage.house.ledger.rows() if row.work.kind == "agenda"]
    assert (row.state.value, row.attempts, stage.inbox(MENTOR, "agenda")) == ("open", 1, [])


def mentee(stage: Theatre) -> By:
    return By(stage.relationship.mentee_id, MAIL, None, stage.house.now())


def test_a_draft_that_says_less_than_is_known_by_now_is_not_the_one_that_leaves(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        with_agenda_under_way(stage, "mailbox.send")
        relationship = stage.relationship
        said = Personal(relationship.mentee_id, "How do I say no?")
        relationship.add_agenda_items(1, AgendaItems(questions=(said,)), mentee(stage))
        stage.house.streams.save(relationship, now=stage.house.now())
        stage.live_until(stage.world.now + 2 * HOUR)
        (agenda,) = stage.inbox(MENTOR, "agenda")
        body = message_from_bytes(agenda.raw, policy=default).get_body(("plain",))
        assert body is not None
        assert "How do I say no?" in body.get_content()


def test_while_something_is_still_to_be_decided_nothing_leaves_that_may_follow_from_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        with_agenda_under_way(stage, "mailbox.draft")
        relationship, later = stage.relationship, stage.house.now() + HOUR
        relationship.see_response("1.1", Role.MENTEE, Response.DECLINED, mentee(stage))
        stage.house.streams.save(relationship, now=stage.house.now())
        stage.world._faults.clear()
        (claim,) = stage.house.ledger.claim(later, ["agenda"], 5, later + HOUR)
        work(stage.house, claim)
        (row,) = [row for row in stage.house.ledger.rows() if row.work.kind == "agenda"]
        assert (row.state.value, row.reason) == ("open", "The relationship has to be reviewed first.")
        assert stage.inbox(MENTOR, "agenda") == []
