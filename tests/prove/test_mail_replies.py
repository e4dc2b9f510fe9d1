"""How many replies are understood that the grammar was never tuned on; run with -s to see the figures."""

from tests.unit.reply_corpus import judged, samples, share_by_language


def test_the_held_out_replies_do_nothing_that_was_not_meant_and_are_reported() -> None:
    verdicts = [judged(sample) for sample in samples(held_out=True)]
    right = sum(verdict.understood for verdict in verdicts)
    print(f"\nheld-out replies understood: {right} of {len(verdicts)} ({share_by_language(verdicts)})")
    assert [verdict.sample.name for verdict in verdicts if verdict.wrong] == []
