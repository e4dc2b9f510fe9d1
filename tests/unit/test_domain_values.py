"""The small values: words that mask themselves, stretches of time, charters, keys and read models."""

import traceback
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.by import by_policy
from domain.calendar import Shows
from domain.charter import Charter, Rhythm, Role, Venue
from domain.conversation import AgendaItems
from domain.effects import EffectKind
from domain.errors import BadInput
from domain.interval import Interval, merged
from domain.mail import MailKind
from domain.personal import ERASED, Personal
from domain.programme import Programme
from domain.summary import members, summarise
from tests.unit.domain_cast import BEGINNING, CHARTER, IDS, PAIR_ID, booked, by_cli, charter, mentor, words
from tests.unit.domain_profile import tried

MINUTE = timedelta(minutes=1)


def stretch(low: int, high: int) -> Interval:
    """Return a stretch given in minutes."""
    return Interval(BEGINNING + low * MINUTE, BEGINNING + high * MINUTE)


def test_personal_words_mask_themselves_wherever_they_are_printed() -> None:
    secret = Personal("p-1", "I want to leave")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r:>40}", f"{secret:>9}", "%s" % secret]  # noqa: UP031
    shown += ["{}".format(secret), repr((secret,)), repr(AgendaItems(done=(secret,))), str([secret])]  # noqa: UP032
    assert all("leave" not in text and "***" in text and "p-1" in text for text in shown)
    assert secret.reveal() == "I want to leave"


def test_a_traceback_does_not_betray_personal_words() -> None:
    with pytest.raises(LookupError) as caught:
        raise LookupError(Personal("p-1", "I want to leave"))
    assert "leave" not in "".join(traceback.format_exception_only(caught.value))


def test_forgotten_words_say_so_and_an_empty_text_is_not_forgotten() -> None:
    assert Personal("p-1", None).reveal() == ERASED
    assert Personal("p-1", "").reveal() == ""


def test_equal_words_of_two_owners_are_not_the_same() -> None:
    assert Personal("p-1", "a") == Personal("p-1", "a")
    assert Personal("p-1", "a") != Personal("p-2", "a")


def test_an_interval_is_aware_and_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="aware"):
        Interval(datetime(2027, 1, 1), datetime(2027, 1, 2, tzinfo=UTC))  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        Interval(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 2))  # noqa: DTZ001
    with pytest.raises(ValueError, match="before it starts"):
        stretch(1, 0)
    assert stretch(1, 1).start == stretch(1, 1).end


@pytest.mark.parametrize(
    ("other", "overlaps", "contains"),
    [
        ((0, 10), False, False),
        ((10, 20), True, True),
        ((12, 15), True, True),
        ((5, 11), True, False),
        ((19, 30), True, False),
        ((20, 30), False, False),
        ((5, 30), True, False),
    ],
)
def test_an_interval_is_half_open(other: tuple[int, int], overlaps: bool, contains: bool) -> None:
    one, two = stretch(10, 20), stretch(*other)
    assert one.overlaps(two) is two.overlaps(one) is overlaps
    assert one.contains(two) is contains


def test_widening_adds_on_both_sides() -> None:
    assert stretch(10, 20).widened(5 * MINUTE) == stretch(5, 25)


def test_touching_stretches_join_and_order_does_not_matter() -> None:
    assert merged([stretch(20, 30), stretch(0, 10), stretch(10, 12), stretch(22, 25)]) == [
        stretch(0, 12),
        stretch(20, 30),
    ]
    assert merged([]) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12))
