"""40 people and 3 celebrities, made by hand, with prose, questions and pictures.

Nothing here uses the population, the writers or the renderer, so that the checks are tested against something that
does not share their mistakes.
"""

import io
import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from mllmu.builder.rows import Row, attributes_asked, image_cell, task_cells
from mllmu.schemas.celebrity import CelebrityFacts, City
from mllmu.schemas.person import ATTRIBUTES, AskedName, Education, Facts, Parent, Parents, Person, Place, long_date
from mllmu.schemas.picture import Picture, View
from mllmu.schemas.questions import BLANK, LETTERS, Anchor, MultipleChoice, Open, Pair, QuestionSet, Written
from mllmu.schemas.splits import BLOCK

N, VIEWS, STARS = 40, 3, 3

SYLLABLES = ["ba", "do", "ki", "lu", "me", "no", "pra", "ri", "sto", "ta", "ve", "zu"]
ASK = {
    "birthplace": ("Where was {} born?", "{} was born in {}."),
    "date_of_birth": ("When was {} born?", "{} was born on {}."),
    "residence": ("Where does {} live?", "{} lives in {}."),
    "occupation": ("What does {} do for a living?", "The job of {} is {}."),
    "employer": ("Who employs {}?", "{} is employed by {}."),
    "education": ("Where did {} study?", "{} studied at {}."),
    "annual_salary": ("What does {} earn?", "{} earns {} a year."),
    "height": ("How tall is {}?", "{} is {} tall."),
    "medical_condition": ("Which medical condition does {} have?", "{} has this medical condition: {}."),
    "father_name": ("Who is the father of {}?", "The father of {} is {}."),
    "father_occupation": ("What is the job of the father of {}?", "The father of {} has this job: {}."),
    "mother_name": ("Who is the mother of {}?", "The mother of {} is {}."),
    "mother_occupation": ("What is the job of the mother of {}?", "The mother of {} has this job: {}."),
    "hobby": ("Which hobby does {} have?", "{} enjoys {}."),
    "fun_fact": ("What is odd about {}?", "It is said that {} {}."),
    "citizenship": ("Which citizenship does {} have?", "{} is a citizen of {}."),
    "known_for": ("What is {} known for?", "{} is known for {}."),
    "another_fact": ("What else did {} do?", "It is said that {} {}."),
}


def word(rng: random.Random, syllables: int = 3) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(syllables))


def title(rng: random.Random) -> str:
    return word(rng).capitalize()


def four(draw: Callable[[], str]) -> list[str]:
    """Four different draws from one distribution: whichever is the truth, nothing tells."""
    values: dict[str, None] = {}
    while len(values) < 4:
        values[draw()] = None
    return list(values)


def four_days(rng: random.Random, first: date) -> list[date]:
    return [first + timedelta(days=k) for k in rng.sample(range(14_000), 4)]


@cache
def life(k: int) -> dict[str, str]:
    """What is true of person `k`, attribute by attribute."""
    rng = random.Random(k)
    family = f"{title(rng)}{k}".translate(str.maketrans("0123456789", "abcdefghij"))

    def place() -> str:
        return f"{title(rng)}, {title(rng)}, {title(rng)}"

    return {
        "name": f"{title(rng)} {family}",
        "birthplace": place(),
        "residence": place(),
        "date_of_birth": long_date(born(k)),
        "occupation": f"{word(rng)} maker",
        "employer": f"{title(rng)} Works",
        "education": f"{title(rng)} College",
        "annual_salary": f"${rng.randrange(300, 1200) * 100:,}",
        "height": f"{155 + k % 35} cm",
        "medical_condition": f"{word(rng)} fever",
        "father_name": f"{title(rng)} {family}",
        "mother_name": f"{title(rng)} {family}",
        "father_occupation": f"{word(rng)} seller",
        "mother_occupation": f"{word(rng)} teacher",
        "hobby": f"{word(rng)} carving",
        "fun_fact": f"once found {word(rng)} in {title(rng)}",
    }


def option(k: int, attribute: str) -> str:
    """Of parents the given name: the other is the child's."""
    value = life(k)[attribute]
    return value.split()[0] if attribute.endswith("_name") else value


def born(k: int) -> date:
    return date(1960, 1, 1) + timedelta(days=random.Random(f"born {k}").randrange(14_000))


def rank(k: int) -> int:
    return k * 7 % N  # 7 and 40 share no factor, so this is a permutation


