"""The mentee would like another rhythm and says so by mail: both agree by reply, and the second version counts."""

from tests.acceptance.scenarios.stage import JONAS, MARA, pair


def test_other_terms_are_proposed_and_agreed_by_reply_and_what_stood_stays() -> None:
    with pair("microsoft") as two:
        first = two.live_to_booking()
        two.replies(JONAS, "preparation", "Could we do every six weeks instead?\n\nQuestions: How do I say no?")
        two.live(hours=1)
        proposal = two.mails_of(MARA, "charter")[-1]
        assert "Jonas would like other terms from now on" in two.text_of(proposal)
        assert "every six weeks (now: " in two.text_of(proposal)
        assert two.relationship.charter.version == 1
        two.replies(MARA, "charter", "agree")
        two.live(hours=1)
        charter = two.relationship.charter
        assert (charter.version, charter.cadence_days) == (2, 42)
        assert two.relationship.agendas[1].questions[0].reveal() == "How do I say no?"
        assert [shown.start for shown in two.shown(JONAS)] == [first.time.start]
        assert "has agreed to the terms" in two.text_of(two.mails_of(JONAS, "notice")[-1])
