"""One training, from a model's name to a folder with weights, a card and a record."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UsageError
from . import methods, run_record
from .data import Example
from .release import Source
from .settings import Training

WATCHED = 32
"""Examples of a side that `--stop-forget-nll` and `--stop-retain-nll` look at."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be learned and forgotten, and how."""

    request: dict[str, Any]
    """What was asked for, as the record keeps it."""
    method: Any
    """Has the loss."""
    configs: dict[str, list[Example]]
    """All examples, by the config they come from."""
    forget: Sequence[Example] = field(default=())
    """Empty: plain fine-tuning on `retain`."""
    retain: Sequence[Example] = field(default=())
    reference: str | None = None
    """Another model to compare with."""
    compat: bool = False
    """As the published scripts do: phases in place of joint steps, labels on the question too."""
    rehearsed: Sequence[Example] = field(default=())
    """Those of which some join each epoch of plain fine-tuning, as `rehearse` says."""
    forgotten: Sequence[Example] = field(default=())
    """What is to be forgotten, where `forget` has other answers in its place. Empty: `forget` itself."""

    @property
    def sides(self) -> tuple[str, ...]:
        """The batches that the loss takes, in order."""
        if not self.forget:
            return ("retain",)
        return ("forget", "retain") if methods.needs_retain(self.method) else ("forget",)

    @property
    def title(self) -> str:
        """For the progress bar."""
        return str(self.request.get("method", self.request["job"]))


def train(
    task: Task, path: str, source: Source, out: Path, settings: Training, merge: bool = False, quiet: bool = False,
    ready: tuple[Any, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Load, train, save, record.

    Args:
        task: What to do.
        path: The model to start from.
        source: Where the data come from, for the record.
        out: Folder to write.
        settings: How to train.
        merge: Save whole weights.
        quiet: No progress.
        ready: A model and processor made elsewhere, in the place of those at `path`.

    Returns:
        The run's record.
    """
    from . import fit, models
    from .lora import trainable
    from .trainer import Plan

    if task.request["job"] == "unlearn" and not task.forget:
        raise UsageError(f"{task.title} leaves nothing to forget.")

    processor = ready[1] if ready else models.load_processor(path)
    encoder = _encoder(task, processor)
    watch = _watch(task, processor, settings) if task.forget else None
    recorded = _recorded(task, encoder, settings) if task.reference else None
    model = ready[0] if ready else prepare(path, settings)
    retain = [*task.retain, *task.rehearsed] if task.rehearsed else task.retain
    plan = Plan(_items(task, encoder, settings), encoder, task.forget, retain, recorded)
    done = fit.fit(model, task.method, plan, settings, out, task.sides, task.title, quiet, watch)
    sizes = trainable(done.trainer.accelerator.unwrap_model(done.trainer.model))  # before an adapter is merged in
    fit.save(done.trainer, processor, out, path, merge)
    record = _record(task, source, done, watch, sizes)
    if done.trainer.is_world_process_zero():
        finish(out, record)
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
    from ..cards.model_card import model_card
    from .fit import clean
    from .models import ADAPTER_FILE, root

    model = record["request"].get("model")
    base = root(model) if model else ""
    on_the_hub = base if base and not Path(base).exists() else None
    card = model_card(record, on_the_hub, (out / ADAPTER_FILE).is_file())
    (out / "README.md").write_text(card, encoding="utf-8")
    run_record.write_json(out / run_record.RECORD, record)
    clean(out)


def _encoder(task: Task, processor: Any) -> Any:
    """The encoder that knows what the examples bring."""
    from .encode import Encoder
    from .siu.encoder import TargetEncoder
    from .siu.targets import Target

    kind = TargetEncoder if any(isinstance(one, Target) for one in task.forget) else Encoder
    return kind(processor, prompt_loss=task.compat)


def _record(task: Task, source: Source, done: Any, watch: Any, sizes: tuple[int, int]) -> dict[str, Any]:
    trainer = done.trainer
    trained, every = sizes
    return {
        "request": task.request,
        "data": run_record.data_record(source, task.configs),
        "parameters": {"trained": trained, "all": every},
        "steps": trainer.state.global_step,
        "stopped_at": watch.stopped_at if watch else None,
        "stopped_by": watch.stopped_by if watch else None,
        "losses": done.losses,
        "watched": watch.seen if watch else None,
        "minutes": round(done.minutes, 2),
        "seconds_a_step": round(done.minutes * 60 / max(done.steps_here, 1), 4),
        "processes": trainer.accelerator.num_processes,
        "device": str(trainer.args.device),
        "peak_memory": run_record.peak_memory(),
        "versions": run_record.versions(),
    }


def _items(task: Task, encoder: Any, settings: Training) -> list[Any]:
    from . import schedule

    forget, retain = len(task.forget), len(task.retain)
    epochs, batch, seed = settings.epochs, settings.batch, settings.seed
    if not forget:
        lengths, rehearsed = ([encoder.length(one) for one in part] for part in (task.retain, task.rehearsed))
        return schedule.single(lengths, epochs, batch, seed, rehearsed, settings.rehearse)
    if task.compat and "retain" in task.sides:
        return schedule.phases(forget, retain, epochs, batch, seed)
    return schedule.joint(forget, retain if "retain" in task.sides else None, epochs, batch, seed)


def _watch(task: Task, processor: Any, settings: Training) -> Any:
    """What looks at the sides that have a limit; None where neither has one."""
    from .callbacks import Watch
    from .encode import Encoder

    asked = {"forget": settings.stop_forget_nll, "retain": settings.stop_retain_nll}
    limits = {side: limit for side, limit in asked.items() if limit is not None}
    if not limits:
        return None
    examples = {"forget": task.forgotten or task.forget, "retain": task.retain}
    samples = {side: _sample(examples[side], side, settings.seed) for side in limits}
    # an encoder of its own: answers alone count, as they were taught, whatever the method makes of the examples
    return Watch(Encoder(processor), samples, limits, settings.batch // settings.accumulate)


def _sample(examples: Sequence[Example], side: str, seed: int) -> list[Example]:
    if not examples:
        raise UsageError(f"--stop-{side}-nll: there are no {side} examples to look at.")
    return random.Random(f"watch {side} {seed}").sample([*examples], min(WATCHED, len(examples)))


def _recorded(task: Task, encoder: Any, settings: Training) -> list[float]:
    """What another model gives each forget answer, asked once: so it need not stay in memory."""
    import torch

    from .ask import answer_logps
    from .models import default_dtype, load_model, own_device

    model = load_model(str(task.reference), default_dtype(settings.dtype)).to(own_device())
    logps = answer_logps(model, encoder, task.forget, settings.batch)
    del model
    torch.cuda.empty_cache()
    return logps
