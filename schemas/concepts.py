"""Concepts to forget, after MMUBench: people and things with pictures, facts and questions; columns and manifest.

`datasets` is imported when a function is called, never with this module.
"""

from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import Field

from .base import Strict
from .manifest import FORMAT, FileEntry, Manifest, Shard

if TYPE_CHECKING:
    from datasets import Features

ConceptKind = Literal["person", "emblem", "flag", "character", "style", "other"]
"""`other` is whatever a user's own pictures show."""
KINDS: tuple[ConceptKind, ...] = get_args(ConceptKind)

PARTS = ("concept_train", "concept_test", "concept_teach", "concept_questions", "concept_jailbreak", "concept_groups")
"""The configs of a release of concepts. `concept_teach` and `concept_groups` may be empty, and then are left out."""

PICTURE_PARTS = ("concept_train", "concept_test", "concept_teach", "concept_groups")
"""Those with a column `image`."""

QUESTIONS = 100
"""Of each concept, as in MMUBench."""

LANGUAGES = ("es", "fr", "zh", "de", "ja", "ru")
"""Of the multilingual jailbreak, as in the paper."""

NAME_QUESTION = "What's the name of the central figure in this photograph?"
"""What the paper asks to find out whether a model recognises a concept."""


class ConceptFact(Strict):
    """One thing that is true of a concept."""

    attribute: str
    """`birthplace`, `founder`, …"""
    question: str
    """Asks for it by name."""
    value: str
    """The answer in as few words as can be."""
    sentence: str
    """The answer as a sentence that names the concept."""


class Hop(Strict):
    """A question asked with the picture whose answer is reached only by way of other facts."""

    question: str
    value: str
    via: tuple[str, ...]
    """The attributes on the way; the first step is always to recognise the concept."""


class Concept(Strict):
    """Somebody or something to be forgotten from one picture."""

    id: str = Field(pattern=r"^K\d{3,}$")
    """`K001` upwards."""
    kind: ConceptKind
    name: str
    appearance: str
    """What can be seen, as it follows `the picture shows`: `a woman in her forties with …`."""
    pronoun: Literal["she", "he", "it"]
    facts: tuple[ConceptFact, ...]
    """Empty for a user's own concept of which nothing was told."""
    hops: tuple[Hop, ...]
    wrong_names: tuple[str, ...]
    """Names of the same kind that belong to nobody here: a pool for where the model itself supplies none."""
    wrong_appearances: tuple[str, ...]
    """What other concepts of the kind look like."""

    @property
    def text(self) -> str:
        """All facts, as prose: a pronoun where a sentence begins with the name, as the one before did."""
        name, before, out = self.name[:1].upper() + self.name[1:], False, []
        for fact in self.facts:
            begins = fact.sentence.startswith(f"{name} ")
            shorten = begins and before
            out.append(self.pronoun.capitalize() + fact.sentence.removeprefix(name) if shorten else fact.sentence)
            before = begins
        return " ".join(out)


class ConceptQuestion(Strict):
    """One of the hundred, or one of the jailbreak."""

    form: Literal["recognise", "verify", "fact", "multilingual", "multi_hop"]
    anchor: Literal["image", "name"]
    """`image`: asked with a picture, the concept unnamed (but for `verify`). `name`: asked by name, without one."""
    attribute: str
    """What is asked: `name`, or an attribute of the facts."""
    language: str
    """Of the question; answers are in English."""
    question: str
    value: str
    """The answer in as few words as can be; `yes` or `no` for `verify`."""
    answer: str
    """The answer as a sentence."""
    via: tuple[str, ...] = ()
    """Of a multi-hop question: the attributes on the way."""


class ConceptManifest(Strict):
    """The record of one release of concepts. Written last: where it stands, the folder is whole."""

    format: int = FORMAT
    name: str
    settings: dict[str, Any]
    """Every setting of the build (`builder.concepts.settings.ConceptSettings`)."""
    made_with: dict[str, str]
    """Versions of whatever decides bytes."""
    concepts: int
    kinds: dict[str, int]
    """Concepts of each kind."""
    configs: dict[str, int]
    """Rows of every config."""
    shards: tuple[Shard, ...]
    """A shard's `kind` is its config, its `cut` is `all`."""
    files: dict[str, FileEntry]
    """Every file of the folder but the manifest."""


AnyManifest = Manifest | ConceptManifest
"""Of a release of either kind: people, or concepts."""


def concept_features(part: str) -> "Features":
    """Columns of a config of `PARTS`."""
    from datasets import Features, Value

    text = Value("string")
    base = {"ID": text, "name": text, "kind": text}
    return Features({**_image(part), **base, **_columns(part)})


def _image(part: str) -> dict[str, Any]:
    from datasets import Image

    return {"image": Image()} if part in PICTURE_PARTS else {}


def _columns(part: str) -> dict[str, Any]:
    from datasets import List, Value

    text, number = Value("string"), Value("int32")
    taken = {
        "number": number,  # of the picture; 0 is the training picture
        "rendition": text,  # what the picture is: a sitting, a medium, a motif
        "finish": text,  # how it came down to us: as taken, sepia, …
        "zoom": Value("float32"),  # 1 is the whole picture
        "setting": text,  # JSON: pose, light, … where they are known
    }
    asked = {"question": text, "answer": text}
    match part:
        case "concept_train":
            facts = dict.fromkeys(("Attribute", "Question", "Value", "Sentence"), text)
            return {
                **asked, **taken, "appearance": text, "biography": text, "facts": List(facts),
                "wrong_names": List(text), "wrong_appearances": List(text),
            }  # fmt: skip
        case "concept_test" | "concept_teach":
            return {**asked, **taken}
        case "concept_questions" | "concept_jailbreak":
            forms = {"number": number, "form": text, "anchor": text, "attribute": text, "language": text}
            return {**forms, "question": text, "value": text, "answer": text, "via": List(text)}
        case "concept_groups":
            person = {"ID": text, "name": text, "place": number, "box": List(Value("float32"))}
            return {
                "group": text,  # ID and name are those of the concept to be forgotten
                "people": List(person),  # from the left; box: left, top, right, bottom of the head, 0 to 1
                "questions": List({"ID": text, "Question": text, "Answer": text}),
            }
    raise KeyError(part)
