"""How times are offered by mail and chosen, where a calendar cannot be read."""

from datetime import datetime

from domain import meeting_events, offering_events
from domain.by import By
from domain.charter import Role
from domain.decisions import OfferTimes
from domain.errors import Refused
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.offers import Offer
from domain.relationship_state import RelationshipState

_ANOTHER = "Another time is looked for in the next cycle."


class Offering(RelationshipState):
    """The decisions about offered times; every one may be repeated and then changes nothing."""

    def offer_times(self, offer: OfferTimes, tzdata: str, by: By) -> None:
        """Offer a few times to one of the two; a cycle has one offer for each of them."""
        if self.offer(offer.cycle, offer.role) is not None:
            return
        names = ("cycle", "generation", "role", "starts", "target", "zone", "organiser", "expires", "counters", "final")
        facts = {name: getattr(offer, name) for name in names}
        self.record(offering_events.TimesOffered, tzdata=tzdata, by=by, **facts)

    def choose_time(self, cycle: int, role: Role, number: int, by: By) -> None:
        """One of the two takes the offered time of that number.

        When a time was found without asking meanwhile, the choice is a wish for that other time.
        """
        offer = self._standing_offer(cycle, role)
        if not 1 <= number <= len(offer.starts):
            raise Refused("The offer has no time of that number.", "Answer with one of its numbers, or with none.")
        start = offer.starts[number - 1]
        if offer.chosen == start:
            return
        if not offer.open_at(by.at) or start - self.charter.notice < by.at:
            raise Refused("That offer is no longer open.", _ANOTHER)
        current = self.meetings.current
        if current is not None:
            self._wish_instead(start, role, by)
        else:
            self.record(offering_events.TimeChosen, cycle=cycle, role=role, start=start, by=by)

    def choose_start(self, cycle: int, role: Role, start: datetime, by: By) -> None:
        """One of the two names a time of her own instead of the offered ones; the caller checks that it can be."""
        offer = self._standing_offer(cycle, role)
        if offer.chosen == start:
            return
        if not offer.open_at(by.at) or self.meetings.current is not None:
            raise Refused("That offer is no longer open.", _ANOTHER)
        self.record(offering_events.TimeChosen, cycle=cycle, role=role, start=start, by=by)

    def refuse_times(self, cycle: int, role: Role, by: By) -> None:
        """None of the offered times suits."""
        offer = self._standing_offer(cycle, role)
        if not offer.refused:
            if not offer.open_at(by.at):
                raise Refused("That offer is no longer open.", _ANOTHER)
            self.record(offering_events.TimesRefused, cycle=cycle, role=role, by=by)

    def offer(self, cycle: int, role: Role) -> Offer | None:
        """Return the offer that was made to one of the two in a cycle, or None."""
        return next((o for o in self.offers if (o.cycle, o.role) == (cycle, role)), None)

    def _standing_offer(self, cycle: int, role: Role) -> Offer:
        offer = self.offer(cycle, role)
        if offer is None:
            raise LookupError(f"no offer of cycle {cycle}")
        return offer

    def _wish_instead(self, start: datetime, role: Role, by: By) -> None:
        current = self.meetings.current
        wished = Interval(start, start + self.charter.length)
        if current is not None and current.state is MeetingState.BOOKED and current.time != wished:
            self.record(meeting_events.TimeProposed, ref=current.ref, role=role, time=wished, by=by)
