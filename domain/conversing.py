"""What is said before and after meetings, and which mails have left.

Agenda items, learnings, actions, mails.
"""

from datetime import date

from domain import relationship_events as events
from domain.by import By
from domain.charter import Role
from domain.conversation import Action, AgendaItems
from domain.health_events import ActionLetGo
from domain.mail import Sent
from domain.personal import Personal
from domain.sampling import Sampling

NOT_WANTED = "its owner answered that it is not wanted any more"


class Conversing(Sampling):
    """The decisions about words and mails; every one may be repeated and then changes nothing."""

    def add_agenda_items(self, cycle: int, items: AgendaItems, by: By) -> None:
        """The mentee says what the next meeting should be about; what was said before stays."""
        fresh = items.without(self.agendas.get(cycle, AgendaItems()))
        if not fresh.empty:
            self.record(events.AgendaItemsAdded, cycle=cycle, items=fresh, by=by)

    def record_learnings(self, cycle: int, role: Role, texts: tuple[Personal, ...], by: By) -> None:
        """One of the two says what was learned."""
        known = {text for _, text in self.learnings.get(cycle, ())}
        fresh = tuple(text for text in texts if text not in known)
        if fresh:
            self.record(events.LearningsRecorded, cycle=cycle, role=role, texts=fresh, by=by)

    def owe_action(self, owner: Role, text: Personal, due: date | None, cycle: int, by: By) -> None:
        """One of the two owes something; the same words for the same owner in one cycle are one action."""
        if not any(a.owner is owner and a.text == text and a.cycle == cycle for a in self.actions):
            number = len(self.actions) + self.withdrawn_actions + 1
            self.record(events.ActionOwed, number=number, owner=owner, text=text, due=due, cycle=cycle, by=by)

    def close_action(self, number: int, by: By) -> None:
        """What was owed is done."""
        action = self.action(number)
        if action is not None and action.open:
            self.record(events.ActionClosed, number=number, by=by)

    def let_action_go(self, number: int, by: By) -> None:
        """What was owed is not wanted any more; nobody is asked about it again."""
        action = self.action(number)
        if action is not None and action.open:
            self.record(ActionLetGo, number=number, reason=NOT_WANTED, by=by)

    def action(self, number: int) -> Action | None:
        """Return the action of that number, or None."""
        return next((a for a in self.actions if a.number == number), None)

    def mail_left(
        self,
        kind: str,
        occasion: str,
        recipient: str,
        sent: Sent,
        by: By,
        carries: tuple[str, ...] = (),
        samples: tuple[str, ...] = (),
    ) -> None:
        """A mail is known to have left, and with it the answers to the reader's mails and the files that it carried."""
        answers = [("echo", mail, recipient) for mail in carries]
        for name in ((kind, occasion, recipient), *answers):
            if name not in self.mails:
                facts = dict(zip(("kind", "occasion", "recipient"), name, strict=True))
                ids = {"message_id": sent.message_id, "conversation": sent.conversation}
                self.record(events.MailSent, **facts, **ids, by=by)
        self.pass_samples_on(occasion, samples, by)

    def lapse(self, name: tuple[str, str, str], about: str, reason: str, by: By) -> None:
        """Something was not done in time."""
        if not self.settled(*name):
            kind, occasion, recipient = name
            self.record(
                events.EffectLapsed,
                kind=kind,
                occasion=occasion,
                recipient=recipient,
                about=about,
                reason=reason,
                by=by,
            )

    def give_up(self, name: tuple[str, str, str], about: str, reason: str, unknown: bool, by: By) -> None:
        """The provider refused for good, or nobody can find out what became of it."""
        if not self.settled(*name):
            kind, occasion, recipient = name
            self.record(
                events.EffectGivenUp,
                kind=kind,
                occasion=occasion,
                recipient=recipient,
                about=about,
                reason=reason,
                unknown=unknown,
                by=by,
            )

    def reopen(self, name: tuple[str, str, str], by: By) -> None:
        """A person looked: what was given up is to be tried again."""
        if name in self.given_up:
            kind, occasion, recipient = name
            self.record(events.EffectReopened, kind=kind, occasion=occasion, recipient=recipient, by=by)
