"""Does one claimed effect.

Look it up if it may have been done before, ask the plan whether it is still wanted, do it, record the outcome.
"""

from datetime import timedelta

from domain.by import by_policy
from domain.charter import Organiser
from domain.effects import Effect, EffectKind
from domain.errors import Broken, Doubtful, MentorsyncError, NoAccess, NoMailbox, NotSignedIn, Refused, TryLater
from domain.ledger import Claim, LedgerWrite, Settlement, WorkState
from domain.plan import plan
from service.booking import Blanker, Booker, Canceller, Mover
from service.house import House
from service.job import Held, Job, Outcome, Performer
from service.pauses import pause_after
from service.posting import Poster
from service.rails import bar, begun, counted, put_off
from service.situations import situation_of
from service.telling import DONE, Told

FOUND, DROPPED = Told("found"), Told("dropped", "no longer wanted")
FIRST_PAUSE = timedelta(minutes=2)
PERFORMERS: dict[str, Performer] = {
    EffectKind.BOOK: Booker(),
    EffectKind.MOVE: Mover(),
    EffectKind.CANCEL: Canceller(),
    EffectKind.BLANK: Blanker(),
}


def work(house: House, claim: Claim) -> Told:
    """Bring one claimed effect as far as it gets now and return how far; every way out settles the row."""
    house.kill.at(f"{claim.work.kind}: after claim")
    relationship = house.streams.relationship(claim.work.subject)
    job = Job(claim, relationship, situation_of(house, relationship), house.now())
    try:
        return _attempt(house, job)
    except (TryLater, Doubtful, Refused) as trouble:
        return _postpone(house, job, trouble)
    except Broken as trouble:
        if _is_ours_to_mend(job, trouble):
            return _postpone(house, job, trouble)
        return _give_up(house, job, trouble.problem, WorkState.GIVEN_UP)


def _is_ours_to_mend(job: Job, trouble: Broken) -> bool:
    """Say whether it is the credential or the service's own account that is refused.

    Nothing is wrong with what was asked then: it can be done once an administrator has mended that.
    """
    if isinstance(trouble, NotSignedIn):
        return True
    return isinstance(trouble, NoAccess | NoMailbox) and _is_in_our_account(job)


def _is_in_our_account(job: Job) -> bool:
    if EffectKind(job.claim.work.kind).is_mail:
        return True
    return job.relationship.meeting(job.about).organiser is Organiser.SERVICE


def _attempt(house: House, job: Job) -> Told:
    performer = PERFORMERS.get(job.claim.work.kind, Poster())
    if job.claim.attempts > 1 or job.claim.receipt:
        house.kill.at(f"{job.claim.work.kind}: before find")
        found = _found(house, job, performer)
        house.kill.at(f"{job.claim.work.kind}: after find")
        if isinstance(found, Held):
            return _give_up(house, job, found.reason, WorkState.UNKNOWN)
        if found is not None:
            _settle(house, job, found)
            return FOUND
    wanted = _wanted(job)
    if wanted is None:
        settlement = Settlement(job.claim.work.key, job.claim.token, WorkState.DROPPED, reason="no longer wanted")
        house.ledger.settle(settlement, job.now)
        return DROPPED
    barred = bar(house, job.situation, wanted)
    if barred is not None:
        return put_off(house, job.claim, barred, job.now)
    house.kill.at(f"{job.claim.work.kind}: before perform")
    outcome = performer.perform(house, job, wanted)
    house.kill.at(f"{job.claim.work.kind}: after perform")
    _settle(house, job, outcome)
    return DONE


def _found(house: House, job: Job, performer: Performer) -> Outcome | Held | None:
    """Look for it; a provider's no to the question says nothing about what an earlier attempt did."""
    try:
        return performer.find(house, job)
    except Broken as trouble:
        if _is_ours_to_mend(job, trouble):
            raise
        return Held(f"what an earlier attempt did cannot be looked up: {trouble.problem}")


def _wanted(job: Job) -> Effect | None:
    """The plan itself says whether the effect is still wanted.

    While it has decisions to record first, nothing is sent.
    """
    planned = plan(job.situation, job.now)
    if planned.decisions:
        raise TryLater(
            "The relationship has to be reviewed first.",
            "It is tried again by itself.",
            job.now + FIRST_PAUSE,
        )
    return planned.wants(*job.name, job.now)


def _settle(house: House, job: Job, outcome: Outcome) -> None:
    """Record what happened and close the row in one transaction."""
    by, new = by_policy(_clause(job), job.now), not begun(job.relationship)
    outcome.record(job.relationship, by)
    settlement = Settlement(job.claim.work.key, job.claim.token, WorkState.DONE, receipt=job.claim.receipt)
    counts = counted(house, EffectKind(job.claim.work.kind).is_mail, new_pair=new)
    write = LedgerWrite(settle=settlement, references=job.references(outcome.references), cursors=counts)
    house.kill.at(f"{job.claim.work.kind}: before settle")
    house.streams.save(job.relationship, now=job.now, write=write)
    house.kill.at(f"{job.claim.work.kind}: after settle")


def _clause(job: Job) -> str | None:
    effects = plan(job.situation, job.now).effects
    return next((effect.clause for effect in effects if effect.name == job.name), None)


def _postpone(house: House, job: Job, trouble: MentorsyncError) -> Told:
    """Try again when the provider says so, or after a pause that doubles.

    The expiry of the effect ends it.
    """
    due = job.now + pause_after(trouble, job.claim.attempts, FIRST_PAUSE, job.now)
    settlement = Settlement(job.claim.work.key, job.claim.token, WorkState.OPEN, due, reason=trouble.problem)
    house.ledger.settle(settlement, job.now)
    return Told("postponed", trouble.problem, type(trouble).__name__)


def _give_up(house: House, job: Job, reason: str, state: WorkState) -> Told:
    """A provider's no, or an outcome that nobody can find out, becomes a fact that the plan and an administrator can
    see.
    """
    unknown = state is WorkState.UNKNOWN
    by = by_policy(_clause(job), job.now)
    fresh = house.streams.relationship(job.claim.work.subject)
    fresh.give_up(job.name, job.about, reason, unknown, by)
    settlement = Settlement(job.claim.work.key, job.claim.token, state, reason=reason)
    house.streams.save(fresh, now=job.now, write=LedgerWrite(settle=settlement))
    return Told("unknown" if unknown else "given-up", reason)