@tried(80)
def test_merging_keeps_every_minute_and_leaves_gaps_between(drawn: list[tuple[int, int]]) -> None:
    out = merged(stretch(low, low + length) for low, length in drawn)
    covered = {minute for low, length in drawn for minute in range(low, low + length)}
    minutes = [m for item in out for m in range((item.start - BEGINNING) // MINUTE, (item.end - BEGINNING) // MINUTE)]
    assert minutes == sorted(covered)
    assert all(one.end < two.start for one, two in pairwise(out))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", 0),
        ("cadence_days", 0),
        ("cadence_days", 367),
        ("minutes", 4),
        ("minutes", 481),
        ("notice_hours", -1),
        ("notice_hours", 721),
        ("agenda_lead_hours", 0),
        ("agenda_lead_hours", 337),
        ("reply_promise_days", 0),
        ("reply_promise_days", 61),
        ("shortest_minutes", -1),
        ("buffer_minutes", 121),
        ("slack_days", -1),
        ("stretch_minutes", 241),
    ],
)
def test_a_charter_outside_its_limits_is_refused_by_the_name_of_the_term(name: str, value: int) -> None:
    with pytest.raises(BadInput, match=name.replace("_", " ")):
        charter(**{name: value}).checked()


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"shortest_minutes": 46}, "more than a meeting's"),
        ({"venue": Venue.IN_PERSON}, "needs a place"),
        ({"venue": Venue.ONLINE, "place": Personal("p-1", "Room 4")}, "no other meeting has one"),
        ({"rhythm": Rhythm.MONTHLY_DATE}, "every 28 days"),
        ({"slack_days": 8}, "half its cadence"),
    ],
)
def test_a_charter_whose_terms_contradict_each_other_is_refused(terms: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        charter(**terms).checked()


def test_a_charter_of_terms_that_fit_is_taken_as_it_is() -> None:
    terms = charter(
        shortest_minutes=45,
        venue=Venue.IN_PERSON,
        place=Personal("p-1", "Room 4"),
        rhythm=Rhythm.MONTHLY_DATE,
        cadence_days=90,
        slack_days=45,
    )
    assert terms.checked() is terms
    assert (terms.months, terms.slack, terms.shortest) == (3, timedelta(days=45), terms.length)


@pytest.mark.parametrize("name", ["mentor_hours", "mentee_hours", "mentor_preferred", "mentee_preferred"])
def test_a_charter_with_hours_that_do_not_parse_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="not understood"):
        charter(**{name: "whenever"}).checked()


def test_a_charter_says_its_terms_as_lengths_of_time_and_cites_its_clauses() -> None:
    terms: Charter = charter(version=3)
    assert (terms.length, terms.cadence) == (45 * MINUTE, timedelta(days=14))
    assert (terms.notice, terms.agenda_lead) == (timedelta(hours=24), timedelta(hours=24))
    assert terms.clause("agenda-lead") == "v3/agenda-lead"
    assert terms.hours_of(Role.MENTOR) == CHARTER.mentor_hours
    assert terms.hours_of(Role.MENTEE) == CHARTER.mentee_hours


def test_each_role_has_the_other() -> None:
    assert (Role.MENTOR.other, Role.MENTEE.other) == (Role.MENTEE, Role.MENTOR)


def test_only_free_and_working_elsewhere_do_not_block() -> None:
    assert {shows for shows in Shows if not shows.blocks} == {Shows.FREE, Shows.WORKING_ELSEWHERE}


def test_every_kind_of_mail_is_a_kind_of_effect_and_the_rest_writes_to_calendars() -> None:
    assert {kind.value for kind in EffectKind if kind.is_mail} == {kind.value for kind in MailKind}
    writes = {EffectKind.BOOK, EffectKind.MOVE, EffectKind.CANCEL, EffectKind.BLANK}
    assert {kind for kind in EffectKind if not kind.is_mail} == writes


def test_what_policy_does_is_done_by_the_service_on_a_clause() -> None:
    by = by_policy("v1/agenda-lead", BEGINNING)
    assert (by.actor, by.channel, by.clause, by.at) == ("mentorsync", "policy", "v1/agenda-lead", BEGINNING)


def test_agenda_items_join_without_repeating_and_know_when_they_are_empty() -> None:
    one, two = AgendaItems(done=words("a", "b")), AgendaItems(done=words("b", "c"), samples=words("d"))
    assert one.joined(two) == AgendaItems(done=words("a", "b", "c"), samples=words("d"))
    assert AgendaItems().empty
    assert not two.empty


def test_an_error_is_two_sentences() -> None:
    assert str(BadInput("It is wrong.", "Write it anew.")) == "It is wrong. Write it anew."


def test_the_read_model_of_a_relationship_counts_and_names_no_words() -> None:
    relationship = booked()
    summary = summarise(relationship)
    assert (summary.kind, summary.id) == ("relationship", str(PAIR_ID))
    assert summary.facts == {
        "mentor_id": IDS[Role.MENTOR],
        "mentee_id": IDS[Role.MENTEE],
        "status": "agreed",
        "next_meeting": "2027-02-10T15:00:00+00:00",
        "next_state": "booked",
        "meetings_held": 0,
        "open_actions": 0,
        "held_mails": 0,
        "given_up": 0,
        "resting_since": None,
    }
    assert members(relationship) == (IDS[Role.MENTOR], IDS[Role.MENTEE])


def test_the_read_model_of_a_person_keeps_words_sealed_and_belongs_to_nobody_else() -> None:
    person = mentor()
    summary = summarise(person)
    assert isinstance(summary.facts["name"], Personal)
    assert isinstance(summary.facts["address"], Personal)
    assert members(person) == ()
    programme = Programme.found(PAIR_ID, "Example Mentoring", by_cli())
    assert summarise(programme).facts == {"name": "Example Mentoring", "live": False}
