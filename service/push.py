"""Push: keeps a subscription for each calendar and lets what providers say hasten polls; nothing ever depends on it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from domain.errors import Broken, MentorsyncError, Misconfigured, NotFound, NotSignedIn, TryLater
from domain.ledger import Claim, LedgerWrite, Settlement, WorkState
from domain.ports import Hints, Push
from domain.push import Hint, HintKind, Hook, Watch
from service.house import SERVICE_OWNER, House, organiser_id
from service.push_standing import STREAM, Kept, Standing, is_wanted, standing_of
from service.rows import calendar_poll, subscription_row
from service.unreadable import relationships_of

log = structlog.get_logger()
LIFE = timedelta(days=7)
"""How long a subscription is asked for at most; Google gives a week, Microsoft takes less by itself."""
SOONEST = timedelta(minutes=5)
CALM = timedelta(seconds=10)
"""However much is said about one calendar, hints let it be polled no more often than this."""


def tend_subscription(house: House, owner: str) -> None:
    """Open the owner's row, due now, when what stands is not what is wanted; one try more for what was refused."""
    now, standing = house.now(), standing_of(house.ledger, owner)
    row = subscription_row(owner, now)
    if is_wanted(house, owner):
        if standing.current(house.hook, now) is not None and not standing.refused:
            return
    elif not standing.kept:
        return
    house.streams.save(now=now, write=LedgerWrite(open=(row,)))
    if standing.refused:
        # It is not given up any more when an earlier tending was cut short right here.
        with suppress(NotFound):
            house.ledger.resolve(row.key, WorkState.OPEN, now)
    house.ledger.hasten([row.key], now)


def tend_all(house: House) -> None:
    """Tend the service's and every person's subscription."""
    for owner in (SERVICE_OWNER, *(person.id for person in house.streams.summaries("person"))):
        tend_subscription(house, owner)


def keep_subscription(house: House, claim: Claim) -> None:
    """Make, renew or end one owner's subscription; it is due again at half its life.

    A provider's no is final until a person or the next start of the daemon asks again; any other trouble is noted and
    raised, so that the row waits like any other.
    """
    owner = claim.work.subject
    try:
        standing, due = _kept_up(house, owner) if is_wanted(house, owner) else _given_back(house, owner)
    except MentorsyncError as trouble:
        standing = replace(standing_of(house.ledger, owner), trouble=str(trouble))
        if not isinstance(trouble, Broken) or isinstance(trouble, NotSignedIn):
            _record(house, owner, standing)
            raise
        log.warning("push.refused", owner=owner, problem=trouble.problem)
        end = Settlement(claim.work.key, claim.token, WorkState.GIVEN_UP, reason=trouble.problem)
        _record(house, owner, replace(standing, refused=True), end)
        return
    state = WorkState.DROPPED if due is None else WorkState.OPEN
    done = Settlement(claim.work.key, claim.token, state, due)
    _record(house, owner, replace(standing, trouble="", refused=False), done)


def _kept_up(house: House, owner: str) -> tuple[Standing, datetime]:
    """Let the owner have one subscription that holds; return what stands and when it must be looked after."""
    now, standing = house.now(), standing_of(house.ledger, owner)
    current = standing.current(house.hook, now)
    if current is None or standing.asked or now >= current.renewal:
        standing = _renewed(house, owner, current)
        # Known before the older ones go, so that none is ever forgotten at the provider.
        _record(house, owner, standing)
    for one in standing.kept[1:]:
        standing = _ended(house, owner, standing, one)
    return standing, max(standing.kept[0].renewal, now + SOONEST)


def _renewed(house: House, owner: str, current: Kept | None) -> Standing:
    push, account, provider = _push_of(house, owner)
    now, standing, hook = house.now(), standing_of(house.ledger, owner), _hook(house)
    subscription = push.renew(account, current.subscription, now + LIFE) if current else None
    if subscription is None:
        name = house.ids.new().hex
        address = f"{hook.address}/{provider}"
        subscription = push.watch(account, Watch(name, hook.token(owner, name), address, now + LIFE))
        # What changed before the first hint could come.
        house.ledger.hasten([calendar_poll(owner, now).key], now)
        log.info("push.subscribed", owner=owner, until=subscription.ends.isoformat())
    return standing.with_newest(subscription, hook.mark, now)


