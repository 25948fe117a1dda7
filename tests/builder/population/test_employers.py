"""Invented organisations."""

import random
import re
from collections import Counter

import pytest
from mllmu.builder.population.draws import table
from mllmu.builder.population.employers import employer
from mllmu.builder.population.invented import word
from mllmu.builder.population.work import CIRCLES

SECTORS = sorted({circle.sector for circle in CIRCLES})


def test_every_sector_is_used():
    assert sorted(table("employers.toml")) == SECTORS


@pytest.mark.parametrize("sector", SECTORS)
def test_names_are_clean(sector, locales):
    rng = random.Random(sector)
    for locale in locales:
        for _ in range(60):
            name = employer(sector, locale, rng)
            assert re.match(r"the [A-ZÀ-Ž]|[A-ZÀ-Ž]", name), name
            assert not re.search(r"[{}]|\s\s| $|^the [Tt]he\b", name), name
            assert len(name) <= 60


@pytest.mark.parametrize("sector", SECTORS)
def test_no_city_is_named(sector, locales):
    """Where a person lives must not show in the employer."""
    rng = random.Random(sector)
    cities = {city for locale in locales for city in locale.cities}
    names = " ".join(employer(sector, locale, rng) for locale in locales for _ in range(120))
    assert not [city for city in cities if city in names]


def test_few_people_share_an_employer(locales):
    """Even with a handful of surnames, as the countries of these tests have."""
    rng = random.Random(12)
    people = [employer(rng.choice(CIRCLES).sector, rng.choice(locales), rng) for _ in range(4000)]
    assert len(set(people)) > 3000
    assert max(Counter(people).values()) / len(people) < 0.01


def test_famous_surnames_found_no_firm(locales):
    rng = random.Random(13)
    names = {employer("bank", locales[4], rng) for _ in range(12_000)}
    assert not [name for name in names if "Siemens" in name]


def test_invented_words_are_many():
    rng = random.Random(14)
    words = [word(rng) for _ in range(10_000)]
    assert len(set(words)) > 7500
    assert all(re.fullmatch(r"[A-Z][a-z]{3,11}", made) for made in words)
    assert all(not re.search(r"[aeiou]{3}|[^aeiouy]{5}|(.)\1\1", made.lower()) for made in words)
