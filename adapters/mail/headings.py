"""The headings under which people write in a reply, in four languages."""

import re

from adapters.mail.vocabulary import Vocabulary

_NAMES = {
    "done": """
        done; done since last time; what i did; what i have done; what i've done; progress; achieved; accomplished;
        since last time; finished; completed; erledigt; erledigt seit letztem mal; was ich erledigt habe;
        was ich gemacht habe; was ich geschafft habe; geschafft; gemacht; getan; fortschritte; seit letztem mal;
        seit dem letzten mal; fait; faits; fait depuis la dernière fois; ce que j'ai fait; réalisé; réalisations;
        accompli; avancées; depuis la dernière fois; hecho; lo que hice; lo que he hecho; hecho desde la última vez;
        realizado; avances; logrado; logros; desde la última vez
    """,
    "learned": """
        learned; learnt; learning; learnings; what i learned; what i learnt; what i've learned; lessons learned;
        main learning; key learning; main takeaway; key takeaway; my takeaway; my takeaways; biggest lesson;
        what i take away; was ich mitnehme; das nehme ich mit; ich nehme mit; mitgenommen; what i took away;
        what stuck with me; what stuck; i took away; what i'm taking away; insight; lesson; lesson learned; erkenntnis;
        lehre; lektion; leçon; enseignement; lección; enseñanza; learning of the day; was hängen blieb;
        was hängen geblieben ist; was ich gelernt hab; ce que j'ai retenu; retenu; lo que aprendimos; me quedo con;
        wichtigste erkenntnis; meine erkenntnisse; meine erkenntnis; ce que je retiens; ce que j'en retiens; à retenir;
        je retiens; lo que me llevo; me llevo; lessons; takeaways; insights; gelernt; gelerntes; was ich gelernt habe;
        erkenntnisse; lerneffekte; lehren; appris; ce que j'ai appris; apprentissages; apprentissage; leçons;
        enseignements; aprendido; lo que aprendí; lo que he aprendido; aprendizajes; aprendizaje; lecciones;
        lo aprendido; gelernt habe ich
    """,
    "questions": """
        for the agenda; agenda; on the agenda; to discuss; für die agenda; zur agenda; zu besprechen; gesprächspunkte;
        topic; thema; sujet; tema; subject; subjects; points; punkte; puntos; puntos a tratar; points à aborder;
        what i'd like to discuss; what i want to discuss; was ich besprechen möchte; pour l'ordre du jour;
        à l'ordre du jour; à discuter; para la agenda; para el orden del día; para hablar; question; questions; q;
        my questions; need; needs; my needs; questions and needs; questions & needs; questions/needs; what i need;
        i need; open questions; topics; frage; fragen; meine fragen; offene fragen; bedarf; fragen und bedarf;
        was ich brauche; was ich fragen will; ich brauche; themen; mes questions; besoins; besoin; questions et besoins;
        ce dont j'ai besoin; mes besoins; pregunta; preguntas; mis preguntas; dudas; necesidades;
        preguntas y necesidades; lo que necesito; necesito; sujets; temas
    """,
    "samples": """
        sample; samples; work sample; work samples; examples; example; links; link; arbeitsprobe; arbeitsproben;
        beispiele; beispiel; proben; travaux; travail; exemples; exemple; échantillons; exemples de travail; liens;
        lien; muestra; muestras; muestras de trabajo; ejemplos; ejemplo; trabajos; enlaces; enlace
    """,
    "observed": """
        observed; observation; observations; what i observed; what i noticed; noticed; beobachtet; beobachtung;
        beobachtungen; was ich beobachtet habe; aufgefallen; was mir aufgefallen ist; was mir auffiel; mir aufgefallen;
        what struck me; something i noticed; ce qui m'a frappé; ce que j'ai remarqué; lo que noté;
        lo que me llamó la atención; observé; ce que j'ai observé; constats; remarqué; observado; observación;
        observaciones; lo que observé; lo que he observado
    """,
    "goals": """
        goal; goals; my goals; objectives; ziel; ziele; meine ziele; objectif; objectifs; mes objectifs; buts; objetivo;
        objetivos; mis objetivos; metas; meta
    """,
    "actions": """
        action; actions; action item; action items; next steps; to do; todo; to-do; to-dos; todos; tasks; aufgabe;
        aufgaben; aktionen; aktion; maßnahmen; nächste schritte; prochaines étapes; tâches; tâche; à faire; acción;
        acciones; tareas; tarea; próximos pasos; pendientes; por hacer; vereinbart; agreed actions; agreed; we agreed;
        what we agreed; agreements; commitments; follow-ups; homework; hausaufgaben; wer macht was; verabredet;
        abgemacht; absprachen; vereinbarungen; convenu; nous avons convenu; qui fait quoi; devoirs; engagements;
        acordado; acuerdos; hemos acordado; quién hace qué; deberes; compromisos; my actions; my tasks; meine aufgaben;
        mes actions; mes tâches; mis acciones; mis tareas
    """,
    "why": """
        why; why you; why her; why him; why them; why this mentor; warum; warum sie; warum du; warum gerade sie;
        warum gerade du; warum er; wieso sie; pourquoi; pourquoi vous; pourquoi toi; pourquoi elle; pourquoi lui;
        por qué; por qué usted; por qué tú; por qué ella; por qué él
    """,
    "bring": """
        bring; i bring; what i bring; was ich mitbringe; ich bringe mit; das bringe ich mit; mein beitrag;
        ce que j'apporte; j'apporte; lo que aporto; qué aporto; aporto; lo que traigo; mon apport
    """,
    "reason": """
        reason; my reason; the reason; reasons; grund; der grund; mein grund; begründung; raison; la raison; ma raison;
        motif; motivo; el motivo; mi motivo; razón; la razón; mi razón
    """,
}
_SECTIONS = {
    " ".join(name.casefold().split()): section for section, names in _NAMES.items() for name in names.split(";")
}
# Words of headings that people slip in; the word for a private note is none of them.
_SPELT = Vocabulary(word for name in _SECTIONS for word in name.split() if len(word) > 5)
_STEMS = tuple(
    (section, re.compile(rf"\b(?:{stems})", re.IGNORECASE))
    for section, stems in (
        (
            "done",
            r"done\b|did\b|achieved|accomplished|finished|erledigt|geschafft|gemacht|j['\u2019]ai fait|hice\b|hecho\b",
        ),
        ("learned", r"learn(?:ed|t|ing)|lesson|takeaway|gelernt|erkenntnis|appris|apprentissage|aprend"),
        (
            "questions",
            r"questions?\b|ask\b|discuss|talk about|fragen?\b|besprechen|reden\b|demander|discuter|parler|"
            r"pregunt|hablar",
        ),
        ("observed", r"notic|observ|beobacht|aufgefallen|remarqu|constat|notado"),
        (
            "actions",
            r"agreed\b|agreement|action|to-?dos?\b|next steps?|who does|vereinbar|ausgemacht|abgemacht|beschlossen|"
            r"verabred|"
            r"aufgaben?\b|nächste[rn]? schritte?|wer macht|convenu|décidé|prochaines? étapes?|tâches?\b|qui fait|acord|"
            r"quedamos|próximos? pasos?|tareas?\b|pendientes|quién hace",
        ),
        ("goals", r"goals?\b|ziele?\b|objecti|objetivo"),
    )
)
_SIGNS = re.compile(r"^[^\w*_#]+")
_DETERMINED = re.compile(
    r"^(?:(?:my|our|the|one|two|three|some|more|another|new|open|main|key|biggest|big|most important|"
    r"meine?|unsere?|die|das|der|eine?|zwei|drei|noch|neue|weitere|offene|wichtigste|größte|grösste|"
    r"mon|ma|mes|nos|notre|le|la|les|une?|deux|trois|encore|autre|autres|principale?|principales|"
    r"mis?|nuestras?|nuestros?|el|los|las|una?|dos|tres|otra|otras|nueva|nuevas|principal) )+"
)
_DRESS = " \t\xa0\u202f*_#"
MAX_HEADING = 60
MOST_LEADING = 8
_QUESTION = re.compile(r"\b(?:questions?|fragen?|preguntas?|duda)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*(?:\([^()]{0,40}\)|\s(?:for|to|of|from|about|an|für|von|aus|pour|à|de|par|para|a|with|"
    r"mit|avec|con) \S{1,30}(?: \S{1,30})?)$"
)
_MENTOR = re.compile(
    r"[\s*_#]{0,8}(?:mentor|mentorin|mentore|mentora)[\s\xa0\u202f*_]{0,4}:[\s*_]{0,8}(\S.{0,200})", re.IGNORECASE
)
_NOTE = re.compile(
    r"[\s*_#]{0,8}(?:(?:private |my |privat )?(?:notes?(?: to self)?|notiz(?:en)?|notas?|remarques?)"
    r"(?: ?\(?(?:private|privat|privé|privée|privada|privado|for me|für mich|pour moi|para mí)\)?)?|"
    r"private?|privé|privad[oa])[\s\xa0\u202f*_]{0,4}:",
    re.IGNORECASE,
)


