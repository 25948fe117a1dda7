"""The two jobs: fine-tune a model on a release, and make it unlearn."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from . import methods, run_record
from .data import Example, Modality, pair_examples
from .release import Source, training_rows
from .settings import Training

WATCHED = 32
"""Retain examples that `--stop-retain-nll` looks at."""


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
            "merge": self.merge, "settings": self.settings.model_dump(), **more,
        }  # fmt: skip


def finetune(job: Job, config: str) -> dict[str, Any]:
    """Teach a model the fine-tuning pairs of one config: `full` makes vanilla, `retain_95` retain-only.

    Returns:
        The run's record.
    """
    from .learn import Learn

    request = job.request(job="finetune", on=config)
    if run_record.is_done(job.out, request):
        return run_record.read_record(job.out) or {}
    examples = pair_examples(training_rows(job.source, config), job.modality)
    return train(job, request, Learn(), {config: examples}, [], examples)


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
    request = job.request(
        job="unlearn", method=methods.find(method).stem, forget=ratio, knobs=methods.fields_of(made),
        reference=reference, compat=compat,
    )  # fmt: skip
    if run_record.is_done(job.out, request):
        return run_record.read_record(job.out) or {}
    if not hasattr(made, "loss"):
        return _without_training(job, request, made)
    wanted = {f"forget_{ratio:02d}": None, f"retain_{100 - ratio}": None}
    forget, retain = (pair_examples(training_rows(job.source, name), job.modality) for name in wanted)
    return train(
        job, request, made, dict(zip(wanted, (forget, retain), strict=True)), forget, retain, reference, compat
    )


def train(
    job: Job,
    request: dict[str, Any],
    method: Any,
    configs: dict[str, list[Example]],
    forget: Sequence[Example],
    retain: Sequence[Example],
    reference: str | None = None,
    compat: bool = False,
    model: Any = None,
    processor: Any = None,
) -> dict[str, Any]:
    """Load, train, save, record. `model` and `processor`: ready-made ones, all of which is trained."""
    from . import fit, lora, models
    from .encode import Encoder
    from .trainer import Plan

    settings = job.settings
    processor = processor or models.load_processor(job.model)
    encoder = Encoder(processor, prompt_loss=compat)
    recorded = _recorded(reference, encoder, forget, settings) if reference else None
    if model is None:
        model = prepare(job.model, settings)
    sides = ("forget", "retain")[0 if forget else 1 : 2 if methods.needs_retain(method) or not forget else 1]
    plan = Plan(_items(settings, encoder, forget, retain, sides, compat), encoder, forget, retain, recorded)
    watch = _watch(plan, settings, len(retain)) if forget and settings.stop_retain_nll else None
    trained, of = lora.trainable(model)
    done = fit.fit(
        model, method, plan, settings, job.out, sides, request.get("method", request["job"]), job.quiet, watch
    )
    fit.save(done.trainer, processor, job.out, job.model, job.merge)
    record = {
        "request": request,
        "data": run_record.data_record(job.source, configs),
        "parameters": {"trained": trained, "all": of},
        "steps": done.trainer.state.global_step,
        "stopped_at": done.stopped_at,
        "losses": done.losses,
        "retain_watched": watch.seen if watch else None,
        "minutes": round(done.minutes, 2),
        "seconds_a_step": round(done.minutes * 60 / max(done.steps_here, 1), 4),
        "processes": done.trainer.accelerator.num_processes,
        "device": str(done.trainer.args.device),
        "peak_memory": run_record.peak_memory(),
        "versions": run_record.versions(),
    }
    if done.trainer.is_world_process_zero():
        finish(job.out, record)
    done.trainer.accelerator.wait_for_everyone()
    return record


def prepare(path: str, settings: Training) -> Any:
    """A model ready to be trained: with a fresh adapter, or whole."""
    import torch

    from . import lora, models

    dtype = torch.float32 if settings.full else models.default_dtype(settings.dtype)
    torch.manual_seed(settings.seed)  # the adapter's start
    model = models.load_model(path, dtype)
    if settings.full:
        return lora.train_all(model, settings.train_projector)
    wrapped = lora.add_lora(
        model, settings.lora_rank, settings.lora_alpha, settings.lora_dropout, settings.train_projector
    )
    wrapped.peft_config["default"].base_model_name_or_path = models.root(path)  # where peft finds a config.json
    return wrapped


def finish(out: Path, record: dict[str, Any]) -> None:
    """The model card, then the record, then no more checkpoints."""
    from .card import model_card
    from .fit import clean

    (out / "README.md").write_text(model_card(record), encoding="utf-8")
    run_record.write_json(out / run_record.RECORD, record)
    clean(out)


def _items(
    settings: Training,
    encoder: Any,
    forget: Sequence[Example],
    retain: Sequence[Example],
    sides: tuple[str, ...],
    compat: bool,
) -> list[Any]:
    from . import schedule

    if not forget:
        return schedule.single([encoder.length(e) for e in retain], settings.epochs, settings.batch, settings.seed)
    if compat and "retain" in sides:
        return schedule.phases(len(forget), len(retain), settings.epochs, settings.batch, settings.seed)
    partners = len(retain) if "retain" in sides else None
    return schedule.joint(len(forget), partners, settings.epochs, settings.batch, settings.seed)


def _watch(plan: Any, settings: Training, retain: int) -> Any:
    from .callbacks import RetainWatch

    sample = random.Random(f"watch {settings.seed}").sample(range(retain), min(WATCHED, retain))
    return RetainWatch(plan, sample, settings.batch, settings.stop_retain_nll)


def _recorded(path: str, encoder: Any, forget: Sequence[Example], settings: Training) -> list[float]:
    """What another model gives each forget answer, asked once: so it need not stay in memory."""
    from .ask import answer_logps
    from .models import default_dtype, load_model

    return answer_logps(load_model(path, default_dtype(settings.dtype)), encoder, forget, settings.batch)


def _without_training(job: Job, request: dict[str, Any], method: Any) -> dict[str, Any]:
    """A run that is nothing but a system prompt over the model it names."""
    prompt = getattr(method, "system_prompt", None)
    if prompt is None:
        raise UsageError(f"method {request['method']!r} has neither a loss nor a system_prompt.")
    record = {"request": request, "model": job.model, "system_prompt": prompt, "versions": run_record.versions()}
    finish(job.out, record)
    return record
