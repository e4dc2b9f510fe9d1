"""What follows from a mail that one of the two wrote: one answer that says what was understood and what was not."""

from datetime import datetime

from domain.charter import Role
from domain.edits import SETTLING, only_edits
from domain.effects import Effect, EffectKind
from domain.hearing import Heard, Question
from domain.sheet import DAY, HOUR, Sheet

ECHO_TIME = DAY
MOST_IN_AN_HOUR = 5
ASKED_WHO = DAY


def echo_mails(sheet: Sheet) -> None:
    """Answer each mail of the two once; an answer to such an answer that says nothing new has none, and neither has
    whoever asked for silence.

    Additions to an agenda settle first, so that a storm of them is answered in one mail.

    No machine can be kept talking: at most five answers leave in an hour, and whoever seems to write in somebody's name
    brings her one question a day.
    """
    for role in (role for role in Role if role not in sheet.situation.silent):
        mine = [heard for heard in sheet.situation.relationship.heard.values() if heard.role is role]
        dues: list[datetime] = []
        for heard in _answered(mine):
            ready = heard.at + SETTLING if only_edits(heard) else heard.at
            due = max(ready, dues[-MOST_IN_AN_HOUR] + HOUR) if len(dues) >= MOST_IN_AN_HOUR else ready
            dues.append(due)
            sheet.want(Effect(EffectKind.ECHO, heard.mail, role, heard.mail, due, due + ECHO_TIME, None))


def _answered(mails: list[Heard]) -> list[Heard]:
    out: list[Heard] = []
    asked_who: datetime | None = None
    for heard in mails:
        if heard.question is Question.WHO:
            if asked_who is not None and heard.at < asked_who + ASKED_WHO:
                continue
            asked_who = heard.at
        if heard.deeds or heard.question is not Question.NONE or not heard.answers_echo:
            out.append(heard)
    return out
