"""S15: the mentee never replies: an honest short mail to the mentor, a private word to the mentee first, then facts."""

from datetime import timedelta
from itertools import pairwise

from domain.charter import Role
from domain.facts import FactKind
from domain.health_events import DeadEndSuspected
from service.queries_health import health_view
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, Json, Pair, pair

TERMS: Json = {"cadence_days": 7, "slack_days": 2, "minutes": 30}


def live_to_agenda(two: Pair, cycle: int) -> None:
    """Live until the agenda of that cycle has left."""
    while two.meeting.cycle < cycle or two.now < two.meeting.time.start - timedelta(hours=23):
        two.live(hours=12)


def told(two: Pair, who: str, words: str) -> list[str]:
    """Return what the notices to somebody say that hold these words."""
    texts = (two.text_of(mail) for mail in two.mails_of(who, "notice"))
    return [text for text in texts if words in text]


@SWAPPED
def test_silence_is_met_with_a_choice_for_the_mentor_a_private_word_and_then_with_facts(mara_in: str) -> None:
    with pair(mara_in, **TERMS) as two:
        two.live_to_booking()
        live_to_agenda(two, 1)
        assert "keep" in two.text_of(two.mails_of(MARA, "agenda")[-1])
        live_to_agenda(two, 2)
        (note,) = told(two, JONAS, "Nobody but you gets this note")
        assert "no agenda from you" in note
        assert health_view(two.house, two.id).facts == ()
        live_to_agenda(two, 3)
        two.live(days=4)
        (suspected,) = two.events(DeadEndSuspected)
        assert (suspected.role, {fact.kind for fact in suspected.evidence}) == (Role.MENTEE, {FactKind.NO_AGENDA})
        (choice,) = told(two, JONAS, "How do you want to go on")
        assert "pause" in choice
        assert "negotiate anew" in choice
        assert "recalibrate" in choice
        assert [fact.who for fact in health_view(two.house, two.id).facts] == ["mentee"] * 3
        follow_up = two.text_of(two.mails_of(MARA, "follow_up")[-1])
        assert follow_up.count("no agenda from Jonas") == 3
        assert two.mails_of(MARA, "notice") == []
        nudges = [mail.at for mail in two.relationship.mails.values() if mail.occasion.startswith("health~")]
        assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(nudges))
