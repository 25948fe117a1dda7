"""Countries for invented names, and the one property that every draw of options must have."""

import random
from collections import Counter

import pytest
from mllmu.builder.population.invented import Locale
from scipy.stats import chi2_contingency, chisquare

LOCALES = (
    Locale("Sweden", "sv", ["Gävle", "Malmö", "Umeå", "Uppsala"], ["Åkesson", "Berg", "Ekman", "Hallström", "Nyström"]),
    Locale("Peru", "es", ["Arequipa", "Cusco", "Trujillo"], ["Flores", "Huamán", "Moreno", "Quispe", "Rojas", "Vidal"]),
    Locale("Netherlands", "nl", ["Delft", "Zwolle"], ["de Vries", "Jansen", "Philips", "van den Berg", "Visser"]),
    Locale("Senegal", "fr", ["Dakar", "Thiès"], ["Diop", "Faye", "Ndiaye", "Sow"]),
    Locale("Germany", "de", ["Jena", "Kassel", "Ulm"], ["Brandt", "Krämer", "Schuster", "Siemens", "Vogel"]),
)
UNLIKELY = 1e-4


def assert_exchangeable(draws: list[tuple[str, ...]]) -> None:
    """Place in the draw says nothing: not about length, nor order in the alphabet, nor how common a value is."""
    tie_breaker = random.Random(0)
    frequency = Counter(value for draw in draws for value in draw)
    keys = {"length": len, "alphabet": lambda value: value, "frequency": lambda value: frequency[value]}
    for name, key in keys.items():
        first = Counter(max(range(len(draw)), key=lambda i: (key(draw[i]), tie_breaker.random())) for draw in draws)
        counts = [first[place] for place in range(len(draws[0]))]
        assert float(chisquare(counts).pvalue) > UNLIKELY, (name, counts)
    common = [value for value, _ in frequency.most_common(12)]
    places = [Counter(draw[place] for draw in draws) for place in range(len(draws[0]))]
    if min(frequency[value] for value in common) >= 40:
        table = [[place[value] for value in common] for place in places]
        assert float(chi2_contingency(table)[1]) > UNLIKELY  # type: ignore[arg-type], common


@pytest.fixture
def exchangeable():
    return assert_exchangeable


@pytest.fixture(params=LOCALES, ids=lambda locale: locale.country)
def locale(request) -> Locale:
    return request.param


@pytest.fixture
def locales() -> tuple[Locale, ...]:
    return LOCALES
