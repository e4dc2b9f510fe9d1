"""The phrases that as a whole first line are a command, in English, German, French and Spanish."""

import re
import unicodedata

from domain.reply import Command

MAX_PHRASE = 60
_PHRASES = {
    Command.ACCEPT: (
        "accept; accepted; i accept; yes, i accept; happy to; yes, happy to; i'm happy to; i am happy to; "
        "gladly; i'd be happy to; i would be happy to; zusage; ich sage zu; angenommen; gern; gerne; "
        "j'accepte; accepté; acepto; aceptado; "
        "sehr gerne; sehr gern; ja, sehr gerne; ja, gerne; mit vergnügen; volontiers; avec plaisir; oui, avec "
        "plaisir; oui, j'accepte; con gusto; con mucho gusto; sí, acepto; encantado; encantada"
    ),
    Command.DECLINE: (
        "decline; declined; i decline; no thanks; no, thanks; no thank you; no, thank you; sorry, no; "
        "i have to decline; pass; i pass; i'll pass; passe; ich passe; je passe; paso; "
        "absage; ich sage ab; abgelehnt; ablehnen; je refuse; refusé; non merci; rechazo; "
        "rechazado; no gracias; no, gracias; "
        "nein danke; leider nein; ich muss absagen; je décline; malheureusement non; declino; lo siento, no"
    ),
    Command.AGREE: (
        "agree; agreed; i agree; yes; yes, agreed; yes, i agree; ok; okay; sounds good; fine with me; "
        "that works; works for me; einverstanden; ja; ja, einverstanden; zugestimmt; d'accord; oui; "
        "de acuerdo; sí; si, de acuerdo; sí, de acuerdo; "
        "ok, einverstanden; passt; passt für mich; in ordnung; ça me va; c'est d'accord; oui, d'accord; je "
        "suis d'accord; estoy de acuerdo; conforme; vale; me parece bien"
    ),
    Command.STOP: (
        "stop; please stop; stop please; stop all; stop all mails; unsubscribe; stopp; bitte stopp; "
        "abmelden; aufhören; arrêter; arrêtez; stop svp; parar; basta; baja"
    ),
    Command.HELD: (
        "held; yes, held; we met; yes, we met; it was held; met; stattgefunden; hat stattgefunden; "
        "ja, stattgefunden; a eu lieu; oui, a eu lieu; tuvo lugar; sí, tuvo lugar; celebrada; "
        "wir haben uns getroffen; ja, wir haben uns getroffen; fand statt; nous nous sommes vus; oui, nous "
        "nous sommes vus; nos reunimos; sí, nos reunimos"
    ),
    Command.NOT_HELD: (
        "not held; no, not held; it was not held; we did not meet; we didn't meet; no, we did not meet; "
        "no, we didn't meet; didn't happen; did not happen; it did not happen; it didn't happen; "
        "nicht stattgefunden; hat nicht stattgefunden; n'a pas eu lieu; pas eu lieu; no tuvo lugar; "
        "nein, nicht stattgefunden; fand nicht statt; ausgefallen; non, n'a pas eu lieu; nous ne nous sommes "
        "pas vus; no, no tuvo lugar; no nos reunimos; no se celebró"
    ),
    Command.SKIP: (
        "skip; skip it; skip this; skip this one; skip this time; let's skip; let's skip this; "
        "let's skip this one; let's skip this time; please skip; please skip this one; ausfallen lassen; "
        "lass uns das ausfallen lassen; lassen wir das ausfallen; sauter; sautons; saltar; omitir; "
        "aussetzen; überspringen; bitte ausfallen lassen; lassen wir es ausfallen; diesmal ausfallen lassen; "
        "on saute; sautons cette fois; à sauter; saltarla; omitirla; saltemos esta; omitamos esta"
    ),
    Command.DONE: (
        "done; it's done; it is done; this is done; all done; yes, done; yes, it's done; finished; erledigt; "
        "fertig; ist erledigt; ja, erledigt; fait; c'est fait; terminé; hecho; listo; terminado; "
        "ist fertig; schon erledigt; alles erledigt; c'est terminé; oui, c'est fait; ya está; está hecho; sí, "
        "hecho; ya está hecho"
    ),
    Command.UNDO: (
        "undo; undo it; undo this; undo that; please undo; please undo this; please undo that; rückgängig; "
        "rückgängig machen; bitte rückgängig machen; défaire; revenir en arrière; deshacer; deshacerlo"
    ),
    Command.MOVE: (
        "move; move it; please move; please move it; let's move it; reschedule; please reschedule; "
        "let's reschedule; verschieben; bitte verschieben; lass uns verschieben; déplacer; reporter; à reporter; "
        "mover; aplazar; reprogramar; cambiar la fecha"
    ),
    Command.PAUSE: (
        "pause; please pause; let's pause; pausieren; bitte pausieren; pause bitte; pause machen; "
        "faire une pause; en pause; pausa; pausar; hacer una pausa"
    ),
    Command.KEEP: (
        "keep; keep it; please keep; please keep it; keep the meeting; let's keep it; keep as planned; beibehalten; "
        "behalten; bitte beibehalten; maintenir; à maintenir; garder; mantener; mantenerla; mantener la reunión"
    ),
    Command.SHORTEN: (
        "shorten; shorten it; please shorten; please shorten it; let's shorten it; kürzen; verkürzen; bitte kürzen; "
        "raccourcir; écourter; à raccourcir; acortar; acortarla; abreviar"
    ),
    Command.RESUME: (
        "resume; please resume; restart; resume mails; fortsetzen; wieder aufnehmen; weitermachen; bitte fortsetzen; "
        "reprendre; recommencer; reanudar; continuar; retomar"
    ),
    Command.WITHDRAW: (
        "withdraw; please withdraw; withdraw my reference; withdraw my references; withdraw it; no references; "
        "no more references; zurückziehen; bitte zurückziehen; referenz zurückziehen; meine referenz zurückziehen; "
        "keine referenzen; retirer; retirer ma référence; je retire ma référence; pas de références; plus de "
        "références; retirar; retirar mi referencia; retiro mi referencia; sin referencias"
    ),
    Command.CLOSE: (
        "close; please close; close it; let's close; beenden; bitte beenden; abschließen; bitte abschließen; "
        "clore; clôturer; mettre fin; cerrar; finalizar"
    ),
    Command.OPENLY: (
        "openly; say it openly; i'll say it openly; i will say it openly; ansprechen; offen ansprechen; "
        "ich spreche es an; ich spreche es offen an; ouvertement; le dire ouvertement; je le dis ouvertement; "
        "abiertamente; decirlo abiertamente; lo digo abiertamente"
    ),
    Command.RECALIBRATE: (
        "recalibrate; please recalibrate; let's recalibrate; network contact; umstellen; bitte umstellen; "
        "recalibrer; à recalibrer; recalibrar; recalibrarlo"
    ),
    Command.DROP: (
        "drop; drop it; drop this; please drop it; please drop; not needed; not needed anymore; not needed any more; "
        "no longer needed; it's not needed anymore; it is no longer needed; let it go; streichen; bitte streichen; "
        "nicht mehr nötig; ist nicht mehr nötig; wird nicht mehr gebraucht; nicht mehr gebraucht; "
        "brauche ich nicht mehr; abandonner; à abandonner; plus nécessaire; ce n'est plus nécessaire; plus besoin; "
        "descartar; descartarlo; ya no hace falta; ya no es necesario; no hace falta"
    ),
    Command.DELETE_NOTES: (
        "delete my notes; please delete my notes; delete my private notes; meine notizen löschen; bitte meine notizen "
        "löschen; supprimer mes notes; supprimez mes notes; borrar mis notas; borre mis notas"
    ),
    Command.REVIVE: (
        "revive; revive it; please revive; let's revive it; wiederbeleben; bitte wiederbeleben; relancer; à relancer; "
        "reactivar; reactivarla"
    ),
    Command.HELP: (
        "help; help?; please help; help me; ?; hilfe; hilfe?; bitte hilfe; aide; aide ?; aide?; à l'aide; "
        "ayuda; ayuda?; ¿ayuda?"
    ),
}
_THANKS = re.compile(r"[\s,.!;\u2013-]+(?:thanks|thank you|many thanks|danke|vielen dank|merci|gracias)$")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|"
    r"moin|servus|grüss gott|grüezi|bonjour|bonsoir|salut|allo|coucou|cher|chère|hola|buenos días|buenas tardes|"
    r"buenas noches|buenas|buen día|estimad[oa])\b(?P<who>.{0,40})"
)
_OUTER = " \t\xa0.,!;:-\u2013\u2014*_\"'\u201c\u201d\u2018()"


