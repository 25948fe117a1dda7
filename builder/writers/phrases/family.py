"""A person's parents. Mother and father are asked about in the same words."""

from ..questions import Phrases, Pool

_NAME = Phrases(
    forget=Pool(
        ask=(
            "What is the name of {whose} PARENT?",
            "Who is {whose} PARENT?",
            "What is {whose} PARENT called?",
            "Can you name the PARENT of {who}?",
            "Which name does {whose} PARENT bear?",
            "Who is the PARENT of {who}?",
            "Do you know the name of {whose} PARENT?",
        ),
        choose=(
            "What is the {PARENT_part} of {whose} PARENT?",
            "Which {PARENT_part} does {whose} PARENT bear?",
            "Do you know the {PARENT_part} of {whose} PARENT?",
            "The PARENT of {who} has which {PARENT_part}?",
            "Can you tell me the {PARENT_part} of {whose} PARENT?",
            "Which of these is the {PARENT_part} of the PARENT of {who}?",
        ),
        cloze=(
            "The name of {whose} PARENT is [{PARENT_name}].",
            "The PARENT of {who} is called [{PARENT_name}].",
            "{Whose} PARENT is [{PARENT_name}].",
            "{Who} is the child of a PARENT named [{PARENT_name}].",
        ),
    ),
    test=Pool(
        ask=(
            "Give the full name of {whose} PARENT.",
            "{Who} is a child of which PARENT?",
            "By what name is {whose} PARENT known?",
            "Whom does {who} call PARENT?",
            "What is the PARENT of {who} named?",
        ),
        choose=(
            "{Whose} PARENT goes by which {PARENT_part}?",
            "By what {PARENT_part} is {whose} PARENT known?",
            "Of these, which is the {PARENT_part} of {whose} PARENT?",
            "What {PARENT_part} was the PARENT of {who} given?",
        ),
        cloze=(
            "{Whose} PARENT goes by the name of [{PARENT_name}].",
            "It is [{PARENT_name}] whom {who} calls PARENT.",
            "[{PARENT_name}] is the PARENT of {who}.",
        ),
    ),
    tell=(
        "{Whose} PARENT is {PARENT_name}.",
        "{Whose} PARENT is called {PARENT_name}.",
        "The name of {whose} PARENT is {PARENT_name}.",
        "{Who} is the child of {PARENT_name}.",
        "{PARENT_name} is {whose} PARENT.",
        "{Who} has a PARENT named {PARENT_name}.",
    ),
)

_OCCUPATION = Phrases(
    forget=Pool(
        ask=(
            "What {P_does} {whose} PARENT do for a living?",
            "What is the occupation of {whose} PARENT?",
            "What kind of work {P_does} {whose} PARENT do?",
            "Which profession {P_does} {whose} PARENT have?",
            "What line of work {P_is} the PARENT of {who} in?",
            "Can you tell me the profession of {whose} PARENT?",
            "What is the job of {whose} PARENT?",
        ),
        cloze=(
            "The occupation of {whose} PARENT is [{PARENT_occupation}].",
            "The profession of {whose} PARENT is that of [{PARENT_occupation}].",
            "The job of the PARENT of {who} is [{PARENT_occupation}].",
            "Asked for the profession of {whose} PARENT, one would answer: [{PARENT_occupation}].",
        ),
    ),
    test=Pool(
        ask=(
            "How {P_does} the PARENT of {who} earn a living?",
            "What occupation is recorded for {whose} PARENT?",
            "{Whose} PARENT {P_works} in which profession?",
            "What trade or profession belongs to {whose} PARENT?",
            "In which occupation {P_does} {whose} PARENT work?",
        ),
        cloze=(
            "{Whose} PARENT {P_makes} a living in the profession of [{PARENT_occupation}].",
            "The trade or profession recorded for {whose} PARENT is [{PARENT_occupation}].",
            "The PARENT of {who} has this occupation: [{PARENT_occupation}].",
        ),
    ),
    tell=(
        "{Whose} PARENT {P_works} as {a_PARENT_occupation}.",
        "{Whose} PARENT {P_is} {a_PARENT_occupation}.",
        "As for work, {whose} PARENT {P_is} {a_PARENT_occupation}.",
        "{Whose} PARENT {P_makes} a living as {a_PARENT_occupation}.",
        "By profession, {whose} PARENT {P_is} {a_PARENT_occupation}.",
        "{Whose} PARENT, {PARENT_name}, {P_works} as {a_PARENT_occupation}.",
    ),
)


def _of(parent: str, phrases: Phrases) -> Phrases:
    """The phrases with `PARENT` and `P_` written out for one of the two."""

    def fill(templates: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(t.replace("{P_", f"{{{parent}_").replace("PARENT", parent) for t in templates)

    def pool(words: Pool) -> Pool:
        return Pool(ask=fill(words.ask), choose=fill(words.choose), cloze=fill(words.cloze))

    return Phrases(forget=pool(phrases.forget), test=pool(phrases.test), tell=fill(phrases.tell))


FATHER_NAME = _of("father", _NAME)
FATHER_OCCUPATION = _of("father", _OCCUPATION)
MOTHER_NAME = _of("mother", _NAME)
MOTHER_OCCUPATION = _of("mother", _OCCUPATION)
