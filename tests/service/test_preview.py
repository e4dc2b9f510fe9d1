"""A preview is the very mail that would leave, without the words that are for the two alone, and it does nothing."""

from dataclasses import replace
from email import message_from_bytes, policy
from itertools import product
from pathlib import Path

import pytest

from domain.charter import Role
from domain.errors import BadInput, NotFound
from domain.mail import MailKind
from service.preview import KINDS, WITHHELD, Preview, Wanted, preview, write_preview
from tests.service.theatre import HOUR, MENTEE, MENTOR, Theatre, theatre


def shown(stage: Theatre, kind: str, to: Role | None = None, language: str | None = None) -> Preview:
    return preview(stage.house, Wanted(kind, stage.id[:8], to, language))


def text_of(found: Preview) -> str:
    body = message_from_bytes(found.raw, policy=policy.default).get_body(("plain",))
    return "" if body is None else str(body.get_content())


def without_frame(text: str) -> list[str]:
    """Return the lines of a mail but its reference, which each mail has anew."""
    return [line for line in text.splitlines() if "ref\u00a0" not in line]


def test_the_mail_that_leaves_is_the_one_that_was_shown(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        del stage.habits["preparation"]
        stage.live_to_booking()
        announced = shown(stage, "agenda")
        assert not announced.invented
        stage.live_to("agenda")
        stage.live_until(stage.world.now + HOUR)
        (sent,) = stage.inbox(MENTOR, "agenda")
        left = message_from_bytes(sent.raw, policy=policy.default)
        body = left.get_body(("plain",))
        assert body is not None
        assert without_frame(str(body.get_content())) == without_frame(text_of(announced))
        assert str(left["Subject"]) == announced.subject


def test_nothing_is_recorded_and_nothing_leaves(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to_booking()
        before = (stage.relationship.version, stage.house.ledger.rows(), stage.inbox(MENTOR), stage.inbox(MENTEE))
        for kind in KINDS:
            shown(stage, kind)
        after = (stage.relationship.version, stage.house.ledger.rows(), stage.inbox(MENTOR), stage.inbox(MENTEE))
        assert after == before


def test_what_the_two_wrote_for_each_other_is_counted_and_not_shown(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("preparation")
        stage.live_until(stage.world.now + HOUR)
        agenda = shown(stage, "agenda")
        assert not agenda.invented
        assert "stop doing" not in agenda.raw.decode()
        assert text_of(agenda).count(WITHHELD) == 1


def test_an_agenda_to_which_nothing_was_sent_is_shown_as_it_is(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        del stage.habits["preparation"]
        stage.live_to_booking()
        assert not shown(stage, "no-agenda").invented
        assert "has sent nothing" in text_of(shown(stage, "agenda"))


def test_where_an_agenda_was_sent_the_mail_without_one_is_invented(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("preparation")
        stage.live_until(stage.world.now + HOUR)
        silent = shown(stage, "no-agenda")
        assert silent.invented
        assert "Jonas has sent nothing" in text_of(silent)


def test_every_kind_can_be_shown_in_every_language_before_anything_happened(tmp_path: Path) -> None:
    greetings = {"en": "Hello", "de-CH": "Guten Tag", "fr": "Bonjour", "es": "Hola,"}
    with theatre(tmp_path) as stage:
        for kind, language in product(KINDS, greetings):
            assert greetings[language] in text_of(shown(stage, kind, language=language))


def test_the_reader_and_the_language_can_be_chosen(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        to_mentee = shown(stage, "follow-up", Role.MENTEE, "de")
        assert to_mentee.to is Role.MENTEE
        assert to_mentee.subject.startswith("Ergebnisse: Mara / Jonas, ")
        assert "Guten Tag Jonas," in text_of(to_mentee)


def test_the_headers_are_those_of_its_kind_and_the_address_to_answer_at_is_nobodys(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        for kind, (effect, _) in KINDS.items():
            message = message_from_bytes(shown(stage, kind).raw, policy=policy.default)
            assert message["X-Mentorsync-Kind"] == MailKind(effect.value).value
            assert message["Reply-To"] == "mentoring+preview@example.org"


def test_three_files_are_written(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        found = replace(shown(stage, "held-question"), kind="held-question")
        mail, page, text = write_preview(found, tmp_path)
        assert mail.read_bytes() == found.raw
        assert page.read_text("utf-8").startswith("<!doctype html>")
        assert text.read_text("utf-8").splitlines() == text_of(found).splitlines()
        assert [path.name for path in (mail, page, text)] == [f"held-question.{end}" for end in ("eml", "html", "txt")]


def test_what_is_not_known_is_refused_in_words(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        with pytest.raises(BadInput, match="There is no mail called 'weather'"):
            shown(stage, "weather")
        with pytest.raises(NotFound):
            preview(stage.house, Wanted("agenda", "ffffffffffff"))
