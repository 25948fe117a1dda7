"""The population as a whole: who there is, how even, how plausible; and only the person tells the answer."""

import os
import random
import subprocess
import sys
import unicodedata
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.celebrities.names import blocked_names, fold
from mllmu.builder.population import Population
from mllmu.builder.population.countries import countries
from mllmu.builder.population.names import Named, parent_name, pools
from mllmu.builder.population.population import WINDOW
from mllmu.errors import UsageError
from mllmu.schemas.person import ATTRIBUTES, REFERENCE_DATE, Person
from mllmu.schemas.splits import BLOCK, RATIOS, forget_size
from scipy.stats import chisquare

SEEDS = range(5)
MEDICINE = {"surgeon", "cardiologist", "paediatrician", "anaesthetist", "dermatologist", "psychiatrist"}


@cache
def people(seed: int, n: int = 500) -> tuple[Person, ...]:
    return tuple(Population(n, seed, blocked_names()))


@pytest.mark.parametrize("seed", SEEDS)
def test_five_hundred_are_as_varied_as_promised(seed):
    facts = [person.facts for person in people(seed)]
    assert len({f.birthplace.country for f in facts}) >= 70
    assert len({(f.birthplace.country, f.birthplace.region) for f in facts}) >= 240
    assert len({f.occupation for f in facts}) >= 145
    assert len({f.date_of_birth for f in facts}) >= 450
    assert len({fact for f in facts for fact in f.fun_facts}) >= 1900


@pytest.mark.parametrize("seed", SEEDS)
def test_no_value_dominates(seed):
    facts = [person.facts for person in people(seed)]
    assert sum(f.medical_condition == "none" for f in facts) <= 75
    for person_values in (
        [f.birthplace.country for f in facts],
        [f.residence.country for f in facts],
        [f.birthplace.city for f in facts],
        [f.occupation for f in facts],
        [f.employer for f in facts],
        [f.education.institution for f in facts],
        [f.annual_salary for f in facts],
        [f.height for f in facts],
        [f.medical_condition for f in facts if f.medical_condition != "none"],
        [f.parents.father.occupation for f in facts],
        [f.parents.mother.occupation for f in facts],
        [hobby for f in facts for hobby in f.hobbies],
    ):
        value, count = Counter(person_values).most_common(1)[0]
        assert count <= 25, value
    assert Counter(f.gender for f in facts) == {"female": 250, "male": 250}


@pytest.mark.parametrize("n", [20, 333, 5000])
def test_names_are_unique_and_nobodys(n):
    blocked = blocked_names()
    names = [fold(person.facts.name) for person in people(7, n)]
    assert len(set(names)) == n
    assert not blocked.intersection(names)
    letters = {c for person in people(7, n) for c in person.facts.name if c.isalpha()}
    assert all(unicodedata.name(c).startswith("LATIN") for c in letters)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(20, 3000), data=st.data())
def test_everybody_is_plausible(seed, n, data):
    person = Population(n, seed)[data.draw(st.integers(0, n - 1))]
    facts = person.facts
    born = facts.date_of_birth.year
    assert 18 <= person.age <= 90
    assert born + 17 <= facts.education.year <= REFERENCE_DATE.year
    for parent in (facts.parents.father, facts.parents.mother):
        assert 16 <= born - parent.birth_year <= 60
        assert fold(parent.name) != fold(facts.name)
    assert facts.birthplace.country in countries()
    assert (145 if facts.gender == "female" else 155) - 12 <= facts.height <= 215
    assert person.appearance.sex == facts.gender
    assert abs(person.appearance.age - person.age) <= 1
    assert person.given_name in facts.name
    for attribute in ATTRIBUTES:
        options = {person.option(attribute), *person.decoys[attribute]}
        assert len({fold(option) for option in options}) == 4, attribute
    others = set(person.decoys["fun_fact"]) | set(person.decoys["hobby"])
    assert not others & {*facts.fun_facts, *facts.hobbies}, "a wrong option that is true"


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(20, 400))
def test_ranks_and_ids_are_complete(seed, n):
    population = Population(n, seed)
    made = list(population)
    assert sorted(person.rank for person in made) == list(range(n))
    assert [person.id for person in made] == [f"{i + 1:03d}" for i in range(n)]
    assert [made[i].rank for i in population.order] == list(range(n))


@pytest.mark.parametrize("n", [100, 500])
def test_wrong_options_are_the_truths_of_the_others_of_a_block(n):
    """Each value is a wrong option of three others, born in the same country, of the same gender and about as old."""
    by_rank = sorted(people(3, n), key=lambda person: person.rank)
    for start in range(0, n, BLOCK):
        block = by_rank[start : start + BLOCK]
        assert len({(p.facts.birthplace.country, p.facts.gender) for p in block}) == 1
        assert max(p.age for p in block) - min(p.age for p in block) <= 8
        for attribute in ATTRIBUTES:
            wrong = Counter(value for p in block for value in p.decoys[attribute])
            assert wrong == {p.option(attribute): 3 for p in block}, attribute


