"""The promises about mail: the service's mailbox, who writes mails, who reads them, and the addresses for replies."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.letters import EchoLetter, Letter
from domain.mail import AddressProof, Arrivals, AttachedFile, Draft, Envelope, ReceivedMail, Sent
from domain.reply import Reply
from domain.threads import SubjectLine


class Mailbox(Protocol):
    """One provider's mailboxes; `account` is the address of the mailbox. The service only ever sends from its own.

    Errors as for Calendar.
    """

    def arrivals(self, account: str, cursor: str | None) -> Arrivals:
        """Return the messages that arrived in the inbox since `cursor`; with None only a cursor and no messages: the
        past is never acted on.

        A message may be named again in a later round; it is never left out. A forgotten cursor raises CursorExpired.
        """
        ...

    def recent(self, account: str, since: datetime) -> Arrivals:
        """Return all messages that arrived in the inbox since `since` and a fresh cursor.

        The way back after an expired cursor.
        """
        ...

    def raw(self, account: str, message_id: str) -> bytes | None:
        """Return the message as RFC 5322 bytes, at most 25 MB, or None when it is gone."""
        ...

    def draft(self, account: str, mime: bytes, conversation: str) -> Draft:
        """Store the mail as a draft.

        `conversation` is the provider's id of the conversation it continues, or empty.
        """
        ...

    def send(self, account: str, draft: Draft) -> Sent:
        """Send the draft as it lies there and return what left. A draft that is gone raises Doubtful.

        It may have left already.
        """
        ...

    def find(self, account: str, message_id: str, draft: Draft | None) -> Draft | Sent | None:
        """Say what became of the mail that was composed under `message_id`: still a draft, sent, or not there at all.

        `draft` is what `draft` returned, if that is known. Looking changes nothing.
        """
        ...


class Composer(Protocol):
    """Makes a mail from what it says."""

    def compose(
        self,
        envelope: Envelope,
        letter: Letter,
        rider: EchoLetter | None = None,
        files: Sequence[AttachedFile] = (),
    ) -> bytes:
        """Return RFC 5322 bytes: multipart/alternative, text first, then HTML; the same input gives the same bytes.

        `rider` is the answer to mails of the reader that stands below the letter; `files` are attached as they are.

        Names and words come from people and are hostile until encoded: no header beyond the intended ones can arise
        from them.
        """
        ...

    def subject(self, line: SubjectLine) -> str:
        """Return the subject in the line's language; the same line gives the same subject."""
        ...


class Reader(Protocol):
    """Reads a mail, judges its origin and takes its words apart; all are pure functions."""

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Return what arrived; nothing that a mail contains makes this raise.

        Lines of `sent`, the mail of ours that it answers, are never its writer's words.
        """
        ...

    def files(self, raw: bytes) -> tuple[AttachedFile, ...]:
        """Return the files that came with a mail, what programs add by themselves left out; names are plain words.

        A mail that takes too long raises TooDemanding.
        """
        ...

    def trust(self, raw: bytes, provider: str, addresses: Collection[str]) -> tuple[str, tuple[str, ...]]:
        """Return "trusted", "held" (it cannot be proved) or "refused" (forged or failing), and at least one reason.

        The mail lies in the service's mailbox at that provider, whose verdict alone counts (RFC 8601 section 5);
        `addresses` are those of the one person who may act. Reasons name no address. Nothing in a mail makes it raise.
        """
        ...

    def understand(self, text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
        """Return what the text says; dates such as "by Friday" count from `today` in the writer's zone.

        With the `kind` of our mail that it answers, its first sentence may be an answer in prose; `names` of people say
        nothing there. A text that takes too long raises TooDemanding.
        """
        ...


class ReplyAddresses(Protocol):
    """Addresses of the service that each lead back to one mail of ours; `key` is that of the effect that sent it.

    An address proves that whoever writes to it had our mail or was given it, never who that is.
    """

    def address(self, key: str, reader: str, expires: date) -> str:
        """Return where the mail's reader (an address) answers it, or "" for the service's own address."""
        ...

    def reference(self, key: str) -> str:
        """Return the name under which the ledger remembers the mail for these addresses."""
        ...

    def named(self, recipients: Collection[str]) -> str | None:
        """Return such a name when a mail was written to one of these addresses, genuine or not, else None."""
        ...

    def proof(self, recipients: Collection[str], key: str, readers: Collection[str], today: date) -> AddressProof:
        """Say what a mail's recipients prove about answering our mail of that key, which went to one of the readers."""
        ...
