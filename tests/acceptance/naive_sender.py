"""The control: a sender that never looks anything up and names each attempt anew, as senders without a key do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from domain.effects import Effect, EffectKind
from domain.letters import EchoLetter, Letter
from domain.mail import AttachedFile, Envelope
from domain.ports import Composer
from domain.threads import SubjectLine
from service.booking import Booker
from service.house import House
from service.job import Job, Outcome, Performer
from service.posting import Poster
from service.worker import PERFORMERS


@dataclass(frozen=True, slots=True)
class Naive:
    """Does each attempt as if it were the first."""

    performer: Performer

    def find(self, house: House, job: Job) -> None:
        """Never look."""

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Do it under a name that no attempt had before, and without the draft that lies there."""
        house = replace(house, composer=FreshNames(house.composer, job.claim.attempts))
        claim = replace(job.claim, receipt="")
        if effect.kind is EffectKind.BOOK:
            claim = replace(claim, work=replace(claim.work, key=f"{claim.work.key}/{claim.attempts}"))
        return self.performer.perform(house, replace(job, claim=claim), effect)


@dataclass(frozen=True, slots=True)
class FreshNames:
    """Gives each attempt's mail a message id of its own."""

    composer: Composer
    attempt: int

    def compose(
        self,
        envelope: Envelope,
        letter: Letter,
        rider: EchoLetter | None = None,
        files: Sequence[AttachedFile] = (),
    ) -> bytes:
        """See the port."""
        fresh = f"<attempt-{self.attempt}-{envelope.message_id[1:]}"
        return self.composer.compose(replace(envelope, message_id=fresh), letter, rider, files)

    def subject(self, line: SubjectLine) -> str:
        """See the port."""
        return self.composer.subject(line)


@contextmanager
def naive_performers(naive: bool = True) -> Iterator[None]:
    """Let every kind of effect be done by the naive sender for a while (or, when not `naive`, as it is)."""
    usual = dict(PERFORMERS)
    for kind in EffectKind if naive else ():
        PERFORMERS[kind] = Naive(usual.get(kind, Poster()))
    try:
        yield
    finally:
        PERFORMERS.clear()
        PERFORMERS.update(usual)


def send_naively() -> None:
    """Put the naive sender in the place of the real one, for bookings and agendas, in this process."""
    PERFORMERS[EffectKind.BOOK] = Naive(Booker())
    PERFORMERS[EffectKind.AGENDA] = Naive(Poster())
