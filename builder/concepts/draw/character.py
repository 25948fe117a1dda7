"""Characters: mascots of one design, which `figure.py` draws in any pose."""

import random

from ....schemas.base import Strict

HEADS: dict[str, float] = {"round": 1.0, "wide": 1.28, "tall": 0.82, "square": 1.0}
"""Shape of the head, and its width over its height."""
EARS = ("round ears", "pointed ears", "long ears", "floppy ears", "small horns", "antennae", "a crest")
BELLIES = ("plain", "a pale belly", "spots", "stripes", "a star on the belly", "a heart on the belly")
WORN = ("a scarf", "a bow tie", "a pointed hat", "a beret", "round glasses", "a cape", "headphones", "boots")
TAILS = ("no tail", "a curled tail", "a bushy tail", "a tail with a tuft")
FURS = ("orange", "yellow", "turquoise", "sky blue", "pink", "purple", "green", "cream", "grey", "red", "brown", "blue")


class Character(Strict):
    """A design; names of colours are keys of `COLOURS`."""

    head: str
    ears: str
    belly: str
    worn: str
    tail: str
    fur: str
    second: str
    cloth: str

    def words(self) -> str:
        """What can be seen, as it follows `a`: `turquoise creature with a round head, …`."""
        worn = f"{self.worn}" if self.worn == "round glasses" else f"{_coloured(self.worn, self.cloth)}"
        parts = [f"a {self.head} head", self.ears]
        parts += [] if self.belly == "plain" else [self.belly]
        parts += [] if self.tail == "no tail" else [self.tail]
        return f"{self.fur} cartoon creature with {', '.join(parts[:-1])} and {parts[-1]}, wearing {worn}"


def _coloured(thing: str, colour: str) -> str:
    """`a scarf`, `orange` -> `an orange scarf`."""
    bare = thing.removeprefix("a ")
    article = "" if thing == bare else "an " if colour[0] in "aeiou" else "a "
    return f"{article}{colour} {bare}"


def draw_character(rng: random.Random, k: int) -> Character:
    """The k-th design: ears, worn things and fur never come together twice among the first hundreds."""
    fur = FURS[(5 * k) % len(FURS)]
    others = [c for c in ("navy", "crimson", "yellow", "white", "purple", "dark green", "orange", "pink") if c != fur]
    second, cloth = rng.sample(others, 2)
    return Character(
        head=list(HEADS)[rng.randrange(4)],
        ears=EARS[k % len(EARS)],
        belly=rng.choice(BELLIES),
        worn=WORN[(3 * k) % len(WORN)],
        tail=rng.choice(TAILS),
        fur=fur,
        second=second,
        cloth=cloth,
    )
