"""Numbers of one running daemon in the text format of Prometheus (version 0.0.4); no label ever names anybody."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """One family: its name, its type (counter or gauge), its labels, and what it counts."""

    name: str
    type: str
    labels: tuple[str, ...]
    help: str


FAMILIES = (
    Metric("mentorsync_build_info", "gauge", ("version",), "Always 1; the version of the program."),
    Metric("mentorsync_turns_total", "counter", (), "How often the daemon looked whether something is due."),
    Metric("mentorsync_work_total", "counter", ("kind", "outcome"), "Units of work by kind and how they ended."),
    Metric("mentorsync_sends_total", "counter", ("kind",), "Mails that left."),
    Metric("mentorsync_calendar_writes_total", "counter", ("kind",), "Bookings, moves and cancellations made."),
    Metric("mentorsync_held_total", "counter", ("kind",), "Effects that the rails held back, each time they did."),
    Metric("mentorsync_duplicates_suppressed_total", "counter", ("kind",), "Effects that a look-up found done."),
    Metric("mentorsync_requests_total", "counter", ("method", "status"), "Requests to providers; status 0: no answer."),
    Metric("mentorsync_outbox_due", "gauge", (), "Effects that are due."),
    Metric("mentorsync_outbox_oldest_seconds", "gauge", (), "Age of the oldest effect that is due."),
    Metric("mentorsync_outbox_postponed", "gauge", (), "Effects that were tried in vain or are held back."),
    Metric(
        "mentorsync_outbox_postponed_oldest_seconds",
        "gauge",
        (),
        "For how long the oldest effect that was tried in vain has been wanted.",
    ),
    Metric("mentorsync_outbox_unknown", "gauge", (), "Effects of which nobody knows whether they were done."),
    Metric("mentorsync_outbox_given_up", "gauge", (), "Effects that a provider refused for good."),
    Metric("mentorsync_outbox_held", "gauge", (), "Effects that the rails hold back."),
    Metric("mentorsync_parked", "gauge", ("what",), "Mails, entries of calendars and streams that are set aside now."),
    Metric("mentorsync_parked_oldest_seconds", "gauge", (), "Age of the oldest mail that was set aside."),
    Metric("mentorsync_poll_lag_seconds", "gauge", (), "How late the latest poll of a mailbox or calendar is."),
    Metric("mentorsync_calendars_failing", "gauge", (), "Calendars that could not be read at the last try."),
    Metric("mentorsync_inbox_failing", "gauge", (), "1 when the service's inbox could not be read at the last try."),
    Metric("mentorsync_stopped", "gauge", ("reason",), "1 for the reason why nothing leaves."),
    Metric("mentorsync_mails_full", "gauge", (), "1 while no mail leaves because as many left as may."),
    Metric("mentorsync_mails_of_day", "gauge", (), "Mails that left within the last 24 hours or one hour more."),
    Metric("mentorsync_push_missing", "gauge", (), "Calendars that should be pushed and are polled alone."),
    Metric("mentorsync_looked_timestamp_seconds", "gauge", (), "When these gauges were last read from the store."),
    Metric(
        "mentorsync_certificate_expires_timestamp_seconds",
        "gauge",
        ("provider",),
        "When the certificate that signs in at a provider expires.",
    ),
)
NAMES = frozenset(metric.name for metric in FAMILIES)
_BY_NAME = {metric.name: metric for metric in FAMILIES}


class Metrics:
    """The numbers; counted in one thread and shown in another. An unknown name or label is an error of ours."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._gauges: dict[tuple[str, Labels], float] = {}

    def count(self, name: str, **labels: str) -> None:
        """Add one."""
        key = _key(name, "counter", labels)
        with self._lock:
            self._counts[key] += 1

    def begin(self, name: str, **labels: str) -> None:
        """Show a counter at 0, so that its first count is seen as an increase."""
        key = _key(name, "counter", labels)
        with self._lock:
            self._counts.setdefault(key, 0)

    def show(self, gauges: Mapping[str, float | Mapping[str, float]]) -> None:
        """Replace gauges: one number, or for a family with one label a number for each of its values."""
        found = dict(_flat(gauges))
        with self._lock:
            for name in gauges:
                for known in [key for key in self._gauges if key[0] == name]:
                    del self._gauges[known]
            self._gauges.update(found)

    def text(self) -> str:
        """Return all of it, each family with its help and type; one without a number yet is told as its type alone."""
        with self._lock:
            numbers = {**self._counts, **self._gauges}
        return "\n".join(_lines(numbers)) + "\n"


def _flat(gauges: Mapping[str, float | Mapping[str, float]]) -> Iterator[tuple[tuple[str, Labels], float]]:
    for name, value in gauges.items():
        if isinstance(value, Mapping):
            label = _BY_NAME[name].labels[0]
            yield from ((_key(name, "gauge", {label: one}), number) for one, number in value.items())
        else:
            yield _key(name, "gauge", {}), value


def _key(name: str, type: str, labels: Mapping[str, str]) -> tuple[str, Labels]:
    metric = _BY_NAME[name]
    if metric.type != type or set(metric.labels) != set(labels):
        raise ValueError(f"{name} is a {metric.type} with the labels {metric.labels}")
    return name, tuple((label, labels[label]) for label in metric.labels)


def _lines(numbers: Mapping[tuple[str, Labels], float]) -> Iterator[str]:
    for metric in FAMILIES:
        yield f"# HELP {metric.name} {metric.help}"
        yield f"# TYPE {metric.name} {metric.type}"
        for (name, labels), number in sorted(numbers.items()):
            if name == metric.name:
                yield f"{name}{_braces(labels)} {number:.15g}"


def _braces(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
