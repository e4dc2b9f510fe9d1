"""When the words of a mail were said, however late it is read."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.mail import LONGEST_WAIT, MailClass, ReceivedMail

NOW = datetime(2027, 3, 8, 9, tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=timezone(timedelta(hours=-14)))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, NOW),
        (NOW, NOW),
        (NOW - timedelta(days=7), NOW - timedelta(days=7)),
        (NOW - LONGEST_WAIT, NOW - LONGEST_WAIT),
        (NOW - LONGEST_WAIT - timedelta(seconds=1), NOW),
        (NOW + timedelta(seconds=1), NOW),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), NOW),
        (LATEST, NOW),
    ],
)
def test_it_is_the_date_of_the_mail_unless_a_wrong_clock_wrote_it(written: datetime | None, said: datetime) -> None:
    mail = ReceivedMail("<m@x.example>", MailClass.HUMAN, None, (), "", "", True, (), written=written)
    assert mail.said_at(NOW) == said
