"""What is taken out of a log's values: every mail address in every spelling, and none of our own names."""

from datetime import UTC, datetime, timedelta
from time import process_time
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli.scrubbing import scrubbed
from domain.charter import Organiser
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState
from domain.occasions import at_time, of_health
from domain.rules_legs import uid_of
from domain.rules_talks import occasion_of

ATEXT = st.text(
    st.characters(categories=("L", "N", "M"), include_characters="!#$%&'*+-/=?^_`{|}~."), min_size=3, max_size=12
)
"""What a local part may be made of without quotes (RFC 5322, 3.2.3; RFC 6531, 3.3 for what is not ASCII)."""
LABEL = st.text(st.characters(categories=("Ll", "Lo")), min_size=3, max_size=8)
HOSTS = st.one_of(
    st.lists(LABEL, min_size=2, max_size=3).map(".".join),
    st.sampled_from(
        ["example.org", "xn--mller-kva.example", "[192.0.2.17]", "[IPv6:2001:db8::17]", "mail.123.example"]
    ),
)
QUOTED = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters='"\\'), min_size=3, max_size=12).map(
    lambda text: f'"{text} x"'
)
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def meeting_at(cycle: int, generation: int, start: datetime, zone: str) -> Meeting:
    time = Interval(start, start + timedelta(hours=1))
    return Meeting(cycle, generation, time, start, zone, Organiser.MENTOR, MeetingState.PLANNED, start)


UUID = st.uuids().map(str)
MEETINGS = st.builds(
    lambda cycle, generation, minutes, zone: meeting_at(cycle, generation, EPOCH + timedelta(minutes=minutes), zone),
    st.integers(1, 400),
    st.integers(1, 40),
    st.integers(0, 8_000_000),
    st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"]),
)
TOPICS = st.sampled_from(["", "off", "question", "two_meetings", "zone_rules_changed"])
OCCASIONS = st.one_of(
    st.builds(lambda meeting, topic: at_time(meeting, meeting.time, topic), MEETINGS, TOPICS),
    MEETINGS.map(occasion_of),
    st.builds(of_health, st.sampled_from(["quiet_note", "openly"]), st.sampled_from(["3", "2027-03-01"])),
)
OURS = st.one_of(
    OCCASIONS,
    st.builds(uid_of, UUID, MEETINGS),
    st.builds(lambda subject, occasion: f"{subject}/agenda/{occasion}/mentor", UUID, OCCASIONS),
)
SPELLINGS = {
    "plain": "{local}@{host}",
    "ends a sentence": "sent to {local}@{host}.",
    "in brackets": "(see {local}@{host})",
    "in quotes": "'{local}@{host}'",
    "mailto": "mailto:{local}@{host}?subject=x",
    "in JSON": '{{"to": "{local}@{host}", "n": 3}}',
    "with its name": "to Zoe Quillfeather <{local}@{host}>",
    "with its name in quotes": 'to "Quillfeather, Zoe" <{local}@{host}>',
    "two": "{local}@{host},x@{host}",
    "with blanks": "{local} @ {host}",
    "with a remark": "{local}(at work)@{host}",
    "wide sign": "{local}\uff20{host}",
    "HTML": "{local}&#64;{host} {local}&#x40;{host} {local}&commat;{host}",
    "JSON's escape": "{local}\\u0040{host}",
}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("for ann@example.org.", "for [address]"),
        ("Bearer abc.def", "[token]"),
        ("x eyJhbGciOiJSUzI1NiJ9.e30.sig y", "x [token] y"),
        ({"ann@example.org": ["bo@example.org", 3]}, {"[address]": ["[address]", 3]}),
        (("due", None, True), ["due", None, True]),
        ("graph.example.org could not be reached.", "graph.example.org could not be reached."),
    ],
)
def test_addresses_and_tokens_are_taken_out_of_values(value: object, shown: object) -> None:
    assert scrubbed(value) == shown


@settings(max_examples=60)
@given(
    local=ATEXT.filter(lambda text: not text.isdigit()),
    host=HOSTS,
    spelling=st.sampled_from(sorted(SPELLINGS)),
    ours=OURS,
)
@example(local="1.1", host="2027-02-24.example", spelling="plain", ours="1.1@2027-02-24")
@example(local="ann.1.1", host="[192.0.2.17]", spelling="plain", ours="1.1@2027-02-24")
@example(local="a%40b=40c", host="example.org", spelling="in JSON", ours="1.1@2027-02-24")
def test_no_spelling_of_an_address_survives_beside_our_own_name(
    local: str, host: str, spelling: str, ours: str
) -> None:
    shown = scrubbed(f"{ours} {SPELLINGS[spelling].format(local=local, host=host)} {ours}")
    said = shown.replace(ours, "")
    assert "[address]" in said
    for word in (local, host, "Quillfeather", "Zoe"):
        assert word not in said.replace("[address]", ""), shown


@given(local=ATEXT, host=HOSTS, times=st.integers(1, 3))
def test_an_address_in_a_url_is_taken_out_however_often_it_is_encoded(local: str, host: str, times: int) -> None:
    address = f"{local}@{host}"
    for _ in range(times):
        address = quote(address, safe="")
    for url in (f"https://graph.example/v1.0/users/{address}/events", f"https://graph.example/?to={address}&top=3"):
        shown = scrubbed(f"GET {url} failed")
        assert address not in shown
        assert quote(local, safe="") not in shown
        assert (shown[:4], shown[-7:]) == ("GET ", " failed")


@given(local=QUOTED, host=HOSTS)
def test_an_address_with_a_quoted_local_part_is_taken_out_whole(local: str, host: str) -> None:
    assert scrubbed(f"to {local}@{host} now") == "to [address] now"


@given(OURS)
def test_our_own_names_stay_as_they_are(ours: str) -> None:
    assert scrubbed(ours) == ours
    assert scrubbed(f"not wanted: {ours}, {ours}; see '{ours}' ({ours})") == (
        f"not wanted: {ours}, {ours}; see '{ours}' ({ours})"
    )


@pytest.mark.parametrize(
    "value",
    [
        "1.1@2027-02-24.example",
        "1.1@2027-02-24T09.example.org",
        "a1.1@2027-02-24",
        "1.1@10.0.0.1",
        "1.1@2027",
        "x-1.1@mentorsync",
    ],
)
def test_what_only_resembles_our_own_names_is_taken_out(value: str) -> None:
    assert scrubbed(value) == "[address]"


@pytest.mark.parametrize("piece", ["a", '"', "<", "@", "(", "\\", '\\"', '"a" ', "a.", "=40", "%25", "a@", ",a", " <a"])
def test_time_grows_with_length_alone(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    started = process_time()
    scrubbed(text)
    assert process_time() - started < 2
