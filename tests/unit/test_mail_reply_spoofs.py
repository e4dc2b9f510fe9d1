"""Ways to pass off an address of ours as one that answers a mail; none of them is taken for genuine."""

import base64
import hashlib
import hmac
from datetime import date, timedelta

import pytest

from adapters.mail.reply_addresses import KIND, PlusAddresses
from domain.mail import AddressProof

SERVICE, READER, OTHER = "mentoring@example.org", "mara@example.org", "jonas@example.net"
KEY = "5f0c/charter/v1/mentor"
LAST = date(2027, 3, 9)
OURS, THEIRS = PlusAddresses(SERVICE, b"k" * 32), PlusAddresses(SERVICE, b"j" * 32)
MADE = OURS.address(KEY, READER, LAST)
LOCAL, DOMAIN = MADE.rsplit("@", 1)
NAME, TAG = LOCAL.split("+")
BODY, PROOF = TAG.split(".")
LATER = OURS.address(KEY, READER, LAST + timedelta(days=60))
AGENDA = OURS.address("5f0c/agenda/3.1@2027-03-09/mentor", READER, LAST)


def at(tag: str, name: str = NAME, domain: str = DOMAIN) -> str:
    return f"{name}+{tag}@{domain}"


def bare_digest(key: bytes) -> str:
    """Return a proof made over the right words with a key that anybody could think of."""
    words = "\n".join((BODY, KEY, READER)).encode()
    return base64.b32encode(hmac.new(key, words, hashlib.sha256).digest()[:10]).decode().lower()


def tag_of(address: str) -> str:
    return address.split("+")[1].split("@")[0]


FORGED = {
    "another master key": THEIRS.address(KEY, READER, LAST),
    "another reader": OURS.address(KEY, OTHER, LAST),
    "another purpose of the same relationship": AGENDA,
    "another reader's mail of the same occasion": OURS.address("5f0c/charter/v1/mentee", READER, LAST),
    "another version": OURS.address("5f0c/charter/v2/mentor", READER, LAST),
    "another relationship": OURS.address("77aa/charter/v1/mentor", READER, LAST),
    "the proof of another mail": at(f"{BODY}.{tag_of(AGENDA).split('.')[1]}"),
    "the mail of another proof": at(f"{tag_of(AGENDA).split('.')[0]}.{PROOF}"),
    "the day of a later address": at(f"{BODY[:-4]}{tag_of(LATER).split('.')[0][-4:]}.{PROOF}"),
    "the last day there is": at(f"{BODY[:-4]}zzzz.{PROOF}"),
    "another purpose mark": at(f"ax{BODY[2:]}.{PROOF}"),
    "another key mark": at(f"br{BODY[2:]}.{PROOF}"),
    "a proof of one letter": at(f"{BODY}.{'a' * 16}"),
    "a proof backwards": at(f"{BODY}.{PROOF[::-1]}"),
    "a proof with two letters exchanged": at(f"{BODY}.{PROOF[1]}{PROOF[0]}{PROOF[2:]}"),
    "a proof with an empty key": at(f"{BODY}.{bare_digest(b'')}"),
    "a proof with the service's address as the key": at(f"{BODY}.{bare_digest(SERVICE.encode())}"),
    "a proof without any key": at(
        f"{BODY}.{base64.b32encode(hashlib.sha256(BODY.encode()).digest()[:10]).decode().lower()}"
    ),
}
NOT_ONE = {
    "the service's own": SERVICE,
    "a proof cut by a letter": at(f"{BODY}.{PROOF[:-1]}"),
    "a proof longer by a letter": at(f"{BODY}.{PROOF}a"),
    "no proof": at(BODY),
    "an empty proof": at(f"{BODY}."),
    "a proof alone": at(f".{PROOF}"),
    "a mail cut by a letter": at(f"{BODY[:-1]}.{PROOF}"),
    "no purpose": at(f"{BODY[len(KIND) :]}.{PROOF}"),
    "two proofs": at(f"{BODY}.{PROOF}.{PROOF}"),
    "a padded proof": at(f"{BODY}.{PROOF}="),
    "another parting": at(f"{BODY}-{PROOF}"),
    "digits that look like letters": at(f"{BODY[:-1]}0.{PROOF}"),
    "a letter of another alphabet": at(f"{BODY[:-1]}\u0430.{PROOF}"),
    "a space in it": at(f"{BODY} .{PROOF}"),
    "a line break behind it": f"{NAME}+{TAG}\n@{DOMAIN}",
    "a null byte in it": at(f"{BODY}.{PROOF}\x00"),
    "quotes around it": f'"{NAME}+{TAG}"@{DOMAIN}',
    "another domain": at(TAG, domain="example.net"),
    "a domain below ours": at(TAG, domain="mail.example.org"),
    "a domain that begins with ours": at(TAG, domain="example.org.evil.example"),
    "another name": at(TAG, name="tutoring"),
    "a name that ends alike": at(TAG, name="xmentoring"),
    "a tag before the tag": at(f"x+{TAG}"),
    "another sign": f"{NAME}-{TAG}@{DOMAIN}",
    "a percent route": f"{NAME}+{TAG}%{DOMAIN}@evil.example",
}


def judged(address: str, key: str = KEY, today: date = LAST) -> AddressProof:
    return OURS.proof([address], key, [READER], today)


@pytest.mark.parametrize("address", FORGED.values(), ids=FORGED.keys())
def test_an_address_that_says_to_be_one_of_ours_and_is_not_made_for_it_is_forged(address: str) -> None:
    assert judged(address) is AddressProof.FORGED


@pytest.mark.parametrize("address", NOT_ONE.values(), ids=NOT_ONE.keys())
def test_an_address_of_another_shape_proves_nothing(address: str) -> None:
    assert judged(address) is AddressProof.NONE


def test_an_old_one_is_expired_and_the_genuine_ones_count_in_whatever_case() -> None:
    assert [judged(MADE, today=LAST + timedelta(days=days)) for days in (1, 60, 4_000)] == [AddressProof.EXPIRED] * 3
    for address in (MADE, MADE.upper(), MADE.title(), LATER):
        assert judged(address) is AddressProof.GENUINE


def test_a_genuine_one_beside_others_does_not_lend_its_proof_to_another_mail() -> None:
    both = [AGENDA, MADE]
    assert OURS.named(both) != OURS.reference(KEY)
    assert OURS.proof(both, KEY, [READER], LAST) is AddressProof.FORGED
