"""S20: Mara asks to be forgotten while the two are meeting: her data are gone, and Jonas keeps what is his."""

import json
from datetime import timedelta

import pytest

from cli.output import jsonable
from domain.personal import ERASED
from domain.relationship_state import Status
from service.exporting import export_of
from service.forgetting import forget_person
from service.queries_as_of import known_at
from service.queries_history import history
from service.queries_relationship import relationship_view
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, chicago, pair


@SWAPPED
@pytest.mark.parametrize("organiser", ["mentor", "service"])
def test_what_was_to_come_is_cleared_and_nothing_is_asked_of_her_calendar_any_more(
    mara_in: str, organiser: str
) -> None:
    service = "google" if mara_in == "microsoft" else "microsoft"
    with pair(mara_in, organiser=organiser, service=service) as two:
        two.live_to_booking()
        asked = two.requests()[mara_in]
        certificate = forget_person(two.house, two.house.streams.person(two.relationship.mentor_id))
        assert any("taken out of" in line for line in certificate.follows)
        two.live(days=1)
        assert two.shown(JONAS) == []
        assert (two.relationship.status, two.mails()) == (Status.ENDED, [("Jonas", "notice")])
        assert "Mentor has left" in two.text_of(two.mails_of(JONAS, "notice")[-1])
        two.live(days=3)
        assert two.requests()[mara_in] == asked
        assert len(two.mails_of(JONAS, "notice")) == 1


@SWAPPED
def test_his_own_words_and_facts_replay_and_hers_are_in_none_of_them(mara_in: str) -> None:
    with pair(mara_in) as two:
        two.live_to_booking()
        two.replies(JONAS, "preparation", "Questions: How do I say no?")
        then = two.now - timedelta(hours=1)
        before = known_at(two.house, str(two.relationship.id), then)
        forget_person(two.house, two.house.streams.person(two.relationship.mentor_id))
        two.live(days=1)
        id = str(two.relationship.id)
        jonas = export_of(two.house, two.house.streams.person(two.relationship.mentee_id))
        views = [relationship_view(two.house, id), history(two.house, id), jonas, known_at(two.house, id, then)]
        told = json.dumps(jsonable(views), ensure_ascii=False)
        assert "How do I say no?" in told
        assert [word for word in ("Mara", "mara@") if word in told] == []
        again = known_at(two.house, id, then)
        assert (again.relationship.mentor.name, len(again.mails)) == ("former mentor", len(before.mails))


@SWAPPED
def test_the_past_stays_in_his_calendar_without_her_name_and_the_certificate_lists_what_nobody_can_reach(
    mara_in: str,
) -> None:
    with pair(mara_in) as two:
        first = two.live_to_booking()
        two.live_until(first.time.end + timedelta(hours=4))
        two.replies(JONAS, "held_question", "held\nLearned: Say no early")
        two.live(hours=2)
        certificate = forget_person(two.house, two.house.streams.person(two.relationship.mentor_id))
        assert [line for line in certificate.follows if line.startswith("1 event of past meetings")] != []
        left = " ".join(certificate.out_of_reach)
        assert all(part in left for part in ("in her own mailbox", "mailboxes of the others", "backups", "guests"))
        two.live(days=1)
        his = [event for event in two.remote.world()["events"] if event["account"] == JONAS]
        (past,) = [event for event in his if event["ical_uid"] == first.ical_uid]
        assert (past["subject"], past["body"], past["cancelled"]) == ("Mentoring", "", False)
        view = relationship_view(two.house, two.id)
        assert (view.mentor.name, [meeting.state for meeting in view.meetings][:1]) == ("former mentor", ["held"])
        assert view.goals == ("Lead without doing",)


@SWAPPED
def test_neither_a_fresh_look_at_his_calendar_nor_a_mail_of_hers_brings_her_back(mara_in: str) -> None:
    with pair(mara_in) as two:
        two.live_to_booking()
        two.live_until(chicago("2027-03-01 12:00"))
        forget_person(two.house, two.house.streams.person(two.relationship.mentor_id))
        two.live(days=1)
        cursors = ("calendarView.delta", "events.list")
        two.remote.faults([{"operation": name, "fault": "expired_cursor"} for name in cursors])
        two.does(MARA, "grant")
        two.does(MARA, "busy", start=two.now + timedelta(days=1), end=two.now + timedelta(days=1, hours=1))
        two.replies(MARA, "agenda", "Questions: May I come back?")
        two.live(days=3)
        mara = two.house.streams.person(two.relationship.mentor_id)
        assert (mara.name.text, mara.address, two.house.streams.person_at(MARA)) == (None, ERASED, None)
        assert two.house.cache.entries(str(mara.id)) in (None, {})
        assert two.relationship.status is Status.ENDED
