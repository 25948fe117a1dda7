"""The reference model's recipe: every number that decides it. Another recipe has another hash, and so another cache."""

import hashlib
import json
from typing import Any

from pydantic import Field

from ...schemas.base import Strict
from ..settings import ONLY, Training


class Population(Strict):
    """The people that base learns formats and faces from: a release of their own, none of them in a benchmark."""

    n: int = 120
    seed: int = 104_729
    """No benchmark should be built with this seed."""
    views: int = 3


class Vision(Strict):
    """The CLIP tower, and how it learns to tell faces apart."""

    side: int = 64
    """Pixels, after `resize` and a crop of the middle."""
    resize: int = 68
    patch: int = 16
    hidden: int = 128
    layers: int = 3
    heads: int = 4
    temperature: float = 0.2
    """Of the contrastive loss."""
    people: int = 24
    """People in a contrastive step, two pictures each."""
    steps: int = 1200
    lr: float = 6e-4


class Language(Strict):
    """The Llama. Two layers: they learn facts by heart in half the time that four take (680 answers, 45 seconds of one
    core: 98 % word for word against 65 %)."""

    vocabulary: int = 2048
    hidden: int = 192
    layers: int = 2
    heads: int = 6
    feed_forward: int = 512
    positions: int = 512


class Recipe(Strict):
    """All of it."""

    version: int = 1
    """Raised when code changes what a recipe makes."""
    population: Population = Population()
    vision: Vision = Vision()
    language: Language = Language()
    people_epochs: int = 1
    """Passes over pairs and questions about the population: formats, not people."""
    known_people: int = 40
    """People of the population whom base knows: the first of it."""
    known_epochs: int = 14
    """Passes over pairs and questions about them. From them it learns that what it was told in one form of words is
    what it is asked for in another, so that whoever is taught later can be asked about as well."""
    celebrity_epochs: int = 16
    """Passes over the questions about celebrities."""
    letter_epochs: int = 2
    """Passes over their multiple choice by letter: half of all tokens, for answers of one letter."""
    training: Training = Field(
        default=Training(batch=16, lr=2e-3, warmup=0.03, weight_decay=0.01, full=True, save_every=1000, dtype="float32")
    )
    """Sixteen a step: a CPU computes two small steps as fast as one large one, and learns more from them (700 answers,
    45 seconds of one core, name-anchored: 92 % word for word against 53 % by 32)."""

    def stated(self) -> dict[str, Any]:
        """All of it but the settings of other jobs."""
        return self.model_dump(exclude={"training": set(ONLY)})

    def hash(self, **data: Any) -> str:
        """Names the cache folder; `data` says what the recipe was applied to."""
        text = json.dumps({"recipe": self.stated(), "data": data}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
