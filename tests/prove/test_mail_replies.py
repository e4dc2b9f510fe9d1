"""How many replies are understood that the grammar was never tuned on; run with -s to see the figures."""

from itertools import groupby

from tests.unit.reply_corpus import Verdict, share_by_language, verdicts


def test_the_held_out_replies_do_nothing_that_was_not_meant_and_are_reported() -> None:
    every = verdicts(held_out=True)
    for name, part in groupby(every, _file):
        told = list(part)
        right = sum(verdict.understood for verdict in told)
        print(f"\n{name}: understood {right} of {len(told)} ({share_by_language(told)})")
    assert [verdict.sample.name for verdict in every if verdict.wrong] == []


def _file(verdict: Verdict) -> str:
    return verdict.sample.name.partition(":")[0]
