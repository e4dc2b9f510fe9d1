"""The times that a reply offers, in four languages; what is refused, a limit or could be another day is none."""

from datetime import date
from io import BytesIO

import pytest

from adapters.mail.reader import MailReader
from adapters.mail.said_times import times_in
from adapters.mail.wire import receive, reply_of, reply_words, send

TUESDAY = date(2027, 3, 9)
OFFERED = """
Mara can't do Tuesday, 9:00 or 10:15 Wed our time?|10 09:00; 10 10:15
Could we do Thursday 3pm instead?|11 15:00
Tuesday or Wednesday at 9 would work|16 09:00; 10 09:00
Thursday 3 p.m. or Friday 10am|11 15:00; 12 10:00
Please move it from Tuesday to Thursday.|11
Could you make it Monday 15 March at 11.|15 11:00
An hour later, at 11:00?|- 11:00
Would the 18th at 2 pm do?|18 14:00
Let's say tomorrow at noon|10 12:00
On Friday half past 2 is free|12 14:30
Thursday 9:00 Chicago|11 09:00 America/Chicago
9:00 or 10:15 on Wednesday, New York time|10 09:00 America/New_York; 10 10:15 America/New_York
Frau Quint kann am Mittwoch nicht. Ginge Donnerstag 9:00 oder 10:15 Uhr?|11 09:00; 11 10:15
Bitte auf Donnerstag, 11.3., 16 Uhr verlegen.|11 16:00
Mittwoch morgen um 9|10 09:00
Lieber Donnerstag oder Freitag um 10|11 10:00; 12 10:00
Mme Quint n'est pas disponible mardi. Mercredi à 9h00 ou 10 h 15 ?|10 09:00; 10 10:15
On se voit jeudi 15h à la place ?|11 15:00
¿Podríamos el próximo martes a las 15:00?|16 15:00
La señora no puede el martes. ¿Mañana por la mañana a las 9?|10 09:00
"""
NOT_OFFERED = """
I'll send it by Friday
I can do it after 3pm on Friday
Friday between 9 and 11 is bad, not then
Donnerstag, 11.3., 16 Uhr passt nicht.
12/3 at 10:00
Wednesday 9:00 or 10:15 Thursday
Guten Morgen zusammen
We need 15 minutes and 3 people
Ich bin am Montag verreist
"""


def _told(text: str) -> str:
    said = times_in(text, TUESDAY)
    parts = ((str(t.day.day) if t.day else "-", f"{t.at:%H:%M}" if t.at else "", t.zone) for t in said)
    return "; ".join(" ".join(part for part in row if part) for row in parts)


@pytest.mark.parametrize("row", OFFERED.strip().splitlines())
def test_times_that_are_offered_are_read(row: str) -> None:
    text, _, times = row.partition("|")
    assert _told(text) == times


@pytest.mark.parametrize("text", NOT_OFFERED.strip().splitlines())
def test_what_is_refused_or_a_limit_or_doubtful_is_no_time(text: str) -> None:
    assert _told(text) == ""


def test_a_reply_carries_the_times_above_its_headings_and_they_survive_the_way_between_two_processes() -> None:
    text = "Mara can't do Tuesday. Would 9:00 on Wednesday work?\n\nQuestions:\n- Is Friday 10:00 a busy hour?"
    reply = MailReader().understand(text, TUESDAY, "offer", ("Mara Quint", "Jonas Lindt"))
    assert [(said.day, said.zone) for said in reply.times] == [(date(2027, 3, 10), "")]
    stream = BytesIO()
    send(stream, reply_words(reply))
    stream.seek(0)
    assert reply_of(receive(stream)[0]).times == reply.times


def test_a_reply_to_a_mail_about_no_meeting_names_no_times() -> None:
    assert MailReader().understand("Thursday 3pm", TUESDAY, "charter").times == ()