def _normal(line: str) -> str:
    words = unicodedata.normalize("NFC", line).casefold().replace("\u2019", "'")
    shown = "".join(c for c in words if unicodedata.category(c) not in ("So", "Sk", "Cf", "Mn"))
    return " ".join(shown.split()).strip(_OUTER)


def _keyed(phrase: str) -> str:
    return phrase.replace(",", "")


_COMMANDS = {_keyed(_normal(phrase)): command for command, phrases in _PHRASES.items() for phrase in phrases.split(";")}


def command_of(line: str) -> Command | None:
    """Return the command that the line is as a whole; a question mark makes it none, but a call for help has one."""
    if len(line) > MAX_PHRASE:
        return None
    words = _normal(line)
    return _COMMANDS.get(_keyed(words)) or _COMMANDS.get(_keyed(_THANKS.sub("", words)))


def words_of(line: str) -> tuple[str, ...]:
    """Return the words of a line as they are compared: folded, without marks and outer punctuation."""
    return tuple(word for part in _normal(line).split() if (word := part.strip(_OUTER)))


def is_greeting(line: str) -> bool:
    """Say whether the line only greets: a word of greeting and at most three more words."""
    if len(line) > MAX_PHRASE:
        return False
    found = _GREETING.fullmatch(_normal(line))
    if found is None or command_of(found["who"]) is not None:
        return False
    return len(found["who"].split()) <= 3 and "," not in found["who"].strip(" ,")
