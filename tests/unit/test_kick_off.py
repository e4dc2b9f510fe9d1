"""The first meeting comes within days of the charter, by a clause of its own, and its agenda breaks the ice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.mail.catalogue import catalogue
from adapters.mail.compose import MailComposer
from domain.charter import Role
from domain.decisions import PlanMeeting
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.interval import Interval
from domain.languages import LANGUAGES
from domain.letters import AgendaLetter
from domain.mail import MailKind
from domain.relationship import Relationship
from domain.turns import KICK_OFF
from domain.writing import write
from tests.unit.domain_cast import BEGINNING, DAY, agreed, booked, by_cli, charter, requested
from tests.unit.domain_life import Life
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import AGENDA, TERMS, envelope

MONTHLY = charter(cadence_days=28)


def planned(relationship: Relationship, *taken: Interval) -> PlanMeeting:
    """Return the first meeting that is planned for the two while the mentor is busy at these times."""
    life = Life(relationship, busy={Role.MENTOR: taken, Role.MENTEE: ()})
    (found,) = (decision for decision in life.plan().decisions if isinstance(decision, PlanMeeting))
    return found


def test_two_who_have_just_agreed_meet_as_soon_as_notice_and_agenda_allow_it() -> None:
    first = planned(agreed(MONTHLY))
    assert BEGINNING < first.time.start < BEGINNING + 4 * DAY
    assert first.clause == "v1/kick-off"


def test_all_times_that_are_looked_at_are_within_days_of_the_charter() -> None:
    starts = planned(agreed(MONTHLY)).starts
    assert max(starts) <= (BEGINNING + KICK_OFF).timestamp() / 60


def test_only_when_nothing_is_left_in_these_days_the_first_meeting_is_later() -> None:
    first = planned(agreed(MONTHLY), Interval(BEGINNING, BEGINNING + KICK_OFF + DAY))
    assert BEGINNING + KICK_OFF < first.time.start < BEGINNING + 28 * DAY
    assert first.clause == "v1/kick-off"


def test_a_late_look_does_not_move_the_days_but_still_finds_a_time() -> None:
    life = Life(agreed(MONTHLY), now=BEGINNING + KICK_OFF + DAY)
    (first,) = (decision for decision in life.plan().decisions if isinstance(decision, PlanMeeting))
    assert first.time.start > life.now


def taken_over() -> Relationship:
    """Return two who have met for long elsewhere."""
    relationship = requested(MONTHLY)
    relationship.take_over(BEGINNING.date() - timedelta(days=400), by_cli())
    return relationship


def test_two_who_have_met_for_long_do_not_begin() -> None:
    assert planned(taken_over()).clause == "v1/cadence"


def agenda_of(relationship: Relationship) -> AgendaLetter:
    """Return the agenda of meeting 1.1."""
    effect = Effect(EffectKind.AGENDA, "1.1@2027-02-10", Role.MENTOR, "1.1", BEGINNING, BEGINNING + DAY, None)
    letter = write(Desk(Life(relationship).situation(), effect, "Programme"))
    assert isinstance(letter, AgendaLetter)
    return letter


def test_only_the_first_agenda_of_two_who_did_not_know_each_other_has_the_terms() -> None:
    relationship = booked()
    assert agenda_of(relationship).terms is not None
    relationship.report_held("1.1", True, by_cli(BEGINNING + 20 * DAY))
    assert agenda_of(relationship).terms is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_agenda_says_who_each_is_what_is_wanted_and_how_they_work(language: str) -> None:
    letter = replace(AGENDA, first=True, terms=TERMS, language=language)
    words = catalogue(language)
    for text in parts_of(MailComposer().compose(envelope(MailKind.AGENDA), letter))[1:]:
        for key in ("who", "wanted", "work"):
            opening = words.words(f"agenda.ice_{key}").partition(":")[0].rstrip()
            assert text.count(opening) == 1
        assert str(TERMS.minutes) in text.partition(words.words("agenda.ice_work").partition(":")[0])[2][:200]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_later_agenda_says_nothing_of_it(language: str) -> None:
    text = parts_of(MailComposer().compose(envelope(MailKind.AGENDA), replace(AGENDA, language=language)))[1]
    assert catalogue(language).words("agenda.ice").upper() not in text
