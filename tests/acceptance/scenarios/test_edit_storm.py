"""Four minutes of additions to an agenda that has left: one more agenda to her, one answer to him."""

from datetime import timedelta

from adapters.sandbox.wire import zulu
from tests.acceptance.scenarios.stage import JONAS, MARA, SWAPPED, pair

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@SWAPPED
def test_a_storm_of_mails_within_four_minutes_is_one_mail_to_each(mara_in: str) -> None:
    with pair(mara_in) as two:
        two.live_until(two.live_to_booking().time.start - 22 * HOUR)
        subject = two.mails_of(JONAS, "preparation")[-1]["subject"]
        (first,) = two.mails_of(MARA, "agenda")
        acts = [
            {"account": JONAS, "act": "reply", "mail": {"subject_has": subject}, "text": f"Questions: what of {n}?"}
            for n in range(5)
        ]
        two.remote.hand([{**act, "at": zulu(two.now + n * MINUTE)} for n, act in enumerate(acts, 1)])
        two.live_until(two.meeting.time.start - HOUR)
        (_, again) = two.mails_of(MARA, "agenda")
        assert [f"what of {n}?" in two.text_of(again) for n in range(5)] == [True] * 5
        assert again["subject"] == f"Re: {first['subject']}"
        assert len(two.mails_of(JONAS, "echo")) == 1