@pytest.mark.parametrize("n", [100, 500, 2000])
def test_forget_sets_hold_whole_blocks(n):
    assert all(forget_size(n, ratio) % BLOCK == 0 for ratio in RATIOS)


def test_the_part_of_a_parents_name_that_is_asked_for_is_not_the_childs():
    for person in (person for seed in SEEDS for person in people(seed)):
        for attribute in ("father_name", "mother_name"):
            asked = person.asked_names[attribute]
            assert asked.words in person.value(attribute)
            assert asked.words not in person.facts.name.split(), person.facts
            assert not {*person.decoys[attribute]} & {*person.value(attribute).split()}, person.facts
            icelandic_or_like = {"Iceland", "Ethiopia", "Malaysia"}
            if asked.part == "second name":
                assert attribute == "father_name"
                assert person.facts.birthplace.country in icelandic_or_like


@pytest.mark.parametrize("full", ["Ari Jónsson", "Anna Jónsdóttir"])
def test_an_icelandic_father_does_not_bear_his_childs_patronymic_too(full):
    pool, child, rng = pools()["icelandic"], Named(full, full.split()[0], "Jóns", ""), random.Random(0)
    assert "Jóns" in pool.surnames
    second = {parent_name(pool, child, False, {*full.split()}, rng)[1].words for _ in range(2000)}
    assert second == {f"{stem}son" for stem in pool.surnames} - {"Jónsson"}


def test_nobody_of_a_block_is_kept_for_ever():
    population = Population(3000, 0)
    for _ in population:
        assert len(population._made) <= 2 * WINDOW + 1


def test_a_doctor_has_a_medical_degree():
    doctors = [p for seed in SEEDS for p in people(seed) if p.facts.occupation in MEDICINE]
    assert len(doctors) >= 10
    for person in doctors:
        education = person.facts.education
        assert "medic" in f"{education.degree} {education.field}".lower(), person.facts
        assert education.year - person.facts.date_of_birth.year >= 22


def test_pay_follows_country():
    def median_salary(country: str) -> float:
        paid = [p.facts.annual_salary for seed in SEEDS for p in people(seed) if p.facts.residence.country == country]
        return sorted(paid)[len(paid) // 2]

    assert median_salary("Switzerland") > 3 * median_salary("Ethiopia")


def test_surnames_come_from_a_parent():
    """In Europe's and the Americas' customs: the last name of a child is that of its father or mother, by gender."""
    for person in people(0):
        facts = person.facts
        if facts.birthplace.country in {"United Kingdom", "Germany", "France", "Italy", "United States"}:
            surname = facts.name.split()[-1]
            assert surname in {facts.parents.father.name.split()[-1], facts.parents.mother.name.split()[-1]}, facts
        if facts.birthplace.country == "Bulgaria" and facts.gender == "female":
            assert facts.name.endswith("a"), facts.name


def test_the_truth_is_any_of_the_four():
    """By alphabet, length and frequency, the right value comes first of its four candidates a quarter of the time."""
    everybody = [person for seed in SEEDS for person in people(seed)]
    for attribute in ATTRIBUTES:
        common = Counter(v for p in everybody for v in (p.option(attribute), *p.decoys[attribute]))
        for name, key in {
            "alphabet": lambda v: v,
            "length": lambda v: (len(v), fold(v)[::-1]),
            "frequency": lambda v, common=common: (common[v], fold(v)[::-1]),
        }.items():
            offered = [((p.option(attribute), *p.decoys[attribute]), p.option(attribute)) for p in everybody]
            places = Counter(sorted(options, key=key).index(right) for options, right in offered)
            assert float(chisquare([places[k] for k in range(4)]).pvalue) > 1e-4, (attribute, name, places)


def test_a_person_does_not_depend_on_who_was_made_before():
    assert Population(100, 3)[57] == list(Population(100, 3))[57]


def test_same_people_in_any_process(tmp_path):
    program = "from mllmu.builder.population import Population\nprint([repr(p) for p in Population(60, 2)])"
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=tmp_path,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "5")
    }
    assert len(printed) == 1


def test_other_seeds_are_other_people():
    a, b = ({fold(p.facts.name) for p in people(seed)} for seed in (0, 1))
    assert len(a & b) < 25


def test_too_few_people_are_refused():
    with pytest.raises(UsageError, match="20 people or more, not 19"):
        Population(19, 0)
