"""Which replies silence all mail to their writer, and which end that; a pause of one pair is another matter."""

from datetime import date

import pytest

from domain.charter import Role
from domain.relationship import Relationship
from domain.reply import Command, Reply
from domain.silence import Silence, silence_in
from tests.unit.domain_cast import BEGINNING, DAY, agreed, by_cli, by_mail, mentee, requested

DAY_TO_COME = (BEGINNING + 30 * DAY).date()


def resting(until: date | None, role: Role | None = None) -> Relationship:
    """Return a pair that rests until that day, without one until whoever asked for it lets it go on."""
    pair = agreed()
    pair.rest_until(until, "Europe/Berlin", role, by_cli())
    return pair


@pytest.mark.parametrize(
    ("reply", "about", "paused", "silence"),
    [
        (Reply(Command.STOP), agreed(), False, Silence.BEGINS),
        (Reply(Command.STOP), None, False, Silence.BEGINS),
        (Reply(Command.PAUSE), agreed(), False, None),
        (Reply(Command.PAUSE), requested(), False, Silence.BEGINS),
        (Reply(Command.PAUSE), None, False, Silence.BEGINS),
        (Reply(Command.PAUSE, until=DAY_TO_COME), agreed(), False, None),
        (Reply(Command.PAUSE, until=DAY_TO_COME), None, False, Silence.BEGINS),
        (Reply(Command.RESUME), agreed(), True, Silence.ENDS),
        (Reply(Command.RESUME), None, True, Silence.ENDS),
        (Reply(Command.RESUME), resting(DAY_TO_COME), False, None),
        (Reply(Command.RESUME), resting(DAY_TO_COME), True, Silence.ENDS),
        (Reply(Command.RESUME), resting(None), False, Silence.ENDS),
        (Reply(Command.RESUME), resting(None, Role.MENTEE), False, None),
        (Reply(Command.RESUME), resting(None, Role.MENTEE), True, Silence.ENDS),
        (Reply(Command.UNDO), agreed(), True, Silence.ENDS),
        (Reply(Command.UNDO), None, True, Silence.ENDS),
        (Reply(Command.UNDO), agreed(), False, None),
        (Reply(Command.ACCEPT), agreed(), True, None),
        (Reply(), None, False, None),
    ],
)
def test_what_a_reply_asks_for_all_mail_to_its_writer(
    reply: Reply, about: Relationship | None, paused: bool, silence: Silence | None
) -> None:
    writer = mentee()
    if paused:
        writer.pause(by_mail(Role.MENTEE))
    assert silence_in(reply, writer, about) is silence
