"""S10: an invitation is passed on to the assistant, whose yes is the mentor's, and to a colleague, who stays out."""

import pytest

from domain.calendar import Response
from domain.charter import Role
from domain.delegate_events import DelegateResponded
from service.people import PersonChanges, change_person
from service.queries_history import history
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Pair, chicago, pair

PIA, KEN = "pia.brandt@contoso.example", "ken.okada@contoso.example"
COLLEAGUES = {PIA: "Pia Brandt", KEN: "Ken Okada"}
AGENDA_IS_OUT = chicago("2027-03-01 12:00")
BY_HER = pytest.mark.parametrize(
    ("mara_in", "organiser"),
    [("microsoft", "mentor"), ("google", "mentor"), ("google", "mentee"), ("microsoft", "service")],
)
"""Google lets no guest of ours bring others, so she passes on her own invitation, or Outlook's."""


def passed_on(two: Pair, to: str) -> None:
    """Let Mara pass the invitation on, and the colleague accept it."""
    two.live_to_booking()
    two.does(MARA, "forward", to=to)
    two.live(minutes=10)
    two.does(to, "accept")
    two.live(hours=1)


@SWAPPED
def test_what_a_registered_delegate_accepts_is_accepted_by_the_mentor_and_the_history_says_by_whom(
    mara_in: str,
) -> None:
    with pair(mara_in, organiser="service", service="microsoft", colleagues=COLLEAGUES) as two:
        mentor = two.relationship.mentor_id
        change_person(two.house, two.house.streams.person(mentor), PersonChanges(delegates=(PIA,)))
        passed_on(two, PIA)
        assert two.meeting.response_of(Role.MENTOR) is Response.ACCEPTED
        (event,) = two.events(DelegateResponded)
        assert (event.delegate.reveal(), event.by.actor, event.by.channel) == (PIA, mentor, "calendar")
        assert "delegate of Mara" in {line.who for line in history(two.house, two.id).events}
        two.live_until(AGENDA_IS_OUT)
        assert "somebody else" not in " ".join(two.text_of(mail) for mail in two.mails_of(MARA))


@BY_HER
def test_a_stranger_on_the_invitation_neither_attends_nor_gets_a_word_and_the_organiser_is_asked_once(
    mara_in: str, organiser: str
) -> None:
    with pair(mara_in, organiser=organiser, service="microsoft", colleagues=COLLEAGUES) as two:
        passed_on(two, KEN)
        two.replies(JONAS, "preparation", "Questions: What should I stop doing?\n\nNote to self: Mara likes rowing")
        two.live_until(AGENDA_IS_OUT)
        asked = JONAS if organiser == "mentee" else MARA
        notices = [mail for mail in two.mails_of(asked, "notice") if "third person" in two.text_of(mail)]
        assert len(notices) == 1
        assert two.meeting.response_of(Role.MENTOR) is Response.NEEDS_ACTION
        assert len(two.mails_of(MARA, "agenda")) == 1
        to_ken = [str(mail) for mail in two.remote.world()["mails"] if mail["account"] == KEN]
        assert [mail for mail in to_ken if "stop doing" in mail or "rowing" in mail or "X-Mentorsync" in mail] == []


def test_google_lets_the_mentor_bring_nobody_to_an_invitation_of_ours() -> None:
    with pair("microsoft", colleagues=COLLEAGUES) as two:
        two.live_to_booking()
        two.remote.hand([{"account": MARA, "act": "forward", "to": KEN}])
        two.live(hours=1)
        assert two.remote.report()["acts"][-1]["outcome"] == "the organiser lets nobody bring others"
        assert [mail for mail in two.mails() if mail[1] == "notice"] == []
