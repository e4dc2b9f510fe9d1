"""The reading process with a reader that a word in a mail can make run wild, as no known mail can."""

import os
import signal
import time
from collections.abc import Collection
from datetime import date

from adapters.mail import reading_child
from adapters.mail.reader import MailReader
from domain.mail import ReceivedMail
from domain.reply import Reply


class HungryReader(MailReader):
    """Reads as ever, until a mail says what to do instead."""

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Do what the mail says, then read it."""
        while b"SPIN" in raw:
            continue
        if b"EAT" in raw:
            raw += bytes(reading_child.MEMORY)
        if b"GROW" in raw:
            self.grown = bytes(reading_child.MEMORY // 2)
        if b"WAIT" in raw:
            time.sleep(60)
        if b"DIE" in raw:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(raw, sent)

    def understand(self, text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
        """Do what the text says."""
        while "SPIN" in text:
            continue
        return super().understand(text, today, kind, names)


if __name__ == "__main__":
    vars(reading_child)["MailReader"] = HungryReader
    reading_child.main()
