"""Which conversation a mail belongs to: its subject, which stays the same, and the mails before it."""

from dataclasses import dataclass
from datetime import date

from domain.charter import Role
from domain.conversation import SentMail
from domain.effects import Effect, EffectKind
from domain.occasions import topic_of_health
from domain.situation import Situation

MEETING = "meeting"
_ALONE = ("brief", "reference", "references")
_OPENING_KINDS = ("request", "charter")
_MEETING_KINDS = ("preparation", "agenda", "held_question", "follow_up")


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """What a subject tells: never any private words, and the same for as long as the conversation lasts.

    `label` is the kind of the conversation's first mail, or "meeting" when that was a notice about one; `day` is the
    meeting's, `number` the action's. `continued` says that this mail is not the first. `language` is a tag.
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

    A conversation is everything about one meeting, or the way from the request to the charter, or the reminders of
    one action. A brief begins and ends its own: no other mail may continue what quotes private notes.
    """
    mails = situation.relationship.mails.values()
    same = [m for m in mails if m.recipient == effect.recipient and _topic(m.kind, m.occasion) == _topic_of(effect)]
    return tuple(sorted(same, key=lambda m: (m.at, m.kind)))


def _topic_of(effect: Effect) -> tuple[str, str]:
    return _topic(effect.kind.value, effect.occasion)


def _topic(kind: str, occasion: str) -> tuple[str, str]:
    if kind in _ALONE:
        return (kind, occasion)
    if kind in _MEETING_KINDS or "@" in occasion:
        return ("meeting", occasion.split(".")[0])
    if topic_of_health(occasion):
        return ("health", "")
    if kind == "chase":
        return ("action", occasion.split(".")[0])
    if "." in occasion and kind not in _OPENING_KINDS:
        return ("reminders", occasion.rpartition(".")[0])
    return ("opening", "")


def subject_line(situation: Situation, effect: Effect) -> SubjectLine:
    """Return the subject: that of the conversation's first mail, which every later one continues."""
    earlier = earlier_mails(situation, effect)
    kind, occasion = (earlier[0].kind, earlier[0].occasion) if earlier else (effect.kind.value, effect.occasion)
    return SubjectLine(
        label=MEETING if kind == EffectKind.NOTICE and "@" in occasion else kind,
        mentor=situation.first_name(Role.MENTOR),
        mentee=situation.first_name(Role.MENTEE),
        day=_day(occasion),
        number=occasion.split(".")[0] if kind == EffectKind.CHASE else "",
        continued=bool(earlier),
        language=situation.person(Role(effect.recipient)).language,
    )


def _day(occasion: str) -> date | None:
    """Return the day for which the mail was made, whatever happens to the meeting later."""
    return date.fromisoformat(occasion.partition("@")[2][:10]) if "@" in occasion else None
