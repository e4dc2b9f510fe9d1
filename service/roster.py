"""Use case: hold a list of people against those who are registered, and register and change what is new in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.by import ADMINISTRATOR, CLI, By
from domain.capacity import capacity_in
from domain.circumstances import mail_address
from domain.errors import BadInput, MentorsyncError, Refused
from domain.person import PROVIDERS, Person
from service.csv_table import Columns, Row, read_table
from service.house import House
from service.verdicts import Imported, LineVerdict, Verdict, said

COLUMNS = Columns(("address", "name", "provider", "zone", "hours"), ("language", "capacity"))
FEW = 3
LEFT = "She has left the organisation, and that cannot be taken back."


def import_people(house: House, raw: bytes) -> Imported:
    """Give each line its verdict, and when none is refused record all that is new, in one transaction.

    Whoever is known keeps name, provider and language; zone, hours and a capacity that is given follow the list. Over
    rehearsed streams nothing is recorded. BadInput for a file that cannot be read as a list of people.
    """
    table = read_table(raw, COLUMNS)
    desk = _Desk(house)
    lines = tuple(desk.judge(row) for row in table.rows)
    found = Imported(lines, desk.gone(), table.latin)
    if found.refused or not desk.pending:
        return found
    house.streams.save(*desk.pending, now=desk.by.at)
    return replace(found, recorded=True)


def sync_people(house: House, raw: bytes, leavers: int | None = None) -> Imported:
    """Do as `import_people`, and record of everybody who is registered and not in the list that she has left.

    A list that was cut must not end a programme: when more than a tenth would leave (and more than three), or when the
    number differs from `leavers` where that is given, it is Refused and nothing is recorded.
    """
    table = read_table(raw, COLUMNS)
    desk = _Desk(house)
    lines = tuple(desk.judge(row) for row in table.rows)
    found = Imported(lines, desk.gone(), table.latin)
    if found.refused:
        return found
    _check_leavers(len(found.gone), desk.staff, leavers)
    desk.let_go(found.gone)
    if not desk.pending:
        return found
    house.streams.save(*desk.pending, now=desk.by.at)
    return replace(found, recorded=True)


def _check_leavers(number: int, staff: int, expected: int | None) -> None:
    if expected is None and number > max(FEW, staff // 10):
        raise Refused(
            f"{number} of {staff} who are registered are not in the list and would leave, which is more than a tenth.",
            f"Look whether the list is whole; if they have all left, say so with --leavers {number}.",
        )
    if expected is not None and number != expected:
        raise Refused(
            f"{number} of {staff} who are registered are not in the list, and you expect {expected}.",
            "Look at the list and at what a dry run says of it.",
        )


class _Desk:
    """Judges line after line; `pending` are the people that are to be saved when all of them are well."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.by = By(ADMINISTRATOR, CLI, None, house.now())
        self.pending: list[Person] = []
        self._known: Mapping[str, dict[str, Any]] = {s.id: s.facts for s in house.streams.summaries("person")}
        self._ids = {facts["address"].reveal(): id for id, facts in self._known.items()}
        self._seen: dict[str, int] = {}

    def judge(self, row: Row) -> LineVerdict:
        """Return the verdict on one line."""
        subject = row.cells.get("address", "").lower()
        try:
            verdict, says = (Verdict.REFUSED, row.fault) if row.fault else self._judge(row)
        except MentorsyncError as error:
            verdict, says = Verdict.REFUSED, said(error)
        return LineVerdict(row.line, subject, verdict, says)

    @property
    def staff(self) -> int:
        """How many are registered and have not left."""
        return sum(1 for facts in self._known.values() if not facts["left"])

    def let_go(self, addresses: tuple[str, ...]) -> None:
        """Record of these people that they have left."""
        for address in addresses:
            person = self.house.streams.person(self._ids[address])
            person.leave_organisation(self.by)
            self.pending.append(person)

    def gone(self) -> tuple[str, ...]:
        """Return the addresses of those who are there still and not in the list."""
        missing = (facts for id, facts in self._known.items() if id not in self._seen and not facts["left"])
        return tuple(sorted(facts["address"].reveal() for facts in missing))

    def _judge(self, row: Row) -> tuple[Verdict, str]:
        address = mail_address(row.cells["address"])
        id = self._ids.get(address) or self.house.streams.person_at(address)
        first = self._seen.setdefault(id or address, row.line)
        if first != row.line:
            return Verdict.REFUSED, f"The same person stands in line {first}. Take one of the two out."
        person = self._registered(row.cells)
        if id is None:
            self.pending.append(person)
            return Verdict.NEW, ""
        return self._held_against(id, row.cells)

    def _registered(self, cells: Mapping[str, str]) -> Person:
        """Return the person as a line describes her; raises what the domain says of what cannot be."""
        language = cells.get("language") or "en"
        where = (cells["provider"], cells["zone"], cells["hours"], language)
        person = Person.register(self.house.ids.new(), cells["name"], cells["address"], *where, self.by)
        person.take_mentees(capacity_in(cells.get("capacity") or "none"), self.by)
        return person

    def _held_against(self, id: str, cells: Mapping[str, str]) -> tuple[Verdict, str]:
        facts = self._known[id]
        if facts["left"]:
            return Verdict.UNCHANGED, LEFT
        if facts["provider"] != cells["provider"]:
            raise BadInput(
                f"Her calendar is registered at {facts['provider']}, which a list cannot change.",
                f"Write {facts['provider']}, one of {' and '.join(PROVIDERS)}.",
            )
        changes = [name for name in ("zone", "hours") if facts[name] != cells[name]]
        kept = "" if facts["name"].reveal() == cells["name"] else "She stays registered with the name she had."
        if not changes and not cells.get("capacity"):
            return Verdict.UNCHANGED, kept
        person = self.house.streams.person(id)
        if cells.get("capacity") and capacity_in(cells["capacity"]) != person.capacity:
            changes.append("capacity")
            person.take_mentees(capacity_in(cells["capacity"]), self.by)
        if not changes:
            return Verdict.UNCHANGED, kept
        person.change_hours(cells["zone"], cells["hours"], self.by)
        self.pending.append(person)
        return Verdict.CHANGED, " ".join(filter(None, (f"Other {' and '.join(changes)}.", kept)))
