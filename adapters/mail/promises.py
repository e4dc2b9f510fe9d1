"""What somebody promises in prose, with a day: "I will call Ada by Friday", "Mara schickt mir bis Montag das Buch"."""

import re
import unicodedata
from datetime import date

from adapters.mail.dates import ends_by, split_due, split_inside
from adapters.mail.prose import sentences_of
from adapters.mail.said_days import days_in
from adapters.mail.signs import section_of
from domain.reply import SaidAction

_LEAD = re.compile(
    r"^[^:,]{0,40}:\s+|^(?:and|so|then|also|next|und|dann|also|ausserdem|et|puis|aussi|y|luego|también|además),?\s+",
    re.IGNORECASE,
)
_ME = r"i\b|ich\b|je\b|j['\u2019]|yo\b"
_VOWED = r"(?:versprochen|zugesagt|angeboten|vorgenommen|verpflichtet|bereit erklärt)"
# How somebody says that she will do what follows, as she says it of herself and of others.
_WILL_I = (
    r"['\u2019]ll\s|will\s|shall\s|(?:am|['\u2019]m)\s(?!going to)(?=\w+ing\b)|"
    r"(?:am|['\u2019]m)\s(?:going\s|supposed\s|due\s)?to\s|"
    r"(?:['\u2019]ve\s|have\s)?(?:have|need|promised|agreed|offered|plan|want|got|committed|volunteered)\sto\s|must\s|"
    r"should\s|(?:['\u2019]ve\s|have\s)?(?:said|promised|agreed)\s(?:that\s)?i(?:['\u2019]d|['\u2019]ll|\swould|\swill)\s|"
    rf"werde\s|muss\s|soll\s|will\s|wollte\s|sollte\s|habe\s(?:mir\s|mich\s)?{_VOWED},?\s|verspreche,?\s|"
    r"vais\s|dois\s|devrais\s|ai\s(?:promis|accepté|proposé)\s(?:de\s|d['\u2019])|"
    r"me\ssuis\s(?:engagée?|proposée?)\s(?:à|de)\s|"
    r"voy a\s|tengo que\s|debo\s|quedé (?:en|de)\s|prometí\s|prometo\s|he (?:prometido|quedado en)\s|"
    r"me (?:he comprometido|comprometí) a\s"
)
_WILL_THEY = (
    r"['\u2019]ll\s|will\s|shall\s|is\s(?!going to)(?=\w+ing\b)|to\s|has to\s|needs to\s|should\s|"
    r"is (?:going |supposed |due )?to\s|(?:has )?(?:promised|agreed|offered|committed|volunteered) to\s|"
    r"(?:has )?(?:said|promised|agreed) (?:that )?s?he(?:['\u2019]d|['\u2019]ll| would| will)\s|"
    rf"wird\s|soll\s|muss\s|will\s|wollte\s|sollte\s|hat\s(?:mir\s|sich\s)?{_VOWED},?\s|"
    r"va\s(?!a\s)|doit\s|devrait\s|(?:m['\u2019])?a\s(?:promis|accepté|proposé)\s(?:de\s|d['\u2019])|"
    r"s['\u2019]est\s(?:engagée?|proposée?)\s(?:à|de)\s|"
    r"va a\s|tiene que\s|debe\s|quedó (?:en|de)\s|prometió\s|ha (?:prometido|quedado en)\s|"
    r"se (?:ha comprometido|comprometió) a\s"
)
# Whoever is not the writer is the other one of the two.
_OTHER = ("she", "he", "sie", "er", "elle", "il", "ella", "él", "mein mentor", "my mentor")
_ALSO = r"(?:also|auch|außerdem|noch|aussi|también|además)\s"
# What somebody calls her own: "my part is to ...".
_MY_PART = (
    r"(?:my|meine?|mon|ma|mi) (?:job|task|part|homework|action|to-?do|step|aufgabe|teil|hausaufgabe|schritt|tâche|"
    r"mission|devoir|tarea|parte|acción|deber) (?:(?:is|will be) to|(?:ist|wird)(?: es)?,?(?=.* zu )|(?:est|sera) de|"
    r"(?:es|será)(?=\s\w+[aei]r))"
)
_MINE = re.compile(
    rf"^(?:(?:{_ME})\s?(?:{_ALSO})?(?P<will>{_WILL_I})?|(?P<alone>voy a|tengo que|debo|"
    r"quedé (?:en|de)|he quedado en|prometí|prometo|me toca|me (?:he comprometido|comprometí) a|let me|"
    rf"{_MY_PART})\s)"
    r"(?P<what>\S.*)$",
    re.IGNORECASE,
)
# Spanish needs no word for "I": its first person is in the verb.
_MINE_ALONE = re.compile(
    r"^(?!como\b|pero\b|solo\b|bueno\b|cuando\b|mucho\b|todo\b)(?P<what>(?:(?:le|les|te|se|lo|la|los|las|nos)\s){0,2}[a-zñáéíóú]{2,}(?:o|ré)\s.+)$",
    re.IGNORECASE,
)
# What one asks of the other is the other's.
_ASKED_OF_ME = re.compile(
    r"^(?P<who>[^\W\d_]+) (?:(?:wants|asked|has asked|expects|would like) me to|"
    r"hat mich gebeten,?|m['\u2019]a demandé d(?:e |['\u2019])|"
    r"me (?:pidió|ha pedido|pide)(?= \w+[aei]r))\s?(?P<what>\S.*)$",
    re.IGNORECASE,
)
_ASKED_BY_ME = re.compile(
    r"^(?:i(?:['\u2019]ve| have)? asked (?P<en>[^\W\d_]+) to|ich habe (?P<de>[^\W\d_]+) gebeten,?|"
    r"j['\u2019]ai demandé à (?P<fr>[^\W\d_]+) d(?:e |['\u2019])|"
    r"(?:le )?(?:he pedido|pedí) a (?P<es>[^\W\d_]+)(?= \w+[aei]r))\s?(?P<what>\S.*)$",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"^(?P<verb>[^\W\d_]+) (?P<who>[^\W\d_]+) (?P<rest>.+)$")
