"""Hobbies and fun facts."""

import random
import re
import tomllib
from collections import Counter

import pytest
from mllmu.builder.population.draws import DATA
from mllmu.builder.population.fun_facts import fun_facts, templates
from mllmu.builder.population.hobbies import HOBBIES, hobbies
from mllmu.builder.writers.text.english import article

TEMPLATES = templates()
PERSONAL = re.compile(
    r"\b(?:he|she|his|hers?|him|himself|herself|their|they|my|your|our|wife|husband|sister|brother)\b"
)

PAST = re.compile(
    r"(?:once )?(?:\w+ed|beat|dug|hid|stole|bought|built|came|drove|fell|found"
    r"|gave|got|grew|had|held|kept|learnt|led|lost|made|ran|read|sang|sat|saw|sent|set|slept|sold|spent|stood|swam|taught"
    r"|threw|took|was|won|wrote)\b"
)


def flat(lists):
    return [value for own in lists for value in own]


def samples(template, count: int = 12) -> list[str]:
    rng = random.Random(template.text)
    return [template.draw(rng) for _ in range(count)]


def test_hobbies_are_many_and_worded_alike():
    assert len(HOBBIES) >= 380
    assert len(set(HOBBIES)) == len(HOBBIES)
    for hobby in HOBBIES:
        assert not re.match(r"(?:an?) ", hobby)
        assert not hobby.endswith((".", " "))
        assert " and " not in hobby  # lists of hobbies have their own
        assert len(hobby) <= 40


@pytest.mark.parametrize("age", [18, 40, 65, 95])
def test_the_hobbies_of_five_people_are_all_different(age, exchangeable):
    rng = random.Random(41)
    draws = [hobbies(age, 5, rng) for _ in range(1000)]
    assert all(len(set(draw)) == 15 for draw in map(flat, draws))
    exchangeable([tuple(own[0] for own in draw) for draw in draws])
    exchangeable([own for draw in draws for own in draw])
    assert max(Counter(hobby for draw in draws for hobby in flat(draw)).values()) / len(draws) < 0.125


def test_no_hobby_is_nearly_another():
    rng = random.Random(42)
    draws = [set(flat(hobbies(30, 5, rng))) for _ in range(2000)]
    assert not [draw for draw in draws if {"stargazing", "amateur astronomy"} <= draw]
    assert not [draw for draw in draws if {"jogging", "trail running"} <= draw]


def test_the_old_are_spared_what_is_rough():
    rng = random.Random(43)
    old = {hobby for _ in range(1000) for hobby in flat(hobbies(80, 5, rng))}
    young = {hobby for _ in range(1000) for hobby in flat(hobbies(25, 5, rng))}
    assert "parkour" in young - old
    assert "rugby" in young - old


def test_fun_facts_are_many():
    assert len(TEMPLATES) >= 120
    assert sum(template.size for template in TEMPLATES) > 300_000
    assert min(template.size for template in TEMPLATES) >= 400


@pytest.mark.parametrize("seed", range(3))
def test_five_hundred_people_have_1950_different_facts(seed):
    rng = random.Random(seed)
    facts = [fact for _ in range(100) for fact in flat(fun_facts(5, rng))]
    assert len(facts) == 2000
    assert len(set(facts)) >= 1950


def test_facts_are_exchangeable(exchangeable):
    rng = random.Random(44)
    draws = [fun_facts(5, rng) for _ in range(1500)]
    assert all(len(set(draw)) == 20 for draw in map(flat, draws))
    exchangeable([tuple(own[0] for own in draw) for draw in draws])
    exchangeable([own for draw in draws for own in draw])


def test_no_template_is_too_common():
    """By its first three words, which are nearly one template's own."""
    rng = random.Random(45)
    begins = Counter(" ".join(fact.split()[:3]) for _ in range(1000) for fact in flat(fun_facts(5, rng)))
    assert max(begins.values()) / begins.total() < 0.04


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.text[:40])
def test_facts_are_clean_english(template):
    for slot in template.slots:
        assert len(set(slot)) == len(slot), "a word stands twice in a list"
    for fact in samples(template):
        assert PAST.match(fact), fact
        assert not PERSONAL.search(fact), fact
        assert not re.search(r"[{}]|\s\s|[.;!?]$| ,|,,|\b(\w+) \1\b", fact), fact
        assert 25 <= len(fact) <= 160, fact


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.text[:40])
def test_articles_fit(template):
    for fact in samples(template, 25):
        for found, word in re.findall(r"\b(an?) ([\w'-]+)", fact):
            assert found == article(word), fact


def test_every_shared_list_is_used():
    texts = {file.name: file.read_text("utf-8") for file in (DATA / "fun_facts").iterdir()}
    for name in re.findall(r"(?m)^(\w+) = ", texts.pop("words.toml")):
        assert any(f'= "{name}"' in text for text in texts.values()), name


def test_every_list_has_its_gap():
    """A list that no text names would be silently left out."""
    for file in (DATA / "fun_facts").iterdir():
        for fact in tomllib.loads(file.read_text("utf-8")).get("fact", ()):
            assert set(re.findall(r"\{(\w+)\}", fact["text"])) == fact.keys() - {"text"}
