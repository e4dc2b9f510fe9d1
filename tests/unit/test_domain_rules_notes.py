"""Private notes come back to their author before a meeting, once in each cycle, by their days; nobody else gets any."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, get_args, get_type_hints

import pytest

from domain.briefing import write_brief
from domain.by import MAIL, By
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.ending import CLOSED
from domain.letters import AgendaLetter, BriefLetter, FollowUpLetter, Letter, NoteLine, PreparationLetter
from domain.mail import Sent
from domain.notebook import Note, Notebook, NoteMark
from domain.plan import plan
from domain.relationship import Relationship
from domain.reply import SaidNote
from domain.rules_talks import preparation_due
from domain.situation import Situation
from domain.writing import write
from tests.unit.domain_cast import by_cli
from tests.unit.domain_life import Life, booked_life

DAY = timedelta(days=1)


def marked(life: Life, *hints: date | None, role: Role = Role.MENTEE, at: datetime | None = None) -> Situation:
    """Return the life's situation in which one of the two has such notes, taken long ago unless said otherwise."""
    taken = at or life.now - DAY
    marks = tuple(NoteMark(number, hint, taken) for number, hint in enumerate(hints, 1))
    return replace(life.situation(), hints={role: marks})


def briefs(situation: Situation, now: datetime) -> list[Effect]:
    return [effect for effect in plan(situation, now).effects if effect.kind is EffectKind.BRIEF]


def meeting_day(life: Life) -> date:
    return life.meeting.time.start.date()


def test_without_notes_there_is_no_brief() -> None:
    life = booked_life()
    assert briefs(life.situation(), life.now) == []


@pytest.mark.parametrize("role", Role)
def test_the_mentee_gets_hers_with_the_preparation_and_the_mentor_with_the_agenda(role: Role) -> None:
    life = booked_life()
    (brief,) = briefs(marked(life, None, role=role), life.now)
    start, asked = life.meeting.time.start, preparation_due(life.situation(), life.meeting)
    due = {Role.MENTEE: asked, Role.MENTOR: start - DAY}[role]
    assert (brief.recipient, brief.due, brief.expires) == (role, due, start)
    assert brief.clause == "v1/notes"


@pytest.mark.parametrize(("days", "comes"), [(-30, True), (0, True), (7, True), (8, False), (200, False)])
def test_a_dated_note_comes_back_when_its_day_is_near(days: int, comes: bool) -> None:
    life = booked_life()
    assert bool(briefs(marked(life, meeting_day(life) + days * DAY), life.now)) is comes


def test_a_dated_note_comes_back_before_the_first_meeting_after_its_day_and_then_no_more() -> None:
    life = booked_life()
    day = meeting_day(life)
    life.live_until(life.meeting.time.end + 4 * DAY)
    assert [life.relationship.meetings.items[0].took_place, life.meeting.cycle] == [True, 2]
    assert briefs(marked(life, day), life.now) == []
    assert [effect.about for effect in briefs(marked(life, day + DAY), life.now)] == ["2.1"]


def test_a_brief_that_left_comes_no_more_in_its_cycle_also_when_the_meeting_moves_to_another_day() -> None:
    life = booked_life()
    situation = marked(life, None)
    (brief,) = briefs(situation, life.now)
    life.relationship.mail_left(*brief.name, Sent("<b@example.org>"), By("mentorsync", "policy", None, brief.due))
    life.move(DAY)
    assert (meeting_day(life).isoformat() in brief.occasion, briefs(marked(life, None), life.now)) == (False, [])


def test_what_was_noted_while_a_meeting_was_prepared_waits_for_the_next() -> None:
    life = booked_life()
    late = life.now + timedelta(hours=1)
    assert briefs(marked(life, None, at=late), late) == []
    assert briefs(marked(life, None, role=Role.MENTOR, at=late), late) != []


