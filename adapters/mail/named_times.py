"""The times that a reply names for the meeting, and whether one who wants it moved names one that cannot be used.

Who asks for another time and names one means it for the meeting only in a sentence or clause that says so or says
nothing else: in "please move it, on Thursday at 3 pm I have my review" the hour is no offer.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from adapters.mail.clauses import clauses_of, sentences_of
from adapters.mail.negotiation import negotiates
from adapters.mail.places import Place
from adapters.mail.said_times import names_times, times_in
from adapters.mail.wishes import is_offer
from domain.reply import Command, Reply


def with_times(said: Reply, lines: list[str], opened: int, today: date, place: Place) -> Reply:
    """Return the reply with the times that the lines offer; its opening took `opened` of them."""
    above = "\n".join(lines)
    times = times_in(above, today) if negotiates(above) else ()
    if Command.MOVE not in (said.command, said.asked):
        return replace(said, times=times)
    end = next((n for n, line in enumerate(lines) if n >= opened and not line.strip()), len(lines))
    if any(_open_parts(lines[:end], today, place)):
        return replace(said, time_unclear=True)
    opening = "\n".join(lines[:end])
    times = times or times_in(opening, today)
    return replace(said, times=times, time_unclear=not any(t.at for t in times) and names_times(opening, today))


def _is_for_meeting(part: str, place: Place) -> bool:
    return is_offer(part, place) or negotiates(part)


def _open_parts(lines: list[str], today: date, place: Place) -> Iterator[str]:
    """Give each clause that names a time and does not offer it; what a question ends with is an offer."""
    for sentence in sentences_of(lines):
        if not sentence.asks and is_offer(sentence.text, place):
            continue
        clauses = clauses_of(sentence.text)
        for clause in clauses[:-1] if sentence.asks else clauses:
            if names_times(clause, today) and not _is_for_meeting(clause, place):
                yield clause
