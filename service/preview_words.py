"""What the invented people of a preview write to each other, in each language of the mails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InventedWords:
    """One pair's words: goals, the request, the parts of an agenda, and what each of the two has taken on."""

    goals: tuple[str, ...]
    why: str
    bring: str
    done: str
    learned: str
    questions: tuple[str, ...]
    sample: str
    observed: str
    remark: str
    noted: tuple[str, str]
    outline: str
    books: str
    asked: str
    said: tuple[str, str, str]


WORDS = {
    "en": InventedWords(
        goals=("Lead a team of five within two years", "Say no without losing the room"),
        why="You moved from engineering into leading a region, which is the step ahead of me.",
        bring="I know the migration of our billing system from the inside, and I prepare every meeting.",
        done="The first draft of the migration plan went to my lead",
        learned="People agree faster when they saw the draft the day before",
        questions=("How do I tell my lead that the date cannot be kept?", "Whom should I meet in your office?"),
        sample="Migration plan: https://files.example.org/plans/migration-outline",
        observed="Two of the seniors are looking for other work",
        remark="I may be ten minutes late because of the school run.",
        noted=("Her daughter starts college", "Prefers plain numbers to slides"),
        outline="Write the outline of the migration plan",
        books="Send the list of books on negotiation",
        asked="Ask two peers for feedback",
        said=(
            "Come with one question that matters; small talk is not her thing, and the hour is better for it.",
            "I learned to write the decision down before I ask for advice.",
            "She reads everything beforehand and says plainly what she would not do.",
        ),
    ),
    "de": InventedWords(
        goals=("In zwei Jahren ein Team von fünf führen", "Nein sagen, ohne den Raum zu verlieren"),
        why="Sie sind aus der Technik in die Leitung einer Region gegangen; das ist der Schritt, der vor mir liegt.",
        bring="Ich kenne die Umstellung unserer Abrechnung von innen, und ich bereite jedes Treffen vor.",
        done="Der erste Entwurf des Umstellungsplans ist bei meiner Leitung",
        learned="Wer den Entwurf am Vortag gesehen hat, stimmt schneller zu",
        questions=(
            "Wie sage ich meiner Leitung, dass der Termin nicht zu halten ist?",
            "Wen sollte ich in Ihrem Büro kennenlernen?",
        ),
        sample="Umstellungsplan: https://files.example.org/plans/migration-outline",
        observed="Zwei der Erfahrenen suchen andere Arbeit",
        remark="Ich komme vielleicht zehn Minuten später, wegen des Schulwegs.",
        noted=("Ihre Tochter beginnt ihr Studium", "Mag klare Zahlen lieber als Folien"),
        outline="Die Gliederung des Umstellungsplans schreiben",
        books="Die Bücherliste zum Verhandeln schicken",
        asked="Zwei Kollegen um Rückmeldung bitten",
        said=(
            "Kommen Sie mit einer Frage, die zählt; für Geplauder ist die Stunde zu schade.",
            "Ich habe gelernt, die Entscheidung aufzuschreiben, bevor ich um Rat bitte.",
            "Alles wird vorher gelesen, und es wird offen gesagt, was nicht gut wäre.",
        ),
    ),
    "fr": InventedWords(
        goals=("Diriger une équipe de cinq d\u2019ici deux ans", "Dire non sans perdre la salle"),
        why="Vous êtes passée de la technique à la direction d\u2019une région, "
        "et c\u2019est l\u2019étape qui m\u2019attend.",
        bring="Je connais de l\u2019intérieur la migration de notre facturation, et je prépare chaque rencontre.",
        done="La première version du plan de migration est chez ma responsable",
        learned="On est plus vite d\u2019accord quand on a vu le projet la veille",
        questions=(
            "Comment dire à ma responsable que la date ne tiendra pas\u202f?",
            "Qui devrais-je rencontrer dans vos bureaux\u202f?",
        ),
        sample="Plan de migration\u00a0: https://files.example.org/plans/migration-outline",
        observed="Deux des plus anciens cherchent un autre travail",
        remark="J\u2019aurai peut-être dix minutes de retard à cause de l\u2019école.",
        noted=("Sa fille commence ses études", "Préfère des chiffres clairs aux diapositives"),
        outline="Rédiger le plan de la migration",
        books="Envoyer la liste de livres sur la négociation",
        asked="Demander un avis à deux collègues",
        said=(
            "Venez avec une question qui compte, l'heure est trop courte pour le reste.",
            "J'ai appris à écrire la décision avant de demander conseil.",
            "Tout est lu d'avance, et ce qui ne va pas est dit clairement.",
        ),
    ),
    "es": InventedWords(
        goals=("Dirigir un equipo de cinco dentro de dos años", "Decir que no sin perder a la sala"),
        why="Usted pasó de la ingeniería a dirigir una región, que es el paso que tengo delante.",
        bring="Conozco desde dentro la migración de nuestra facturación y preparo cada reunión.",
        done="El primer borrador del plan de migración está en manos de mi jefa",
        learned="La gente acepta antes cuando vio el borrador el día anterior",
        questions=(
            "¿Cómo le digo a mi jefa que la fecha no se puede cumplir?",
            "¿A quién debería conocer en su oficina?",
        ),
        sample="Plan de migración: https://files.example.org/plans/migration-outline",
        observed="Dos de los veteranos buscan otro trabajo",
        remark="Quizá llegue diez minutos tarde por el colegio.",
        noted=("Su hija empieza la universidad", "Prefiere cifras claras a las diapositivas"),
        outline="Escribir el esquema del plan de migración",
        books="Enviar la lista de libros sobre negociación",
        asked="Pedir opinión a dos compañeros",
        said=(
            "Venga con una pregunta que importe; la hora es corta para lo demás.",
            "Aprendí a escribir la decisión antes de pedir consejo.",
            "Lo lee todo antes y dice con claridad lo que no haría.",
        ),
    ),
}
