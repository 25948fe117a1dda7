"""The card of an unlearned checkpoint, and the `.eval_results` file by which the Hub puts it on the leaderboard."""

from typing import TYPE_CHECKING

from ..schemas.base import Strict
from .templating import render

if TYPE_CHECKING:
    from huggingface_hub import EvalResultEntry

RESULTS_FILE = ".eval_results/mllmu-bench.yaml"
"""Where the Hub looks for it in a model's repository."""


class Score(Strict):
    """One number of one set."""

    task: str
    """A task of the benchmark's eval.yaml, which is the name of a config: `forget_05`."""
    metric: str
    """`classification`, `rouge_l`, `cloze`, `factuality`, …"""
    modality: str
    """`image`, `text` or `both`."""
    value: float
    low: float | None = None
    """Lower end of the 95 % interval."""
    high: float | None = None
    n: int
    """Questions behind it."""


class Checkpoint(Strict):
    """A model that has unlearned, and how."""

    name: str
    """As a title: `LLaVA-1.5-7B without 25 people (NPO)`."""
    base_model: str
    """On the Hub: what was unlearned, the vanilla model or its base."""
    method: str
    ratio: int
    """Per cent of the people that it was to forget."""
    dataset: str
    """On the Hub."""
    revision: str
    """Tag or commit of the dataset."""
    license: str
    """Of the base model, which decides."""
    settings: dict[str, str | int | float | bool]
    """Hyper-parameters, seed included."""
    scores: tuple[Score, ...]
    floors: dict[str, tuple[Score, ...]]
    """The same scores of what it is to be read beside: chance, blind, base, retain-only, vanilla."""


def model_card(checkpoint: Checkpoint) -> str:
    """README.md of the checkpoint's repository."""
    import yaml

    metadata = {
        "license": checkpoint.license,
        "base_model": checkpoint.base_model,
        "datasets": [checkpoint.dataset],
        "language": ["en"],
        "library_name": "transformers",
        "pipeline_tag": "image-text-to-text",
        "tags": ["machine-unlearning", "mllmu-bench", checkpoint.method],
    }
    head = yaml.safe_dump(metadata, sort_keys=False, allow_unicode=True)
    return f"---\n{head}---\n" + render("model_card.md", model=checkpoint, columns=_columns(checkpoint))


def eval_results(checkpoint: Checkpoint) -> str:
    """Text of `RESULTS_FILE`: the multiple-choice accuracy of every set, in per cent, by picture and by name."""
    import yaml
    from huggingface_hub import eval_result_entries_to_yaml

    return yaml.safe_dump(eval_result_entries_to_yaml(_entries(checkpoint)), sort_keys=False, allow_unicode=True)


def _entries(checkpoint: Checkpoint) -> "list[EvalResultEntry]":
    from huggingface_hub import EvalResultEntry

    return [
        EvalResultEntry(
            dataset_id=checkpoint.dataset,
            task_id=score.task,
            value=round(100 * score.value, 2),
            dataset_revision=checkpoint.revision,
            notes=f"{checkpoint.method}, {checkpoint.ratio} % forgotten; multiple-choice accuracy, n = {score.n}",
        )
        for score in checkpoint.scores
        if score.metric == "classification" and score.modality == "both"
    ]


def _columns(checkpoint: Checkpoint) -> list[tuple[str, str, str]]:
    """Task, metric and modality of every score, once each, in the order in which they come."""
    return list(dict.fromkeys((score.task, score.metric, score.modality) for score in checkpoint.scores))