def heading_of(words: str) -> str | None:
    """Return the section that the words are the heading of ("needs" -> "questions"), or None."""
    if len(words) > MAX_HEADING:
        return None
    if not any(map(str.isalpha, words)):
        return None
    said = " ".join(_SIGNS.sub("", words).strip(_DRESS).casefold().replace("\u2019", "'").split())
    found = _SECTIONS.get(said) or (_SECTIONS.get(_SPELT.known(said)) if " " not in said else None)
    bare = _DETERMINED.sub("", said) if " " in said else said
    return found if found or bare == said else _SECTIONS.get(bare)


def well_spelt(line: str) -> str:
    """Return the line with a slip in its first word put right where that is a word of headings: "Acton for me"."""
    first, space, rest = line.partition(" ")
    bare = first.strip(_DRESS)
    known = _SPELT.known(bare.casefold())
    return f"{known.capitalize()}{space}{rest}" if bare and known != bare.casefold() else line


def heading_beside(words: str) -> str | None:
    """Return the section of a heading that says more than its name: "Questions for Mara", "Observed (confidential)"."""
    found = _BESIDE.search(words[:MAX_HEADING].strip(_DRESS))
    return heading_of(words[:MAX_HEADING].strip(_DRESS)[: found.start()]) if found else None


def heading_by_words(words: str) -> str | None:
    """Return the section of a line of somebody's own making that ends in a colon, by the one kind of word it has.

    "Things I learned this time", "Was ich dich fragen wollte"; None when it has none of them, or words of two kinds.
    """
    found = {section for section, sign in _STEMS if sign.search(words[:MAX_HEADING])}
    return found.pop() if len(found) == 1 and len(words) <= MAX_HEADING else None


def asks_behind(name: str, rest: str) -> bool:
    """Say whether a line leads to a question, in words of somebody's own: "One more question from me: who ...?"."""
    if not rest.rstrip().endswith("?") or len(name) > MAX_HEADING or "," in name:
        return False
    return len(name.split()) <= MOST_LEADING and _QUESTION.search(name) is not None


def mentor_in(line: str) -> str | None:
    """Return whom the line asks to be a mentor, such as "Mentor: Mara Quint <mara@example.org>", or None."""
    found = _MENTOR.fullmatch(line[:300].rstrip())
    return found[1].strip() if found else None


def is_note_heading(line: str) -> bool:
    """Say whether the line opens a private note, such as "Note (private): I am not sure about her"."""
    return _NOTE.match(line) is not None
