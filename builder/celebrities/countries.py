"""Countries of the celebrity table: which ones are comparable, and what their people are called."""

import csv
from functools import cache
from typing import NamedTuple

from .names import DATA


class Country(NamedTuple):
    """A row of `data/countries.tsv`."""

    area: str
    """Countries whose people can stand in for each other as wrong options."""
    demonyms: tuple[str, ...]
    """Adjectives and names that sources use for it, today's and those of its time."""


@cache
def countries() -> dict[str, Country]:
    """Every country that the table names, past ones included."""
    with (DATA / "countries.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["country"]: Country(row["area"], tuple(word.strip() for word in row["demonyms"].split(";")))
            for row in csv.DictReader(file, delimiter="\t")
        }


def area_rank(country: str) -> tuple[int, str]:
    """The part of the world that `country` is matched within, and its place in an order where neighbours are alike."""
    areas = list(dict.fromkeys(known.area for known in countries().values()))
    known = countries().get(country)
    return (areas.index(known.area), known.area) if known else (len(areas), "elsewhere")