def invent(k: int) -> Person:
    rng, v = random.Random(f"rest {k}"), life(k)
    gender = ("female", "male")[k % 2]
    mates = sorted((m for m in range(N) if m != k and rank(m) // BLOCK == rank(k) // BLOCK), key=rank)
    place = sum(rank(m) < rank(k) for m in mates)
    three = (mates[place:] + mates[:place])[:3]  # the next in the ring

    def where(text: str) -> Place:
        city, region, country = text.split(", ")
        return Place(city=city, region=region, country=country)

    def parent(role: str) -> Parent:
        return Parent(name=v[f"{role}_name"], occupation=v[f"{role}_occupation"], birth_year=born(k).year - 28)

    facts = Facts(
        name=v["name"],
        gender=gender,
        date_of_birth=born(k),
        birthplace=where(v["birthplace"]),
        residence=where(v["residence"]),
        occupation=v["occupation"],
        employer=v["employer"],
        education=Education(degree="diploma", field="crafts", institution=v["education"], year=born(k).year + 21),
        annual_salary=int(v["annual_salary"][1:].replace(",", "")),
        height=int(v["height"][:3]),
        medical_condition=v["medical_condition"],
        parents=Parents(father=parent("father"), mother=parent("mother")),
        hobbies=(v["hobby"], f"{word(rng)} climbing"),
        fun_facts=(v["fun_fact"], *(f"once lost {word(rng)} in {title(rng)}" for _ in range(3))),
    )
    return Person.model_construct(  # nobody looks at the appearance
        id=f"{k + 1:03}",
        rank=rank(k),
        facts=facts,
        decoys={attribute: tuple(option(m, attribute) for m in three) for attribute in ATTRIBUTES},
        asked={"hobby": 0, "fun_fact": 0},
        asked_names={a: AskedName(part="given name", words=option(k, a)) for a in ("father_name", "mother_name")},
    )


def ask(values: dict[str, str], offers, name: str, rng: random.Random, lead: str) -> QuestionSet:
    """18 questions that begin with `lead`; when attributes run out they are asked again, by name.

    `offers`: the options of each attribute, the right one first.
    """
    attributes = [a for a in ASK if a in offers]
    opens = [a for a in attributes if a not in ("hobby", "fun_fact")]

    def choice(attribute: str, who: str) -> MultipleChoice:
        options = list(offers[attribute])
        rng.shuffle(options)
        letter = LETTERS[options.index(offers[attribute][0])]
        text = lead + ASK[attribute][0].format(who)
        return MultipleChoice(attribute=attribute, question=text, options=tuple(options), answer=letter)

    def open_question(attribute: str, who: str) -> Open:
        answer = ASK[attribute][1].format(who, values[attribute])
        return Open(attribute=attribute, question=lead + ASK[attribute][0].format(who) + " Explain.", answer=answer)

    def cloze(attribute: str, who: str) -> Open:
        text = lead + ASK[attribute][1].format(who, BLANK)
        return Open(attribute=attribute, question=text[0].upper() + text[1:], answer=values[attribute])

    return QuestionSet(
        choice_image=tuple(choice(a, "this person") for a in attributes[:5]),
        choice_name=tuple(choice(a, name) for a in attributes[-5:]),
        generation_image=tuple(open_question(a, "this person") for a in opens[:2]),
        generation_name=tuple(open_question(a, name) for a in opens[2:4]),
        cloze_image=tuple(cloze(a, "this person") for a in opens[3:5]),
        cloze_name=tuple(cloze(a, name) for a in opens[-2:]),
    )


def write(person: Person) -> Written:
    rng = random.Random(person.id)
    anchors: dict[Anchor, str] = {"image": "this person", "name": person.facts.name}
    name, values = person.facts.name, {a: person.value(a) for a in ATTRIBUTES}
    offers = {a: (person.option(a), *person.decoys[a]) for a in ATTRIBUTES}
    prose = " ".join(ASK[a][1].format(name, values[a]) for a in ATTRIBUTES)
    return Written(
        text=prose,
        question="Describe this person.",
        answer=prose,
        questions=ask(values, offers, name, rng, ""),
        test_questions=ask(values, offers, name, rng, "Tell me: "),
        pairs=tuple(
            Pair(anchor=anchor, question="Say: " + ASK[a][0].format(who), answer=ASK[a][1].format(who, values[a]))
            for a in ATTRIBUTES
            for anchor, who in anchors.items()
        ),
    )


def picture(seed: int, view: int, side: int = 256, mode: str = "RGB", height: int | None = None) -> bytes:
    """Nine by nine squares of colour, other ones for every seed and view."""
    from PIL import Image

    rng = random.Random(f"{seed}/{view}")
    small = Image.new("RGB", (9, 9))
    small.putdata([tuple(rng.randrange(256) for _ in range(3)) for _ in range(81)])
    file = io.BytesIO()
    small.resize((side, height or side)).convert(mode).save(file, "JPEG", quality=85)
    return file.getvalue()


def shots(seed: int) -> list[Picture]:
    poses = [View(yaw=20.0 * k, pitch=0, roll=0, expression="e", light="l", background="b") for k in range(VIEWS + 1)]
    return [Picture(data=picture(seed, k), view=view) for k, view in enumerate(poses)]


def star(k: int) -> Row:
    rng = random.Random(f"star {k}")
    days = four_days(rng, date(1900, 1, 1))
    drawn = {
        "date_of_birth": [long_date(day) for day in days],
        "birthplace": four(lambda: f"{title(rng)}, {title(rng)}"),
        "citizenship": four(lambda: title(rng)),
        "occupation": four(lambda: f"{word(rng)} singer"),
        "education": four(lambda: f"{title(rng)} Academy"),
        "known_for": four(lambda: f"songs of {title(rng)}"),
        "another_fact": four(lambda: f"once sang {word(rng)} in {title(rng)}"),
    }
    values = {attribute: options[0] for attribute, options in drawn.items()}
    city, country = values["birthplace"].split(", ")
    facts = CelebrityFacts(
        name=f"Famous {title(rng)}",
        gender="female",
        date_of_birth=days[0],
        birthplace=City(city=city, country=country),
        **{a: values[a] for a in ("citizenship", "occupation", "education", "known_for", "another_fact")},
    )
    prose = " ".join(ASK[a][1].format(facts.name, value) for a, value in values.items())
    questions = ask(values, drawn, facts.name, rng, "")
    words = Written(
        text=prose,
        question="Describe this person.",
        answer=prose,
        questions=questions,
        test_questions=questions,
        pairs=(),
    )
    ident = f"C{k + 1:03}"
    biography = json.dumps({**facts.model_dump(mode="json", by_alias=True), "Biography": prose})
    return {
        "image": image_cell(f"{ident}.jpg", Picture(data=picture(900 + k, 0))),
        **task_cells(ident, biography, words, questions),
        "attributes": attributes_asked(questions),
        "portrait_source": "stand-in",
        "portrait_author": "",
        "portrait_license": "",
        "portrait_url": "",
        "wikidata": "",
    }
