"""Letters of every kind with invented words, for a preview of what is not due."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.charter import Role
from domain.effects import EffectKind
from domain.languages import language_of
from domain.letters import (
    ActionLine,
    AgendaLetter,
    BriefLetter,
    CharterLetter,
    CharterTerms,
    ChaseLetter,
    EchoLetter,
    EchoLine,
    FactLine,
    FollowUpLetter,
    HeldQuestionLetter,
    InvitationLetter,
    Letter,
    LocalClock,
    MailedEvent,
    MeetingTime,
    NoteLine,
    NoticeLetter,
    NoticeTopic,
    OfferLetter,
    PreparationLetter,
    ReferenceQuestionLetter,
    ReferencesLetter,
    RequestLetter,
)
from domain.notices import NAMING_ADDRESS
from service.preview_words import WORDS, InventedWords

DAY = timedelta(days=1)
MINUTES = 45
NO_AGENDA, CHANGED_AGENDA = "no-agenda", "changed-agenda"


@dataclass(frozen=True, slots=True)
class Scene:
    """Between whom a sample plays: both clocks by role, who reads, the programme, the language, and the present."""

    clocks: dict[Role, LocalClock]
    reader: Role
    programme: str
    language: str
    now: datetime

    @property
    def words(self) -> InventedWords:
        """What the two write, in the reader's language."""
        return WORDS[language_of(self.language)]

    def name(self, role: Role) -> str:
        """Return one of the two first names."""
        return self.clocks[role].name

    @property
    def names(self) -> tuple[str, str]:
        """The reader's name and the other's."""
        return self.name(self.reader), self.name(self.reader.other)

    @property
    def start(self) -> datetime:
        """The sample meeting's start: the afternoon of the next Wednesday but one, UTC."""
        noon = self.now.astimezone(UTC).replace(hour=15, minute=0, second=0, microsecond=0)
        return noon + DAY * ((2 - noon.weekday()) % 7 + 7)

    def time(self, shift: timedelta = timedelta(), minutes: int = MINUTES) -> MeetingTime:
        """Return the sample meeting, or one `shift` later."""
        return MeetingTime(self.start + shift, minutes, (self.clocks[self.reader], self.clocks[self.reader.other]))

    def action(self, owner: Role, text: str, days: int | None, done: bool = False) -> ActionLine:
        """Return something that one of the two has taken on, due so many days after the meeting."""
        due = (self.start + days * DAY).date() if days is not None else None
        return ActionLine(self.name(owner), text, due, done)

    @property
    def open_actions(self) -> tuple[ActionLine, ...]:
        """One action of each."""
        return (self.action(Role.MENTEE, self.words.outline, 2), self.action(Role.MENTOR, self.words.books, 9))


def sample(kind: EffectKind, topic: NoticeTopic | None, scene: Scene, name: str = "") -> Letter:
    """Return an invented letter; `name` tells an agenda for which the mentee sent nothing, or that comes once more."""
    if kind is EffectKind.NOTICE and topic is not None:
        return _notice(scene, topic)
    if name == NO_AGENDA:
        return _silent_agenda(scene)
    if name == CHANGED_AGENDA:
        return replace(_agenda(scene), added=scene.words.questions[1:])
    return _SAMPLES[kind](scene)


def reader_of(kind: EffectKind, topic: NoticeTopic | None) -> Role:
    """Return who usually reads a mail of that kind, for a sample of it."""
    mentors = (EffectKind.REQUEST, EffectKind.CHARTER, EffectKind.AGENDA, EffectKind.FOLLOW_UP)
    topics = (
        NoticeTopic.CONFLICT_QUESTION,
        NoticeTopic.NETWORK_CONTACT,
        NoticeTopic.REVIVE_QUESTION,
        NoticeTopic.THIRD_PERSON_ELSEWHERE,
        NoticeTopic.LEFT,
        NoticeTopic.LEFT_REACHABLE,
    )
    to_mentor = kind in mentors or (kind is EffectKind.NOTICE and topic in topics)
    return Role.MENTOR if to_mentor else Role.MENTEE


def _request(scene: Scene) -> RequestLetter:
    words = scene.words
    mentor, mentee = scene.name(Role.MENTOR), scene.name(Role.MENTEE)
    answer_by = (scene.now + 14 * DAY).date()
    said = words.goals, words.why, words.bring
    return RequestLetter(scene.programme, mentor, mentee, *said, 14, MINUTES, answer_by, language=scene.language)


def _charter(scene: Scene) -> CharterLetter:
    terms = CharterTerms(
        version=1,
        goals=scene.words.goals,
        cadence_days=14,
        minutes=MINUTES,
        mentor_hours="mon-fri 09:00-17:00",
        mentee_hours="mon-thu 09:00-18:00; fri 09:00-14:00",
        mentor_zone=scene.clocks[Role.MENTOR].zone,
        mentee_zone=scene.clocks[Role.MENTEE].zone,
        pins=scene.name(Role.MENTOR),
        organiser="",
        conflict="move",
        notice_hours=24,
        agenda_lead_hours=24,
        reply_promise_days=3,
        venue="online",
        mentor=scene.name(Role.MENTOR),
        mentee=scene.name(Role.MENTEE),
    )
    return CharterLetter(*scene.names, terms, scene.programme, language=scene.language)


def _preparation(scene: Scene) -> PreparationLetter:
    return PreparationLetter(
        scene.name(Role.MENTEE),
        scene.name(Role.MENTOR),
        scene.time(),
        scene.start - DAY,
        scene.words.goals,
        scene.open_actions,
        first=False,
        language=scene.language,
    )


