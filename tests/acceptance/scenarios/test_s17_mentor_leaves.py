"""S17: the mentor leaves the company and her mailbox is gone: what was to come is cleared, and one mail says why."""

import pytest

from domain.relationship_state import Status
from service.people import PersonChanges, change_person, record_left
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, chicago, pair


@SWAPPED
@pytest.mark.parametrize("organiser", ["mentor", "mentee"])
def test_his_calendar_is_cleared_within_a_day_whoever_organised_and_one_mail_says_why(
    mara_in: str, organiser: str
) -> None:
    with pair(mara_in, organiser=organiser) as two:
        two.live_to_booking()
        two.does(MARA, "gone")
        record_left(two.house, two.house.streams.person(two.relationship.mentor_id))
        two.live(days=1)
        assert two.shown(JONAS) == []
        assert two.mails() == [("Jonas", "notice")]
        farewell = two.text_of(two.mails_of(JONAS, "notice")[-1])
        assert "left" in farewell
        assert "To ask somebody else now" in farewell
        assert "network contact" not in farewell
        assert two.relationship.status is Status.ENDED


@SWAPPED
def test_nothing_is_asked_of_the_dead_mailbox_its_actions_are_out_of_reach_and_she_can_be_kept_as_a_contact(
    mara_in: str,
) -> None:
    with pair(mara_in) as two:
        two.live_to_booking()
        mara = two.house.streams.person(two.relationship.mentor_id)
        change_person(two.house, mara, PersonChanges(private_address="mara@home.example"))
        two.replies(JONAS, "preparation", "Questions: What next?\nAction for Mara: send the book list by 2027-03-12")
        assert [action.open for action in two.relationship.actions] == [True]
        two.does(MARA, "gone")
        record_left(two.house, two.house.streams.person(two.relationship.mentor_id))
        two.live(hours=2)
        asked = two.requests()
        two.live_until(chicago("2027-03-20 09:00"))
        assert two.relationship.open_actions() == ()
        assert sum(two.requests()[two.clouds[MARA]].values()) - sum(asked[two.clouds[MARA]].values()) < 60
        (farewell,) = two.mails_of(JONAS, "notice")
        assert "mara@home.example" in two.text_of(farewell)
        two.replies(JONAS, "notice", "recalibrate")
        assert two.relationship.status is Status.NETWORK_CONTACT
