"""One line of a reply's goals: which goal it is about, of what kind, how success shows, who reads it, and its end."""

import re

from adapters.mail.said_days import plain
from domain.goals import GoalKind, GoalReaders
from domain.reply import SaidGoal

_NUMBER = re.compile(
    r"(?:(?:#|goal|ziel|objectif|objetivo)\s?(\d{1,2})\s?[:.)\u2013-]?|(\d{1,2})[\s\xa0]?:)\s*(?=\S)", re.IGNORECASE
)
_ENDS = {
    True: "is reached; erreicht; ist erreicht; geschafft; atteint; c'est atteint; logrado; "
    "alcanzado; conseguido; done; reached; achieved",
    False: "drop; dropped; drop it; no longer; let it go; streichen; nicht mehr; fallt weg; abandonner; abandonne; "
    "descartar; ya no; dejarlo",
}
_END_OF = {phrase.strip(): reached for reached, words in _ENDS.items() for phrase in words.split(";")}
_KINDS = {
    GoalKind.PERCEPTION: "how i am perceived; perception; wie ich wahrgenommen werde; wahrnehmung; "
    "comment je suis percu; comment je suis percue; perception; como me perciben; percepcion",
    GoalKind.ACCESS: "access to senior leaders; access; senior leaders; zugang zu fuhrungskraften; zugang; "
    "acces aux dirigeants; acces; acceso a directivos; acceso",
    GoalKind.PROJECTS: "big projects; projects; project; grosse projekte; projekte; grands projets; projets; "
    "grandes proyectos; proyectos",
    GoalKind.NEXT_LEVEL: "next level; promotion; nachste stufe; beforderung; niveau suivant; siguiente nivel; ascenso",
    GoalKind.BREADTH: "broader business knowledge; business knowledge; breadth; breiteres wissen; geschaftswissen; "
    "vision plus large; connaissance de l'entreprise; vision mas amplia; conocimiento del negocio",
    GoalKind.VISIBILITY: "visibility outside; visibility; sichtbarkeit nach aussen; sichtbarkeit; visibilite externe; "
    "visibilite; visibilidad externa; visibilidad",
    GoalKind.LATERAL: "lateral move; sideways move; seitenwechsel; querwechsel; mobilite laterale; cambio lateral",
}
_KIND_OF = {phrase.strip(): kind for kind, words in _KINDS.items() for phrase in words.split(";")}
_TEST = re.compile(
    r"[\s,;(\u2013\u2014-]{0,6}\b(?:success(?: test| means)?|test|done when|erfolg|erfolgstest|erreicht,? wenn|"
    r"réussite|réussi si|critère|éxito|logrado si|criterio)[\s\xa0]?:\s*(?P<test>[^()]{3,300}?)\)?\s*$",
    re.IGNORECASE,
)
_READERS = (
    (GoalReaders.MENTEE, r"private|only me|privat|nur ich|privée?|privad[oa]"),
    (GoalReaders.MENTOR, r"shared|for my mentor|geteilt|partagée?|compartid[oa]"),
    (GoalReaders.PROGRAMME, r"programme|programm|programa"),
)


def goal_in(line: str) -> SaidGoal | None:
    """Return what a line says of a goal, or None when there are no words in it."""
    number, words = _numbered(line.strip())
    ended = _END_OF.get(plain(words).strip(" .!"))
    if number and ended is not None:
        return SaidGoal(number, ended=ended)
    readers, words = without_readers(words)
    found = _TEST.search(words)
    test, words = (found["test"].strip(), words[: found.start()]) if found else ("", words)
    kind, words = _of_kind(words)
    text = words.strip(" \t\xa0,;\u2013\u2014-")
    return SaidGoal(number, text, kind, test, readers) if text or (number and (kind or test or readers)) else None


def _numbered(line: str) -> tuple[int, str]:
    found = _NUMBER.match(line)
    return (int(found[1] or found[2]), line[found.end() :]) if found else (0, line)


def without_readers(words: str) -> tuple[GoalReaders | None, str]:
    """Return who reads a goal by a mark such as "(private)", None where there is none, and the words without it."""
    for readers, said in _READERS:
        found = re.search(rf"\s*\((?:{said})\)", words, re.IGNORECASE)
        if found:
            return readers, words[: found.start()] + words[found.end() :]
    return None, words


def _of_kind(words: str) -> tuple[GoalKind | None, str]:
    name, colon, rest = words.partition(":")
    kind = _KIND_OF.get(plain(name).strip()) if colon else _KIND_OF.get(plain(words).strip(" ."))
    return (kind, rest) if kind is not None and colon else (kind, "") if kind is not None else (None, words)
