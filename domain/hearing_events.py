"""What can have come of a mail that a person wrote; names and topics are forever."""

from domain.aggregate import Stream
from domain.hearing import Heard


class MailUnderstood(Stream.Event):
    """A mail of one of the two was acted on."""

    TOPIC = "relationship.mail-understood"
    heard: Heard


class MailUndone(Stream.Event):
    """Its writer took back what a mail had brought about; each deed is undone by its opposite, and the mail stays."""

    TOPIC = "relationship.mail-undone"
    mail: str
