"""How a relationship begins: the mentor's answer and the charter that both agree to."""

from dataclasses import replace
from datetime import date, timedelta

from domain import opening_events
from domain import relationship_events as events
from domain.by import By
from domain.charter import Role
from domain.counter import countered
from domain.errors import BadInput, Refused
from domain.personal import Personal
from domain.relationship_state import RelationshipState, Status
from domain.reply import SaidTerms

LONGEST_ANSWER = 60
EASTERNMOST = timedelta(hours=14)
"""So far ahead of UTC the day may be somewhere."""


class Opening(RelationshipState):
    """The decisions from the request to the charter."""

    def accept(self, by: By) -> None:
        """The mentor says yes; saying it again changes nothing."""
        if self.status in (Status.ACCEPTED, Status.AGREED):
            return
        self._require(Status.REQUESTED, "This request is no longer open.")
        self.record(events.Accepted, by=by)

    def accept_with(self, terms: SaidTerms, by: By) -> None:
        """The mentor says yes on these terms, and so agrees to the charter with them; only the mentee is still to.

        Terms that change nothing are a plain yes. Where the mentee has agreed to other ones meanwhile, it is refused.
        """
        charter = countered(self.charter, terms)
        if charter == self.charter:
            self.accept(by)
            return
        self._require(Status.REQUESTED, "You have said yes or no already, so the terms stay as they are.")
        # Somebody may be answering a charter that was shown before a yes was taken back: that answer must not fit this.
        version = charter.version + self.charter_shown
        self.record(opening_events.AcceptedWithCounter, charter=replace(charter, version=version), by=by)

    def name_fallback(self, mentor_id: str, why: Personal | None, by: By) -> None:
        """The mentee names who is asked when the mentor does not take it on."""
        if mentor_id in (self.mentor_id, self.mentee_id):
            raise Refused("The second mentor is one of the two already.", "Name a third person, or none.")
        self.record(opening_events.FallbackNamed, mentor_id=mentor_id, why=why, by=by)

    def give_time(self, days: int, by: By) -> None:
        """Whoever is asked has so many days to answer, instead of the usual ones."""
        if not 1 <= days <= LONGEST_ANSWER:
            raise BadInput(f"The time to answer must be from 1 to {LONGEST_ANSWER} days.", "Give a number of days.")
        if days != self.asking.answer_days:
            self.record(opening_events.AnswerTimeSet, days=days, by=by)

    def turn_to_fallback(self, refused: str, by: By) -> None:
        """The second mentor is asked now, or cannot be: `refused` says why, in our words, and is empty otherwise."""
        if self.asking.turned_to:
            return
        if refused:
            self.record(opening_events.FallbackRefused, reason=refused, by=by)
        else:
            self.record(opening_events.FallbackAsked, by=by)

    def decline(self, by: By, reason: Personal | None = None) -> None:
        """The mentor says no, with words to the mentee or without; saying it again changes nothing."""
        if self.status is Status.DECLINED:
            return
        self._require(Status.REQUESTED, "This request is no longer open.")
        self.record(events.Declined, reason=reason, by=by)

    def approve_charter(self, role: Role, by: By) -> None:
        """One of the two agrees to the proposed charter; when both have, it counts."""
        if role in self.approved or self.status is Status.AGREED:
            return
        self._require(Status.ACCEPTED, "There is no charter to agree to at the moment.")
        self.record(events.CharterApproved, version=self.charter.version, role=role, by=by)
        if set(self.approved) == set(Role):
            self.record(events.CharterAgreed, version=self.charter.version, by=by)

    def decline_charter(self, version: int, role: Role, by: By, reason: Personal | None = None) -> None:
        """One of the two says no to the first charter, with words to the other or without, and so nothing begins."""
        if self.status is Status.DECLINED:
            return
        self._require(Status.ACCEPTED, "There is no charter to answer at the moment.")
        if version != self.charter.version:
            raise Refused("The charter has changed since that mail.", "Reply to the newest one.")
        self.record(opening_events.CharterDeclined, version=version, role=role, reason=reason, by=by)

    def take_over(self, since: date, by: By) -> None:
        """The charter was agreed before mentorsync knew of the two; nobody is asked, and nothing is told."""
        self._require(Status.REQUESTED, "This request is no longer open.")
        if since > (by.at + EASTERNMOST).date():
            raise BadInput("A relationship cannot have begun in the future.", "Give the day on which it began.")
        self.record(events.TakenOver, since=since, by=by)

    def expire_request(self, reason: str, by: By) -> None:
        """The time to answer is over."""
        if self.status in (Status.REQUESTED, Status.ACCEPTED):
            self.record(events.RequestExpired, reason=reason, by=by)

    def _require(self, status: Status, problem: str) -> None:
        if self.status is not status:
            raise Refused(problem, "Start a new request if both still want it.")
