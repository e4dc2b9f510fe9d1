"""Use case: take over a list of relationships, running ones without a word to anybody, and ask for new ones."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from domain.by import ADMINISTRATOR, CLI, By
from domain.capacity import refuse_beyond
from domain.errors import BadInput, MentorsyncError
from domain.person import Person
from domain.relationship import Relationship
from domain.relationship_state import ENDED
from domain.told_goals import in_numbers, told_goal
from service.csv_table import Columns, Row, Table, read_table
from service.house import House
from service.names import person_named
from service.places import all_places_taken
from service.remembering import remembering
from service.requests import Ask, requested
from service.verdicts import Imported, LineVerdict, Verdict, said

GOALS_BETWEEN = "|"
WORDS = ("why", "bring")
NOT_TERMS = ("mentor", "mentee", "goals", "aims", *WORDS)
TERMS = {field.name: field.default for field in fields(Ask) if field.name not in NOT_TERMS}
COLUMNS = Columns(("mentor", "mentee", "goals"), (*WORDS, "since", "capacity", *TERMS))
YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}


def import_relationships(house: House, raw: bytes) -> Imported:
    """Give each line its verdict, and when none is refused record all that is new, in one transaction.

    A line with `since` is a pair that has met since that day on an agreed charter: nobody is asked or told, and its
    next meeting is planned as usual. Without it the mentor is asked by mail. Over rehearsed streams nothing is
    recorded. BadInput for a file that cannot be read as a list of relationships.
    """
    table = read_table(raw, COLUMNS)
    desk = _Desk(house, table)
    found = Imported(tuple(desk.judge(row) for row in table.rows), (), table.latin)
    if found.refused or not desk.pending:
        return found
    house.streams.save(*desk.pending, now=desk.by.at)
    return replace(found, recorded=True)


class _Desk:
    """Judges line after line; `pending` are the relationships that are to be saved when all of them are well."""

    def __init__(self, house: House, table: Table) -> None:
        self.house = remembering(house)
        self.by = By(ADMINISTRATOR, CLI, None, house.now())
        self.pending: list[Relationship] = []
        running = [s.facts for s in house.streams.summaries("relationship") if s.facts["status"] not in ENDED]
        self._pairs = {(facts["mentor_id"], facts["mentee_id"]): 0 for facts in running}
        self._mentees = all_places_taken(house)
        self._capacities = _capacities(table)

    def judge(self, row: Row) -> LineVerdict:
        """Return the verdict on one line."""
        subject = f"{row.cells.get('mentor', '')} and {row.cells.get('mentee', '')}"
        try:
            verdict, says = (Verdict.REFUSED, row.fault) if row.fault else self._judge(row)
        except MentorsyncError as error:
            verdict, says = Verdict.REFUSED, said(error)
        return LineVerdict(row.line, subject, verdict, says)

    def _judge(self, row: Row) -> tuple[Verdict, str]:
        mentor, mentee = (person_named(self.house, row.cells[role]) for role in ("mentor", "mentee"))
        pair = str(mentor.id), str(mentee.id)
        if pair in self._pairs:
            first = self._pairs[pair]
            known = (Verdict.REFUSED, f"The same two stand in line {first}. Take one of the two lines out.")
            return known if first else (Verdict.UNCHANGED, "These two have a relationship already.")
        since = _day(row.cells.get("since", ""))
        relationship = requested(self.house, _ask(row.cells, *pair, running=since is not None), self.by)
        if since is not None:
            relationship.take_over(since, self.by)
        self._take_place(mentor, row.cells["mentor"])
        self._pairs[pair] = row.line
        self.pending.append(relationship)
        return Verdict.NEW, "" if since is not None else "The mentor will be asked by mail."

    def _take_place(self, mentor: Person, written: str) -> None:
        """Count one more mentee; more than the list says that the mentor takes are refused."""
        id, own = str(mentor.id), mentor.capacity
        refuse_beyond(self._capacities.get(written.lower()), self._mentees[id])
        refuse_beyond(own, self._mentees[id])
        self._mentees[id] += 1


def _capacities(table: Table) -> Mapping[str, int]:
    """Return how many mentees each mentor takes by the list's own word; of two words the smaller one counts."""
    found: dict[str, int] = {}
    for row in table.rows:
        number = row.cells.get("capacity", "")
        if number.isascii() and number.isdigit():
            mentor = row.cells.get("mentor", "").lower()
            found[mentor] = min(int(number), found.get(mentor, int(number)))
    return found


def _ask(cells: Mapping[str, str], mentor: str, mentee: str, running: bool) -> Ask:
    """Return the request of a line; only a pair that runs needs no words for its beginning."""
    missing = [name for name in WORDS if not cells.get(name)]
    if missing and not running:
        raise BadInput(f"A request needs the column {missing[0]}.", "Fill it, or say in since when the two began.")
    _number("capacity", cells.get("capacity") or "0")
    goals, aims = in_numbers(told_goal(part) for part in cells["goals"].split(GOALS_BETWEEN) if part.strip())
    terms: dict[str, Any] = {name: _term(name, cells[name]) for name in TERMS if cells.get(name)}
    return Ask(mentor, mentee, goals, cells.get("why", ""), cells.get("bring", ""), aims=aims, **terms)


def _term(name: str, text: str) -> object:
    """Return a term of the charter in the kind that its default has; without a default it is a number."""
    default = TERMS[name]
    if isinstance(default, bool):
        if text.lower() not in YES_OR_NO:
            raise BadInput(f"The column {name} says neither yes nor no.", "Write yes or no.")
        return YES_OR_NO[text.lower()]
    return text if isinstance(default, str) else _number(name, text)


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("9999")):
        raise BadInput(f"The column {name} must be a whole number.", "Write it in digits alone.")
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("The column since must be a day.", "Write it such as 2025-03-01.") from None
