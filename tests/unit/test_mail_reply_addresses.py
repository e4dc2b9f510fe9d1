"""An address at which a mail of ours is answered leads to that mail, for its reader, until its last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.mail.reply_addresses import PlainAddresses, PlusAddresses
from domain.mail import AddressProof

SERVICE, READER = "Mentoring@Example.org", "mara@example.org"
KEY = "5f0c/agenda/3.1@2027-03-09/mentor"
LAST = date(2027, 3, 9)
ADDRESSES = PlusAddresses(SERVICE, b"k" * 32)
MADE = ADDRESSES.address(KEY, READER, LAST)


def proof(address: str, key: str = KEY, reader: str = READER, today: date = LAST) -> AddressProof:
    return ADDRESSES.proof([SERVICE, address], key, ["other@example.org", reader], today)


def test_the_address_is_one_of_the_services_mailbox_and_fits_into_a_mail() -> None:
    local, _, domain = MADE.partition("@")
    assert (local.startswith("mentoring+"), domain, MADE.lower() == MADE) == (True, "example.org", True)
    assert len(local) <= 64


def test_it_leads_to_its_mail_also_when_a_server_changed_its_case() -> None:
    for address in (MADE, MADE.upper()):
        assert ADDRESSES.named(["x@example.net", address]) == ADDRESSES.reference(KEY)
        assert proof(address) is AddressProof.GENUINE


def test_it_counts_for_its_mail_its_reader_and_its_time_alone() -> None:
    assert proof(MADE, key=KEY.replace("agenda", "charter")) is AddressProof.FORGED
    assert proof(MADE, reader="jonas@example.net") is AddressProof.FORGED
    assert proof(MADE, today=LAST + timedelta(days=1)) is AddressProof.EXPIRED


def test_another_master_key_makes_other_addresses() -> None:
    assert proof(PlusAddresses(SERVICE, b"j" * 32).address(KEY, READER, LAST)) is AddressProof.FORGED


@given(st.integers(len("mentoring+"), len(MADE) - len("@example.org") - 1), st.sampled_from("a2bz7."))
def test_no_letter_of_it_can_be_changed(place: int, letter: str) -> None:
    if MADE[place] != letter:
        assert proof(MADE[:place] + letter + MADE[place + 1 :]) in (AddressProof.FORGED, AddressProof.NONE)


@pytest.mark.parametrize(
    "address",
    [
        "mentoring@example.org",
        "mentoring+stop@example.org",
        MADE.replace("@example.org", "@example.net"),
        MADE.replace("mentoring", "tutoring"),
        "@",
        "",
    ],
)
def test_any_other_address_names_no_mail(address: str) -> None:
    assert ADDRESSES.named([address]) is None
    assert proof(address) is AddressProof.NONE


def test_a_mailbox_with_a_long_name_is_answered_at_its_own_address() -> None:
    assert PlusAddresses(f"{'m' * 40}@example.org", b"k" * 32).address(KEY, READER, LAST) == ""


def test_the_days_keep_their_order_over_many_years() -> None:
    for days in (0, 1, 31, 32, 1_000, 40_000):
        last = date(2020, 1, 1) + timedelta(days=days)
        address = ADDRESSES.address(KEY, READER, last)
        assert proof(address, today=last) is AddressProof.GENUINE
        assert proof(address, today=last + timedelta(days=1)) is AddressProof.EXPIRED


def test_without_such_addresses_nothing_is_named_and_nothing_is_proved() -> None:
    plain = PlainAddresses()
    assert (plain.address(KEY, READER, LAST), plain.named([MADE])) == ("", None)
    assert plain.proof([MADE], KEY, [READER], LAST) is AddressProof.NONE
