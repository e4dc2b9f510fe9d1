"""Replies that were written without any knowledge of the grammar: none does what was not meant, most are understood."""

from tests.unit.reply_corpus import judged, samples, share_by_language

UNDERSTOOD = 0.9


def test_no_reply_does_what_was_not_meant() -> None:
    wrong = [verdict for held_out in (False, True) for s in samples(held_out) if (verdict := judged(s)).wrong]
    assert [(verdict.sample.name, verdict.sample.text, verdict.found) for verdict in wrong] == []


def test_nine_in_ten_replies_are_understood() -> None:
    verdicts = [judged(sample) for sample in samples(held_out=False)]
    missed = [f"{v.sample.name} {v.sample.kind}: {v.sample.text!r} -> {v.found}" for v in verdicts if not v.understood]
    assert len(missed) <= len(verdicts) * (1 - UNDERSTOOD), "\n".join([share_by_language(verdicts), *missed])
