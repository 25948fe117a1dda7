"""The two jobs: fine-tune a model on a release, and make it unlearn."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from . import methods, run_record
from .data import Example, Modality, pair_examples, task_examples
from .models import identity
from .release import Source, rows, training_rows
from .settings import Training
from .train import Task, finish, train


@dataclass(frozen=True, slots=True)
class Job:
    """What every job is told."""

    model: str
    """Folder or Hub id of the model to start from."""
    source: Source
    out: Path
    settings: Training
    modality: Modality = "multimodal"
    merge: bool = False
    quiet: bool = False

    def request(self, **more: Any) -> dict[str, Any]:
        """What must be the same for a run to go on."""
        return {
            "model": self.model, "data": self.source.data, "revision": self.source.revision, "modality": self.modality,
            "weights": identity(self.model), "release": run_record.made(self.source.data),
            "merge": self.merge, "settings": self.settings.model_dump(), **more,
        }  # fmt: skip


def finetune(job: Job, config: str) -> dict[str, Any]:
    """Teach a model the fine-tuning pairs of one config: `full` makes vanilla, `retain_95` retain-only.

    Of a release of concepts, `concept_teach` makes a model that knows them; see `concepts.taught_examples`.

    Returns:
        The run's record.
    """
    from .learn import Learn

    request = job.request(job="finetune", on=config)
    if run_record.is_done(job.out, request):
        return run_record.read_record(job.out) or {}
    examples, rehearsed = _taught(job, config), _rehearsed(job, config)
    known = {"rehearsed": rehearsed} if rehearsed else {}
    task = Task(request, Learn(), {config: examples, **known}, retain=examples, rehearsed=rehearsed)
    return train(task, job.model, job.source, job.out, job.settings, job.merge, job.quiet)


def unlearn(
    job: Job, method: str, ratio: int, knobs: dict[str, str], reference: str | None = None, compat: bool = False
) -> dict[str, Any]:
    """Make a model forget the forget set of `ratio` %.

    `reference`: another model to compare with. None: the model as it starts, the adapter switched off.

    Returns:
        The run's record.

    Raises:
        UsageError: The method, a knob or the data is not there.
    """
    made = methods.load(method, knobs, compat)
    _check(job, method, made, reference, compat)
    request = job.request(
        job="unlearn", **methods.stated(method), forget=ratio, knobs=methods.fields_of(made),
        reference=reference, compat=compat,
    )  # fmt: skip
    if run_record.is_done(job.out, request):
        return run_record.read_record(job.out) or {}
    if not hasattr(made, "loss"):
        return _without_training(job, request, made)
    forget, retain = f"forget_{ratio:02d}", f"retain_{100 - ratio}"
    configs = {name: pair_examples(training_rows(job.source, name), job.modality) for name in (forget, retain)}
    sides = _sides(job, made, configs[forget], configs[retain], (forget, retain))
    task = Task(request, made, configs, *sides, reference, compat, forgotten=configs[forget])
    return train(task, job.model, job.source, job.out, job.settings, job.merge, job.quiet)


def _check(job: Job, method: str, made: Any, reference: str | None, compat: bool) -> None:
    """Whether the options mean something to the method."""
    if reference and not getattr(made, "takes_reference", False):
        raise UsageError(f"--reference means nothing to {method}: it does not compare forget answers with a model.")
    if compat and (hasattr(made, "rewrite") or hasattr(made, "keep")):
        raise UsageError(f"--compat original is of the published benchmark's scripts, and {method} is in none.")
    if getattr(made, "needs_pictures", False) and job.modality == "text":
        raise UsageError(f"{method} is about pictures: leave out --modality text.")


def _taught(job: Job, config: str) -> list[Example]:
    from .concepts import PREFIX, taught_examples

    if config.startswith(PREFIX):
        if job.modality == "text":
            raise UsageError("concepts are taught from pictures: leave out --modality text.")
        return taught_examples(job.source, config)
    return pair_examples(training_rows(job.source, config), job.modality)


def _rehearsed(job: Job, config: str) -> list[Example]:
    """What base knows, but for multiple choice by letter: half of all tokens, for answers of one."""
    from ..schemas.questions import LETTERS
    from .concepts import PREFIX

    if not job.settings.rehearse or config.startswith(PREFIX):
        return []
    known = [*task_examples(rows(job.source, "celebrity"), "celebrity/"), *_known_people(job)]
    shown = job.modality == "multimodal"
    return [one for one in known if one.answer not in LETTERS and (shown or not one.picture)]


def _known_people(job: Job) -> list[Example]:
    """People whom the reference model knows from its base stage; nobody, of other models."""
    from .models import root
    from .presets import is_reference

    if not is_reference(job.model):
        return []
    from .reference.base import base_knows

    return base_knows(root(job.model), job.source, job.quiet)


def _sides(
    job: Job, method: Any, forget: list[Example], retain: list[Example], configs: tuple[str, str]
) -> tuple[Sequence[Example], Sequence[Example]]:
    """Forget and retain examples, as the method wants them."""
    from .forgetting import Forgetting, forget_side, retain_side
    from .siu.subject import from_people

    people: tuple[list[Any], ...] = ([], [])
    if hasattr(method, "rewrite"):
        known = [training_rows(job.source, config) for config in configs]
        found = from_people([row for part in known for row in part], job.settings.seed)
        people = found[: len(known[0])], found[len(known[0]) :]
        if getattr(method, "needs_pictures", False) and not all(one.data for one in found):
            raise UsageError(f"{job.source.data} has people without a picture, and this method is about pictures.")
    made_of = Forgetting(forget, *people, job.model, job.settings.seed)
    return forget_side(method, made_of), retain_side(method, retain)


def _without_training(job: Job, request: dict[str, Any], method: Any) -> dict[str, Any]:
    """A run that is nothing but a system prompt over the model it names."""
    prompt = getattr(method, "system_prompt", None)
    if prompt is None:
        raise UsageError(f"method {request['method']!r} has neither a loss nor a system_prompt.")
    model = os.path.relpath(job.model, job.out) if Path(job.model).is_dir() else job.model
    record = {"request": request, "model": model, "system_prompt": prompt, "versions": run_record.versions()}
    if run_record.first_process():
        finish(job.out, record)
    return record