_THEIRS = re.compile(rf"^(?P<who>[^\W\d_]+)(?:\s|(?=['\u2019]ll\s))(?P<will>{_WILL_THEY})?(?P<what>.+)$")
# What is, what cannot be, what is wanted or waited for is nothing that somebody does until a day.
_STATE = re.compile(
    r"^(?!have\b.*\b(?:ready|done|finished|written|prepared)\b)"
    r"(?:be|am|is|are|was|were|have|has|had|can|cannot|could|need|want|would|hope|think|wait|not|never|see|do|don|did|"
    r"['\u2019](?:m|d|ve)|stay|work|bin|ist|sind|war|habe|hat|hatte|kann|konnte|brauche|warte|wartet|möchte|denke|"
    r"bleibe|arbeite|sein|suis|est|ai|a|avait|peux|peut|ne|n['\u2019]|attends|être|avoir|veux|estoy|está|es|fue|he|ha|"
    r"tengo|tiene|no|puedo|puede|necesito|espero|quiero|creo|trabajo|estar|ser)(?:$|[\s'\u2019.,])|"
    r"\b(?:not|never|nicht|pas)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


_ME_ALONE = r"me|myself|i|ich|mich|moi|je|yo|mí"
_FOR_ALL = re.compile(
    r"^(?P<day>(?:by|until|before|bis|vor|d['\u2019]ici|avant|antes|para|hasta) [^:]{2,30}):\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r",?\s(?:and )?(?:both|each|all|beides|beide|alles|jeweils|les deux|le tout|chacun|ambos|ambas|todo|cada uno)\s"
    r"(?P<day>(?:by|until|before|bis|vor|d['\u2019]ici|avant|pour|antes|para|hasta)\s.{2,30})$",
    re.IGNORECASE,
)
_LIMITS = r"by|until|till|before|bis|d['\u2019]ici|avant|antes|para"
_OPENS_WITH_DAY = re.compile(rf"(?:{_LIMITS})\s", re.IGNORECASE)
# The point behind a figure may be one of a date.
_POINT = re.compile(r"(?<!\d)\.+$")
_VOW_ENDS = re.compile(rf"\b{_VOWED}$", re.IGNORECASE)
_ON_THE = re.compile(r"\s(?:on|am|le|el|this|diesen|ce|este)\s*$", re.IGNORECASE)
_MODAL = ("werde", "wird", "will", "soll", "muss", "wollte", "sollte")
_JOINS = "and|while|und|während|et|y|e|tandis que|mientras(?: que)?"
_AGREED = re.compile(
    r"^(?:(?:so )?we(?:['\u2019]ve| have)? (?:also )?(?:agreed|decided|said)|"
    r"wir haben (?:auch )?(?:vereinbart|ausgemacht|beschlossen|"
    r"abgemacht|verabredet)|vereinbart (?:ist|wurde)|nous avons (?:convenu|décidé)|on a (?:convenu|décidé|dit)|"
    r"(?:hemos )?(?:acordamos|acordado|quedado|quedamos|decidido)(?: en)?),?\s(?:that|dass|que|qu['\u2019])\s?",
    re.IGNORECASE,
)


def promised(texts: list[str], today: date, names: frozenset[str]) -> tuple[list[SaidAction], list[str]]:
    """Return what is promised in prose by the writer or one of the `names`, and the sentences that promise nothing.

    Only with a day is it a promise, and only when nothing in it denies, asks or tells of the past; what is promised
    beside it in the same sentence, in so many words, needs none.
    """
    actions: list[SaidAction] = []
    rest: list[str] = []
    for sentence in sentences_of(texts):
        found = _promises(_POINT.sub("", sentence.strip()), today, names)
        actions += found
        rest += [] if found else [sentence.strip()]
    return actions, rest


def owned_in(item: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Return who does what in a point of a list of actions: "I'll call Ada", "Mara: the slides", or None."""
    asked = _asked(item, names)
    if asked is not None:
        return asked
    theirs = _THEIRS.match(item)
    who = theirs["who"].casefold() if theirs else ""
    if theirs is not None and (who in names or who in _OTHER):
        return theirs["who"] if who in names else "you", theirs["what"]
    mine = _MINE.match(item)
    return ("me", mine["what"]) if mine is not None else None


def owned_parts(item: str, names: frozenset[str]) -> list[tuple[str, str]]:
    """Return who does what in a line that tells it of several: "I draft it by Friday, Mara reads it by Monday"."""
    parts = _with_vows(_apart(names).split(item))
    owned = [owned_in(part, names) for part in parts]
    return [one for one in owned if one is not None] if len(parts) > 1 and all(owned) else []


def _apart(names: frozenset[str], by: str = "") -> re.Pattern[str]:
    """Return what stands between what one does and what another does."""
    people = "|".join(map(re.escape, sorted({*names, *_OTHER})))
    return re.compile(rf"(?:,|;|,?\s(?:{_JOINS})(?:\s(?:that|dass|que))?)\s(?=(?:{_ME}|{people})\b{by})", re.IGNORECASE)


def _asked(item: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Return who is asked for what by the other: "Mara wants me to call Ada", "I asked Jonas to read it"."""
    mine, theirs = _ASKED_OF_ME.match(item), _ASKED_BY_ME.match(item)
    if mine and mine["who"].casefold() in {*names, *_OTHER}:
        return "me", mine["what"]
    who = next(filter(None, (theirs[name] for name in ("en", "de", "fr", "es"))), "") if theirs else ""
    return (who, theirs["what"]) if theirs and who.casefold() in names else None


def _labelled(sentence: str, names: frozenset[str]) -> re.Match[str] | None:
    """Return the owner and the words of a line such as "Mara - the book list by Friday"."""
    people = "|".join(map(re.escape, sorted(names))) or "$"
    label = rf"^(?P<who>{_ME_ALONE}|{people})\s?(?::|\s[-\u2013\u2014>]|->|\u2192)\s+(?P<what>\S.*)$"
    return re.match(label, sentence, re.IGNORECASE)


def _promises(sentence: str, today: date, names: frozenset[str]) -> list[SaidAction]:
    """Return the promises of a sentence, or nothing when one of its clauses is none."""
    labelled = _labelled(sentence, names)
    if labelled is not None:
        words, due = _dated(labelled["what"], today)
        owner = labelled["who"] if labelled["who"].casefold() in names else "me"
        return [SaidAction(owner, words, due)] if due is not None else []
    sentence, shared = _shared(sentence, today)
    by = rf"|(?:{_LIMITS})\s\S" if _OPENS_WITH_DAY.match(sentence) else ""
    parts = _with_vows(_apart(names, by).split(_AGREED.sub("", sentence, count=1)))
    found = [_promise(part, today, names, shared) for part in parts]
    if not any(found):
        return []
    every = [one or _vowed(part, names) for one, part in zip(found, parts, strict=True)]
    return [one for one in every if one is not None] if None not in every else []


def _with_vows(parts: list[str]) -> list[str]:
    """Keep what is promised with the words that promise it: "ich habe versprochen, Jonas ... zu schicken"."""
    kept: list[str] = []
    for part in parts:
        if kept and _VOW_ENDS.search(kept[-1]):
            kept[-1] = f"{kept[-1]}, {part}"
        else:
            kept.append(part)
    return kept


def _vowed(clause: str, names: frozenset[str]) -> SaidAction | None:
    """Return a promise without a day, which must be in so many words."""
    plain = _LEAD.sub("", clause.strip(), count=1)
    said = _THEIRS.match(plain)
    if said is None or said["who"].casefold() not in {*names, *_OTHER} or not said["will"] or "?" in clause:
        return None
    return None if _STATE.search(said["what"]) else SaidAction(said["who"], said["what"], None)


def _dated(words: str, today: date) -> tuple[str, date | None]:
    left, due = split_due(words, today)
    return (left, due) if due is not None else split_inside(words, today)


def _shared(sentence: str, today: date) -> tuple[str, date | None]:
    """Return the sentence without a day that all of it is for: "by Friday: ...", "..., both by Friday"."""
    opened = _FOR_ALL.match(sentence)
    if opened:
        return opened["rest"], _dated(f"all {opened['day']}", today)[1]
    closed = _BOTH.search(sentence)
    return (sentence[: closed.start()], _dated(f"all {closed['day']}", today)[1]) if closed else (sentence, None)


def _promise(clause: str, today: date, names: frozenset[str], shared: date | None = None) -> SaidAction | None:
    plain = _LEAD.sub("", clause.strip(), count=1)
    if "?" in plain or (section_of(plain) is not None and not _vows(plain, names)):
        return None
    words, due = _dated(plain, today)
    if due is None and shared is None and _vows(plain, names):
        words, due = _on_a_day(plain, today)
    due = due or shared
    owner, what = _owned(words, names)
    # Without "by" a day may be that of a plan, such as "I fly to Rome on Monday".
    bare = due is not None and not shared and not _intends(words, names) and not ends_by(plain)
    return None if due is None or not owner or bare or _STATE.search(what) else SaidAction(owner, what, due)


def _on_a_day(words: str, today: date) -> tuple[str, date | None]:
    """Return the words without the one day on which it will be done, and the day: "I will call Ada on Monday"."""
    shown = " ".join(words.split())
    folded = "".join(unicodedata.normalize("NFD", letter)[0] for letter in shown.casefold())
    found = list(days_in(folded, today)) if len(folded) == len(shown) else []
    if len(found) != 1:
        return words, None
    start, end, day = found[0]
    return " ".join(f"{_ON_THE.sub('', shown[:start])} {shown[end:]}".split()), day


def _vows(words: str, names: frozenset[str]) -> bool:
    """Say whether somebody says in so many words that it will be done."""
    mine, theirs = _MINE.match(words), _THEIRS.match(words)
    return bool(mine and (mine["will"] or mine["alone"])) or bool(
        theirs and theirs["who"].casefold() in {*names, *_OTHER} and theirs["will"]
    )


def _intends(words: str, names: frozenset[str]) -> bool:
    """Say whether it is more than a plan for the day, such as "I fly to Rome tomorrow"."""
    mine, theirs = _MINE.match(words), _THEIRS.match(words)
    if theirs and theirs["who"].casefold() in {*names, *_OTHER}:
        return True
    return bool(mine and (mine["will"] or mine["alone"]))


def _owned(words: str, names: frozenset[str]) -> tuple[str, str]:
    """Return who does it and what; no owner when the sentence does not say who."""
    known = owned_in(words, names)
    if known is not None:
        return known
    mine = _MINE_ALONE.match(words)
    if mine is not None:
        return "me", mine["what"]
    turned = _INVERTED.match(words)
    who = turned["who"].casefold() if turned else ""
    if turned is None or (who != "ich" and who not in names):
        return "", words
    said = turned["rest"] if turned["verb"].casefold() in _MODAL else f"{turned['verb']} {turned['rest']}"
    return "me" if who == "ich" else turned["who"], said
