"""eval.yaml: by this file the Hub knows a dataset as a benchmark that models can report results on.

Its tasks are what the published tables have as columns. A model's `.eval_results/*.yaml` names one of them by `id`;
`mllmu-evaluate card` writes such files (`eval_results.py`).
"""

from typing import NamedTuple

from ..schemas.manifest import Manifest
from ..schemas.splits import CELEBRITY_CONFIG, RATIOS

EVAL_FILE = "eval.yaml"


class Task(NamedTuple):
    """A set of questions that a model is scored on."""

    id: str
    config: str
    split: str = "train"


def tasks(manifest: Manifest) -> list[Task]:
    """The forget, test and retain set of every ratio, and the celebrities: the four columns of the paper's Table 2."""
    names = [f"{kind}_{r:02d}" for r in RATIOS for kind in ("forget", "test")] + [f"retain_{100 - r}" for r in RATIOS]
    if manifest.configs[CELEBRITY_CONFIG]:
        names.append(CELEBRITY_CONFIG)
    return [Task(name, name) for name in names]


def eval_yaml(manifest: Manifest) -> str:
    """The file's text."""
    import yaml

    description = (
        f"Unlearning of {manifest.people:,} fictitious people by vision-language models: after unlearning, the forget "
        "and test sets should be answered no better than by a model that never saw these people, the retain set and "
        "the celebrities as well as before. Multiple choice, generation and cloze, by picture and by name."
    )
    content = {
        "name": manifest.name,
        "description": description,
        "evaluation_framework": "mllmu-bench",
        "tasks": [task._asdict() for task in tasks(manifest)],
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
