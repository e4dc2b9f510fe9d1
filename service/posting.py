"""Sends the service's mails: compose, store a draft, note it, send it, and prove what left.

Nothing is ever resent blindly.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from domain.by import By
from domain.charter import Role
from domain.desk import Desk
from domain.echoing import rider
from domain.effects import Effect, EffectKind
from domain.errors import TryLater
from domain.languages import is_ours
from domain.ledger import Claim, LedgerRow, LedgerWrite, WorkState
from domain.mail import Draft, Envelope, MailKind, Sent
from domain.relationship import Relationship
from domain.threads import earlier_mails, subject_line
from domain.writing import write
from service.house import House
from service.job import Held, Job, Outcome
from service.noting import brief
from service.rails import delegates_outside
from service.samples import enclosed, waiting

log = structlog.get_logger()

LOOKS = 6
ANSWERED_FOR = timedelta(days=60)
"""How long the address counts at which a mail is answered."""


class Poster:
    """Does every kind of mail."""

    def find(self, house: House, job: Job) -> Outcome | Held | None:
        """Look for the mail: what was sent is done; a draft was not sent.

        A draft that vanished is looked for a few times, then held.
        """
        draft = _noted(job.claim.receipt).draft
        found = house.mailbox.find(house.identity.address, message_id_of(house, job.claim.work.key), draft)
        if isinstance(found, Sent):
            noted = _noted(job.claim.receipt)
            # A store that came back from a backup does not know of the draft: what waited then has left with it.
            samples = noted.samples if noted.draft is not None else waiting(job.relationship, job.name, job.about)
            return _left(house, job, found, noted.carries, samples)
        if found is None and draft is not None:
            seek_again(job.claim)
            return Held("the draft is gone and no sent copy can be found")
        return None

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Send what is true now; a draft of an earlier attempt is used only when it says the same."""
        effect = with_free_riders(house, job, effect)
        envelope = _envelope(house, job, effect)
        desk = Desk(job.situation, effect, house.identity.programme, _unreached(house, job, effect))
        # Letters are written from what holds no private note; those are read here, for their author's brief alone.
        letter = brief(house, desk) if effect.kind is EffectKind.BRIEF else write(desk)
        (letter, files), below = enclosed(house, desk, letter), rider(desk)
        said = (envelope.recipient, envelope.subject, envelope.thread, letter, below, effect.samples)
        digest = hashlib.sha256(repr(said).encode()).hexdigest()[:16]
        noted = _noted(job.claim.receipt)
        draft = noted.draft
        if not is_ours(letter.language):
            log.warning("mail.language_unknown", language=letter.language, kind=effect.kind.value, to=effect.recipient)
        if draft is None or noted.digest != digest:
            conversation = next((m.conversation for m in reversed(earlier_mails(job.situation, effect))), "")
            mime = house.composer.compose(envelope, letter, below, files)
            draft = house.mailbox.draft(house.identity.address, mime, conversation)
            house.kill.at(f"{effect.kind}: before note")
            house.ledger.note(job.claim, Noted(draft, digest, effect.carries, effect.samples).receipt)
            house.kill.at(f"{effect.kind}: before send")
        # Whoever answers at once is heard, also when we die before it is on record that the mail left.
        house.streams.save(now=job.now, write=LedgerWrite(references=job.references(_own_names(house, job))))
        return _left(house, job, house.mailbox.send(house.identity.address, draft), effect.carries, effect.samples)


def message_id_of(house: House, key: str) -> str:
    """Return the message id under which a mail is composed.

    Made from its key, so that it can be looked for after a crash.
    """
    domain = house.identity.address.split("@")[1]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


@dataclass(frozen=True, slots=True)
class Noted:
    """What an attempt drafted: the draft, a digest of what it says, the answers and the samples that it carries."""

    draft: Draft | None = None
    digest: str = ""
    carries: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    @property
    def receipt(self) -> str:
        """The same as a row of the ledger keeps it."""
        draft = self.draft or Draft("")
        return json.dumps([draft.draft_id, draft.conversation, self.digest, list(self.carries), list(self.samples)])