def _agenda(scene: Scene) -> AgendaLetter:
    words = scene.words
    return AgendaLetter(
        scene.name(Role.MENTOR),
        scene.name(Role.MENTEE),
        scene.time(),
        words.goals,
        (words.done,),
        (words.learned,),
        words.questions,
        (words.sample,),
        (words.observed,),
        (words.remark,),
        scene.open_actions,
        first=False,
        closed=(scene.action(Role.MENTEE, words.asked, None, done=True),),
        attached=("Migration.pdf",),
        language=scene.language,
    )


def _silent_agenda(scene: Scene) -> AgendaLetter:
    return AgendaLetter(
        scene.name(Role.MENTOR),
        scene.name(Role.MENTEE),
        scene.time(),
        scene.words.goals,
        *((),) * 6,
        scene.open_actions,
        first=False,
        language=scene.language,
    )


def _held_question(scene: Scene) -> HeldQuestionLetter:
    return HeldQuestionLetter(scene.name(Role.MENTEE), scene.name(Role.MENTOR), scene.time(), scene.language)


def _follow_up(scene: Scene) -> FollowUpLetter:
    actions = (*scene.open_actions, scene.action(Role.MENTEE, scene.words.asked, None, done=True))
    again = (scene.start + 14 * DAY).date()
    return FollowUpLetter(
        *scene.names, scene.time(), False, (scene.words.learned,), actions, again, language=scene.language, first=True
    )


def _chase(scene: Scene) -> ChaseLetter:
    owed = scene.words.books if scene.reader is Role.MENTOR else scene.words.outline
    return ChaseLetter(*scene.names, scene.action(scene.reader, owed, 3), 2, scene.language)


def _facts(scene: Scene, topic: NoticeTopic) -> tuple[FactLine, ...]:
    """Three rounds that came to nothing, with the mentor or with the mentee."""
    owner = {NoticeTopic.DEAD_END: Role.MENTOR, NoticeTopic.STALLED: Role.MENTEE}.get(topic)
    kinds = ("late_decline", "moved", "silence") if owner is Role.MENTOR else ("no_agenda",) * 3
    return tuple(
        FactLine(kind, scene.name(owner), owner is scene.reader, (scene.start - (3 - place) * 14 * DAY).date())
        for place, kind in enumerate(kinds)
        if owner is not None
    )


def _notice(scene: Scene, topic: NoticeTopic) -> NoticeLetter:
    return NoticeLetter(
        *scene.names,
        topic,
        scene.programme,
        old=scene.time(),
        new=scene.time(DAY, 30 if topic is NoticeTopic.SHORTENED else MINUTES),
        yours=topic is NoticeTopic.TENTATIVE_OVERLAP,
        next_around=(scene.start + 14 * DAY).date(),
        answer_by=scene.start - DAY,
        count=2 if topic is NoticeTopic.RECONNECT else 0,
        until=(scene.start + 28 * DAY).date(),
        words="own.address@example.org" if topic in NAMING_ADDRESS else "",
        facts=_facts(scene, topic),
        language=scene.language,
    )


def _echo(scene: Scene) -> EchoLetter:
    owed = scene.words.books if scene.reader is Role.MENTOR else scene.words.outline
    lines = (
        EchoLine("held", time=scene.time()),
        EchoLine("owed", (owed,), scene.names[0], (scene.start + 9 * DAY).date()),
    )
    until = (scene.start + 7 * DAY).date()
    return EchoLetter(*scene.names, lines, (scene.words.remark,), "", until, "", scene.language)


def _offer(scene: Scene) -> OfferLetter:
    times = tuple(scene.time(days * DAY) for days in (0, 1, 2))
    return OfferLetter(*scene.names, times, scene.start - 2 * DAY, scene.language)


def _invitation(scene: Scene) -> InvitationLetter:
    title = f"Mentoring: {scene.name(Role.MENTOR)} / {scene.name(Role.MENTEE)}"
    people = ("mentor@example.org", "mentee@example.org")
    end = scene.start + timedelta(minutes=MINUTES)
    event = MailedEvent("preview@example.org", 0, scene.start, end, title, people, False)
    return InvitationLetter(*scene.names, scene.time(), event, scene.language)


def _brief(scene: Scene) -> BriefLetter:
    dated, other = scene.words.noted
    soon = (scene.start + 2 * DAY).date()
    notes = (NoteLine(1, dated, soon),), (NoteLine(2, other, None),)
    return BriefLetter(*scene.names, scene.time(), *notes, scene.language)


def _references(scene: Scene) -> ReferencesLetter:
    return ReferencesLetter(scene.name(Role.MENTEE), scene.name(Role.MENTOR), scene.words.said, scene.language)


_SAMPLES: dict[EffectKind, Callable[[Scene], Letter]] = {
    EffectKind.REQUEST: _request,
    EffectKind.CHARTER: _charter,
    EffectKind.PREPARATION: _preparation,
    EffectKind.AGENDA: _agenda,
    EffectKind.HELD_QUESTION: _held_question,
    EffectKind.FOLLOW_UP: _follow_up,
    EffectKind.CHASE: _chase,
    EffectKind.ECHO: _echo,
    EffectKind.OFFER: _offer,
    EffectKind.INVITATION: _invitation,
    EffectKind.BRIEF: _brief,
    EffectKind.REFERENCE: lambda scene: ReferenceQuestionLetter(
        scene.name(Role.MENTEE), scene.name(Role.MENTOR), scene.language
    ),
    EffectKind.REFERENCES: _references,
}
