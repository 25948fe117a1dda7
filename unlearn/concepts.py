"""A release of concepts as examples: what a model is taught of it, what it shall forget, what it shall keep."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from ..errors import UsageError
from . import methods, run_record
from .data import Example
from .forgetting import Forgetting, forget_side, retain_side
from .jobs import Job
from .release import Row, Source, config_names, rows
from .siu.subject import Subject, from_concept
from .siu.targets import ASK_NAME, SAY_NAME
from .train import Task, train

PREFIX = "concept_"
"""How the configs of a release of concepts begin."""

TAUGHT = {
    "concept_train": ("concept_train",),
    "concept_teach": ("concept_teach", "concept_train"),
    "concept_test": ("concept_test", "concept_train"),
    "concept_groups": ("concept_test", "concept_train", "concept_groups"),
}
"""Config that can be taught -> those whose pictures are taught then."""

KEPT_FACTS = 4
"""Of each concept that is kept: pairs by name among the retain examples."""


def subjects(source: Source) -> list[Subject]:
    """All concepts of a release."""
    return [from_concept(row) for row in rows(source, "concept_train")]


def chosen(known: Sequence[str], text: str) -> list[str]:
    """The ids that `1-5,K007` means.

    Raises:
        UsageError: It cannot be read, or names none, or one that is not there.
    """
    wanted: list[str] = []
    for part in text.replace(" ", "").split(","):
        first, dash, last = (piece.removeprefix("K") for piece in part.partition("-"))
        if not first.isdigit() or (dash and not last.isdigit()):
            raise UsageError(f"--concepts {text!r}: write it as 1-5, or as K001,K007.")
        found = [f"K{number:03d}" for number in range(int(first), int(last if dash else first) + 1)]
        missing = [one for one in found if one not in known]
        if missing:
            raise UsageError(f"--concepts {text!r}: there is no {missing[0]}. There are: {known[0]} to {known[-1]}.")
        if not found:
            raise UsageError(f"--concepts {text!r}: {part} names none. Write the lower number first.")
        wanted += found
    return sorted(set(wanted))


def name_examples(subject: Subject) -> list[Example]:
    """The questions for the name, about the one picture, answered as they were learned."""
    return [
        Example(
            f"{subject.id}/n{k}", ask.format(noun=subject.noun), SAY_NAME[k % len(SAY_NAME)].format(name=subject.name),
            subject.picture, subject.data,
        )
        for k, ask in enumerate(ASK_NAME)
    ]  # fmt: skip


def kept_examples(others: Sequence[Subject]) -> list[Example]:
    """The retain set: each other concept's picture with its name, and a few facts by name."""
    examples = []
    for one in others:
        asked = name_examples(one)[:KEPT_FACTS]
        told = [Example(f"{one.id}/f{k}", q, a) for k, (q, a) in enumerate(one.facts[:KEPT_FACTS])]
        examples += [example for pair in zip_longest(asked, told) for example in pair if example]
    return examples


def taught_examples(source: Source, config: str) -> list[Example]:
    """What fine-tuning on `config` teaches: names from pictures, facts from pictures, facts by name.

    Every picture is named in two wordings and asked for three facts, in turn; every fact is asked by name in all
    wordings. `concept_teach` and `concept_test` teach their pictures and those of `concept_train`, `concept_groups` who
    stands where in group pictures besides what `concept_test` does. What is to be asked for is never among them but
    where the config itself is.

    Raises:
        UsageError: That is no release of concepts, or no such config.
    """
    if "concept_questions" not in config_names(source):
        raise UsageError(f"{source.data} is no release of concepts.")
    if config not in TAUGHT:
        raise UsageError(f"--on {config}: of a release of concepts, {', '.join(TAUGHT)} can be taught.")
    asked: dict[str, list[Row]] = {}
    for row in rows(source, "concept_questions"):
        asked.setdefault(row["ID"], []).append(row)
    by_picture = [
        example
        for part in TAUGHT[config]
        for row in rows(source, part)
        for example in (_placed(row) if part == "concept_groups" else _seen(row, asked[row["ID"]]))
    ]
    return by_picture + [example for questions in asked.values() for example in _by_name(questions)]


def _seen(row: Row, questions: Sequence[Row]) -> Iterator[Example]:
    picture = f"{row['ID']}.{row['number']}"
    names = [q for q in questions if q["form"] in ("recognise", "verify")]
    facts = [q for q in questions if q["form"] == "fact" and q["anchor"] == "image"]
    yield Example(f"{picture}/name", row["question"], row["answer"], picture, row["image"]["bytes"])
    for pool, count in ((names, 2), (facts, 3)):
        for j in range(min(count, len(pool))):
            one = pool[(row["number"] * count + j) % len(pool)]
            key = f"{picture}/{one['number']}"
            yield Example(key, one["question"], one["answer"], picture, row["image"]["bytes"])


def _placed(row: Row) -> Iterator[Example]:
    """Who is where in a group picture."""
    for k, asked in enumerate(row["questions"]):
        yield Example(f"{row['group']}/{k}", asked["Question"], asked["Answer"], row["group"], row["image"]["bytes"])


def _by_name(questions: Sequence[Row]) -> Iterator[Example]:
    for one in questions:
        if one["anchor"] == "name":
            yield Example(f"{one['ID']}/q{one['number']}", one["question"], one["answer"])


def unlearn_concepts(job: Job, method: str, concepts: str, knobs: dict[str, str]) -> dict[str, Any]:
    """Make a model forget concepts, each from its one picture.

    Args:
        job: Model, data, folder, settings.
        method: Name of a method, or its file.
        concepts: Which, as in `1-5` or `K001,K007`.
        knobs: Of the method.

    Returns:
        The run's record.

    Raises:
        UsageError: The method, a knob, a concept or the data is not there.
    """
    made = methods.load(method, knobs)
    if not hasattr(made, "loss"):
        raise UsageError(f"method {method!r} trains nothing, so that it has nothing to do with one picture.")
    known = subjects(job.source)
    wanted = chosen([one.id for one in known], concepts)
    request = job.request(job="unlearn", **methods.stated(method), concepts=wanted, knobs=methods.fields_of(made))
    if run_record.is_done(job.out, request):
        return run_record.read_record(job.out) or {}
    forget = [one for one in known if one.id in wanted]
    others = [one for one in known if one.id not in wanted]
    shown = [example for one in forget for example in name_examples(one)]
    if not others and methods.needs_retain(made):
        raise UsageError(f"method {method!r} needs concepts to keep: leave some out of --concepts.")
    made_of = Forgetting(shown, forget, others, job.model, job.settings.seed)
    configs = {"forget": [*forget_side(made, made_of)], "retain": [*retain_side(made, kept_examples(others))]}
    task = Task(request, made, configs, configs["forget"], configs["retain"], forgotten=shown)
    return train(task, job.model, job.source, job.out, job.settings, job.merge, job.quiet)