def _hook(house: House) -> Hook:
    if house.hook is None:
        raise Misconfigured("There is no address for hints.", "Add a [push] section to the configuration.")
    return house.hook


def _given_back(house: House, owner: str) -> tuple[Standing, None]:
    """End all that stands."""
    standing = standing_of(house.ledger, owner)
    for one in standing.kept:
        standing = _ended(house, owner, standing, one)
    return Standing(), None


def _ended(house: House, owner: str, standing: Standing, one: Kept) -> Standing:
    """End one subscription; one that the provider does not let us end runs out by itself."""
    push, account, _ = _push_of(house, owner)
    if one.subscription.ends > house.now():
        try:
            push.end(account, one.subscription)
        except Broken as trouble:
            log.info("push.not_ended", owner=owner, problem=trouble.problem)
    standing = standing.without(one.subscription.name)
    _record(house, owner, standing)
    return standing


def _push_of(house: House, owner: str) -> tuple[Push, str, str]:
    """Return the port, the account and the provider of an owner's calendar."""
    if owner == SERVICE_OWNER:
        provider, account = house.identity.provider, house.identity.address
    else:
        person = house.streams.person(owner)
        provider, account = person.provider, person.address
    if provider not in house.pushes:
        raise Misconfigured(
            f"A calendar is at {provider}, which is not configured.",
            f"Add a [{provider}] section to the configuration.",
        )
    return house.pushes[provider], account, provider


def _record(house: House, owner: str, standing: Standing, settle: Settlement | None = None) -> None:
    write = LedgerWrite(settle=settle, cursors=((owner, STREAM, standing.text()),))
    house.streams.save(now=house.now(), write=write)


class Attention:
    """Turns hints into polls that are due sooner: whatever comes twice, late or out of order only polls once more."""

    def __init__(self, house: House, hints: Hints) -> None:
        self._house = house
        self._hints = hints
        self._polled: dict[str, datetime] = {}

    def heed(self) -> bool:
        """Take all hints that came, and return whether there were any; those of no present subscription are ignored.

        When they cannot be acted on just now they are let go, for polls will find what they are about.
        """
        hints = self._hints.take()
        try:
            self._act_on(hints)
        except TryLater as trouble:
            log.warning("push.let_go", hints=len(hints), problem=trouble.problem)
        return bool(hints)

    def _act_on(self, hints: Sequence[Hint]) -> None:
        heeded = [hint for hint in hints if standing_of(self._house.ledger, hint.owner).knows(hint.name)]
        for hint in heeded:
            self._note(hint)
        changed = {hint.owner for hint in heeded if hint.kind is not HintKind.RENEW}
        self._poll(changed | {organiser for owner in changed for organiser in self._organisers(owner)})
        if hints:
            log.info("push.heeded", hints=len(heeded), ignored=len(hints) - len(heeded))

    def _note(self, hint: Hint) -> None:
        if hint.kind not in (HintKind.REMOVED, HintKind.RENEW):
            return
        house, standing = self._house, standing_of(self._house.ledger, hint.owner)
        known = standing.without(hint.name) if hint.kind is HintKind.REMOVED else replace(standing, asked=True)
        _record(house, hint.owner, known)
        house.ledger.hasten([subscription_row(hint.owner, house.now()).key], house.now())

    def _organisers(self, owner: str) -> Iterator[str]:
        """Whose calendars hold the meetings of which the owner's shows copies: read together, they are understood."""
        for relationship in relationships_of(self._house, owner):
            meeting = relationship.meetings.current
            yield organiser_id((meeting or relationship.charter).organiser, relationship)

    def _poll(self, owners: Iterable[str]) -> None:
        now = self._house.now()
        for owner in sorted(owners):
            due = max(now, self._polled.get(owner, now - CALM) + CALM)
            self._polled[owner] = due
            self._house.ledger.hasten([calendar_poll(owner, now).key], due)
