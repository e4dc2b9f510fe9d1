"""How long replies take from the bytes of a mail to what is understood, beside the standard library's parser alone."""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from itertools import cycle, islice
from statistics import median, quantiles

from adapters.mail.compose import MailComposer
from adapters.mail.reader import MailReader
from domain.mail import MailKind
from tests.bench.stopwatch import spent
from tests.unit.quoting_styles import STYLES, TONGUES
from tests.unit.reply_corpus import Sample, samples
from tests.unit.sample_letters import LETTERS, envelope

LARGEST = 100_000
DAY = date(2027, 3, 1)
GOALS = "goals: 15 and 100 ms"


def replies(number: int) -> Iterator[tuple[Sample, bytes]]:
    """Yield so many replies as programs of many kinds send them, with our mail quoted below, up to 100 KB long."""
    composer, styles, lengths = MailComposer(), cycle(STYLES), cycle((1, 1, 1, 4, 12))
    for sample in islice(cycle(samples(held_out=False)), number):
        kind = MailKind(sample.kind)
        raw, tongue = composer.compose(envelope(kind), LETTERS[kind]), TONGUES[sample.language]
        words = "\n\n".join([sample.text, *["more of the same " * 300] * (next(lengths) - 1)])
        yield sample, next(styles)(raw, words, tongue)[:LARGEST]


def read(number: int) -> Iterator[str]:
    """Yield one line: what reading and understanding so many replies costs on one core, the median and the slowest."""
    reader, took, raw_parse, sizes = MailReader(), list[float](), list[float](), list[int]()

    def whole(sample: Sample, raw: bytes) -> None:
        reader.understand(reader.read(raw).text, DAY, sample.kind, ("Mara Quint", "Jonas Lindt"))

    for sample, raw in replies(number):
        took.append(spent(lambda sample=sample, raw=raw: whole(sample, raw)))  # type: ignore[misc]
        raw_parse.append(spent(lambda raw=raw: _parsed(raw)))  # type: ignore[misc]
        sizes.append(len(raw))
    p99 = quantiles(took, n=100)[98]
    yield (
        f"replies read and understood, N = {number:,} of {median(sizes) / 1e3:.0f} KB in the middle and at most "
        f"{max(sizes) / 1e3:.0f}: p50 {median(took) * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms ({GOALS}); "
        f"the parser alone {median(raw_parse) * 1e3:.1f} ms: ratio {median(took) / median(raw_parse):.1f}"
    )


def _parsed(raw: bytes) -> None:
    for part in message_from_bytes(raw, policy=default).walk():
        if not part.is_multipart():
            part.get_content()
