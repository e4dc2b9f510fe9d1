"""Whether the service's own inbox is read: while it is not, no answer of anybody is heard."""

from domain.ledger import WorkState
from service.doctor_lines import Health, Line, Nature
from service.house import House
from service.rows import POLL_INBOX

PART = "inbox"
_MEND = "Check the credential and the consent for the service's own mailbox; what arrived meanwhile is read then."


def inbox_trouble(house: House) -> str:
    """Return why the inbox could not be read at the last try, or nothing."""
    rows = house.ledger.rows([WorkState.OPEN], None, [POLL_INBOX], troubled=True)
    return rows[0].reason if rows else ""


def inbox_line(house: House) -> Line:
    """Return what the doctor says: how the last poll fared, and whether the inbox can be read at this moment."""
    trouble = inbox_trouble(house)
    if trouble:
        return Line(PART, Health.BAD, f"it could not be read at the last try: {trouble}", _MEND, Nature.LATER)
    house.mailbox.arrivals(house.identity.address, None)
    return Line(PART, Health.GOOD, "the service's own inbox can be read")
