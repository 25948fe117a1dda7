"""Results of models that never ran: seeded records with effects of people, so that tests know the truth."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

from mllmu.evaluate.records import SETS, TASKS, Record, SetName, write_records

COUNTS = {"classification": 5, "generation": 2, "cloze": 2}


def make_records(seed: int, people: int = 8, skill: Mapping[SetName, float] | None = None, sets=SETS) -> list[Record]:
    """A run's records; `skill` says how much of each set is known (0 to 1)."""
    skill = skill or {}
    records = []
    for set_name in sets:
        for k in range(people):
            who = random.Random(f"{set_name}/{k}").gauss(0, 0.08)  # the same people in every run
            for task in TASKS:
                for modality in ("image", "text"):
                    for number in range(COUNTS[task]):
                        draw = random.Random(f"{seed}/{set_name}/{k}/{task}/{modality}/{number}")
                        known = min(1.0, max(0.0, skill.get(set_name, 0.5) + who))
                        records.append(make_record(draw, known, set_name, f"{k + 1:03d}", task, modality, number))
    return records


def make_record(draw, known: float, set_name: SetName, person: str, task, modality, number: int) -> Record:
    right = draw.random() < known
    expected = f"the city of {person}-{number}"
    answer = expected if right else draw.choice(["somewhere else", "I do not know", "a town by the sea | with a pier"])
    if task == "classification":
        scores = {"accuracy": float(right), "accuracy_normalised": float(right), "probability": 0.2 + 0.7 * right}
    else:
        scores = {
            "probability": min(1.0, max(0.0, draw.gauss(known, 0.1))),
            "truth_ratio": draw.lognormvariate(1 - 3 * known, 0.5),
            "extraction_strength": float(right),
            "exact_memorisation": 0.3 + 0.7 * right,
        }
        if task == "generation":
            scores |= {"rouge_l_f1": 1.0 if right else 0.2, "rouge_l_recall": 1.0 if right else 0.1}
        else:
            scores |= {"exact": float(right), "contains": float(right)}
    return Record(
        set=set_name, task=task, modality=modality, id=person, number=number, view=0,
        question=f"Where does {'this person' if modality == 'image' else person} live ({task} {number})?",
        expected=expected, answer=answer, scores=scores,
    )  # fmt: skip


def write_run(folder: Path, records: list[Record], **run: object) -> Path:
    """A results folder as an evaluation leaves it."""
    folder.mkdir(parents=True)
    write_records(folder / "records.jsonl", records)
    told = {"role": "unlearned", "method": "npo", "forget": "05", "modality": "multimodal", "seed": 0, **run}
    (folder / "summary.json").write_text("{}")
    (folder / "run.json").write_text(json.dumps(told))
    return folder


KNOWN: dict[SetName, float] = {"forget": 0.9, "test": 0.7, "retain": 0.9, "celebrity": 0.6}
METHODS: dict[str, dict[SetName, float]]
METHODS = {"ga": {"forget": 0.3, "test": 0.3, "retain": 0.45, "celebrity": 0.4}, "npo": {**KNOWN, "forget": 0.5},
           "prompting": {**KNOWN, "forget": 0.88}}  # fmt: skip


def write_study(root: Path, people: int = 8, seeds: int = 2) -> Path:
    """Floors, references and methods, several seeds, both ways of forgetting."""
    guess = dict.fromkeys(SETS, 0.25)
    write_run(root / "chance", make_records(90, people, guess), role="floor", method="chance", modality=None, seed=0)
    write_run(root / "blind", make_records(91, people, guess), role="floor", method="blind", modality=None, seed=0)
    base = make_records(92, people, {**guess, "celebrity": 0.6})
    write_run(root / "base", base, role="base", method=None, modality=None, seed=0)
    for seed in range(seeds):
        retain = make_records(100 + seed, people, {**KNOWN, "forget": 0.3, "test": 0.3})
        write_run(root / f"retain-{seed}", retain, role="retain", method=None, seed=seed)
        vanilla = make_records(200 + seed, people, KNOWN)
        write_run(root / f"vanilla-{seed}", vanilla, role="vanilla", method=None, modality=None, seed=seed)
        for k, (method, skill) in enumerate(METHODS.items()):
            for j, modality in enumerate(("multimodal", "text")):
                made = make_records(300 + 100 * k + 10 * j + seed, people, skill)
                write_run(root / f"{method}-{modality}-{seed}", made, method=method, modality=modality, seed=seed)
    return root
