"""Which conversation a mail belongs to: its subject, which stays the same, and the mails before it."""

from dataclasses import dataclass
from datetime import date

from domain.charter import Role
from domain.conversation import SentMail
from domain.effects import Effect, EffectKind
from domain.hearing import DeedKind
from domain.meeting_days import day_of
from domain.occasions import action_in, cycle_in, names_meeting, reminded, topic_of_health
from domain.situation import Situation

MEETING = "meeting"
_ALONE = ("brief", "reference", "references")
_OPENING_KINDS = ("request", "charter")
_MEETING_KINDS = ("preparation", "agenda", "held_question", "follow_up")


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """What a subject tells: never any private words, and the same for as long as the conversation lasts.

    `label` is the kind of the conversation's first mail, or "meeting" when that was a notice about one; `day` is the
    meeting's on the reader's clock, `number` the action's. `continued` says that this mail is not the first. `language`
    is a tag.
    """

    label: str
    mentor: str
    mentee: str
    day: date | None
    number: str
    continued: bool
    language: str


def earlier_mails(situation: Situation, effect: Effect) -> tuple[SentMail, ...]:
    """Return the mails of the same conversation with the same reader, oldest first.

    A conversation is everything about one meeting on one of the reader's days, or the way from the request to the
    charter, or the reminders of one action. A meeting that goes to another day begins another one, because mail
    programs hold together what has one subject, and the subject names the day. The answer to a mail belongs to the
    conversation in which that was written, unless it rode on another mail. A brief begins and ends its own, and so does
    an answer to private notes: no other mail may continue them.
    """
    reader = Role(effect.recipient)
    mine = [m for m in situation.relationship.mails.values() if m.recipient == effect.recipient]
    carried = _carried(mine)
    topic = _topic_of(situation, reader, effect.kind.value, effect.occasion)
    same = [m for m in mine if m.name not in carried and _topic_of(situation, reader, m.kind, m.occasion) == topic]
    return tuple(sorted(same, key=lambda m: (m.at, m.kind)))


def _carried(mails: list[SentMail]) -> set[tuple[str, str, str]]:
    """Return the answers that rode on another mail: it was recorded before them, under the same message id."""
    first: dict[str, SentMail] = {}
    for mail in mails:
        first.setdefault(mail.message_id, mail)
    return {m.name for m in mails if m.message_id and m.kind == EffectKind.ECHO and first[m.message_id] is not m}


def _topic_of(situation: Situation, reader: Role, kind: str, occasion: str) -> tuple[str, ...]:
    heard = situation.relationship.heard.get(occasion) if kind == EffectKind.ECHO else None
    if heard is not None and (heard.kind in _ALONE or any(deed.what is DeedKind.NOTED for deed in heard.deeds)):
        return ("answer", occasion)
    if heard is not None:
        kind, occasion = heard.kind, heard.occasion
    if kind not in _ALONE and (kind in _MEETING_KINDS or names_meeting(occasion)):
        return ("meeting", str(cycle_in(occasion)), str(day_of(situation, reader, kind, occasion)))
    return _topic(kind, occasion)


def _topic(kind: str, occasion: str) -> tuple[str, ...]:
    if kind in _ALONE:
        return (kind, occasion)
    if topic_of_health(occasion):
        return ("health", "")
    if kind == "chase":
        return ("action", str(action_in(occasion)))
    if reminded(occasion) and kind not in _OPENING_KINDS:
        return ("reminders", reminded(occasion))
    return ("opening", "")


def subject_line(situation: Situation, effect: Effect) -> SubjectLine:
    """Return the subject: that of the conversation's first mail, which every later one continues."""
    earlier = earlier_mails(situation, effect)
    kind, occasion = (earlier[0].kind, earlier[0].occasion) if earlier else (effect.kind.value, effect.occasion)
    return SubjectLine(
        label=MEETING if kind == EffectKind.NOTICE and names_meeting(occasion) else kind,
        mentor=situation.first_name(Role.MENTOR),
        mentee=situation.first_name(Role.MENTEE),
        day=day_of(situation, Role(effect.recipient), kind, occasion),
        number=str(action_in(occasion)) if kind == EffectKind.CHASE else "",
        continued=bool(earlier),
        language=situation.person(Role(effect.recipient)).language,
    )
