"""What the answer to a mail says: what was understood of it, or what is asked back."""

from dataclasses import dataclass
from datetime import date

from domain.charter_letters import CharterTerms
from domain.letter_lines import MeetingTime


@dataclass(frozen=True, slots=True)
class EchoLine:
    """One thing that a mail of the reader brought about.

    `what` is the kind of deed, `texts` the words that it is about, `owner` and `due` those of an action, `time` that of
    a meeting. `terms` are those of a charter that the reader gets in no other mail.
    """

    what: str
    texts: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    time: MeetingTime | None = None
    terms: CharterTerms | None = None


@dataclass(frozen=True, slots=True)
class EchoLetter:
    """The one answer to a mail of the reader: what was understood, which words were not used, or what is asked back.

    `question` is "" when the mail was understood. Until the end of `undo_until` it can be taken back; None when it
    cannot. `delegate` is the address of whoever wrote it in the reader's stead, or ""; `stead` is the name of
    the person for whom the reader wrote it, where the answer goes to a delegate. `unreached` says that no mail may go
    to the delegate, so that the person gets the answer.
    """

    reader: str
    other: str
    lines: tuple[EchoLine, ...]
    unclear: tuple[str, ...]
    question: str
    undo_until: date | None
    delegate: str
    language: str = "en"
    stead: str = ""
    unreached: bool = False
