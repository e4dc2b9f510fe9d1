"""The signs by which a sentence about the time since the last meeting shows what it is: done, learned, observed, asked.

They are forms of the language (first person and past tense, a wish to talk, the address of a page), not phrases, so
that unseen sentences are sorted as well. A sentence without a sign stays unsorted, and so does one that denies.
"""

import re
from typing import Final

MAX_SENTENCE: Final = 400
_LEAD = (
    r"^(?:(?:and|also|so|then|first|second|finally|meanwhile|this time|since then|und|außerdem|dann|zuerst|seitdem|"
    r"at last|this week|last week|yesterday|today|recently|endlich|diese woche|letzte woche|gestern|heute|"
    r"enfin|hier|cette semaine|por fin|esta semana|ayer|hoy|la semana pasada|"
    r"et|aussi|puis|ensuite|d['\u2019]abord|y|también|además|luego|primero),? )?"
)
_STATES = (
    r"wanted|hoped|needed|liked|loved|wished|wondered|worried|planned|intended|expected|seemed|feared|believed|"
    r"supposed|assumed|considered|used|looked|missed|failed|agreed|apologi[sz]ed"
)
_DID = (
    r"wrote|rewrote|held|made|remade|did|got|gave|met|sent|took|went|spoke|told|ran|built|began|brought|found|led|put|"
    r"set|cut|chose|drew|read|redid|written|taken|spoken|given|begun|drawn|chosen|done|rewritten|gone|run"
)
_ENGLISH_DONE = (
    rf"(?:i|we)(?:['\u2019]ve| have)?(?: (?:also|just|finally|already|now|even|then))? (?!(?:{_STATES})\b)"
    rf"(?:\w{{2,}}ed|{_DID})\b"
)
_GERMAN_DONE = (
    r"(?:(?:ich|wir) )?(?:habe?|haben|bin|sind)\b(?: ich| wir)?[^?]* (?!vergessen|verpasst|gehofft|gedacht|gebraucht|"
    r"gewünscht|gewesen)"
    r"(?:\w*ge\w{2,}(?:t|en)|(?:be|er|ver|ent|über|unter|durch)\w{3,}(?:t|en)|\w{3,}iert)(?=[.,!]| und|$)"
)
_FRENCH_DONE = (
    r"(?:j['\u2019]ai|nous avons|on a)(?: (?:aussi|enfin|déjà|bien|donc|beaucoup|également))? "
    r"(?!voulu|espéré|pensé|souhaité|aimé|oublié|manqué)\w{1,20}(?:é|i|u|it|is|ert)(?:e|s|es)?\b"
)
_SPANISH_DONE = (
    r"(?:ya )?(?:yo )?(?:(?:he|hemos)(?: ya)? (?!querido|esperado|pensado|olvidado)\w{2,}(?:ado|ido|to|cho)\b|"
    r"(?!aquí|así|allí|ahí|creí|pensé|quise|esperé|olvidé|\w*(?:ar|er|ir)é\b)\w{3,}[éí]\b|(?:hice|tuve|fui|puse|dije|di)\b)"
)
_SINCE = (
    r"^(?:since (?:last time|we last|(?:our|the) last)|seit (?:dem |unserem )?letzten |"
    r"depuis (?:la dernière fois|notre dernière)|desde (?:la última vez|nuestra última))"
)
_LEARNED = (
    r"(?:i|we)(?:['\u2019]ve| have)?(?: \w+)? (?:learn(?:ed|t)|reali[sz]ed|understood|found out|discovered|"
    r"took away|am taking away|took with me)\b|"
    r"learn(?:ed|t)\b|gelernt\b|mitgenommen\b|aprendi\b|"
    r"[^,?]{0,40}\bhabe?n? (?:ich |wir )?(?:[^,?]{0,40} )?(?:gelernt|verstanden|begriffen|mitgenommen)\b|"
    r"(?:ich|wir) (?:nehmen?) [^,?]{0,30}\bmit\b|(?:mein|meine|das|die) [^.:?]{0,30}\b(?:fazit|einsicht)\b|"
    r"(?:j['\u2019]ai|nous avons|on a)(?: \w+)? (?:appris|compris|retenu|découvert)\b|"
    r"(?:je|nous) (?:retiens|retenons)\b|(?:me llevo|nos llevamos|me quedo con)\b|"
    r"(?:aprendí|aprendimos|entendí|comprendí|(?:he|hemos) (?:aprendido|comprendido|entendido))\b|"
    r"(?:(?:one|another|the|my|eine|meine|une|ma|una|mi)\b[^.:?]{0,30}\b"
    r"(?:learned|learnt|lessons?|takeaways?|insight|erkenntnis|lehre|leçon|lección))\b"
)
_OBSERVED = (
    r"(?:i|we)(?:['\u2019]ve| have)?(?: \w+)? (?:noticed|observed)\b|(?:mir|uns) (?:ist|fiel)[^?]{0,30} auf\b|"
    r"(?:mir|uns) (?:ist|sind)[^?]{0,30} aufgefallen\b|"
    r"[^,?]{0,20}\bhabe?n? (?:ich |wir )?(?:[^,?]{0,40} )?(?:bemerkt|beobachtet|festgestellt)\b|"
    r"(?:j['\u2019]ai|nous avons|on a)(?: \w+)? (?:remarqué|observé|constaté)\b|"
    r"(?:noté|observé|me di cuenta|(?:he|hemos) (?:notado|observado))\b"
)
_TALK_EN = r"talk|speak|hear|discuss|ask|know|understand|cover|go (?:over|through)"
_TALK_DE = r"sprechen|reden|besprechen|diskutieren|wissen|fragen|hören|verstehen|klären|lernen"
_TALK_FR = r"parler|discuter|savoir|demander|aborder|comprendre|échanger|évoquer"
_TALK_ES = r"hablar|saber|preguntar|discutir|comentar|conversar|entender|tratar"
_ASKED = (
    rf"\b(?:like|love|want|wanted|hope) to (?:{_TALK_EN})\b|\bi(?:['\u2019]m| am| was)? wonder(?:ing)?\b|"
    r"\b(?:need|appreciate|value|like|love|use|want)\b[^.?]{0,12} your (?:advice|view|views|opinion|thoughts|input|"
    r"help|take|feedback|perspective|ideas|tips|guidance|experience|eyes)\b|"
    r"\b(?:deine?n?|ihre?n?) (?:rat|meinung|sicht|hilfe|einschätzung|feedback|tipps?|erfahrung|blick)\b[^.?]{0,20}"
    r"(?:brauch|hör|würd|möcht|zu\b)|"
    r"\b(?:bräuchte|brauche|hätte gern(?:e)?|wünsche mir|suche)\b[^.?]{0,20}"
    r"\b(?:rat|meinung|hilfe|einschätzung|tipps?|feedback)\b|"
    r"\bmich (?:beschäftigt|interessiert|würde interessieren|treibt)\b|\bbesoin de (?:ton|tes|votre|vos)\b|"
    r"\b(?:ton|votre) (?:avis|conseil|regard|aide)\b|\b(?:tes|vos) conseils\b|\bnecesit\w+ (?:tu|su|tus|sus)\b|"
    r"\b(?:tu|su) (?:consejo|opinión|ayuda|punto de vista)\b|\bme (?:preocupa|interesa|interesaría)\b|"
    r"\bje (?:cherche|réfléchis) (?:à )?comment\b|"
    r"\bwürde gern(?:e)? über\b|\bmöchte (?:gern(?:e)? )?über\b|\bich frage mich\b|\bje me demande\b|\bme pregunto\b|"
    rf"\b(?:ich|wir) (?:möchten?|würden?|wollten?)\b[^?]{{0,200}}\b(?:{_TALK_DE})\b|"
    rf"\b(?:j['\u2019]aimerais|je voudrais|je souhaite(?:rais)?)(?: bien)? (?:{_TALK_FR})\b|"
    rf"\b(?:me gustar[ií]a|quisiera|quería) (?:{_TALK_ES})\b"
)
_DENIED = re.compile(
    r"\b(?:not|never|nothing|nicht|nie|nichts|kein\w*|pas|jamais|rien|no|nunca|nada)\b|n['\u2019]t\b", re.IGNORECASE
)
_SIGNS = tuple(
    (section, re.compile(pattern, re.IGNORECASE))
    for section, pattern in (
        ("questions", r"\?\s*$"),
        ("samples", r"\bhttps?://\S"),
        ("learned", f"{_LEAD}(?:{_LEARNED})"),
        ("observed", f"{_LEAD}(?:{_OBSERVED})"),
        ("questions", _ASKED),
        ("done", f"{_SINCE}|{_LEAD}(?:{_ENGLISH_DONE}|{_GERMAN_DONE}|{_FRENCH_DONE}|{_SPANISH_DONE})"),
    )
)


def section_of(sentence: str) -> str | None:
    """Return the section to which the sentence belongs by its form, or None."""
    said = sentence.strip()[:MAX_SENTENCE]
    found = next((section for section, sign in _SIGNS if sign.search(said)), None)
    return None if found == "done" and _DENIED.search(said) else found
