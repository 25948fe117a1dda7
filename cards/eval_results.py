"""`.eval_results/mllmu-bench.yaml`: from this file the Hub puts a model's scores on a leaderboard."""

from collections.abc import Iterable
from typing import NamedTuple

RESULTS_FILE = ".eval_results/mllmu-bench.yaml"
"""Where the Hub looks for it in a model's repository."""


class Score(NamedTuple):
    """One number, of one set."""

    task: str
    """A task of the benchmark's eval.yaml, which is the name of a config: `forget_05`."""
    value: float
    """Multiple-choice accuracy, from 0 to 1."""
    notes: str


def eval_results(scores: Iterable[Score], dataset: str, revision: str | None) -> str:
    """The file's text.

    Args:
        scores: By task, once each.
        dataset: The benchmark on the Hub, `owner/name`.
        revision: Its tag or commit.
    """
    import yaml
    from huggingface_hub import EvalResultEntry, eval_result_entries_to_yaml

    entries = [
        EvalResultEntry(
            dataset_id=dataset, task_id=score.task, value=round(100 * score.value, 2), dataset_revision=revision,
            notes=score.notes,
        )
        for score in scores
    ]  # fmt: skip
    return yaml.safe_dump(eval_result_entries_to_yaml(entries), sort_keys=False, allow_unicode=True)
