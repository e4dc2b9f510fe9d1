"""Every alert rule asks for numbers that there are, fires when it should and not otherwise, and has its page."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from domain.rails import Stop
from service.metrics import FAMILIES, NAMES, Metrics
from service.telling import FAMILIES as KINDS
from service.watching import MAILS, Station
from tests.unit.test_health import samples

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "deploy" / "alerts.yml"
RUNBOOKS = ROOT / "docs" / "runbooks"
NOW = 1_800_000_000.0
DAY = 86400.0
SHAPE = re.compile(
    r"      - alert: (?P<name>\w+)\n        expr: '(?P<expr>(?:[^']|'')+)'\n        for: (?P<span>\d+[mh])\n"
    r"        labels:\n          severity: (?P<severity>page|ticket)\n        annotations:\n"
    r"          summary: '(?P<summary>[^'\n]+)'\n          runbook: docs/runbooks/(?P<page>[a-z-]+)\.md\n"
)
SELECTOR = r"(?P<metric>[a-z_]+)(?:\{(?P<label>\w+)(?P<op>=~?)\"(?P<value>[^\"]*)\"\})?"


@dataclass(frozen=True)
class Rule:
    """One alert rule as it stands in the file."""

    name: str
    expr: str
    page: str


def rules() -> dict[str, Rule]:
    """Read the file, which keeps to one shape; whatever else stood in it would be noticed."""
    head, _, body = RULES.read_text("utf-8").partition("    rules:\n")
    assert head.endswith("groups:\n  - name: mentorsync\n")
    assert SHAPE.sub("", body) == ""
    found = [Rule(m["name"], m["expr"].replace("''", "'"), m["page"]) for m in SHAPE.finditer(body)]
    return {rule.name: rule for rule in found}


ALL = rules()


@dataclass
class World:
    """Numbers as a collector has them: what they are now, and by how much they grew in the span that is asked for."""

    now: dict[str, float] = field(default_factory=dict)
    grown: dict[str, float] = field(default_factory=dict)


def picked(numbers: dict[str, float], match: re.Match[str]) -> dict[str, float]:
    """Return the samples of a selector."""
    found = {}
    for name, value in numbers.items():
        metric, _, labels = name.partition("{")
        wanted = match["value"] if match["op"] == "=~" else re.escape(match["value"] or "")
        fits = match["label"] is None or re.search(rf'{match["label"]}="(?:{wanted})"', labels)
        if metric == match["metric"] and fits:
            found[name] = value
    return found


def fires(expr: str, world: World) -> bool:
    """Evaluate the part of PromQL that the rules keep to; a vector is true when any of its samples fits."""
    return all(_compares(part, world) for part in expr.split(" and on () "))


def _compares(text: str, world: World) -> bool:
    left, operator, right = re.split(r" (==|<|>) ", text)
    limit = 1.0
    for factor in right.split(" * "):
        limit *= float(factor)
    values = _values(left, world)
    return any(value == limit if operator == "==" else (value > limit) == (operator == ">") for value in values)


def _values(text: str, world: World) -> list[float]:
    if text.startswith("sum("):
        values = _values(text.removeprefix("sum(").removesuffix(")"), world)
        return [sum(values)] if values else []
    if text.startswith("time() - "):
        return [NOW - value for value in _values(text.removeprefix("time() - "), world)]
    if text.endswith(" - time()"):
        return [value - NOW for value in _values(text.removesuffix(" - time()"), world)]
    grown = re.fullmatch(rf"increase\({SELECTOR}\[\d+[hd]\]\)", text)
    match = grown or re.fullmatch(SELECTOR, text)
    assert match, text
    return list(picked(world.grown if grown else world.now, match).values())


def stopped(reason: str = "") -> dict[str, float]:
    return {f'mentorsync_stopped{{reason="{s.name.lower()}"}}': float(s.name.lower() == reason) for s in Stop}


def sends(preparations: float, agendas: float) -> World:
    kinds = {"preparation": preparations, "agenda": agendas}
    return World(grown={f'mentorsync_sends_total{{kind="{kind}"}}': number for kind, number in kinds.items()})


def ended(outcome: str, number: float) -> World:
    return World(grown={f'mentorsync_work_total{{kind="agenda",outcome="{outcome}"}}': number})


def aside(**whats: float) -> World:
    return World(now={f'mentorsync_parked{{what="{what}"}}': number for what, number in whats.items()})


def shown(name: str, value: float) -> World:
    return World(now={f"mentorsync_{name}": value})


CERTIFICATE = 'certificate_expires_timestamp_seconds{provider="microsoft"}'
LATE = {"mentorsync_outbox_oldest_seconds": 1000.0}
POSTPONED = {"mentorsync_outbox_postponed_oldest_seconds": 15000.0}
CASES: list[tuple[str, World, World]] = [
    ("MentorsyncDown", World(now={'up{job="mentorsync"}': 0}), World(now={'up{job="mentorsync"}': 1})),
    ("MentorsyncDown", World(now={'up{job="mentorsync"}': 0}), World(now={'up{job="other"}': 0})),
    ("MentorsyncStalled", shown("looked_timestamp_seconds", NOW - 700), shown("looked_timestamp_seconds", NOW - 30)),
    ("MentorsyncOutboxOld", World(now=LATE | stopped()), shown("outbox_oldest_seconds", 800)),
    ("MentorsyncOutboxOld", World(now=LATE | stopped()), World(now=LATE | stopped("paused"))),
    ("MentorsyncOutboxPostponed", World(now=POSTPONED | stopped()), shown("outbox_postponed_oldest_seconds", 14000)),
    ("MentorsyncOutboxPostponed", World(now=POSTPONED | stopped()), World(now=POSTPONED | stopped("paused"))),
    ("MentorsyncOutcomeUnknown", shown("outbox_unknown", 1), shown("outbox_unknown", 0)),
    ("MentorsyncGivenUp", ended("given-up", 1), ended("given-up", 0)),
    ("MentorsyncGivenUp", ended("given-up", 1), ended("done", 9)),
    ("MentorsyncBug", ended("bug", 1), ended("failed", 3)),
    ("MentorsyncPollLag", shown("poll_lag_seconds", 1900), shown("poll_lag_seconds", 1700)),
    ("MentorsyncCalendarsFailing", shown("calendars_failing", 2), shown("calendars_failing", 0)),
    ("MentorsyncInboxFailing", shown("inbox_failing", 1), shown("inbox_failing", 0)),
    ("MentorsyncParked", aside(mail=0, entry=1), aside(mail=0, entry=0)),
    ("MentorsyncParked", aside(mail=2, entry=0), World()),
    ("MentorsyncKillSwitch", World(now=stopped("switch")), World(now=stopped("paused"))),
    ("MentorsyncPaused", World(now=stopped("paused")), World(now=stopped("not_live"))),
    ("MentorsyncPaused", World(now=stopped("restored")), World(now=stopped("switch"))),
    ("MentorsyncMailLimit", shown("mails_full", 1), shown("mails_full", 0)),
    ("MentorsyncNoAgendas", sends(4, 0), sends(4, 1)),
    ("MentorsyncNoAgendas", sends(1, 0), sends(0, 0)),
    ("MentorsyncCertificateExpires", shown(CERTIFICATE, NOW + 29 * DAY), shown(CERTIFICATE, NOW + 31 * DAY)),
    ("MentorsyncCertificateExpires", shown(CERTIFICATE, NOW - DAY), World()),
    ("MentorsyncPushMissing", shown("push_missing", 1), shown("push_missing", 0)),
]


@pytest.mark.parametrize(("name", "red", "green"), CASES, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(CASES)])
def test_a_rule_fires_when_it_should_and_not_otherwise(name: str, red: World, green: World) -> None:
    assert (fires(ALL[name].expr, red), fires(ALL[name].expr, green)) == (True, False)


def test_every_rule_is_tried_both_ways() -> None:
    assert {name for name, _, _ in CASES} == set(ALL)


def test_every_rule_asks_for_numbers_that_there_are_with_labels_that_they_have() -> None:
    labels = {metric.name: set(metric.labels) for metric in FAMILIES}
    for rule in ALL.values():
        for match in re.finditer(SELECTOR, re.sub(r"time\(\)|increase|sum| and on \(\) |\[\w+\]", " ", rule.expr)):
            metric, label = match["metric"], match["label"]
            assert metric in NAMES | {"up"}, rule
            assert label is None or metric == "up" or label in labels[metric], rule


def test_every_value_that_a_rule_asks_for_can_come() -> None:
    asked = {
        (m["label"], value)
        for r in ALL.values()
        for m in re.finditer(SELECTOR, r.expr)
        if m["label"]
        for value in m["value"].split("|")
    }
    can = (
        {("reason", stop.name.lower()) for stop in Stop} | {("kind", kind) for kind in KINDS} | {("job", "mentorsync")}
    )
    assert asked <= can | {("outcome", "bug"), ("outcome", "given-up")}


def test_every_rule_has_its_page_which_says_what_is_seen_what_it_means_and_what_to_do() -> None:
    assert sorted(rule.page for rule in ALL.values()) == sorted(path.stem for path in RUNBOOKS.glob("*.md"))
    for rule in ALL.values():
        text = (RUNBOOKS / f"{rule.page}.md").read_text("utf-8")
        heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
        assert heads == ["What you see", "What it means", "What to do"], rule.page
        assert f"`{rule.name}`" in text
        assert re.search(r"^ +mentorsync \w", text, re.MULTILINE), "a command that helps"


def test_what_a_rule_watches_grow_is_there_before_it_grows() -> None:
    """A collector sees no increase in a number whose first value it sees is the one that matters."""

    class Nobody:
        def ready(self) -> None: ...
        def alive(self) -> None: ...
        def stopping(self) -> None: ...

    found = samples(Station(Metrics(), Nobody()).metrics.text())
    assert {f'mentorsync_sends_total{{kind="{kind}"}}' for kind in MAILS} <= found.keys()
    assert found['mentorsync_work_total{kind="poll-calendar",outcome="bug"}'] == 0
