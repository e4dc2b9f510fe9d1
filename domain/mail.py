"""Mail as it leaves and as it arrives, before anyone asks what it means."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class MailKind(StrEnum):
    """The kinds of mail that mentorsync sends."""

    REQUEST = "request"
    CHARTER = "charter"
    PREPARATION = "preparation"
    AGENDA = "agenda"
    HELD_QUESTION = "held_question"
    FOLLOW_UP = "follow_up"
    CHASE = "chase"
    NOTICE = "notice"
    ECHO = "echo"
    OFFER = "offer"
    INVITATION = "invitation"
    BRIEF = "brief"
    REFERENCE = "reference"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Envelope:
    """All that a mail's header needs; ids are RFC 5322 message ids with angle brackets.

    `thread` lists the message ids of the earlier mails of the conversation, oldest first (References; the last is
    In-Reply-To). `sent_at` is the Date header, from the Clock port. `message_id` is made from the effect's key, never
    at random. `reply_to` is where the reader answers, empty for the sender's own address.
    """

    kind: MailKind
    sender: str
    sender_name: str
    recipient: str
    recipient_name: str
    subject: str
    message_id: str
    thread: tuple[str, ...]
    sent_at: datetime
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that lies in the service's mailbox.

    The provider's id, and its conversation id where it has one. `fresh` says that it was stored just now by whoever
    holds this value, so that it cannot have left yet.
    """

    draft_id: str
    conversation: str = ""
    fresh: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that is known to have left.

    `message_id` is the one that the world sees (a provider may have replaced ours), empty when the provider does not
    tell. `copy` is the provider's own id of the copy that it keeps, as Mailbox.raw takes it, or empty.
    """

    message_id: str
    conversation: str = ""
    copy: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The ids of messages that arrived since the cursor, oldest first, and the cursor for the next round."""

    message_ids: tuple[str, ...]
    cursor: str


UNSTAMPED = "there is no verdict of the provider on it"
"""The one doubt about a mail's origin that a provider on this machine may leave: it wrote no verdict at all."""


LONGEST_WAIT = timedelta(days=60)
"""A mail that waits for longer, on its way or set aside, is hardly read any more."""


class MailClass(StrEnum):
    """What sort of mail arrived; only human mail can ever act."""

    HUMAN = "human"
    MACHINE = "machine"
    CALENDAR = "calendar"
    FORWARD = "forward"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail that arrived, read but not yet understood.

    `sender` is the one address of the one From header in lower case, or None when there is not exactly one.
    `references` are all message ids that it answers, nearest first. `text` is only what its author newly wrote.
    `reasons` say why the class was chosen. `sure` is False when the new text could not be told from the quoted text
    with confidence. `recipients` are the addresses that it was written to, in lower case, the surest first. `bounced`
    are those that it reports to take no mail for good; then `references` name the mail that could not be delivered.
    `marked` says that our own line, above which people write, stood in it; `files` counts what its writer attached.
    `written` is the time of its one Date header, None where it has none.
    """

    message_id: str
    mail_class: MailClass
    sender: str | None
    references: tuple[str, ...]
    subject: str
    text: str
    sure: bool
    reasons: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    bounced: tuple[str, ...] = ()
    marked: bool = False
    files: int = 0
    written: datetime | None = None

    def said_at(self, now: datetime) -> datetime:
        """Return when its words were said, from which "tomorrow" counts: when it was written, however late it is read.

        A date that is later than `now`, or earlier by more than LONGEST_WAIT, is a wrong clock's: then it is `now`.
        """
        return self.written if self.written is not None and now - LONGEST_WAIT <= self.written <= now else now


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that somebody attached to a mail.

    `name` is cleaned of whatever is no plain name. `kind` is the media type that it was found to have, empty for what
    is never passed on; `size` counts bytes. `content` is there only for a kind and a size that can be passed on.
    """

    name: str
    kind: str
    size: int
    content: bytes = field(default=b"", repr=False)


class AddressProof(StrEnum):
    """What the address proves that a mail was written to: which mail of ours it answers, within its time."""

    NONE = "none"
    GENUINE = "genuine"
    EXPIRED = "expired"
    FORGED = "forged"


class TooDemanding(Exception):
    """A mail cannot be read within the time and the memory that one mail may have; `reason` says it in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
