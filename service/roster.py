"""Use case: hold a list of people against those who are registered, and register and change what is new in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.by import ADMINISTRATOR, CLI, By
from domain.capacity import capacity_in
from domain.circumstances import mail_address
from domain.errors import BadInput, MentorsyncError, Refused
from domain.full_names import full_name
from domain.hours import parse_hours, zone_named
from domain.languages import language_note
from domain.person import PROVIDERS, Person, provider_named
from service.csv_table import Columns, Row, read_table
from service.house import House
from service.verdicts import Imported, LineVerdict, Verdict, said

COLUMNS = Columns(("address", "name", "provider", "zone", "hours"), ("language", "capacity"))
FOLLOWED = ("name", "zone", "hours", "language", "capacity")
CHECKS: Mapping[str, Callable[[str], object]] = {
    "address": mail_address,
    "name": full_name,
    "provider": provider_named,
    "zone": zone_named,
    "hours": parse_hours,
    "capacity": capacity_in,
}
FEW = 3
LEFT = "She has left the organisation, and that cannot be taken back."


def import_people(house: House, raw: bytes) -> Imported:
    """Give each line its verdict, and when none is refused record all that is new, in one transaction.

    Of whoever is known name, zone and hours follow the list, and so do a language and a capacity that are given; the
    provider stays. Over rehearsed streams nothing is recorded. BadInput for a file that cannot be read as a list of
    people.
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
        """Return the verdict on one line; of what cannot be all is said at once."""
        subject = row.cells.get("address", "").lower()
        faults = _faults(row)
        try:
            verdict, says = (Verdict.REFUSED, said(*faults)) if faults else self._judge(row)
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
        note = language_note(row.cells.get("language", ""))
        if id is None:
            self.pending.append(self._registered(row.cells))
            return Verdict.NEW, note
        verdict, says = self._held_against(id, row.cells)
        return verdict, " ".join(filter(None, (says, note)))

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
        if facts["provider"] != provider_named(cells["provider"]):
            raise BadInput(
                f"Her calendar is registered at {facts['provider']}, which a list cannot change.",
                f"Write {facts['provider']}, one of {' and '.join(PROVIDERS)}.",
            )
        if not _may_differ(facts, cells):
            return Verdict.UNCHANGED, ""
        person = self.house.streams.person(id)
        changes = self._follow(person, cells)
        if not changes:
            return Verdict.UNCHANGED, ""
        self.pending.append(person)
        return Verdict.CHANGED, f"Other {' and '.join(changes)}."

    def _follow(self, person: Person, cells: Mapping[str, str]) -> list[str]:
        """Let a person be as a line says, and return what is new about her."""
        before = {name: getattr(person, name) for name in FOLLOWED}
        person.change_name(cells["name"], self.by)
        person.change_hours(cells["zone"], cells["hours"], self.by)
        if cells.get("language"):
            person.change_language(cells["language"], self.by)
        if cells.get("capacity"):
            person.take_mentees(capacity_in(cells["capacity"]), self.by)
        return [name for name in FOLLOWED if getattr(person, name) != before[name]]


def _faults(row: Row) -> tuple[BadInput, ...]:
    """Return all that is wrong with a line by itself, column after column."""
    faults = dict(row.faults)
    for column, check in CHECKS.items():
        cell = row.cells.get(column)
        if cell and not {"", column} & faults.keys():
            try:
                check(cell)
            except BadInput as fault:
                faults[column] = fault
    return tuple(faults.values())


def _may_differ(facts: Mapping[str, Any], cells: Mapping[str, str]) -> bool:
    """Say whether a line may say anything new: only then is it worth to read a stream."""
    more = cells.get("language") or cells.get("capacity")
    said_so = {"name": full_name(cells["name"]), "zone": cells["zone"], "hours": cells["hours"]}
    known = {"name": facts["name"].reveal(), "zone": facts["zone"], "hours": facts["hours"]}
    return bool(more) or said_so != known
