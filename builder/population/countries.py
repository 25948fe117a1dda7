"""Countries that people come from and live in: names, ancestry, height, pay, cities."""

from collections import Counter
from functools import cache
from typing import NamedTuple

from ...schemas.person import Place
from .draws import DATA, Weighted, weighted
from .invented import Locale
from .names import NamePool, pools

_LANGUAGES = {"german": "de", "spanish": "es", "french": "fr", "italian": "it", "portuguese": "pt"}


class Country(NamedTuple):
    """One row of data/countries.tsv, with its names and cities."""

    name: str
    pool: NamePool
    ancestry: tuple[float, float, float]
    """African, Asian, European weights of the portrait basis, on average."""
    scarf: float
    """How often women cover their hair in a portrait."""
    cap: float
    """How often men wear a skullcap."""
    heights: tuple[int, int]
    """Mean of women and of men, in centimetres."""
    income: float
    """Mean salary in US dollars a year."""
    abroad: Weighted[str]
    """Where people who leave go to. A country that many lists name weighs less in each, or it would fill up."""
    places: tuple[Place, ...]
    locale: Locale
    """What invented schools and employers of the country are called by."""


def _rows(file: str) -> list[list[str]]:
    lines = (DATA / file).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def countries() -> dict[str, Country]:
    """All countries, by name, in the table's order."""
    cities: dict[str, list[tuple[str, str]]] = {}
    for code, region, city in _rows("places.tsv"):
        cities.setdefault(code, []).append((city, region))
    rows = _rows("countries.tsv")
    named = Counter(country for row in rows for country in row[-1].split(","))
    return {row[0]: _country(row, cities[row[1]], named) for row in rows}


def _country(row: list[str], cities: list[tuple[str, str]], named: Counter[str]) -> Country:
    name, _, pool_name, african, asian, european, scarf, cap, female, male, income, abroad = row
    pool = pools()[pool_name]
    return Country(
        name=name,
        pool=pool,
        ancestry=(float(african), float(asian), float(european)),
        scarf=float(scarf),
        cap=float(cap),
        heights=(int(female), int(male)),
        income=float(income),
        abroad=weighted(abroad.split(","), [1 / named[country] for country in abroad.split(",")]),
        places=tuple(Place(city=city, region=region, country=name) for city, region in cities),
        locale=Locale(name, _LANGUAGES.get(pool_name, "en"), [city for city, _ in cities], pool.surnames),
    )
