"""Base: what a model knows before it meets the benchmark: celebrities, formats of questions, how to look at faces."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...errors import UsageError
from ...schemas.questions import LETTERS
from .. import run_record
from ..data import Example, pair_examples, person_name, task_examples
from ..fit import last_checkpoint
from ..learn import Learn
from ..lora import train_all
from ..presets import MARK
from ..release import Row, Source, rows, training_rows
from ..train import Task, train
from .cache import alone, cache_folder, population_folder
from .recipe import Recipe


def base(
    source: Source, recipe: Recipe | None = None, population: Path | None = None, out: Path | None = None,
    quiet: bool = False,
) -> Path:  # fmt: skip
    """The folder of the base model for a benchmark, trained if it is not there yet.

    Args:
        source: The benchmark, for its celebrities, and to leave out anyone of the population whose name is in it.
        recipe: How to make it.
        population: A release of other people; None has one built.
        out: Where; None is the cache.
        quiet: No progress.

    Raises:
        UsageError: `out` holds something else, or the benchmark has no celebrities.
    """
    recipe = recipe or Recipe()
    taken = _names(source)
    people = Source(str(population or population_folder(recipe.population, quiet)))
    profiles = _others(training_rows(people, "full"), taken)
    views = _others(rows(people, "test"), taken)
    celebrities = task_examples(rows(source, "celebrity"), "celebrity/")
    seen = [*pair_examples(profiles), *task_examples(profiles, ""), *task_examples(views, "test/")]
    examples = _mixture(celebrities, seen, _known(profiles, recipe), recipe)
    name = recipe.hash(examples=run_record.fingerprint(examples))
    out = out or cache_folder() / f"reference-{name}"
    read = {"population": people.data, "examples": run_record.fingerprint(examples)}
    request = {"job": "base", "recipe": recipe.stated(), **read}
    if run_record.is_done(out, request):
        return out
    alone()
    model, processor = _untrained(examples, recipe)
    if not _under_way(out):
        _see(model, processor, profiles, views, recipe, quiet)
    model.config.update({MARK: name})
    train_all(model, projector=True)  # the tower stays as it is: learning to answer would make all faces one
    task = Task(request, Learn(), {"base": examples}, retain=examples)
    train(task, "reference", source, out, recipe.training, quiet=quiet, ready=(model, processor))
    return out


def _under_way(out: Path) -> bool:
    """Whether a killed run left a checkpoint, with the vision tower in it."""
    return last_checkpoint(out) is not None


def base_knows(model: str, source: Source, quiet: bool = False) -> list[Example]:
    """Pairs and questions about the people whom a base knows, but for those who are in the benchmark.

    Raises:
        UsageError: The population that base was made with is gone.
    """
    request = (run_record.read_record(model) or {}).get("request", {})
    recipe = Recipe.model_validate(request.get("recipe", {}))
    people = request.get("population") or str(population_folder(recipe.population, quiet))
    known = _known(_others(training_rows(Source(people), "full"), _names(source)), recipe)
    return [  # a benchmark's people have the same IDs
        replace(one, key=f"base/{one.key}", picture=one.picture and f"base/{one.picture}") for one in known
    ]


def _names(source: Source) -> set[str]:
    return {person_name(row) for row in rows(source, "full")}


def _others(people: Sequence[Row], taken: set[str]) -> list[Row]:
    return [row for row in people if person_name(row) not in taken]


def _known(profiles: Sequence[Row], recipe: Recipe) -> list[Example]:
    some = profiles[: recipe.known_people]
    return [*pair_examples(some), *(one for one in task_examples(some, "") if one.answer not in LETTERS)]


def _mixture(
    celebrities: Sequence[Example], seen: Sequence[Example], known: Sequence[Example], recipe: Recipe
) -> list[Example]:
    """Questions about celebrities and about the population, as often as the recipe says; training shuffles them."""
    if not celebrities:
        raise UsageError("the release has no celebrities; base is what knows them.")
    letters = [one for one in celebrities if one.answer in LETTERS]
    told = [one for one in celebrities if one.answer not in LETTERS]
    people = [*seen] * recipe.people_epochs + [*known] * recipe.known_epochs
    return letters * recipe.letter_epochs + told * recipe.celebrity_epochs + people


def _untrained(examples: Sequence[Example], recipe: Recipe) -> tuple[Any, Any]:
    from transformers import set_seed

    from .network import make_model, make_processor, make_tokenizer

    texts = (text for one in examples for text in (one.question, one.answer))
    tokenizer = make_tokenizer(texts, recipe.language.vocabulary)
    set_seed(recipe.training.seed)
    return make_model(tokenizer, recipe), make_processor(tokenizer, recipe)


def _see(
    model: Any, processor: Any, profiles: Sequence[Row], views: Sequence[Row], recipe: Recipe, quiet: bool
) -> None:
    """The vision tower learns to tell the population's faces apart, and the projector starts from what it learned."""
    import sys

    import torch
    from tqdm import tqdm

    from .faces import learn_faces, whiten

    tests = {row["ID"]: row["images"] for row in views}
    people = []
    for row in profiles:
        cells = [cell for cell in (row["image"], *tests.get(row["ID"], ())) if cell]
        if len(cells) > 1:
            pictures = [Example("", "", "", "", cell["bytes"]).image() for cell in cells]
            people.append(torch.as_tensor(processor.image_processor(pictures, return_tensors="pt")["pixel_values"]))
    with tqdm(
        desc="faces", total=recipe.vision.steps, file=sys.stderr, disable=True if quiet else None, dynamic_ncols=True
    ) as bar:
        learn_faces(model.model.vision_tower, people, recipe.vision, bar, recipe.training.seed)
    whiten(model.model.vision_tower, model.model.multi_modal_projector, torch.cat(people), recipe.training.seed)
