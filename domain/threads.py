"""Which conversation a mail belongs to: its subject, which stays the same, and the mails before it."""

from datetime import date

from domain.conversation import SentMail
from domain.effects import Effect, EffectKind
from domain.hours import DAYS
from domain.situation import Situation

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MEETING_KINDS = ("preparation", "agenda", "held_question", "follow_up")
_LABELS = {
    EffectKind.REQUEST: "Request",
    EffectKind.CHARTER: "Charter",
    EffectKind.PREPARATION: "Preparation",
    EffectKind.AGENDA: "Agenda",
    EffectKind.HELD_QUESTION: "How was it",
    EffectKind.FOLLOW_UP: "Follow-up",
    EffectKind.CHASE: "Action",
    EffectKind.NOTICE: "Notice",
}


def earlier_mails(situation: Situation, effect: Effect) -> tuple[SentMail, ...]:
    """Return the mails of the same conversation with the same reader, oldest first.

    A conversation is everything about one meeting, or the way from the request to the charter, or the reminders of
    one action.
    """
    mails = situation.relationship.mails.values()
    same = [m for m in mails if m.recipient == effect.recipient and _topic(m.kind, m.occasion) == _topic_of(effect)]
    return tuple(sorted(same, key=lambda m: (m.at, m.kind)))


def _topic_of(effect: Effect) -> tuple[str, str]:
    return _topic(effect.kind.value, effect.occasion)


def _topic(kind: str, occasion: str) -> tuple[str, str]:
    if kind in _MEETING_KINDS or "@" in occasion:
        return ("meeting", occasion.split(".")[0])
    if kind == "chase":
        return ("action", occasion.split(".")[0])
    return ("opening", "")


def subject(situation: Situation, effect: Effect) -> str:
    """Return the subject: that of the conversation's first mail, with "Re: " when it continues one.

    Never any private words.
    """
    earlier = earlier_mails(situation, effect)
    if not earlier:
        return _opening_subject(situation, effect)
    first = earlier[0]
    origin = Effect(
        EffectKind(first.kind),
        first.occasion,
        first.recipient,
        _about(first),
        first.at,
        first.at,
        effect.clause,
    )
    return f"Re: {_opening_subject(situation, origin)}"


def _about(mail: SentMail) -> str:
    return mail.occasion.split("@")[0] if "@" in mail.occasion else mail.occasion.split(".")[0]


def _opening_subject(situation: Situation, effect: Effect) -> str:
    names = f"{situation.mentor.first_name} / {situation.mentee.first_name}"
    label = _LABELS[effect.kind]
    if "@" in effect.occasion:
        return f"{label}: {names}, {_when(effect)}"
    if effect.kind is EffectKind.CHASE:
        return f"{label} {effect.about}: {names}"
    return f"{label}: {names}, mentoring"


def _when(effect: Effect) -> str:
    """The day for which the mail was made, whatever happens to the meeting later."""
    return short_day(date.fromisoformat(effect.occasion.partition("@")[2][:10]))


def short_day(day: date) -> str:
    """Return a day as mails name it, such as "Tue 9 Mar"."""
    return f"{DAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1]}"
