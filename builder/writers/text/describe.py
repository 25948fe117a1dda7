"""What a portrait shows, in words."""

from collections.abc import Mapping, Sequence
from random import Random

from ....schemas.appearance import Appearance
from ...population.appearance import BALD
from ..phrases.portrait import IDENTIFIES, LIKES, PLACES, SETTLED, WEARS
from .english import a, listing, tidy

_DECADES = ("", "teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def looks_of(appearance: Appearance, beginnings: Sequence[str], forms: Mapping[str, str], rng: Random) -> str:
    """Two sentences on what can be seen: the person, as one of `beginnings` says it, then the clothes."""
    woman = "woman" if appearance.sex == "female" else "man"
    words = {
        **forms,
        "a_woman": f"a {woman} in {forms['poss']} {_decade(appearance.age)}",
    }
    return f"{rng.choice(beginnings)} {rng.choice(WEARS)}".format_map(words)


def describe(looks: str, forms: Mapping[str, str], rng: Random) -> str:
    """The looks, and then who it is."""
    places = SETTLED if forms["birthplace"] == forms["residence"] else PLACES
    rest = f"{rng.choice(IDENTIFIES)} {rng.choice(places)} {rng.choice(LIKES)}".strip()
    return tidy(f"{looks} {rest.format_map(forms)}")


def _decade(age: int) -> str:
    """`early thirties`, `mid-forties`, `late sixties`."""
    tens, years = divmod(age, 10)
    if tens == 1:
        return "late teens"
    return f"{'early ' if years < 4 else 'mid-' if years < 7 else 'late '}{_DECADES[tens]}"


def features_of(appearance: Appearance) -> str:
    """Hair, eyes and beard, as they follow `with`."""
    features = [f"{appearance.eye_colour} eyes"]
    if appearance.hair_style != BALD and appearance.head_covering != "headscarf":
        features.insert(0, f"{appearance.hair_style} {appearance.hair_colour} hair")
    elif appearance.head_covering == "none":
        features.insert(0, "a bald head")
    if appearance.facial_hair != "none":
        features.append("stubble" if appearance.facial_hair == "stubble" else a(appearance.facial_hair))
    return listing(features)


def clothes_of(appearance: Appearance) -> str:
    """Everything worn, the garment last."""
    worn = [] if appearance.glasses == "none" else [f"{appearance.glasses} glasses"]
    if appearance.head_covering != "none":
        worn.append(a(appearance.head_covering))
    if appearance.earrings:
        worn.append("earrings")
    return listing([*worn, a(f"{appearance.clothing_colour} {appearance.clothing}")])
