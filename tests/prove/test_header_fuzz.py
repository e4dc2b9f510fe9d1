"""A hundred thousand envelopes made to add a header to a mail."""

from collections import Counter

from tests.unit.nasty_headers import envelopes, outcome


def test_a_hundred_thousand_envelopes_add_no_header() -> None:
    found = Counter(outcome(nasty) for nasty in envelopes(seed=2027, count=100_000))
    print(f"envelopes made to add a header: N = {found.total()}; {dict(found)}")
    assert set(found) == {"written", "refused"}
    assert found["written"] > 50_000
