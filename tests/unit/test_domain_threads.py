"""Which conversation a mail belongs to, and that its subject stays the same and says nothing private."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.mail.compose import MailComposer
from domain.calendar import Response
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.effects import Effect, EffectKind
from domain.hearing import Deed, DeedKind, Heard
from domain.mail import MailKind, Sent
from domain.occasions import at_time
from domain.situation import Situation
from domain.threads import earlier_mails, subject_line
from tests.unit.domain_cast import DAY, HOUR, by_mail, mentee, mentor, requested, words
from tests.unit.domain_life import Life

PRIVATE = ("Lead", "review", "built", "eyes", "stubborn", "introduce", "patience", "Sample", "Example", "@")


def subject(situation: Situation, effect: Effect) -> str:
    return MailComposer().subject(subject_line(situation, effect))


def perform_noting(life: Life, noted: list[tuple[str, str, str, int]]) -> None:
    """Do all that is due, noting kind, reader, subject and the number of mails before it."""
    life.decide()
    for effect in life.plan().due(life.now):
        if effect.kind.is_mail:
            earlier = earlier_mails(life.situation(), effect)
            noted.append((effect.kind.value, effect.recipient, subject(life.situation(), effect), len(earlier)))
        life.perform(effect)


def speak(life: Life) -> None:
    """Let the two say private things as soon as they can, and agree to everything."""
    relationship, by = life.relationship, by_mail(Role.MENTEE, life.now)
    if relationship.status.value == "requested":
        relationship.accept(by_mail(Role.MENTOR, life.now))
    if not relationship.running:
        if len(relationship.mails) >= 3:
            for role in Role:
                relationship.approve_charter(role, by_mail(role, life.now))
        return
    relationship.add_agenda_items(1, AgendaItems(observed=words("My boss is stubborn")), by)
    if any(kind == "held_question" for kind, _, _ in relationship.mails):
        relationship.owe_action(Role.MENTOR, words("introduce Tilo")[0], date(2027, 2, 8), 1, by)
        relationship.record_learnings(1, Role.MENTEE, words("patience"), by)


def lived() -> list[tuple[str, str, str, int]]:
    """Return all mails of the first weeks of a pair: kind, reader, subject, mails before it."""
    life, noted = Life(requested()), list[tuple[str, str, str, int]]()
    for _ in range(60):
        perform_noting(life, noted)
        speak(life)
        if not life.plan().decisions and not life.plan().due(life.now):
            life.now = life.plan().next_review or life.now
    return noted


def subjects(reader: str, *kinds: str) -> list[str]:
    """Return the subjects of the mails of these kinds to one reader, in order."""
    return [line for kind, to, line, _ in lived() if to == reader and kind in kinds]


def test_every_kind_of_mail_that_takes_nothing_going_wrong_appears_in_such_a_life() -> None:
    unusual = {"notice", "echo", "offer", "invitation", "brief", "reference", "references"}
    assert {kind for kind, *_ in lived()} == {kind.value for kind in MailKind} - unusual


def test_no_subject_holds_private_words_full_names_or_addresses() -> None:
    for _, _, line, _ in lived():
        assert not any(word.lower() in line.lower() for word in PRIVATE), line
        assert "\n" not in line


def test_the_first_mail_of_a_conversation_has_no_re_and_all_later_ones_have_exactly_one() -> None:
    for _, _, line, earlier in lived():
        assert line.count("Re: ") == (1 if earlier else 0)
        assert line.startswith("Re: ") is bool(earlier)


def test_the_way_from_the_request_to_the_charter_is_one_conversation() -> None:
    assert subjects("mentor", "request", "charter") == [
        "Request: Marta / Tilo, mentoring",
        "Re: Request: Marta / Tilo, mentoring",
    ]
    assert subjects("mentee", "charter") == ["Charter: Marta / Tilo, mentoring"]


def test_everything_about_one_meeting_is_one_conversation_and_the_next_meeting_another() -> None:
    meeting = ("preparation", "agenda", "held_question", "follow_up")
    first = "Preparation: Marta / Tilo, Wed 3 Feb"
    mentee = subjects("mentee", *meeting)
    assert mentee[:4] == [first, f"Re: {first}", f"Re: {first}", "Preparation: Marta / Tilo, Wed 17 Feb"]
    mentor = subjects("mentor", *meeting)
    agenda = "Agenda: Marta / Tilo, Wed 3 Feb"
    assert mentor[:3] == [agenda, f"Re: {agenda}", "Agenda: Marta / Tilo, Wed 17 Feb"]


def test_the_reminders_of_one_action_are_one_conversation() -> None:
    line = "Action 1: Marta / Tilo"
    assert subjects("mentor", "chase") == [line, f"Re: {line}"]


def agendas_to_come(life: Life) -> list[str]:
    """Return the subjects of the agendas that are still to leave."""
    life.decide()
    return [subject(life.situation(), effect) for effect in life.plan().effects if effect.kind == "agenda"]


def after_the_agenda(life: Life) -> Life:
    life.settle()
    life.live_until(life.meeting.time.start - 12 * HOUR)
    return life


def test_after_a_move_to_another_day_the_mails_about_the_meeting_begin_a_conversation_that_names_the_new_day() -> None:
    life = after_the_agenda(Life())
    life.move(2 * DAY)
    assert agendas_to_come(life) == ["Agenda: Marta / Tilo, Fri 5 Feb"]
    life.settle()
    life.live_until(life.meeting.time.end + 3 * HOUR)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    follow_up = next(e for e in life.plan().effects if (e.kind, e.recipient) == ("follow_up", Role.MENTOR))
    assert subject(life.situation(), follow_up) == "Re: Agenda: Marta / Tilo, Fri 5 Feb"


def test_a_move_inside_the_day_stays_in_the_conversation() -> None:
    life = after_the_agenda(Life())
    life.move(HOUR)
    life.now = life.meeting.time.end + 3 * HOUR
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    life.decide()
    follow_up = next(e for e in life.plan().effects if (e.kind, e.recipient) == ("follow_up", Role.MENTOR))
    assert subject(life.situation(), follow_up) == "Re: Agenda: Marta / Tilo, Wed 3 Feb"


def test_the_day_is_that_of_the_reader_where_the_two_have_different_ones() -> None:
    life = Life(mentor=mentor("Australia/Sydney"), mentee=mentee("America/Chicago"))
    life.settle()
    life.live_until(life.meeting.time.start - 2 * HOUR)
    noted = {mail.recipient: mail for mail in life.relationship.mails.values() if mail.occasion.startswith("1.1@")}
    days = {}
    for reader, mail in noted.items():
        effect = Effect(EffectKind(mail.kind), mail.occasion, Role(reader), "1.1", life.now, life.now + DAY, None)
        days[reader] = subject(life.situation(), effect)[-len("Wed 3 Feb") :]
    local = {
        role.value: life.meeting.time.start.astimezone(ZoneInfo(life.situation().person(role).zone)) for role in Role
    }
    assert local["mentor"].date() != local["mentee"].date()
    assert days == {role: f"{at:%a} {at.day} {at:%b}" for role, at in local.items()}


def moved_notice(life: Life, by: timedelta, role: Role) -> str:
    """Return the subject of the mail that says of the newest meeting that the charter moved it."""
    old = life.meeting.time
    life.move(by)
    occasion = at_time(replace(life.meeting, time=old), old, "moved")
    notice = Effect(EffectKind.NOTICE, occasion, role, "moved", life.now, life.now + DAY, None)
    return subject(life.situation(), notice)


def test_the_mail_that_says_that_a_meeting_was_moved_names_the_new_day_on_the_clock_of_its_reader() -> None:
    life = Life(mentor=mentor("Australia/Sydney"), mentee=mentee("America/Chicago"))
    life.settle()
    start = life.meeting.time.start + DAY
    lines = [moved_notice(life, DAY, Role.MENTOR)]
    day = start.astimezone(ZoneInfo("Australia/Sydney"))
    assert day.date() != start.date()
    assert lines == [f"Meeting: Marta / Tilo, {day:%a} {day.day} {day:%b}"]


def test_a_mail_about_a_wish_for_another_day_stays_in_the_conversation_of_the_day_that_stands() -> None:
    life = after_the_agenda(Life())
    life.wish(Role.MENTOR, DAY)
    for occasion in (at_time(life.meeting, life.meeting.proposals[-1].time, topic) for topic in ("", "wish_question")):
        notice = Effect(EffectKind.NOTICE, occasion, Role.MENTOR, "proposal", life.now, life.now + DAY, None)
        assert subject(life.situation(), notice) == "Re: Agenda: Marta / Tilo, Wed 3 Feb"


def test_a_meeting_that_is_booked_anew_on_the_same_day_goes_on_in_the_conversation_of_its_cycle() -> None:
    life = Life()
    life.settle()
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    question = next(e for e in _later(life) if e.kind == "held_question")
    assert life.meeting.ref == "1.2"
    assert subject(life.situation(), question) == "Re: Preparation: Marta / Tilo, Wed 3 Feb"


def _later(life: Life) -> tuple[Effect, ...]:
    life.now = life.meeting.time.end
    life.decide()
    return life.plan().effects


def test_earlier_mails_are_those_to_the_same_reader_oldest_first() -> None:
    life = Life()
    life.settle()
    life.live_until(life.meeting.time.end + 3 * HOUR)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTOR, life.now))
    due = {effect.recipient: effect for effect in life.plan().due(life.now)}
    before = {reader: earlier_mails(life.situation(), effect) for reader, effect in due.items()}
    assert [mail.kind for mail in before["mentee"]] == ["preparation", "held_question"]
    assert [mail.kind for mail in before["mentor"]] == ["agenda"]
    times = [mail.at for mail in before["mentee"]]
    assert times == sorted(times)


def answered(*deeds: Deed, kind: str = "agenda") -> tuple[Life, Effect]:
    """Return a pair before its first meeting whose mentor has answered a mail about it, and our answer to hers."""
    life = Life()
    life.settle()
    life.live_until(life.meeting.time.start - 12 * HOUR)
    heard = Heard("m", Role.MENTOR, kind, life.sent("agenda")[0], life.now, deeds)
    life.relationship.hear_mail(heard, by_mail(Role.MENTOR, life.now))
    return life, Effect(EffectKind.ECHO, "m", Role.MENTOR, "m", life.now, life.now + DAY, None)


def test_the_answer_to_a_mail_goes_on_in_the_conversation_in_which_that_was_written() -> None:
    life, echo = answered(Deed(DeedKind.KEPT, "1.1"))
    assert subject(life.situation(), echo) == "Re: Agenda: Marta / Tilo, Wed 3 Feb"
    life.perform(echo)
    life.live_until(life.meeting.time.end + 3 * HOUR)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    follow_up = next(e for e in life.plan().effects if (e.kind, e.recipient) == ("follow_up", Role.MENTOR))
    assert [mail.kind for mail in earlier_mails(life.situation(), follow_up)] == ["agenda", "echo"]


@pytest.mark.parametrize(("deeds", "kind"), [((Deed(DeedKind.NOTED),), "agenda"), ((), "brief")])
def test_the_answer_to_private_notes_is_a_conversation_of_its_own(deeds: tuple[Deed, ...], kind: str) -> None:
    life, echo = answered(*deeds, kind=kind)
    assert subject(life.situation(), echo) == "Your mail: Marta / Tilo, mentoring"


def test_an_answer_that_rode_on_another_mail_is_in_no_conversation_of_its_own() -> None:
    life, echo = answered(Deed(DeedKind.KEPT, "1.1"))
    by = by_mail(Role.MENTOR, life.now)
    life.relationship.mail_left("chase", "1.1", "mentor", Sent("<chase@x.example>"), by, ("m",))
    agenda = replace(echo, kind=EffectKind.AGENDA, occasion=f"{life.sent('agenda')[0]}~changed.1", about="1.1")
    assert [mail.kind for mail in earlier_mails(life.situation(), agenda)] == ["agenda"]
