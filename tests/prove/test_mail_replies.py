"""How many replies are understood that the grammar was never tuned on; run with -s to see the figures."""

from itertools import groupby

from tests.unit.reply_corpus import Verdict, share_by_language, verdicts

UNDERSTOOD = 0.9


def test_of_the_held_out_replies_nine_in_ten_are_understood_and_none_does_what_was_not_meant() -> None:
    every = verdicts(held_out=True)
    for name, part in groupby(every, _file):
        told = list(part)
        right = sum(verdict.understood for verdict in told)
        print(f"\n{name}: understood {right} of {len(told)} ({share_by_language(told)})")
    assert [verdict.sample.name for verdict in every if verdict.wrong] == []
    assert sum(verdict.understood for verdict in every) >= UNDERSTOOD * len(every)


def _file(verdict: Verdict) -> str:
    return verdict.sample.name.partition(":")[0]
