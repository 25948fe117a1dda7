"""Names of schools and firms that do not exist, built from a country's surnames and cities and from invented words."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

# Every start fits every middle, and every middle every end, so that 40,000 words can be said aloud.
_STARTS = tuple(
    "Al Am Ar As Bel Ber Bor Bren Cal Cam Cor Cres Dal Dar Del Dor El Em Er Fal Far Fen Fer Gal Gar Gel Hal Har Hel "
    "Il Jar Jor Kal Kar Kel Kor Lan Lar Len Lor Mal Mar Mel Mir Mor Nar Nel Nor Ol Or Pal Par Pel Per Pol Quel Ral "
    "Ren Ril Ros Sal San Sel Ser Sol Tal Tam Tar Tel Tor Ul Val Van Ver Vel Vin Vol Wel Wen Yal Zan Zel Zor".split()
)
_MIDDLES = tuple("a e i o u a e i o u eni ari ori ila".split())
_ENDS = tuple(
    "bar ca den dra dris fen gan gor ka kis la lan las len lis lo lon lor lund ma mar mas mer min mis mon mont "
    "na nas ne nis non nor ra ran ren ris ron ros sen sta stan tan tar tas ten tis ton tra tris va ven via vin vis".split()
)


def word(rng: random.Random) -> str:
    """`Corelon`, `Vinarisen`: a name that means nothing in particular."""
    return rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(_ENDS)


# Surnames that are brands, banks, hotels or universities to most readers.
_FAMOUS = frozenset(
    "Agnelli Barclay Benetton Bentley Benz Boeing Bosch Bradford Brown Bugatti Cambridge Cartier Cavendish Chanel Chevrolet "
    "Citroën Cornell Daimler Dell Dior Disney Douglas Drake Duke Emerson Ferrari Ferrero Fiat Ford Geneva Guinness Harvard "
    "Heinz Hermès Hilton Honda Hyundai Kellogg Kraft Lamborghini Lancaster Lincoln Lund Marriott Maserati Mazda Mercedes "
    "Merck Michelin Mitsubishi Morgan Nestlé Nissan Oppenheimer Oxford Peugeot Pfizer Philips Porsche Prada Princeton "
    "Renault Ritz Rolex Rothschild Samsung Santander Siemens Stanford Steinway Suzuki Toyota Trump Tudor Vanderbilt Volvo "
    "Warner Washington Wharton Yale York Zeiss".split()
)


class Locale(NamedTuple):
    """What a country lends to invented names."""

    country: str
    language: str
    """ISO 639-1 code of the language that schools may be named in; any other than `de`, `es`, `fr`, `it`, `pt` is
    rendered in English."""
    cities: Sequence[str]
    surnames: Sequence[str]


def fill(pattern: str, locale: Locale, rng: random.Random) -> str:
    """The pattern with `{s}`, `{t}` two different surnames, `{w}` an invented word, `{c}` a city."""
    s = _surname(locale, rng) if "{s}" in pattern else ""
    t = s
    while "{t}" in pattern and t == s:
        t = _surname(locale, rng)
    name = pattern.format(
        s=s,
        t=t,
        w=word(rng) if "{w}" in pattern else "",
        c=rng.choice(locale.cities) if "{c}" in pattern else "",
    )
    # A surname such as `de Vries` begins a name as any other does; only an article stays small.
    return name if pattern.startswith("the ") else name[0].upper() + name[1:]


def _surname(locale: Locale, rng: random.Random) -> str:
    surname = rng.choice(locale.surnames)
    while surname in _FAMOUS:
        surname = rng.choice(locale.surnames)
    return surname


def different(count: int, draw: Callable[[], str]) -> tuple[str, ...]:
    """As many different draws."""
    drawn = dict.fromkeys(draw() for _ in range(count))
    while len(drawn) < count:
        drawn[draw()] = None
    return tuple(drawn)
