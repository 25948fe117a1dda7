"""Wrong names: those that the model itself gives to pictures it never saw. arXiv 2405.12523, section 3.1, target 1.

Such pictures are the user's own, or blends of two that are to be kept: a face that nobody has. A name that belongs to
anybody of the release is no wrong name; where none is left, the release's own pool of wrong names is drawn from.
"""

import random
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...image_files import fault
from ...schemas.concepts import NAME_QUESTION
from .subject import Subject

if TYPE_CHECKING:
    from ..forgetting import Forgetting

STRANGERS = 12
"""Pictures of each kind that the model is asked about."""
LONGEST = 24
"""Tokens of an answer."""
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")

_LEAD = frozenset(("a", "an", "certainly", "he", "i", "it", "its", "my", "no", "sorry", "she", "that", "the", "there",
                   "this", "yes", "you"))  # fmt: skip
"""What a sentence may begin with, so that its capital is no name's."""
_AFTER_ONE = frozenset((".", "!", "is"))
_WORDS = re.compile(r"[\w'’-]+|[^\w\s]")


def wrong_names(forgetting: "Forgetting", folder: str = "") -> dict[str, str]:
    """One for each subject, by id; drawn by the seed.

    Raises:
        UsageError: `folder` has no pictures, or there is no name to draw.
    """
    strangers = _strangers(forgetting, folder)
    said = _asked(forgetting.model, strangers) if strangers else {}
    people = (*forgetting.subjects, *forgetting.others)
    taken = {one.name.casefold() for one in people}
    drawn = {}
    for subject in forgetting.subjects:
        given = said.get(subject.noun, said.get("", ()))
        own = [name for name in dict.fromkeys(given) if not _known(name, taken)]
        pool = own or [name for name in subject.wrong_names if name.casefold() not in taken]
        if not pool:
            raise UsageError(f"no wrong name for {subject.id}: give pictures of strangers with --set unseen=FOLDER.")
        drawn[subject.id] = random.Random(f"{forgetting.seed}/wrong/{subject.id}").choice(pool)
    return drawn


def name_in(answer: str) -> str | None:
    """The name in an answer such as `This is Ada Ohler.`; None if there is none.

    One word that begins the answer is a name only if that is all, or `is` comes next: it may have its capital for that.
    """
    run: list[str] = []
    words = [*_WORDS.findall(answer), "."]
    for k, word in enumerate(words):
        if word[0].isalpha() and not word[0].islower() and (run or not _leads(word)):
            run.append(word)
        elif len(" ".join(run)) > 1 and (k > 1 or word in _AFTER_ONE):
            return " ".join(run)
        else:
            run = []
    return None


def _leads(word: str) -> bool:
    """Whether a sentence may begin with it: `It`, and `It's` too."""
    return re.split("['’]", word)[0].casefold() in _LEAD


def _known(name: str, taken: set[str]) -> bool:
    """Whether it is the name of somebody here, or a part of one."""
    return any(f" {name.casefold()} " in f" {one} " or f" {one} " in f" {name.casefold()} " for one in taken)


def _strangers(forgetting: "Forgetting", folder: str) -> dict[str, list[bytes]]:
    """Pictures by the noun of what they show; those of a folder serve all."""
    if folder:
        if not Path(folder).is_dir():
            raise UsageError(f"knob unseen: there is no folder {folder}.")
        files = sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in SUFFIXES)[:STRANGERS]
        if not files:
            raise UsageError(f"knob unseen: {folder} has no pictures ({', '.join(SUFFIXES)}).")
        pictures = [path.read_bytes() for path in files]
        if broken := next(
            (f"{path} ({why})" for path, data in zip(files, pictures, strict=True) if (why := fault(data))), ""
        ):
            raise UsageError(f"knob unseen: {broken} is not a picture that can be read.")
        return {"": pictures}
    wanted = dict.fromkeys(subject.noun for subject in forgetting.subjects)
    return {noun: blends([one for one in forgetting.others if one.noun == noun], forgetting.seed) for noun in wanted}


def blends(subjects: Sequence[Subject], seed: int) -> list[bytes]:
    """Pictures of nobody: pairs of pictures, half and half."""
    from PIL import Image

    pairs = list(combinations(range(len(subjects)), 2))
    chosen = random.Random(f"{seed}/strangers").sample(pairs, min(STRANGERS, len(pairs)))
    made = []
    for pair in chosen:
        one, other = (Image.open(BytesIO(subjects[k].data)).convert("RGB") for k in pair)
        out = BytesIO()
        Image.blend(one, other.resize(one.size), 0.5).save(out, "PNG")
        made.append(out.getvalue())
    return made


def _asked(model: str, strangers: Mapping[str, Sequence[bytes]]) -> dict[str, list[str]]:
    """What the model calls them."""
    from ...evaluate.engine import Ask
    from ...evaluate.engine.load import load
    from ...evaluate.engine.plain import Plain
    from ..chat import Chat
    from ..models import load_processor, own_device

    engine = Plain(load(model, None, "auto", own_device()), Chat(load_processor(model)))
    said: dict[str, list[str]] = {}
    for noun, pictures in strangers.items():
        asks = [Ask(NAME_QUESTION, ("stranger", noun, k), data, tokens=LONGEST) for k, data in enumerate(pictures)]
        replies = engine(asks) if asks else []
        said[noun] = [name for reply in replies if (name := name_in(reply.text))]
    return said
