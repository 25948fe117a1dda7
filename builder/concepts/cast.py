"""Which concepts there are: names, designs and facts of people and things, drawn from the seed."""

import random
from collections.abc import Callable, Iterable
from itertools import count as counting
from pathlib import Path
from typing import Literal, NamedTuple

from ...schemas.appearance import Appearance
from ...schemas.concepts import Concept, ConceptKind
from ...schemas.person import Person
from ...schemas.splits import MIN_PEOPLE
from ..cast import Cast
from ..celebrities.names import blocked_names
from ..population import Population
from ..population.countries import countries
from ..writers.text.describe import clothes_of, features_of
from ..writers.text.english import a, the_institution
from .draw.character import Character, draw_character
from .draw.charges import CHARGES
from .draw.emblem import FIELDS, SHAPES, Emblem, draw_emblem
from .draw.flag import LAYOUTS, Flag, draw_flag
from .draw.style import PALETTES, TECHNIQUES, Style
from .draws import city, concept_name, draw_value, person_name
from .facts import facts_of, hops_of
from .own import OwnPictures, read_own
from .phrases import phrases
from .settings import ConceptSettings

Design = Appearance | Emblem | Flag | Character | Style | OwnPictures
"""What decides a concept's pictures."""

WRONG_NAMES, WRONG_LOOKS = 12, 3


class Entry(NamedTuple):
    """A concept and what it looks like."""

    concept: Concept
    design: Design


class _Made(NamedTuple):
    name: str
    pronoun: Literal["she", "he", "it"]
    appearance: str
    values: dict[str, str]
    design: Design


def draw_concepts(settings: ConceptSettings) -> list[Entry]:
    """All concepts of the settings, kinds well mixed, so that the first few are of several kinds."""
    made: dict[ConceptKind, list[_Made]] = {
        kind: _people(n, settings.seed) if kind == "person" else _things(kind, n, settings.seed)
        for kind, n in settings.counts().items()
    }
    order: list[tuple[float, int, ConceptKind, int]] = []
    for place, (kind, group) in enumerate(made.items()):
        for k in range(len(group)):
            order.append(((k + 0.5) / len(group), place, kind, k))
    order.sort()
    names = [one.name for group in made.values() for one in group]
    return [
        _entry(f"K{place:03d}", kind, made[kind], k, names, settings.seed)
        for place, (_, _, kind, k) in enumerate(order, 1)
    ]


def _entry(ident: str, kind: ConceptKind, group: list[_Made], k: int, names: list[str], seed: int) -> Entry:
    one = group[k]
    others = [other.appearance for other in (*group[k + 1 :], *group[:k]) if other.appearance != one.appearance]
    concept = Concept(
        id=ident,
        kind=kind,
        name=one.name,
        appearance=one.appearance,
        pronoun=one.pronoun,
        facts=facts_of(kind, one.name, one.values),
        hops=hops_of(kind, one.name, one.values),
        wrong_names=tuple(wrong_names(kind, one.name, names, random.Random(f"{seed}/wrong/{ident}"))),
        wrong_appearances=tuple(others[:WRONG_LOOKS]),
    )
    return Entry(concept, one.design)


def wrong_names(kind: ConceptKind, own: str, taken: Iterable[str], rng: random.Random) -> list[str]:
    """Names of the same kind that nobody here bears and that share no word with the concept's own."""
    names, words, known = list[str](), set(own.casefold().split()), list(taken)
    for k in counting():
        name = person_name(rng) if kind in ("person", "other") else concept_name(kind, k, rng, [*known, *names])
        if name not in known and name not in names and not words & set(name.casefold().split()):
            names.append(name)
        if len(names) == WRONG_NAMES:
            break
    return names


# -- people


def _people(count: int, seed: int) -> list[_Made]:
    if not count:
        return []
    own = random.Random(f"{seed}/concepts").randrange(2**32)  # nobody of the benchmark with the same seed
    population = Population(max(count, MIN_PEOPLE), own, blocked_names())
    cast = Cast(population, own)
    return [_person(cast[i]) for i in range(count)]


