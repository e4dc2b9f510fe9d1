"""Files for an agenda: how many, how large, from which mails, and how long their bytes are needed."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answering import Answer, answer
from domain.attaching import Brought, bring, left_out
from domain.by import By
from domain.charter import Role
from domain.edits import PAUSE, SETTLING
from domain.effects import EffectKind
from domain.facts import FactKind
from domain.mail import AttachedFile, MailKind
from domain.personal import Personal
from domain.reply import Command, Reply, SaidNote
from domain.samples import (
    MOST,
    MOST_BYTES,
    BroughtSample,
    Sample,
    Unfit,
    brought_for,
    is_prepared,
    needed,
    sift,
    waiting_for,
)
from tests.unit.domain_cast import BEGINNING, HOUR, by_cli, by_mail, replayed
from tests.unit.domain_life import Life

PDF = "application/pdf"
NAMES = {Role.MENTOR: "Mara", Role.MENTEE: "Jonas"}
NOTHING = Reply()
ONE, TWO = AttachedFile("one.pdf", PDF, 3, b"one"), AttachedFile("two.pdf", PDF, 3, b"two")


def asked() -> Life:
    """A pair whose mentee has been asked what to talk about."""
    life = Life()
    life.settle()
    life.live_until(life.meeting.time.start - 2 * life.relationship.charter.agenda_lead)
    assert life.sent("preparation")
    life.now += HOUR
    return life


def write(
    life: Life, *files: AttachedFile, reply: Reply = NOTHING, mail: str = "m1", **place: object
) -> tuple[Brought, tuple[str, ...]]:
    """Answer the preparation mail with files; return what was brought, and the reasons that its writer is told."""
    by = by_mail(Role.MENTEE, life.now)
    given = Answer(Role.MENTEE, NAMES, MailKind.PREPARATION, life.sent("preparation")[0], reply, by, mail=mail)
    given = replace(given, **place)  # type: ignore[arg-type]
    brought = bring(life.relationship, given, files)
    answer(life.relationship, replace(given, samples=brought.samples))
    return brought, tuple(deed.ref for deed in left_out(life.relationship, given, brought))


def names(life: Life) -> list[str]:
    return [one.sample.name.reveal() for one in waiting_for(life.relationship, life.meeting.cycle)]


def a_sample(size: int) -> BroughtSample:
    sample = Sample("m.1", Personal("p", "x.pdf"), PDF, size, Personal("p", "d"))
    return BroughtSample(sample, 1, "m", BEGINNING)


FILES = st.builds(
    AttachedFile,
    st.text(max_size=9),
    st.sampled_from([PDF, PDF, "image/png", ""]),
    st.integers(0, 2 * MOST_BYTES) | st.integers(0, MOST_BYTES // 2),
)


@given(st.lists(FILES, max_size=9), st.lists(st.integers(0, MOST_BYTES // 3), max_size=MOST))
def test_whatever_comes_an_agenda_never_takes_too_much_and_each_file_is_taken_or_named(
    files: list[AttachedFile], before: list[int]
) -> None:
    sifted = sift(files, map(a_sample, before))
    assert len(before) + len(sifted.fit) <= MOST
    assert sum(before) + sum(file.size for file in sifted.fit) <= MOST_BYTES
    assert all(file.kind for file in sifted.fit)
    assert sorted(file.name for file in files) == sorted([*(f.name for f in sifted.fit), *(n for n, _ in sifted.unfit)])


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (AttachedFile("x.exe", "", 1), Unfit.KIND),
        (AttachedFile("x.exe", "", MOST_BYTES + 1), Unfit.KIND),
        (AttachedFile("x.pdf", PDF, MOST_BYTES + 1), Unfit.SIZE),
        (AttachedFile("x.pdf", PDF, MOST_BYTES), None),
    ],
)
def test_the_reason_is_the_one_that_its_writer_can_do_something_about(file: AttachedFile, why: Unfit | None) -> None:
    assert [reason for _, reason in sift([file], []).unfit] == ([] if why is None else [why])


def test_files_that_are_too_large_together_are_taken_as_far_as_there_is_room() -> None:
    half = AttachedFile("half.pdf", PDF, MOST_BYTES // 2 + 1)
    small = AttachedFile("small.pdf", PDF, 1)
    sifted = sift([half, replace(half, name="other.pdf"), small], [])
    assert (sifted.fit, sifted.unfit) == ((half, small), (("other.pdf", Unfit.SIZE),))
    assert sift([half], [a_sample(MOST_BYTES // 2)]).unfit == (("half.pdf", Unfit.SIZE),)


def test_a_file_is_recorded_by_name_and_digest_and_survives_being_told_again() -> None:
    life = asked()
    write(life, ONE)
    (brought,) = brought_for(life.relationship, 1)
    digest = hashlib.sha256(b"one").hexdigest()
    assert (brought.sample.ref, brought.sample.digest.reveal(), brought.sample.size) == ("m1.1", digest, 3)
    assert replayed(life.relationship).samples == life.relationship.samples


def test_the_same_file_again_is_one_file_and_nothing_to_complain_of() -> None:
    life = asked()
    write(life, ONE, replace(ONE, name="copy.pdf"))
    assert write(life, ONE, mail="m2")[1] == ()
    assert names(life) == ["one.pdf"]


def test_files_that_wait_leave_with_the_agenda_and_with_no_other_one() -> None:
    life = asked()
    write(life, ONE, TWO)
    life.live_until(life.meeting.time.start)
    agendas = [effect for _, effect in life.done if effect.kind is EffectKind.AGENDA]
    assert [effect.samples for effect in agendas] == [("m1.1", "m1.2")]
    assert (names(life), len(brought_for(life.relationship, 1))) == ([], 2)


def test_a_file_after_the_agenda_brings_it_once_more_with_that_file_alone() -> None:
    life = asked()
    write(life, ONE)
    life.live_until(life.meeting.time.start - life.relationship.charter.agenda_lead + 2 * PAUSE)
    write(life, TWO, mail="m2")
    due = life.now + SETTLING
    life.live_until(life.meeting.time.start)
    agendas = [(at, effect.samples) for at, effect in life.done if effect.kind is EffectKind.AGENDA]
    assert agendas[1:] == [(due, ("m2.1",))]


def test_whoever_brought_only_a_file_has_prepared_the_meeting() -> None:
    life = asked()
    assert not is_prepared(life.relationship, 1)
    write(life, ONE)
    assert is_prepared(life.relationship, 1)
    life.live_until(life.meeting.time.end + 72 * HOUR)
    assert [fact for fact in life.relationship.facts if fact.kind is FactKind.NO_AGENDA] == []


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"reply": Reply(notes=(SaidNote("she is shy", None),))}, "note"),
        ({"reply": Reply(private=True)}, "note"),
        ({"reply": Reply(command=Command.SKIP)}, "place"),
        ({"role": Role.MENTOR}, "place"),
        ({"kind": MailKind.FOLLOW_UP}, "place"),
        ({"kind": MailKind.REQUEST}, "place"),
    ],
)
def test_a_file_of_any_other_mail_or_beside_a_note_goes_nowhere(place: dict[str, object], why: str) -> None:
    life = asked()
    brought, told = write(life, ONE, **place)  # type: ignore[arg-type]
    assert (brought.samples, told, life.relationship.samples) == ((), (why,), ())


def test_a_file_that_comes_too_late_for_any_agenda_is_said_to_go_nowhere() -> None:
    life = asked()
    life.live_until(life.meeting.time.start - SETTLING)
    assert write(life, ONE)[1] == ("place",)


def test_a_file_for_two_who_have_ended_goes_nowhere() -> None:
    life = asked()
    life.relationship.end("closed", by_cli(life.now))
    assert write(life, ONE)[1] == ("place",)


def test_bytes_are_needed_until_the_meeting_is_over() -> None:
    life = asked()
    write(life, ONE)
    end = life.meeting.time.end
    assert needed(life.relationship, end - timedelta(seconds=1)) == {"m1.1"}
    assert needed(life.relationship, end) == frozenset()


def test_bytes_for_a_cycle_that_is_left_out_are_let_go_in_time() -> None:
    life = asked()
    write(life, ONE)
    write(life, reply=Reply(command=Command.SKIP), mail="m2")
    end = life.relationship.meetings.of_cycle(1)[-1].time.end
    life.decide()
    review = life.plan().next_review
    assert (needed(life.relationship, end), review is not None and review <= end) == (frozenset(), True)


def test_bytes_for_a_meeting_that_is_given_up_are_needed_for_the_one_booked_anew() -> None:
    life = asked()
    write(life, ONE)
    life.relationship.cancel_meeting(life.meeting.ref, "the mentor asked for another time", by_cli(life.now))
    assert needed(life.relationship, life.meeting.time.end + HOUR) == {"m1.1"}
    life.live_until(life.relationship.meetings.of_cycle(1)[-1].time.start + 2 * HOUR)
    agendas = [effect.samples for _, effect in life.done if effect.kind is EffectKind.AGENDA]
    assert ([refs for refs in agendas if refs], needed(life.relationship, life.now)) == ([("m1.1",)], frozenset())


def test_bytes_are_not_needed_by_two_who_have_ended() -> None:
    life = asked()
    write(life, ONE)
    life.relationship.end("closed", By("x", "cli", None, life.now))
    assert needed(life.relationship, life.now) == frozenset()