def a_notebook(life: Life, role: Role = Role.MENTEE) -> Notebook:
    ids = {Role.MENTOR: str(life.mentor.id), Role.MENTEE: str(life.mentee.id)}
    by = By(ids[role], MAIL, None, life.now - DAY)
    notebook = Notebook.open(ids[role], by)
    said = (
        SaidNote("likes tea", None),
        SaidNote("moves house", meeting_day(life)),
        SaidNote("sails", date(2031, 1, 1)),
    )
    notebook.take(ids[role.other], said, "m1", by)
    notebook.take(str(life.relationship.id), (SaidNote("about somebody else", None),), "m2", by)
    return notebook


def a_desk(life: Life, notebook: Notebook, role: Role = Role.MENTEE) -> Desk:
    marks = tuple(note.mark for note in notebook.about(life.relationship.person_id(role.other)))
    situation = replace(life.situation(), hints={role: marks})
    (brief,) = briefs(situation, life.now)
    return Desk(situation, brief, "Example Mentoring")


def test_the_brief_holds_what_its_reader_noted_about_the_other_and_shows_it_nowhere_else() -> None:
    life = booked_life()
    notebook = a_notebook(life)
    letter = write_brief(a_desk(life, notebook), notebook)
    assert [(line.number, line.text) for line in letter.dated] == [(2, "moves house")]
    assert [(line.number, line.text) for line in letter.notes] == [(1, "likes tea")]
    assert not [word for word in ("tea", "house", "sails") if word in repr(letter)]


def test_nobody_elses_notebook_can_be_put_into_a_brief() -> None:
    life = booked_life()
    with pytest.raises(ValueError, match="not the reader's own"):
        write_brief(a_desk(life, a_notebook(life)), a_notebook(life, Role.MENTOR))


def test_a_brief_is_not_written_with_the_other_letters() -> None:
    life = booked_life()
    with pytest.raises(KeyError):
        write(a_desk(life, a_notebook(life)))


PRIVATE = (Note, Notebook, NoteLine, SaidNote, BriefLetter)
COMPOSING = (Situation, Desk, Relationship, AgendaItems, AgendaLetter, PreparationLetter, FollowUpLetter)


def reached(kind: Any, seen: set[Any]) -> set[Any]:
    """Return every type that a value of that type can hold, by the annotations of its fields."""
    if kind in seen:
        return seen
    seen.add(kind)
    held = get_type_hints(kind).values() if is_dataclass(kind) or kind is Relationship else get_args(kind)
    for part in held:
        reached(part, seen)
    return seen


@pytest.mark.parametrize("kind", [*COMPOSING, *(k for k in get_args(Letter) if k is not BriefLetter)])
def test_no_type_from_which_another_mail_is_made_can_hold_a_private_note(kind: Any) -> None:
    assert not {private for private in PRIVATE if private in reached(kind, set())}
    assert NoteLine in reached(BriefLetter, set())
    assert {field.name for field in fields(NoteMark)} == {"number", "hint", "at"}


@pytest.mark.parametrize("ended", [False, True])
def test_when_the_other_was_forgotten_the_author_of_notes_hears_once_that_they_stay_hers(ended: bool) -> None:
    life = booked_life()
    if ended:
        life.relationship.end(CLOSED, by_cli(life.now))
    life.mentor.be_forgotten(by_cli(life.now))
    life.settle()
    (told,) = notes_kept(marked(life, None), life.now)
    assert (told.recipient, told.clause, told.due) == (Role.MENTEE, "v1/notes", life.now)
    life.perform(told)
    assert notes_kept(marked(life, None), life.now + DAY) == []


def test_without_notes_or_after_she_left_too_nobody_hears_of_any() -> None:
    life = booked_life()
    life.mentor.be_forgotten(by_cli(life.now))
    life.settle()
    assert notes_kept(life.situation(), life.now) == []
    assert notes_kept(marked(life, None, role=Role.MENTOR), life.now) == []
    life.mentee.leave_organisation(by_cli(life.now))
    assert notes_kept(marked(life, None), life.now) == []


def notes_kept(situation: Situation, now: datetime) -> list[Effect]:
    return [effect for effect in plan(situation, now).effects if effect.about == "notes_kept"]
