"""The forms in which people ask for something with a verb: infinitive, imperatives, "I" and "we" in the present.

Only those: a conditional or a past of the same verb ("j'annulerais", "se canceló") asks for nothing. A German verb that
parts, written "ab|sagen", is two words with others between them, which the mark `GAP` stands for.
"""

from collections.abc import Iterator

GAP = "..."
_ACUTE = str.maketrans("aeiou", "áéíóú")
_CLITICS = ("la", "lo")


def forms(verb: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Return the forms of a verb as sequences of words; English and irregular forms stay as they are written."""
    if language == "de":
        return tuple(_german(verb))
    if language == "fr" and verb.endswith("er"):
        return tuple((form,) for form in _french(verb[:-2]))
    if language == "es" and verb.endswith(("ar", "er", "ir")):
        return tuple((form,) for form in _spanish(verb[:-2], verb[-2]))
    return (tuple(verb.split()),)


def _german(verb: str) -> Iterator[tuple[str, ...]]:
    before, parts, infinitive = verb.rpartition("|")
    stem = infinitive.removesuffix("en")
    if not parts:
        yield from ((infinitive,), (f"{stem}e",), (f"{stem}t",))
        return
    yield from ((f"{before}{infinitive}",), (f"{before}zu{infinitive}",))
    yield from ((form, GAP, before) for form in (infinitive, f"{stem}e", stem, f"{stem}t"))


def _french(stem: str) -> Iterator[str]:
    """Before "o" a soft c or g keeps its sound: déplaçons, abrégeons."""
    soft = f"{stem[:-1]}ç" if stem.endswith("c") else f"{stem}e" if stem.endswith("g") else stem
    for form in (f"{stem}er", f"{stem}e", f"{stem}ez", f"{soft}ons"):
        yield form
        yield from (f"{form}-{clitic}" for clitic in ("la", "le"))
    yield from (f"d'{stem}er", f"l'{stem}er") if stem[0] in "aeéiouh" else ()


def _spanish(stem: str, vowel: str) -> Iterator[str]:
    """Imperatives take the other vowel, before which z and c change: aplace. A pronoun behind them brings an accent."""
    other = "e" if vowel == "a" else "a"
    soft = f"{stem[:-1]}c" if stem.endswith("z") and other == "e" else stem
    we = "i" if vowel == "i" else vowel
    yield from (f"{stem}o", f"{stem}{we}mos", f"{stem}{vowel}r")
    for clitic in _CLITICS:
        yield f"{stem}{vowel}r{clitic}"
        yield f"{_accented(stem)}{'a' if vowel == 'a' else 'e'}{clitic}"
        yield from (f"{_accented(soft)}{other}{clitic}", f"{_accented(soft)}{other}n{clitic}")
        yield f"{soft}{other.translate(_ACUTE)}mos{clitic}"
    yield from (f"{soft}{other}", f"{soft}{other}n", f"{soft}{other}mos")


def _accented(stem: str) -> str:
    """Return the stem with an accent on its last vowel: cancel -> cancél."""
    at = max((stem.rfind(vowel) for vowel in "aeiou"), default=-1)
    return stem if at < 0 else f"{stem[:at]}{stem[at].translate(_ACUTE)}{stem[at + 1 :]}"