def _noted(receipt: str) -> Noted:
    """Read a row's receipt; drafts of an earlier program carried nothing."""
    if not receipt:
        return Noted()
    draft_id, conversation, digest, *carried = json.loads(receipt)
    return Noted(Draft(draft_id, conversation), digest, *(tuple(names) for names in carried))


def with_free_riders(house: House, job: Job, effect: Effect) -> Effect:
    """Return the effect with those answers only that are not on their way by themselves or on another mail.

    Raises TryLater for an answer that may have left on another mail of which that is not known yet.
    """
    mine = job.claim.work
    if effect.kind is not EffectKind.ECHO and not effect.carries:
        return effect
    rows = house.ledger.rows([WorkState.OPEN, WorkState.UNKNOWN], mine.subject)
    others = [row for row in rows if row.work.recipient == mine.recipient and row.work.key != mine.key and row.receipt]
    leaving = {mail for row in others for mail in _leaving(row)}
    if effect.kind is EffectKind.ECHO and effect.occasion in leaving:
        raise TryLater("The answer may have left on another mail.", "It is looked at again by itself.")
    return replace(effect, carries=tuple(mail for mail in effect.carries if mail not in leaving))


def _leaving(row: LedgerRow) -> tuple[str, ...]:
    own = (row.work.occasion,) if row.work.kind == EffectKind.ECHO else ()
    return (*own, *_noted(row.receipt).carries) if EffectKind(row.work.kind).is_mail else ()


def record_sent(relationship: Relationship, row: LedgerRow, message_id: str, by: By) -> None:
    """Record, as a person says, that a mail left of which that was not known, with the answers that it carried."""
    work = row.work
    name = (work.kind, work.occasion, work.recipient)
    noted = _noted(row.receipt)
    relationship.mail_left(*name, Sent(message_id), by, noted.carries, noted.samples)


def seek_again(claim: Claim) -> None:
    """A provider may show a sent mail late, so a vanished draft is looked for again before it is held: TryLater."""
    if claim.attempts < LOOKS:
        raise TryLater(
            "The draft is gone and the sent mail is not to be seen yet.", "It is looked for again by itself."
        )


def _left(house: House, job: Job, sent: Sent, carries: tuple[str, ...], samples: tuple[str, ...]) -> Outcome:
    own = message_id_of(house, job.claim.work.key)
    left = sent if sent.message_id else replace(sent, message_id=own)

    def record(relationship: Relationship, by: By) -> None:
        relationship.mail_left(*job.name, left, by, carries, samples)

    return Outcome(record, tuple(sorted({f"mail:{left.message_id}", *_own_names(house, job)})))


def _own_names(house: House, job: Job) -> tuple[str, ...]:
    """Return the names by which an answer to the mail finds it, as far as we gave them ourselves."""
    key = job.claim.work.key
    return (f"mail:{message_id_of(house, key)}", house.replies.reference(key))


def _addressee(house: House, job: Job, effect: Effect) -> tuple[str, str]:
    """Return where a mail goes and under which name: a delegate who wrote gets the answer, where mail may reach him."""
    reader = job.situation.person(Role(effect.recipient))
    heard = job.relationship.heard.get(effect.occasion) if effect.kind is EffectKind.ECHO else None
    delegate = heard.answered_to.reveal() if heard is not None and heard.answered_to is not None else ""
    if delegate and house.rails.admits(delegate):
        return delegate, ""
    return reader.address, reader.name.reveal()


def _unreached(house: House, job: Job, effect: Effect) -> frozenset[str]:
    """Return the addresses of the reader's delegates that mail may not reach; what they write for her counts."""
    reader = job.situation.person(Role(effect.recipient))
    return frozenset(delegates_outside(house.rails, reader))


def _envelope(house: House, job: Job, effect: Effect) -> Envelope:
    reader = job.situation.person(Role(effect.recipient))
    address, name = _addressee(house, job, effect)
    thread = tuple(mail.message_id for mail in earlier_mails(job.situation, effect))
    return Envelope(
        MailKind(effect.kind.value),
        house.identity.address,
        house.identity.programme,
        address,
        name,
        house.composer.subject(subject_line(job.situation, effect)),
        message_id_of(house, job.claim.work.key),
        thread,
        job.now,
        house.replies.address(job.claim.work.key, reader.address, (effect.due + ANSWERED_FOR).date()),
    )
