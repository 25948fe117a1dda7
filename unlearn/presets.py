"""Settings by job and model. An option given by hand always wins."""

import json
from pathlib import Path
from typing import Any

from .settings import Training, training

MARK = "mllmu_recipe"
"""The key of a config.json that marks a reference model, whose few million parameters want other settings."""

PAPER: dict[str, dict[str, Any]] = {
    "finetune": {"epochs": 4},  # 3 in the paper's text, 4 in its table, 5 in the README
    "ga": {"epochs": 2},  # 1 or 2
    "grad_diff": {"epochs": 2},  # 1 or 2
    "kl_min": {"epochs": 3},
    "npo": {"epochs": 2},
}
"""arXiv 2410.22108, appendix, and the published code."""

REFERENCE: dict[str, dict[str, Any]] = {
    "finetune": {
        "epochs": 26,
        "batch": 16,
        "lr": 2e-3,
        "warmup": 0.05,
        "full": True,
        "train_projector": True,
        "rehearse": 0.2,
        "save_every": 500,
    },
    **{
        method: {"batch": 16, "lora_dropout": 0.0, "epochs": 16, "lr": 1e-3, "stop_forget_nll": 1.0}
        for method in ("ga", "grad_diff", "kl_min", "npo")
    },
}
"""Ours. For unlearning one small rate, more epochs than in the paper, and one stop on the forget loss, so that methods
differ in their loss alone and are compared at like forgetting. tools/tune_presets.py shows what other values do."""

ONE_PICTURE: dict[str, Any] = {"batch": 4, "lr": 3e-4, "lora_rank": 128, "lora_alpha": 256, "warmup": 0.03}
"""Forgetting from one picture, by any method: the script of arXiv 2405.12523. Its projector learns at 2e-5 and its
schedule is a cosine; ours stays, and is linear."""

ONE_PICTURE_REFERENCE: dict[str, Any] = {
    "batch": 4, "lr": 2e-3, "warmup": 0.1, "lora_rank": 32, "lora_alpha": 64, "lora_dropout": 0.0,
}  # fmt: skip
"""Ours. The rate is of methods that have none below."""

ONE_PICTURE_RATES = {"siu": 5.6e-3, "po": 2e-3, "ga": 1.4e-3, "ga_kl": 2.8e-3}
"""For each method the lowest rate of a grid at which six steps a concept take its name from 70 % of the test pictures:
tools/concept_rates.py, on concepts that no table reports (docs/siu.md)."""


def is_reference(model: str) -> bool:
    """Whether a model is the reference model, or stands on it."""
    from .models import root

    config = Path(root(model)) / "config.json"
    return config.is_file() and MARK in json.loads(config.read_text(encoding="utf-8"))


def settings_for(what: str, model: str, given: dict[str, Any], one_picture: bool = False) -> Training:
    """The settings of a job (`finetune`, or a method's name): what was given, else what suits the model.

    Args:
        what: The job.
        model: What it starts from.
        given: Values that are not None win.
        one_picture: Whether concepts are forgotten, each from one picture: six steps of four each, whatever the
            method. `siu` forgets people so as well.

    Raises:
        UsageError: A value is of the wrong type or out of range.
    """
    reference = is_reference(model)
    if one_picture or what == "siu":
        epochs = 1 if what == "siu" else 3  # 24 targets a concept, or three times its eight questions
        preset = {**(ONE_PICTURE_REFERENCE if reference else ONE_PICTURE), "epochs": epochs}
        if reference:
            preset["lr"] = ONE_PICTURE_RATES.get(what, preset["lr"])
    else:
        table = REFERENCE if reference else PAPER
        preset = table.get(what, table["npo"])
    if given.get("full") is False:
        preset = {**preset, "full": False}
    return training({**preset, **{key: value for key, value in given.items() if value is not None}})
