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
# As of a Monday, so that each weekday is one of this week as well.
NEXT_WEEK = """
Können wir nächste Woche Dienstag um 10 Uhr?
Ginge es am Dienstag in der nächsten Woche um 10 Uhr?
Dienstag kommender Woche, 10 Uhr?
Can we do Tuesday next week at 10:00?
Can we do next week, on Tuesday at 10:00?
Please move it from Thursday to Tuesday of next week at 10:00.
Can we do next Tuesday at 10:00? I sent the draft last week.
Peut-on faire mardi de la semaine prochaine à 10h ?
La semaine prochaine, mardi à 10 h ?
¿Podemos el martes de la próxima semana a las 10:00?
¿Podemos la semana que viene, el martes a las 10:00?
"""
EITHER_WEEK = """
Dienstag übernächste Woche um 10 Uhr?
I'm away next week, can we do Tuesday at 10:00?
I'm away next week. Can we do Tuesday at 10:00?
Friday at 10:00 or Tuesday next week at 10:00?
Tuesday this week or next week at 10:00?
Can we do it next week at 10:00?
¿Podríamos la próxima semana a las 10?
Tuesday week at 10:00?
Tuesday in two weeks at 10:00
Dienstag in 14 Tagen um 10 Uhr
Mardi en huit à 10h ?
"""


def _told(text: str, today: date = TUESDAY) -> str:
    said = times_in(text, today)
    parts = ((str(t.day.day) if t.day else "-", f"{t.at:%H:%M}" if t.at else "", t.zone) for t in said)
    return "; ".join(" ".join(part for part in row if part) for row in parts)


@pytest.mark.parametrize("row", OFFERED.strip().splitlines())
def test_times_that_are_offered_are_read(row: str) -> None:
    text, _, times = row.partition("|")
    assert _told(text) == times


@pytest.mark.parametrize("text", NOT_OFFERED.strip().splitlines())
def test_what_is_refused_or_a_limit_or_doubtful_is_no_time(text: str) -> None:
    assert _told(text) == ""


@pytest.mark.parametrize("text", NEXT_WEEK.strip().splitlines())
def test_a_weekday_of_the_next_week_is_not_one_of_this_week(text: str) -> None:
    assert _told(text, date(2027, 2, 22)) == "2 10:00"


@pytest.mark.parametrize("text", EITHER_WEEK.strip().splitlines())
def test_a_weekday_that_could_be_of_one_week_or_another_is_no_time(text: str) -> None:
    assert _told(text, date(2027, 2, 22)) == ""


def test_a_weekday_alone_and_one_of_this_week_stay_in_this_week() -> None:
    monday = date(2027, 2, 22)
    assert (
        _told("Can we do Tuesday at 10:00?", monday) == _told("Diese Woche Dienstag um 10 Uhr?", monday) == "23 10:00"
    )


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
