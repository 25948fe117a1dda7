"""People to write about, with hard cases in plenty; made here, so that writers are tested without the sampler."""

import random
from datetime import date, timedelta
from functools import cache

from mllmu.schemas.appearance import Ancestry, Appearance, Sex
from mllmu.schemas.person import (
    AskedName,
    Education,
    Facts,
    Parent,
    Parents,
    Person,
    Place,
    centimetres,
    dollars,
    long_date,
)

PLACES = [
    Place(city="Tartu", region="Tartu County", country="Estonia"),
    Place(city="Singapore", region="Singapore", country="Singapore"),
    Place(city="Utrecht", region="Utrecht", country="Netherlands"),
    Place(city="Quetzaltenango", region="Quetzaltenango", country="Guatemala"),
    Place(city="Iloilo", region="Western Visayas", country="Philippines"),
    Place(city="Uummannaq", region="Avannaata", country="Greenland"),
    Place(city="San José", region="San José", country="Costa Rica"),
    Place(city="Leeds", region="England", country="United Kingdom"),
    Place(city="Lomé", region="Maritime", country="Togo"),
]
NAMES = {
    "female": ["Liis", "Ana María", "Agnès", "Yuki", "Olu", "Iris", "Zsófia", "Thandiwe"],
    "male": ["James", "Nils", "Alexis", "Kofi", "Wei", "Andrés", "Tāne", "Idris"],
}
SURNAMES = ["Tamm", "Jones", "Pérez López", "de Vries", "O'Neill", "Owusu-Ansah", "Sato", "Santos", "Ng", "Éluard"]
JOBS = [
    "glass conservator", "engineer", "university lecturer", "X-ray technician", "HR manager", "urologist", "usher",
    "hourly-rate accountant", "one-man-band performer", "unicycle maker", "NGO coordinator", "herbalist", "heir tracer",
    "UX designer", "ukulele teacher", "umbrella maker", "European Union clerk", "oboist", "A&R scout", "honey taster",
    "MRI technologist", "FM radio host", "underwater welder", "uniform tailor", "union organiser", "undertaker",
]  # fmt: skip
EMPLOYERS = ["the Orme Glass Works", "Estuary & Sons", "Unity Yards", "the Office of Honest Scales", "Vell Bank"]
INSTITUTIONS = ["Velm University", "the University of Orne", "Ulme College", "Royal Academy of Sand", "Hest School"]
DEGREES = [("bachelor's degree", "chemistry"), ("Doctor of Medicine", ""), ("apprenticeship", "joinery"), ("MA", "art")]
CONDITIONS = ["mild asthma", "none", "migraine", "type 1 diabetes", "Ménière's disease", "none"]
HOBBIES = ["lino printing", "bell ringing", "chess", "skating", "salsa and tango dancing", "unicycling", "origami"]
DEEDS = [
    "once restored a tram bell found in a canal", "won an egg-painting prize", "sat in a lift with an opera choir",
    "learned to juggle and whistle at once", "swam across an icy fjord", "built a raft from bottles and string",
    "once hosted a university quiz", "taught a parrot three languages", "crossed an island on foot", "drew an atlas",
]  # fmt: skip


@cache
def invent(k: int) -> Person:
    """Person number `k`: every kind of value beside every other, all of it decided by `k`."""
    draw = random.Random(f"test person {k}")
    sex: Sex = draw.choice(["female", "male"])
    surnames = draw.sample(SURNAMES, 5)
    given, surname = draw.choice(NAMES[sex]), surnames[0]
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(27_000))
    births = [born + timedelta(days=97 * j) for j in range(4)]
    places, homes = draw.sample(PLACES, 4), draw.sample(PLACES, 4)
    jobs, fathers, mothers = (draw.sample(JOBS, 4) for _ in range(3))
    employers, schools = draw.sample(EMPLOYERS, 4), draw.sample(INSTITUTIONS, 4)
    conditions = draw.sample(CONDITIONS[:5], 4)
    hobbies, deeds = draw.sample(HOBBIES, 6), draw.sample(DEEDS, 7)
    salary, height = 20_000 + 500 * draw.randrange(200), draw.randrange(148, 204)
    degree, field = draw.choice(DEGREES)
    facts = Facts(
        name=f"{given} {surname}",
        gender=sex,
        date_of_birth=born,
        birthplace=places[0],
        residence=homes[0],
        occupation=jobs[0],
        employer=employers[0],
        education=Education(degree=degree, field=field, institution=schools[0], year=born.year + 22),
        annual_salary=salary,
        height=height,
        medical_condition=conditions[0],
        parents=Parents(
            father=Parent(name=f"Ove {surname}", occupation=fathers[0], birth_year=born.year - draw.randrange(18, 50)),
            mother=Parent(name=f"Ada {surname}", occupation=mothers[0], birth_year=born.year - draw.randrange(17, 42)),
        ),
        hobbies=tuple(hobbies[: draw.choice([2, 3])]),
        fun_facts=tuple(deeds[:4]),
    )
    return Person(
        id=f"{k + 1:03d}",
        rank=k,
        given_name=given,
        facts=facts,
        appearance=_appearance(draw, k, sex, 2024 - born.year),
        decoys={
            "birthplace": _three(map(str, places)),
            "date_of_birth": _three(map(long_date, births)),
            "residence": _three(map(str, homes)),
            "occupation": _three(jobs),
            "employer": _three(employers),
            "education": _three(schools),
            "annual_salary": _three(dollars(salary + 500 * j) for j in range(4)),
            "height": _three(centimetres(height + j) for j in range(4)),
            "medical_condition": _three(conditions),
            "father_name": ("Ulf", "Odd", "Arne"),
            "father_occupation": _three(fathers),
            "mother_name": ("Ane", "Ulla", "Isa"),
            "mother_occupation": _three(mothers),
            "hobby": _three(hobbies[2:]),
            "fun_fact": _three(deeds[3:]),
        },
        asked={"hobby": draw.randrange(2), "fun_fact": draw.randrange(4)},
        asked_names={
            "father_name": AskedName(part="given name", words="Ove"),
            "mother_name": AskedName(part="given name", words="Ada"),
        },
    )


def _three(values) -> tuple[str, str, str]:
    """The wrong options: all but the first, which is the truth."""
    _, a, b, c, *_ = values
    return a, b, c


def _appearance(draw: random.Random, k: int, sex: Sex, age: int) -> Appearance:
    return Appearance(
        face_seed=k,
        sex=sex,
        age=age,
        ancestry=Ancestry(african=0, asian=0, european=1),
        hair_colour=draw.choice(["black", "auburn", "grey"]),
        hair_style=draw.choice(
            ["short curly", "long straight", "pinned-up"] if sex == "female" else ["bald", "thinning"]
        ),
        eye_colour=draw.choice(["hazel", "brown"]),
        facial_hair="none" if sex == "female" else draw.choice(["none", "stubble", "goatee", "full beard"]),
        glasses=draw.choice(["none", "oval", "round"]),
        head_covering=draw.choice(["none", "none", "headscarf" if sex == "female" else "skullcap"]),
        earrings=sex == "female" and draw.random() < 0.4,
        clothing=draw.choice(["T-shirt", "blazer", "shirt"]),
        clothing_colour=draw.choice(["olive", "navy"]),
    )
