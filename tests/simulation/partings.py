"""One of the two leaves the organisation, or is forgotten for good, while the power may fail in every moment of it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from email import message_from_bytes
from random import Random
from typing import Any

from domain.personal import Personal
from domain.relationship_state import ENDED, LEFT
from service.forgetting import forget_person
from service.people import record_left
from tests.service.theatre import MENTEE, MENTOR, SERVICE
from tests.simulation.instruments import PowerCut
from tests.simulation.people import DAY, HOUR, MINUTE
from tests.simulation.stage import Stage

KINDS = ("", "forgotten", "", "left")
"""What happens in the months of four seeds that follow each other; in half of them nobody goes."""


class Parting:
    """Who goes, how and when, by the seed; `done` is when it was on record to the last, None before."""

    def __init__(self, seed: int) -> None:
        chance = Random(f"parting {seed}")
        self.what = KINDS[seed % len(KINDS)]
        self.after = chance.randint(12, 27) * DAY + chance.randrange(24 * 60) * MINUTE
        self.address = chance.choice((MENTOR, MENTEE))
        self.person = ""
        self.done: datetime | None = None

    def queue(self, stage: Stage) -> None:
        """Let it happen in its time, if at all."""
        if self.what:
            relationship = stage.relationship
            self.person = relationship.mentor_id if self.address == MENTOR else relationship.mentee_id
            stage.world.at(stage.script.start + self.after, lambda: self._happen(stage))

    def _happen(self, stage: Stage) -> None:
        """An administrator whose command was cut short, with the daemon if one is there, gives it once more."""
        stage.departed.add(self.address)
        try:
            self._record(stage)
        except PowerCut:
            stage.world.at(stage.world.now + HOUR, lambda: self._happen(stage))
            if stage.daemon is not None:
                raise

    def _record(self, stage: Stage) -> None:
        person = stage.house.streams.person(self.person)
        if self.what == "left":
            record_left(stage.house, person)
        else:
            forget_person(stage.house, person)
        self.done = stage.world.now
        stage.tell(f"{self.address} {self.what}")

    def findings(self, stage: Stage) -> list[str]:
        """Return a sentence for everything that is not as it must be when one has gone."""
        if not self.what:
            return []
        if self.done is None:
            return ["the parting never came to its end"]
        return [*self._mails(stage, self.done), *self._end(stage), *self._words(stage)]

    def _mails(self, stage: Stage, done: datetime) -> Iterator[str]:
        """Nothing goes to who has gone."""
        sent = [letter for letter in stage.world.accounts[SERVICE].letters.values() if letter.folder == "sent"]
        yield from (
            f"the mail {letter.message_id} left for {self.address}, who had gone"
            for letter in sent
            if letter.at > done and self.address in str(message_from_bytes(letter.raw)["To"])
        )

    def _end(self, stage: Stage) -> Iterator[str]:
        """It has ended, and the other hears of it once, or it is on record why not."""
        relationship = stage.relationship
        if relationship.status not in ENDED:
            yield f"it is {relationship.status} although one of the two has gone"
        if relationship.ended_because != LEFT:
            return
        told = [name for name in (*relationship.mails, *relationship.lapsed) if name[:2] == ("notice", LEFT)]
        if len(told) > 1 or (relationship.charter_shown and not told):
            yield f"the end was told {len(told)} times"

    def _words(self, stage: Stage) -> Iterator[str]:
        """Of somebody who was forgotten no word can be read."""
        if self.what == "forgotten":
            for stream in (self.person, stage.id):
                for event in stage.house.streams.events(stream):
                    readable = [one for one in _personal(vars(event)) if one.owner == self.person and one.text]
                    yield from (f"{type(event).__name__} still says {one.text!r}" for one in readable)


def _personal(value: Any) -> Iterator[Personal]:
    if isinstance(value, Personal):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _personal(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _personal(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _personal(getattr(value, field.name))
