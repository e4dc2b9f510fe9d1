"""Other terms that a reply would like from now on: "could we do every six weeks instead?", or under a heading.

In prose a sentence counts that proposes, names a term, and says nothing else: whatever else it says is not understood.
Under the heading every line has to be a term. A proposal binds nobody, for the other has to agree.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from adapters.mail.phrases import words_of
from adapters.mail.places import Place
from adapters.mail.said_days import days_in, plain
from adapters.mail.terms import adds_nothing, terms_in, without_terms
from domain.charter import ConflictPolicy, Role
from domain.reply import SaidTerms

_HEADING = re.compile(
    r"[\s*_#]{0,8}(?:(?:new |other )?(?:charter|terms)|(?:neue |andere )?(?:charta|vereinbarung|bedingungen)|"
    r"(?:nouvelle |autre )?(?:charte|convention)|(?:nuevo |otro )?(?:acuerdo|carta))[\s*_]{0,4}:[\s*_]{0,4}(.{0,200})"
)
_BULLET = re.compile(r"\s{0,20}(?:[-*\u2022\u00b7\u2013]|\d{1,2}[.)])\s{1,10}(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)\s+")
_PROPOSES = re.compile(
    r"\b(?:(?:could|can|shall|should|may) we|let'?s|let us|how about|what about|i'?d (?:like|prefer|rather)|"
    r"i would (?:like|prefer)|we'?d (?:like|prefer)|would it be (?:ok|okay|possible|fine)|from now on|in future|"
    r"going forward|(?:please )?extend|"
    r"(?:konnten|konnen|sollen|sollten|wollen) wir|lass(?:t|en sie)? uns|wie ware es|ich wurde|ich mochte|wir mochten|"
    r"ware es moglich|ab jetzt|kunftig|in zukunft|(?:bitte )?verlangern|"
    r"pourrions-nous|pourrait-on|pouvons-nous|peut-on|et si (?:on|nous)|je (?:prefererais|souhaiterais|voudrais)|"
    r"nous (?:voudrions|souhaitons)|serait-il possible|desormais|a l'avenir|dorenavant|prolong(?:er|eons)|"
    r"podriamos|podemos|y si|que tal si|me gustaria|preferiria|nos gustaria|seria posible|a partir de ahora|"
    r"de ahora en adelante|en adelante|prolong(?:ar|uemos)|extender)\b"
)
_LASTING = re.compile(
    r"\b(?:from now on|always|every time|each time|in future|going forward|(?:per|each|every) meeting|ab jetzt|immer|"
    r"kunftig|in zukunft|jedes mal|pro treffen|desormais|toujours|chaque fois|a l'avenir|siempre|cada vez|"
    r"a partir de ahora|en adelante)\b"
)
_AGENDA = re.compile(
    r"\b(?:the |die |l'|la |el )?(?:agenda|tagesordnung|ordre du jour|orden del dia)\b\D{0,25}?(\d{1,3}) ?"
    r"(h|hours?|stunden?|heures?|horas?|days?|tage?n?|jours?|dias?)\b"
    r"(?: (?:before|ahead|in advance|earlier|vorher|vor dem treffen|davor|im voraus|avant|a l'avance|antes))?"
)
_CONFLICT = re.compile(
    r"\b(?:(?:on |at |in case of )?conflicts?|when one of us (?:cannot|can'?t)(?: come| make it)?|"
    r"(?:bei )?(?:einem )?konflikte?n?|bei verhinderung|(?:en cas de )?conflits?|en cas d'empechement|"
    r"(?:en caso de )?conflictos?)\b[\s:,\u2013-]*(?:please |we |bitte |wir |nous |on |lo |la )?(?P<what>[a-z]+)\b"
)
_WHAT = {
    ConflictPolicy.MOVE: "move moved reschedule verschieben verlegen deplacer reporter mover trasladar aplazar",
    ConflictPolicy.SKIP: "skip skipped cancel ausfallen auslassen sauter annuler saltar omitir",
    ConflictPolicy.SHORTEN: "shorten kurzen verkurzen raccourcir acortar",
    ConflictPolicy.ASK: "ask fragen nachfragen demander preguntar",
}
_POLICY = {word: policy for policy, words in _WHAT.items() for word in words.split()}
_ORGANISES = (
    r"(?:will |'ll |would |should |can )?(?:schedules?|organi[sz]es?|plant|plane|planen|vereinbart|vereinbare|"
    r"organisiert|organisiere|planifie|organise|programo|programa|organizo|organiza)"
)
_WHO = (
    ("me", "i|ich|je|yo"),
    (Role.MENTOR.value, "the mentor|der mentor|die mentorin|le mentor|la mentore|el mentor|la mentora|mentor"),
    (Role.MENTEE.value, "the mentee|der mentee|die mentee|le mentore|el mentorizado|mentee"),
    ("service", "the programme|the program|the service|das programm|le programme|el programa|programme|service"),
)
_UNTIL = re.compile(r"\b(?:until|till|to|bis(?: zum)?|jusqu'(?:au|en)|hasta(?: el)?)\s+(?=\S)")
_GOES_ON = re.compile(
    r"\.?\s+(?:de\b|\d{4}|[a-z]*(?:ja?n|feb|fev|ener|mar|apr|abr|avr|ma[iy]|juin|jun|jui?l|aug|ago|aou|sep|"
    r"o[ck]t|nov|de[cz]|dic)[a-z]*\b)"
)
_EXTENDS = re.compile(
    r"\b(?:extend|go on|continue|keep going|carry on|term|verlangern|weitermachen|laufzeit|prolong\w*|continuer|duree|"
    r"extender|seguir|continuar|duracion)\b"
)
_BARE = re.compile(
    r"(?:please |bitte |let'?s |wir |svp )?(?:extend(?: it)?|verlangern|prolonger|prolongeons|prolongar|extender)"
    r"(?: please| bitte| svp| por favor)?[.! ]*"
)
_BESIDE = """
instead rather then now future forward going from on always time each every perhaps maybe also and what about how let's
let us shall should may would like prefer possible change our this it to again until till extend term go continue keep
carry could can we i'd rhythm cadence do have get in advance before ahead days hours the
statt stattdessen lieber künftig zukunft jetzt ab immer lass lassen uns sollen sollten wollen wie wäre möchte möchten
würde gern gerne vielleicht auch ändern bis zum verlängern weitermachen laufzeit wir unser unsere können könnten zu in
der
plutôt désormais avenir dorénavant toujours si pourrions-nous pourrait-on peut-on pouvons-nous préférerais souhaiterais
voudrais voudrions serait-il possible peut-être aussi changer prolonger prolongeons jusqu'au durée notre le la au à l'
voyait voyons passer passions faisait
en mejor siempre ahora adelante partir podríamos podemos preferiría gustaría sería posible quizá quizás también cambiar
hasta prolongar extender seguir continuar duración nuestra nuestro lugar vez que tal y de hacerlo vernos reunirnos
"""
_KNOWN = frozenset(plain(word) for word in _BESIDE.split())


def renegotiated(lines: list[str], today: date, place: Place) -> tuple[SaidTerms | None, list[str]]:
    """Return the terms that the lines propose, and the lines without them; None and the same lines when they do not."""
    headed = _headed(lines, today, place)
    if headed is not None:
        return headed
    if lines and _BARE.fullmatch(plain(lines[0])):
        return SaidTerms(extend=True), lines[1:]
    for number, line in enumerate(lines[:4]):
        parts = _SENTENCE.split(line)
        for at, sentence in enumerate(parts[:3]):
            terms = _proposed(sentence, today, place)
            if terms is not None:
                rest = " ".join((*parts[:at], *parts[at + 1 :]))
                return terms, [*lines[:number], *([rest] if rest else []), *lines[number + 1 :]]
    return None, lines


def _headed(lines: list[str], today: date, place: Place) -> tuple[SaidTerms, list[str]] | None:
    """Return the terms under the heading and the lines around them; None without one, or when a line is no term."""
    for number, line in enumerate(lines):
        found = _HEADING.fullmatch(plain(line))
        if found is None:
            continue
        behind = line.partition(":")[2].strip(" *_")
        end = next((n for n in range(number + 1, len(lines)) if not lines[n].strip()), len(lines))
        said = [text for text in (behind, *(_BULLET.sub("", one).strip() for one in lines[number + 1 : end])) if text]
        terms = [_term_of(text, today, place) for text in said]
        known = [term for term in terms if term is not None]
        if not known or len(known) < len(terms):
            return None
        return _joined(known), [*lines[:number], *lines[end:]]
    return None


def _proposed(sentence: str, today: date, place: Place) -> SaidTerms | None:
    words = plain(sentence)
    if not _PROPOSES.search(words):
        return None
    terms = _term_of(sentence, today, place)
    if terms is None or _strange(sentence, today, place):
        return None
    only_length = terms == SaidTerms(minutes=terms.minutes)
    return None if only_length and not _LASTING.search(words) else terms


def _term_of(text: str, today: date, place: Place) -> SaidTerms | None:
    """Return the terms that a line names, or None when it names none."""
    found = [*_named(text, place), *([SaidTerms(until=day)] if (day := _until(text, today)) else [])]
    return _joined(found) if found else None


def _named(text: str, place: Place) -> Iterator[SaidTerms]:
    words = plain(text)
    agenda, conflict = _AGENDA.search(words), _CONFLICT.search(words)
    if agenda:
        yield SaidTerms(agenda_lead_hours=int(agenda[1]) * (1 if agenda[2].startswith(("h", "st")) else 24))
    if conflict and conflict["what"] in _POLICY:
        yield SaidTerms(conflict=_POLICY[conflict["what"]])
    who = _organiser(words, place)
    if who:
        yield SaidTerms(organiser=who)
    rhythm = terms_in(_AGENDA.sub(" ", text) if agenda else text)
    if rhythm is not None and not agenda:
        yield rhythm


def _organiser(words: str, place: Place) -> str:
    names = [(role.value, plain(name.split(" ")[0])) for role, name in zip(Role, place.names, strict=False) if name]
    for who, said in (*_WHO, *names):
        asked = r"(?:who schedules|scheduling|organiser|wer plant|terminplanung|qui planifie|quien programa)[:\s]+"
        if re.search(rf"\b(?:{said}) ?{_ORGANISES}\b", words) or re.fullmatch(rf"{asked}(?:{said}|me)\.?", words):
            return who
    return ""


def _until(text: str, today: date) -> date | None:
    words = plain(text)
    found = _UNTIL.search(words)
    if found is None or not _EXTENDS.search(words):
        return None
    named = next(
        ((end, day) for start, end, day in days_in(words, today) if found.start() < start <= found.end()), None
    )
    # What goes on after the day belongs to it and was not understood: a month, a year.
    return named[1] if named is not None and not _GOES_ON.match(words, named[0]) else None


def _strange(sentence: str, today: date, place: Place) -> bool:
    """Say whether the sentence says more than its terms: a word of it may mean something else."""
    text = without_terms(sentence)
    words = plain(text)
    for pattern in (_AGENDA, _CONFLICT):
        words = pattern.sub(" ", words)
    if _organiser(words, place):
        words = re.sub(rf"\S+ {_ORGANISES}", " ", words)
    if _until(sentence, today):
        found = _UNTIL.search(words)
        words = words[: found.start()] if found else words
    known = _KNOWN | {plain(word) for word in place.words}
    return any(word not in known and not adds_nothing(word) for word in words_of(words.replace("?", " ")))


def _joined(terms: list[SaidTerms]) -> SaidTerms:
    """Return all of them as one; of two that name the same the last one counts."""
    out = SaidTerms()
    for one in terms:
        said = {field.name: getattr(one, field.name) for field in fields(one)}
        out = replace(out, **{name: value for name, value in said.items() if value})
    return out
