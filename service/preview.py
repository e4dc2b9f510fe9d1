"""Shows a mail before it leaves: what would be sent now, or an invented one of its kind; nothing is recorded."""

from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from domain.charter import Role
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.errors import BadInput
from domain.letters import AgendaLetter, EchoLetter, FollowUpLetter, Letter, LocalClock, NoticeTopic
from domain.mail import Envelope, MailKind
from domain.plan import plan
from domain.situation import Situation
from domain.threads import SubjectLine, earlier_mails, subject_line
from domain.writing import write
from service.house import House
from service.names import relationship_named
from service.preview_samples import CHANGED_AGENDA, NO_AGENDA, Scene, reader_of, sample
from service.situations import situation_of

WITHHELD = "… (written by one of the two; not shown in a preview)"
KINDS: dict[str, tuple[EffectKind, NoticeTopic | None]] = {
    **{kind.value.replace("_", "-"): (kind, None) for kind in EffectKind if kind.is_mail and kind != "notice"},
    NO_AGENDA: (EffectKind.AGENDA, None),
    CHANGED_AGENDA: (EffectKind.AGENDA, None),
    **{topic.value.replace("_", "-"): (EffectKind.NOTICE, topic) for topic in NoticeTopic},
}
"""What can be previewed by the name that it is asked for: every kind of mail, and of notices every topic."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mail to show: its name among KINDS, the relationship's id or its beginning, and, where it matters, to whom
    and in which language instead of the reader's own.
    """

    kind: str
    relationship: str
    to: Role | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail as it would leave; `invented` says that its words and times are, because none of its kind is to come.

    `due` is when it would leave (UTC), None for an invented one.
    """

    kind: str
    to: Role
    language: str
    invented: bool
    due: datetime | None
    subject: str
    raw: bytes


def preview(house: House, wanted: Wanted) -> Preview:
    """Return the mail with what is known now, or raise NotFound or BadInput.

    Private notes cannot come into it: a brief is always an invented one, and no other letter has a place for them. What
    the two wrote for each other alone (agenda items and learnings) is withheld, because whoever previews is neither of
    them.
    """
    if wanted.kind not in KINDS:
        raise BadInput(f"There is no mail called '{wanted.kind}'.", f"Give one of: {', '.join(KINDS)}.")
    relationship = house.streams.relationship(relationship_named(house, wanted.relationship))
    situation = situation_of(house, relationship, ahead=True)
    effect = _coming(situation, wanted, house.now())
    real = _written(house, situation, effect) if effect is not None else None
    if effect is None or real is None or not _is_meant(wanted.kind, real):
        return _invented(house, situation, wanted)
    language = wanted.language or real.language
    line = replace(subject_line(situation, effect), language=language)
    thread = tuple(mail.message_id for mail in earlier_mails(situation, effect))
    return _composed(
        house, situation, wanted, Role(effect.recipient), replace(real, language=language), line, thread, effect.due
    )


def write_preview(shown: Preview, folder: Path) -> tuple[Path, Path, Path]:
    """Write the mail as it would leave (.eml) and its parts as they are read (.html, .txt), and return the paths."""
    message = message_from_bytes(shown.raw, policy=policy.default)
    paths = tuple(folder / f"{shown.kind}.{ending}" for ending in ("eml", "html", "txt"))
    paths[0].write_bytes(shown.raw)
    for path, part in zip(paths[1:], ("html", "plain"), strict=True):
        body = message.get_body((part,))
        words = str(body.get_content()) if body is not None else ""
        path.write_text(words.replace("\r\n", "\n"), encoding="utf-8")
    return paths[0], paths[1], paths[2]


def _coming(situation: Situation, wanted: Wanted, now: datetime) -> Effect | None:
    """Return the first mail of that kind that is due or to come, as far as is known now."""
    kind, topic = KINDS[wanted.kind]
    if kind in (EffectKind.BRIEF, EffectKind.REFERENCES):
        return None
    found = (
        effect
        for effect in plan(situation, now).effects
        if effect.kind is kind and topic in (None, effect.about) and wanted.to in (None, effect.recipient)
    )
    return next(found, None)


def _written(house: House, situation: Situation, effect: Effect) -> Letter:
    return _withheld(write(Desk(situation, effect, house.identity.programme)))


def _is_meant(kind: str, letter: Letter) -> bool:
    """Say whether an agenda is of the nature that was asked for."""
    if not isinstance(letter, AgendaLetter):
        return True
    return {NO_AGENDA: letter.empty, CHANGED_AGENDA: bool(letter.added)}.get(kind, True)


def _withheld(letter: Letter) -> Letter:
    """Return the letter with a mark in place of each thing that is for the two alone."""
    match letter:
        case AgendaLetter():
            return replace(
                letter,
                done=_marks(letter.done),
                learned=_marks(letter.learned),
                questions=_marks(letter.questions),
                samples=_marks(letter.samples),
                observed=_marks(letter.observed),
                unsorted=_marks(letter.unsorted),
                added=_marks(letter.added),
                attached=_marks(letter.attached),
                attached_before=_marks(letter.attached_before),
            )
        case FollowUpLetter():
            return replace(letter, learned=_marks(letter.learned))
        case EchoLetter():
            lines = tuple(replace(line, texts=_marks(line.texts)) for line in letter.lines)
            return replace(letter, lines=lines, unclear=_marks(letter.unclear))
        case _:
            return letter


def _marks(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (WITHHELD,) * len(texts)


def _invented(house: House, situation: Situation, wanted: Wanted) -> Preview:
    kind, topic = KINDS[wanted.kind]
    to = wanted.to or reader_of(kind, topic)
    clocks = {role: LocalClock(situation.person(role).first_name, situation.person(role).zone) for role in Role}
    language = wanted.language or situation.person(to).language
    scene = Scene(clocks, to, house.identity.programme, language, house.now())
    letter = sample(kind, topic, scene, wanted.kind)
    label = "meeting" if kind is EffectKind.NOTICE else kind.value
    line = SubjectLine(
        label, scene.name(Role.MENTOR), scene.name(Role.MENTEE), scene.start.date(), "1", False, language
    )
    return _composed(house, situation, wanted, to, letter, line, (), None)


def _composed(
    house: House,
    situation: Situation,
    wanted: Wanted,
    to: Role,
    letter: Letter,
    line: SubjectLine,
    thread: tuple[str, ...],
    due: datetime | None,
) -> Preview:
    """The address to answer at shows its shape and works for nobody."""
    person, service = situation.person(to), house.identity
    local, _, domain = service.address.partition("@")
    subject = house.composer.subject(line)
    kind = KINDS[wanted.kind][0]
    envelope = Envelope(
        MailKind(kind.value),
        service.address,
        service.programme,
        person.address,
        person.name.reveal(),
        subject,
        f"<preview.{wanted.kind}@{domain}>",
        thread,
        house.now(),
        f"{local}+preview@{domain}",
    )
    raw = house.composer.compose(envelope, letter)
    return Preview(wanted.kind, to, letter.language, due is None, due, subject, raw)
