"""The mailbox port in memory."""

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parseaddr
from functools import partial

from adapters.memory.world import Account, Letter, MemoryWorld
from domain.errors import CursorExpired, Doubtful
from domain.mail import Arrivals, Draft, Sent


class MemoryMailbox:
    """Keeps every promise of the port `Mailbox` over a memory world."""

    def __init__(self, world: MemoryWorld) -> None:
        self._world = world

    def arrivals(self, account: str, cursor: str | None) -> Arrivals:
        """Return the inbox's mails numbered after the cursor."""
        with self._world.call("mailbox.arrivals"):
            owner = self._world.account(account)
            fresh = f"cursor-{owner.count}"
            if cursor is None:
                return Arrivals((), fresh)
            number = cursor.removeprefix("cursor-")
            if not number.isdigit() or int(number) > owner.count:
                raise CursorExpired("The cursor is not known.", "A full read follows by itself.")
            return Arrivals(tuple(item.id for item in _inbox(owner) if item.number > int(number)), fresh)

    def recent(self, account: str, since: datetime) -> Arrivals:
        """Return the inbox's mails from `since` on."""
        with self._world.call("mailbox.recent"):
            owner = self._world.account(account)
            ids = tuple(item.id for item in _inbox(owner) if item.at >= since)
            return Arrivals(ids, f"cursor-{owner.count}")

    def raw(self, account: str, message_id: str) -> bytes | None:
        """Return the bytes as they arrived."""
        with self._world.call("mailbox.raw"):
            letter = self._world.account(account).letters.get(message_id)
            return letter.raw if letter is not None else None

    def draft(self, account: str, mime: bytes, conversation: str) -> Draft:
        """Keep the mail in the drafts."""
        with self._world.call("mailbox.draft"):
            letter = write(self._world, account, mime, "drafts", conversation)
            return Draft(letter.id, letter.conversation)

    def send(self, account: str, draft: Draft) -> Sent:
        """Move the draft to what was sent and let it travel."""
        with self._world.call("mailbox.send"):
            letter = self._world.account(account).letters.get(draft.draft_id)
            if letter is None or letter.folder != "drafts":
                raise Doubtful("The draft is gone.", "It may have left; it is looked up before anything else.")
            post(self._world, account, letter)
            return Sent(letter.message_id, letter.conversation)

    def find(self, account: str, message_id: str, draft: Draft | None) -> Draft | Sent | None:
        """Look among what was sent before the drafts, by our message id."""
        with self._world.call("mailbox.find"):
            letters = self._world.account(account).letters.values()
            ours = {item.folder: item for item in letters if item.message_id == message_id}
            if "sent" in ours:
                return Sent(message_id, ours["sent"].conversation, ours["sent"].id)
            if "drafts" in ours:
                return Draft(ours["drafts"].id, ours["drafts"].conversation)
            return None


def write(world: MemoryWorld, address: str, raw: bytes, folder: str, conversation: str = "") -> Letter:
    """Put a new mail into a folder; it joins the conversation of what it answers when none is named."""
    account = world.account(address)
    message, number = parsed(raw), account.next()
    known = {item.message_id: item.conversation for item in account.letters.values()}
    answered = [known[name] for name in str(message["References"] or "").split() if name in known]
    conversation = conversation or (answered[-1] if answered else f"conversation-{number}")
    name = str(message["Message-ID"] or f"<{number}.{address}>")
    return world.keep(Letter(f"mail-{number}", number, folder, raw, name, conversation, world.now), address)


def post(world: MemoryWorld, address: str, letter: Letter) -> None:
    """Let a mail leave and arrive at every recipient who lives in this world."""
    world.keep(replace(letter, folder="sent", at=world.now), address)
    for _, recipient in getaddresses([str(value) for value in parsed(letter.raw).get_all("To", [])]):
        account = re.sub(r"\+[^@]*@", "@", recipient.lower(), count=1)
        if account in world.accounts:
            world.later(partial(write, world, account, stamped(letter.raw), "inbox"))


def stamped(raw: bytes) -> bytes:
    """Return the mail with the verdict on top that Exchange gives; nobody forges in this world, so it is a pass."""
    domain = parseaddr(str(parsed(raw)["From"] or ""))[1].rpartition("@")[2].lower()
    return f"Authentication-Results: dmarc=pass action=none header.from={domain}\r\n".encode() + raw


def parsed(raw: bytes) -> EmailMessage:
    """Return the mail's parts and headers."""
    return message_from_bytes(raw, policy=default)


def _inbox(account: Account) -> list[Letter]:
    return sorted((item for item in account.letters.values() if item.folder == "inbox"), key=lambda item: item.number)
