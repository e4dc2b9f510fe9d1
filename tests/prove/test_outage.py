"""Five hundred pairs, and nobody who serves them for three days."""

from collections import Counter

from tests.simulation.outage import PER_MINUTE, outage

PAIRS = 500


def test_five_hundred_pairs_are_served_again_without_a_flood_and_without_a_lie() -> None:
    came = outage(PAIRS)
    kinds = dict(Counter(mail.kind for mail in came.mails))
    print(
        f"\nthree days down: N = {came.pairs} pairs; {len(came.mails)} mails in the three days after, {kinds}, at most "
        f"{PER_MINUTE} a minute; {came.skipped} agendas skipped, each with its reason"
    )
    assert came.found == ()
    assert came.skipped > PAIRS / 10