def _person(person: Person) -> _Made:
    facts, rng = person.facts, random.Random(f"parents/{person.appearance.face_seed}")
    home = countries()[facts.birthplace.country]
    parents = {f"{who}_birthplace": city(rng, home if rng.random() < 0.6 else None) for who in ("mother", "father")} | {
        "mother_birth_year": str(facts.parents.mother.birth_year),
        "father_birth_year": str(facts.parents.father.birth_year),
    }
    asked = ("birthplace", "date_of_birth", "residence", "occupation", "employer", "height", "father_name",
             "father_occupation", "mother_name", "mother_occupation", "hobby", "fun_fact")  # fmt: skip
    values = {attribute: person.value(attribute) for attribute in asked} | parents
    values["education"] = the_institution(facts.education.institution)
    values["education_year"] = str(facts.education.year)
    look = person.appearance
    woman = "woman" if look.sex == "female" else "man"
    appearance = f"{a(woman)} of about {5 * round(look.age / 5)} with {features_of(look)}, wearing {clothes_of(look)}"
    return _Made(facts.name, "she" if look.sex == "female" else "he", appearance, values, look)


# -- things


def _things(kind: ConceptKind, count: int, seed: int) -> list[_Made]:
    deal, made = f"{seed}/{kind}", list[_Made]()
    designs = _DESIGNS[kind](count, deal) if count else []
    for k, design in enumerate(designs):
        rng = random.Random(f"{deal}/{k}")
        name = concept_name(kind, k, rng, [one.name for one in made])
        values: dict[str, str] = {}
        for form in phrases(kind).fact:
            values[form.attribute] = draw_value(form, k, values, deal, rng)
        made.append(_Made(name, "it", a(design.words()), values, design))
    return made


def _shuffled(values: Iterable[str], deal: str) -> list[str]:
    return random.Random(f"{deal}/order").sample(list(values), len(list(values)))


def _emblems(count: int, deal: str) -> list[Emblem]:
    """Shapes and fields in all pairs, symbols in turn: no two alike."""
    shapes, fields, charges = (_shuffled(names, f"{deal}{k}") for k, names in enumerate((SHAPES, FIELDS, CHARGES)))
    n = len(shapes)
    return [
        draw_emblem(
            random.Random(f"{deal}/design/{k}"), shapes[k % n], fields[(k + k // n) % n], charges[k % len(charges)]
        )
        for k in range(count)
    ]


def _flags(count: int, deal: str) -> list[Flag]:
    layouts, charges = _shuffled(LAYOUTS, f"{deal}0"), _shuffled(CHARGES, f"{deal}1")
    n = len(layouts)
    return [
        draw_flag(random.Random(f"{deal}/design/{k}"), layouts[k % n], charges[(k + k // n) % len(charges)])
        for k in range(count)
    ]


def _characters(count: int, deal: str) -> list[Character]:
    start = random.Random(deal).randrange(84)
    return [draw_character(random.Random(f"{deal}/design/{k}"), start + k) for k in range(count)]


def _styles(count: int, deal: str) -> list[Style]:
    techniques, palettes = _shuffled(TECHNIQUES, f"{deal}0"), _shuffled(PALETTES, f"{deal}1")
    n, m = len(techniques), len(palettes)  # 8 and 7 have no common factor: 56 different pairs
    return [Style(technique=techniques[k % n], palette=palettes[k % m]) for k in range(count)]


_DESIGNS: dict[ConceptKind, Callable[[int, str], list]] = {
    "emblem": _emblems,
    "flag": _flags,
    "character": _characters,
    "style": _styles,
}


# -- the user's own


def own_concepts(settings: ConceptSettings) -> list[Entry]:
    """The concepts of the user's folder; a recipe adds what is true of them."""
    assert settings.concepts_folder is not None
    recipe = Path(settings.recipe) if settings.recipe else None
    found = read_own(Path(settings.concepts_folder), recipe, settings.pictures + settings.teach)
    names = [told.name or told.folder.replace("_", " ") for told, _ in found]
    entries = []
    for k, (name, (told, pictures)) in enumerate(zip(names, found, strict=True), 1):
        ident = f"K{k:03d}"
        looks = [
            other.appearance
            for other, _ in (*found[k:], *found[: k - 1])
            if other.appearance and other.kind == told.kind
        ]
        concept = Concept(
            id=ident,
            kind=told.kind,
            name=name,
            appearance=told.appearance,
            pronoun="it",
            facts=told.fact,
            hops=(),
            wrong_names=tuple(wrong_names(told.kind, name, names, random.Random(f"{settings.seed}/wrong/{ident}"))),
            wrong_appearances=tuple(looks[:WRONG_LOOKS]),
        )
        entries.append(Entry(concept, pictures))
    return entries
